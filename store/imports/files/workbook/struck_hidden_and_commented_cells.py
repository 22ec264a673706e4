"""Read which rows and cells of a sheet are struck through or hidden, and the comments on its cells.

They are read from the XML of the workbook (ECMA-376, 18.3.1 and 18.8), which calamine does not tell, in its plain form
(`plain_xml`).
"""

from __future__ import annotations

from re import compile as pattern

from store.imports.files.workbook.normalize_workbook_xml import plain_xml
from store.imports.files.workbook.number_formats import NumberFormat
from store.imports.grid.list_size_limits import MOST_COLUMNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zipfile import ZipFile

PREFIX = rb"(?:\w+:)?"
"""Of a tag, with or without a namespace."""

_HIDDEN_ROW = pattern(rb"<" + PREFIX + rb'row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="([0-9]{1,7})"')
_FLAT_ROW = pattern(rb"<" + PREFIX + rb'row\b(?=[^>]*\bht="(?:[01](?:\.[0-9]*)?|\.[0-9]*)")[^>]*\br="([0-9]{1,7})"')
_FLAT = (b'ht="0', b'ht="1"', b'ht="1.', b'ht="."')
_ROW_BY_DEFAULT = pattern(rb"<" + PREFIX + rb'row\b(?![^>]*\b(?:hidden|ht)=")[^>]*\br="([0-9]{1,7})"')
_DEFAULTS = pattern(rb"<" + PREFIX + rb"sheetFormatPr\b[^>]*>")
_HIDES_ROWS = pattern(rb'\bzeroHeight="(?:1|true)"|\bdefaultRowHeight="(?:[01](?:\.[0-9]*)?|\.[0-9]*)"')
_HIDES_COLUMNS = pattern(rb'\bdefaultColWidth="(?:0(?:\.[0-4][0-9]*|\.)?|\.[0-4][0-9]*)"')
_COLUMN = pattern(rb"<" + PREFIX + rb"col\b[^>]*>")
_ROWS = b"sheetData"
"""The tag of the rows of a sheet, which its columns stand before."""
_IS_HIDDEN = pattern(rb'\bhidden="(?:1|true)"|\bwidth="(?:0(?:\.[0-4][0-9]*|\.)?|\.[0-4][0-9]*)"')
_IS_FOLDED = pattern(rb'\boutlineLevel="[1-9]')
_FIRST, _LAST = pattern(rb'\bmin="([0-9]{1,6})"'), pattern(rb'\bmax="([0-9]{1,6})"')
_NUMBER_FORMAT = pattern(rb"<" + PREFIX + rb"numFmt\b[^>]*>")
_FORMAT_CODE, _FORMAT_ID = pattern(rb'\bformatCode="([^"]*)"'), pattern(rb'\bnumFmtId="([0-9]{1,6})"')
STYLED_CELL = pattern(
    rb"<" + PREFIX + rb'c\b(?=[^>]*\bs="([0-9]{1,6})")[^>]*\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>'
)
FONTS = pattern(rb"<" + PREFIX + rb"fonts\b.*?</" + PREFIX + rb"fonts>", 16)
FONT = pattern(rb"<" + PREFIX + rb"font\b(?:[^>]*/>|.*?</" + PREFIX + rb"font>)", 16)
_STRIKE = pattern(rb"<" + PREFIX + rb'strike\b(?![^>]*val="(?:0|false)")')
FORMATS = pattern(rb"<" + PREFIX + rb"cellXfs\b.*?</" + PREFIX + rb"cellXfs>", 16)
FORMAT = pattern(rb"<" + PREFIX + rb"xf\b[^>]*")
FONT_ID = pattern(rb'\bfontId="([0-9]{1,6})"')
_FONT_SIZE = pattern(rb"<" + PREFIX + rb'sz\b[^>]*\bval="(?:[01](?:\.[0-9]*)?|\.[0-9]+)"')
_CONDITIONAL = pattern(rb"<" + PREFIX + rb"dxf\b.*?</" + PREFIX + rb"dxf>", 16)
_OTHER = pattern(rb"<(?:\w+:AlternateContent|other)\b.*?</(?:\w+:AlternateContent|other)>", 16)
"""What a sheet has of another kind than its own, in the plain form or not."""
_NUMBERED_ROW = pattern(rb"<" + PREFIX + rb'row\b[^>]*\br="([0-9]{1,7})"')
_AUTHOR = pattern(rb"<" + PREFIX + rb"author\b[^>]*>(.*?)</" + PREFIX + rb"author>", 16)
_COMMENT = pattern(rb"<" + PREFIX + rb"comment\b([^>]*)>(.*?)</" + PREFIX + rb"comment>", 16)
_TEXT = pattern(rb"<" + PREFIX + rb"t\b[^>]*>(.*?)</" + PREFIX + rb"t>", 16)
_REFERENCE = pattern(rb'\bref="([A-Z]{1,3})([0-9]{1,7})"')
_AUTHOR_ID = pattern(rb'\bauthorId="([0-9]{1,6})"')
_RELATION = pattern(rb"<" + PREFIX + rb"Relationship\b[^>]*>")
_TARGET = pattern(rb'\bTarget="([^"]*)"')

