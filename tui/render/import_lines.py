"""Renders an import, real or dry run: one line for each row, then a summary."""

from __future__ import annotations

from functools import lru_cache

from store.fold_case_and_accents import fold
from store.imports.grid.row_nouns import none_importable, none_there, row_named, rows_counted
from store.imports.states.state_meant_by_word import STATES_SAID
from store.model.vocabulary_and_signs import CLOSING_REASONS, STATES, Precision
from store.rules.days import is_day, said_day
from store.rules.due_dates_and_extensions import count_extensions
from store.sanitise_text import visible
from store.translation import ENGLISH, language, phrase, phrase_in, plural, tr, tr_in
from tui.render.commitment_numbers import number_text
from tui.render.day_words import day, visit_days
from tui.render.party_words import short_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.imports.apply.apply_rows import ImportResult, RowChange
    from store.imports.rows.parse_rows import ParsedRows
    from store.model.record_types import Event, Visit
    from store.rules.party_names import Directory
    from tui.render.terminal_style import TerminalStyle

_LEFT_OUT = frozenset(
    ("created", "due_changes", "due_precision", "original_due", "agreed_on", "reported", "confirmed", "closed")
)
"""Fields left out: they follow from others, or stand with the state."""

_NAMES = {
    "due_words": phrase_in("field", "date in words"),
    "miss_reason": phrase_in("field", "reason of the miss"),
    "source_id": phrase_in("field", "their number"),
}

_PRECISIONS = {
    Precision.WEEK: phrase("week"),
    Precision.MONTH: phrase("month"),
    Precision.QUARTER: phrase("quarter"),
    Precision.HALF: phrase("half"),
    Precision.SEASON: phrase("season"),
    Precision.YEAR: phrase("year"),
}
_MAX_PARTIES = 20
"""New parties that are named; the others are counted."""

_VOICES = ("reported", "confirmed")
_VOICED = frozenset(("state", *_VOICES))


_MAX_TITLE = 60
"""Columns of a title at most."""


def lines_of(result: ImportResult, noun: str, terminal: TerminalStyle) -> Iterator[str]:
    """Render one line for each row, with its changes of the store.

    `row 5: new #21 Send the list · UNODC → INL · due 31 Mar 2023 · agreed`, `row 7: #5 as it is`,
    `row 6: #4 due 2023-03-31 -> 2023-06-30 (extension 1)`.
    """
    return (f"{row_named(noun, row)}: {text}" for row, text in changes_of(result, terminal))


def changes_of(result: ImportResult, terminal: TerminalStyle) -> Iterator[tuple[int, str]]:
    """Render what each row changes: its number, and the text of `lines_of` behind it."""
    shown = _PartyNames(result.directory)
    return ((change.row, _row_text(change, shown, terminal)) for change in result.changes)


