"""The parts of a ZIP file (XLSX, DOCX), unpacked within one bound for all of them together."""

from __future__ import annotations

from copy import copy
from zipfile import BadZipFile, ZipFile

from store.foreign_files.refusals import too_large
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BytesIO

_MOST_UNPACKED = 1 << 28
"""The most bytes of all parts together."""

_MOST_PARTS = 10_000

_ENCRYPTED = 0x1
"""The flag of an encrypted part."""

_PIECE = 1 << 16

_TEXT = (".xml", ".rels")
"""How the names of the parts end that are read; pictures and the like are counted by what the file says of them."""


def text_parts(raw: BytesIO, name: str) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of each part that is text, one after the other.

    How large a part is stands in the file, and may be a lie that leads libraries on: each is unpacked to its end.
    Raises: NotAllowed for a file that is too large unpacked; BadZipFile, EOFError, NotImplementedError, OSError,
    RuntimeError, ValueError for one that is no sound ZIP file.
    """
    with ZipFile(raw) as parts:
        listed = parts.infolist()
        unpacked = sum(part.file_size for part in listed)
        if len(listed) > _MOST_PARTS:
            raise too_large(name, tr("has more than {most_parts:,} parts in it", most_parts=_MOST_PARTS))
        if unpacked > _MOST_UNPACKED:
            raise _bomb(name)
        for part in listed:
            if part.flag_bits & _ENCRYPTED:
                raise BadZipFile(tr("it is encrypted"))
            if not part.filename.lower().endswith(_TEXT):
                continue
            unpacked -= part.file_size
            pieces = []
            shortened = copy(part)
            shortened.file_size = _MOST_UNPACKED + 1
            with parts.open(shortened) as unpacking:
                while piece := unpacking.read(_PIECE):
                    unpacked += len(piece)
                    if unpacked > _MOST_UNPACKED:
                        raise _bomb(name)
                    pieces.append(piece)
            data = b"".join(pieces)
            if len(data) != part.file_size:
                raise BadZipFile(tr("{filename} is not as long as the file says", filename=part.filename))
            yield part.filename, data


def _bomb(name: str) -> Exception:
    return too_large(
        name, tr("is larger than {most_unpacked} MB when it is unpacked", most_unpacked=_MOST_UNPACKED >> 20)
    )
