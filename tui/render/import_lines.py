"""What an import does or would do, in lines: one for each row, and what all of them come to."""

from __future__ import annotations

from functools import lru_cache

from store.model.vocabulary import STATES, Precision
from store.rules.due_dates import count_extensions
from store.text import fold, visible
from tui.render.labels import counted, day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.apply import RowChange, Taken
    from store.imports.rows import Understood
    from store.model.record_types import Event
    from store.rules.party_names import Directory
    from tui.render.terminal_style import TerminalStyle

_UNTOLD = frozenset(
    ("created", "due_changes", "due_precision", "original_due", "agreed_on", "reported", "confirmed", "closed")
)
"""Fields that follow from others, or are told with the state."""

_NAMES = {"due_words": "words", "miss_reason": "reason of the miss", "source_id": "their number"}
_MOST = 20
"""New parties that are named."""

_VOICES = ("reported", "confirmed")
_VOICED = frozenset(("state", *_VOICES))


_WIDEST_TITLE = 60
"""Columns that a title gets."""


def lines_of(taken: Taken, noun: str, terminal: TerminalStyle) -> list[str]:
    """One for each row, as it changes the store.

    `row 5: new #21 Send the list · UNODC → INL · due 31 Mar 2023 · agreed`, `row 7: #5 as it is`,
    `row 6: #4 due 2023-03-31 -> 2023-06-30 (extension 1)`.
    """
    shown = _Parties(taken.directory)
    return [f"{noun} {change.row}: {_told(change, shown, terminal)}" for change in taken.changes]


class _Parties(dict[tuple[str, ...], str]):
    """The full names of parties -> how they are shown, worked out when they are first met."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def __missing__(self, names: tuple[str, ...]) -> str:
        shown = self[names] = ", ".join([visible(self._directory.shown(name)) for name in names])
        return shown


def new_parties_of(taken: Taken) -> str:
    """`UNODC, INTERPOL and 3 more`; empty when none is new."""
    more = f" and {len(taken.parties) - _MOST} more" if len(taken.parties) > _MOST else ""
    return ", ".join(map(visible, taken.parties[:_MOST])) + more


def sum_of(taken: Taken, understood: Understood) -> str:
    """`90 rows: 85 new, 3 changed, 2 as they are`."""
    changes = taken.changes
    new = sum(change.is_new for change in changes)
    changed = sum(bool(change.events) and not change.is_new for change in changes)
    noun = understood.columns.grid.noun
    told = f"{counted(len(changes), noun)}: {new} new, {changed} changed, "
    same = len(changes) - new - changed
    return f"{told}{same} as {'it is' if same == 1 else 'they are'}"


def _told(change: RowChange, shown: _Parties, terminal: TerminalStyle) -> str:
    parts = []
    events = change.events
    if change.is_new:
        parts.append(f"new #{change.number} {_of_new(change, shown, terminal)}")
        events = events[1:]
    for event in events:
        parts += _of_event(event, is_new=change.is_new)
    if change.left:
        parts.append(visible(change.left))
    if change.is_new:
        return "; ".join(parts)
    return f"#{change.number} {'; '.join(parts) if change.events else _as_it_is(parts)}"


def _as_it_is(parts: list[str]) -> str:
    return f"as it is ({'; '.join(parts)})" if parts else "as it is"


def _of_new(change: RowChange, shown: _Parties, terminal: TerminalStyle) -> str:
    """What was promised, by whom, to whom, until when, and where it stands."""
    its = change.commitment
    who = f"{shown[tuple(its['by'])]}{terminal.arrow}{shown[tuple(its['to'])]}"
    due = _due(its["due"], its.get("due_precision"), its.get("due_words")) if "due" in its else "no date"
    state = STATES[its["state"]].text
    voice = its.get("confirmed") or its.get("reported")
    state += f" ({its['closed']['because']})" if "closed" in its else f" {day(voice['on'])}" if voice else ""
    title = visible(its["title"])
    if len(title) > _WIDEST_TITLE or not title.isascii():
        title = terminal.cut(title, _WIDEST_TITLE)
    return terminal.carried(terminal.dot.join((title, who, due, state)))


@lru_cache(1024)
def _due(due: str, precision: str | None, words: str | None) -> str:
    """`due 31 Mar 2023 (quarter) "Q1 2023"`, as the date was understood."""
    told = f"due {day(due)}" + (f" ({precision})" if precision and precision != Precision.DAY else "")
    return told if words is None or fold(words) == fold(day(due)) else f'{told} "{visible(words)}"'


def _of_event(event: Event, *, is_new: bool) -> list[str]:
    fields = event.get("fields", {})
    parts = []
    if "due" in fields:
        parts.append(f"due {_pair(fields['due'])}{_extension(event)}")
    if is_new and _VOICED.intersection(fields):
        pass  # It is told with the state of what is new.
    elif "state" in fields:
        parts.append(f"{_pair(fields['state'])}{_said_of(event)}")
    elif any(voice in fields for voice in _VOICES):
        parts.append(f"what was said of it{_said_of(event)}")
    for name, (before, after) in fields.items():
        if name not in _UNTOLD and name not in ("due", "state"):
            parts.append(f"{_NAMES.get(name, name)} {_change(before, after)}")
    if "note" in event:
        parts.append(f'note "{visible(event["note"])}"')
    return parts


def _pair(pair: list[object]) -> str:
    return " -> ".join("none" if value is None else _plain(value) for value in pair)


def _extension(event: Event) -> str:
    changes = event.get("fields", {}).get("due_changes", [None, None])[1]
    if not isinstance(changes, list) or not changes[-1]["extension"]:
        return ""
    return f" (extension {count_extensions(changes)})"


def _said_of(event: Event) -> str:
    """The day of a voice, or why it was closed, in brackets."""
    fields = event.get("fields", {})
    for voice in _VOICES:
        new = fields.get(voice, [None, None])[1]
        if isinstance(new, dict):
            return f" ({voice} {new['on']})"
    closed = fields.get("closed", [None, None])[1]
    return f" ({closed['because']})" if isinstance(closed, dict) else ""


def _change(before: object, after: object) -> str:
    new = _value(after)
    return new if before is None else f"{_value(before)} -> {new}"


def _value(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return f'"{_plain(value)}"'


def _plain(value: object) -> str:
    return visible(str(value))
