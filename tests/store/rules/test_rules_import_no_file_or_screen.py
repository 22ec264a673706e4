"""The rules are functions of records: they import neither a snapshot nor a file."""

import ast
from pathlib import Path

import store.rules

ROOT = Path(store.rules.__path__[0])


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
        allowed = (
            "store.rules",
            "store.model",
            "store.errors",
            "store.sanitise_text",
            "store.fold_case_and_accents",
            "store.words_for_none",
            "store.nearest_word",
            "store.translation",
        )
        assert {name for name in own if not name.startswith(allowed)} == set(), path
