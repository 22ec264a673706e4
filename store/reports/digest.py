"""Build the digest: what one person needs on a morning, from what is overdue to what changed lately.

Each commitment stands once, under the first heading that fits it. It is a paper like the others: what nobody else may
read (owner, notes, chases, letters) is not in it.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import BANDS, RETURNED, STATES, Band
from store.query.parse_query import parse
from store.query.sort_orders import by_urgency
from store.reports.commitment_text import CommitmentText, join_remarks
from store.reports.document import Document, Figures, Section, Table, TableColumn, TableRow
from store.reports.issuer_selection_and_marks import as_recorded, page_marks, selection_facts
from store.reports.language_of_papers import load_words
from store.reports.removed_commitments import removed_commitments
from store.rules.due_dates_and_extensions import is_late
from store.rules.history import is_since
from store.translation import phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from store.model.record_types import Commitment, DueChange, Event
    from store.query.parse_query import Query
    from store.snapshot import Row, Snapshot

    Group = tuple[str, str, str, Callable[[Row], bool]]
    """Its heading, what its figure counts, its style, and which rows belong to it."""

_GROUPS: tuple[Group, ...] = (
    (
        phrase("Overdue"),
        phrase("overdue"),
        BANDS[Band.OVERDUE].style,
        lambda row: is_late(row.commitment, row.band),
    ),
    (phrase("Due today"), phrase("due today"), BANDS[Band.TODAY].style, lambda row: row.band == Band.TODAY),
    (
        phrase("To chase"),
        phrase("to chase"),
        "strong",
        lambda row: row.is_to_chase and row.band != Band.UNCONFIRMED,  # What is reported done is to be confirmed.
    ),
    (
        phrase("To be confirmed"),
        phrase("to be confirmed"),
        BANDS[Band.UNCONFIRMED].style,
        lambda row: row.band == Band.UNCONFIRMED,
    ),
    (
        phrase("Past the proposed date, not agreed"),
        phrase("past, not agreed"),
        "plain",
        lambda row: row.band == Band.OVERDUE,
    ),
    (phrase("Due within 7 days"), phrase("within 7 days"), BANDS[Band.WEEK].style, lambda row: row.band == Band.WEEK),
)
"""In the order of the digest; a commitment stands under the first one that fits."""

_PUBLIC = frozenset({"title", "visit", "kind", "by", "to", "via", "support", "after"})
"""The fields whose change shows as `details changed`; others are not on a paper, or have a sentence of their own."""


def digest(
    snapshot: Snapshot,
    names: Sequence[str],
    *,
    whose: str,
    query: Query | None = None,
    language: str = "en",
    marks: Sequence[str] = (),
) -> Document | None:
    """Build the digest for the person with these `names`, as owner or party; `whose` heads it. None: nothing to say.

    `query` narrows the commitments. Raises: UsageError for a language or a mark.
    """
    words = load_words(language)
    on_every_page = page_marks(words, marks, is_internal=False)
    texts = CommitmentText(snapshot, words, is_internal=False)
    mine = parse("mine", today=snapshot.today, me=names)

    def is_asked(row: Row) -> bool:
        return mine.matches(row, snapshot) and (query is None or query.matches(row, snapshot))

    asked = sorted(filter(is_asked, snapshot.rows), key=by_urgency)
    rows = [row for row in asked if not row.is_aside or (query is not None and query.reaches_aside(row, snapshot))]
    since = last_working_day(snapshot.today)
    parts, figures = _to_act_on(texts, rows)
    changed = _changed(texts, snapshot, rows, since, is_asked)
    if changed:
        heading = words.tr("Changed since {day}", day=words.written_day(since))
        parts.append(Section(heading, [_changed_table(texts, changed)]))
        figures.append((str(len(changed)), words.tr("changed"), "plain"))
    if not parts:
        return None
    if len(rows) < len(asked):
        figures.append((str(len(asked) - len(rows)), words.tr("set aside"), "plain"))
    about = words.tr("What to act on, and what changed since the last working day.")
    return Document(
        words.tr("Digest for {name}, {day}", name=whose, day=words.written_day(snapshot.today)),
        [about, *texts.recorders()],
        [as_recorded(snapshot, words), *selection_facts(snapshot, words, rows, is_narrowed=query is not None)],
        on_every_page,
        [Section(words.tr("In all"), [Figures(figures, is_count_behind=words.is_count_behind)]), *parts],
        language,
    )


def names_of_person(typed: str) -> list[str]:
    """The names under which a person may stand in the store, the one to be shown first.

    `Asel Nur <asel@unodc.org>` is Asel Nur, and asel too.
    """
    name, bracket, rest = typed.partition("<")
    address = rest.rstrip("> ") if bracket else typed
    found = (name.strip(' "') if bracket else "", typed, address, address.partition("@")[0])
    return list(dict.fromkeys(filter(None, found)))


def is_in_store(snapshot: Snapshot, names: Sequence[str]) -> bool:
    """Whether somebody of these names owns a commitment, or is a party of one."""
    mine = parse("mine", today=snapshot.today, me=names)
    return any(mine.matches(row, snapshot) for row in snapshot.rows)


def last_working_day(today: str) -> str:
    """The ISO day of the last working day before an ISO day: before a Monday the Friday. Holidays are not known."""
    from datetime import date

    day = date.fromisoformat(today)
    back = {0: 3, 6: 2}.get(day.weekday(), 1)
    return date.fromordinal(max(day.toordinal() - back, 1)).isoformat()


# What to act on.


def _to_act_on(texts: CommitmentText, rows: Sequence[Row]) -> tuple[list[Section], list[tuple[str, str, str]]]:
    """The sections of the groups that have a row, and the figure of each."""
    tr = texts.words.tr
    left = list(rows)
    sections: list[Section] = []
    figures: list[tuple[str, str, str]] = []
    for heading, what, style, is_in in _GROUPS:
        its = [row for row in left if is_in(row)]
        left = [row for row in left if not is_in(row)]
        if its:
            sections.append(Section(tr(heading), [_table(texts, its, style)]))
            figures.append((str(len(its)), tr(what), style))
    return sections, figures


def _when(texts: CommitmentText, row: Row) -> str:
    """Its date and the days to it; today's heading says that it is due today."""
    if row.band == Band.UNCONFIRMED:
        return texts.state(row)
    return texts.date(row.commitment, row.commitment["due"]) if row.band == Band.TODAY else texts.when(row)


