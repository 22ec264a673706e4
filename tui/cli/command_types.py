"""What a command and an option of the command line are: plain data, read on every start."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.transaction import Transaction
    from tui.cli.arguments import Arguments
    from tui.cli.run_change import ChangeResult
    from tui.session import Session

FLAG = "flag"
WORD = "word"
TEXT = "text"
DATE = "date"
OPTIONAL_WORD = "maybe"
"""A word that may follow, when the command has its own words already, or none."""


class Option:
    """One option: `kind` says what follows it, `is_repeatable` that it may stand several times."""

    __slots__ = ("choices", "complete", "help", "is_repeatable", "kind", "metavar", "name", "short")

    def __init__(
        self,
        name: str,
        about: str,
        *,
        kind: str = WORD,
        metavar: str = "",
        is_repeatable: bool = False,
        choices: tuple[str, ...] = (),
        complete: str = "",
        short: str = "",
    ) -> None:
        """`complete` names what completes it: ids, visits, parties of the store, files. `short` is `-o` or the like."""
        self.name = name
        self.short = short
        self.help = about
        self.kind = kind
        self.metavar = metavar or ("" if kind == FLAG else kind.upper())
        self.is_repeatable = is_repeatable
        self.choices = choices
        self.complete = complete


class Command:
    """One command: the words it takes (as shown in its usage), its options, its help and two examples.

    `words` are pairs (what it is called, how nargs: `1`, `?`, `+`, `*`); `required` names the options that it cannot
    do without. `run` does the command and returns its exit code; a command that changes commitments, visits or parties
    has `change` instead, which is called inside of a transaction. `app` has neither: `main` opens it.
    With `takes_rest` all that follows its first word is words: options of something else.
    """

    __slots__ = (
        "change",
        "examples",
        "help",
        "name",
        "options",
        "required",
        "run",
        "takes_query",
        "takes_rest",
        "words",
    )

    def __init__(
        self,
        name: str,
        about: str,
        *,
        run: Callable[[Arguments, Session], int] | None = None,
        change: Callable[[Arguments, Transaction], ChangeResult] | None = None,
        words: tuple[tuple[str, str], ...] = (),
        options: tuple[Option, ...] = (),
        examples: tuple[str, str],
        required: tuple[str, ...] = (),
        takes_query: bool = False,
        takes_rest: bool = False,
    ) -> None:
        self.name = name
        self.help = about
        self.run = run
        self.change = change
        self.words = words
        self.options = options
        self.examples = examples
        self.required = required
        self.takes_query = takes_query
        self.takes_rest = takes_rest

    @property
    def is_changing(self) -> bool:
        """Whether it changes commitments, visits or parties, in a transaction."""
        return self.change is not None

    @property
    def min_words(self) -> int:
        """How many words it needs."""
        return sum(nargs in "1+" for _, nargs in self.words)

    @property
    def has_text(self) -> bool:
        """Whether its last words are one text, such as a title, and so stand together."""
        return bool(self.words) and self.words[-1] in (("TITLE", "+"), ("TEXT", "+"), ("DATE", "+"))

    @property
    def max_words(self) -> int | None:
        """How many words it takes; None: any number."""
        return None if any(nargs in "+*" for _, nargs in self.words) else len(self.words)