class _PartyNames(dict[tuple[str, ...], str]):
    """Cache: full names of parties -> their short names, sanitised and joined."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def __missing__(self, names: tuple[str, ...]) -> str:
        shown = self[names] = ", ".join([_name_in_list(short_name(self._directory, name)) for name in names])
        return shown


def _name_in_list(name: str) -> str:
    """A name as it stands between others: in quotes where a comma is in it."""
    return _quoted(visible(name)) if "," in name else visible(name)


def visit_made(visit: Visit) -> str:
    """Render a visit that is made: `osh-2027 (Study visit, Osh, 3-5 May 2027)`."""
    days = visit_days(visit["start"], visit["end"])
    return f"{visit['slug']} ({visible(visit['title'])}, {visible(visit['place'])}, {days})"


def new_parties_of(result: ImportResult) -> str:
    """Render the new parties: `UNODC, INTERPOL and 3 more`; empty when there is none."""
    parties = ", ".join(map(_name_in_list, result.parties[:_MAX_PARTIES]))
    more = len(result.parties) - _MAX_PARTIES
    return tr("{first} and {count} more", first=parties, count=more) if more > 0 else parties


def names_too_many(result: ImportResult) -> bool:
    """Whether there are more new parties than the sentence names."""
    return len(result.parties) > _MAX_PARTIES


def sum_of(result: ImportResult, parsed: ParsedRows, bad: int = 0) -> str:
    """Render the summary: `90 rows: 85 new, 3 changed, 2 as they are`; bad rows only where `bad` is given."""
    changes = result.changes
    new = sum(change.is_new for change in changes)
    changed = sum(bool(change.events) and not change.is_new for change in changes)
    noun = parsed.columns.grid.noun
    text = plural(
        "{rows}: {new} new, {changed} changed, {n} as it is",
        "{rows}: {new} new, {changed} changed, {n} as they are",
        len(changes) - new - changed,
        rows=rows_counted(noun, len(changes) + bad),
        new=new,
        changed=changed,
    )
    return f"{text}, {tr('{count} cannot be taken', count=bad)}" if bad else text


def why_nothing(result: ImportResult, noun: str, *, refused_noun: str) -> str:
    """The reason why an import changes nothing; `refused_noun` names the rows of a file in which all are bad."""
    if result.changes:
        return tr("the rest is there already") if result.problems else tr("all of it is there already")
    return none_importable(refused_noun) if result.problems else none_there(noun)


def _row_text(change: RowChange, shown: _PartyNames, terminal: TerminalStyle) -> str:
    parts = []
    events = change.events
    if change.is_new:
        parts.append(tr("new #{number} {what}", number=change.number, what=_new_commitment(change, shown, terminal)))
        events = events[1:]
    for event in events:
        parts += _event_parts(event, is_new=change.is_new)
    if change.remark:
        parts.append(visible(change.remark))
    if change.is_new:
        return "; ".join(parts)
    return f"{number_text(change.number)} {'; '.join(parts) if change.events else _unchanged(parts)}"


def _unchanged(parts: list[str]) -> str:
    return tr("as it is ({why})", why="; ".join(parts)) if parts else tr("as it is")


def _new_commitment(change: RowChange, shown: _PartyNames, terminal: TerminalStyle) -> str:
    """A new commitment: its title, parties, due date and state."""
    new = change.commitment
    who = f"{shown[tuple(new['by'])]}{terminal.arrow}{shown[tuple(new['to'])]}"
    due = _due(new.get("due"), new.get("due_precision"), new.get("due_words"))
    state = tr(STATES[new["state"]].text)
    voice = new.get("confirmed") or new.get("reported")
    if "closed" in new:
        state += f" ({_because(new['closed']['because'])}) {day(new['closed']['on'])}"
    elif voice:
        state += f" {day(voice['on'])}"
    title = visible(new["title"])
    if len(title) > _MAX_TITLE or not title.isascii():
        title = terminal.cut(title, _MAX_TITLE)
    return terminal.encodable(terminal.dot.join((title, who, due, state)))


@lru_cache(1024)
def _due(due: str | None, precision: str | None, words: str | None) -> str:
    """`due 31 Mar 2023 (quarter) "Q1 2023"`: the day, its precision and its words; `no date "as needed"`."""
    if due is None:
        return tr("no date") if words is None else f"{tr('no date')} {_quoted(visible(words))}"
    text = tr("due {day}", day=day(due))
    text += (
        f" ({tr(_PRECISIONS[precision]) if precision in _PRECISIONS else precision})"
        if precision and precision != Precision.DAY
        else ""
    )
    return text if words is None or fold(words) == fold(day(due)) else f"{text} {_quoted(visible(words))}"


def _event_parts(event: Event, *, is_new: bool) -> list[str]:
    fields = event.get("fields", {})
    parts = []
    if "due" in fields:
        parts.append(tr("due {day}", day=_pair(fields["due"])) + _extension(event))
    if is_new and _VOICED.intersection(fields):
        pass  # The line of a new commitment has its state.
    elif "state" in fields:
        parts.append(f"{_pair(fields['state'])}{_voice_or_reason(event)}")
    elif any(voice in fields for voice in _VOICES):
        parts.append(tr("what was said of it") + _voice_or_reason(event))
    for name, (before, after) in fields.items():
        if name not in _LEFT_OUT and name not in ("due", "state"):
            parts.append(f"{_field(name)} {_change(before, after)}")
    if "note" in event:
        parts.append(tr('note "{text}"', text=visible(event["note"])))
    return parts


def _pair(pair: list[object]) -> str:
    return tr(" -> ").join(tr("none") if value is None else _state_or_day(value) for value in pair)


def _extension(event: Event) -> str:
    changes = event.get("fields", {}).get("due_changes", [None, None])[1]
    if not isinstance(changes, list) or not changes[-1]["extension"]:
        return ""
    return tr(" (extension {n})", n=count_extensions(changes))


def _voice_or_reason(event: Event) -> str:
    """The day of a report or confirmation, or the reason for closing, in brackets."""
    fields = event.get("fields", {})
    for voice in _VOICES:
        new = fields.get(voice, [None, None])[1]
        if isinstance(new, dict):
            return f" ({tr(STATES_SAID[voice])} {said_day(new['on'])})"
    closed = fields.get("closed", [None, None])[1]
    return f" ({_because(closed['because'])})" if isinstance(closed, dict) else ""


def _change(before: object, after: object) -> str:
    new = _value(after)
    return new if before is None else f"{_value(before)}{tr(' -> ')}{new}"


def _value(value: object) -> str:
    if value is None:
        return tr_in("value", "none")
    if isinstance(value, dict):
        return ", ".join(f"{_field(name)} {_plain(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return _quoted(_plain(value))


def _quoted(text: str) -> str:
    return tr('"{text}"', text=text)


def _state_or_day(value: object) -> str:
    text = _plain(value)
    return tr(STATES_SAID[text]) if text in STATES_SAID else text


def _because(word: str) -> str:
    """The reason for closing; in English the word typed for it."""
    return word if language() == ENGLISH or word not in CLOSING_REASONS else tr(CLOSING_REASONS[word].text)


def _field(name: str) -> str:
    """The name of a field; in English as it stands in the file."""
    if name in _NAMES:
        return tr_in("field", _NAMES[name])
    if language() == ENGLISH:
        return name
    from tui.render.event_words import field_label

    return field_label(name)


def _plain(value: object) -> str:
    text = visible(str(value))
    return said_day(text) if is_day(text) else text
