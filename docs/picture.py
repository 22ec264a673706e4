"""Draws README's picture of the screen: the demo store on a fixed day, at 80x24. Run by `make picture`."""

import asyncio
import os
import tempfile
from pathlib import Path

from store.demo import make_demo
from tui.app.app import FollowUp
from tui.app.themes import Paint
from tui.paper import Paper
from tui.session import Session

_TODAY = "2023-01-15"
_PICTURE = Path(__file__).with_name("screen.svg")


async def _draw(path: str) -> str:
    session = Session(path, _TODAY, os.environ)
    make_demo(session.database)
    app = FollowUp(session, session.database.ledger(), Paint(256), lambda width: Paper(width, least_width=1))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        return app.export_screenshot(title="followup")


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        _PICTURE.write_text(asyncio.run(_draw(f"{folder}/commitments.json")), encoding="utf-8")


main()
