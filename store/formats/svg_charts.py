"""Draw charts as SVG in an HTML page: no script, no colour without a pattern, a shape or a word beside it.

Each is drawn twice, for a desktop or paper (class `wide`) and for a phone (class `narrow`); the page shows one of them.
Horizontal positions are percentages, so that a chart is as wide as its page and its text keeps its size; collisions are
measured at the least width of a drawing. Vertical positions are CSS pixels. Ids begin with the name that is passed in.
"""

from __future__ import annotations

from html import escape
from itertools import accumulate

from store.sanitise_text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.reports.document import Bars, Timeline

BARS_ON_A_PAGE = 20
"""The most bars in one SVG: a browser does not print an SVG across two pages."""

_WIDTHS = {"wide": 600, "narrow": 310}
"""Class -> the least width in pixels: of a desktop page (A4 is wider), of a phone of 360 pixels."""
_LETTER, _LETTERS_HIGH = 6.2, 11
"""The mean width of a letter, and the font size."""
_BAR, _PITCH = 11, 30
"""The height of a bar, and the distance from one bar to the next."""
_COMPACT = 16
"""The distance of two bars whose label stands beside them."""
_LABELS, _SUM = 30, 8
"""The per cent of the width that such a label takes, and the sum behind its bar."""
LINE = 16
"""The distance from one line of a legend or lane of a timeline to the next."""
_LANES = 48
"""The most lanes of a timeline that fit a page."""
_MANY_POINTS = 240
"""With more points no labels are placed: no page has the room."""

RED, BLUE, INK, GREY = "#7d1d1d", "#2f5b8c", "#1c1c1c", "#767676"
KEPT, LATE = "#6d95c3", "#b8402e"
"""Areas of what was kept and of what is late: printed in black they, ink and grey are four shades."""

_FILLS = {
    "overdue": (LATE, ""),
    "today": ("#fff", f'<path d="M0 0L6 6M6 0L0 6" stroke="{RED}"/>'),
    "week": ("#fff", f'<path d="M-1 5L1 7M0 0L6 6M5 -1L7 1" stroke="{INK}"/>'),
    "unconfirmed": ("#fff", f'<path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" stroke="{BLUE}" stroke-width="2"/>'),
    "finished": (KEPT, ""),
    "kept-late": ("#fff", f'<path d="M0 1.5H6M0 4.5H6M1.5 0V6M4.5 0V6" stroke="{BLUE}" stroke-width="0.8"/>'),
    "no-date": ("#fff", f'<circle cx="3" cy="3" r="1.2" fill="{INK}"/>'),
    "strong": (INK, ""),
    "dim": ("#d5d5d5", ""),
    "plain": ("#fff", ""),
}
"""Style -> background, and the pattern on it in a tile of 6 by 6. They differ in grey too."""

_SHAPES = {
    "overdue": f'<path d="M-4 -4H4V4H-4Z" fill="{RED}"/>',
    "today": f'<path d="M0 -5L5 4H-5Z" fill="{RED}"/>',
    "week": f'<path d="M0 -5L5 0L0 5L-5 0Z" fill="#fff" stroke="{INK}" stroke-width="1.5"/>',
    "unconfirmed": f'<circle r="4" fill="#fff" stroke="{BLUE}" stroke-width="1.5"/><circle r="1.5" fill="{BLUE}"/>',
    "finished": f'<circle r="4.5" fill="{BLUE}"/>',
    "kept-late": (
        f'<circle r="4" fill="#fff" stroke="{BLUE}" stroke-width="1.5"/><path d="M-4 0H4M0 -4V4" stroke="{BLUE}"/>'
    ),
    "no-date": f'<path d="M-4 0H4" stroke="{INK}" stroke-width="2"/>',
    "strong": f'<path d="M-4 -4L4 4M-4 4L4 -4" stroke="{INK}" stroke-width="2.5"/>',
    "dim": f'<circle r="3.5" fill="#fff" stroke="{GREY}"/>',
    "plain": f'<circle r="4" fill="#fff" stroke="{INK}" stroke-width="1.5"/>',
}
"""Style -> the mark of a day, centred on the origin."""


_SIDES = {"start": 8, "end": -8}
"""Text anchor of a label -> its distance from its point."""


