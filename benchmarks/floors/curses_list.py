"""The same commitments as a list by the standard library's curses: `curses_list.py STORE`."""

from __future__ import annotations

import curses
import json
import sys
from typing import Any


def _cut(text: str, width: int) -> str:
    return text[: width - 1] + "~" if len(text) > width else text.ljust(width)


def _line(row: dict[str, Any], mark: str) -> str:
    title, by = _cut(row["title"], 36), _cut(row["by"][0], 12)
    return f"{mark} {row.get('due', ''):10} #{row['id']:<6} {title} {by} {row['state']}"


def _main(window: curses.window) -> None:
    curses.curs_set(0)
    window.idlok(True)
    with open(sys.argv[1], "rb") as file:
        rows = list(json.load(file)["commitments"].values())
    top = place = 0
    while True:
        height, width = window.getmaxyx()
        height -= 1
        top = min(top, place) if place < top + height else place - height + 1
        for y, row in enumerate(rows[top : top + height]):
            is_here = top + y == place
            line = _line(row, ">" if is_here else " ")[: width - 1].ljust(width - 1)
            window.addstr(y, 0, line, curses.A_REVERSE if is_here else 0)
        window.addnstr(height, 0, "q Quit", width - 1)
        step = {curses.KEY_DOWN: 1, curses.KEY_UP: -1, curses.KEY_NPAGE: height}.get(window.getch(), 0)
        place = max(0, min(len(rows) - 1, place + step))


if __name__ == "__main__":
    curses.wrapper(_main)
