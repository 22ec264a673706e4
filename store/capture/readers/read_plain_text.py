"""Reads plain text (TXT, Markdown): its encoding, without a byte order mark, with line feeds."""

from __future__ import annotations

import re

from store.capture.readers import text_refusals_and_warnings
from store.errors import UsageError

_FREQUENT = re.compile(r"\b(?:и|в|на|с|по|для|не|что|к|о|the|and|of|to|in|for|with)\b")
"""Words that any text has, decoded rightly."""


def read_plain_text(raw: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a file: without a byte order mark, with line feeds. Raises: NotAllowed, UsageError."""
    from store.imports.files.encoding import decode

    is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if encoding is None and not is_wide and raw[:4096].count(0) > len(raw[:4096]) // 2 + 1:
        raise text_refusals_and_warnings.binary(name)
    try:
        text, _ = decode(raw, name, encoding, lambda text: len(_FREQUENT.findall(text[:20_000])))
    except UsageError as error:
        if error.code == "import.no-encoding":
            raise text_refusals_and_warnings.binary(name) from None
        raise
    if sum(sign < " " and sign not in "\t\n\r\f" for sign in text[:4096]) > len(text[:4096]) // 20:
        raise text_refusals_and_warnings.binary(name)
    return text.replace("\r\n", "\n").replace("\r", "\n")
