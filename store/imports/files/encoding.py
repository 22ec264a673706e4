"""Detect the encoding of a file and decode it; two that fit equally well are refused, never guessed between."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise

from store.errors import UsageError
from store.imports.headings.heading_synonyms import field_of
from store.nearest_word import did_you_mean
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

KNOWN = ("utf-8", "utf-16", "cp1251", "cp1252", "mac_roman", "koi8-r", "cp866", "mac_cyrillic", "cp850", "cp437")
"""The encodings that offices write lists in: Windows, Mac and DOS, Latin and Russian."""

_BYTES = ("cp1251", "cp1252", "mac_roman", "koi8-r", "mac_cyrillic", "cp866")
"""The single-byte ones, in which nearly any file can be decoded."""

_OF_DOS = ("cp850", "cp437")
"""What Excel writes as *CSV (MS-DOS)*."""

_OF_WINDOWS = ("cp1251", "cp1252")
"""What nearly all lists with a few signs are in: the encodings of DOS are no rivals of theirs."""

_MAY_BE_LETTER = r"(?<=[^\W\d_])[\u00a0\u2026]|(?<= )\u2026 "
"""Signs of Windows that are á and à in DOS."""

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

_STRANGE = frozenset("ђѓљњћќџјѕЂЃЉЊЋЌЏЈЅ√∞≤≥≈≠∫∂∑∏πΩ◊∆ƒ¬\u02c6\u02dc\u00b5\u00feΓΘΣΦαδστφε") | {
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
        known = did_you_mean(encoding, KNOWN) or tr(": it is one of {known}", known=", ".join(KNOWN))
        sentence = tr('there is no encoding "{encoding}"{known}', encoding=visible(encoding), known=known)
        raise UsageError(sentence, code="import.encoding-unknown", field="encoding") from None
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UsageError(
            tr(
                "{name} is not in {encoding}: line {line} holds what that encoding has not",
                name=visible(name),
                encoding=encoding,
                line=line,
            ),
            code="import.not-in-encoding",
            field="encoding",
            values={"likely": tr(" or ").join(_BYTES[:2])},
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
    encodings = () if b"\0" in raw else (*_BYTES, *_OF_DOS)
    fitting = {encoding: raw.decode(encoding) for encoding in encodings if _fits(raw, encoding)}
    if not fitting:
        raise UsageError(
            tr(
                "{name} is no text in any encoding that is known here ({known}): save it as CSV UTF-8",
                name=visible(name),
                known=", ".join(KNOWN),
            ),
            code="import.no-encoding",
            field="encoding",
        )
    # Decoded wrongly, nothing is known.
    best, *rivals = _likely(raw, _usual(_most(_most(fitting, known_words), lambda text: -_unlikely(text))))
    if rivals:
        one, _ = _first_difference(fitting[best], fitting[rivals[0]])
        others = [
            tr(
                '{encoding} ("{word}")',
                encoding=rival,
                word=visible(_first_difference(fitting[best], fitting[rival])[1]),
            )
            for rival in rivals
        ]
        raise UsageError(
            tr(
                '{name} can be in {best} ("{one}") or in {others}: name the encoding, one of {known}',
                name=visible(name),
                best=best,
                one=visible(one),
                others=tr(" or ").join(others),
                known=", ".join(KNOWN),
            ),
            code="import.encodings-alike",
            field="encoding",
        )
    return best


def _most(texts: Mapping[str, str], measure: Callable[[str], int]) -> dict[str, str]:
    """Those encodings that most of these texts have, each text counted once."""
    measured = {encoding: measure(text) for encoding, text in texts.items()}
    most = max(measured.values())
    found: dict[str, str] = {}
    for encoding, text in texts.items():
        if measured[encoding] == most and text not in found.values():
            found[encoding] = text
    return found


def _usual(texts: Mapping[str, str]) -> Mapping[str, str]:
    """Of encodings that fit alike those that are not of DOS, where one of Windows is one of them.

    Where a letter of DOS may be a blank or dots there, nobody can tell.
    """
    of_windows = [text for encoding, text in texts.items() if encoding in _OF_WINDOWS]
    if not of_windows or any(re.search(_MAY_BE_LETTER, text) for text in of_windows):
        return texts
    return {encoding: text for encoding, text in texts.items() if encoding not in _OF_DOS}


def _likely(raw: bytes, texts: Mapping[str, str]) -> list[str]:
    """Of several encodings the one whose letters are as frequent as in a language, and its rivals.

    Of few letters nobody can tell.
    """
    if (
        len(texts) == 1
        or not texts.keys().isdisjoint(_OF_DOS)
        or sum(each >= _FIRST_OF_OTHERS for each in raw[:_ENOUGH]) < _FEW
    ):
        return list(texts)
    import chardet

    found = chardet.detect_all(
        raw, ignore_threshold=True, include_encodings=_BYTES, compat_names=False, max_bytes=_ENOUGH
    )
    names = {codecs.lookup(name).name: name for name in _BYTES}
    scores = {
        names[codecs.lookup(each["encoding"]).name]: float(each["confidence"]) for each in found if each["encoding"]
    }
    in_order = sorted(texts, key=lambda encoding: scores.get(encoding, 0.0), reverse=True)
    best = in_order[0]
    rivals = [other for other in in_order[1:] if scores.get(other, 0.0) >= _NEAR * scores.get(best, 0.0)]
    if not rivals and _has_no_capitals(texts[best]):
        rivals = [other for other in in_order[1:] if {best, other} in _SWAPPED]
    return [best, *rivals]


def _unlikely(text: str) -> int:
    """How much in a text no office writes: signs, words of two scripts, capitals behind small letters.

    A list that is mostly English has few other letters, too few to measure how frequent they are.
    """
    count = sum(each in _STRANGE or not (each.isascii() or each.isalnum() or each in _SIGNS) for each in text)
    words = "".join([each if each.isalpha() or each in _STRANGE else " " for each in text]).split()
    others = [word for word in words if not word.isascii()]
    lone = 0
    if not any(len(word) > 1 and word[1] >= _CYRILLIC for word in others):
        # No word of a list in English is one Cyrillic letter, which signs become.
        lone = sum(len(word) == 1 and word >= _CYRILLIC for word in others)
    inside = 0 if text.isascii() else len(re.findall(_SIGN_IN_WORD, text))
    return 2 * count + lone + inside + sum(map(_is_unlikely, others))


_SIGN_IN_WORD = (
    r"(?<=[^\W\d_])[\u201c\u201d\u201e\u2018\u2022\u00b0\u00ab\u00bb\u00bf\u00a1\u00a3\u00a5\u00a7\u00b7\u00b9\u00b2\u00b3\u00bc-\u00be\u00d7](?=[^\W\d_])"
    r"|(?<=[^\W\d_])[\u201a\u00b1\u00a3](?!\d)|(?<=[^\W\d_aeiouäöü])\u00df"
)
"""Signs inside of words, or behind them, which letters become: `Tom‚`, `contr“le`, `a±o`; and ß behind a consonant."""

_CYRILLIC = "\u0400"
_FIRST_OF_OTHERS = 0x80
_FEW = 40
"""Bytes that are not ASCII: with fewer, frequencies tell nothing."""


def _is_unlikely(word: str) -> bool:
    others = [each for each in word if not each.isascii()]
    is_cyrillic = any("\u0400" <= each < "\u0500" for each in others)
    if is_cyrillic and len(others) < len(word):
        return True
    if not is_cyrillic and len(word) > 1 and len(others) == len(word):
        return True
    if not is_cyrillic and (word in _NO_WORDS or word[0] in "ìîÌÎ" or word[-1] in "îìÎÌ" or _has_tail(word)):
        return True
    return any(each.isupper() and not each.isascii() and last.islower() for last, each in pairwise(word)) or (
        len(word) > 1 and word[0].islower() and word[1:].isupper()
    )


def _has_tail(word: str) -> bool:
    """Whether other small letters follow capitals: `UNODCís` is `UNODC’s`."""
    return len(word) > _CAPITALS and word[:_CAPITALS].isupper() and any(not e.isascii() and e.islower() for e in word)


_CAPITALS = 2
_NO_WORDS = frozenset("ñÑîÎìÌëËçÇõÕïÏêÊâÂäÄåÅæÆœŒßÿŸ")
"""Letters that are no word alone, but which dashes and quotes become."""

_SIGNS = frozenset(
    "\u201c\u201d\u2018\u2019\u201e\u201a\u2013\u2014\u2026\u2022\u20ac\u00b0\u00ab\u00bb\u00bf\u00a1\u2116\u00a0\u00a7\u00ba\u00aa\u00b7"
    "\u00a3\u00a5\u00a9\u00ae\u2122\u00b1\u00d7"
)
"""Signs that offices write beside letters and digits."""


def _known_headings(text: str) -> int:
    """The number of known headings in the first lines; a letter alone is none, which any other one becomes."""
    lines = text[:_HEAD].splitlines()[:_LINES_OF_HEAD]
    cells = [cell.strip(' "') for line in lines for cell in line.translate(_SEPARATORS).split(",")]
    return sum(sum(map(str.isalnum, cell)) > 1 and field_of(cell) is not None for cell in cells)


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
