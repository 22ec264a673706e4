"""Computes the shortest output that turns one screen into another: changed cells, erased and scrolled lines."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tui.app.terminal.canvas_of_cells import BLANK, Canvas, Row, is_certain
from tui.app.terminal.sgr import change

_FEWEST_MOVED = 3
"""The fewest lines moved together for which the terminal is told to scroll."""

_LEAST_ERASED = 4
"""The fewest blanks at the end of a line for which erasing is shorter than writing."""


class Pen:
    """Collects output, and tracks the cursor and the style that it leads to."""

    def __init__(self, at: tuple[int, int] | None, newline: str) -> None:
        """`at`: line and column of the cursor, None if unknown. The style is the default one.

        `newline` takes the terminal to the first column of the next line.
        """
        self._newline = newline
        self.at = at
        self._style = ""
        self._out: list[str] = []

    def text(self) -> str:
        """The collected output."""
        return "".join(self._out)

    def size(self) -> int:
        """The length of the output in characters."""
        return sum(map(len, self._out))

    def go(self, y: int, x: int) -> None:
        """Move the cursor."""
        if self.at == (y, x):
            return
        ways = [f"\x1b[{y + 1 if y else ''};{x + 1}H" if x else f"\x1b[{y + 1 if y else ''}H"]
        if self.at is not None:
            line, column = self.at
            if line == y:
                ways.append(f"\x1b[{x + 1 if x else ''}G")
                if 0 <= column < x:
                    ways.append(f"\x1b[{x - column if x - column > 1 else ''}C")
            elif line + 1 == y:
                ways.append(self._newline + (f"\x1b[{x if x > 1 else ''}C" if x else ""))
        self._out.append(min(ways, key=len))
        self.at = (y, x)

    def style(self, style: str) -> None:
        """Switch to a style (SGR parameters)."""
        self._out.append(change(self._style, style))
        self._style = style

    def put(self, row: Row, start: int, end: int) -> None:
        """Write the cells from `start` to `end` of the cursor's line."""
        assert self.at is not None
        y = self.at[0]
        for x in range(start, end):
            cell = row[x]
            if cell is None or not cell[0]:
                continue
            # Also after a character that is wider on some terminals.
            self.go(y, x)
            self.style(cell[1])
            self._out.append(cell[0])
            self.at = (y, x + 1) if is_certain(cell) else (y, -1)

    def erase_line(self) -> None:
        """Blank the rest of the line."""
        self.style("")
        self._out.append("\x1b[K")

    def scroll(self, top: int, bottom: int, lines: int) -> None:
        """Move the lines from `top` to `bottom` up by so many, or down if there are less than 0."""
        self.style("")
        way = "M" if lines > 0 else "L"
        count = abs(lines) if abs(lines) > 1 else ""
        self._out.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H\x1b[{count}{way}\x1b[r")
        # Setting margins moves the cursor, resetting them not on every terminal.
        self.at = None


def repaint(shown: Canvas, target: Canvas, at: tuple[int, int] | None, newline: str = "\r\n") -> Pen:
    """Return a pen with the output that turns `shown` into `target`; updates `shown`.

    Unknown cells of `target` stay as they are. `at` is the cursor, `newline` as for `Pen`.
    """
    rows = shown.rows
    changed = [y for y in range(target.height) if _differs(rows[y], target.rows[y])]
    pen = Pen(at, newline)
    _paint(pen, changed, rows, target.rows)
    if len(changed) > _FEWEST_MOVED and (move := _moved(shown.rows, target.rows, changed)):
        for way in (move, _with_one_more(*move)):
            if not 0 <= way[0] <= way[1] < target.height:
                continue
            moved = _scrolled(shown.rows, *way)
            scrolling = Pen(at, newline)
            scrolling.scroll(*way)
            _paint(scrolling, range(target.height), moved, target.rows)
            if scrolling.size() < pen.size():
                pen, rows, changed = scrolling, moved, list(range(target.height))
    for y in changed:
        rows[y] = [new or old for old, new in zip(rows[y], target.rows[y], strict=True)]
    shown.rows = rows
    pen.style("")
    return pen


def _differs(shown: Row, target: Row) -> bool:
    return shown != target and any(new is not None and old != new for old, new in zip(shown, target, strict=True))


def _moved(shown: Sequence[Row], target: Sequence[Row], changed: list[int]) -> tuple[int, int, int] | None:
    """The largest block of lines that moved: first and last line of the region, and by how many lines up."""
    positions: dict[tuple[object, ...], list[int]] = {}
    for y, row in enumerate(shown):
        if None not in row:
            positions.setdefault(tuple(row), []).append(y)
    votes = Counter(
        position - y for y in changed for position in positions.get(tuple(target[y]), ())[:3] if position != y
    )
    best: tuple[int, int, int, int] | None = None
    for lines, _ in votes.most_common(2):
        start = None
        for y in range(len(target) + 1):
            is_there = y < len(target) and 0 <= y + lines < len(shown) and None not in target[y]
            is_same = is_there and target[y] == shown[y + lines]
            if is_same and start is None:
                start = y
            elif not is_same and start is not None:
                if best is None or y - start > best[0]:
                    best = (y - start, min(start, start + lines), max(y - 1, y - 1 + lines), lines)
                start = None
    return best[1:] if best is not None and best[0] >= _FEWEST_MOVED else None


def _with_one_more(top: int, bottom: int, lines: int) -> tuple[int, int, int]:
    """A move with the next line that would come in: the one that had the cursor, of which the flag alone changes."""
    return (top, bottom + 1, lines) if lines > 0 else (top - 1, bottom, lines)


def _scrolled(rows: Sequence[Row], top: int, bottom: int, lines: int) -> list[Row]:
    """The rows after a scroll."""
    region = rows[top : bottom + 1]
    width = len(rows[0])
    blank: list[Row] = [[BLANK] * width for _ in range(abs(lines))]
    region = [*region[lines:], *blank] if lines > 0 else [*blank, *region[:lines]]
    return [*rows[:top], *region, *rows[bottom + 1 :]]


def _paint(pen: Pen, lines: Iterable[int], shown: Sequence[Row], target: Sequence[Row]) -> None:
    for y in lines:
        if _differs(shown[y], target[y]):
            _paint_line(pen, y, shown[y], target[y])


def _paint_line(pen: Pen, y: int, shown: Row, target: Row) -> None:
    width = len(target)
    changed = [x for x in range(width) if target[x] is not None and shown[x] != target[x]]
    start, end = changed[0], changed[-1] + 1
    if not all(map(is_certain, target)) or not all(map(is_certain, shown)):
        # Widths differ between terminals: write again all that may have been pushed aside.
        changed = [x for x in range(start, width) if target[x] is not None]
        end = width
    tail = width
    while tail and target[tail - 1] == BLANK:
        tail -= 1
    tail = max(tail, start)
    is_erased = end > tail and width - tail >= _LEAST_ERASED and None not in target[tail:]
    for first, last in _runs([x for x in changed if not is_erased or x < tail], target):
        pen.go(y, first)
        pen.put(target, first, last)
    if is_erased:
        pen.go(y, tail)
        pen.erase_line()


def _runs(changed: list[int], row: Row) -> list[tuple[int, int]]:
    """The runs of columns to write: changed cells, with short gaps that are cheaper to write than to skip."""
    runs: list[tuple[int, int]] = []
    for x in changed:
        cell = row[x]
        assert cell is not None
        # A wide character is written whole.
        first = x - 1 if not cell[0] else x
        after = row[x + 1] if x + 1 < len(row) else None
        last = x + 2 if after is not None and not after[0] else x + 1
        if runs and _is_cheap(row[runs[-1][1] : first], row[runs[-1][1] - 1]):
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return runs


def _is_cheap(gap: Row, before: object) -> bool:
    style = before[1] if isinstance(before, tuple) else None
    return len(gap) <= 3 and all(cell is not None and cell[1] == style for cell in gap)
