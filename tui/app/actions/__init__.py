"""What the keys do: plain functions of the app, named by the table of commands."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.app.app import FollowUp


def find(name: str) -> Callable[[FollowUp], Any]:
    """The function with this name; its module is imported when a key first needs it."""
    module, function, *words = name.split(":")
    found: Callable[..., Any] = getattr(import_module(f"{__name__}.{module}"), function)
    return lambda app: found(app, *words)
