"""A store on a PostgreSQL server, from the command line: the daily loop, who is who, what is refused."""

from __future__ import annotations

import json
import os
import socket
from typing import Any

import psycopg
import pytest

from store.errors import ChangedWhileRead
from store.server import statements
from store.server.server_store import ServerStore as Engine
from store.tinydb_storage import open_store
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.postgres_server import MEMBERS, PostgresServer
from tui import stderr
from tui.__main__ import FullScreenApp
from tui.cli.main import run as run_here

VISIT = ("visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06", "--to", "2022-12-08")
PROMISE = ("add", "Nominate officers", "--visit", "lyon-2022", "--by", "MIA", "--to", "INTERPOL", "--state", "agreed")


@pytest.fixture
def visit(server: SharedStore, run: Run) -> SharedStore:
    for line in (VISIT, PROMISE, ("add", "Send contact points", *PROMISE[2:])):
        assert run(*line, env=server.env()).code == 0
    return server


def test_the_daily_loop_is_that_of_a_file(visit: SharedStore, run: Run) -> None:
    env = visit.env()
    assert run("mark", "1", "reported", env=env).out == "1 agreed -> reported\n"
    assert run("due", "2", "2023-03-31", env=env).code == 0
    assert "taken back: the date of #2" in run("undo", env=env).out
    assert run("status", "--short", env=env).out == "1 no date, 1 to confirm, 1 silent, 2 open\n"
    assert [line.split()[0] for line in run("list", "--ids", env=env).out.splitlines()] == ["2", "1"]
    assert json.loads(run("show", "1", "--json", env=env).out)["state"] == "reported"
    assert run("doctor", env=env).code == 0


def test_who_made_a_change_is_the_word_of_the_server(visit: SharedStore, run: Run) -> None:
    assert run("note", "1", "called", env={**visit.env("boris"), "USER": "asel", "LOGNAME": "asel"}).code == 0
    events = json.loads(run("history", "1", "--json", env=visit.env()).out)
    assert [event["who"] for event in events] == ["asel", "boris"]
    nothing = run("undo", env={**visit.env(), "FOLLOWUP_STORE": visit.url("root")})
    assert nothing.code == 1, "root has changed nothing yet, whoever runs the process"


_CHANGE = "UPDATE followup.meta SET revision = revision + 1; INSERT INTO followup.changes " + (
    "SELECT revision, 'k', '{}', now() FROM followup.meta"
)
"""A change put down by plain SQL under a name, as the rules of the server would take it from who has that name."""


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE followup.events SET who = 'boris'",
        "DELETE FROM followup.events",
        "DELETE FROM followup.commitments",
        "INSERT INTO followup.events VALUES (90, 90, 'boris', NULL, NULL, false, false, '{\"who\":\"boris\"}')",
        "INSERT INTO followup.events VALUES (90, 90, 'asel', NULL, NULL, false, false, '{\"who\":\"boris\"}')",
        "INSERT INTO followup.changes VALUES (90, 'k', 'boris', now())",
        "UPDATE followup.meta SET store = 'other'",
        "UPDATE followup.meta SET revision = revision - 1",
        "UPDATE followup.meta SET next = regexp_replace(next, '\"events\": [0-9]+', '\"events\": 3')",
        "UPDATE followup.meta SET next = '{}'",
        "UPDATE followup.commitments SET state = 'confirmed'",
        'UPDATE followup.commitments SET head = \'{"id":1,"state":"agreed"}\'',
        "UPDATE followup.commitments SET number = number + 90",
        'UPDATE followup.commitments SET head = \'{"id":1,"state":"agreed"}\', '
        'doc = \'{"id":1,"state":"agreed","title":"x","visit":"v"}\'',
        f"{_CHANGE.format('asel')}; UPDATE followup.meta SET revision = revision - 1",
        "DROP TABLE followup.events",
        _CHANGE.format("asel")
        + "; INSERT INTO followup.events SELECT -5, revision, 'asel', NULL, NULL, false, false, "
        + """'{"seq":-5,"who":"asel","change":' || revision || '}' FROM followup.meta""",
        "SET SESSION AUTHORIZATION boris",
        "SET ROLE postgres",
        f"SET ROLE {MEMBERS}; {_CHANGE.format('boris')}",
        f"SET ROLE {MEMBERS}; {_CHANGE.format(MEMBERS)}",
    ],
)
def test_history_cannot_be_forged_by_a_member_with_a_program_of_her_own(visit: SharedStore, forgery: str) -> None:
    before = visit.sql("SELECT doc FROM followup.events ORDER BY seq")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        visit.sql(forgery, role="asel")
    assert visit.sql("SELECT doc FROM followup.events ORDER BY seq") == before


