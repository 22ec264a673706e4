"""The width, characters and colours of an output, from the terminal and the environment (COLUMNS, LANG)."""

from __future__ import annotations

import os
import sys

from store.model.vocabulary_and_signs import Ground
from store.sanitise_text import visible
from tui.render.colours_of_meanings import MEANINGS, colour_of, is_bold
from tui.render.colours_on_or_off import has_colours
from tui.render.segments import NEXT_PAGE, text_of
from tui.render.widths import first_columns, width_of, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.render.segments import Segments

LEAST_WIDTH = 60
"""The least width in columns that a page is made for; a narrower terminal wraps."""

LEAST_PANE = 30
"""The least width of a page in a pane of the app."""

_USUAL_WIDTH = 80

_ATTRIBUTES = {"finished": "2", "dim": "2", "heading": "1", "strong": "1", "finished-heading": "1"}
"""Style name -> SGR of the styles without a colour; any other is plain."""


class TerminalStyle:
    """How text is drawn: `width` in columns, arrows and marks in UTF-8 or ASCII, with or without colours.

    `rule` draws a line across, `bar` stands left of what is about something else, `here` left of the words that are
    meant in a text; a bar that counts is made of `done` and `left`.

    `ground` says on what the colours stand (`Ground`).

    `encoding` is given when it is not UTF-8: characters that it lacks are escaped. For a pane of the app `least_width`
    is `LEAST_PANE`.
    """

    __slots__ = (
        *("_encoding", "_sgr", "is_coloured", "width"),
        *("arrow", "bar", "both_ways", "done", "dot", "ellipsis", "here", "left", "rule"),
    )

    def __init__(
        self,
        width: int = _USUAL_WIDTH,
        *,
        is_utf8: bool = True,
        is_coloured: bool = False,
        ground: str = Ground.UNKNOWN,
        encoding: str | None = None,
        least_width: int = LEAST_WIDTH,
    ) -> None:
        self.width = max(width, least_width)
        self.is_coloured = is_coloured
        self._sgr = {**_ATTRIBUTES, **_sgr_of_meanings(ground)} if is_coloured else {}
        self._encoding = encoding
        self.arrow = " → " if is_utf8 else " -> "
        self.both_ways = " ↔ " if is_utf8 else " <-> "
        self.dot = " · " if is_utf8 else " - "
        self.ellipsis = "…" if is_utf8 else "..."
        self.rule = "─" if is_utf8 else "-"
        self.bar = "│" if is_utf8 else "|"
        self.here = "▌" if is_utf8 else "#"
        self.done, self.left = ("■", "·") if is_utf8 else ("*", ":")

    def of_width(self, width: int) -> TerminalStyle:
        """The same style, `width` columns wide."""
        other = object.__new__(TerminalStyle)  # The module `copy` costs a tenth of a start.
        for name in self.__slots__:
            setattr(other, name, getattr(self, name))
        other.width = width
        return other

    def encodable(self, text: str) -> str:
        """Escape characters that the encoding lacks, so that the measured width is the printed one."""
        if self._encoding is None or text.isascii():
            return text
        from tui.signs_an_encoding_lacks import encoded

        return encoded(text, self._encoding).decode(self._encoding)

    def sanitised(self, text: str) -> str:
        """Sanitise a text from people to one line in this encoding."""
        return self.encodable(visible(text))

    def painted(self, text: str, style: str) -> str:
        """The text with the escape sequence (SGR) of a style, where there are colours."""
        text = visible(text)  # the last guard: what another program wrote may be anything
        if style not in self._sgr or not text:
            return text
        return f"\x1b[{self._sgr[style]}m{text}\x1b[0m"

    def painted_line(self, line: Segments) -> str:
        """The segments of a line with the escape sequences of their styles, for stdout."""
        if line and line[0][0] == NEXT_PAGE:
            return NEXT_PAGE + self.painted_line(line[1:])
        if not self._sgr:
            return visible(text_of(line))
        return "".join([self.painted(text, style) for text, style in line])

    def cut(self, text: str, width: int) -> str:
        """Truncate a text to `width` columns, with an ellipsis where it was cut."""
        text = self.encodable(text)
        if width_of(text) <= width:
            return text
        room = width - len(self.ellipsis)
        return (first_columns(text, room).rstrip() + self.ellipsis) if room > 0 else first_columns(text, width)

    def paragraph(self, text: str, indent: str, *, first: str | None = None) -> list[str]:
        """Wrap a text to the width, each line after `indent`, the first one after `first`."""
        lines = wrapped(self.encodable(text), self.width - width_of(indent))
        return [(indent if index or first is None else first) + line for index, line in enumerate(lines)]


def _sgr_of_meanings(ground: str) -> dict[str, str]:
    """Style name -> SGR in 16 colours, which every terminal has; headings are bold."""
    found = {}
    for name in MEANINGS:
        number = colour_of(name, 16, ground)
        colour = [] if number is None else [str(number + (30 if number < 8 else 82))]
        found[name] = ";".join(["1"] * is_bold(name, 16, ground) + colour)
        found[f"{name}-heading"] = ";".join(["1", *colour])
    return {name: parameters for name, parameters in found.items() if parameters}


def terminal_style_for(
    environment: Mapping[str, str],
    *,
    is_terminal: bool,
    piped_width: int | None = None,
    ground: str | None = None,
) -> TerminalStyle:
    """The style for stdout; colours only where it `is_terminal`, else as wide as COLUMNS says, or `piped_width`."""
    encoding = (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
    return TerminalStyle(
        _width(environment, piped_width or _USUAL_WIDTH),
        is_utf8=carries_utf8(environment, encoding),
        is_coloured=has_colours(environment, is_terminal=is_terminal),
        ground=ground or Ground.UNKNOWN,
        encoding=None if encoding.startswith("utf") else encoding,
    )


def _width(environment: Mapping[str, str], piped_width: int) -> int:
    columns = environment.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns[:6]) > 0:
        return int(columns[:6])
    try:
        # `shutil` would say the same, and costs a third of a bare start.
        return os.get_terminal_size(sys.stdout.fileno()).columns or piped_width
    except (OSError, ValueError, AttributeError):
        return piped_width


def carries_utf8(environment: Mapping[str, str], encoding: str) -> bool:
    """Whether a terminal with this encoding shows more than ASCII.

    In the C locale Python writes UTF-8 all the same (PEP 538 sets LC_CTYPE, PEP 540 the encoding), and a
    terminal without a locale may not show it.
    """
    if not encoding.lower().startswith("utf"):
        return False
    names = [environment.get("LC_ALL"), environment.get("LC_CTYPE"), environment.get("LANG")]
    if sys.flags.utf8_mode and names[1] == "C.UTF-8":
        names[1] = None  # Put there by Python itself, in the C locale.
    return next((name for name in names if name), "") not in ("C", "POSIX")
