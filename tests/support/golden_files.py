"""What a paper looked like when somebody last looked at it."""

import os
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "store" / "formats" / "golden"


def assert_golden(name: str, text: str) -> None:
    """The text is what the file holds; with GOLDEN=write it becomes that."""
    file = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
