"""The page and the styles of DOCX files, and the elements of WordprocessingML that python-docx cannot write."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document as File
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

PAGE = (210, 297)
"""Width and height, in millimetres."""
MARGINS = {"top": 12, "bottom": 15, "left": 17, "right": 15, "header": 7, "footer": 7}
"""Millimetres; the reader's program widens the top margin for marks."""

INK = "000000"
_FONT = "Times New Roman"
_LANGUAGES = {"en": "en-GB", "ru": "ru-RU"}
_SIZES = {
    "Normal": (10.5, 0, 2),
    "Title": (17, 0, 3),
    "Heading 1": (13, 8, 2),
    "Heading 2": (11, 5, 1),
    "Heading 3": (10.5, 4, 0),
    "Header": (9.5, 0, 0),
    "Footer": (9, 0, 0),
    "Facts": (10, 0, 0),
    "Cell": (9.5, 0.8, 0.8),
    "Column": (9, 0.8, 0.8),
    "Remark": (9, 0, 0.8),
    "Note": (9, 0, 1.5),
    "Chart": (8.5, 0, 0),
}
"""Paragraph style -> font size, space before and space after, in points."""


def set_styles(file: File, language: str) -> None:
    """Set fonts, sizes and language of the template's styles, and add the missing ones of `_SIZES`."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for lang in file.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), _LANGUAGES.get(language, language))
    known = {style.name for style in file.styles}
    for name, (letters, before, after) in _SIZES.items():
        if name not in known:
            file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = file.styles["Normal"]
        style: ParagraphStyle = file.styles[name]
        _set_font(style)
        style.font.size = Pt(letters)
        style.font.color.rgb = RGBColor.from_string(INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        _restrain(file.styles[name], is_ruled=name == "Heading 1", is_italic=name == "Heading 2")
    for name in ("Header", "Footer"):
        _drop(file.styles[name].element, "w:tabs")
    file.styles["Remark"].font.italic = True


def _set_font(style: ParagraphStyle) -> None:
    """Set one font for every script, without the theme's, which would override it."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _restrain(style: ParagraphStyle, *, is_ruled: bool, is_italic: bool) -> None:
    """Set the style of a heading, without the template's blue line and spacing."""
    style.font.bold = True
    style.font.italic = is_italic
    style.paragraph_format.keep_with_next = True
    for name in ("w:spacing", "w:kern"):
        _drop(style.element.get_or_add_rPr(), name)
    _drop(style.element, "w:pBdr")
    if is_ruled:
        borders(style.element.get_or_add_pPr(), "w:pBdr", {"bottom": INK})


def _drop(parent: BaseOxmlElement, name: str) -> None:
    from docx.oxml.ns import qn

    for element in list(parent.iter(qn(name))):
        element.getparent().remove(element)


def rule(paragraph: Paragraph, *sides: str) -> None:
    """Draw thin grey lines on these sides of a paragraph."""
    borders(paragraph._p.get_or_add_pPr(), "w:pBdr", dict.fromkeys(sides, "808080"))


_AFTER = {
    "w:pBdr": "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents jc outlineLvl rPr",
    "w:tblBorders": "shd tblLayout tblCellMar tblLook",
    "w:tblCellMar": "tblLook",
    "w:tcBorders": "shd noWrap tcMar textDirection tcFitText vAlign hideMark",
}
"""Element -> the siblings that the schema allows after it (ECMA-376, 17.3.1.26, 17.4.59, 17.4.69)."""


def in_order(parent: BaseOxmlElement, name: str) -> BaseOxmlElement:
    """Insert a new child in the order of the schema."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element = OxmlElement(name)
    after = {qn(f"w:{other}") for other in _AFTER[name].split()}
    later = [child for child in parent if child.tag in after]
    parent.insert(parent.index(later[0]) if later else len(parent), element)
    return element


def borders(parent: BaseOxmlElement, name: str, lines: Mapping[str, str | None]) -> None:
    """Add thin borders: side -> colour, or None for no border."""
    borders = in_order(parent, name)
    for side, colour in lines.items():
        if colour is None:
            element(borders, f"w:{side}", val="nil")
        else:
            element(borders, f"w:{side}", val="single", sz="4", space="1" if name == "w:pBdr" else "0", color=colour)


def element(parent: BaseOxmlElement, name: str, **attributes: str) -> BaseOxmlElement:
    """Append a new child with these attributes."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    parent.append(element)
    return element
