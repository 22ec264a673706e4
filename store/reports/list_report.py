"""Build the list of commitments: a table for each visit, with all details of each commitment as remarks."""

from __future__ import annotations

from store.model.vocabulary_and_signs import NOTHING_PROMISED
from store.reports.commitment_text import CommitmentText, join_remarks, tally_blocks
from store.reports.document import Document, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.internal_remarks import chases, internal_remarks
from store.reports.issuer_selection_and_marks import as_recorded, issuer_facts, page_marks, selection_facts
from store.reports.language_of_papers import load_words
from store.reports.set_aside_section import set_aside_sections

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
    """Build the list of these commitments, in their order, by visit, the newest visit first.

    `query` is the one that selected them; only an internal document shows it, since it may name an owner. Without one
    they are all of the store, and visits without a commitment are listed too.

    Raises: UsageError for a language or a mark.
    """
    words = load_words(language)
    on_every_page = page_marks(words, marks, is_internal=is_internal)
    texts = CommitmentText(snapshot, words, is_internal=is_internal)
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        if not row.is_aside:
            rows_of.setdefault(row.commitment["visit"], []).append(row)
    aside = {row.commitment["visit"] for row in rows if row.is_aside}
    parts = [
        _part(texts, visit, its)
        for visit in snapshot.visits_newest_first
        if (its := rows_of.get(visit["slug"], [])) or (query is None and visit["slug"] not in aside)
    ]
    parts += set_aside_sections(texts, snapshot, rows)
    about = []
    if query is not None and is_internal:
        about.append(words.tr("Those that match: {query}", query=query.describe()))
    about += texts.recorders()
    return Document(
        words.tr("Commitments"),
        about,
        [
            *issuer_facts(snapshot, words),
            as_recorded(snapshot, words),
            *selection_facts(snapshot, words, rows, is_narrowed=query is not None),
        ],
        on_every_page,
        [Section(words.tr("In all"), tally_blocks(snapshot, words, rows)), *parts],
        language,
    )


def _part(texts: CommitmentText, visit: Visit, rows: Sequence[Row]) -> Section:
    tr = texts.words.tr
    blocks: list[Block] = [TextBlock(text, "dim") for text in join_remarks(texts.visit_details(visit))]
    if rows:
        columns = [
            TableColumn(tr("No."), 3),
            TableColumn(tr("Commitment"), 13),
            TableColumn(tr("By"), 6),
            TableColumn(tr("To"), 6),
            TableColumn(tr("Due"), 8),
            TableColumn(tr("State"), 6),
        ]
        blocks.append(Table(columns, [_entry(texts, row) for row in rows]))
    else:
        blocks.append(TextBlock(tr(NOTHING_PROMISED), "no-date"))
    return Section(texts.visit(visit), blocks, stands_alone=True)


def _entry(texts: CommitmentText, row: Row) -> TableRow:
    commitment = row.commitment
    by, to = texts.parties(commitment["by"]), texts.parties(commitment["to"])
    cells = [texts.number(commitment), commitment["title"], by, to, texts.due(row), texts.ended(row)]
    results = [
        texts.seats(commitment),
        texts.returned(commitment),
        texts.voices(commitment),
        texts.closing(commitment),
    ]
    remarks = [
        *join_remarks(_facts(texts, row)),
        *join_remarks(results),
        *[texts.due_change(commitment, change) for change in commitment.get("due_changes", ())],
        *texts.miss(commitment),
        *internal_remarks(texts, commitment),
        *join_remarks(chases(texts, commitment)),
    ]
    return TableRow(cells, style=texts.style(row), styled=4, remarks=remarks)


def _facts(texts: CommitmentText, row: Row) -> list[str]:
    """The kind, the helpers, and the dates that are not in the cells."""
    tr, day, commitment = texts.words.tr, texts.words.written_day, row.commitment
    facts = [tr("kind: {kind}", kind=texts.kind(commitment["kind"])), *texts.helpers(row)]
    due, original = commitment.get("due"), commitment.get("original_due")
    if original is not None and original != due:
        facts.append(tr("original date: {day}", day=texts.date(commitment, original)))
    if "agreed_on" in commitment:
        facts.append(tr("agreed on {day}", day=day(commitment["agreed_on"])))
    return [*facts, texts.silence(row)]
