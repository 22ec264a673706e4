"""The store and the day that a line names, also one that cannot be parsed."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.session import Session


def store_and_day(argv: Sequence[str]) -> dict[str, list[str]]:
    """Find --store and --today with their values in a line that cannot be parsed."""
    found = {name: _value_in(argv, name) for name in ("--store", "--today")}
    return {name: [value] for name, value in found.items() if value}


def with_store(sentence: str, argv: Sequence[str]) -> str:
    """Add the store and the day of the line to the lines to type in a message."""
    from tui.cli.refused_lines.kept_options import with_options

    return with_options(sentence, store_and_day(argv), without=_OF_NO_STORE)


_OF_NO_STORE = ("init", "demo", "help", "completion", "config", "app")
"""Commands whose line says which store is meant, or that need none."""


def session_of(where: Mapping[str, Sequence[str]], environment: Mapping[str, str]) -> Session:
    """Make a session with the store and the day of `named_store_and_today`. Raises: FollowUpError."""
    from tui.session import Session

    store, today = (where.get(name, [None])[-1] for name in ("--store", "--today"))
    return Session(store, today, environment)


def _value_in(argv: Sequence[str], name: str) -> str | None:
    """The value of an option in a line that cannot be parsed."""
    found = None
    for typed, following in zip(argv, [*argv[1:], ""], strict=False):
        if typed == name:
            found = following
        elif typed.startswith(f"{name}="):
            found = typed.partition("=")[2]
    return found
