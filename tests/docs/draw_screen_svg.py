"""Draws README's moving picture: the real app on the demo store of a fixed day, at 80x24. Run by `make picture`.

A person reports what is late and opens the sheet for the meeting. Each screen becomes a frame of one SVG, which its
style sheet shows one after the other: no script, no font and nothing else from outside. Where nothing moves, the first
frame stays.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from html import escape
from itertools import accumulate
from typing import NamedTuple

from rich.color import Color, blend_rgb
from rich.color_triplet import ColorTriplet
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from store.maintenance.demo import make_demo
from store.model.vocabulary_and_signs import Ground
from tests.docs.pages import DOCS
from tests.support.app_driver import Hand, driven
from tests.support.store_builders import open_store

PICTURE = DOCS / "screen.svg"
DAY = "2026-11-25"
"""The day of the demo store that README's first block shows as well."""

ACT: tuple[tuple[str, str, tuple[str, ...], float], ...] = (
    ("", "The morning: what asks for you now, and why.", ("0",), 4),
    ("1", "All that is open; what is late stands on top.", ("1",), 3),
    ("s", "Another state for the line under the cursor ...", ("s",), 2.5),
    ("r", "... reported done: who says so, when, on what evidence.", ("r", "tab", "tab"), 2.5),
    ("", "What stands there already will do; dates are understood in words.", tuple("letter 12/44"), 2.5),
    ("ctrl+s", "It was late, so the reason is asked for.", ("ctrl+s",), 2),
    ("", "It will stand in the donor's report.", tuple("the list waited for a signature"), 2.5),
    ("ctrl+s", "Saved, on the disk. Now the other side has to confirm it.", ("ctrl+s",), 4),
    ("R", "The papers: R ...", ("R",), 2.5),
    ("s", "... the sheet for the meeting: who owes what, what to ask.", ("s",), 4),
    ("PgDn", "As text, Markdown, HTML or DOCX, in English or Russian.", ("pagedown",), 4),
)
"""What a person does: the key that is shown, what is said of it, the keys that are pressed, seconds to look at it."""

COLUMNS, LINES = 80, 24
COLUMN, LINE, SIZE = 9.0, 20, 15
"""Units of the picture that a column and a line take, and the height of a letter."""

MARGIN, HEAD, FOOT = 14, 34, 48
WIDTH = COLUMNS * COLUMN + 2 * MARGIN
HEIGHT = HEAD + LINES * LINE + FOOT
GROUND, LETTERS = ColorTriplet(24, 27, 33), ColorTriplet(208, 212, 218)
THEME = TerminalTheme(
    (GROUND.red, GROUND.green, GROUND.blue),
    (LETTERS.red, LETTERS.green, LETTERS.blue),
    [
        (40, 44, 52),
        (224, 108, 117),
        (152, 195, 121),
        (229, 192, 123),
        (97, 175, 239),
        (198, 120, 221),
        (86, 182, 194),
        (208, 212, 218),
    ],
)


class Frame(NamedTuple):
    """One screen: the key that led to it, what is said of it, its lines of styled pieces, seconds it is shown."""

    key: str
    caption: str
    lines: list[list[Segment]]
    seconds: float

    @property
    def text(self) -> list[str]:
        """The lines as they are read, without blanks at their ends."""
        return ["".join(piece.text for piece in line).rstrip() for line in self.lines]


