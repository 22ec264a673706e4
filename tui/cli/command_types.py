"""What a command and an option of the command line are: plain data, read on every start."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FLAG = "flag"
WORD = "word"
TEXT = "text"
DATE = "date"
MAYBE = "maybe"
"""A word that may follow, when the command has its own words already, or none."""


class Option:
    """One option: `kind` says what follows it, `many` that it may stand several times."""

    __slots__ = ("choices", "complete", "help", "kind", "many", "metavar", "name", "short")

    def __init__(
        self,
        name: str,
        about: str,
        *,
        kind: str = WORD,
        metavar: str = "",
        many: bool = False,
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
        self.many = many
        self.choices = choices
        self.complete = complete


class Command:
    """One command: the words it takes (as shown in its usage), its options, its help and two examples.

    `words` are pairs (what it is called, how often: `1`, `?`, `+`, `*`); `required` names the options that it cannot
    do without; `place` is the function that does it,
    as `module:function` in `tui.cli`. A changing command gets a transaction.
    """

    __slots__ = ("examples", "help", "is_changing", "name", "options", "place", "required", "takes_query", "words")

    def __init__(
        self,
        name: str,
        place: str,
        about: str,
        *,
        words: tuple[tuple[str, str], ...] = (),
        options: tuple[Option, ...] = (),
        examples: tuple[str, str],
        required: tuple[str, ...] = (),
        takes_query: bool = False,
        is_changing: bool = False,
    ) -> None:
        self.name = name
        self.place = place
        self.help = about
        self.words = words
        self.options = options
        self.examples = examples
        self.required = required
        self.takes_query = takes_query
        self.is_changing = is_changing

    def function(self) -> Callable[..., Any]:
        """The function that does it, imported when it is wanted."""
        module, _, name = self.place.partition(":")
        # `importlib` would do the same, and takes as long to be imported as the module that is wanted.
        found: Callable[..., Any] = getattr(__import__(f"tui.cli.{module}", fromlist=[name]), name)
        return found

    @property
    def least_words(self) -> int:
        """How many words it needs."""
        return sum(often in "1+" for _, often in self.words)

    @property
    def has_text(self) -> bool:
        """Whether its last words are one text, such as a title, and so stand together."""
        return bool(self.words) and self.words[-1] in (("TITLE", "+"), ("TEXT", "+"), ("DATE", "+"))

    @property
    def most_words(self) -> int | None:
        """How many words it takes; None: any number."""
        return None if any(often in "+*" for _, often in self.words) else len(self.words)
