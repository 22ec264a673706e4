"""Parse the names of parties in a cell: one or several, without bullets and numbers; a placeholder is none."""

from __future__ import annotations

from re import compile as compile_pattern

from store.imports.answers.parse_answers import word_key
from store.imports.grid.invalid_cell import AdjustedValue
from store.imports.parties.placeholder_parties import NOBODY
from store.text import clean_line, fold, visible
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

_NUMBER = compile_pattern(r"(?:(?<=\s)|^)\(?([1-9])[.)]\s+")
"""The number before a name in a cell that numbers them."""


def names(text: str, meanings: Mapping[str, str] | None = None) -> object:
    """The names in one cell, separated by line breaks or semicolons, without bullets and numbers; nobody is none."""
    meant = meanings.get(word_key(text)) if meanings else None
    if meant is not None and meanings is not None:
        # What is said of the names in the answer counts as well; of the whole cell it is said already.
        whole = word_key(text)
        text, meanings = meant, {word: said for word, said in meanings.items() if word != whole}
    if "%" in text:
        text = _SHARE.sub("", text)
    if meant is None and ")" in text and (plain := without_colours(text)) != text:
        return names(plain, meanings)
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


def _is_plain(text: str) -> bool:
    """Whether a text is one name without a bullet or number before it, as it stands."""
    return text[:1].isalpha() and text[1:2] not in (")", ".") and clean_line(text) == text


_BULLETS = "\u2022\u00b7\u25aa\u25ab\u2023\u25e6\u25cf\u25cb\u25a0\u25a1\u27a2\u27a4\u2713\u2714\uf0b7*>-\u2013\u2014"


def without_bullet(name: str) -> str:
    """A name without the bullet or the number of a list before it: `1) UNODC`, `b. UNODC`, `- UNODC`."""
    name = name.lstrip(_BULLETS + " ")
    number, _, rest = name.partition(" ")
    mark = number[-1:]
    inside = number[:-1].removeprefix("(")
    is_number = inside.isdigit() or (len(inside) == 1 and (mark == ")" or inside.islower()))
    if rest and mark and mark in ".)" and is_number:
        return rest.strip()
    if name[:1].isdigit() and (at := name.find(")")) > 0 and name[:at].isdigit():
        return name[at + 1 :].strip()
    return name