def frames() -> list[Frame]:
    """Start the app, press the keys, look at each screen."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_act(f"{folder}/demo.json"))


async def _act(path: str) -> list[Frame]:
    database = open_store(path, who="adviser", day=DAY)
    make_demo(database)
    seen = []
    async with driven(database, who="adviser", day=DAY, colours=256, ground=Ground.DARK) as hand:
        for key, caption, pressed, seconds in ACT:
            await hand.press(*pressed)
            await hand.painted()
            seen.append(Frame(key, caption, _screen(hand), seconds))
    return seen


def _screen(hand: Hand) -> list[list[Segment]]:
    app, compositor = hand.app, hand.app.screen._compositor
    update = compositor.render_update(full=True, screen_stack=app._background_screens)
    strips = getattr(update, "strips", [])
    return [[piece for strip in line if strip is not None for piece in strip] for line in strips]


def _colour(color: Color | None, otherwise: ColorTriplet, *, is_foreground: bool) -> ColorTriplet:
    return otherwise if color is None or color.is_default else color.get_truecolor(THEME, foreground=is_foreground)


def _line(pieces: list[Segment]) -> str:
    """A line as rectangles and words, each at its own column: blanks and fonts of viewers differ."""
    drawn, at = [], 0
    for text, style, _ in Segment.simplify(pieces):
        style = style or Style()
        letters = _colour(style.color, LETTERS, is_foreground=True)
        ground = _colour(style.bgcolor, GROUND, is_foreground=False)
        if style.reverse:
            letters, ground = ground, letters
        if style.dim:
            letters = blend_rgb(letters, ground, 0.45)
        cells = Segment(text).cell_length
        if style.underline:
            drawn.append(
                f'<rect x="{at * COLUMN:g}" y="{LINE - 1}" width="{cells * COLUMN:g}" height="1" fill="{letters.hex}"/>'
            )
        if ground != GROUND:
            drawn.append(f'<rect x="{at * COLUMN:g}" width="{cells * COLUMN:g}" height="{LINE}" fill="{ground.hex}"/>')
        for word in re.finditer(r"\S+(?: \S+)*", text):
            x, width = (Segment(part).cell_length * COLUMN for part in (text[: word.start()], word[0]))
            bold = ' class="b"' if style.bold else ""
            drawn.append(
                f'<text x="{at * COLUMN + x:g}" y="{LINE - 5}" textLength="{width:g}" fill="{letters.hex}"{bold}>'
                f"{escape(word[0], quote=False)}</text>"
            )
        at += cells
    return "".join(drawn)


def drawn(seen: list[Frame]) -> str:
    """The picture. A line that several frames share is drawn once."""
    lines: dict[str, str] = {}
    groups, rules = [], []
    total = sum(frame.seconds for frame in seen)
    ends = list(accumulate(frame.seconds for frame in seen))
    for number, frame in enumerate(seen):
        body = []
        for row, pieces in enumerate(frame.lines):
            line = _line(pieces)
            if line:
                name = lines.setdefault(line, f"l{len(lines)}")
                body.append(f'<use href="#{name}" y="{row * LINE}"/>')
        start, end = (ends[number] - frame.seconds) / total * 100, ends[number] / total * 100
        hidden = "" if number == 0 else "0%{visibility:hidden}"
        rules.append(
            f"@keyframes k{number}{{{hidden}{start:.2f}%{{visibility:visible}}{end:.2f}%{{visibility:hidden}}}}"
            f".f{number}{{animation:k{number} {total:g}s step-end infinite}}"
        )
        groups.append(
            f'<g class="f f{number}">{_caption(frame)}<g transform="translate({MARGIN} {HEAD})">{"".join(body)}</g></g>'
        )
    shared = "".join(f'<g id="{name}">{line}</g>' for line, name in lines.items())
    lights = "".join(
        f'<circle cx="{MARGIN + 8 + 20 * place}" cy="17" r="6" fill="{fill}"/>'
        for place, fill in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img">
<title>followup: what is late is reported done, and the sheet for the meeting is opened</title>
<style>
text{{font:{SIZE}px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}}
.b{{font-weight:bold}}
.f{{visibility:hidden}}.f0{{visibility:visible}}
@media (prefers-reduced-motion:reduce){{.f{{animation:none!important}}}}
{chr(10).join(rules)}
</style>
<rect width="{WIDTH:g}" height="{HEIGHT:g}" rx="9" fill="{GROUND.hex}"/>
{lights}
<defs>{shared}</defs>
{chr(10).join(groups)}
</svg>
"""


def _caption(frame: Frame) -> str:
    """The key that was pressed and what is said of it, below the screen."""
    y = HEAD + LINES * LINE + 10
    x, key = MARGIN + 0.0, ""
    if frame.key:
        width = len(frame.key) * COLUMN + 16
        key = (
            f'<rect x="{x:g}" y="{y}" width="{width:g}" height="26" rx="5" fill="#e5c07b"/>'
            f'<text x="{x + 8:g}" y="{y + 18}" class="b" fill="#181b21">{escape(frame.key)}</text>'
        )
        x += width + 10
    return f'{key}<text x="{x:g}" y="{y + 18}" fill="#e5c07b">{escape(frame.caption, quote=False)}</text>'


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(drawn(frames()), encoding="utf-8")


if __name__ == "__main__":
    main()
