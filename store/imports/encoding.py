"""Detect the encoding of a file and decode it; two that fit equally well are refused, never guessed between."""

from __future__ import annotations

import codecs

from store.did_you_mean import did_you_mean
from store.errors import UsageError
from store.imports.headings import field_of
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN = ("utf-8", "utf-16", "cp1251", "cp1252", "mac_roman", "koi8-r", "cp866", "mac_cyrillic")
"""The encodings that offices write lists in: Windows, Mac and DOS, Latin and Russian."""

_BYTES = ("cp1251", "cp1252", "mac_roman", "koi8-r", "cp866", "mac_cyrillic")
"""The single-byte ones, in which nearly any file can be decoded."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_NEAR = 0.97
"""From this share of the best score on, another encoding is a rival.

Measured on tables of 2 to 90 rows: right answers lay at 0.96 and below, wrong ones at 0.98 and above."""

_SWAPPED = ({"cp1251", "koi8-r"}, {"mac_cyrillic", "koi8-r"})
"""Encodings of which one has capitals where the other has small letters: a list all in capitals fits the wrong one."""

_STRANGE = frozenset("ђѓљњћќџЂЃЉЊЋЌЏ√∞≤≥≈≠∫∂∑∏πΩ◊∆ƒ¬") | {
    chr(code) for code in (*range(0x80, 0xA0), *range(0x2500, 0x25A0))
}
"""Characters that no list of an office has, and that letters turn into when decoded wrongly."""

_ENOUGH = 200_000
"""The most bytes that the detector reads."""

_HEAD, _LINES_OF_HEAD = 20_000, 20
"""Characters and lines in which headings are looked for."""

_SEPARATORS = str.maketrans(";\t|", ",,,")


def decode(
    raw: bytes, name: str, encoding: str | None = None, known_words: Callable[[str], int] | None = None
) -> tuple[str, str]:
    """Decode a file called `name`. Returns its text and its encoding: the given one, else the detected one.

    `known_words` counts what is known in a text, decoded rightly; of a list these are its headings.

    Raises: UsageError when no encoding fits, several fit equally well, or the given one does not fit.
    """
    if encoding is not None:
        return _decode_as(raw, name, encoding), encoding
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            return _decode_as(raw, name, marked), marked.removesuffix("-sig")
    wide = _unmarked_utf16(raw)
    if wide and _fits(raw, wide):
        return _decode_as(raw, name, wide), wide
    try:
        if b"\0" not in raw:
            return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    guess = _detect(raw, name, known_words or _known_headings)
    return raw.decode(guess), guess


def _decode_as(raw: bytes, name: str, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except LookupError:
        known = did_you_mean(encoding, KNOWN) or f": it is one of {', '.join(KNOWN)}"
        sentence = f'there is no encoding "{visible(encoding)}"{known}'
        raise UsageError(sentence, code="import.encoding-unknown", field="encoding") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(
            f"{visible(name)} is not in {encoding}: line {line} holds what that encoding has not",
            code="import.not-in-encoding",
            field="encoding",
            values={"likely": " or ".join(_BYTES[:2])},
        ) from None
    return text.removeprefix("\ufeff")


_RARER = 10
"""Factor by which zeros at even and odd offsets differ in UTF-16 text; in binary data they are anywhere."""


def _unmarked_utf16(raw: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark: every other byte of its blanks, digits and line ends is zero."""
    start = raw[:4096]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if even + odd == 0 or len(raw) % 2:
        return None
    if min(even, odd) * _RARER > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _detect(raw: bytes, name: str, known_words: Callable[[str], int]) -> str:
    import chardet

    found = chardet.detect_all(
        raw, ignore_threshold=True, include_encodings=_BYTES, compat_names=False, max_bytes=_ENOUGH
    )
    names = {codecs.lookup(name).name: name for name in _BYTES}
    candidates = [
        (names[codecs.lookup(each["encoding"]).name], float(each["confidence"])) for each in found if each["encoding"]
    ]
    fitting = [(encoding, score) for encoding, score in candidates if _fits(raw, encoding)]
    if not fitting or b"\0" in raw:
        raise UsageError(
            f"{visible(name)} is no text in any encoding that is known here ({', '.join(KNOWN)}): save it as CSV UTF-8",
            code="import.no-encoding",
            field="encoding",
        )
    best, score = fitting[0]
    rivals = [other for other, its in fitting[1:] if its >= _NEAR * score and raw.decode(other) != raw.decode(best)]
    if not rivals and _has_no_capitals(raw.decode(best)):
        rivals = [other for other, _ in fitting[1:] if {best, other} in _SWAPPED]
    if not rivals and not _STRANGE.isdisjoint(raw.decode(best)):
        rivals = [other for other, _ in fitting[1:] if _STRANGE.isdisjoint(raw.decode(other))]
    if rivals:
        readable = {encoding: known_words(raw.decode(encoding)) for encoding in (best, *rivals)}
        best, *rivals = sorted(readable, key=readable.__getitem__, reverse=True)
        rivals = [other for other in rivals if readable[other] == readable[best]]
    if rivals:
        one, other = _first_difference(raw.decode(best), raw.decode(rivals[0]))
        raise UsageError(
            f'{visible(name)} can be in {best} ("{visible(one)}") or in {rivals[0]} ("{visible(other)}"): '
            f"name the encoding, one of {', '.join(KNOWN)}",
            code="import.encodings-alike",
            field="encoding",
        )
    return best


def _known_headings(text: str) -> int:
    """The number of known headings in the first lines: decoded wrongly, none is known."""
    lines = text[:_HEAD].splitlines()[:_LINES_OF_HEAD]
    cells = [cell.strip(' "') for line in lines for cell in line.translate(_SEPARATORS).split(",")]
    return sum(field_of(cell) is not None for cell in cells)


def _has_no_capitals(text: str) -> bool:
    letters = {letter for letter in text if not letter.isascii()}
    return any(map(str.islower, letters)) and not any(map(str.isupper, letters))


def _fits(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _first_difference(one: str, other: str) -> tuple[str, str]:
    """The first word in which two decodings of the same bytes differ, in both."""
    place = next(place for place, (mine, its) in enumerate(zip(one, other, strict=True)) if mine != its)
    begin = max((one.rfind(mark, 0, place) + 1 for mark in ' \n\r\t,;|"'), default=0)
    end = min(found for mark in ' \n\r\t,;|"' if (found := (one + mark).find(mark, place)) >= 0)
    return one[begin:end][:40], other[begin:end][:40]
