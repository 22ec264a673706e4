"""Normalize the XML of a workbook to one plain form: what no search can be sure of is parsed and written anew.

Nearly all programs write attributes in double quotes without blanks or references to characters, every row and cell
with its place, no comments and no prefixes. Whatever is otherwise goes through an XML parser once (expat): what is
searched then is what a spreadsheet reads.
"""

from __future__ import annotations

from re import IGNORECASE
from re import compile as pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_BLANKS = (b" ", b"\t", b"\r", b"\n")
_ODD = (
    b"\0",
    b"<!",
    b"&#",
    b'="&',
    b"='",
    *(blank + b'="' for blank in _BLANKS),
    *(b'="' + blank for blank in _BLANKS),
)
"""What is not in the plain form; where it stands in a text it is parsed in vain."""
_RARE = (b"\0", b"!", b"&", b"'", b"\t", b"\r", b"\n")
_HEAD = 200
"""Bytes at the beginning, where the declaration stands, with its line break."""
_BLANK_BEHIND = pattern(rb"=\s+[\"']")
_ROWS = b"<sheetData"
_ODD_IN_ROWS = (b"xmlns", b':r="', b':s="', b"<c>", b"<c/", b"<c\t", b"<c\r", b"<c\n")
_PREFIXED = pattern(rb'xmlns:\w+="http://(?:schemas\.openxmlformats|purl\.oclc)\.org/(?:ooxml/)?spreadsheetml/')
_TEXT_ENCODING = pattern(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"'](?:utf-?8|us-ascii)[\"']", IGNORECASE)
_ANY_ENCODING = pattern(rb"^(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=")

_MAIN = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_OURS = frozenset({"", *_MAIN, "http://schemas.openxmlformats.org/package/2006/relationships"})
_PLACE = pattern("([A-Z]{1,3})([0-9]{1,7})")
_BETWEEN = "\n"


def plain_xml(xml: bytes) -> bytes:
    """The same XML in the plain form. Raises: ValueError for what is no sound XML, or declares anything of its own."""
    return xml if _is_plain(xml) else _written_anew(xml)


def may_have(xml: bytes, name: bytes) -> bool:
    """Whether XML, in whatever form, may have an element of this name."""
    is_in_other_letters = b"\0" in xml or (b"encoding" in xml[:_HEAD] and not _TEXT_ENCODING.match(xml))
    return name in xml or is_in_other_letters


def _is_plain(xml: bytes) -> bool:
    head = xml[: 2 * _HEAD]
    absent = [byte for byte in _RARE if xml.find(byte, _HEAD) < 0]

    def has(odd: bytes, start: int = 0) -> bool:
        if any(byte in odd for byte in absent):  # One byte is found to be absent ten times as quickly as several.
            return odd in head
        return xml.find(odd, start) >= 0

    if any(map(has, _ODD)) or xml.count(b"<") != xml.count(b">"):
        return False
    if _ANY_ENCODING.match(xml) and not _TEXT_ENCODING.match(xml):
        return False
    rows = xml.find(_ROWS)
    if _PREFIXED.search(xml, 0, rows if rows >= 0 else len(xml)):
        return False
    if rows >= 0:
        if any(has(odd, rows) for odd in _ODD_IN_ROWS):
            return False
        if xml.count(b"<row") != xml.count(b'<row r="') or xml.count(b"<c ", rows) != xml.count(b'<c r="', rows):
            return False
    return not (any(has(b"=" + blank) for blank in _BLANKS) and _BLANK_BEHIND.search(xml))


def _written_anew(xml: bytes) -> bytes:
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.buffer_text = True
    parser.ordered_attributes = False
    writer = _Writer()
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    return bytes(writer.written)


def _refuse(*_: Any) -> None:
    raise ValueError("a document type is declared")


class _Writer:
    """Writes what a parser tells: elements of a spreadsheet by their names, with their places, others as `other`."""

    def __init__(self) -> None:
        self.written = bytearray()
        self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _tag(name)
        own = {}
        for key, value in attributes.items():
            space, _, local = key.rpartition(_BETWEEN)
            if not space:
                own[local] = " ".join(value.split())
            elif local == "id":
                own["r:id"] = value.strip()
        if tag == "row":
            self._row = int(own["r"]) if own.get("r", "").isdecimal() else self._row + 1
            own = {"r": str(self._row)} | {key: value for key, value in own.items() if key != "r"}
            self._column = 0
        elif tag == "c":
            found = _PLACE.fullmatch(own.get("r", ""))
            self._column = column_of(found[1]) if found else self._column + 1
            place = own["r"] if found else f"{letters_of(self._column)}{self._row}"
            own = {"r": place} | {key: value for key, value in own.items() if key != "r"}
        written = "".join(f' {key}="{_escaped(value)}"' for key, value in own.items())
        self.written += f"<{tag}{written}>".encode()

    def end(self, name: str) -> None:
        self.written += f"</{_tag(name)}>".encode()

    def text(self, text: str) -> None:
        self.written += _escaped(text).encode("utf-8", "replace")


def _tag(name: str) -> str:
    space, _, local = name.rpartition(_BETWEEN)
    return local if space in _OURS else "other"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def column_of(letters: str) -> int:
    """The number of a column, from 1, of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(column: int) -> str:
    """The letters of a column, whose number counts from 1."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
