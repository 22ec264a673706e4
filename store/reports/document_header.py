"""What every paper says of itself: the day and the revision, what it is narrowed to, its marks."""

from __future__ import annotations

from store.errors import UsageError
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.query.parse_query import Query
    from store.reports.wording import Words
    from store.snapshot import Row, Snapshot

MOST_OF_MARK = 100
"""Characters of a handling mark: it stands in one line of every page, and Excel has room for 255 of a whole header."""


def selected(snapshot: Snapshot, query: Query | None) -> list[Row]:
    """The commitments that a query asks for, finished ones among them; all without one."""
    return snapshot.rows if query is None else [row for row in snapshot.rows if query.matches(row, snapshot)]


def as_recorded(snapshot: Snapshot, words: Words) -> tuple[str, str]:
    """The day and the revision that a paper tells of."""
    day = words.day(snapshot.today)
    return (words.say("As recorded"), words.say("{day}, revision {n}", day=day, n=snapshot.revision))


def selection(snapshot: Snapshot, words: Words, rows: Sequence[Row], *, is_narrowed: bool) -> list[tuple[str, str]]:
    """That a paper does not tell of all commitments, where it does not.

    By how many, not by which query: that may name an owner, or what was noted.
    """
    if not is_narrowed:
        return []
    told = words.plural(
        "{shown} of {n} commitment of the list",
        "{shown} of {n} commitments of the list",
        len(snapshot.rows),
        shown=len(rows),
    )
    return [(words.say("A selection"), told)]


def marked(words: Words, marks: Sequence[str], *, is_internal: bool) -> list[str]:
    """What stands on every page. Raises: UsageError for a mark that has no room there, and would be cut."""
    for mark in marks:
        if len(visible(mark)) > MOST_OF_MARK:
            sentence = f"the mark has {len(visible(mark))} characters, and a page has room for {MOST_OF_MARK}"
            raise UsageError(sentence, code="report.mark-too-long", field="mark")
    return [*([words.say("INTERNAL")] if is_internal else []), *marks]
