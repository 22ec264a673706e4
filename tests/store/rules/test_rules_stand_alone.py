"""The rules are functions of records: they import neither a snapshot nor a file, and cite sections that are there."""

import ast
import re
from pathlib import Path

import store.rules

ROOT = Path(store.rules.__path__[0])
PROJECT = ROOT.parent.parent


def test_rules_import_the_model_errors_text_and_each_other() -> None:
    for path in ROOT.rglob("*.py"):
        imported = {
            name
            for node in ast.walk(ast.parse(path.read_text()))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        own = {name for name in imported if name.startswith(("store", "tui"))}
        allowed = ("store.rules", "store.model", "store.errors", "store.text")
        assert {name for name in own if not name.startswith(allowed)} == set(), path


def test_the_sections_that_code_cites_are_there() -> None:
    cited = {
        (page, section)
        for path in PROJECT.joinpath("store").rglob("*.py")
        for page, sections in re.findall(r"(docs/\w+\.md), ([A-Z][\w -]*(?:; [A-Z][\w -]*)*)", path.read_text())
        for section in sections.split("; ")
    }
    assert cited
    for page, section in cited:
        headings = re.findall(r"(?m)^#+ (.+)$", PROJECT.joinpath(page).read_text())
        assert section in headings, (page, section)
