"""What hides or strikes through a run of a Word document: itself, its style, that of its paragraph or table, the defaults.

Of toggle properties (ECMA-376, 17.7.3) two styles that both set one take each other back, and the defaults do not.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_HIDDEN, _STRUCK, _STRUCK_TWICE, _SMALL, _NARROW, _FLAT = "vanish", "strike", "dstrike", "sz", "w", "flat"
_TOGGLES = (_HIDDEN, _STRUCK)
_PLAIN = (_STRUCK_TWICE, _SMALL, _NARROW, _FLAT)
_SMALLEST, _NARROWEST, _FLATTEST = 2, 5, 20
"""Half points, percent of the width of a letter, twentieths of a point of a line, that nobody reads."""
_MOST_STYLES = 20
"""Styles that stand on one another."""


def value_of(element: Any) -> str:
    """The value of a property, empty without it."""
    return str(element.get(f"{W}val", "")) if element is not None else ""


def is_on(element: Any) -> bool:
    """Whether a property of yes or no is there and on."""
    return element is not None and value_of(element) not in ("0", "false", "off")


class RunMarks:
    """The marks of the styles around a run; `is_hidden`, `is_struck`: what they come to."""

    __slots__ = ("is_hidden", "is_struck", "levels")

    def __init__(
        self, defaults: dict[str, bool], levels: tuple[dict[str, bool], ...], own: dict[str, bool] | None = None
    ) -> None:
        """`levels`: the marks of the styles of the table, the paragraph, the run; `own` are set on the run itself."""
        self.levels = levels
        found = {}
        for name in _TOGGLES:
            found[name] = defaults.get(name, False) or sum(level.get(name, False) for level in levels) % 2 == 1
        for name in _PLAIN:
            found[name] = next((each[name] for each in reversed(levels) if name in each), defaults.get(name, False))
        found.update(own or {})
        self.is_hidden = found[_HIDDEN] or found[_SMALL] or found[_NARROW] or found[_FLAT]
        self.is_struck = found[_STRUCK] or found[_STRUCK_TWICE]


class Styles:
    """The styles of a document."""

    def __init__(self, styles: Any) -> None:
        """`styles` is their element, None where there is none."""
        self._marks: dict[str, dict[str, bool]] = {}
        self._defaults: dict[str, bool] = {}
        self._default_of: dict[str, str] = {}
        self._kept: dict[tuple[str, str], RunMarks] = {}
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
        flat = _flat(properties) if properties is not None else None
        if flat is not None:
            return self._levels((table_style, style), {_FLAT: flat})
        if (table_style, style) not in self._kept:
            self._kept[table_style, style] = self._levels((table_style, style))
        return self._kept[table_style, style]

    def of_run(self, properties: Any, around: RunMarks) -> RunMarks:
        """The marks of a run of these properties in a paragraph."""
        style = value_of(properties.find(f"{W}rStyle"))
        own = marks_of(properties)
        marks = self._marks.get(style)
        if not own and marks is None:
            return around
        return RunMarks(self._defaults, (*around.levels, marks or {}), own)

    def _levels(self, names: Iterable[str], own: dict[str, bool] | None = None) -> RunMarks:
        return RunMarks(self._defaults, (*(self._marks.get(name, {}) for name in names), own or {}))

    def _read(self, styles: Any) -> None:
        for properties in styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"):
            self._defaults |= marks_of(properties)
        for properties in styles.iterfind(f"{W}docDefaults/{W}pPrDefault/{W}pPr"):
            if (flat := _flat(properties)) is not None:
                self._defaults[_FLAT] = flat
        own: dict[str, dict[str, bool]] = {}
        above: dict[str, str] = {}
        for style in styles.iter(f"{W}style"):
            name = str(style.get(f"{W}styleId", ""))
            properties, of_paragraphs = style.find(f"{W}rPr"), style.find(f"{W}pPr")
            own[name] = marks_of(properties) if properties is not None else {}
            if of_paragraphs is not None and (flat := _flat(of_paragraphs)) is not None:
                own[name][_FLAT] = flat
            above[name] = value_of(style.find(f"{W}basedOn"))
            if str(style.get(f"{W}default", "0")) not in ("0", "false", "off"):
                self._default_of[str(style.get(f"{W}type", "paragraph"))] = name
        for name in own:
            marks: dict[str, bool] = {}
            at: str = name
            for _ in range(_MOST_STYLES):
                marks = {**own.get(at, {}), **marks}
                if not (at := above.get(at, "")):
                    break
            self._marks[name] = marks


def marks_of(properties: Any) -> dict[str, bool]:
    """What properties of a run say of it, where they say so."""
    found = {}
    for name in (*_TOGGLES, _STRUCK_TWICE):
        if (said := properties.find(f"{W}{name}")) is not None:
            found[name] = is_on(said)
    for name, least in ((_SMALL, _SMALLEST), (_NARROW, _NARROWEST)):
        if (said := properties.find(f"{W}{name}")) is not None:
            number = value_of(said).rstrip("%pt")
            found[name] = number.isdecimal() and int(number) <= least
    return found


def _flat(properties: Any) -> bool | None:
    """Whether the lines of a paragraph are too flat to be seen."""
    spacing = properties.find(f"{W}spacing")
    if spacing is None or spacing.get(f"{W}line") is None:
        return None
    line = str(spacing.get(f"{W}line"))
    return spacing.get(f"{W}lineRule") == "exact" and line.isdecimal() and int(line) <= _FLATTEST
