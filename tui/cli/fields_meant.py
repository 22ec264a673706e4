"""What to type where the words of a query were meant as fields: `by mia to interpol` for `by:mia to:interpol`."""

from __future__ import annotations

from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.snapshot import Row
    from tui.cli.arguments import Arguments
    from tui.session import Session


def say_fields_meant(arguments: Arguments, session: Session, found: int, among: Sequence[Row]) -> bool:
    """Say which query to type where words of a query, such as `by X to Y`, were meant as fields and find more as these.

    `found` is how many the words find, `among` the rows they were looked for in. A state that nothing has is said too:
    nobody means the word. Returns whether it was said.
    """
    if found and len(arguments.words) < 2:
        return False
    from store.query.words_as_fields import readings, with_fields
    from tui.cli.typed_words import in_shell

    meant = with_fields(arguments.words)
    for terms in [meant] if meant else readings(arguments.words) if not found else ():
        query, snapshot = session.query(terms), session.snapshot()
        if query is not None and query.asks_for_finished:
            among = snapshot.rows
        count = len(among) if query is None else sum(query.lists(row, snapshot) for row in among)
        names_state = any(term.startswith("state:") and term not in arguments.words for term in terms)
        if count > found or names_state:
            flag = " --all" if arguments.has("all") else ""
            command = f"followup {arguments.command.name}{flag} {in_shell(terms)}"
            find = f"find {found}" if found else "find nothing"
            say(f"looked for as words, which {find}: {command} finds {count or 'none'}")
            return True
    return False
