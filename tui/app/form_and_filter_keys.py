"""Which key does what in a form, in the filter bar and in a conflict; on lists and pages it stands in `key_table`.

Each key is by Textual's name, each action a method `action_...` of the screen or of the bar.
"""

from __future__ import annotations

SAVING_KEYS = {"ctrl+s": "screen.save", "f2": "screen.save", "ctrl+n": "screen.save_and_next"}
"""Save a form from anywhere in it."""

FORM_KEYS = {
    **SAVING_KEYS,
    "f1": "screen.show_all_keys",
    "escape": "screen.give_up",
    "tab": "screen.step(1)",
    "shift+tab": "screen.step(-1)",
}
"""In each field of a form; all that a text of several lines leaves to it."""

LINE_KEYS = {**FORM_KEYS, "down": "screen.step(1)", "up": "screen.step(-1)", "enter": "screen.enter"}
"""In a field of one line."""

CHOICE_STEPS = {"space": 1, "right": 1, "left": -1}
"""Key -> the step to another word of a choice."""

BUTTON_KEYS = {**LINE_KEYS, "left": "screen.step(-1)", "right": "screen.step(1)"}
"""On a button, whose Enter does what it says. Never space, which may be text for a field that was left."""

UNFOLD_LETTER = "m"
"""On a button and on the line of further fields: shows those."""

MORE_LINE_KEYS = {**BUTTON_KEYS, "enter": "screen.unfold", "space": "screen.unfold"}
"""On the line of further fields."""

FILTER_KEYS = {
    "enter": "keep",
    "down": "keep",
    "escape": "restore",
    "ctrl+s": "keep_as_view",
    "f2": "keep_as_view",
    "tab": "cursor_right",
}
"""In the filter bar; at the end of the text `cursor_right` takes what is offered there."""

CONFLICT_CLOSING_KEYS = {"ctrl+s,f2": "save", "escape": "leave"}
"""Close the screen of a conflict: saved as it was chosen, or theirs stands."""

CONFLICT_KEYS = {
    "m": "choose('m')",
    "t": "choose('t')",
    "j": "step(1)",
    "down": "step(1)",
    "tab": "step(1)",
    "k": "step(-1)",
    "up": "step(-1)",
    "shift+tab": "step(-1)",
    "pagedown": "scroll(2)",
    "pageup": "scroll(-2)",
    "ctrl+d": "scroll(1)",
    "ctrl+u": "scroll(-1)",
}
"""Choose mine or theirs, and go from field to field, or by half pages."""
