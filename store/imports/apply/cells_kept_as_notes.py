"""Cells on a step that does not apply to the commitment of their row: kept as notes, with a notice.

The reason of a change goes with another deadline, the evidence of a report with one that was made.
"""

from __future__ import annotations

from store.imports.grid.grid import cell_text
from store.model.vocabulary_and_signs import State
from store.rules.days import said_day
from store.sanitise_text import clean_line, clean_text
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.rows.parse_rows import ImportRow
    from store.model.record_types import Commitment

_OF_CHANGE = {"reason": "reason", "asked-by": "asked_by", "agreed-by": "agreed_by"}
"""Field of a row -> what a change of the deadline keeps of it."""

_OF_VOICE = {
    "reported-by": ("reported", "said_by"),
    "evidence": ("reported", "evidence"),
    "confirmed-by": ("confirmed", "said_by"),
    "confirmed-evidence": ("confirmed", "evidence"),
}
"""Field of a row -> the step that keeps it, and as what."""

_FIELDS = (*_OF_CHANGE, *_OF_VOICE, "due", "agreed-on")

_WHY = {
    **dict.fromkeys(_OF_CHANGE, phrase("no other deadline goes with it: it is kept as a note")),
    "reported-by": phrase("nothing says that it is done: it is kept as a note"),
    "evidence": phrase("nothing says that it is done: it is kept as a note"),
    "confirmed-by": phrase("nothing says that it is confirmed: it is kept as a note"),
    "confirmed-evidence": phrase("nothing says that it is confirmed: it is kept as a note"),
    "due": phrase("it names no day, and takes none away: it is kept as a note"),
    "agreed-on": phrase("nothing says that it is agreed: it is kept as a note"),
}


class UnfittingCell:
    """What one `column`, if its field has one, says in vain of a row: its `text`, and `why` in a sentence."""

    __slots__ = ("_field", "_text", "column")

    def __init__(self, field: str, column: int, text: str) -> None:
        self._field = field
        self.column = column
        self._text = text

    @property
    def why(self) -> str:
        """Why it does not fit, and what became of it."""
        return tr(_WHY[self._field])

    def as_note(self, columns: ColumnMapping) -> str:
        """The note that keeps it, under its heading."""
        heading = clean_line(columns.headings[self.column]) if self.column < len(columns.headings) else ""
        return f"{heading}: {self._text}" if heading else self._text


def may_not_fit(columns: ColumnMapping) -> frozenset[str]:
    """The fields of a list that not every row can take; those of a deadline can be more."""
    return frozenset(field for field in _FIELDS if field in columns.fields and field != "due")


def unfitting_cells(row: ImportRow, commitment: Commitment, columns: ColumnMapping) -> list[UnfittingCell]:
    """The cells of a row that its commitment, as it is after the row was applied, took nothing of."""
    values, of_fields = row.values, columns.fields
    return [
        UnfittingCell(field, of_fields[field], _text(row, field, of_fields[field]))
        for field in _FIELDS
        if field in of_fields and values.get(field) and not _is_applied(field, values[field], commitment)
    ]


def _is_applied(field: str, value: object, commitment: Commitment) -> bool:
    if field == "due":
        words = getattr(value, "words", None)
        return getattr(value, "day", None) is not None or words is None or words == commitment.get("due_words")
    if field == "agreed-on":
        return commitment["state"] != State.PROPOSED
    record: Mapping[str, object] = {**commitment}
    if field in _OF_CHANGE:
        return _is_in(_OF_CHANGE[field], value, commitment.get("due_changes", ()))
    step, kept = _OF_VOICE[field]
    voice = record.get(step)
    return _is_in(kept, value, [voice] if isinstance(voice, dict) else ())


def _is_in(name: str, value: object, entries: Collection[object]) -> bool:
    """Whether one of these entries has a value under a name: a text the same, of parties any."""
    found = [entry[name] for entry in entries if isinstance(entry, dict) and entry.get(name)]
    is_text = name in ("reason", "evidence")
    return clean_text(str(value)) in found if is_text else bool(found)


def _text(row: ImportRow, field: str, column: int) -> str:
    """A cell as it is written; where another said its value for all rows, that."""
    text = clean_text(cell_text(row.line.cells[column])) if column < len(row.line.cells) else ""
    value = row.values[field]
    if field == "agreed-on" and isinstance(value, str):
        return said_day(value)
    return text or str(value)
