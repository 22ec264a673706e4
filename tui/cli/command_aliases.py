"""Other words for commands, which people guess: `overdue` lists what is overdue, `done 3` marks 3 as reported.

Read only where a word is no command of `tui.cli.command_table`, and by help and completion.
"""

from __future__ import annotations

from store.model.vocabulary import CLOSING_REASONS, State
from tui.cli.command_table import COMMANDS, IDS, QUERY
from tui.cli.command_types import CommandAlias

LIST_WORDS = {
    "now": "what to act on this morning: overdue, today, to chase, to confirm",
    "overdue": "what is late",
    "late": "what is late, as overdue",
    "today": "what is due today",
    "week": "what is due within 7 days, without today",
    "month": "what is due within 30 days, without the week",
    "later": "what is due later than that",
    "no-date": "what has no date",
    "unconfirmed": "what was reported and is to be confirmed",
    "silent": "what nothing was heard of",
    "mine": "what I owe, am owed and chase",
    "aside": "what is set aside with its visit",
    "waiting": "what waits for another commitment",
    "extended": "what was put off",
    "open": "what is not over",
    "finished": "what is over, kept or not",
    "closed": "what is over without being kept",
}
"""Word of the query language -> what its list shows; the word alone is a command."""

_QUERY_WORDS = {"late": "overdue"}
"""Word of `LIST_WORDS` -> the word of the query language, where that is another one."""

STATE_VERBS = {
    "done": (State.REPORTED, "say that it was done, as mark ID reported"),
    "confirm": (State.CONFIRMED, "say that it was received, as mark ID confirmed"),
    "agree": (State.AGREED, "say that it was agreed, as mark ID agreed"),
    "start": (State.IN_PROGRESS, "say that it was begun, as mark ID in-progress"),
    "close": (State.CLOSED, "end one that will not be kept, as mark ID closed"),
}
"""Command -> the state that it gives, and what that says."""


def _of_list(name: str, about: str, *examples: str) -> CommandAlias:
    query = _QUERY_WORDS.get(name, name)
    return CommandAlias(
        name, COMMANDS["list"], about, words=QUERY, leading=(query,),
        examples=(f"followup {name}", examples[0] if examples else f"followup {name} to:INTERPOL --json"),
    )  # fmt: skip


def _of_mark(name: str, state: str, about: str) -> CommandAlias:
    because = f" --because {tuple(CLOSING_REASONS)[-1]}" if state == State.CLOSED else ""
    more = " --note they have another partner" if because else " --on yesterday --note by letter"
    return CommandAlias(
        name, COMMANDS["mark"], about, words=(IDS,), trailing=(state,),
        without=("--said-by", "--evidence") if because else ("--because", "--agreed-by", "--by-id"),
        required=("--because",) if because else (),
        examples=(f"followup {name} 3 5-7{because}", f"followup {name} 3{because}{more}"),
    )  # fmt: skip


def _of_find(name: str) -> CommandAlias:
    return CommandAlias(
        name, COMMANDS["list"], "commitments with these words, finished ones too", words=(("WORDS", "+"),),
        flags=("--all",), examples=(f"followup {name} minister", f"followup {name} letter to:INTERPOL"),
    )  # fmt: skip


def _of_remove(name: str) -> CommandAlias:
    command = COMMANDS["remove"]
    examples = tuple(example.replace(" remove ", f" {name} ") for example in command.examples)
    return CommandAlias(name, command, command.help, words=command.words, examples=(examples[0], examples[1]))


_ALIASES = (
    *(_of_list(name, about) for name, about in LIST_WORDS.items()),
    CommandAlias(
        "ls", COMMANDS["list"], "commitments, as list", words=QUERY,
        examples=("followup ls", "followup ls overdue or silent to:INTERPOL"),
    ),
    _of_find("find"),
    _of_find("search"),
    *(_of_mark(name, state, about) for name, (state, about) in STATE_VERBS.items()),
    _of_remove("rm"),
    _of_remove("delete"),
)  # fmt: skip

ALIASES: dict[str, CommandAlias] = {alias.name: alias for alias in _ALIASES if alias.name not in COMMANDS}
"""Name -> the word for a command, in the order in which help shows them."""
