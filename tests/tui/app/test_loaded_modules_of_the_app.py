"""What the app loads and what it leaves alone, seen in real processes; and what a widget may know."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

ROOT = Path(__file__).parents[3]
WIDGETS = sorted((ROOT / "tui" / "app" / "widgets").glob("*.py"))

_ALL = """\
import pkgutil, sys
from importlib import import_module
package = import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    import_module(module.name)
print(*sorted(sys.modules), sep="\\n")
"""


def loaded_with(package: str) -> set[str]:
    """The modules that a process has when it imported every module of a package."""
    done = subprocess.run([sys.executable, "-c", _ALL, package], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def of(package: str, modules: set[str]) -> set[str]:
    return {name for name in modules if name == package or name.startswith(f"{package}.")}


def test_the_app_never_loads_the_command_line() -> None:
    modules = loaded_with("tui.app")
    assert "tui.app.screens.list_screen" in modules
    assert of("tui.cli", modules) == set()
    assert modules.isdisjoint({"argparse", "argcomplete", "tinydb"})


def test_the_command_line_never_loads_the_app() -> None:
    modules = loaded_with("tui.cli")
    assert "tui.cli.main" in modules
    assert of("tui.app", modules) | of("textual", modules) == set()


def test_a_look_from_the_shell_loads_no_textual(run: Run, path: str) -> None:
    assert run("demo", path).code == 0
    watching = {"PYTHONPROFILEIMPORTTIME": "1"}
    for words in (["status"], ["status", "--short"], ["list"], ["show", "1"]):
        done = run(*words, env=watching)
        assert "store.database" in done.err, "the imports are not told, so nothing is proved"
        assert "textual" not in done.err
        assert "tui.app" not in done.err


@pytest.mark.parametrize("file", WIDGETS, ids=lambda file: file.stem)
def test_a_widget_knows_no_store_file_no_session_and_no_screen(file: Path) -> None:
    forbidden = (
        "store.database",
        "store.file.file_store",
        "tui.session",
        "tui.app.screens",
        "tui.app.actions",
        "tui.app.app",
    )
    for node in ast.walk(ast.parse(file.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            assert not name.startswith(forbidden), f"{file.name} imports {name}"


@pytest.mark.parametrize("module", [file.stem for file in WIDGETS if file.stem != "__init__"])
def test_a_widget_can_be_loaded_without_the_rest_of_the_app(module: str) -> None:
    code = f"import sys, tui.app.widgets.{module}; print(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    modules = set(done.stdout.split())
    assert f"tui.app.widgets.{module}" in modules
    assert modules.isdisjoint({"store.database", "store.file.file_store", "tui.session", "tui.app.app"})
    assert of("tui.app.screens", modules) == set()
