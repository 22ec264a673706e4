"""Keys that edit a field, dealt with by the field itself: as Textual's bindings they would come behind the letters that
were typed after them.
"""

from collections.abc import Mapping
from typing import Any

from textual import events
from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input


def editing_keys(field: Any) -> dict[str, str]:
    """Key -> what Textual's field of this class does with it."""
    return {binding.key: binding.action for binding in Binding.make_bindings(field.BINDINGS)}


EDITING_A_LINE = editing_keys(Input)


async def edit(widget: Widget, event: events.Key, actions: Mapping[str, str]) -> None:
    """Edit with a key, if it is one that edits."""
    if not event.is_printable and event.key in actions:
        event.stop()
        event.prevent_default()
        await widget.run_action(actions[event.key])
