"""The colours of letters in a Word document and of what is behind them: letters in the colour of the paper are not seen.

Behind a run is its own shading or highlight, else that of its paragraph, its cell, its table, else the page (ECMA-376,
17.3.1.31, 17.3.2.15, 17.3.2.32 and 17.2.1). What a table style or a shape paints is not worked out: nothing is called
unseen there.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

Ground = tuple[str, ...]
"""The colours that can be behind letters, as `FFFFFF`; none where they are not known."""

_PAPER = "FFFFFF"
_NEAREST = 16
"""Steps of 255 in red, green and blue by which letters differ from the paper, at most, that nobody sees on it."""

_HIGHLIGHTS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "darkBlue": "00008B", "darkCyan": "008B8B",
    "darkGray": "A9A9A9", "darkGreen": "006400", "darkMagenta": "800080", "darkRed": "8B0000", "darkYellow": "808000",
    "green": "00FF00", "lightGray": "D3D3D3", "magenta": "FF00FF", "red": "FF0000", "white": "FFFFFF",
    "yellow": "FFFF00",
}  # fmt: skip


def _is_colour(value: str) -> bool:
    return len(value) == 6 and all(each in "0123456789abcdefABCDEF" for each in value)


def colour_of(properties: Any) -> str | None:
    """The colour of letters that properties of a run say; empty for one that is not known, None where none is said."""
    fill = properties.find(f"{W14}textFill/{W14}solidFill")
    if fill is not None:
        exact = fill.find(f"{W14}srgbClr")
        value = str(exact.get(f"{W14}val", "")) if exact is not None else ""
    elif (said := properties.find(f"{W}color")) is not None:
        value = str(said.get(f"{W}val", ""))
    else:
        return None
    return value if _is_colour(value) else ""


def ground_of_run(properties: Any) -> Ground | None:
    """What a highlight or a shading of a run puts behind its letters; None where it puts nothing there."""
    said = properties.find(f"{W}highlight")
    if said is not None and (name := str(said.get(f"{W}val", ""))) != "none":
        return tuple(filter(None, [_HIGHLIGHTS.get(name)]))
    return shading(properties)


def shading(properties: Any) -> Ground | None:
    """What a shading among properties puts there; None where it puts nothing there."""
    said = properties.find(f"{W}shd") if properties is not None else None
    if said is None:
        return None
    pattern, fill = str(said.get(f"{W}val", "clear")), str(said.get(f"{W}fill", "auto"))
    if pattern == "solid":
        fill = str(said.get(f"{W}color", "auto"))
    elif pattern not in ("clear", "nil"):
        return ()
    if _is_colour(fill):
        return (fill,)
    return None if fill == "auto" else ()


def ground_around(paragraph: Any, shading_tables: frozenset[str]) -> Ground:
    """What is behind a paragraph without a shading; `shading_tables`: styles of tables that paint something, empty for none."""
    for each in paragraph.iterancestors():
        found: Ground | None = None
        if each.tag == f"{W}txbxContent":
            return ()
        if each.tag == f"{W}tc":
            found = shading(each.find(f"{W}tcPr"))
        elif each.tag == f"{W}tbl":
            properties = each.find(f"{W}tblPr")
            style = properties.find(f"{W}tblStyle") if properties is not None else None
            name = str(style.get(f"{W}val", "")) if style is not None else ""
            found = () if name in shading_tables else shading(properties)
        elif each.tag == f"{W}document":
            page = each.find(f"{W}background")
            colour = str(page.get(f"{W}color", "auto")) if page is not None else "auto"
            # A setting says whether it is shown at all: on either nobody reads letters of the other's colour for sure.
            return (_PAPER, colour) if _is_colour(colour) else (_PAPER,)
        if found is not None:
            return found
    return (_PAPER,)


def is_unseen(colour: str, ground: Ground) -> bool:
    """Whether letters of a colour cannot be told from what is, or can be, behind them."""
    return bool(colour) and any(
        all(abs(int(colour[at : at + 2], 16) - int(each[at : at + 2], 16)) <= _NEAREST for at in (0, 2, 4))
        for each in ground
    )