def bars(chart: Bars, name: str) -> list[str]:
    """Draw a bar chart, `BARS_ON_A_PAGE` bars in an SVG, each SVG twice. `name`: an id unique in the page."""
    step = max(len(chart.bars), 1) if chart.is_compact else BARS_ON_A_PAGE
    pages = [chart.bars[start : start + step] for start in range(0, len(chart.bars), step)]
    drawn = []
    for place, page in enumerate(pages, 1):
        title = chart.title + (f" ({place}/{len(pages)})" if len(pages) > 1 else "")
        drawn += [_bars(chart, title, page, f"{name}-{place}", kind) for kind in _WIDTHS]
    return drawn


def _bars(chart: Bars, title: str, page: Sequence[tuple[str, Sequence[int]]], name: str, kind: str) -> str:
    ident, width = f"{name}-{kind}", _WIDTHS[kind]
    longest = max(sum(numbers) for _, numbers in chart.bars) or 1
    styles = distinct_styles([style for _, style in chart.pieces])
    pieces = chart.legend()

    def mark(place: int, across: float, down: int) -> str:
        return (
            f'<rect x="{across + 0.5:.1f}" y="{down + 2.5}" width="11" height="9" '
            f'fill="url(#{ident}-{pieces[place][0]})" stroke="{INK}"/>'
        )

    legend, height = _legend([text for _, text in pieces], mark, width)
    body = [*(_pattern(style, f"{ident}-{piece}") for piece, style in enumerate(styles)), *legend]
    for label, numbers in page:
        draw = _compact_bar if chart.is_compact else _single_bar if chart.is_single else _bar
        body.append(draw(label, numbers, height, longest, ident, width))
        height += _COMPACT if chart.is_compact or chart.is_single else _PITCH
    return _svg(kind, ident, title, chart.description, height, body)


def distinct_styles(styles: Sequence[str]) -> list[str]:
    """Replace repeated styles by unused ones, so that no two pieces have the same fill."""
    used: list[str] = []
    for style in styles:
        free = [other for other in _FILLS if other not in used]
        used.append(style if style in free or not free else free[0])
    return used


def _pattern(style: str, ident: str) -> str:
    ground, drawn = _FILLS[style]
    return (
        f'<pattern id="{ident}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" fill="{ground}"/>{drawn}</pattern>'
    )


def _legend(texts: Sequence[str], mark: Callable[[int, float, int], str], width: int) -> tuple[list[str], int]:
    """Draw the legend in lines of this width; `mark` draws the mark of a text, by its place among them, at x and y.

    Returns its elements and its height.
    """
    drawn = []
    across, down = 0.0, 0
    for place, text in enumerate(texts):
        shown = cut(text, width - 20)
        if across and across + 20 + text_width(shown) > width:
            across, down = 0.0, down + LINE
        drawn.append(
            f"{mark(place, across, down)}"
            f'<text x="{across + 17:.1f}" y="{down + 11}">{_escaped(shown)}{_whole(text, shown)}</text>'
        )
        across += 35 + text_width(shown)
    return drawn, down + LINE + 8


def _single_bar(label: str, numbers: Sequence[int], top: int, longest: int, ident: str, width: int) -> str:
    """Draw the one bar of a chart, whose numbers stand in the legend."""
    del label, width
    return f"<g>{''.join(_pieces(numbers, 0, 99.5, top, longest, ident))}</g>"


def _bar(label: str, numbers: Sequence[int], top: int, longest: int, ident: str, width: int) -> str:
    """Draw a bar under its label and its sum."""
    counts = " · ".join(map(str, numbers))
    shown = cut(label, width - text_width(str(sum(numbers))) - 12)
    drawn = [
        f"<g><title>{_escaped(label)}: {counts}</title>",
        f'<text x="0" y="{top + 10}">{_escaped(shown)}</text>',
        f'<text x="100%" y="{top + 10}" text-anchor="end">{sum(numbers)}</text>',
        f'<path d="M0.5 {top + 13}v{_BAR + 2}" stroke="{INK}"/>',
    ]
    # The outline of the longest bar stays inside the page.
    return "".join([*drawn, *_pieces(numbers, 0, 99.5, top + 14, longest, ident), "</g>"])


