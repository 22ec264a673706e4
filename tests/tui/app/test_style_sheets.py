"""What Textual finds by a name in text, where no editor follows a renaming: classes in style sheets, handlers."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import TypeVar

import pytest
from textual.css.model import SelectorType
from textual.css.parse import parse
from textual.message import Message
from textual.widget import Widget

import tui.app
from tui.app.app import FollowUp

T = TypeVar("T")


def subclasses(cls: type[T]) -> Iterator[type[T]]:
    for each in cls.__subclasses__():
        yield each
        yield from subclasses(each)


@pytest.fixture(scope="module")
def widgets() -> list[type[Widget]]:
    """The widgets and screens of the app."""
    for module in walk_packages(tui.app.__path__, "tui.app."):
        import_module(module.name)
    return [cls for cls in subclasses(Widget) if cls.__module__.startswith("tui.app")]


def test_every_class_that_a_style_sheet_selects_is_a_widget(widgets: list[type[Widget]]) -> None:
    sheets = [vars(cls)["DEFAULT_CSS"] for cls in widgets if "DEFAULT_CSS" in vars(cls)]
    sheets.append(Path(tui.app.__path__[0], str(FollowUp.CSS_PATH)).read_text())
    selected = {
        selector.name
        for sheet in sheets
        for rules in parse("", sheet, ("", ""))
        for selectors in rules.selector_set
        for selector in selectors.selectors
        if selector.type == SelectorType.TYPE
    }
    assert {"LineInput", "FormScreen", "MenuScreen"} <= selected
    assert selected <= {cls.__name__ for cls in subclasses(Widget)}


def test_every_handler_has_the_name_of_a_message(widgets: list[type[Widget]]) -> None:
    handlers = {name for cls in (*widgets, FollowUp) for name in vars(cls) if name.startswith("on_")}
    assert {"on_key", "on_input_changed"} <= handlers
    assert handlers <= {message.handler_name for message in subclasses(Message)} | {"on_event"}
