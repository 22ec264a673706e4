"""The installed command runs its own modules, whatever the current folder and PYTHONPATH offer."""

import json
import os
import sys
import sysconfig
import venv
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from store.database import Database
from tests.support.run_command import FOLLOWUP, Result, run_process

STRAYS = (
    "store",
    "tui",
    "re",
    "json",
    "datetime",
    "gc",
    "textual",
    "rich",
    "argparse",
    "argcomplete",
    "tomllib",
    "signal",
)
"""Modules that a folder may hold, and that the program or a library of it has under the same name."""

LINES = ("status", "list --json", "note 1 called", "--version", "help", "export --format ics", "completion bash")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a module of each name, which says that it was run, and a package `store`."""
    folder = tmp_path / "somewhere"
    (folder / "sub" / "store").mkdir(parents=True)
    (folder / "sub" / "store" / "__init__.py").write_text("raise SystemExit('the package store was run')\n")
    for name in STRAYS:
        (folder / f"{name}.py").write_text(f"raise SystemExit('{name} was run')\n")
    return folder


def in_folder(folder: Path, env: Mapping[str, str], *argv: str) -> Result:
    return run_process(argv, env=env, cwd=folder)


@pytest.mark.parametrize("value", ["", ":", ".", "sub", "nothing::nothing", "{folder}", "{folder}:", ":{library}"])
def test_no_module_by_pythonpath_takes_the_place_of_one_of_ours(
    database: Database, environment: dict[str, str], folder: Path, value: str
) -> None:
    named = value.format(folder=folder, library=sysconfig.get_path("purelib"))
    for line in LINES:
        done = in_folder(folder, {**environment, "PYTHONPATH": named}, FOLLOWUP, *line.split())
        assert (done.code, "was run" in done.out + done.err) == (0, False), (line, done)


def test_no_module_of_the_current_folder_takes_the_place_of_one_of_ours(
    database: Database, environment: dict[str, str], folder: Path
) -> None:
    (folder / "tui.py").unlink()  # `-m tui` would run that one: it is what was asked for.
    for line in LINES:
        done = in_folder(folder, environment, sys.executable, "-m", "tui", *line.split())
        assert (done.code, "was run" in done.out + done.err) == (0, False), (line, done)


def test_no_module_beside_the_command_takes_the_place_of_one_of_ours(
    database: Database, environment: dict[str, str], folder: Path
) -> None:
    beside = folder / "followup"
    beside.write_bytes(Path(FOLLOWUP).read_bytes())
    done = in_folder(folder, environment, sys.executable, str(beside), "status", "--short")
    assert (done.code, done.err) == (0, "")


def test_with_a_flag_in_its_first_line_python_itself_takes_nothing_from_there(
    database: Database, environment: dict[str, str], folder: Path
) -> None:
    (folder / "encodings.py").write_text("raise SystemExit('encodings was run')\n")
    isolated = folder.parent / "followup"
    first, _, rest = Path(FOLLOWUP).read_text().partition("\n")
    isolated.write_text(f"{first} -I\n{rest}")
    isolated.chmod(0o755)
    env = {**environment, "PYTHONPATH": ":", "PYTHONHOME": str(folder), "PYTHONPYCACHEPREFIX": "."}
    for start in ([str(isolated)], [sys.executable, "-I", "-m", "tui"]):
        assert in_folder(folder, env, *start, "status", "--short") == (
            0,
            "1 overdue, 2 no date, 4 silent, 4 open\n",
            "",
        )


def test_no_prompt_of_python_opens_behind_it(database: Database, environment: dict[str, str], folder: Path) -> None:
    env = {**environment, "PYTHONINSPECT": "1", "PYTHONSTARTUP": str(folder / "json.py")}
    done = run_process([FOLLOWUP, "status", "--short"], env=env, input=b"print('a prompt')\n", cwd=folder)
    assert done == (0, "1 overdue, 2 no date, 4 silent, 4 open\n", "")


def test_what_only_a_whole_path_of_pythonpath_holds_is_found(tmp_path: Path, environment: dict[str, str]) -> None:
    """As after `pip install --target`: the program itself is there alone."""
    bare = tmp_path / "bare"
    venv.create(bare, with_pip=False, symlinks=True)
    root = Path(__file__).parents[2]
    started = [str(bare / "bin" / "python"), str(root / "tui" / "launcher.py"), "list"]
    assert "No module named" in run_process(started, env=environment, cwd=tmp_path).err
    done = run_process(started, env={**environment, "PYTHONPATH": str(root)}, cwd=tmp_path)
    assert (done.code, "there is no store" in done.err) == (4, True), done


@pytest.mark.parametrize("source", ["-", "script.py"])
@pytest.mark.parametrize("named", [None, ":", ":{library}", "{folder}"])
def test_a_script_runs_no_module_of_a_folder_in_the_place_of_one_of_ours(
    database: Database, environment: dict[str, str], folder: Path, source: str, named: str | None
) -> None:
    """No other folder decides what `struct` and the like are, which the program imports while the script runs."""
    for name in ("struct", "grp", "tempfile", "random", "decimal"):
        (folder / f"{name}.py").write_text(f"raise SystemExit('{name} was run')\n")
    script = "db.table('commitments').update({'owner': 'dina'}, doc_ids=[2])\nprint('changed')\n"
    (folder / "script.py").write_text(script)
    paths = {} if named is None else {"PYTHONPATH": named.format(folder=folder, library=sysconfig.get_path("purelib"))}
    done = run_process([FOLLOWUP, "python", source], env={**environment, **paths}, cwd=folder, input=script.encode())
    assert (done.code, done.out, done.err) == (0, "changed\n", "")


def test_a_script_finds_its_modules_by_pythonpath(
    database: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    for place in ("whole", "relative"):
        (tmp_path / place).mkdir()
        (tmp_path / place / f"of_{place}.py").write_text(f"name = {place!r}\n")
    script = tmp_path / "script" / "names.py"
    script.parent.mkdir()
    script.write_text("import of_whole, of_relative\nprint(of_whole.name, of_relative.name, len(db))\n")
    env = {**environment, "PYTHONPATH": f"{tmp_path / 'whole'}:relative"}
    assert in_folder(tmp_path, env, FOLLOWUP, "python", str(script)) == (0, "whole relative 4\n", "")


def test_the_installed_command_is_the_launcher() -> None:
    first, _, rest = Path(FOLLOWUP).read_text().partition("\n")
    assert first.startswith("#!/")
    assert rest == (Path(__file__).parents[2] / "tui" / "launcher.py").read_text().partition("\n")[2]
    assert os.access(FOLLOWUP, os.X_OK)


def test_no_forged_time_zone_counts_another_day(path: str, environment: dict[str, str], tmp_path: Path) -> None:
    here = ZoneInfo("Etc/GMT+12")
    forged = tmp_path / "zones" / "Etc"
    forged.mkdir(parents=True)
    with files("tzdata").joinpath("zoneinfo", "Pacific", "Kiritimati").open("rb") as east:
        (forged / "GMT+12").write_bytes(east.read())
    env = {**environment, "FOLLOWUP_TODAY": "", "PYTHONTZPATH": str(forged.parent)}
    assert run_process([FOLLOWUP, "init", path, "--timezone", "Etc/GMT+12"], env=env).code == 0
    before = datetime.now(here).date().isoformat()
    shown = json.loads(run_process([FOLLOWUP, "status", "--json"], env=env).out)
    after = datetime.now(here).date().isoformat()
    assert before <= shown["today"] <= after
