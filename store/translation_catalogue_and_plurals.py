"""The catalogues of translations: `locale/XX/LC_MESSAGES/followup.mo`, which `make catalogue` compiles.

`gettext` of the standard library parses a whole catalogue before the first text is asked for, and brings `re`: together
more than half of a bare interpreter's start, which the quick check has not got. This reads the same format, finds where
each message stands, and decodes the few that are asked for.
"""

from __future__ import annotations

import os
import struct

from store.translation import ENGLISH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

AUTO = "auto"
"""In the place of a language: that of the locale."""

DOMAIN = "followup"
"""The name of the catalogues."""

_FOLDER = os.path.join(os.path.dirname(__file__), "locale")

_LITTLE_ENDIAN = b"\xde\x12\x04\x95"
_CONTEXT = "\x04"
_FORM = "\0"
"""What stands behind the context of a message, and between its forms."""


class Catalogue:
    """The translations of one language; missing ones stay English."""

    __slots__ = ("_data", "_form", "_places", "_texts", "language")

    def __init__(self, language: str, data: bytes) -> None:
        """`data` are the bytes of a `.mo` file (GNU gettext, "The Format of GNU MO Files")."""
        self.language = language
        self._data = data
        order = "<" if data[:4] == _LITTLE_ENDIAN else ">"
        count, at_ids, at_texts = struct.unpack_from(f"{order}3I", data, 8)
        ids = struct.unpack_from(f"{order}{2 * count}I", data, at_ids)
        texts = struct.unpack_from(f"{order}{2 * count}I", data, at_texts)
        self._places = {
            data[start : start + length]: place
            for length, start, place in zip(ids[::2], ids[1::2], zip(texts[::2], texts[1::2], strict=True), strict=True)
        }
        self._texts: dict[str, str] = {}
        self._form: Callable[[int], int] | None = None

    def text(self, text: str, context: str = "") -> str:
        """The translation of a text, or the text."""
        if not text:
            return ""  # In a catalogue the header stands there.
        key = f"{context}{_CONTEXT}{text}" if context else text
        found = self._texts.get(key)
        if found is None:
            found = self._texts[key] = self._found(key) or text
        return found

    def plural(self, one: str, many: str, number: int) -> str:
        """The translation of a text in the form that goes with a number; a catalogue without it has the English one."""
        forms = self.text(f"{one}{_FORM}{many}").split(_FORM)
        if self._form is None:
            # An expression in C. The standard parser of it takes half of a bare start, and `status --short` has none.
            from gettext import c2py

            header = self._found("")
            self._form = c2py(header.partition("plural=")[2].partition(";")[0] or "n != 1")
        place = self._form(number)
        if forms == [one, many]:
            return one if number == 1 else many
        return forms[min(place, len(forms) - 1)]

    def _found(self, key: str) -> str:
        place = self._places.get(key.encode())
        return "" if place is None else self._data[place[1] : place[1] + place[0]].decode()


def _path_of(language: str) -> str:
    return os.path.join(_FOLDER, language, "LC_MESSAGES", f"{DOMAIN}.mo")


def languages() -> list[str]:
    """The languages that the program and its papers have: English, and every folder with a catalogue."""
    return [ENGLISH, *sorted(name for name in os.listdir(_FOLDER) if os.path.isfile(_path_of(name)))]


def load_catalogue(language: str) -> Catalogue | None:
    """Load the catalogue of one of the `languages`; None for English, whose texts are in the code."""
    if language == ENGLISH:
        return None
    with open(_path_of(language), "rb") as file:
        return Catalogue(language, file.read())
