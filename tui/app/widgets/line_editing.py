"""Editing keys of an input (cursor, delete, undo), run at once: as Textual's bindings they would run after letters that
were typed later.
"""

from collections.abc import Mapping
from typing import Any

from textual import events
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input


def editing_keys(field: Any) -> dict[str, str]:
    """Key -> action, from the bindings of one of Textual's inputs."""
    return {binding.key: binding.action for binding in Binding.make_bindings(field.BINDINGS)}


EDITING_A_LINE = editing_keys(Input)


async def edit(widget: Widget, event: events.Key, actions: Mapping[str, str]) -> None:
    """Run the action of a key, if it is an editing key."""
    if not event.is_printable and event.key in actions:
        event.stop()
        event.prevent_default()
        await widget.run_action(actions[event.key])