_THREADED = "[Threaded comment]"


class SheetMarks:
    """`hidden`: numbers of rows; `struck`: number of a row -> its columns that are struck through, from 0.

    `hidden_columns`: from 0; `folded_columns`: those of a group that is closed, where a plus sign stands above;
    `unseen`: number of a row -> its columns that show nothing, by their format, font or a cell that covers them;
    `formats`: number of a row -> the formats by column that may show something else than the value. `comments`: (number
    of the row, column, text). `is_conditional`: whether a format on a condition can hide cells or strike them through.
    """

    __slots__ = (
        "comments", "folded_columns", "formats", "hidden", "hidden_columns", "is_conditional", "struck", "unseen",
    )  # fmt: skip

    def __init__(self) -> None:
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.folded_columns: set[int] = set()
        self.struck: dict[int, set[int]] = {}
        self.unseen: dict[int, set[int]] = {}
        self.is_conditional = False
        self.formats: dict[int, dict[int, NumberFormat]] = {}
        self.comments: list[tuple[int, int, str]] = []


def column_number(letters: bytes) -> int:
    """The number of a column, from 1, of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def sheet_marks(parts: ZipFile, path: str, xml: bytes) -> SheetMarks:
    """The marks of the sheet in this part, whose plain XML is given. Raises: LookupError, ValueError."""
    marks = SheetMarks()
    columns_end, rows_end = xml.find(_ROWS), xml.rfind(_ROWS)
    if xml.find(b'hidden="', columns_end, rows_end) >= 0:
        marks.hidden = {int(found[1]) for found in _HIDDEN_ROW.finditer(xml)}
    has_heights = xml.find(b'ht="', columns_end, rows_end) >= 0
    if has_heights and any(xml.find(flat, columns_end, rows_end) >= 0 for flat in _FLAT):
        marks.hidden |= {int(found[1]) for found in _FLAT_ROW.finditer(xml)}
    defaults = _DEFAULTS.search(xml, 0, columns_end)
    if defaults is not None and _HIDES_ROWS.search(defaults[0]):
        marks.hidden |= {int(found[1]) for found in _ROW_BY_DEFAULT.finditer(xml)}
    shown = set[int]()
    for column in _COLUMN.findall(xml, 0, columns_end):
        first, last = _FIRST.search(column), _LAST.search(column)
        if first is None or last is None:
            continue
        columns = range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))
        if _IS_HIDDEN.search(column):
            (marks.folded_columns if _IS_FOLDED.search(column) else marks.hidden_columns).update(columns)
        else:
            shown.update(columns)
    if defaults is not None and _HIDES_COLUMNS.search(defaults[0]):
        marks.hidden_columns.update(set(range(MOST_COLUMNS)) - shown - marks.folded_columns)
    if any(xml.find(other, columns_end, rows_end) >= 0 for other in (b"<other", b":AlternateContent")):
        # Whether it is shown is a matter of the program.
        for other in _OTHER.findall(xml, columns_end, rows_end):
            marks.hidden |= {int(number) for number in _NUMBERED_ROW.findall(other)}
    styles = styles_of(parts)
    marks.is_conditional = b"conditionalFormatting" in xml and any(map(_can_hide, _CONDITIONAL.findall(styles)))
    struck, tiny, unusual = _formats(styles)
    if struck or tiny or unusual:
        for found in STYLED_CELL.finditer(xml):
            if found[1] in tiny:
                marks.unseen.setdefault(int(found[3]), set()).add(column_number(found[2]) - 1)
            if found[1] in struck:
                marks.struck.setdefault(int(found[3]), set()).add(column_number(found[2]) - 1)
            if found[1] in unusual:
                marks.formats.setdefault(int(found[3]), {})[column_number(found[2]) - 1] = unusual[found[1]]
    marks.comments = _comments(parts, path)
    return marks


def styles_of(parts: ZipFile) -> bytes:
    """The plain XML of the formats of a workbook; empty where it has none."""
    try:
        return plain_xml(parts.read("xl/styles.xml"))
    except KeyError:
        return b""


def _can_hide(format_: bytes) -> bool:
    """Whether a format on a condition strikes through, or shows nothing of a value."""
    code = _FORMAT_CODE.search(format_)
    return _STRIKE.search(format_) is not None or (code is not None and not NumberFormat(plain_text(code[1])).is_usual)


def _formats(styles: bytes) -> tuple[set[bytes], set[bytes], dict[bytes, NumberFormat]]:
    """The numbers of the formats of cells whose font is struck through, of those with letters that nobody reads, and of
    those that may not show the value.
    """
    fonts = FONTS.search(styles)
    formats = FORMATS.search(styles)
    if formats is None:
        return set(), set(), {}
    struck_fonts, tiny_fonts = set(), set()
    if fonts is not None:
        for place, font in enumerate(FONT.findall(fonts[0])):
            if _STRIKE.search(font):
                struck_fonts.add(b"%d" % place)
            if _FONT_SIZE.search(font):
                tiny_fonts.add(b"%d" % place)
    struck, tiny, unusual = set(), set(), {}
    codes = _codes(styles)
    for place, each in enumerate(FORMAT.findall(formats[0])):
        font, number = FONT_ID.search(each), _FORMAT_ID.search(each)
        if font is not None and font[1] in struck_fonts:
            struck.add(b"%d" % place)
        if font is not None and font[1] in tiny_fonts:
            tiny.add(b"%d" % place)
        code = codes.get(number[1], "") if number is not None else ""
        if code and not (form := NumberFormat(code)).is_usual:
            unusual[b"%d" % place] = form
    return struck, tiny, unusual


def _codes(styles: bytes) -> dict[bytes, str]:
    """The number of each format of numbers that the workbook has itself -> its code."""
    return {
        number[1]: plain_text(code[1])
        for each in _NUMBER_FORMAT.findall(styles)
        if (code := _FORMAT_CODE.search(each)) and (number := _FORMAT_ID.search(each))
    }


def formats_of_cells(parts: ZipFile) -> list[tuple[bytes, str]]:
    """The number of the format of numbers of each format of cells, and its code: empty where it is built in."""
    styles = styles_of(parts)
    formats = FORMATS.search(styles)
    codes = _codes(styles)
    numbers = [_FORMAT_ID.search(each) for each in FORMAT.findall(formats[0] if formats else b"")]
    return [(number[1], codes.get(number[1], "")) if number else (b"", "") for number in numbers]


def _comments(parts: ZipFile, path: str) -> list[tuple[int, int, str]]:
    folder, _, file = path.rpartition("/")
    try:
        relations = plain_xml(parts.read(f"{folder}/_rels/{file}.rels"))
    except KeyError:
        return []
    found: list[tuple[int, int, str]] = []
    for relation in _RELATION.findall(relations):
        target = _TARGET.search(relation)
        if target is None or b"/comments" not in relation or b"threaded" in relation.lower():
            continue
        name = target[1].decode("utf-8", "replace")
        full = name[1:] if name.startswith("/") else _joined(folder, name)
        xml = plain_xml(parts.read(full))
        authors = [plain_text(each) for each in _AUTHOR.findall(xml)]
        for attributes, inside in _COMMENT.findall(xml):
            place, author = _REFERENCE.search(attributes), _AUTHOR_ID.search(attributes)
            if place is None:
                continue
            name = authors[int(author[1])] if author and int(author[1]) < len(authors) else ""
            text = _without_author("".join(plain_text(each) for each in _TEXT.findall(inside)), name)
            if text:
                found.append((int(place[2]), column_number(place[1]) - 1, text))
    return found


def _joined(folder: str, name: str) -> str:
    steps = folder.split("/")
    for step in name.split("/"):
        if step == "..":
            steps = steps[:-1]
        else:
            steps.append(step)
    return "/".join(steps)


def _without_author(text: str, author: str) -> str:
    """A comment without who wrote it, whom spreadsheets put before it, and without the notice of a thread."""
    if text.startswith(_THREADED):
        text = text.partition("Comment:")[2]
    text = text.strip()
    if author:
        text = text.removeprefix(f"{author}:").strip()
    return text


def plain_text(xml: bytes) -> str:
    from html import unescape

    return unescape(xml.decode("utf-8", "replace"))
