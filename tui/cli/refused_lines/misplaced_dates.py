"""What to type for a date in the wrong place, or followed by its reason: `due 20 Dec`, `Friday because he is away`."""

from __future__ import annotations

import re

from store.rules.days import Direction
from store.translation import tr
from tui.cli.looks_like_a_date import is_date, length_of_date
from tui.cli.refused_lines.filled_lines import is_number
from tui.cli.shell_quoting import quoted_for_shell, text_in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def history_since(words: Sequence[str]) -> str:
    """The line for `history today`, `changes since Monday`, `history 3 last week`; empty for anything else."""
    numbers = [word.removeprefix("#") for word in words[:1] if is_number(word) and len(words) > 1]
    day = words[len(numbers) :]
    day = day[1:] if day and day[0].lower() in ("since", "from", "of", "on", "after") else day
    is_day = bool(day) and is_date(day, Direction.BACK)
    return f"followup history {' '.join((*numbers, '--since'))} {text_in_shell(' '.join(day))}" if is_day else ""


def what_is_due_then(typed: Sequence[str]) -> str:
    """What to type for a date alone; empty for anything else."""
    if is_date(typed, Direction.FORWARD):
        return tr("followup list due:{typed} lists what is due then", typed=quoted_for_shell(" ".join(typed)))
    if is_date(typed):
        return tr(
            "followup overdue lists what is late, followup list due:2023-03-31 what was due on that "
            "day, followup history shows what happened"
        )
    return ""


def counted_from_today(typed: str, before: str) -> str:
    """What to type for `2w` or `2 weeks`, after the command line before it; empty for any other date."""
    return f"{before} {text_in_shell(f'+{typed}')}" if typed[:1].isdigit() and is_date([f"+{typed}"]) else ""


def date_without_number(words: Sequence[str]) -> str:
    """What to type for `due 20 Dec`, which names no commitment; empty for anything but a date."""
    day = " ".join(words)
    if not is_date(words):
        return ""
    lists = tr("followup list due:{day} lists what is due then", day=quoted_for_shell(day))
    return tr("followup due ID {day} sets a date, {lists}", day=text_in_shell(day), lists=lists)


def date_and_reason(number: int, words: Sequence[str], *, has_reason: bool) -> str:
    """What to type for a date followed by its reason, as `Friday because he is away`; empty for anything else.

    Where it `has_reason` already, or an hour follows, all that was typed are the words of the date: `10 May at 15:00`.
    """
    if words and words[0].lower() in ("to", "->", "=") and is_date(words[1:], Direction.FORWARD):
        return f"followup due {number} {text_in_shell(' '.join(words[1:]))}"
    length = length_of_date(words)
    if not 0 < length < len(words) or any(map(is_number, words[length:])) or is_date(words[length:]):
        return ""
    day, text = (" ".join(part) for part in (words[:length], words[length:]))
    if has_reason or _HOUR.fullmatch(text):
        return f"followup due {number} {text_in_shell(day)} --words {quoted_for_shell(f'{day} {text}')}"
    return f"followup due {number} {text_in_shell(day)} --reason {text_in_shell(text)}"


_HOUR = re.compile(r"(?:\w{1,2} )?\d{1,2}[:.]\d{2}")
"""An hour behind a day: it is no reason why the day is another one."""
