"""ARCHITECTURE, CONTRIBUTING and SECURITY name what is there."""

import re

import pytest

from tests.docs.pages import ROOT, rows, section, text_of, words
from torture.broken_builds import REGISTERED
from torture.parts import NAMES, all_parts

FOR_DEVELOPERS = pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
SOURCES = [path for folder in ("store", "tui") for path in (ROOT / folder).rglob("*.py")]


def test_readme_is_a_page_and_not_a_book() -> None:
    assert len(text_of("README.md").splitlines()) < 200


def test_architecture_names_every_folder() -> None:
    text = text_of("ARCHITECTURE.md")
    tree = text.split("```")[1]
    for pattern in ("store/*/__init__.py", "tui/*/__init__.py", "tui/app/*/__init__.py"):
        for package in ROOT.glob(pattern):
            assert f"  {package.parent.name}/" in tree, str(package.relative_to(ROOT))
    for pattern in ("store/*.py", "tui/*.py", "tui/app/*.py", "tui/cli/*.py"):
        for module in ROOT.glob(pattern):
            if module.name != "__init__.py":
                assert re.search(rf"\b{module.stem}\b", tree), str(module.relative_to(ROOT))
    assert len(text.splitlines()) < 150


@FOR_DEVELOPERS
def test_every_file_that_is_named_is_there(page: str) -> None:
    text = text_of(page)
    paths = re.findall(r"`((?:store|tui|tests|torture|benchmarks|docs|\.ci)/[\w/.-]+)`", text)
    assert len(paths) > 10
    for path in paths:
        assert (ROOT / path).exists() or "/fr/" in path, path
    names = re.findall(r"`([\w-]+\.(?:py|toml|lock))`", text)
    assert set(names) <= {path.name for path in (*SOURCES, *ROOT.iterdir())}


@FOR_DEVELOPERS
def test_every_class_and_constant_that_is_named_is_in_the_code(page: str) -> None:
    named = set(re.findall(r"`(_?[A-Z]\w+)`", text_of(page)))
    assert named
    defined = re.compile(r"(?m)^(?:class )?(_?[A-Z]\w+)\b")
    assert named <= {name for path in SOURCES for name in defined.findall(path.read_text(encoding="utf-8"))}


def test_security_names_a_proof_for_each_promise() -> None:
    promises = rows(section("SECURITY.md", "What is promised"))
    assert len(promises) > 15
    for promise, _, proofs in promises:
        assert re.fullmatch(r"(`[^`]+` ?)+", proofs), promise
    named = {name for _, _, proofs in promises for name in words(proofs)}
    parts = {name for name in named if not name.startswith("tests/")}
    assert parts == set(NAMES), "a proof is a part of the torture, or a file of tests by its path"
    # A hole that is no promise may be tried as well, by a part or a file of tests that there is.
    for name in words(text_of("SECURITY.md")):
        assert not name.startswith("tests/") or list(ROOT.glob(name)), name
    assert all_parts()  # Their modules register the builds that are broken.
    assert set(re.findall(r"--against ([\w-]+)", text_of("SECURITY.md"))) <= REGISTERED.keys()


def test_a_file_of_tests_that_proves_a_promise_has_tests() -> None:
    for name in words(text_of("SECURITY.md")):
        if name.startswith("tests/"):
            path = ROOT / name
            files = [path] if path.is_file() else sorted(path.glob("test_*.py"))
            assert any(re.search(r"(?m)^def test_", file.read_text(encoding="utf-8")) for file in files), name


def test_proof_page_defines_every_goal_that_torture_uses() -> None:
    defined = re.findall(r"(?m)^\| ([A-Z]\d+) \| .+\.", text_of("docs/proof.md"))
    sources = "".join(path.read_text() for path in (ROOT / "torture").rglob("*.py"))
    assert set(re.findall(r'Proof\("([^"]+)"', sources)) == set(defined)
    assert set(re.findall(r"\b[ARSTF][1-9]\d*\b", sources)) <= set(defined)
    assert len(defined) == len(set(defined))
