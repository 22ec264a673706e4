"""What a release is made of: the same commit gives the same bytes, and the zipapp runs on a bare Python."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.support.fixed_day_and_user import isolated
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import Result, run_process

RunZipapp = Callable[..., Result]

pytestmark = [
    pytest.mark.release,
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a release is built from a commit"),
]


def build(
    folder: Path, source: Path = ROOT, umask: int = 0o022, python: str = sys.executable, **env: str
) -> dict[str, bytes]:
    """Build the release of a clone's commit. Returns name -> bytes."""
    argv = [python, "-P", "-m", "release", "--dirty", str(folder)]
    subprocess.run(argv, cwd=source, check=True, capture_output=True, umask=umask, env={**os.environ, **env})
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("release") / "dist"


@pytest.fixture(scope="module")
def release(folder: Path) -> dict[str, bytes]:
    return build(folder)


@pytest.fixture
def zipapp(release: dict[str, bytes], folder: Path) -> Path:
    [path] = folder.glob("*.pyz")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "bare"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the zipapp unpacks itself, once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def run(zipapp: Path, home: Path, cache: Path) -> RunZipapp:
    """The zipapp, run by an interpreter that finds no library but its own."""

    def run_it(*argv: str, isolated_flag: str = "-I", **more: str) -> Result:
        own = {"FOLLOWUP_STORE": str(home / "demo.json"), "XDG_CACHE_HOME": str(cache)}
        env = {**isolated(str(home)), **own, **more}
        return run_process([_bare_python(), isolated_flag, str(zipapp), *argv], env=env)

    return run_it


def _bare_python() -> str:
    """The interpreter that the environment of the tests was made with, which has none of its libraries."""
    return os.path.realpath(sys.executable)


def test_the_same_commit_gives_the_same_bytes(release: dict[str, bytes], tmp_path: Path) -> None:
    clone = tmp_path / "another place"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    again = build(tmp_path / "dist", clone, umask=0o077, TZ="Asia/Tashkent", LC_ALL="C")
    assert {name: hashlib.sha256(data).hexdigest() for name, data in again.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in release.items()
    }


OTHER_PYTHONS = ("/usr/bin/python3", "/usr/bin/python3.11", "/usr/bin/python3.12", "/usr/bin/python3.13")


def test_a_builder_with_another_python_gets_the_same_bytes(release: dict[str, bytes], tmp_path: Path) -> None:
    asked = "import sys, ensurepip, venv; print(*sys.version_info[:2], sep='.')"
    found = {path: subprocess.run([path, "-I", "-c", asked], capture_output=True, text=True).stdout.strip()
             for path in OTHER_PYTHONS if os.path.exists(path)}  # fmt: skip
    here = "{}.{}".format(*sys.version_info[:2])
    other = next((path for path, version in found.items() if version and version != here), None)
    if other is None:
        pytest.skip("there is no other Python from 3.11 on that can make environments")
    subprocess.run([other, "-m", "venv", str(tmp_path / "venv")], check=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    locked = ["--require-hashes", "--requirement", str(ROOT / "requirements-dev.lock")]
    installed = subprocess.run([*pip, *locked], capture_output=True, text=True)
    if installed.returncode and re.search(r"(?i)connection|resolution|network|timed out", installed.stderr):
        pytest.skip("the package index cannot be reached")
    assert installed.returncode == 0, installed.stderr
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    again = build(tmp_path / "dist", python=python)
    assert {name: hashlib.sha256(data).hexdigest() for name, data in again.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in release.items()
    }


def test_every_file_has_its_sum(release: dict[str, bytes], folder: Path) -> None:
    lines = [line.split("  ") for line in release["SHA256SUMS"].decode().splitlines()]
    sums = {name: total for total, name in lines}
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in release.items() if name != "SHA256SUMS"}
    assert sorted(name.removeprefix(f"followup-{version}") for name in sums) == [
        "-py3-none-any.whl",
        "-requirements.lock",
        ".cdx.json",
        ".pyz",
        ".tar.gz",
    ]


def test_the_bill_of_materials_has_every_library_with_its_version(release: dict[str, bytes]) -> None:
    [name] = [name for name in release if name.endswith(".cdx.json")]
    bill = json.loads(release[name])
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "followup")
    found = {(each["name"], each["version"]) for each in bill["components"]}
    [lock] = [name for name in release if name.endswith(".lock")]
    assert found == set(re.findall(r"(?m)^([\w.-]+)==(\S+)", release[lock].decode()))


