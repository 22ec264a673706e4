"""Run a list of texts (JSON on stdin) through the program's sanitisers."""

from __future__ import annotations

import json
import sys

from store import sanitise_text


def _lines(typed: str) -> str:
    return "\n".join(sanitise_text.visible_lines(typed))


def main() -> None:
    """Answer for each text with what each function makes of it, once and twice."""
    functions = (sanitise_text.visible, sanitise_text.clean_line, sanitise_text.clean_text, _lines)
    texts: list[str] = json.load(sys.stdin)
    json.dump([[[each(typed), each(each(typed))] for each in functions] for typed in texts], sys.stdout)
