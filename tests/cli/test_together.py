"""Several people on one store at once: nothing is lost, and a real conflict shows both sides."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from store.database import Database
from tests import builders
from tests.builders import FOLLOWUP
from tests.cli import helpers
from tests.cli.helpers import ME, assert_refused, document, unchanged
from tests.conftest import Run

NOTES = 8


@pytest.mark.parametrize("writers", [2, 8])
def test_no_note_of_several_shell_loops_is_lost(database: Database, environment: dict[str, str], writers: int) -> None:
    loop = f"for i in $(seq {NOTES}); do {shlex.quote(FOLLOWUP)} note 3 writer $0 note $i || exit $?; done"
    env = {**environment, "FOLLOWUP_LOCK_TIMEOUT": "60"}
    processes = [
        subprocess.Popen(["bash", "-c", loop, str(each)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for each in range(writers)
    ]
    for process in processes:
        assert process.communicate(timeout=120) == (b"3 noted\n" * NOTES, b"")
        assert process.returncode == 0
    ledger = database.ledger()
    wanted = sorted(f"writer {writer} note {note}" for writer in range(writers) for note in range(1, NOTES + 1))
    assert sorted(event["note"] for event in ledger.notes(3)) == wanted
    assert ledger.revision == 6 + writers * NOTES
    assert builders.record(database, 3)["revision"] == 1 + writers * NOTES
    seqs = [event["seq"] for event in ledger.events()]
    assert seqs == list(range(1, len(seqs) + 1))


def test_two_batches_at_once_lose_nothing(database: Database, environment: dict[str, str]) -> None:
    env = {**environment, "FOLLOWUP_LOCK_TIMEOUT": "60"}
    processes = [builders.start("batch", env=env) for _ in range(2)]
    for process in processes:
        assert process.stdin
        process.stdin.write(b"note 3 x\n" * 50)
        process.stdin.close()
        process.stdin = None
    revisions = []
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err) == (0, b"")
        revisions += [int(line.split()[2]) for line in out.splitlines()]
    assert sorted(revisions) == list(range(7, 107))
    assert len(database.ledger().notes(3)) == 100


def test_who_looks_meanwhile_sees_whole_states_only(database: Database, environment: dict[str, str], run: Run) -> None:
    process = builders.start("batch", env=environment)
    assert process.stdin
    process.stdin.write(b"mark 2 3 in-progress\nmark 2 3 agreed\n" * 40)
    process.stdin.close()
    process.stdin = None
    while process.poll() is None:
        states = {each["state"] for each in document(run("list", "id:2-3", "--json"))}
        assert len(states) == 1
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err, out.count(b"\n")) == (0, b"", 80)


def test_a_conflict_shows_theirs_yours_and_who(database: Database, run: Run) -> None:
    builders.set_due(builders.beside(database, who="boris"), 2, "2023-05-31", reason="new minister")
    argv = ["due", "2", "2023-06-30", "--reason", "mine", "--expect-rev", "1"]
    with unchanged(database.storage.path):
        refused = run(*argv)
    assert_refused(refused, 6, "2", "revision 1", "2023-05-31", "2023-06-30", "2023-03-31", "boris", "2023-03-01")
    assert "theirs 2023-05-31" in refused.err
    assert "yours 2023-06-30" in refused.err
    assert "due_changes" not in refused.err
    assert run(*argv[:-1], "2").code == 0


def test_a_conflict_shows_what_changed_even_if_it_is_not_mine(database: Database, run: Run) -> None:
    builders.do(builders.beside(database, who="boris"), "edit", 2, owner="boris")
    builders.do(builders.beside(database, who="asel"), "note", 2, "called them")
    with unchanged(database.storage.path):
        refused = run("mark", "2", "done", "--expect-rev", "1")
    assert_refused(refused, 6, "owner", "theirs boris", "was asel", "theirs called them")


def test_a_conflict_is_told_even_when_the_change_would_be_refused(database: Database, run: Run) -> None:
    builders.do(builders.beside(database, who="boris"), "remove", 1, "entered twice")
    with unchanged(database.storage.path):
        assert_refused(run("note", "1", "x", "--expect-rev", "1"), 3, "1", "boris", "followup history 1")
    builders.set_due(builders.beside(database, who="boris"), 2, "2023-05-31", reason="new minister")
    with unchanged(database.storage.path):
        assert_refused(run("due", "2", "2023-06-30", "--expect-rev", "1"), 6, "boris")


def test_a_conflict_over_hostile_text_is_one_harmless_line(database: Database, run: Run) -> None:
    builders.do(builders.beside(database, who="bo\x1b[31mris"), "edit", 2, quote="a\x1b[2J\nb\u202e")
    refused = run("edit", "2", "--quote", "mine\nof two lines", "--expect-rev", "1")
    assert_refused(refused, 6, "quote")
    helpers.assert_harmless(refused.err)


def test_a_second_user_changes_a_shared_store(common: Path) -> None:
    helpers.needs_other_user()
    database = builders.make_store(str(common / "c.json"))
    helpers.open_to_group(database.storage.path)
    env = builders.isolated(str(common), FOLLOWUP_STORE=database.storage.path)
    assert helpers.as_nobody("note", "2", "from", "nobody", env=env) == (0, "2 noted\n", "")
    assert builders.followup("note", "2", "from", "me", env=env) == (0, "2 noted\n", "")
    who = [event["who"] for event in builders.events(database, 2)][-2:]
    assert who == ["nobody", ME]


def test_nobody_takes_back_what_another_did(common: Path) -> None:
    helpers.needs_other_user()
    database = builders.make_store(str(common / "c.json"))
    env = builders.isolated(str(common), FOLLOWUP_STORE=database.storage.path)
    assert builders.followup("edit", "2", "--owner", "mine", env=env).code == 0
    helpers.open_to_group(database.storage.path)
    with unchanged(database.storage.path):
        assert_refused(helpers.as_nobody("undo", env=env), 1, "no change of yours")
        assert_refused(helpers.as_nobody("undo", "7", env=env), 1, "7", ME)
    assert helpers.as_nobody("edit", "2", "--owner", "theirs", env=env).code == 0
    with unchanged(database.storage.path):
        refused = builders.followup("undo", env=env)
    assert_refused(refused, 6, "nobody", "owner", "2")


def test_the_group_of_a_shared_store_works_on_it_together(common: Path) -> None:
    """The administrator's way: init --shared with a group, whatever the umask of each user."""
    helpers.needs_other_user()
    import grp

    group = grp.getgrgid(helpers.NOBODY).gr_name
    store = str(common / "team" / "c.json")
    env = builders.isolated(str(common), FOLLOWUP_STORE=store)
    assert builders.followup("init", "--shared", "--group", group, env=env, umask=0o077).code == 0
    add = ["visit", "add", "X", "--place", "Y", "--from", "2023-01-01"]
    assert builders.followup(*add, env=env, umask=0o077).code == 0
    assert helpers.as_nobody(*add, env=env) == (0, "y-2023-2\n", "")
    assert builders.followup(*add, env=env, umask=0o077) == (0, "y-2023-3\n", "")
    assert builders.followup("doctor", env=env).code == 0
    status = os.stat(store)
    assert (status.st_mode & 0o7777, status.st_gid) == (0o660, helpers.NOBODY)
