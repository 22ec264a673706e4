"""Parse the names of parties in a cell: one or several, without bullets and numbers; a placeholder is none."""

from __future__ import annotations

from functools import lru_cache
from re import compile as compile_pattern

from store.fold_case_and_accents import fold
from store.imports.answers.parse_answers import word_key
from store.imports.grid.invalid_cell import AdjustedValue
from store.imports.parties.placeholder_parties import NOBODY
from store.sanitise_text import clean_line, visible, without_unseen
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARE = compile_pattern(r"\s*\[\d{1,4}\s?%\]")
"""How much of itself a resource gives, as Microsoft Project writes it behind its name: `UNODC[50%]`."""

_COLOUR = compile_pattern(
    r"\s*\((?:green|yellow|orange|red|purple|blue|sky|lime|pink|black)(?:[_ ](?:light|dark))?\)(?=\s*(?:[,;\r\n]|$))"
)
"""The colour of a label, as Trello writes it behind its name: `UNODC (green)`."""

_LINK = compile_pattern(r"\s*\(https?://[^()\s]*\)")
"""The page of a name, as Notion writes it behind each: `UNODC (https://www.notion.so/...)`."""

_NUMBER = compile_pattern(r"(?:(?<=\s)|^)\(?([1-9])[.)]\s+")
"""The number before a name in a cell that numbers them."""


def names(text: str, meanings: Mapping[str, str] | None = None) -> object:
    """The names in one cell, separated by line breaks or semicolons, without bullets and numbers; nobody is none."""
    if not text.isprintable():
        text = _without_unseen(text)
    meant = meanings.get(word_key(text)) if meanings else None
    if meant is not None and meanings is not None:
        # What is said of the names in the answer counts as well; of the whole cell it is said already.
        whole = word_key(text)
        text, meanings = meant, {word: said for word, said in meanings.items() if word != whole}
    if "%" in text:
        text = _SHARE.sub("", text)
    if meant is None and ")" in text and (plain := without_colours(text)) != text:
        return names(plain, meanings)
    if "://" in text:
        text = _LINK.sub("", text)
    if text[:1].isdigit() or text[:1] == "(":
        text = _in_lines(text)
    parts = text.replace("\r", "\n").replace("\n", ";").split(";")
    if len(parts) == 1 and _is_plain(text):
        return [text] if fold(text) not in NOBODY else _nobody([text])
    written = [each for part in parts if (each := without_bullet(clean_line(part)))]
    if meanings:
        written = [meant for each in written for meant in _meant(each, meanings)]
    found = [each for each in written if fold(each) not in NOBODY]
    if len(found) == len(written):
        return found or None
    return _nobody([each for each in written if fold(each) in NOBODY], found)


_JOINERS = str.maketrans("", "", "\u200c\u200d")
_LAST_UNJOINED = "\u052f"


def _without_unseen(text: str) -> str:
    """Take out what nobody sees; behind a bullet a joiner joins nothing, unless letters of such a script are there."""
    text = without_unseen(text)
    has_joined = any(letter.isalpha() and letter > _LAST_UNJOINED for letter in text)
    return text if has_joined else text.translate(_JOINERS)


def _in_lines(text: str) -> str:
    """A cell that numbers its names, each in a line: `1. UNODC 2. IOM`."""
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) < 2 or [int(each[1]) for each in numbers] != list(range(1, len(numbers) + 1)):
        return text
    ends = [*(each.start() for each in numbers[1:]), len(text)]
    return "\n".join(text[each.end() : end].strip(" ,") for each, end in zip(numbers, ends, strict=True))


def without_colours(text: str) -> str:
    """Labels without their colours: `UNODC (green), urgent (red)` is `UNODC, urgent`."""
    return _COLOUR.sub("", text)


def _meant(name: str, meanings: Mapping[str, str]) -> list[str]:
    said = meanings.get(word_key(name))
    return [name] if said is None else list(filter(None, map(clean_line, said.split(";"))))


def _nobody(names: list[str], others: list[str] | None = None) -> AdjustedValue:
    return AdjustedValue(others or None, tr('"{names}" is nobody', names=visible("; ".join(names))[:60]))


def name(text: str) -> object:
    """The one name in a cell; nobody is none."""
    found = without_bullet(clean_line(text))
    return found if fold(found) not in NOBODY else _nobody([found])


@lru_cache(maxsize=512)
def _is_plain(text: str) -> bool:
    """Whether a text is one name without a bullet or number before it, as it stands."""
    if not text[:1].isalpha() or text[1:2] in (")", ".") or clean_line(text) != text:
        return False
    return text[0] not in _FIRST_OF_NUMBERS or without_bullet(text) == text


_BULLETS = (
    "\u2022\u00b7\u25aa\u25ab\u2023\u25e6\u25cf\u25cb\u25a0\u25a1\u27a2\u27a4\u2713\u2714\uf0b7*>-\u2013\u2014"
    "\u2219\u2192\u21d2\u25ba\u25b6\u25b8\u25c6\u25c7\u2605\u2606\u2717\u2718\u2610\u2611\u2612\u2705\u274c\u2b1c\ufe0f\uf0a7\uf0d8\uf0fc"
)
"""Bullets, check marks and boxes, also those that programs have in their own fonts."""

_FIRST_OF_NUMBERS = "IVXivxNn"

_NUMBERING = compile_pattern(
    r"(?:\[[ xX\u2713\u2714vV+-]?\]\s*"
    r"|(?:\u2116|(?i:no\.|nr\.|n[\u00ba\u00b0]|#))\s*\d{1,3}(?:\.\d{1,3})*(?:[.):]\s*|\s+)"
    r"|[(\[]?\d{1,3}(?:\.\d{1,3})*(?:[.)\]]+\s*(?=[^\W\d])|[.)\]]+\s+)|\d{1,3}(?:\.\d{1,3})+\s+(?=[^\W\d])"
    r"|[(\[](?:[^\W\d_]|[ivx]{1,5}|[IVX]{1,5})[)\]]\s*|(?:[^\W\d_]|[ivx]{1,5}|[IVX]{1,5})\)\s*"
    r"|(?:[a-z\u0430-\u044f]|[ivx]{1,5}|[IVX]{2,5})\.\s+)(?=\S)"
)
"""The number of a list, its letter or its check box before a name: `1.2.`, `1.1)`, `(a)`, `iv.`, `No. 1`, `[x]`."""


def without_bullet(name: str) -> str:
    """A name without the bullets, numbers and check boxes of a list before it: `1) UNODC`, `b. UNODC`, `- UNODC`."""
    for _ in range(_MOST_NUMBERS):
        before = name
        name = _without_number(name.lstrip(_BULLETS + " "))
        if name == before:
            break
    return name


_MOST_NUMBERS = 3


def _without_number(name: str) -> str:
    found = _NUMBERING.match(name)
    return name[found.end() :] if found is not None else name
