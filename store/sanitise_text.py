"""Sanitising of typed text on its way in and out.

Text that is shown or stored holds only printable characters, the blank, and the two joiners that scripts need.
On its way in it loses what nobody sees (zero-width characters, soft hyphens, bidi marks and overrides); everything else
that does not print (controls, escape sequences) is escaped as `\\x1b`, and on its way out what nobody sees is escaped
too, as `\\u202e`: CVE-2024-52005 shows why a list must not pass them on. Source: docs/rules.md, Texts.
"""

from __future__ import annotations

_JOINERS = "\u200c\u200d"
_LAST_UNJOINED = "\u052f"
"""The end of the Latin, Greek and Cyrillic letters, which joiners change nothing of: two names would look the same."""

_MAX_MARKS = 4
"""Combining marks kept on one base character; more of them climb over the lines above."""
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U0001d159\U00016fe4"
"""Invisible characters that count as printable: two names would look the same."""

_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Format characters that are seen: they stand under or before numbers."""

_PLAIN_BYTES = bytes(sorted({*range(0x20, 0x7F), *range(0x80, 0xD6), 0xE2} - {0xCC, 0xCD}))
"""The bytes of Latin, Greek, Cyrillic, punctuation and signs in UTF-8; not of the combining marks U+0300 to U+036F."""

_MARKS = (*range(0x483, 0x48A), *range(0x20D0, 0x2100), *range(0x2CEF, 0x2CF2), 0x2D7F, *range(0x2DE0, 0x2E00))
_DOUBTFUL = frozenset(map(chr, (*_MARKS, 0x2800)))
"""The combining marks, and the blank of Braille, whose bytes are plain as well, the first being D2 or E2."""


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _is_plain(text: str) -> bool:
    """Whether a text certainly needs no escaping."""
    return text.isprintable() and _is_of_plain_letters(text)


def _is_of_plain_letters(text: str) -> bool:
    """The same of a text that is printable; checking bytes is quicker than characters."""
    raw = text.encode()
    if raw.translate(None, _PLAIN_BYTES):
        return False
    return (b"\xd2" not in raw and b"\xe2" not in raw) or _DOUBTFUL.isdisjoint(text)


def _is_unseen(character: str, category: str) -> bool:
    """Whether nobody sees a character, and no line, word or letter ends with it."""
    return character in _UNSEEN or (category == "Cf" and character not in _SIGNS)


def _escape_unprintable(text: str, kept: str, *, drops_unseen: bool = False) -> str:
    if _is_plain(text):
        return text
    import unicodedata

    out: list[str] = []
    marks = 0
    before = ""
    for character in text:
        category = unicodedata.category(character)
        shown = (character.isprintable() and character not in _UNSEEN) or character in kept
        if character in _JOINERS and before <= _LAST_UNJOINED:
            shown = False
        if drops_unseen and not shown and _is_unseen(character, category):
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks > _MAX_MARKS:
            continue
        before = character if shown else ""
        out.append(character if shown else _escape(character))
    return "".join(out)


def visible(text: str) -> str:
    """Sanitise a text for one line of a terminal: nothing in it can move, colour or hide anything.

    A line break becomes `⏎`, any other unprintable character its escape. Idempotent.
    """
    if (text.isascii() and text.isprintable()) or _is_plain(text):
        return text
    text = text.replace("\r\n", "\n").replace("\n", "⏎").replace("\t", " ")
    return _escape_unprintable(text, _JOINERS)


def visible_lines(text: str) -> list[str]:
    """The same for a text of several lines: one string for each."""
    return [visible(line) for line in text.replace("\r\n", "\n").split("\n")]


def clean_line(text: str) -> str:
    """Sanitise the text of a one-line field: white space collapses to one blank, and what nobody sees goes."""
    # Of all white space, only the blank prints.
    if not text.isprintable() or "  " in text:
        text = " ".join(text.split())
        return text if _is_plain(text) else _without_unseen_in_line(text)
    text = text.strip()
    return text if text.isascii() or _is_of_plain_letters(text) else _without_unseen_in_line(text)


def _without_unseen_in_line(text: str) -> str:
    """Sanitise a line; two blanks may meet where something between them went."""
    return " ".join(_escape_unprintable(text, _JOINERS, drops_unseen=True).split())


def clean_text(text: str) -> str:
    """Sanitise the text of a note or a quote: line breaks stay, what nobody sees and white space at the ends go."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _escape_unprintable(text, _JOINERS + "\n", drops_unseen=True).strip()


def without_unseen(text: str) -> str:
    """A text without what nobody sees; all else stays as it is, controls too."""
    if _is_plain(text):
        return text
    import unicodedata

    out: list[str] = []
    for character in text:
        joins = character in _JOINERS and bool(out) and out[-1] > _LAST_UNJOINED
        if joins or not _is_unseen(character, unicodedata.category(character)):
            out.append(character)
    return "".join(out)
