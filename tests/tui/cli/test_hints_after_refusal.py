"""Refusals of the store are codes, fields and values: what to type stands in `tui/cli/hints_after_refusal.py` alone."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import store
import tui
from store import errors
from tui.app.pages import import_page
from tui.app.sync import changes_by_others
from tui.cli import hints_after_refusal
from tui.cli.command_table import COMMANDS

STORE = Path(store.__file__).parent
TUI = Path(tui.__file__).parent

_KINDS = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.FollowUpError)
}
_OPTION_OR_COMMAND = re.compile(rf"--[a-z]|\bfollowup (?:{'|'.join({name.split()[0] for name in COMMANDS})})\b")

_BEFORE_A_NAME = re.compile(r"(?<!-)--$")
"""The dashes of an option whose name is put in."""


@cache
def nodes_in(folder: Path) -> list[tuple[Path, list[ast.AST]]]:
    """Each module there, and all its nodes."""
    return [(path, [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]) for path in sorted(folder.rglob("*.py"))]


def calls_in(folder: Path) -> Iterator[tuple[str, ast.Call]]:
    for path, nodes in nodes_in(folder):
        for node in nodes:
            if isinstance(node, ast.Call):
                yield f"{path}:{node.lineno}", node


def codes_in(folder: Path) -> list[str]:
    """Every code that is written down there: of a single refusal, or of a kind of them."""
    found = []
    for _, call in calls_in(folder):
        values = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
        found += [text for value in values if (text := _text_of(value))]
    for _, nodes in nodes_in(folder):
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                set_there = [each for each in node.body if isinstance(each, ast.Assign)]
                of_kind = [each.value for each in set_there if ast.unparse(each.targets[0]) == "code"]
                found += [text for value in of_kind if (text := _text_of(value))]
    return found


def _text_of(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@cache
def every_code() -> list[str]:
    return [*codes_in(STORE), *codes_in(TUI)]


def test_no_text_of_the_store_names_an_option_or_a_command() -> None:
    found = []
    for path, nodes in nodes_in(STORE):
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if id(node) not in docstrings and _OPTION_OR_COMMAND.search(_text_of(node)):
                found.append(f"{path}: {_text_of(node)}")
            if isinstance(node, ast.JoinedStr) and any(_BEFORE_A_NAME.search(_text_of(each)) for each in node.values):
                found.append(f"{path}: {ast.unparse(node)}")
    assert found == []


def test_every_refusal_of_the_store_has_a_code() -> None:
    without = [
        place
        for place, call in calls_in(STORE)
        if isinstance(call.func, ast.Name) and call.func.id in _KINDS and not _KINDS[call.func.id].code
        if "code" not in [keyword.arg for keyword in call.keywords]
    ]
    assert without == []


def test_a_code_stands_for_one_sentence_which_is_written_once() -> None:
    assert [code for code, times in Counter(every_code()).items() if times > 1] == []


def test_every_code_has_its_hint_or_needs_none_and_no_hint_is_left_over() -> None:
    tables = (hints_after_refusal.HINTS, hints_after_refusal.REWORDED, hints_after_refusal.NOTHING_TO_TYPE)
    assert Counter(code for table in tables for code in table) == Counter(every_code())


def test_every_part_of_a_hint_is_among_the_values_of_its_refusal() -> None:
    given: dict[str, set[str]] = {code: {"field"} for code in every_code()}
    for folder in (STORE, TUI):
        for _, call in calls_in(folder):
            named = {keyword.arg: keyword.value for keyword in call.keywords}
            code, values = _text_of(named.get("code")), named.get("values")
            if code and isinstance(values, ast.Dict):
                given[code] |= {_text_of(key) for key in values.keys}
    for code, text in (*hints_after_refusal.HINTS.items(), *hints_after_refusal.REWORDED.items()):
        if isinstance(text, str):
            assert set(re.findall(r"{(\w+)}", text)) <= given[code], code


@pytest.mark.parametrize("kind", [errors.FollowUpError, errors.NotAllowed, errors.UsageError])
def test_a_refusal_of_a_face_is_printed_as_it_says(kind: type[errors.FollowUpError]) -> None:
    assert hints_after_refusal.printed(kind("-o goes with --force")) == "-o goes with --force"


def test_the_words_of_the_app_are_for_codes_that_there_are() -> None:
    assert {*changes_by_others.IN_THE_SHELL, *import_page.TAKES} <= set(every_code())
