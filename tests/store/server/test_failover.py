"""A command that begins while the servers of its store change places waits until one of them leads."""

from __future__ import annotations

import threading

from tests.conftest import Run
from tests.support.postgres_server import MEMBERS, running_pair

VISIT = ("visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06", "--to", "2022-12-08")


def test_a_command_that_begins_meanwhile_waits_for_the_one_that_will_lead(run: Run) -> None:
    with running_pair("standby") as (primary, standby):
        name = primary.make_database()
        assert run("init", primary.url(name), "--group", MEMBERS).code == 0
        written = primary.sql("SELECT pg_current_wal_lsn()::text")[0][0]
        while standby.sql(f"SELECT 1 WHERE pg_last_wal_replay_lsn() < '{written}'"):
            pass
        both = f"postgresql://asel@/{name}?host={primary.folder},{standby.folder}"
        primary.kill()
        refused = run("status", env={"FOLLOWUP_STORE": both, "FOLLOWUP_LOCK_TIMEOUT": "0.2"})
        assert refused.code == 4
        assert refused.err.startswith(f"followup: {both} takes no connection just now (")
        assert refused.err.endswith("session is read-only)\n")
        waiting = threading.Timer(1, standby.promote)
        waiting.start()
        made = run(*VISIT, env={"FOLLOWUP_STORE": both, "FOLLOWUP_LOCK_TIMEOUT": "60"})
        waiting.join()
        assert (made.code, made.out) == (0, "lyon-2022\n")
