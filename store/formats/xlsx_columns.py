"""The columns of a workbook, for people: in the language of the reader, twelve that are printed, then the rest.

The rest are those of `export_columns`, with words instead of the tokens of the store.
"""

from __future__ import annotations

from collections import Counter

from store.formats.export_columns import NUMBER, TEXT, columns, shown
from store.model.vocabulary_and_signs import CLOSING_REASONS, OUTCOMES, STATES, Entry
from store.reports.commitment_text import band_in_words
from store.rules.due_dates_and_extensions import extension_count, is_late
from store.sanitise_text import visible
from store.translation import ENGLISH, phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from store.formats.export_columns import CommitmentColumn, Value
    from store.reports.commitment_text import CommitmentText
    from store.snapshot import Row, Snapshot

AGREED_DAY = "agreed-day"
"""The kind of a due date: a day, shown as the period that was agreed."""

_WORDS: Mapping[str, Mapping[str, Entry]] = {
    "state": STATES,
    "outcome": OUTCOMES,
    "closed_because": CLOSING_REASONS,
}
"""Column -> what its tokens are called."""


class XlsxColumn:
    """A column of a workbook: `read` gives its value in a row; `is_late_shown`: what is late is coloured in it."""

    __slots__ = ("heading", "is_late_shown", "kind", "name", "read", "width")

    def __init__(
        self,
        name: str,
        heading: str,
        width: int,
        read: Callable[[Row], Value],
        *,
        kind: str,
        is_late_shown: bool = False,
    ) -> None:
        self.name = name
        self.heading = heading
        self.width = width
        self.read = read
        self.kind = kind
        self.is_late_shown = is_late_shown


def xlsx_columns(
    texts: CommitmentText, snapshot: Snapshot, *, is_internal: bool
) -> tuple[list[XlsxColumn], list[XlsxColumn]]:
    """The columns that are printed, and the rest."""
    printed = _printed(texts, snapshot)
    names = {column.name for column in printed}
    rest = [
        in_words(texts, snapshot, column) for column in columns(is_internal=is_internal) if column.name not in names
    ]
    return printed, rest


def _printed(texts: CommitmentText, snapshot: Snapshot) -> list[XlsxColumn]:
    tr = texts.words.tr

    def parties(names: Sequence[str]) -> str:
        return "; ".join([shown(texts.party(name)) for name in names])

    def days_late(row: Row) -> Value:
        return row.days_overdue if is_late(row.commitment, row.band) and not row.is_aside else None

    def standing(row: Row) -> Value:
        if row.is_aside:
            return f"{texts.state(row)}, {tr('set aside')}"
        return texts.result_or_state(row)

    titles = Counter(visit["title"] for visit in snapshot.visits.values())
    is_repeated = any(count > 1 for count in titles.values())

    def visit(row: Row) -> Value:
        its = snapshot.visits[row.commitment["visit"]]
        return shown(its["title"] if titles[its["title"]] == 1 else texts.visit(its))

    return [
        XlsxColumn("id", tr("No."), 6, lambda row: row.commitment["id"], kind=NUMBER),
        XlsxColumn("title", tr("Commitment"), 34, lambda row: shown(row.commitment["title"]), kind=TEXT),
        XlsxColumn("by", tr("By"), 15, lambda row: parties(row.commitment["by"]), kind=TEXT),
        XlsxColumn("to", tr("To"), 15, lambda row: parties(row.commitment["to"]), kind=TEXT),
        XlsxColumn("visit", tr("Visit"), 24 if is_repeated else 16, visit, kind=TEXT),
        XlsxColumn("kind", tr("Kind"), 14, lambda row: shown(texts.kind(row.commitment["kind"])), kind=TEXT),
        XlsxColumn("due", tr("Due"), 13, lambda row: row.commitment.get("due"), kind=AGREED_DAY, is_late_shown=True),
        XlsxColumn(
            "original_due", tr("Original due"), 16, lambda row: row.commitment.get("original_due"), kind=AGREED_DAY
        ),
        XlsxColumn(
            "extension_count", tr("Extensions"), 13, lambda row: extension_count(row.commitment) or None, kind=NUMBER
        ),
        XlsxColumn("standing", tr("State or result"), 17, standing, kind=TEXT, is_late_shown=True),
        XlsxColumn("days_late", tr("Days late"), 12, days_late, kind=NUMBER, is_late_shown=True),
        XlsxColumn("why", tr("Reasons recorded"), 24, _reason, kind=TEXT),
    ]


def _reason(row: Row) -> Value:
    """The reason for the miss; else that of the last extension."""
    commitment = row.commitment
    extensions = [change["reason"] for change in commitment.get("due_changes", ()) if change["extension"]]
    reason = commitment.get("miss_reason") or (extensions[-1] if extensions else None)
    return None if reason is None else shown(reason)


def in_words(texts: CommitmentText, snapshot: Snapshot, column: CommitmentColumn) -> XlsxColumn:
    """A column of `export_columns`, its heading and its tokens in the language of the reader."""
    tr = texts.words.tr
    entries = _WORDS.get(column.name)

    def read(row: Row) -> Value:
        value = column.read(row, snapshot)
        if isinstance(value, str):
            if column.name == "band":
                return band_in_words(texts.words, value)
            if entries is not None and value in entries:
                return tr(entries[value].text)
            if column.name == "due_precision":
                return tr(_PRECISIONS.get(value, value))
            if column.name.endswith("_recorded"):
                return tr(_RECORDED_BY_OTHERS)
            if column.name in _OF_PARTIES:
                return "; ".join([shown(texts.party(name)) for name in _parties(row, column.name)])
        if column.name == "notes" and texts.words.language != ENGLISH:
            notes = snapshot.notes(row.commitment["id"])
            said = [f"{texts.words.day(each['day'])} {visible(each['who'])}: {shown(each['note'])}" for each in notes]
            return "\n".join(said) or None
        if column.name == "due_changes":
            commitment = row.commitment
            changes = [texts.due_change(commitment, change) for change in commitment.get("due_changes", ())]
            return "\n".join(map(shown, changes)) or None
        return value

    return XlsxColumn(column.name, tr(column.heading), column.width, read, kind=column.kind)


_OF_PARTIES = ("by", "to", "via", "support", "returned_by", "reported_by", "confirmed_by", "closed_agreed_by")
"""Columns that name parties."""


def _parties(row: Row, name: str) -> Sequence[str]:
    """The parties that such a column names."""
    commitment: Mapping[str, Any] = row.commitment
    voice, _, field = name.partition("_")
    named = commitment[voice][{"by": "said_by"}.get(field, field)] if field else commitment[name]
    return [named] if isinstance(named, str) else named


_RECORDED_BY_OTHERS = phrase("others")
_PRECISIONS = {
    "day": phrase("day"),
    "week": phrase("week"),
    "month": phrase("month"),
    "quarter": phrase("quarter"),
    "half": phrase("half"),
    "season": phrase("season"),
    "year": phrase("year"),
}
