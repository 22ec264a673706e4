"""Golden files: screens, pages and reports as they were when somebody last read them; `make golden` renews them all."""

from __future__ import annotations

import os
from pathlib import Path

RENEW = "GOLDEN"
"""The environment variable that `make golden` sets to `write`: each file becomes what is compared with it."""


def assert_golden(test_file: str, name: str, content: str | bytes) -> None:
    """Compare with the file `name` in the folder `golden` beside a test (its `__file__`), byte for byte."""
    file = Path(test_file).parent / "golden" / name
    found = content.encode() if isinstance(content, str) else content
    if os.environ.get(RENEW) == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(found)
    assert file.exists(), f"{name}: there is no such golden file; make golden writes it"
    if isinstance(content, str):
        assert content == file.read_bytes().decode(), f"{name}: make golden renews it; read what changed"
    else:
        assert content == file.read_bytes(), f"{name}: make golden renews it; read what changed"
