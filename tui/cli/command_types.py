"""The types of the command table: `Command` and `Option`.

Plain classes: every start reads them, and `dataclasses` would cost more than a bare start of Python.
"""

from __future__ import annotations

from store.rules.days import Direction

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
"""The option may stand alone; a word after it is its value only when the command has all of its own words."""


class Option:
    """An option: `kind` is the kind of its value; `is_repeatable`: it may be given several times.

    `direction` is the way in which the value of a DATE looks for its day, one of `Direction`.
    """

    __slots__ = ("choices", "complete", "direction", "help", "is_repeatable", "kind", "metavar", "name", "short")

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
        direction: str = Direction.FORWARD,
    ) -> None:
        """`complete` names the completer: ids, visits, parties, files, languages. `short` is a name such as `-o`."""
        self.name = name
        self.short = short
        self.help = about
        self.kind = kind
        self.metavar = metavar or ("" if kind == FLAG else kind.upper())
        self.is_repeatable = is_repeatable
        self.choices = choices
        self.complete = complete
        self.direction = direction


class Command:
    """A command: its positional words, options, help, two examples, and the function that runs it.

    `words` are pairs (name in the usage, nargs as in argparse: `1`, `?`, `+`, `*`); `required` names the required
    options. `run` returns the exit code; a command that changes commitments, visits or parties has `change` instead,
    which is called in a transaction. `app` has neither: `main` opens it.
    With `takes_rest` everything after the first word is a word, also what looks like an option.
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

    def resolve(self, arguments: Arguments) -> None:
        """Turn the arguments of an alias into those of the command; a command's own are unchanged."""

    @property
    def is_changing(self) -> bool:
        """Whether it runs in a transaction and changes commitments, visits or parties."""
        return self.change is not None

    @property
    def min_words(self) -> int:
        """The least number of words."""
        return sum(nargs in "1+" for _, nargs in self.words)

    @property
    def has_text(self) -> bool:
        """Whether its last words are one unquoted text, such as a title."""
        return bool(self.words) and self.words[-1] in (("TITLE", "+"), ("TEXT", "+"), ("DATE", "+"))

    @property
    def max_words(self) -> int | None:
        """The greatest number of words; None: any number."""
        return None if any(nargs in "+*" for _, nargs in self.words) else len(self.words)

    @property
    def usage(self) -> str:
        """The words and required options after the name, as `ID... STATE`."""
        return self.usage_with(str)

    def usage_with(self, said: Callable[[str], str]) -> str:
        """The usage with each name of a word or value translated by `said`."""
        shown = {"1": "{}", "?": "[{}]", "+": "{}...", "*": "[{}...]"}
        needed = (f"{option.name} {said(option.metavar)}" for option in self.options if option.name in self.required)
        return " ".join((*(shown[nargs].format(said(name)) for name, nargs in self.words), *needed))


class CommandAlias(Command):
    """Another word for a command: `done 3` for `mark 3 reported`.

    `leading` and `trailing` are put around the words that were typed, and the flags `flags` are set. It has the
    options of the command, but for those flags and those in `without`.
    """

    __slots__ = ("flags", "leading", "of", "trailing")

    def __init__(
        self,
        name: str,
        of: Command,
        about: str,
        *,
        words: tuple[tuple[str, str], ...],
        examples: tuple[str, str],
        leading: tuple[str, ...] = (),
        trailing: tuple[str, ...] = (),
        flags: tuple[str, ...] = (),
        without: tuple[str, ...] = (),
        required: tuple[str, ...] = (),
    ) -> None:
        super().__init__(
            name,
            about,
            run=of.run,
            change=of.change,
            words=words,
            options=tuple(option for option in of.options if option.name not in (*flags, *without)),
            examples=examples,
            required=required,
            takes_query=of.takes_query,
        )
        self.of = of
        self.leading = leading
        self.trailing = trailing
        self.flags = flags

    def resolve(self, arguments: Arguments) -> None:
        """Turn the arguments into those of the command that it stands for."""
        arguments.command = self.of
        arguments.words = [*self.leading, *arguments.words, *self.trailing]
        arguments.values.update({flag: [] for flag in self.flags})
