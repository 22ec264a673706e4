"""What hides or strikes through a run of a Word document: itself, its style, that of its paragraph or table, the defaults.

Of toggle properties (ECMA-376, 17.7.3) two styles that both set one take each other back, and the defaults do not.
"""

from __future__ import annotations

import re

from store.capture.readers.docx.docx_colours import (
    W14,
    Ground,
    W,
    colour_of,
    ground_around,
    ground_of_run,
    is_unseen,
    shading,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Marks = dict[str, Any]
    """Name of a property -> whether it hides or strikes through, or what colour it says."""

_HIDDEN, _STRUCK, _STRUCK_TWICE, _SMALL, _NARROW, _FLAT = "vanish", "strike", "dstrike", "sz", "w", "flat"
_TOGGLES = (_HIDDEN, _STRUCK)
_COMPLEX, _FROM_RIGHT, _SMALL_COMPLEX, _CLEAR, _TIGHT = "cs", "rtl", "szCs", "textFill", "spacing"
_PICTURES = ("ascii", "hAnsi")
_COLOUR, _SHADING, _AROUND = "color", "shd", "around"
_PLAIN = (_STRUCK_TWICE, _SMALL, _NARROW, _FLAT, _COMPLEX, _FROM_RIGHT, _SMALL_COMPLEX, _CLEAR, _TIGHT, *_PICTURES)
_LEAST, _NARROWEST, _TIGHTEST, _CLEAREST = 1.0, 5, -8.0, 90_000
"""Points of letters, lines and rows, percent of the width of a letter, points between letters, and thousandths of
percent that shine through them, which nobody reads."""
_MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)(mm|cm|in|pt|pc|pi|)")
_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0, "pc": 12.0, "pi": 12.0}
_FONTS_OF_PICTURES = re.compile(r"symbol|wingdings(?: ?[23])?|webdings|marlett|zapf ?dingbats|monotype sorts")
_MOST_STYLES = 20
"""Styles that stand on one another."""


def value_of(element: Any) -> str:
    """The value of a property, empty without it."""
    return str(element.get(f"{W}val", "")) if element is not None else ""


def is_on(element: Any) -> bool:
    """Whether a property of yes or no is there and on."""
    return element is not None and value_of(element) not in ("0", "false", "off")


def points(measure: str | None, parts: int = 20) -> float | None:
    """A measure in points; without a unit it is in parts of a point (ECMA-376, 22.9.2.14 and 22.9.2.15)."""
    found = _MEASURE.fullmatch(measure or "")
    return float(found[1]) * (_POINTS[found[2]] if found[2] else 1 / parts) if found else None


def is_least(measure: str | None, parts: int = 20) -> bool:
    """Whether a measure is one in which nobody reads."""
    size = points(measure, parts)
    return size is not None and size <= _LEAST


class RunMarks:
    """The marks of the styles around a run; `is_hidden`, `is_struck`, `pictures`: what they come to.

    `pictures`: whether letters of ASCII, and other ones, are pictures in its font.
    """

    __slots__ = ("is_hidden", "is_struck", "levels", "pictures")

    def __init__(self, defaults: Marks, levels: tuple[Marks, ...], own: Marks | None = None) -> None:
        """`levels`: the marks of the styles of the table, the paragraph, the run; `own` are set on the run itself."""
        self.levels = levels
        found: Marks = {}
        for name in _TOGGLES:
            found[name] = defaults.get(name, False) or sum(level.get(name, False) for level in levels) % 2 == 1
        for name in _PLAIN:
            found[name] = next((each[name] for each in reversed(levels) if name in each), defaults.get(name, False))
        found.update(own or {})
        is_small = found[_SMALL] or (found[_SMALL_COMPLEX] and (found[_COMPLEX] or found[_FROM_RIGHT]))
        colour, shaded, around = (
            next((each[name] for each in (own or {}, *reversed(levels), defaults) if name in each), None)
            for name in (_COLOUR, _SHADING, _AROUND)
        )
        is_white = is_unseen(colour or "", around or () if shaded is None else shaded)
        self.is_hidden = is_small or is_white or any(found[name] for name in (_HIDDEN, _NARROW, _FLAT, _CLEAR, _TIGHT))
        self.pictures = found[_PICTURES[0]], found[_PICTURES[1]]
        self.is_struck = found[_STRUCK] or found[_STRUCK_TWICE]


