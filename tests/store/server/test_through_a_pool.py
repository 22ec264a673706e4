"""Every command of a day answers through a pool in transaction mode what it answers without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Run
from tests.support.on_file_and_on_server import without_what_differs
from tests.support.pgbouncer import running_pool, why_no_pool
from tests.support.postgres_server import MEMBERS, running_server

PROMISE = ("--visit", "lyon-2022", "--by", "MIA", "--to", "INTERPOL", "--state", "agreed")

DAY = (
    ("visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06", "--to", "2022-12-08"),
    ("add", "Nominate officers", *PROMISE),
    ("add", "Send contact points", *PROMISE, "--due", "2023-02-01"),
    ("add", "Share the lesson plans", "--like", "2"),
    ("status",),
    ("status", "--short"),
    ("check",),
    ("list",),
    ("list", "--json"),
    ("today",),
    ("late",),
    ("now",),
    ("show", "2"),
    ("show", "99"),
    ("mark", "1", "in-progress"),
    ("note", "1", "letter sent"),
    ("chase", "2", "--note", "rang them"),
    ("due", "2", "2023-04-01", "--reason", "the minister is away"),
    ("edit", "3", "--quote", "we shall send them"),
    ("undo",),
    ("redo",),
    ("undo", "--list"),
    ("party", "list"),
    ("visits",),
    ("history",),
    ("history", "2", "--json"),
    ("config", "silent-after", "20", "--shared"),
    ("find", "letter"),
    ("sheet",),
    ("export", "-o", "-", "--format", "csv"),
    ("list", "owner:nobody"),
    ("remove", "3", "--reason", "entered twice"),
    ("doctor",),
)


def test_a_day_through_a_pool_is_that_without_one(run: Run, tmp_path: Path) -> None:
    if reason := why_no_pool():
        pytest.skip(reason)
    passwords = tmp_path / "passwords"
    passwords.write_text("*:*:*:*:of asel\n")
    passwords.chmod(0o600)
    with running_server() as server, running_pool(server, {"asel": "of asel"}) as port:
        answers = []
        for at in (port, server.port):
            name = server.make_database()
            assert run("init", server.url(name), "--group", MEMBERS).code == 0
            env = {"FOLLOWUP_STORE": f"postgresql://asel@127.0.0.1:{at}/{name}", "PGPASSFILE": str(passwords)}
            places = ((f"127.0.0.1:{at}", "HOST"), (name, "NAME"))
            answers.append(
                [
                    (words, done.code, without_what_differs(done.out, *places), without_what_differs(done.err, *places))
                    for words in DAY
                    for done in [run(*words, env=env)]
                ]
            )
        assert not [pair for pair in zip(*answers, strict=True) if pair[0] != pair[1]]
        refused = {words: code for words, code, _, _ in answers[0] if code}
        assert refused == {("check",): 2, ("show", "99"): 3}