def test_the_lock_file_is_that_of_the_project_without_what_builds_the_wheel(release: dict[str, bytes]) -> None:
    [name] = [name for name in release if name.endswith(".lock")]
    pinned = re.split(r"(?m)^(?=[\w.-]+==)", (ROOT / "requirements.lock").read_text())
    here = re.split(r"(?m)^(?=[\w.-]+==)", release[name].decode())
    assert {each.partition("==")[0] for each in pinned if each not in here} == {
        "hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers",
    }  # fmt: skip
    assert [each for each in pinned if each in here] == here


def test_the_zipapp_has_what_is_pure_python_and_nothing_compiled(release: dict[str, bytes]) -> None:
    [name] = [name for name in release if name.endswith(".pyz")]
    outer = zipfile.ZipFile(BytesIO(release[name]))
    assert sorted(outer.namelist()) == ["__main__.py", "files.sha256", "files.zip", "launcher.py"]
    inside = zipfile.ZipFile(BytesIO(outer.read("files.zip"))).namelist()
    assert not [each for each in inside if each.endswith((".so", ".pyc", ".pyd", "/WHEEL")) or ".." in each]
    assert {"textual", "rich", "jinja2", "icalendar", "store", "tui"} <= {each.partition("/")[0] for each in inside}


def test_the_zipapp_runs_on_a_bare_python(run: RunZipapp, home: Path) -> None:
    assert run("demo", str(home / "demo.json"), XDG_CACHE_HOME="").code == 0
    for argv in (("status", "--short"), ("list",), ("show", "3"), ("doctor",), ("history",)):
        assert run(*argv).code == 0, argv
    assert run("note", "3", "x") == (0, "3 noted\n", "")
    assert re.fullmatch(r"followup \d+\.\d+\.\d+\n", run("--version").out.splitlines(keepends=True)[0])
    unpacked = home / ".cache" / "followup"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (unpacked, *unpacked.iterdir())] == [0o700, 0o700]


def test_the_zipapp_writes_papers_and_reads_lists_as_far_as_it_can(run: RunZipapp, home: Path, tmp_path: Path) -> None:
    run("demo", str(home / "demo.json"))
    for name in ("sheet.html", "sheet.md"):
        assert run("sheet", "--lang", "ru", "--output", str(tmp_path / name)).code == 0
    for format_ in ("csv", "json", "ics", "xlsx"):
        assert run("export", "--format", format_, "--output", str(tmp_path / f"list.{format_}")).code == 0
    table = tmp_path / "list.csv"
    table.write_bytes("Мероприятие;Ответственный;Кому\nОбучить сотрудников;UNODC;INTERPOL\n".encode("cp1251"))
    assert run("import", str(table), "--visit", "lyon-2022").code == 0
    assert run("import", str(tmp_path / "list.xlsx"), "--visit", "lyon-2022") == (
        1,
        "",
        "followup: a workbook needs the library python_calamine, which this followup came without: "
        "take one that was installed\n",
    )
    refused = run("sheet", "--output", str(tmp_path / "sheet.docx"))
    assert (refused.code, refused.err.startswith("followup: DOCX needs the library ")) == (1, True)


def test_the_zipapp_opens_the_app(zipapp: Path, home: Path, run: RunZipapp) -> None:
    run("demo", str(home / "demo.json"))
    env = isolated(str(home), FOLLOWUP_STORE=str(home / "demo.json"), TERM="xterm-256color", LC_ALL="C.UTF-8")
    with PtyScreen([_bare_python(), "-I", str(zipapp)], env, (80, 24)) as screen:
        screen.wait_for("q quit")
        screen.send("q")
        assert screen.wait_exit() == 0


def test_a_damaged_zipapp_is_refused(zipapp: Path, home: Path, tmp_path: Path) -> None:
    outer = zipfile.ZipFile(zipapp)
    damaged = tmp_path / "damaged.pyz"
    with zipfile.ZipFile(damaged, "w") as archive:
        for name in outer.namelist():
            data = outer.read(name)
            archive.writestr(name, data[:-1] + b"x" if name == "files.zip" else data)
    done = run_process([_bare_python(), "-I", str(damaged), "status"], env=isolated(str(home)))
    assert (done.code, done.err) == (1, "followup: cannot be unpacked: the file is damaged: get it anew\n")
    assert list((home / ".cache" / "followup").iterdir()) == []


