"""Messages on a query with a name unknown to the store: `by:UNDOC`, which finds nothing for ever."""

from __future__ import annotations

from store.errors import NotFound
from tui.cli.exit_codes import refusal_text
from tui.cli.stdout import is_terminal
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.query.parse_query import Query
    from store.snapshot import Snapshot


def say_unknown_names(query: Query | None, snapshot: Snapshot) -> bool:
    """Print which names of a query the store does not know, after its rows were found. Returns whether it printed.

    That nobody is called as `me` is said on a terminal only: a new colleague has nothing yet, and nothing to mend.
    """
    refusals = [each for each in _unknown(query, snapshot) if each.code != "query.me-unknown" or is_terminal()]
    for refusal in refusals:
        say(refusal_text(refusal))
    return bool(refusals)


def unknown_me(names: Sequence[str], snapshot: Snapshot) -> list[str]:
    """Sentences on my names that nobody in the store has: with a misspelling, `mine` finds nothing for ever."""
    from store.query.parse_query import parse

    queries = [parse("mine", today=snapshot.today, me=[name]) for name in names]
    return [refusal.sentence for query in queries for refusal in _unknown(query, snapshot)]


def refuse_unknown(query: Query | None, snapshot: Snapshot) -> None:
    """Refuse a query with an unknown name, or a word that no commitment has. Raises: NotFound."""
    if query is None:
        return
    from store.query.unknown_names import unknown_names, unknown_words

    refusals = unknown_names(query, snapshot) + unknown_words(query, snapshot)
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise NotFound("; ".join(map(refusal_text, refusals)))


def _unknown(query: Query | None, snapshot: Snapshot) -> list[NotFound]:
    if query is None or not any(term.may_be_unknown(snapshot) for term in query.terms()):
        return []
    from store.query.unknown_names import unknown_names

    return unknown_names(query, snapshot)