def test_a_reader_looks_and_changes_nothing(visit: SharedStore, run: Run) -> None:
    env = visit.env("clara")
    assert run("status", "--short", env=env).code == 0
    refused = run("note", "1", "hello", env=env)
    assert refused.code == 4
    assert "does not let you do this (permission denied" in refused.err
    assert refused.err.endswith('nothing was changed; ask its owner for: GRANT offices TO "clara"\n')
    assert visit.database("clara").is_read_only()
    assert not visit.database("boris").is_read_only()


@pytest.mark.parametrize(
    "name",
    [
        "postgresql://asel:secret@/x",
        "postgresql://asel%3Asecret@/x",
        "postgres://a@h/x?password=secret",
        "postgres://a@h/x?port=5&pass%77ord=secret",
        "postgres://a@h/x?sslpassword=secret",
    ],
)
def test_a_password_in_the_name_is_refused_and_never_printed(run: Run, name: str) -> None:
    refused = run("status", env={"FOLLOWUP_STORE": name})
    assert refused.code == 2
    assert "~/.pgpass" in refused.err
    assert "secret" not in refused.out + refused.err


def test_a_store_that_is_not_there_and_a_server_that_is_not_there(postgres: PostgresServer, run: Run) -> None:
    url = postgres.url(postgres.make_database())
    missing = run("list", env={"FOLLOWUP_STORE": url})
    assert missing.code == 4
    assert "there is no store at postgresql://" in missing.err
    assert "followup init" in missing.err
    away = run("list", env={"FOLLOWUP_STORE": "postgresql://asel@/x?host=/nowhere"})
    assert away.code == 4
    assert "cannot be reached" in away.err


def test_a_tab_is_not_kept_waiting_by_a_server(visit: SharedStore, run: Run) -> None:
    typed = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "COMP_LINE": "followup show ", "COMP_POINT": "14"}
    shown = run(env={**visit.env(), **typed, "_ARGCOMPLETE_STDOUT_FILENAME": "/dev/stdout"})
    assert "1" in shown.out.split()
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        host, port = deaf.getsockname()
        away = {"FOLLOWUP_STORE": f"postgresql://asel@/x?host={host}&port={port}"}
        given_up = run(env={**away, **typed, "_ARGCOMPLETE_STDOUT_FILENAME": "/dev/stdout"})
    assert (given_up.out, given_up.err) == ("", "")


def test_a_script_opens_it_with_tinydb(visit: SharedStore) -> None:
    with open_store(visit.url(), who="script") as db:
        db.table("commitments").update({"owner": "boris"}, doc_ids=[2])
        db.run("note", 2, "from a script")
    events = visit.database().snapshot().events_of(2)
    assert [(event["who"], event.get("script")) for event in events][1:] == [("asel", "script")] * 2
    assert visit.database().snapshot().commitments[2]["owner"] == "boris"


def test_who_holds_the_turn_is_named_and_nothing_is_changed(visit: SharedStore, run: Run) -> None:
    with visit.database("boris").transaction() as held:
        busy = run("note", "1", "hello", env={**visit.env(), "FOLLOWUP_LOCK_TIMEOUT": "0.2"})
        assert busy.code == 5
        assert "is being changed by boris;" in busy.err
        assert held.actor == "boris"
    assert run("note", "1", "hello", env=visit.env()).code == 0


def test_a_reader_in_a_transaction_is_not_taken_for_who_holds_the_turn(visit: SharedStore, run: Run) -> None:
    with psycopg.connect(visit.url("clara")) as reader:
        reader.execute("SELECT count(*) FROM followup.meta")
        reader.execute("SELECT pg_current_xact_id()")
        with visit.database("asel").transaction():
            busy = run("note", "1", "hello", env={**visit.env("boris"), "FOLLOWUP_LOCK_TIMEOUT": "0.2"})
    assert busy.code == 5
    assert "is being changed by asel;" in busy.err


def test_an_outsider_is_told_what_to_ask_for(visit: SharedStore, postgres: PostgresServer, run: Run) -> None:
    postgres.sql("DROP ROLE IF EXISTS outsider; CREATE ROLE outsider LOGIN")
    end = 'nothing was changed; ask its owner for: GRANT offices TO "outsider"\n'
    for words in (("list",), ("note", "1", "hello"), ("doctor",)):
        refused = run(*words, env=visit.env("outsider"))
        assert (refused.code, refused.out) == (4, "")
        assert refused.err.endswith(end)
    there = run("init", visit.url("outsider"))
    assert there.code == 4
    assert "ask its owner for: GRANT CREATE ON DATABASE" in there.err
    assert run("init", visit.url("asel")).code == 1
    name = postgres.make_database()
    refused = run("init", postgres.url(name, "outsider"))
    assert refused.code == 4
    assert refused.err.endswith(f'ask its owner for: GRANT CREATE ON DATABASE "{name}" TO "outsider"\n')
    postgres.drop_database(name)
    postgres.sql("DROP ROLE outsider")


