"""Draw charts of a DOCX file as DrawingML shapes: pictures of lines and areas that any size prints sharply.

Each has the words of its description as its alternative text (docs/decisions/0020).
Word from 2010 on and LibreOffice show them. EMU are the unit of lengths (ECMA-376, 20.1.2.1): 9525 of them are a pixel.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from store.formats.docx_page_and_styles import MARGINS, PAGE
from store.formats.svg_charts import (
    BARS_ON_A_PAGE,
    BLUE,
    GREY,
    INK,
    KEPT,
    LATE,
    LINE,
    RED,
    cut,
    day_share,
    distinct_styles,
    label_anchor,
    lanes,
    text_width,
)
from store.sanitise_text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.reports.document import Bars, Timeline

_EMU = 9525
_WHITE = '<a:solidFill><a:srgbClr val="ffffff"/></a:solidFill>'
_WIDE = round((PAGE[0] - MARGINS["left"] - MARGINS["right"]) / 25.4 * 96)
"""The width of a chart, in pixels: that of the text."""
_BAR, _PITCH = 12, 32
_COMPACT = 18
"""The distance of two bars whose label stands beside them."""
_LABELS = 0.3
"""The part of the width that labels beside their bars take."""
_TEXT = 17
"""The height of a line of text."""
_ASIDE = 8
"""The distance of a label from the middle of its sign, whose half is 4."""

_FILLS = {
    "overdue": (LATE, None),
    "today": (RED, "diagCross"),
    "week": (INK, "dkUpDiag"),
    "unconfirmed": (BLUE, "dkDnDiag"),
    "finished": (KEPT, None),
    "kept-late": (BLUE, "smGrid"),
    "no-date": (INK, "narHorz"),
    "strong": (INK, None),
    "dim": ("#d5d5d5", None),
    "plain": ("#ffffff", None),
}
"""Style -> colour, and the pattern of it on its ground; they differ in grey too."""

_GROUNDS = {"unconfirmed": "#bccde4", "week": "#ececec"}
"""Style -> the ground of a pattern whose lines LibreOffice draws so thin that white would show; else white."""

_SHAPES = {
    "overdue": ("rect", RED, RED),
    "today": ("triangle", RED, RED),
    "week": ("diamond", "#ffffff", INK),
    "unconfirmed": ("donut", BLUE, BLUE),
    "finished": ("ellipse", BLUE, BLUE),
    "kept-late": ("flowChartOr", "#ffffff", BLUE),
    "no-date": ("mathMinus", INK, INK),
    "strong": ("mathMultiply", INK, INK),
    "dim": ("ellipse", "#ffffff", GREY),
    "plain": ("ellipse", "#ffffff", INK),
}
"""Style -> the mark of a day: its shape, its area, its line."""


def draw_bars(chart: Bars, numbers: Iterator[int]) -> list[str]:
    """The runs that hold a bar chart, at most `BARS_ON_A_PAGE` bars in each; `numbers` gives each an id."""
    step = len(chart.bars) if chart.is_compact else BARS_ON_A_PAGE
    longest = max((sum(counts) for _, counts in chart.bars), default=0) or 1
    styles = distinct_styles([style for _, style in chart.pieces])
    drawn = []
    for start in range(0, len(chart.bars), step):
        shapes, down = _legend([(_fill(styles[place]), "rect", text) for place, text in chart.legend()])
        for label, counts in chart.bars[start : start + step]:
            if chart.is_single:
                shapes += _pieces(counts, 0, _WIDE - 1, down, longest, styles)
            else:
                draw = _compact_bar if chart.is_compact else _bar
                shapes += draw(label, counts, down, longest, styles)
            down += _COMPACT if chart.is_compact or chart.is_single else _PITCH
        drawn.append(_drawing(shapes, down, chart.title, chart.description, next(numbers)))
    return drawn


def _bar(label: str, counts: Sequence[int], top: float, longest: int, styles: Sequence[str]) -> list[str]:
    shapes = [
        _text(0, top, _WIDE * 0.9, cut(label, _WIDE * 0.9)),
        _text(_WIDE * 0.9, top, _WIDE * 0.1, str(sum(counts)), align="right"),
    ]
    return [*shapes, *_pieces(counts, 0, _WIDE - 1, top + 17, longest, styles)]


def _compact_bar(label: str, counts: Sequence[int], top: float, longest: int, styles: Sequence[str]) -> list[str]:
    left, right = _WIDE * _LABELS, _WIDE * 0.1
    shapes = [
        _text(0, top - 2, left, cut(label, left - 8)),
        _text(_WIDE - right, top - 2, right, str(sum(counts)), align="right"),
    ]
    return [*shapes, *_pieces(counts, left, _WIDE - left - right, top, longest, styles)]


def _pieces(
    counts: Sequence[int], left: float, width: float, top: float, longest: int, styles: Sequence[str]
) -> list[str]:
    shapes = [_shape(left, top - 1, 0.01, _BAR + 2, "line", "<a:noFill/>", INK)]
    before = 0
    for style, count in zip(styles, counts, strict=True):
        if count:
            at = left + width * before / longest
            shapes.append(_shape(at, top, width * count / longest, _BAR, "rect", _fill(style), INK))
            before += count
    return shapes


def draw_timeline(chart: Timeline, numbers: Iterator[int]) -> list[str]:
    """The run that draws a timeline: its months, the present day, a mark for each day, its label if it fits."""
    marks = [
        (f"<a:solidFill>{_colour(_SHAPES[style][1])}</a:solidFill>", _SHAPES[style][0], text)
        for style, text in chart.legend
    ]
    shapes, top = _legend(marks, [_SHAPES[style][2] for style, _ in chart.legend])
    axis = top + 2 * LINE
    placed, room = lanes(chart, _WIDE)
    height = axis + LINE * (max(placed, default=0) + 1) + 8
    for day, month in chart.months:
        at = _WIDE * day_share(chart, day) / 100
        shapes.append(_shape(at, axis - 5, 0.01, height - axis, "line", "<a:noFill/>", "#c4c4c4"))
        if at + text_width(month) < _WIDE:
            shapes.append(_text(at + 3, axis - LINE - 2, text_width(month) + 12, month))
    shapes.append(_shape(0, axis, _WIDE, 0.01, "line", "<a:noFill/>", INK))
    if chart.first <= chart.today <= chart.last:
        at = _WIDE * day_share(chart, chart.today) / 100
        shapes.append(_shape(at, top, 0.01, height - top, "line", "<a:noFill/>", INK, dashed=True))
        shapes.append(_beside(at, top - 3, chart.today_label, is_right=at <= _WIDE / 2))
    for (day, label, style), lane in zip(chart.points, placed, strict=True):
        at, middle = _WIDE * day_share(chart, day) / 100, axis + 12 + lane * LINE
        prst, area, line = _SHAPES[style]
        fill = f"<a:solidFill>{_colour(area)}</a:solidFill>"
        shapes.append(_shape(at - 4, middle - 4, 8, 8, prst, fill, line))
        if room:
            is_right = label_anchor(chart, day, label, _WIDE, room) == "start"
            shapes.append(_beside(at, middle - 9, cut(label, room), is_right=is_right))
    return [_drawing(shapes, height, chart.title, chart.description, next(numbers))]


def _beside(at: float, top: float, text: str, *, is_right: bool) -> str:
    """A text to the right or left of a point, on a ground that no line runs through."""
    width = text_width(text) + 4
    if is_right:
        return _text(at + _ASIDE, top, width, text, fill=_WHITE)
    return _text(max(at - _ASIDE - width, 0), top, min(width, at - _ASIDE), text, align="right", fill=_WHITE)


def _legend(entries: Sequence[tuple[str, str, str]], lines: Sequence[str] = ()) -> tuple[list[str], float]:
    """The legend (fill, shape, text), in lines of the page. Returns its shapes and its height."""
    shapes: list[str] = []
    across, down = 0.0, 0.0
    for place, (fill, prst, text) in enumerate(entries):
        shown = cut(text, _WIDE - 24)
        width = text_width(shown) + 8
        if across and across + 20 + width > _WIDE:
            across, down = 0.0, down + _TEXT
        shapes.append(_shape(across + 1, down + 4, 10, 9, prst, fill, lines[place] if lines else INK))
        shapes.append(_text(across + 16, down, width, shown))
        across += 32 + width
    return shapes, down + _TEXT + 6 if entries else 0


# Shapes.


def _colour(rgb: str) -> str:
    return f'<a:srgbClr val="{rgb[1:]}"/>'


def _fill(style: str) -> str:
    colour, pattern = _FILLS[style]
    if pattern is None:
        return f"<a:solidFill>{_colour(colour)}</a:solidFill>"
    return (
        f'<a:pattFill prst="{pattern}"><a:fgClr>{_colour(colour)}</a:fgClr>'
        f"<a:bgClr>{_colour(_GROUNDS.get(style, '#ffffff'))}</a:bgClr></a:pattFill>"
    )


def _place(left: float, top: float, width: float, height: float) -> str:
    at = f'<a:off x="{round(left * _EMU)}" y="{round(top * _EMU)}"/>'
    return f'<a:xfrm>{at}<a:ext cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"/></a:xfrm>'


def _shape(
    left: float, top: float, width: float, height: float, prst: str, fill: str, line: str, *, dashed: bool = False
) -> str:
    dash = '<a:prstDash val="dash"/>' if dashed else ""
    return (
        f"<wps:wsp><wps:cNvSpPr/><wps:spPr>{_place(left, top, width, height)}"
        f'<a:prstGeom prst="{prst}"><a:avLst/></a:prstGeom>{fill}'
        f'<a:ln w="9525"><a:solidFill>{_colour(line)}</a:solidFill>{dash}</a:ln></wps:spPr><wps:bodyPr/></wps:wsp>'
    )


def _text(left: float, top: float, width: float, text: str, *, align: str = "left", fill: str = "<a:noFill/>") -> str:
    jc = f'<w:jc w:val="{align}"/>' if align != "left" else ""
    return (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{_place(left, top, width, _TEXT)}'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}<a:ln><a:noFill/></a:ln></wps:spPr>'
        f'<wps:txbx><w:txbxContent><w:p><w:pPr><w:pStyle w:val="Chart"/>{jc}</w:pPr><w:r>'
        f'<w:t xml:space="preserve">{escape(visible(text))}</w:t></w:r></w:p></w:txbxContent></wps:txbx>'
        '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _drawing(shapes: Sequence[str], height: float, title: str, description: str, number: int) -> str:
    size = f'cx="{_WIDE * _EMU}" cy="{round(height * _EMU)}"'
    name, description_attribute = quoteattr(visible(title)), quoteattr(visible(description))
    frame = f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/></a:xfrm>'
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name={name} descr={description_attribute}/><wp:cNvGraphicFramePr/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup">'
        f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr>{frame}</wpg:grpSpPr>{''.join(shapes)}</wpg:wgp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )
