"""Run a list of texts (JSON on stdin) through the program's sanitisers."""

from __future__ import annotations

import json
import sys

from store import text


def _lines(typed: str) -> str:
    return "\n".join(text.visible_lines(typed))


def main() -> None:
    """Answer for each text with what each function makes of it, once and twice."""
    functions = (text.visible, text.clean_line, text.clean_text, _lines)
    texts: list[str] = json.load(sys.stdin)
    json.dump([[[each(typed), each(each(typed))] for each in functions] for typed in texts], sys.stdout)