def test_init_leaves_what_is_there(server: SharedStore, run: Run) -> None:
    again = run("init", server.url("postgres"))
    assert again.code == 1
    assert "there is a store" in again.err
    for options in (["--shared"], ["--shared", "--group", "offices"]):
        assert run("init", server.url("postgres"), *options).code == 2
    assert run("init", "/tmp/store.json", "--readers", "donors").code == 2


def test_a_newer_store_is_refused(server: SharedStore, run: Run) -> None:
    server.sql("UPDATE followup.meta SET layout = 2")
    newer = run("status", env=server.env())
    assert newer.code == 4
    assert "update followup" in newer.err


def test_a_passage_is_redacted_by_the_owner_alone(visit: SharedStore, run: Run) -> None:
    assert run("note", "1", "Major X called", env=visit.env()).code == 0
    redact = ("redact", "1", "--passage", "Major X", "--yes")
    assert run(*redact, env=visit.env()).code == 4
    assert run(*redact, env=visit.env("postgres")).code == 0
    assert "Major X" not in str(visit.sql("SELECT doc FROM followup.events"))
    assert run("doctor", env=visit.env("postgres")).code == 0


@pytest.mark.parametrize(("hours", "told"), [(11, 0), (13, 1), (-13, 1)])
def test_clocks_that_differ_by_a_day_are_told(
    visit: SharedStore, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], hours: int, told: int
) -> None:
    for name in ("META", "META_TURN"):
        text = getattr(statements, name).replace("now()", f"now() + interval '{hours} hours'")
        monkeypatch.setattr(statements, name, text)
    for words in (["status"], ["note", "1", "hello"], ["check"]):
        run_here([*words, "--store", visit.url()], dict(os.environ), FullScreenApp())
        said = capfd.readouterr().err
        sentence = (
            f"the clocks of this machine and of {visit.url()} differ by 13 h: changes are dated by that of the server: "
            "set the one that is wrong"
        )
        assert said.count(sentence) == told


def test_a_look_that_is_begun_anew_says_its_words_once(
    visit: SharedStore, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(stderr._Said, "sentences", set())
    monkeypatch.setattr(stderr._Said, "is_once", False)
    ask, asked = Engine.ask_in_snapshot, []

    def changed_at_the_last(store: Engine, statements_: Any) -> Any:
        asked.append(statements_)
        if len(asked) == fails_at:
            raise ChangedWhileRead("it was changed while it was read")
        return ask(store, statements_)

    monkeypatch.setattr(Engine, "ask_in_snapshot", changed_at_the_last)
    words = ["list", "owner:nobody", "--store", visit.url()]
    monkeypatch.setattr("tui.cli.stdout._written", False)
    fails_at = 0
    code = run_here(words, dict(os.environ), FullScreenApp())
    said, fails_at = capfd.readouterr().err, len(asked)
    assert "nobody" in said
    monkeypatch.setattr(stderr._Said, "sentences", set())
    monkeypatch.setattr("tui.cli.stdout._written", False)
    asked.clear()
    assert run_here(words, dict(os.environ), FullScreenApp()) == code
    assert len(asked) > fails_at
    assert capfd.readouterr().err == said


@pytest.mark.parametrize("more", ["", "CREATE TABLE followup.meta (one int)"])
def test_a_schema_of_that_name_that_is_anothers_is_told_and_left(postgres: PostgresServer, run: Run, more: str) -> None:
    name = postgres.make_database()
    postgres.sql(f"CREATE SCHEMA followup; {more}", name)
    url = postgres.url(name)
    assert run("status", "--store", url).code == 4
    made = run("init", url)
    assert (made.code, "a schema named followup that is not this program's" in made.err) == (1, True)
    if more:
        for words in (["note", "1", "x"], ["list"], ["doctor"]):
            refused = run(*words, "--store", url)
            assert (refused.code, "not this program's" in refused.err) == (4, True)


def test_a_password_beside_a_service_is_refused_and_not_printed(run: Run) -> None:
    refused = run("status", "--store", "service=office password=secret")
    assert (refused.code, "secret" in refused.err) == (2, False)


@pytest.mark.parametrize(
    "text", ["next = 'x'", "settings = repeat('[', 100000)", """settings = '{"timezone": 5}'""", "more = '[1]'"]
)
@pytest.mark.parametrize("words", [("status",), ("note", "1", "x"), ("doctor",)])
def test_what_is_no_meta_row_is_refused_in_one_sentence(
    server: SharedStore, run: Run, text: str, words: tuple[str, ...]
) -> None:
    server.sql(f"UPDATE followup.meta SET {text}")
    result = run(*words, env=server.env())
    assert (result.code, result.out) == (4, "")
    assert "another program wrote into the row followup.meta of" in result.err
    assert "fault" not in result.err


def test_more_says_nothing_of_what_has_a_column(server: SharedStore, run: Run) -> None:
    server.sql("""UPDATE followup.meta SET more = '{"revision": 1000}'""", "asel")
    assert run(*VISIT, env=server.env()).code == 0
