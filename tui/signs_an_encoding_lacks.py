"""Replaces characters that the encoding of a terminal lacks: a plain sign for a typographic one, else an escape.

A Russian sentence has «quotation marks», a dash and № in it, and KOI8-R has none of the three.
"""

from __future__ import annotations

import codecs

_PLAIN = {
    **dict.fromkeys("«»„“”", '"'),
    **dict.fromkeys("‘’", "'"),
    **dict.fromkeys("—–‑−─", "-"),
    **dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}", " "),
    "№": "N",
    "…": "...",
    "→": "->",
    "↔": "<->",
    "·": "-",
    "•": "*",
    "│": "|",
    "■": "*",
    "▌": "#",
}


def encoded(text: str, encoding: str) -> bytes:
    """Encode a text for a terminal; what has no plain sign is written out as an escape."""
    return text.encode(encoding, _ESCAPED)


def encoded_in_columns(text: str, encoding: str) -> bytes:
    """The same where each character has to keep its column: what has no plain sign is a question mark."""
    return text.encode(encoding, _OF_ONE_COLUMN)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_PLAIN.get(each) or each.encode("ascii", "backslashreplace").decode() for each in lacking), error.end


def _of_one_column(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_PLAIN.get(each, "?")[0] for each in error.object[error.start : error.end]), error.end


_ESCAPED, _OF_ONE_COLUMN = "followup-escaped", "followup-of-one-column"
codecs.register_error(_ESCAPED, _escaped)
codecs.register_error(_OF_ONE_COLUMN, _of_one_column)
