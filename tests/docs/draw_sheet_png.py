"""Draws docs/sheet.png: the first printed page of the demo store's meeting sheet. Run by `make picture`.

It takes Chromium and pdftoppm (poppler-utils). Where one of them is not there, the picture stays as it is.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

from store.formats.html_export import render_html
from store.maintenance.demo import make_demo
from store.reports.meeting_sheet import meeting_sheet
from tests.docs.draw_screen_svg import DAY
from tests.docs.pages import DOCS
from tests.support.chromium import CHROMIUM, print_to_pdf
from tests.support.store_builders import open_store

SHEET = DOCS / "sheet.png"
PDFTOPPM = shutil.which("pdftoppm")

DPI = 100
LEFT, TOP, WIDTH, HEIGHT = 36, 36, 754, 1124
"""The pixels of the paper that are drawn: A4 less some of its margins. The width is even: two pixels share a byte."""


def can_draw() -> bool:
    """Whether the programs that draw it are installed."""
    return CHROMIUM is not None and PDFTOPPM is not None


def draw(picture: Path) -> None:
    """Draw the sheet into a PNG."""
    assert PDFTOPPM is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = open_store(f"{name}/commitments.json", who="adviser", day=DAY)
        make_demo(database)
        print_to_pdf(folder, render_html(meeting_sheet(database.snapshot())), folder / "sheet.pdf")
        crop = ("-x", LEFT, "-y", TOP, "-W", WIDTH, "-H", HEIGHT)
        argv = (PDFTOPPM, "-gray", "-singlefile", "-r", DPI, *crop, folder / "sheet.pdf", folder / "sheet")
        subprocess.run([str(each) for each in argv], check=True)
        header, greys = (folder / "sheet.pgm").read_bytes().split(b"\n255\n", 1)
    assert header == f"P5\n{WIDTH} {HEIGHT}".encode()
    picture.write_bytes(_png(greys))


def _png(greys: bytes) -> bytes:
    """A PNG of 16 greys from one byte a pixel: pdftoppm's own PNG has three bytes a pixel, and is much bigger."""
    nibbles = [round(grey / 17) for grey in greys]
    lines = [nibbles[start : start + WIDTH] for start in range(0, len(nibbles), WIDTH)]
    packed = b"".join(
        b"\0" + bytes(left << 4 | right for left, right in zip(line[::2], line[1::2], strict=True)) for line in lines
    )
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(packed, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def main() -> None:
    """Write the picture, or say what is missing."""
    if can_draw():
        draw(SHEET)
    else:
        print("docs/sheet.png stays as it is: to draw it anew, install chromium and poppler-utils (pdftoppm)")


if __name__ == "__main__":
    main()