def _table(texts: CommitmentText, rows: Sequence[Row], style: str) -> Table:
    tr = texts.words.tr
    columns = [
        TableColumn(tr("No."), 3),
        TableColumn(tr("Commitment"), 18),
        TableColumn(tr("Parties"), 9),
        TableColumn(tr("When"), 8),
    ]
    entries = []
    for row in rows:
        commitment = row.commitment
        cells = [*_named(texts, commitment), _when(texts, row)]
        entries.append(TableRow(cells, style=style, styled=3, remarks=_remarks(texts, row)))
    return Table(columns, entries)


def _named(texts: CommitmentText, commitment: Commitment) -> list[str]:
    return [texts.number(commitment), commitment["title"], texts.from_to(commitment)]


def _remarks(texts: CommitmentText, row: Row) -> list[str]:
    commitment = row.commitment
    is_chased_elsewhere = row.is_to_chase and row.band in (Band.OVERDUE, Band.TODAY, Band.UNCONFIRMED)
    return join_remarks([
        texts.seats(commitment),
        texts.returned(commitment),
        texts.voices(commitment),
        texts.words.tr("to chase") if is_chased_elsewhere else "",
        texts.silence(row),
    ])  # fmt: skip


# What changed.


def _changed(
    texts: CommitmentText, snapshot: Snapshot, rows: Sequence[Row], since: str, is_asked: Callable[[Row], bool]
) -> list[tuple[Commitment, list[str]]]:
    """The commitments that changed since an ISO day, with what is otherwise now, the removed ones last."""
    events: dict[int, list[Event]] = {}
    timezone = snapshot.settings.get("timezone")
    for event in snapshot.events():
        if "id" in event and is_since(event, since, snapshot.today, timezone):
            events.setdefault(event["id"], []).append(event)
    changed = []
    for row in sorted(rows, key=lambda row: row.commitment["id"]):
        sentences = _differences(texts, row, events.get(row.commitment["id"], ()))
        if sentences:
            changed.append((row.commitment, sentences))
    for event, commitment in removed_commitments(snapshot):
        is_known = commitment["visit"] in snapshot.visits
        if event in events.get(event["id"], ()) and is_known and is_asked(snapshot.row_of(commitment)):
            changed.append((commitment, [texts.words.tr("removed, entered by mistake")]))
    return changed


def _differences(texts: CommitmentText, row: Row, events: Iterable[Event]) -> list[str]:
    """What these events left otherwise in a commitment, in sentences; what was taken back again is no difference."""
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    is_new = False
    for event in events:
        is_entered = event["action"] == "add"
        is_new = is_new or is_entered
        for name, (old, new) in event.get("fields", {}).items():
            before.setdefault(name, new if is_entered else old)
            after[name] = new
    other = {name for name in after if after[name] != before[name]}
    tr, commitment = texts.words.tr, row.commitment
    found: list[str] = [tr("entered")] if is_new else []
    if RETURNED in other and RETURNED in commitment:
        found.append(texts.returned(commitment))
    elif "state" in other:
        was = STATES.get(str(before["state"]))
        found.append(tr("{old}, now {new}", old=tr(was.text) if was else before["state"], new=texts.state(row)))
    elif other & {"reported", "confirmed"}:
        found.append(texts.voices(commitment))
    if "due" in other:
        found += _date_changes(texts, commitment, before, after)
    if "seats" in other:
        found.append(texts.seats(commitment) or tr("seats not counted any more"))
    if "miss_reason" in other:
        found += texts.miss(commitment)
    if other & _PUBLIC:
        found.append(tr("details changed"))
    return found


def _date_changes(
    texts: CommitmentText, commitment: Commitment, before: Mapping[str, object], after: Mapping[str, object]
) -> list[str]:
    """Each change of an agreed date with its reason; else the old and the new date."""
    old: list[DueChange] = _list(before.get("due_changes"))
    new: list[DueChange] = _list(after.get("due_changes"))
    if len(new) > len(old):
        return [texts.due_change(commitment, change) for change in new[len(old) :]]
    days = [value if isinstance(value, str) else None for value in (before["due"], after["due"])]
    was, now = (texts.date(commitment, each) for each in days)
    return [texts.words.tr("due date {old}, now {new}", old=was, new=now)]


def _list(value: object) -> list[DueChange]:
    return value if isinstance(value, list) else []


def _changed_table(texts: CommitmentText, changed: Sequence[tuple[Commitment, list[str]]]) -> Table:
    tr = texts.words.tr
    columns = [
        TableColumn(tr("No."), 3),
        TableColumn(tr("Commitment"), 18),
        TableColumn(tr("Parties"), 17),
    ]
    return Table(columns, [TableRow(_named(texts, commitment), remarks=what) for commitment, what in changed])
