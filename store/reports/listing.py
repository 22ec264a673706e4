"""The list of commitments as a paper: a table for each visit, and under each commitment all else known of it."""

from store.deadlines import COUNT_NAMES
from store.model import Band, Precision, State
from store.reports.columns import GROUPS
from store.reports.document import Column, Document, Entry, Figures, Part, Table, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.documents import Visit
    from store.ledger import Ledger, Row
    from store.reports.columns import Column as Value
    from store.reports.document import Block

INTERNAL = "INTERNAL"
"""The mark of every page that holds what may not be handed over."""

_TABLE = (
    Column("No.", 6, is_number=True),
    Column("What was promised", 38),
    Column("By", 17),
    Column("To", 17),
    Column("State", 12),
    Column("Due", 12),
)
_ELSEWHERE = {
    *("id", "title", "visit", "by", "to", "state", "due"),
    *("band", "days_left", "created", "updated", "revision"),
}
"""Columns of which no remark is made: they stand in the table or in words, or are for programs."""
_FIGURES = (
    (Band.OVERDUE, "overdue"),
    (Band.TODAY, "due today"),
    (Band.WEEK, "due within 7 days"),
    (Band.NO_DATE, "no date agreed"),
    (Band.UNCONFIRMED, "to be confirmed"),
    (Band.FINISHED, "finished"),
)
_PLAIN = {Band.MONTH, Band.LATER}


def marks_of(mark: str, *, is_internal: bool) -> list[str]:
    """What is printed on every page: INTERNAL, where it is, and the mark that somebody asked for."""
    return [text for text in (INTERNAL if is_internal else "", mark) if text]


def listing(
    ledger: "Ledger", rows: "Iterable[Row]", *, is_internal: bool, mark: str = "", asked: str | None = None
) -> Document:
    """These commitments, in their order, by visit, the newest visit first.

    `asked` says in words what they were chosen by; None: they are all of the store, and then visits that left none
    are told as well.
    """
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        rows_of.setdefault(row.commitment["visit"], []).append(row)
    chosen = [row for some in rows_of.values() for row in some]
    if is_internal:
        ledger.read_all_notes()
    parts = [
        _part(visit, rows_of.get(visit["slug"], []), ledger, is_internal=is_internal)
        for visit in ledger.visits_newest_first
        if visit["slug"] in rows_of or asked is None
    ]
    return Document(
        "Commitments",
        [] if asked is None else [f"Those that match: {asked}"],
        [("Day", ledger.today), ("Revision of the store", str(ledger.revision)), ("Commitments", str(len(chosen)))],
        marks_of(mark, is_internal=is_internal),
        [Part("At a glance", [_figures(chosen, ledger)]), *parts],
        "en",
    )


def _figures(rows: "Sequence[Row]", ledger: "Ledger") -> Figures:
    counts = ledger.tally(rows)
    return Figures([(str(counts[COUNT_NAMES[band]]), word, _style(band)) for band, word in _FIGURES])


def _style(band: str) -> str:
    return "plain" if band in _PLAIN else band


def _part(visit: "Visit", rows: "Sequence[Row]", ledger: "Ledger", *, is_internal: bool) -> Part:
    days = visit["start"] if visit["start"] == visit["end"] else f"{visit['start']} to {visit['end']}"
    people = [
        f"{word}: {value}"
        for word, value in (
            ("Hosts", ", ".join(map(ledger.parties.shown, visit.get("hosts", [])))),
            ("Delegation", visit.get("delegation")),
            ("Programme", visit.get("programme")),
            ("Donor", visit.get("donor")),
        )
        if value
    ]
    place = f"{visit['place']}, {days}" if "place" in visit else days
    blocks: list[Block] = [Text(". ".join([place, *people]), "dim")]
    if rows:
        blocks.append(Table(_TABLE, [_entry(row, ledger, is_internal=is_internal) for row in rows]))
    else:
        blocks.append(Text("No promise recorded.", "no-date"))
    return Part(visit["title"], blocks)


def _entry(row: "Row", ledger: "Ledger", *, is_internal: bool) -> Entry:
    commitment = row.commitment
    cells = (
        str(commitment["id"]),
        commitment["title"],
        ", ".join(map(ledger.parties.shown, commitment["by"])),
        ", ".join(map(ledger.parties.shown, commitment["to"])),
        commitment["state"],
        commitment.get("due", "none agreed"),
    )
    late = _lateness(row)
    remarks = [late] if late else []
    for group in GROUPS:
        told = [value for value in group if value.name not in _ELSEWHERE and (is_internal or not value.is_internal)]
        remarks += _remarks([value for value in told if _says_more(value.name, row)], row, ledger)
    return Entry(cells, style=_style(row.band), remarks=remarks)


def _lateness(row: "Row") -> str:
    """How far its date is, in words; a date that was never agreed is past and not late."""
    days = row.days_left
    if days is None:
        return ""
    if days == 0:
        return "due today"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    if days > 0:
        return f"due in {count}"
    return f"{count} past, not agreed" if row.commitment["state"] == State.PROPOSED else f"{count} late"


def _says_more(name: str, row: "Row") -> bool:
    """Whether a value tells what the other ones do not."""
    if name == "original_due":
        return row.commitment.get("original_due") != row.commitment.get("due")
    if name == "due_precision":
        return row.commitment.get("due_precision") != Precision.DAY
    return name != "silent_days" or row.is_silent


def _remarks(values: "Iterable[Value]", row: "Row", ledger: "Ledger") -> "list[str]":
    """What a group tells of a commitment: its short values in one line, each that has several lines below it."""
    short, long = [], []
    for value in values:
        held = value.read(row, ledger)
        if held in (None, "", 0):
            continue
        first, *more = str(held).split("\n")
        if more or len(first) > value.width:
            long += [f"{value.heading}: {first}", *more]
        else:
            short.append(f"{value.heading}: {first}")
    return ([" · ".join(short)] if short else []) + long
