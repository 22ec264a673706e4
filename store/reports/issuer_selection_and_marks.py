"""What every document has above and beside its text: issuer, day and revision, selection of commitments, marks."""

from __future__ import annotations

from store.errors import UsageError
from store.sanitise_text import clean_line, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.query.parse_query import Query
    from store.reports.language_of_papers import Words
    from store.snapshot import Row, Snapshot

MOST_OF_MARK = 100
"""The most characters of a handling mark: it is one line on every page, and Excel allows 255 for a whole header."""


def matching_rows(snapshot: Snapshot, query: Query | None) -> list[Row]:
    """The rows that match a query, finished ones included; all without a query."""
    return snapshot.rows if query is None else [row for row in snapshot.rows if query.matches(row, snapshot)]


def issuer_facts(snapshot: Snapshot, words: Words) -> list[tuple[str, str]]:
    """The office that hands a paper over, and whom to ask there, as far as the settings of the store name them."""
    settings = snapshot.settings
    facts = [(words.tr("Issued by"), settings.get("office")), (words.tr("Contact"), settings.get("contact"))]
    return [(label, str(value)) for label, value in facts if value]


def as_recorded(snapshot: Snapshot, words: Words) -> tuple[str, str]:
    """The fact that names the day and the revision of the snapshot."""
    day = words.written_day(snapshot.today)
    return (words.tr("As recorded"), words.tr("{day}, revision {n}", day=day, n=snapshot.revision))


def selection_facts(
    snapshot: Snapshot, words: Words, rows: Sequence[Row], *, is_narrowed: bool
) -> list[tuple[str, str]]:
    """The fact that counts the commitments of a selection; none where a document covers all.

    The query itself is not shown: it may name an owner, or the words of a note.
    """
    if not is_narrowed or len(rows) == len(snapshot.rows):
        return []
    count = words.plural(
        "{shown} of {n} commitment of the list",
        "{shown} of {n} commitments of the list",
        len(snapshot.rows),
        shown=len(rows),
    )
    return [(words.tr("A selection"), count)]


def parse_mark(typed: str | None) -> tuple[str, ...]:
    """Parse the text of a handling mark: one line, or none."""
    mark = clean_line(typed or "")
    return (mark,) if mark else ()


def page_marks(words: Words, marks: Sequence[str], *, is_internal: bool) -> list[str]:
    """The marks of every page. Raises: UsageError for a mark too long for one line, which would be cut."""
    for mark in marks:
        if len(visible(mark)) > MOST_OF_MARK:
            sentence = tr(
                "the mark has {count} characters, and a page has room for {most}",
                count=len(visible(mark)),
                most=MOST_OF_MARK,
            )
            raise UsageError(sentence, code="report.mark-too-long", field="mark")
    is_marked = words.language == "ru" and any(mark.casefold() in _OFFICIAL for mark in marks)
    return [*([words.tr("INTERNAL")] if is_internal and not is_marked else []), *marks]


_OFFICIAL = frozenset(("для служебного пользования", "дсп"))
"""Marks that have a meaning in law, beside which a Russian paper has no other."""
