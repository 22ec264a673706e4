"""The list of commitments as a paper: a table for each visit, and under each commitment all else known of it."""

from __future__ import annotations

from store.model.vocabulary import BANDS, UNDONE
from store.reports.commitment_text import CommitmentText, counts, joined
from store.reports.document import Document, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.document_header import as_recorded, page_marks, selection_facts
from store.reports.wording import load_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Visit
    from store.query.parse_query import Query
    from store.reports.document import Block
    from store.snapshot import Row, Snapshot


def list_report(
    snapshot: Snapshot,
    rows: Sequence[Row],
    *,
    query: Query | None = None,
    language: str = "en",
    marks: Sequence[str] = (),
    is_internal: bool = False,
) -> Document:
    """These commitments, in their order, by visit, the newest visit first.

    `query` is what they were chosen by, which only an internal paper prints: it may name an owner. Without one they
    are all of the store, and then visits that left none are told as well.

    Raises: UsageError for a language or a mark.
    """
    words = load_words(language)
    on_every_page = page_marks(words, marks, is_internal=is_internal)
    telling = CommitmentText(snapshot, words, is_internal=is_internal)
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        rows_of.setdefault(row.commitment["visit"], []).append(row)
    parts = [
        _part(telling, visit, rows_of.get(visit["slug"], []))
        for visit in snapshot.visits_newest_first
        if visit["slug"] in rows_of or query is None
    ]
    about = []
    if query is not None and is_internal:
        about.append(words.say("Those that match: {query}", query=query.describe()))
    return Document(
        words.say("Commitments"),
        about,
        [as_recorded(snapshot, words), *selection_facts(snapshot, words, rows, is_narrowed=query is not None)],
        on_every_page,
        [Section(words.say("In all"), [counts(snapshot, words, rows)]), *parts],
        language,
    )


def _part(telling: CommitmentText, visit: Visit, rows: Sequence[Row]) -> Section:
    say = telling.words.say
    blocks: list[Block] = [TextBlock(text, "dim") for text in joined(telling.about(visit))]
    if rows:
        columns = [
            TableColumn(say("No."), 2),
            TableColumn(say("What was promised"), 13),
            TableColumn(say("By"), 6),
            TableColumn(say("To"), 6),
            TableColumn(say("Due"), 8),
            TableColumn(say("State"), 6),
        ]
        blocks.append(Table(columns, [_entry(telling, row) for row in rows]))
    else:
        blocks.append(TextBlock(say("no promise recorded"), "no-date"))
    return Section(telling.visit(visit), blocks)


def _entry(telling: CommitmentText, row: Row) -> TableRow:
    commitment = row.commitment
    by, to = telling.parties(commitment["by"]), telling.parties(commitment["to"])
    cells = [f"#{commitment['id']}", commitment["title"], by, to, telling.when(row), telling.standing(row)]
    said = [
        telling.seats(commitment),
        telling.returned(commitment),
        telling.voices(commitment),
        telling.closing(commitment),
    ]
    remarks = [
        *joined(_facts(telling, row)),
        *joined(said),
        *[telling.change(change) for change in commitment.get("due_changes", ())],
        *telling.miss(commitment),
        *telling.internal(commitment),
        *joined(telling.chases(commitment)),
    ]
    return TableRow(cells, style=BANDS[row.band].style, remarks=remarks)


def _facts(telling: CommitmentText, row: Row) -> list[str]:
    """Its kind, who helps, and of its dates what the cells do not say."""
    say, day, commitment = telling.words.say, telling.words.day, row.commitment
    told = [say("kind: {kind}", kind=telling.kind(commitment["kind"])), *telling.helpers(commitment)]
    due, original = commitment.get("due"), commitment.get("original_due")
    if due is not None and commitment["state"] not in UNDONE:
        told.append(say("due date: {day}", day=day(due)))
    if original is not None and original != due:
        told.append(say("original date: {day}", day=day(original)))
    told.append(telling.precision(commitment))
    if "agreed_on" in commitment:
        told.append(say("agreed on {day}", day=day(commitment["agreed_on"])))
    return [*told, telling.silence(row)]