def test_a_folder_that_others_can_write_is_not_used(run: RunZipapp, home: Path) -> None:
    cache = home / "cache"
    cache.mkdir()
    (cache / "followup").mkdir()
    (cache / "followup").chmod(0o777)
    done = run("status", XDG_CACHE_HOME=str(cache))
    assert done.code == 1
    assert "others can write in it: set XDG_CACHE_HOME" in done.err
    assert list((cache / "followup").iterdir()) == []


@pytest.mark.parametrize("mode", [0o777, 0o2770, 0o1777])
def test_a_folder_below_one_that_others_can_write_in_is_not_used(run: RunZipapp, tmp_path: Path, mode: int) -> None:
    team = tmp_path / "team"
    team.mkdir()
    cache = team / "cache"
    cache.mkdir(0o700)
    if os.getuid() == 0:
        os.chown(team, -1, 4321)
    elif mode == 0o2770:
        pytest.skip("a group of others needs root")
    team.chmod(mode)
    link = tmp_path / "link"
    link.symlink_to(cache)
    for path in (cache, link):
        done = run("--version", XDG_CACHE_HOME=str(path))
        if mode & stat.S_ISVTX:
            assert done.code == 0
        else:
            told = f"{team} belongs to another user, or others can write in it: set XDG_CACHE_HOME"
            assert (done.code, done.err) == (1, f"followup: cannot be unpacked: {told}\n")


def test_modules_of_the_current_folder_are_not_run(run: RunZipapp, home: Path, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    for name in ("zipfile", "json", "store", "tui", "launcher", "pwd", "hashlib"):
        (tmp_path / f"{name}.py").write_text(f"open({str(mark)!r}, 'w')\n")
    run("demo", str(home / "demo.json"))
    for flag in ("-I", "-P", "-s"):
        env = {"PYTHONPATH": "", "PYTHONSAFEPATH": ""}
        assert run("status", isolated_flag=flag, **env).code == 0
    assert not mark.exists()


def test_packages_of_the_machine_stand_behind_its_own(zipapp: Path, home: Path, cache: Path, tmp_path: Path) -> None:
    machine = tmp_path / "machine"
    subprocess.run([_bare_python(), "-m", "venv", "--without-pip", str(machine)], check=True)
    [packages] = machine.glob("lib/python3*/site-packages")
    for name in ("store", "chardet", "of_the_machine"):
        (packages / name).mkdir()
        (packages / name / "__init__.py").write_text("__version__ = '5.2.0'\n")
    (packages / "chardet-5.2.0.dist-info").mkdir()
    (packages / "chardet-5.2.0.dist-info" / "METADATA").write_text("Name: chardet\nVersion: 5.2.0\n")
    script = home / "where.py"
    script.write_text(
        "import chardet, store, of_the_machine\nfor each in (chardet, store, of_the_machine): print(each.__file__)\n"
    )
    env = isolated(str(home), FOLLOWUP_STORE=str(home / "demo.json"), XDG_CACHE_HOME=str(cache))

    def run_it(*argv: str) -> Result:
        return run_process([str(machine / "bin" / "python"), "-I", str(zipapp), *argv], env=env)

    assert run_it("demo", str(home / "demo.json")).code == 0
    [locked] = re.findall(r"(?m)^chardet==(\S+)", (ROOT / "requirements.lock").read_text())
    assert re.search(rf"(?m)^chardet +{re.escape(locked)}$", run_it("--version", "--verbose").out)
    chardet, store, of_the_machine = run_it("python", str(script)).out.splitlines()
    assert [Path(each).is_relative_to(cache) for each in (chardet, store)] == [True, True]
    assert Path(of_the_machine).is_relative_to(packages)


@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_it_runs_on_newer_pythons(run: RunZipapp, zipapp: Path, home: Path, version: str) -> None:
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "--version"], capture_output=True).returncode:
        pytest.skip(f"there is no Python {version}")
    run("demo", str(home / "demo.json"))
    env = isolated(str(home), FOLLOWUP_STORE=str(home / "demo.json"))
    assert run_process([python, "-I", str(zipapp), "status", "--short"], env=env).code == 0
