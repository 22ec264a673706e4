"""What each command loads, seen from outside: a real interpreter says which modules it holds when it is done."""

import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import store
import tui

_TELLING = """\
import os, sys
before = set(sys.modules)
from tui.__main__ import FullScreenApp
from tui.cli.main import run
code = run(sys.argv[2:], os.environ, FullScreenApp())
os.write(int(sys.argv[1]), "\\n".join([str(code), *sorted(set(sys.modules) - before)]).encode())
"""
"""Runs a command line as the installed program does, then names its exit code and the modules it loaded."""

_WATCHING = """\
import sys
seen = []
sys.addaudithook(lambda event, given: seen.append((event, str(given[0]) if given else "")))
from importlib import import_module
for name in sys.argv[1:]:
    import_module(name)
DEEDS = ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.chmod", "subprocess.Popen")
for event, what in seen:
    if event in DEEDS or event == "open" and not what.endswith((".py", ".pyc", ".so")):
        print(event, what)
"""
"""Imports the modules that it is given, and names what was opened beside code, made or started."""

NEVER_IN_WHAT_IS_DONE_MOST = {"json", "re", "enum", "functools", "collections", "datetime", "bisect"}
"""Each of them, or what it brings, takes a tenth of a bare start or more; json takes half of one."""
NEVER_IN_A_QUICK_READ = {
    "argparse",
    "dataclasses",
    "typing",
    "tinydb",
    "rich",
    "textual",
    "tomllib",
    "tomlkit",
    "inspect",
}
NEVER_IN_THE_QUICK_CHECK = {"pwd", "itertools", "errno"}
"""Whoever loads the first asks who the user is, perhaps a server; each of the others takes as long as two of ours."""
NEVER_IN_A_CHANGE = {"argparse", "dataclasses", "typing", "tinydb", "rich", "textual", "tomlkit", "inspect"}


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    """The environment of a user with a demo store and no settings."""
    home = tmp_path / "somebody"
    home.mkdir()
    path = home / "data" / "commitments.json"
    env = {"PATH": os.defpath, "HOME": str(home), "LANG": "C.UTF-8", "TZ": "UTC", "FOLLOWUP_TODAY": "2023-03-01"}
    followup = [sys.executable, "-I", "-m", "tui", "demo", str(path)]
    subprocess.run(followup, env=env, check=True, capture_output=True, stdin=subprocess.DEVNULL)
    return {**env, "FOLLOWUP_STORE": str(path)}


def loaded(surroundings: dict[str, str], *argv: str, code: int = 0) -> set[str]:
    """The modules that a command line loads, stdout being a pipe; it must end with this exit code."""
    reader, writer = os.pipe()
    with os.fdopen(reader) as output:
        started = subprocess.run(
            [sys.executable, "-I", "-c", _TELLING, str(writer), *argv],
            env=surroundings,
            pass_fds=[writer],
            stdin=subprocess.DEVNULL,
            capture_output=True,
        )
        os.close(writer)
        exit_code, *modules = output.read().splitlines()
    assert (started.returncode, int(exit_code)) == (0, code), started.stderr
    assert started.stdout, "nothing was printed, so nothing is proved"
    return set(modules)


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("status", "--short"), 0),
        (("list",), 0),
        (("list", "--json"), 0),
        (("list", "--ids", "overdue", "or", "silent"), 0),
        (("list", "--tsv"), 0),
        (("check",), 2),
    ],
)
def test_a_quick_look_loads_nothing_heavy(surroundings: dict[str, str], argv: tuple[str, ...], code: int) -> None:
    modules = loaded(surroundings, *argv, code=code)
    assert "store.database" in modules
    assert modules.isdisjoint(NEVER_IN_A_QUICK_READ | NEVER_IN_WHAT_IS_DONE_MOST)


@pytest.mark.parametrize("argv", [("status", "--short"), ("list", "--tsv"), ("check",)])
def test_a_quick_look_does_not_load_what_changes_or_draws(surroundings: dict[str, str], argv: tuple[str, ...]) -> None:
    modules = loaded(surroundings, *argv, code=2 if argv == ("check",) else 0)
    drawing = {"tui.render.widths", "tui.render.terminal_style", "tui.render.commitment_table"}
    assert modules.isdisjoint(
        {"store.operations", "store.rules.dates.parse_date", "tui.cli.run_change", "store.config", *drawing}
    )
    assert modules.isdisjoint(NEVER_IN_THE_QUICK_CHECK)


@pytest.mark.parametrize("argv", [("status", "--short"), ("list",), ("check",), ("show", "1"), ("note", "1", "called")])
def test_english_loads_no_translations(surroundings: dict[str, str], argv: tuple[str, ...]) -> None:
    modules = loaded(surroundings, *argv, code=2 if argv == ("check",) else 0)
    assert "store.translation" in modules
    assert modules.isdisjoint({"gettext", "locale", "store.translation_catalogue_and_plurals"})


def test_a_short_status_in_another_language_loads_its_catalogue_alone(surroundings: dict[str, str]) -> None:
    more = loaded({**surroundings, "FOLLOWUP_LANG": "ru"}, "status", "--short") - loaded(
        surroundings, "status", "--short"
    )
    assert (
        {"store.translation_catalogue_and_plurals", "struct"}
        <= more
        <= {"store.translation_catalogue_and_plurals", "struct", "_struct"}
    )


