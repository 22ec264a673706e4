"""Pipes and devices in the place of files that are named or read unasked: refused at once, and never waited for."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_refused
from tests.support.run_in_shell_or_terminal import shell

pytestmark = pytest.mark.file_only("files of the machine")


def _zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


THINGS: dict[str, Callable[[Path], None]] = {"a pipe": os.mkfifo, "a device": _zero}


@pytest.mark.parametrize("kind", THINGS)
def test_a_file_of_lines_that_is_none_is_refused(database: Database, run: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "lines"
    THINGS[kind](path)
    for argv in (
        ["batch", str(path)],
        ["batch", "--atomic", str(path)],
        ["history", "--verify", str(path)],
        ["python", str(path)],
    ):
        assert_refused(run(*argv), 2, f"{path} is no file", f"< {path}")


@pytest.mark.parametrize("kind", THINGS)
def test_settings_that_are_no_file_are_refused(database: Database, run: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "config" / "followup" / "config.toml"
    path.parent.mkdir(parents=True)
    THINGS[kind](path)
    for argv in (["config"], ["config", "me", "asel"], ["list", "mine"], ["import", "--dry-run", str(path)]):
        refused = run(*argv, env={"XDG_CONFIG_HOME": str(tmp_path / "config")})
        assert refused.code in (2, 4)
        assert "is no" in refused.err


def test_what_the_shell_has_opened_is_read(database: Database, environment: dict[str, str]) -> None:
    done = shell("bash -c 'followup batch <(echo note 2 x)'", environment)
    assert (done.code, done.out.split()[:2]) == (0, ["ok", "1"])
    done = shell("echo note 2 y | followup batch /dev/stdin", environment)
    assert (done.code, done.out.split()[:2]) == (0, ["ok", "1"])


@pytest.mark.parametrize("kind", THINGS)
def test_an_introduction_that_is_no_file_is_refused(database: Database, run: Run, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "intro.md"
    THINGS[kind](path)
    assert_refused(run("report", "--intro", str(path), "-o", str(tmp_path / "report.md")), 2, f"{path} is no file")
