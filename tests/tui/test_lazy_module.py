"""A lazy module is the one that the type checker sees under its name: nothing else ties the two together."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tui.lazy_module import LazyModule

TABLES = [ROOT / "tui" / "cli" / "command_table.py", ROOT / "tui" / "app" / "key_table.py"]


def imports_for_types(tree: ast.Module) -> dict[str, str]:
    """Name -> the module that `if TYPE_CHECKING:` imports by it."""
    return {
        alias.asname or alias.name: f"{statement.module}.{alias.name}"
        for block in tree.body
        if isinstance(block, ast.If) and isinstance(block.test, ast.Name) and block.test.id == "TYPE_CHECKING"
        for statement in block.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }


def lazy_modules(tree: ast.Module) -> dict[str, str]:
    """Name -> the module of the `LazyModule` that is assigned to it."""
    return {
        node.targets[0].id: ast.literal_eval(node.value.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == LazyModule.__name__
    }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_each_lazy_module_is_the_one_that_the_type_checker_sees(table: Path) -> None:
    tree = ast.parse(table.read_text(encoding="utf-8"))
    lazy, typed = lazy_modules(tree), imports_for_types(tree)
    assert len(lazy) > 5
    assert lazy == {name: typed.get(name) for name in lazy}
    for module in lazy.values():
        import_module(module)


def test_a_lazy_module_calls_the_function_of_its_module() -> None:
    assert LazyModule("textwrap").dedent("  a") == "a"
