"""What to type where query words were meant as fields: `by mia to interpol` for `by:mia to:interpol`."""

from __future__ import annotations

from store.errors import UsageError
from store.sanitise_text import visible
from store.translation import tr
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.snapshot import Row
    from tui.cli.arguments import Arguments
    from tui.session import Session


def say_fields_meant(arguments: Arguments, session: Session, found: int, among: Sequence[Row]) -> bool:
    """Print which query was meant where words such as `by X to Y` would find more as fields.

    `found` is how many the words find, `among` the rows they were looked for in. A state that nothing has is said too:
    nobody means the word. Returns whether it was said.
    """
    if arguments.words and _say_word_meant(arguments, session, found):
        return True
    if found and len(arguments.words) < 2:
        return False
    from store.query.words_as_fields import readings, with_fields
    from tui.cli.shell_quoting import in_shell

    meant = with_fields(arguments.words)
    for terms in [meant] if meant else readings(arguments.words) if not found else ():
        try:
            query, snapshot = session.query(terms), session.snapshot()
        except UsageError as refused:
            if refused.code != "query.nothing-to-look-for" or len(arguments.words) > 1:
                raise
            continue  # The field that it names was not typed.
        if query is not None and query.asks_for_finished:
            among = snapshot.rows
        count = len(among) if query is None else sum(query.lists(row, snapshot) for row in among)
        names_state = any(_names_state(term) and term not in arguments.words for term in terms)
        if count > found or names_state:
            flag = " --all" if arguments.has("all") else ""
            command = f"followup {arguments.command.name}{flag} {in_shell(terms)}"
            say(_found_by_words(found, command, count))
            return True
    return not found and _say_word_too_many(arguments, session, among)


def _names_state(term: str) -> bool:
    from store.query.tokenize_quotes_and_minus import field_of

    return any(field_of(name) == "state" for name in term.split(":")[:-1])


def _found_by_words(found: int, command: str, count: int) -> str:
    if not found and not count:
        return tr("looked for as words, which find nothing: {command} finds none", command=command)
    if not found:
        return tr("looked for as words, which find nothing: {command} finds {count}", command=command, count=count)
    if not count:
        return tr("looked for as words, which find {found}: {command} finds none", found=found, command=command)
    return tr(
        "looked for as words, which find {found}: {command} finds {count}", found=found, command=command, count=count
    )


def _say_word_meant(arguments: Arguments, session: Session, found: int) -> bool:
    """Print which query word was meant: `no-date` for `list no date`, `overdue` for `list late`."""
    from store.query.meaning_of_fields_and_words import WORDS

    if any(":" in typed for typed in arguments.words) or (len(arguments.words) == 1 and arguments.words[0] in WORDS):
        # A query as it should be, and the usual one: it costs nothing more.
        return False
    from tui.cli.refused_lines.command_synonyms import PHRASES

    word = PHRASES.get(" ".join(arguments.words).lower().replace("ё", "е"))
    if word is None or arguments.typed_as.name == word:
        return False
    query, snapshot = session.query([word]), session.snapshot()
    assert query is not None, "it is a word of the query language"
    rows = snapshot.rows_to_list(finished=query.asks_for_finished, aside=query.asks_for_aside)
    count = sum(query.lists(row, snapshot) for row in rows)
    say(_found_by_words(found, f"followup {arguments.command.name} {word}", count))
    return True


def _say_word_too_many(arguments: Arguments, session: Session, among: Sequence[Row]) -> bool:
    """Print which word no commitment has, where the others find some: `letter` of `letter NV-123`."""
    from store.query.tokenize_quotes_and_minus import word_of
    from store.query.words_as_fields import is_plain
    from tui.cli.command_aliases import LIST_WORDS
    from tui.cli.shell_quoting import in_shell

    words, snapshot = arguments.words, session.snapshot()
    if arguments.typed_as.name in ("late", "overdue") and words[1:2] and words[1].removeprefix("#").isdecimal():
        return False
    is_plain_query = len(words) > 1 and not any(word_of(word) == "or" for word in words)
    for at, word in enumerate(words) if is_plain_query else ():
        others = [*words[:at], *words[at + 1 :]]
        alone, rest = session.query([word]), session.query(others)
        if alone is None or rest is None or not is_plain(word):
            continue
        if any(alone.matches(row, snapshot) for row in snapshot.rows):
            continue
        if count := sum(rest.matches(row, snapshot) for row in among):
            # `overdue` is a word of the query itself.
            typed_as = arguments.typed_as
            is_of_query = typed_as.name in LIST_WORDS
            verb = arguments.command.name if is_of_query else typed_as.name
            say(
                tr(
                    'no commitment has the word "{word}": {command} finds {count}',
                    word=visible(word),
                    command=f"followup {verb} {in_shell(others)}",
                    count=count,
                )
            )
            return True
    return False
