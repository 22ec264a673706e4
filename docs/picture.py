"""Draws README's picture of the screen: the demo store on a fixed day, at 80x24. Run by `make picture`."""

import asyncio
import os
import re
import tempfile
from pathlib import Path

from store.maintenance.demo import make_demo
from tui.app.app import FollowUp
from tui.app.theme import Paint
from tui.render.terminal_style import TerminalStyle
from tui.session import Session

_TODAY = "2023-01-15"
_BLANK = "&#160;"
_COLUMN = 12.2
"""Units of the picture that one column takes."""

_TEXT = (
    r'x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" textLength="(?P<length>[\d.]+)"(?P<rest>[^>]*)>'
    rf"(?P<blanks>(?:{_BLANK})+)(?=[^&<])"
)
_PICTURE = Path(__file__).with_name("screen.svg")


async def _draw(path: str) -> str:
    session = Session(path, _TODAY, os.environ)
    make_demo(session.database)
    app = FollowUp(session, Paint(256), lambda width: TerminalStyle(width, least_width=1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        return app.export_screenshot(title="followup")


def _without_leading_blanks(svg: str) -> str:
    """The same with each text beginning at its first letter: some viewers drop the blanks before it."""

    def moved(found: re.Match[str]) -> str:
        count = len(found["blanks"]) // len(_BLANK)
        x, length = float(found["x"]) + count * _COLUMN, float(found["length"]) - count * _COLUMN
        return f'x="{x:g}" y="{found["y"]}" textLength="{length:g}"{found["rest"]}>'

    return re.sub(_TEXT, moved, svg)


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        svg = _without_leading_blanks(asyncio.run(_draw(f"{folder}/commitments.json")))
    # Textual names the styles after a sum of the whole: the same picture must be the same file.
    _PICTURE.write_text(re.sub(r"terminal-\d+", "terminal", svg), encoding="utf-8")


main()
