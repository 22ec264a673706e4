"""Names and the first lines of docstrings are in the words of the trade: the dialect of the first build stays out."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("store", "tui", "tests/support", "torture", "benchmarks", "release")
SOURCES = [
    str(path.relative_to(ROOT))
    for folder in FOLDERS
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "capture_texts" not in path.parts
]
BANNED_NAMES = re.compile(
    r"_?(told|tells?|telling)(_\w+)?|\w+_told|Told|_?(look|looks|looked|look_at|looked_at|look_again|begin_look|is_look)"
    r"|VisitWanted|visit_wanted|taken_for_granted|_?is_taken|none_taken|events_taken|acting|news_from"
)
DIALECT = re.compile(
    r"\b(is|are|was|were) told\b|\bwhat (is|was|are) (told|said)\b|\bis said of\b|\bof which it\b|\ba line a row\b"
    r"|\bso long as\b|\bthat there is not\b|\bwhat came of\b|\bNothing is to be said\b|\botherwise than it stands\b"
)


def _names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Names that a module gives: functions, classes, parameters, variables, attributes; with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno


def _first_paragraphs(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            text = ast.get_docstring(node)
            if text:
                yield " ".join(text.split("\n\n")[0].split()), node.body[0].lineno


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_name_is_of_the_dialect(folder: str) -> None:
    found = [
        f"{source}:{line} {name}"
        for source in SOURCES
        if source.startswith(f"{folder}/")
        for name, line in _names(ast.parse((ROOT / source).read_text()))
        if BANNED_NAMES.fullmatch(name)
    ]
    assert found == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_first_line_of_a_docstring_is_of_the_dialect(folder: str) -> None:
    found = [
        f"{source}:{line} {text}"
        for source in SOURCES
        if source.startswith(f"{folder}/")
        for text, line in _first_paragraphs(ast.parse((ROOT / source).read_text()))
        if DIALECT.search(text)
    ]
    assert found == []
