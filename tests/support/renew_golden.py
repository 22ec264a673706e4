"""Renews all golden files and prints each changed line once: `make golden`.

The old files are removed first, so that none stays that no test asks for.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.support.golden_files import RENEW

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent


def golden_files() -> list[Path]:
    """All golden files there are."""
    return sorted(file for file in TESTS.rglob("golden/*") if file.is_file())


def golden_tests() -> list[str]:
    """The test modules that have a test marked `golden`."""
    return [str(file) for file in sorted(TESTS.rglob("test_*.py")) if "pytest.mark.golden" in file.read_text()]


def changed_lines(before: dict[Path, bytes], after: dict[Path, bytes]) -> Counter[str]:
    """Each line that only the old (`-`) or only the new (`+`) text of a file has -> in how many files."""
    changed: Counter[str] = Counter()
    for file in before.keys() | after.keys():
        old, new = (set(texts.get(file, b"").decode().splitlines()) for texts in (before, after))
        changed.update(f"- {line}" for line in old - new)
        changed.update(f"+ {line}" for line in new - old)
    return changed


def main() -> int:
    before = {file: file.read_bytes() for file in golden_files()}
    for file in before:
        file.unlink()
    argv = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "golden", *golden_tests()]
    done = subprocess.run(argv, cwd=ROOT, env={**os.environ, RENEW: "write"})
    if done.returncode != 0:
        for file, content in before.items():
            file.write_bytes(content)
        print("The tests did not run to their end: every golden file is as it was.", file=sys.stderr)
        return done.returncode
    after = {file: file.read_bytes() for file in golden_files()}
    for file in sorted(before.keys() | after.keys()):
        if before.get(file) != after.get(file):
            word = "new" if file not in before else "gone" if file not in after else "changed"
            print(f"{word}: {file.relative_to(ROOT)}")
    for line, count in sorted(changed_lines(before, after).items(), key=lambda each: each[0][2:]):
        print(f"{count:4} {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
