"""Files that are small on the disk and large in memory, or that libraries break on: each is made by a function here."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from itertools import chain
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

_PARTS = {
    "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_TYPES}"><Default Extension="xml" ContentType="application/xml"/>'
    "</Types>",
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_RELS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_RELS}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/workbook.xml": f'{_HEAD}<workbook {_NS} xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>',
}
"""Path -> XML of the parts that every workbook here has."""

Content = str | Iterable[str]

_MEGABYTE = "a" * (1 << 20)


def workbook(parts: Mapping[str, Content]) -> bytes:
    """A workbook of these parts and the usual ones; the content of a part can come in pieces."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for path, content in {**_PARTS, **parts}.items():
            head = ZipInfo(path)
            head.compress_type = ZIP_DEFLATED
            with archive.open(head, "w") as part:
                for piece in [content] if isinstance(content, str) else content:
                    part.write(piece.encode())
    return file.getvalue()


def sheet(cells: Iterable[str], dimension: str = "") -> Iterator[str]:
    """The XML of a sheet with these rows of cells."""
    yield f"{_HEAD}<worksheet {_NS}>{dimension}<sheetData>"
    for number, row in enumerate(cells, 1):
        yield f'<row r="{number}">{row}</row>'
    yield "</sheetData></worksheet>"


def strings(texts: Iterable[str], count: str = "") -> Iterator[str]:
    """The XML of the shared strings, which the cells refer to by their place."""
    yield f"{_HEAD}<sst {_NS}{count}>"
    yield from texts
    yield "</sst>"


def shared_string(megabytes: int = 20, references: int = 3_000) -> bytes:
    """A workbook of some ten kilobytes whose cells all show the same long text."""
    rows = (f'<c r="A{number}" t="s"><v>0</v></c>' for number in range(1, references + 1))
    return workbook({
        "xl/sharedStrings.xml": strings(["<si><t>", *[_MEGABYTE] * megabytes, "</t></si>"]),
        "xl/worksheets/sheet1.xml": sheet(rows),
    })  # fmt: skip


def long_cell(megabytes: int = 300) -> bytes:
    """A workbook with one cell of that length."""
    text = [f'{_HEAD}<worksheet {_NS}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>']
    end = "</t></is></c></row></sheetData></worksheet>"
    return workbook({"xl/worksheets/sheet1.xml": [*text, *[_MEGABYTE] * megabytes, end]})


def many_strings_declared() -> bytes:
    """A workbook that says it has four billion texts, for which a library makes room at once."""
    return workbook({
        "xl/sharedStrings.xml": strings(["<si><t>a</t></si>"], ' count="4000000000" uniqueCount="4000000000"'),
        "xl/worksheets/sheet1.xml": sheet(['<c r="A1" t="s"><v>0</v></c>']),
    })  # fmt: skip


def long_sheet(rows: int = 3_000_000) -> bytes:
    """A workbook whose sheet has that many rows, each with a cell without a place."""
    pieces = ("<row><c><v>1</v></c></row>" * 1000 for _ in range(rows // 1000))
    return workbook({"xl/worksheets/sheet1.xml": chain(
        [f"{_HEAD}<worksheet {_NS}><sheetData>"], pieces, ["</sheetData></worksheet>"]
    )})  # fmt: skip


def many_parts(parts: int = 27, megabytes: int = 10) -> bytes:
    """A workbook of many sheets, none of which is large alone."""
    return workbook({f"xl/worksheets/sheet{number}.xml": [_MEGABYTE] * megabytes for number in range(1, parts + 1)})


def lying_size(megabytes: int = 260) -> bytes:
    """A workbook whose directory says that its sheet is small."""
    raw = bytearray(workbook({"xl/worksheets/sheet1.xml": [_MEGABYTE] * megabytes}))
    for at, field in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = raw.rindex(at, 0, raw.rindex(b"xl/worksheets/sheet1.xml") if at == b"PK\x01\x02" else len(raw))
        raw[place + field : place + field + 4] = struct.pack("<I", 1000)
    return bytes(raw)


def commas(megabytes: int = 50) -> bytes:
    """A CSV file of nothing but commas, in one line."""
    return b"," * (megabytes << 20)


def short_rows(megabytes: int = 50) -> bytes:
    """A CSV file of rows with three empty cells each."""
    return b"Title,By,To\n" + b",,\n" * ((megabytes << 20) // 3)


def nested_json(depth: int = 1_000_000) -> bytes:
    """A JSON file of lists in lists."""
    return b"[" * depth + b"]" * depth


def many_keys(items: int = 3_000, keys: int = 100) -> bytes:
    """A JSON list of objects of which each has keys of its own."""
    return json.dumps([{f"key {item} {key}": 1 for key in range(keys)} for item in range(items)]).encode()


def folded_lines(lines: int = 1_000_000) -> bytes:
    """A calendar with a to-do whose title is folded into that many lines."""
    head = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:x"
    return head + b"\r\n a" * lines + b"\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"


BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "shared string": ("x.xlsx", shared_string),
    "long cell": ("x.xlsx", long_cell),
    "many strings told": ("x.xlsx", many_strings_declared),
    "long sheet": ("x.xlsx", long_sheet),
    "many parts": ("x.xlsx", many_parts),
    "lying size": ("x.xlsx", lying_size),
    "commas": ("x.csv", commas),
    "short rows": ("x.csv", short_rows),
    "nested JSON": ("x.json", nested_json),
    "many keys": ("x.json", many_keys),
    "folded lines": ("x.ics", folded_lines),
}
"""Name -> the name of the file, and what makes it."""
