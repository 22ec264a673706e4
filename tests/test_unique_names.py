"""A name has one meaning: no two classes and no two modules are called the same. Tests share by tests/support."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = [
    path
    for folder in ("store", "tui", "tests/support", "torture", "benchmarks", "release")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "capture_texts" not in path.parts
]
OF_THE_PROOF = ("tests/torture/", "tests/docs/", "tests/test_benchmarks.py")
"""The tests of torture and benchmarks themselves, and of the pages that list their parts."""


@pytest.mark.parametrize("kind", ["class", "module"])
def test_no_two_have_one_name(kind: str) -> None:
    places = defaultdict(list)
    for path in MODULES:
        names = [path.stem]
        if kind == "class":
            names = [node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)]
        for name in names:
            places[name].append(str(path.relative_to(ROOT)))
    assert {name: each for name, each in places.items() if len(each) > 1 and not name.startswith("_")} == {}


def test_tests_share_by_support_and_not_by_the_torture() -> None:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if not str(path.relative_to(ROOT)).startswith(OF_THE_PROOF):
            nodes = ast.walk(ast.parse(path.read_text()))
            modules = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
            assert [each for each in modules if each.startswith(("torture", "benchmarks"))] == [], path
