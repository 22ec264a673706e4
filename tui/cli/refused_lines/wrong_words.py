"""What to type for too few or too many words, or unquoted ones."""

from __future__ import annotations

from store.model.vocabulary_and_signs import STATE_WORDS
from store.sanitise_text import visible
from store.translation import language, tr, tr_in
from tui.cli.command_aliases import ALIASES, STATE_VERBS
from tui.cli.command_table import COMMANDS
from tui.cli.command_types import WORD
from tui.cli.looks_like_a_date import length_of_date
from tui.cli.refused_lines.command_synonyms import (
    INSTEAD,
    SEEN_WITH,
)
from tui.cli.refused_lines.field_lines import line_of_field, lines_assigned
from tui.cli.refused_lines.filled_lines import (
    BETWEEN,
    REMOVES,
    again_in_shell,
    as_command_line,
    example_line,
    filled_in,
    is_number,
    state_line,
    state_line_behind,
)
from tui.cli.refused_lines.guesses_of_several_words import LATE_WORDS, line_meant, seats_said, why_late
from tui.cli.refused_lines.misplaced_dates import history_since
from tui.cli.refused_lines.state_words import reason_said, state_said
from tui.cli.refused_lines.words_without_their_option import closing_options, why_closed, with_option
from tui.cli.shell_quoting import in_shell, quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tui.cli.command_types import Command, Option


def sheet_meant(words: Sequence[str]) -> str:
    """The line for `sheet for MIA in Russian`; empty where all words may be parties."""
    language = _LANGUAGES.get(words[-1].lower()) if len(words) > 2 and words[-2].lower() == "in" else None
    parties = words[:-2] if language else words
    parties = parties[1:] if parties[0].lower() in ("for", "of", "with", "to") and parties[1:] else parties
    if len(parties) == len(words):
        return ""
    return f"followup sheet {in_shell(parties)}{f' --lang {language}' if language else ''}"


_LANGUAGES = {"russian": "ru", "english": "en"}


def word_apart(command: Command, options: Mapping[str, Option], argv: Sequence[str], position: int) -> str:
    """The refusal of an unquoted word apart from a title or text, as in a name of two words."""
    name = tr_in("placeholder", command.words[-1][0])
    begin = tr('"{typed}" stands apart from the {name}', typed=visible(argv[position]), name=name)
    if command.name in ("add", "visit add"):
        # Its whole line follows.
        return begin
    option = options.get(argv[position - 2]) if position > 1 else None
    if option is None or option.kind != WORD or option.choices:
        return tr("{begin}: put a name or a text with blanks in quotes", begin=begin)
    end = position
    while end < len(argv) and not argv[end].startswith("-"):
        end += 1
    name = quoted_for_shell(" ".join(argv[position - 1 : end]))
    return tr(
        "{begin}: a name with blanks stands in quotes, {option} {name}",
        begin=begin,
        option=argv[position - 2],
        name=name,
    )


def wrong_words(command: Command, words: Sequence[str]) -> str:
    """The refusal of too few or too many words, with an example of the whole line."""
    number = again_in_shell(words[:1]) if words and is_number(words[0]) else tr_in("placeholder", "ID")
    if len(words) < command.min_words:
        missing = [name for name, nargs in command.words if nargs in "1+"][len(words)]
        shows = f"; {tr(SEEN_WITH[command.name])}" if not words and command.name in SEEN_WITH else ""
        if command.name == "party merge" and words:
            merge = f"followup party merge {quoted_for_shell(words[0])} {tr_in('placeholder', 'NEW')}"
            return tr(
                "followup party merge needs NEW, the name that stays: {merge} (followup parties shows them)",
                merge=merge,
            )
        states = f" ({', '.join(_states())})" if missing == "STATE" else ""
        return tr(
            "followup {name} needs {missing}{states}, as in: {line}{look}",
            name=command.name,
            missing=tr_in("placeholder", missing),
            states=states,
            line=example_line(command, number),
            look=shows,
        )
    most = command.max_words or 0
    typed, extra = again_in_shell(words[:most]), words[most]
    rest = text_in_shell(" ".join(words[most + 1 :]))
    option = next((known for known in command.options if known.name == f"--{extra.lower()}"), None)
    if option is not None:
        value = rest or tr_in("placeholder", option.metavar)
        return tr(
            '"{word}" is an option: {line}', word=extra, line=f"followup {command.name} {typed} {option.name} {value}"
        ).rstrip()
    names = " ".join(tr_in("placeholder", name) + ("..." if nargs in "+*" else "") for name, nargs in command.words)
    known = {"command": command.name, "word": visible(extra)}
    begin = (
        tr('followup {command} takes only {names}; "{word}" is too much', names=names, **known)
        if names
        else tr('followup {command} takes no words; "{word}" is too much', **known)
    )
    takes_name = command.words and command.words[0][0] in ("SLUG", "NAME", "OLD")
    usual = tr("put a name or a text with blanks in quotes") if takes_name else ""
    usual = usual or tr("as in {line}", line=example_line(command, number))
    return f"{begin}: {next(_in_place_of(command, words), usual)}"


def _states() -> Iterable[str]:
    """The words for a state; in Russian those that may be typed."""
    if language() != "ru":
        return STATE_WORDS
    from store.rules.russian_twins_of_typed_words import first_twins

    return first_twins(STATE_WORDS.values()).values()


