"""What the program tells of itself, for a report on a fault."""

import importlib.metadata
import platform
import re
import sys
import tomllib
from pathlib import Path

import pytest

from store.model.format_version import VERSION
from tests.conftest import Run

ROOT = Path(__file__).parents[3]


def test_the_version_is_one_line(run: Run) -> None:
    shown = run("--version")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out.startswith("followup ")
    assert shown.out.count("\n") == 1


@pytest.mark.parametrize("argv", [["--version", "--verbose"], ["--verbose", "--version"]])
def test_the_verbose_version_tells_what_a_report_needs(run: Run, argv: list[str]) -> None:
    shown = run(*argv)
    assert (shown.code, shown.err) == (0, "")
    first, *others = shown.out.splitlines()
    assert first == run("--version").out.strip()
    told = dict(line.split("  ", 1) for line in others)
    told = {name: text.strip() for name, text in told.items()}
    assert told["installed in"] == str(ROOT)
    assert told["Python"].endswith(sys.executable)
    assert platform.python_version() in told["Python"]
    assert told["system"] == platform.platform()
    assert told["store format"] == f"followup {VERSION}"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for requirement in project["dependencies"]:
        name = re.split(r"[>=<]", requirement)[0]
        assert told[name] == importlib.metadata.version(name)
