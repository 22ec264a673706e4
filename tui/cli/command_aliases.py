"""Synonyms of commands that people guess: `overdue` lists what is overdue, `done 3` marks 3 as reported.

Read only where a word is no command of `tui.cli.command_table`, and by help and completion.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import State
from store.translation import phrase
from tui.cli.command_table import COMMANDS, IDS, QUERY
from tui.cli.command_types import CommandAlias

LIST_WORDS = {
    "now": phrase("what to act on this morning: overdue, today, to chase, to confirm"),
    "overdue": phrase("what is late"),
    "late": phrase("what is late, as overdue"),
    "today": phrase("what is due today"),
    "week": phrase("what is due within 7 days, without today"),
    "month": phrase("what is due within 30 days, without the week"),
    "later": phrase("what is due later than that"),
    "no-date": phrase("what has no date"),
    "unconfirmed": phrase("what was reported and is to be confirmed"),
    "silent": phrase("what nothing was heard of"),
    "mine": phrase("what I owe, am owed and chase"),
    "aside": phrase("what is set aside with its visit"),
    "waiting": phrase("what waits for another commitment"),
    "extended": phrase("what was put off"),
    "open": phrase("what is not over"),
    "finished": phrase("what is over, kept or not"),
    "closed": phrase("what is over without being kept"),
}
"""Word of the query language -> what its list shows; the word alone is a command."""

_QUERY_WORDS = {"late": "overdue"}
"""Word of `LIST_WORDS` -> the word of the query language, where that is another one."""

STATE_VERBS = {
    "done": (
        State.REPORTED,
        phrase("say that it was done, as mark ID reported"),
        phrase("followup done 3 --on yesterday --note by letter"),
    ),
    "confirm": (
        State.CONFIRMED,
        phrase("say that it was received, as mark ID confirmed"),
        phrase("followup confirm 3 --on yesterday --note by letter"),
    ),
    "agree": (
        State.AGREED,
        phrase("say that it was agreed, as mark ID agreed"),
        phrase("followup agree 3 --on yesterday --note by letter"),
    ),
    "start": (
        State.IN_PROGRESS,
        phrase("say that it was begun, as mark ID in-progress"),
        phrase("followup start 3 --on yesterday --note by letter"),
    ),
    "close": (
        State.CLOSED,
        phrase("end one that will not be kept, as mark ID closed"),
        phrase("followup close 3 --because dropped --note they have another partner"),
    ),
}
"""Command -> the state that it gives, what that says, and an example."""


def _of_list(name: str, about: str, *examples: str) -> CommandAlias:
    query = _QUERY_WORDS.get(name, name)
    return CommandAlias(
        name, COMMANDS["list"], about, words=QUERY, leading=(query,),
        examples=(f"followup {name}", examples[0] if examples else f"followup {name} to:INTERPOL --json"),
    )  # fmt: skip


def _of_mark(name: str, state: str, about: str, example: str) -> CommandAlias:
    is_closing = state == State.CLOSED
    first = phrase("followup close 3 5-7 --because dropped") if is_closing else f"followup {name} 3 5-7"
    return CommandAlias(
        name, COMMANDS["mark"], about, words=(IDS,), trailing=(state,),
        without=("--said-by", "--evidence") if is_closing else ("--because", "--agreed-by", "--by-id"),
        required=("--because",) if is_closing else (),
        examples=(first, example),
    )  # fmt: skip


def _of_find(name: str, *examples: str) -> CommandAlias:
    return CommandAlias(
        name, COMMANDS["list"], "commitments with these words, finished ones too", words=(("WORDS", "+"),),
        flags=("--all",), examples=(examples[0], examples[1]),
    )  # fmt: skip


def _of_remove(name: str, *examples: str) -> CommandAlias:
    command = COMMANDS["remove"]
    return CommandAlias(name, command, command.help, words=command.words, examples=(examples[0], examples[1]))


_ALIASES = (
    *(_of_list(name, about) for name, about in LIST_WORDS.items()),
    CommandAlias(
        "ls", COMMANDS["list"], "commitments, as list", words=QUERY,
        examples=("followup ls", phrase("followup ls overdue or silent to:INTERPOL")),
    ),
    _of_find("find", phrase("followup find minister"), phrase("followup find letter to:INTERPOL")),
    _of_find("search", phrase("followup search minister"), phrase("followup search letter to:INTERPOL")),
    *(_of_mark(name, *said) for name, said in STATE_VERBS.items()),
    _of_remove("rm", phrase("followup rm 4 --reason entered twice"), phrase('followup rm 4 --reason "same as 2"')),
    _of_remove(
        "delete", phrase("followup delete 4 --reason entered twice"), phrase('followup delete 4 --reason "same as 2"')
    ),
)  # fmt: skip

ALIASES: dict[str, CommandAlias] = {alias.name: alias for alias in _ALIASES if alias.name not in COMMANDS}
"""Name -> the word for a command, in the order in which help shows them."""


def alias_of(word: str) -> CommandAlias | None:
    """The alias that was typed, in English or Russian: `просрочено` is `overdue`."""
    if word.isascii():
        return ALIASES.get(word)
    from store.query.tokenize_quotes_and_minus import word_of

    english = word_of(word)
    return ALIASES[english] if english in LIST_WORDS else None