def _compact_bar(label: str, numbers: Sequence[int], top: int, longest: int, ident: str, width: int) -> str:
    """Draw a bar with its label to the left and its sum to the right."""
    shown = cut(label, width * _LABELS / 100 - 6)
    return "".join([
        f"<g><title>{_escaped(label)}: {' · '.join(map(str, numbers))}</title>",
        f'<text x="0" y="{top + 10}">{_escaped(shown)}</text>',
        f'<text x="100%" y="{top + 10}" text-anchor="end">{sum(numbers)}</text>',
        *_pieces(numbers, _LABELS, 99.5 - _LABELS - _SUM, top, longest, ident),
        "</g>",
    ])  # fmt: skip


def _pieces(numbers: Sequence[int], left: float, room: float, top: int, longest: int, ident: str) -> list[str]:
    """Draw the pieces of a bar between two places, in per cent of the width."""
    drawn = []
    before = 0
    for piece, number in enumerate(numbers):
        if number > 0:
            start, share = left + room * before / longest, room * number / longest
            drawn.append(
                f'<rect x="{start:.2f}%" y="{top}" width="{share:.2f}%" height="{_BAR}" '
                f'fill="url(#{ident}-{piece})" stroke="{INK}"/>'
            )
            before += number
    return drawn


def timeline(chart: Timeline, name: str) -> list[str]:
    """Draw a timeline, with colliding points in lanes below each other, twice. `name` as for `bars`.

    A day before `first` or after `last` is drawn at that end.
    """
    return [_timeline(chart, f"{name}-{kind}", kind) for kind in _WIDTHS]


def _timeline(chart: Timeline, ident: str, kind: str) -> str:
    width = _WIDTHS[kind]

    def mark(place: int, across: float, down: int) -> str:
        return f'<svg x="{across + 6:.1f}" y="{down + 7}" overflow="visible">{_SHAPES[chart.legend[place][0]]}</svg>'

    legend, top = _legend([text for _, text in chart.legend], mark, width) if chart.legend else ([], 0)
    axis = top + 2 * LINE
    placed, room = lanes(chart, width)
    height = axis + LINE * (max(placed, default=0) + 1) + 6
    body = [*legend, *_months(chart, axis, height, width), f'<path d="M0 {axis}h9999" stroke="{INK}"/>']
    if chart.first <= chart.today <= chart.last:
        body.append(_today(chart, top, height))
    for (day, label, style), lane in zip(chart.points, placed, strict=True):
        anchor = label_anchor(chart, day, label, width, room)
        body.append(_point(day_share(chart, day), label, style, axis + 12 + lane * LINE, room, anchor))
    return _svg(kind, ident, chart.title, chart.description, height, body)


def _today(chart: Timeline, top: int, height: int) -> str:
    share = day_share(chart, chart.today)
    return (
        f'<svg x="{share:.2f}%" overflow="visible">'
        f'<path d="M0 {top}V{height}" stroke="{INK}" stroke-width="1.5" stroke-dasharray="4 3"/>'
        f'<text x="{_SIDES[_anchor(share)]}" y="{top + 11}" text-anchor="{_anchor(share)}" font-weight="bold">'
        f"{_escaped(cut(chart.today_label, _WIDTHS['narrow'] / 2 - 12))}</text></svg>"
    )


def _months(chart: Timeline, axis: int, height: int, width: int) -> list[str]:
    """Draw a thin line at the start of each month, with its name if there is room."""
    drawn = []
    free = 0.0
    for day, month in chart.months:
        share = day_share(chart, day)
        start = share / 100 * width + 3
        drawn.append(f'<svg x="{share:.2f}%" overflow="visible">')
        drawn.append(f'<path d="M0 {axis - 5}V{height}" stroke="#c4c4c4" stroke-width="0.75"/>')
        if start >= free and start + text_width(visible(month)) <= width:
            drawn.append(f'<text x="3" y="{axis - 5}" fill="#444">{_escaped(month)}</text>')
            free = start + text_width(visible(month)) + 6
        drawn.append("</svg>")
    return drawn