class Styles:
    """The styles of a document."""

    def __init__(self, styles: Any) -> None:
        """`styles` is their element, None where there is none."""
        self._marks: dict[str, Marks] = {}
        self._defaults: Marks = {}
        self._default_of: dict[str, str] = {}
        self._shading_tables = frozenset[str]()
        self._kept: dict[tuple[str, str, Ground], RunMarks] = {}
        if styles is not None:
            self._read(styles)

    def of_paragraph(self, paragraph: Any) -> RunMarks:
        """The marks of the words of a paragraph."""
        properties = paragraph.find(f"{W}pPr")
        style = value_of(properties.find(f"{W}pStyle")) if properties is not None else ""
        if style not in self._marks:
            style = self._default_of.get("paragraph", "")
        table = next(paragraph.iterancestors(f"{W}tbl"), None)
        table_style = ""
        if table is not None:
            of_table = table.find(f"{W}tblPr")
            table_style = value_of(of_table.find(f"{W}tblStyle")) if of_table is not None else ""
            table_style = table_style if table_style in self._marks else self._default_of.get("table", "")
        around = ground_around(paragraph, self._shading_tables)
        own = _of_lines(properties) if properties is not None else {}
        if own:
            return self._levels((table_style, style), around, own)
        if (table_style, style, around) not in self._kept:
            self._kept[table_style, style, around] = self._levels((table_style, style), around)
        return self._kept[table_style, style, around]

    def of_run(self, properties: Any, around: RunMarks) -> RunMarks:
        """The marks of a run of these properties in a paragraph."""
        style = value_of(properties.find(f"{W}rStyle"))
        own = marks_of(properties)
        marks = self._marks.get(style)
        if not own and marks is None:
            return around
        return RunMarks(self._defaults, (*around.levels, marks or {}), own)

    def _levels(self, names: Iterable[str], around: Ground, own: Marks | None = None) -> RunMarks:
        of_styles = (self._marks.get(name, {}) for name in names)
        return RunMarks(self._defaults, ({_AROUND: around}, *of_styles, own or {}))

    def _read(self, styles: Any) -> None:
        for properties in styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"):
            self._defaults |= marks_of(properties)
        for properties in styles.iterfind(f"{W}docDefaults/{W}pPrDefault/{W}pPr"):
            self._defaults |= _of_lines(properties)
        own: dict[str, Marks] = {}
        above: dict[str, str] = {}
        for style in styles.iter(f"{W}style"):
            name = str(style.get(f"{W}styleId", ""))
            properties, of_paragraphs = style.find(f"{W}rPr"), style.find(f"{W}pPr")
            own[name] = marks_of(properties) if properties is not None else {}
            if of_paragraphs is not None:
                own[name] = _of_lines(of_paragraphs) | own[name]
            above[name] = value_of(style.find(f"{W}basedOn"))
            if str(style.get(f"{W}default", "0")) not in ("0", "false", "off"):
                self._default_of[str(style.get(f"{W}type", "paragraph"))] = name
        paints = {str(each.get(f"{W}styleId", "")) for each in styles.iter(f"{W}style") if _paints(each)}
        for name in own:
            marks: Marks = {}
            at: str = name
            for _ in range(_MOST_STYLES):
                marks = {**own.get(at, {}), **marks}
                if at in paints:
                    self._shading_tables |= {name}
                if not (at := above.get(at, "")):
                    break
            self._marks[name] = marks
        if self._default_of.get("table") in self._shading_tables:
            self._shading_tables |= {""}


def marks_of(properties: Any) -> Marks:
    """What properties of a run say of it, where they say so."""
    found: Marks = {}
    for name in (*_TOGGLES, _STRUCK_TWICE, _COMPLEX, _FROM_RIGHT):
        if (said := properties.find(f"{W}{name}")) is not None:
            found[name] = is_on(said)
    for name in (_SMALL, _SMALL_COMPLEX):
        if (said := properties.find(f"{W}{name}")) is not None:
            found[name] = is_least(value_of(said), 2)
    if (said := properties.find(f"{W}{_NARROW}")) is not None:
        number = value_of(said).removesuffix("%")
        found[_NARROW] = number.isdecimal() and int(number) <= _NARROWEST
    if (said := properties.find(f"{W}{_TIGHT}")) is not None:
        found[_TIGHT] = (points(value_of(said)) or 0) <= _TIGHTEST
    if (said := properties.find(f"{W14}{_CLEAR}")) is not None:
        found[_CLEAR] = _is_clear(said) and _is_clear(properties.find(f"{W14}textOutline"))
    if (colour := colour_of(properties)) is not None:
        found[_COLOUR] = colour
    if (ground := ground_of_run(properties)) is not None:
        found[_SHADING] = ground
    if (said := properties.find(f"{W}rFonts")) is not None:
        for name in _PICTURES:
            font = said.get(f"{W}{name}")
            if said.get(f"{W}{name}Theme") is not None:
                found[name] = False
            elif font is not None:
                found[name] = _FONTS_OF_PICTURES.fullmatch(font.strip().lower()) is not None
    return found


def _is_clear(paint: Any) -> bool:
    """Whether what fills letters, or draws their outline, cannot be seen."""
    if paint is None or paint.find(f"{W14}noFill") is not None:
        return True
    colours = [each for each in paint.iter() if str(each.tag).endswith("Clr")]
    alphas = [[str(alpha.get(f"{W14}val", "")) for alpha in each.iter(f"{W14}alpha")] for each in colours]
    return bool(colours) and all(any(one.isdecimal() and int(one) >= _CLEAREST for one in each) for each in alphas)


def _of_lines(properties: Any) -> Marks:
    """What properties of a paragraph say of its words, where they say so."""
    said: Marks = {} if (flat := _flat(properties)) is None else {_FLAT: flat}
    return said if (ground := shading(properties)) is None else {**said, _AROUND: ground}


def _paints(style: Any) -> bool:
    """Whether a style of tables puts a colour behind any of its cells."""
    return str(style.get(f"{W}type", "")) == "table" and any(
        shading(each.getparent()) for each in style.iter(f"{W}shd")
    )


def _flat(properties: Any) -> bool | None:
    """Whether the lines of a paragraph are too flat to be seen."""
    spacing = properties.find(f"{W}spacing")
    if spacing is None or spacing.get(f"{W}line") is None:
        return None
    return spacing.get(f"{W}lineRule") == "exact" and is_least(str(spacing.get(f"{W}line")))
