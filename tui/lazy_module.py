"""Lazy import of a module, so that a table can name functions whose modules are imported when they are called.

    if TYPE_CHECKING:
        from tui.cli.commands import show  # What an editor and the type checker see.
    else:
        show = LazyModule("tui.cli.commands.show")

`show.status` can be put into a table; only calling it imports the module.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class LazyModule:
    """A proxy of a module: each attribute is a function that imports the module when it is called."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, function: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            # `importlib` would do the same, and takes as long to be imported as the module itself.
            return getattr(__import__(self._name, fromlist=[function]), function)(*arguments)

        return call
