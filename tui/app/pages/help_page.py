"""The lines of the help: every key, from the key table, and the meaning of every sign."""

from store.model.vocabulary import BANDS, STATES
from tui.app.key_table import ACT, COMMANDS, MOVE, OTHER, SHOW
from tui.render.segments import Segments
from tui.render.widths import wrapped

_KEY = 12

_SIGNS = (
    ("+", "behind the days", "the agreed date was put off"),
    (">", "in the first column", "the cursor"),
    ("*", "before the number", "selected"),
)

_FIRST = (
    "The list shows what was promised, the most urgent first. Move with j and k or the arrows, open with Enter, "
    "act with one key; u takes back your last change, whatever it was. Changes are saved at once."
)
_FORMS = (
    ("Enter", "the next field; from the last one, Save"),
    ("Tab, S-Tab", "the next field, the one before"),
    ("ctrl+s, F2", "save, from any field"),
    ("Esc", "close; asks first when something was typed"),
)
_QUERIES = (
    'to:interpol   by:"mia uz"   overdue   state:agreed   due:..2w   silent:30..   -owner:me   visit:lyon or mine'
)


def help_lines(width: int) -> list[Segments]:
    """The help, wrapped to this width."""
    lines: list[Segments] = [[(" HELP", "heading")]]
    lines += [[(f" {line}", "plain")] for line in wrapped(_FIRST, width - 2)]
    for group in (ACT, SHOW, MOVE, OTHER):
        lines += _heading(group)
        for command in COMMANDS:
            if command.group == group:
                lines += _pair(command.shown, command.help, width)
    lines += _heading("In a form")
    for key, text in _FORMS:
        lines += _pair(key, text, width)
    lines += _heading("Filters: the same words as in the command line")
    lines += [[(f" {line}", "plain")] for line in wrapped(_QUERIES, width - 2)]
    lines += _heading("When: the sign and the colour of a line")
    for band in BANDS.values():
        lines.append([(f" {band.sign or ' ':<{_KEY}} ", band.style), (band.text, band.style)])
    lines += _heading("State: the sign before the title")
    lines += [
        [(f" {state.sign:<{_KEY}} ", "key"), (f"{state.letters}  {state.text}", "plain")] for state in STATES.values()
    ]
    lines += _heading("Other signs")
    for sign, where, text in _SIGNS:
        lines += _pair(sign, f"{text} ({where})", width)
    return lines


def _heading(text: str) -> list[Segments]:
    return [[], [(f" {text.upper()}", "heading")]]


def _pair(key: str, text: str, width: int) -> list[Segments]:
    first, *rest = wrapped(text, max(10, width - _KEY - 3))
    lines: list[Segments] = [[(f" {key:<{_KEY}} ", "key"), (first, "plain")]]
    return lines + [[(" " * (_KEY + 2) + line, "plain")] for line in rest]
