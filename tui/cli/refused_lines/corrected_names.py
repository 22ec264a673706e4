"""The typed line with an unknown name replaced by the visit or party that was meant."""

from __future__ import annotations

from store.sanitise_text import clean_line
from tui.cli.refused_lines.shared_sentences import as_a_whole
from tui.cli.shell_quoting import quoted_for_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.errors import FollowUpError


def with_corrected_line(sentence: str, refused: FollowUpError, argv: Sequence[str]) -> str:
    """The refusal of an unknown name with the whole line to type, where it knows the name meant.

    Of a name that joins several each gets an option of its own.
    """
    typed, meant = refused.values.get("typed"), refused.values.get("meant")
    if not isinstance(typed, str) or not isinstance(meant, (list, tuple)) or not meant:
        return sentence
    if (len(meant) > 1 and refused.field in _OF_ONE) or _takes_out(argv):
        return sentence
    options = () if refused.field in _STANDING_ALONE else _NAMING[(refused.code or "").partition(".")[0]]
    line = _corrected(argv, clean_line(typed), meant, options)
    return as_a_whole(sentence, f"followup {line}") if line else sentence


_NAMING = {
    "visit": ("--visit", "--like"),
    "party": ("--by", "--to", "--via", "--support", "--host", "--said-by", "--asked-by", "--agreed-by"),
}
"""What is named -> the options that name one."""

_OF_ONE = ("via", "asked_by", "agreed_by")
"""Fields that hold one party: of several, only who types can say which."""

_STANDING_ALONE = ("slug", "name", "old", "new", "query")
"""Fields that a command takes without an option."""


def _takes_out(argv: Sequence[str]) -> bool:
    """Whether a line removes or merges a record: which one is for the person to say."""
    from tui.cli.arguments import options_apart

    return options_apart(argv)[0][:2] in (["party", "merge"], ["party", "remove"], ["visit", "remove"])


def _corrected(argv: Sequence[str], typed: str, meant: Sequence[str], options: Sequence[str]) -> str:
    """The line with the name replaced in its options, else where it stands alone; empty where it does not."""
    words: list[str] = []
    position, is_corrected = 0, False
    while position < len(argv):
        option, equals, value = argv[position].partition("=")
        before = words[-1] if words else ""
        is_place = before in options if options else not before.startswith("--")
        ends = range(position + 1, len(argv) + 1) if is_place else ()
        end = next((end for end in ends if _text(argv[position:end]) == typed), position)
        if equals and option in options and clean_line(value) == typed:
            before, end = option, position + 1
            words.append(option)
        if end == position or (is_corrected and not options):
            words.append(argv[position])
            position += 1
            continue
        words += [meant[0], *(part for each in meant[1:] for part in (before, each))]
        position, is_corrected = end, True
    return " ".join(map(quoted_for_shell, words)) if is_corrected else ""


def _text(words: Sequence[str]) -> str:
    return clean_line(" ".join(words))
