"""The title line, the same on every screen: what the screen is, at its right end the store's name and the day."""

from __future__ import annotations

from pathlib import PurePath

from store.sanitise_text import visible
from store.server_name import is_server_name, printable_name
from tui.render.day_words import day_with_weekday
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

_DEFAULT_STEM = "commitments"
"""The file's name that says nothing: its folder has the name then."""

_LEAST_TITLE = 16
"""Columns that the title keeps; below that the store and the day give way."""

_LEAST_MORE = 32
"""Columns for which what stands behind the title, a filter mostly, is shown rather than the store and the day."""


def store_name(path: str, *, user: str, is_default: bool) -> str:
    """The name of a store: its database's, its file's, its folder's for `commitments.json`, or the user's own."""
    if is_server_name(path):
        return visible(printable_name(path).partition("?")[0].rpartition("/")[2] or printable_name(path))
    file = PurePath(path)
    if is_default:
        return visible(user)
    return visible(file.stem if file.stem != _DEFAULT_STEM else file.parent.name or file.stem)


def title_line(
    title: str, more: str, store: str, today: str, trouble: str, terminal: TerminalStyle, *, kept: str = ""
) -> Segments:
    """The line over the whole width, underlined. `title` is bold; behind it stands `kept`, which is never cut, then
    `more`, which is cut first.

    `store` is the store's name, "" where there is none yet; `trouble` is what is wrong with it (`read-only`), or "".
    """
    width, dot = terminal.width, terminal.dot
    day = day_with_weekday(today)
    alarm = f"{trouble}{dot}" if trouble else ""
    rights = (f"{terminal.sanitised(store)}{dot}{day}" if store else day, day, "")
    least = min(width_of(title), _LEAST_TITLE) + width_of(kept) + min(width_of(more), _LEAST_MORE)
    right = next(each for each in rights if not each or 1 + least + 2 + width_of(alarm + each) + 1 <= width)
    room = width - 1 - (width_of(alarm + right) + 3 if alarm + right else 1)
    title = terminal.cut(title, min(max(room - width_of(kept + more), room // 2), room - width_of(kept)))
    more = kept + terminal.cut(more, room - width_of(title + kept))
    gap = max(0, width - 1 - width_of(title + more) - width_of(alarm + right) - 1)
    line = [(f" {title}", "title"), (more + " " * gap, "underlined"), (alarm, "title"), (right + " ", "underlined")]
    return [(text, style) for text, style in line if text]