def _in_place_of(command: Command, words: Sequence[str]) -> Iterator[str]:
    """The likely meaning of words that are too many."""
    most = command.max_words or 0
    number = again_in_shell(words[:1])
    rest = text_in_shell(" ".join(words[most:]))
    if command.words[:1] == (("ID", "1"),) or command.words[:1] == (("ID", "?"),):
        yield from _behind_number(command, words)
    if command.words[:1] == (("SLUG", "1"),):
        yield from _behind_visit(command, words)
    if any(option.name == "--reason" for option in command.options):
        if all(map(is_number, words)):
            ends = (
                f" --reason {tr_in('placeholder', 'TEXT')}"
                if "--reason" in command.required or command.name in REMOVES
                else ""
            )
            each = ", ".join(f"followup {command.name} {again_in_shell([word])}{ends}" for word in words)
            yield tr("one command for each: {lines}", lines=each)
        yield f"followup {command.name} {again_in_shell(words[:most])} --reason {rest}"
    if command.name == "history" and (line := history_since(words)):
        yield line
    if command.name == "move" and number.removeprefix("#").isdecimal():
        yield state_line(words) or filled_in(INSTEAD["reschedule"], words)
    if command.name == "party merge" and words[1].lower() in BETWEEN and len(words) == 3:
        yield f"followup party merge {quoted_for_shell(words[0])} {quoted_for_shell(words[2])}"
    if command.name == "undo" and words[0].lower() in ("last", "the", "my", "all", "done", "it"):
        yield tr("followup undo takes back your last change, followup undo --list shows which can be")
    if command.name == "parties":
        yield tr("followup list party:{name} lists what it owes and is owed", name=quoted_for_shell(words[most]))


def _behind_number(command: Command, words: Sequence[str]) -> Iterator[str]:
    """The likely meaning of words behind the number of a commitment."""
    most = command.max_words or 0
    number, extra = again_in_shell(words[:1]), words[most].lower()
    after = text_in_shell(" ".join(words[most + 1 :]))
    command_named = COMMANDS.get(extra) or ALIASES.get(extra)
    if command_named is not None and command_named.words[:1] in ((("ID", "1"),), (("ID", "+"),)):
        said = after or (why_closed() if extra == "close" else "")
        if extra == "seats":
            said = seats_said([number, *words[most + 1 :]]) or after
        if extra in STATE_VERBS and after:
            said = with_option(words[most + 1 :], {each.name for each in command_named.options}, STATE_VERBS[extra][0])
        yield f"followup {extra} {number} {said}".rstrip()
    state, length = state_said(words[most:])
    if state:
        yield state_line_behind(number, state, words[most + length :])
    if command.name in ("show", "edit", "seats") and (lines := lines_assigned(number, words[most:])):
        yield lines
    if command.name == "show" and extra in ("is", "was", "has", "to", "as") and after:
        yield from _in_place_of(command, [*words[:most], *words[most + 1 :]])
    if command.name == "show" and extra in LATE_WORDS:
        yield why_late(number, words[most + 1 :])
    if command.name == "seats" and (said := seats_said(words)):
        is_one = len(words) == most + 1 and extra.isdecimal()
        more = tr(" (or --wanted {extra}, --acknowledged {extra})", extra=extra) if is_one else ""
        yield f"followup seats {number} {said}{more}"
    if command.name == "seats" and extra == "of" and len(words) == most + 2:
        yield f"followup seats ID --nominated {number} --wanted {after}"
    if command.name == "show" and (line := _verb_behind(words[most:], number)):
        yield line
    if command.name == "show" and {"officers", "seats", "nominated", "experts"} & {word.lower() for word in words}:
        yield from (f"followup seats {number} {said}" for said in [seats_said(words)] if said)
    if command.name == "show" and all(word.isdecimal() for word in words):
        yield f"followup list --all id:{','.join(words)}"
    if command.name == "edit" and not extra.isdecimal():
        yield tr(
            "followup edit {number} --title {title}, or another of its options",
            number=number,
            title=text_in_shell(" ".join(words[most:])),
        )


def _behind_visit(command: Command, words: Sequence[str]) -> Iterator[str]:
    """The likely meaning of words behind the short name of a visit."""
    most = command.max_words or 0
    slug, rest = again_in_shell(words[:1]), text_in_shell(" ".join(words[most:]))
    others = words[most:]
    if any(option.name == "--until" for option in command.options):
        day = others[1:] if others[0].lower() in _UNTIL else others
        if day and length_of_date(day) == len(day):
            yield f"followup {command.name} {slug} --until {text_in_shell(' '.join(day))}"
    each = ", ".join(f"followup {command.name} {quoted_for_shell(word)}" for word in words)
    if all("-" in word and word[-1].isdigit() for word in others):
        yield tr("one command for each visit: {lines}", lines=each)
    if len(others) == 1 and any(option.name == "--reason" for option in command.options):
        yield tr(
            "followup {name} {number} --reason {rest} (for another visit, {other})",
            name=command.name,
            number=slug,
            rest=rest,
            other=each.rpartition(", ")[2],
        )


_UNTIL = ("until", "till", "to", "by", "до", "по", "на")
"""What people put before the day until which a visit is set aside."""


def _verb_behind(words: Sequence[str], number: str) -> str:
    """What to type for `5 remind in a week`, where a guessed word follows the number."""
    if reason_said(words[0]):
        return f"followup close {number} {closing_options(words)}"
    if line := line_meant([words[0], number, *words[1:]]) or line_of_field(number, words[0], words[1:]):
        return line
    sentence = INSTEAD.get(words[0].lower(), "")
    behind = [number, *words[1:]]
    return (as_command_line(sentence, behind, behind) or filled_in(sentence, behind)) if "{id}" in sentence else ""
