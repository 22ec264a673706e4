"""`store.operations` gives each operation by its name, and imports only the module that has it."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from store import operations


def test_each_name_that_an_editor_sees_is_there_and_is_no_module_of_the_package() -> None:
    tree = ast.parse(Path(operations.__file__).read_text())
    seen = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("store.operations.")
        for alias in node.names
    }
    assert sorted(seen) == sorted(operations.__all__)
    for name, module in seen.items():
        assert getattr(operations, name) is getattr(import_module(module), name)
    # A module of that name would stand in the operation's place once somebody imports it.
    assert not {each.name for each in iter_modules(operations.__path__)} & set(operations.__all__)


def test_a_note_is_made_without_the_modules_of_other_operations() -> None:
    asked = "from store import operations; operations.note; import sys; print(*sys.modules)"
    printed = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True).stdout
    assert {each for each in printed.split() if each.startswith("store.operations.")} == {"store.operations.chase_note"}