@pytest.mark.parametrize(
    "argv",
    [
        ("note", "1", "called"),
        ("mark", "8", "done"),
        ("due", "7", "2023-06-30", "--reason", "asked", "for"),
        ("add", "Send", "it", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL"),
        ("party", "edit", "IOM", "--short", "IOM"),
    ],
)
def test_a_change_loads_nothing_heavy(surroundings: dict[str, str], argv: tuple[str, ...]) -> None:
    modules = loaded(surroundings, *argv)
    assert "store.operations" in modules
    assert modules.isdisjoint(NEVER_IN_A_CHANGE)


@pytest.mark.parametrize("argv", [("note", "1", "called"), ("mark", "8", "done")])
def test_the_changes_that_are_made_most_load_no_dates_and_no_json(
    surroundings: dict[str, str], argv: tuple[str, ...]
) -> None:
    modules = loaded(surroundings, *argv)
    assert modules.isdisjoint(NEVER_IN_WHAT_IS_DONE_MOST | {"store.rules.dates.parse_date"})


def test_a_change_without_an_audit_trail_loads_nothing_of_it(surroundings: dict[str, str]) -> None:
    modules = loaded(surroundings, "note", "1", "called")
    assert modules.isdisjoint(
        {"store.system_log", "store.rules.audit_line_and_chain", "store.rules.audit_comparison", "hashlib", "socket"}
    )


def test_what_was_put_off_is_loaded_by_who_needs_it(surroundings: dict[str, str]) -> None:
    assert "argparse" in loaded(surroundings, "help")
    assert "argparse" in loaded(surroundings, "mark", "--help")
    assert "store.rules.dates.parse_date" in loaded(surroundings, "list", "due:..2w")
    assert "argcomplete" in loaded(surroundings, "completion", "fish")


def test_an_export_loads_the_library_of_its_format_alone(surroundings: dict[str, str]) -> None:
    libraries = {"csv": set[str](), "json": set[str](), "ics": {"icalendar"}, "xlsx": {"xlsxwriter"}}
    for name, wanted in libraries.items():
        modules = loaded(surroundings, "export", "--format", name)
        assert modules & {"icalendar", "xlsxwriter", "jinja2", "docx", "python_calamine", "chardet", "rich"} == wanted
        assert modules.isdisjoint({"argparse", "textual"})


def test_an_import_loads_no_library_that_reads_files(surroundings: dict[str, str], tmp_path: Path) -> None:
    """The process that reads the file does."""
    text = tmp_path / "list.csv"
    text.write_text("Action,By,To\nSend it,UNODC,INTERPOL\n")
    heavy = {"chardet", "icalendar", "python_calamine", "zipfile", "rich", "textual", "argparse", "subprocess"}
    plain = loaded(surroundings, "import", str(text), "--visit", "lyon-2022", "--dry-run")
    assert "store.imports.apply.apply_rows" in plain
    assert plain.isdisjoint(heavy | {"dataclasses", "inspect"})
    text.write_bytes("Мероприятие;Ответственный;Кому\nОбучить сотрудников;UNODC;INTERPOL\n".encode("cp1251"))
    assert loaded(surroundings, "import", str(text), "--visit", "lyon-2022", "--dry-run").isdisjoint(heavy)


def test_a_user_with_a_settings_file_pays_for_reading_it_only(surroundings: dict[str, str]) -> None:
    without = {name: value for name, value in surroundings.items() if name != "FOLLOWUP_STORE"}
    own = Path(surroundings["HOME"], ".config", "followup", "config.toml")
    own.parent.mkdir(parents=True)
    own.write_text(f'store = "{surroundings["FOLLOWUP_STORE"]}"\n')
    modules = loaded(without, "status", "--short")
    assert "tomllib" in modules
    assert modules.isdisjoint({"tomlkit", "argparse", "dataclasses", "rich"})
    assert "tomlkit" in loaded(without, "config", "me", "asel")


def test_wide_letters_load_the_table_of_widths_and_nothing_else_of_rich(surroundings: dict[str, str]) -> None:
    assert "rich" not in loaded(surroundings, "list")
    loaded(
        surroundings, "add", "研修", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL", "--state", "agreed"
    )
    modules = loaded(surroundings, "list")
    assert "rich.cells" in modules
    assert modules.isdisjoint({"rich.console", "rich.table", "rich.text"})


def modules_of_the_project() -> list[str]:
    """Every module of both packages; the shapes for the type checker are no part of the running program."""
    found = [
        module.name
        for package in (store, tui)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    return [name for name in found if name != "store.model.record_types"]


def test_importing_makes_nothing_and_reads_no_settings(surroundings: dict[str, str]) -> None:
    home = Path(surroundings["HOME"])
    own = home / ".config" / "followup" / "config.toml"
    own.parent.mkdir(parents=True)
    own.write_text("this is no TOML, and whoever reads it fails")
    there = sorted(home.rglob("*"))
    names = modules_of_the_project()
    assert len(names) > 30
    done = subprocess.run(
        [sys.executable, "-I", "-B", "-c", _WATCHING, *names],
        env=surroundings,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert sorted(home.rglob("*")) == there


def test_looking_makes_nothing_beside_the_store(surroundings: dict[str, str]) -> None:
    home = Path(surroundings["HOME"])
    there = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    for argv in (("status", "--short"), ("list",), ("show", "1"), ("history",), ("visits",), ("parties",)):
        loaded(surroundings, *argv)
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == there
