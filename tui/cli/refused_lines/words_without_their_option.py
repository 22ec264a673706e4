"""Words that lack their option: a day, a reason for closing, who reported it, a note."""

from __future__ import annotations

from store.model.vocabulary_and_signs import Because, State
from store.rules.days import Direction
from store.translation import tr
from tui.cli.looks_like_a_date import is_date
from tui.cli.refused_lines.state_words import reason_said, reasons_to_type
from tui.cli.shell_quoting import quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def with_option(words: Sequence[str], options: Collection[str], state: str = "") -> str:
    """The words with the option that was meant: a day, a reason for closing, else a note.

    `state` is the one that the command gives, if it gives one.
    """
    if state == State.CLOSED:
        return closing_options(words)
    if "--again" in options and len(words) == 2 and words[0].lower() == "next" and is_date(words[1:]):
        # The coming one: `next Monday` has two readings.
        return f"--again {text_in_shell(words[1])}"
    if len(words) > 1 and words[0].lower() in _FROM_ON and is_date(words[1:]):
        words = words[1:]
    for at in range(1, len(words)):
        # A day behind or before a name or a note: `by letter on 20 Nov`, `yesterday by INTERPOL`.
        day, others = (words[at:], words[:at]) if is_date(words[at:]) else (words[:at], words[at:])
        if is_date(day) and not is_date(words) and not any(is_date(words[:more]) for more in range(at + 1, len(words))):
            option = "--again" if "--again" in options and is_date(day, Direction.FORWARD) else "--on"
            day = day[1:] if day[0].lower() in ("on", "at") else day
            others = others[:-1] if others[-1].lower() in _FROM_ON and len(others) > 1 else others
            return f"{option} {text_in_shell(' '.join(day))} {with_option(others, options, state)}"
    day = words[1:] if words[0].lower() in _FROM_ON and len(words) > 1 else words
    text_of_day = text_in_shell(" ".join(day))
    if is_date(day, Direction.FORWARD) and "--again" in options:
        return f"--again {text_of_day}"
    if is_date(day):
        return f"--on {text_of_day}"
    speaker = _speaker(words) if "--said-by" in options and state in (State.REPORTED, State.CONFIRMED) else ""
    note = text_in_shell(" ".join(words))
    if not speaker:
        return f"--note {note}"
    return tr("--said-by {speaker} (or, as a note, --note {note})", speaker=quoted_for_shell(speaker), note=note)


_FROM_ON = ("on", "at", "since", "from")
"""Words before the day on which something was done."""


def why_closed() -> str:
    """The refusal of `closed` without a reason."""
    why, others = reasons_to_type(Because.DROPPED)
    return tr("--because {why} (or {others})", why=why, others=", ".join(others))


def closing_options(words: Sequence[str]) -> str:
    """Convert words behind `closed` to options: reason, day, note."""
    behind = words[1:] if words[0].lower() in _BECAUSE else words
    if not behind:
        return why_closed()
    text = text_in_shell(" ".join(behind))
    if why := reason_said(behind[0]):
        return f"--because {why}" + (f" --note {text_in_shell(' '.join(behind[1:]))}" if behind[1:] else "")
    option = f"--on {text}" if is_date(behind) else f"--note {text}"
    said = next(filter(None, map(reason_said, behind)), None)
    return f"{option} --because {said}" if said else f"{option} {why_closed()}"


_BECAUSE = ("because", "причина", "из-за")
"""Words before the reason for closing."""

_BY_MEANS = "a an the letter letters mail email e-mail phone telephone post fax hand call courier note message"
"""Words behind `by` that say how, not who."""


def _speaker(words: Sequence[str]) -> str:
    """The party named by words as who reported it: `INTERPOL`, `by MIA`; empty for anything else."""
    if words[0].lower() == "by":
        return " ".join(words[1:]) if len(words) > 1 and words[1].lower() not in _BY_MEANS.split() else ""
    is_short_name = len(words[0]) > 1 and words[0].isupper()
    return " ".join(words) if is_short_name and len(words) < 4 else ""
