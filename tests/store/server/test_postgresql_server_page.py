"""The commands of docs/postgresql-server.md do what the page says, one after the other."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.conftest import Run
from tests.support.fixed_day_and_user import isolated
from tests.support.postgres_server import PostgresServer, running_server
from tests.support.run_command import FOLLOWUP

_ROLES = ("asel", "boris", "clara", "offices", "donors")

PAGE = Path(__file__).parents[3] / "docs" / "postgresql-server.md"


def test_every_command_of_the_page_does_what_it_says(run: Run, tmp_path: Path) -> None:
    with running_server() as postgres:  # Of its own: the page makes the roles that other tests have.
        for role in _ROLES:
            postgres.sql(f"DROP ROLE IF EXISTS {role}")
        _carry_out(postgres, run, tmp_path)


def _carry_out(postgres: PostgresServer, run: Run, tmp_path: Path) -> None:
    office = tmp_path / "office.json"
    assert run("demo", str(office)).code == 0
    blocks = re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 5
    folders = [os.path.dirname(FOLLOWUP), str(postgres.programs), os.environ["PATH"]]
    env = isolated(os.environ["HOME"], PATH=os.pathsep.join(folders), PGHOST=str(postgres.folder), PGUSER="postgres")
    for block in blocks:
        # The host of the page is the test's own server, which listens on a socket only.
        script = block.replace("@db.example.org/", "@/").replace("//db.example.org/", "///")
        done = subprocess.run(
            ["bash", "-e", "-c", script], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert run("status", "--short", env={"FOLLOWUP_STORE": str(office)}).code == 0
    assert len(list(tmp_path.glob("office.moved-*.json"))) == 1
