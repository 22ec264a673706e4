"""Fold a text for comparison, without case and accents, and split it into words."""

from __future__ import annotations

_CYRILLIC_BYTES = bytes((*range(0xC0), *range(0xD0, 0xD4)))
"""The bytes of unaccented Latin and Cyrillic in UTF-8: such text folds to itself, except ё and the backtick."""

_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bb\u02bc\u0060\u00b4\u2032\u201b\uff07"), "'")
_JOINED_LETTERS = str.maketrans({"ё": "е", "ø": "o", "đ": "d", "ł": "l", "ı": "i"})


def fold(text: str) -> str:
    """Fold a text for comparison: no case, no Latin accents, ё as е (but й stays), one apostrophe."""
    if text.isascii():
        return text.lower().replace("`", "'")
    text = text.casefold()
    if not text.encode(errors="surrogatepass").translate(None, _CYRILLIC_BYTES):
        return text.replace("`", "'").replace("ё", "е")
    import unicodedata

    out: list[str] = []
    for character in unicodedata.normalize("NFC", text.translate(_APOSTROPHES)):
        if character < "\u0250" or "\u1e00" <= character <= "\u1eff":
            base = unicodedata.normalize("NFD", character)
            out.append("".join(c for c in base if not unicodedata.combining(c)))
        else:
            out.append(character)
    return "".join(out).translate(_JOINED_LETTERS)


def spaced(text: str) -> str:
    """A text with a blank before each capital inside of a word, as programs write names: `dueDate` is `due Date`."""
    if text.islower() or text.isupper():
        return text
    pairs = zip(f" {text}", text, strict=False)
    return "".join([f" {each}" if each.isupper() and last.islower() else each for last, each in pairs])


def words(folded: str) -> list[str]:
    """Split folded text into words at blanks and punctuation; an apostrophe is a letter."""
    return "".join(c if c.isalnum() or c == "'" else " " for c in folded).split()
