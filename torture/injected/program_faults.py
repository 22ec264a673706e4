"""Raise exceptions that contain record texts in functions of the program."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any, NoReturn

from torture.injected.replace_functions import replace

WAY = "TORTURE_FAULT"
"""Variable: the name of the way in which it goes wrong, one of `WAYS`."""

Held = dict[str, Any]
"""The tables of the store."""


def _text_of_store() -> str:
    with open(os.environ["FOLLOWUP_STORE"], encoding="utf-8") as file:
        return file.read()


def _title(held: Held) -> str:
    title: str = held["commitments"]["6"]["title"]
    return title


def _value(held: Held) -> NoReturn:
    raise ValueError(_title(held))


def _key(held: Held) -> object:
    empty: dict[str, str] = {}
    return empty[_title(held)]


def _number(held: Held) -> object:
    return int(_title(held))


def _character(held: Held) -> object:
    return f"{held['visits']['1']['title']}\udc80".encode()


def _one_after_another(held: Held) -> object:
    try:
        return held[held["parties"]["1"]["name"]]
    except KeyError as error:
        error.add_note(_text_of_store())
        raise RuntimeError(_text_of_store()) from error


def _group(held: Held) -> NoReturn:
    raise ExceptionGroup(_text_of_store(), [ValueError(_text_of_store())])


class _OwnError(Exception):
    def __str__(self) -> str:
        return _text_of_store()


def _own_class(held: Held) -> NoReturn:
    raise _OwnError


def _file(held: Held) -> object:
    return open(f"/none/{_title(held)}")


WAYS: dict[str, Callable[[Held], object]] = {
    "a plain one": _value,
    "a key": _key,
    "a text that is no number": _number,
    "a character": _character,
    "one after another": _one_after_another,
    "a group": _group,
    "an own class": _own_class,
    "a file": _file,
}
"""Name -> the way it goes wrong."""


def _fault(*_: Any, **__: Any) -> Any:
    return WAYS[os.environ[WAY]](json.loads(_text_of_store()))


# Where it goes wrong.


def in_function_of_a_key() -> None:
    """In the function of the key `?`."""
    from tui.app.actions import navigation

    replace(navigation.help_, _fault)


def in_saving_form() -> None:
    """In a form that saves."""
    from tui.app.screens.form_screen import FormScreen

    replace(FormScreen._save, _fault)


def in_save_thread() -> None:
    """In the thread that saves."""
    from tui.app.sync.save_thread import SaveThread

    replace(SaveThread._save, _fault)


def in_drawn_line() -> None:
    """In a line of a page that is drawn."""
    from tui.app.widgets.text_lines import Page

    replace(Page.render_line, _fault)


def in_typing() -> None:
    """In what a form says of what is being typed."""
    from tui.app.widgets.form_field import Field

    replace(Field.show_hint, _fault)


def in_opening_screen() -> None:
    """In a screen that opens."""
    from tui.app.screens.visits_screen import VisitsScreen

    replace(VisitsScreen.show_snapshot, _fault)


def in_input() -> None:
    """In the thread that reads keys."""
    from tui.app.terminal.paste_filter import PasteFilter

    replace(PasteFilter.cleaned, _fault)


def in_unmounting() -> None:
    """In the end of the app."""
    from tui.app.app import FollowUp

    # Textual calls a handler of this name when there is one.
    FollowUp.on_unmount = _fault  # type: ignore[attr-defined]


def in_list_command() -> None:
    """In the command `list`."""
    from tui.cli.commands import list as list_command

    replace(list_command.list_, _fault)


def in_note_operation() -> None:
    """In the operation `note`."""
    from store import operations

    replace(operations.note, _fault)