def _point(share: float, label: str, style: str, middle: int, room: float, anchor: str) -> str:
    """Draw the mark of a day, with as much of its label as fits."""
    text = (
        f'<text x="{_SIDES[anchor]}" y="4" text-anchor="{anchor}" paint-order="stroke" stroke="#fff" '
        f'stroke-width="3">{_escaped(cut(label, room))}</text>'
    )
    return (
        f'<svg x="{share:.2f}%" y="{middle}" overflow="visible"><title>{_escaped(label)}</title>'
        f"{_SHAPES[style]}{text if room else ''}</svg>"
    )


def lanes(chart: Timeline, width: int) -> tuple[list[int], float]:
    """The lane of each point, and the width of a label: 0 where there are too many."""
    room = width / 2 - 12
    if len(chart.points) <= _MANY_POINTS:
        placed = _packed([
            _extent(day_share(chart, day), label, width, room, label_anchor(chart, day, label, width, room))
            for day, label, _ in chart.points
        ])  # fmt: skip
        if max(placed, default=0) < _LANES:
            return placed, room
    places = [day_share(chart, day) / 100 * width for day, _, _ in chart.points]
    marks = [(at - 6, at + 6) for at in places]
    return [lane % _LANES for lane in _packed(marks)], 0


def _packed(extents: Sequence[tuple[float, float]]) -> list[int]:
    """Pack the extents into lanes: the first one in which each touches no other."""
    lanes: list[list[tuple[float, float]]] = []
    found = []
    for start, end in extents:
        free = [n for n, lane in enumerate(lanes) if all(end <= other[0] or start >= other[1] for other in lane)]
        if not free:
            lanes.append([])
        lane = free[0] if free else len(lanes) - 1
        lanes[lane].append((start, end))
        found.append(lane)
    return found


def _extent(share: float, label: str, width: int, room: float, anchor: str) -> tuple[float, float]:
    at = share / 100 * width
    wide = 14 + text_width(cut(label, room))
    return (at - 6, at + wide) if anchor == "start" else (at - wide, at + 6)


def label_anchor(chart: Timeline, day: str, label: str, width: int, room: float) -> str:
    """The text anchor of a label: on the side of its point with more room, or on that away from today's line.

    The line would run through the label on the other one.
    """
    share = day_share(chart, day)
    usual = _anchor(share)
    if not chart.first <= chart.today <= chart.last:
        return usual
    line = day_share(chart, chart.today) / 100 * width
    away = "start" if share / 100 * width >= line else "end"
    start, end = _extent(share, label, width, room, usual)
    its_start, its_end = _extent(share, label, width, room, away)
    return away if start < line < end and its_start >= 0 and its_end <= width else usual


def day_share(chart: Timeline, day: str) -> float:
    """The horizontal position of a day between the first and the last, in per cent."""
    from store.rules.days import days_between

    whole = days_between(chart.first, chart.last) or 1
    return 2 + 96 * min(1.0, max(0.0, days_between(chart.first, day) / whole))


def _anchor(share: float) -> str:
    """The text anchor of a label: on the side of its point that has more room."""
    return "start" if share <= 50 else "end"


def _letters(character: str) -> int:
    """The width of a character in letters."""
    return 2 if character >= "\u1100" else 1


def text_width(text: str) -> float:
    return _LETTER * sum(map(_letters, text))


def cut(text: str, width: float) -> str:
    """Cut a text to a width in pixels."""
    shown = visible(text)
    if text_width(shown) <= width:
        return shown
    ends = enumerate(accumulate(map(_letters, shown)))
    end = next(place for place, letters in ends if _LETTER * letters + _LETTER > width)
    return shown[:end].rstrip() + "…"


def _whole(text: str, shown: str) -> str:
    """The whole text as an SVG title, if it was cut."""
    return "" if visible(text) == shown else f"<title>{_escaped(text)}</title>"


def _escaped(text: str) -> str:
    return escape(visible(text))


def _svg(kind: str, ident: str, title: str, description: str, height: int, body: Sequence[str]) -> str:
    return (
        f'<svg class="chart {kind}" role="img" aria-labelledby="{ident}-title" aria-describedby="{ident}-desc" '
        f'width="100%" height="{height}" font-size="{_LETTERS_HIGH}" fill="{INK}">'
        f'<title id="{ident}-title">{_escaped(title)}</title><desc id="{ident}-desc">{_escaped(description)}</desc>'
        f"{''.join(body)}</svg>"
    )
