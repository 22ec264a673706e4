"""The doctor on a server: what it finds and mends in tables and rights, and what it tells of the server itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest

from store.clock import MachineClock
from store.database import Database
from store.maintenance.doctor import examine
from store.maintenance.finding import Finding
from store.server import schema, statements
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.postgres_relay import FAILING, Fault, relay_to
from tests.support.postgres_server import MEMBERS, PostgresServer, running_pair

VISIT = ("visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06", "--to", "2022-12-08")
PROMISE = ("add", "Nominate officers", "--visit", "lyon-2022", "--by", "MIA", "--to", "INTERPOL", "--state", "agreed")

NO_STANDBY = "server: no synchronous standby: what is acknowledged is lost with this server's disk"


@pytest.fixture
def visit(server: SharedStore, run: Run) -> SharedStore:
    for line in (VISIT, PROMISE, ("note", "1", "rang them")):
        assert run(*line, env=server.env()).code == 0
    return server


def examined(store: SharedStore, role: str) -> list[Finding]:
    return examine(Database(store.url(role), MachineClock(), "nobody"))


def found(store: SharedStore, role: str = "postgres") -> list[str]:
    return [finding.sentence for finding in examined(store, role) if finding.is_fault]


def told(store: SharedStore, role: str = "postgres") -> list[str]:
    return [finding.sentence for finding in examined(store, role) if not finding.is_fault]


@pytest.mark.parametrize("role", ["postgres", "asel", "clara"])
def test_a_sound_store_has_no_findings_whoever_looks(visit: SharedStore, run: Run, role: str) -> None:
    done = run("doctor", env=visit.env(role))
    assert done.code == 0
    first, engine, standby = done.out.splitlines()
    assert first.endswith(": no findings")
    assert engine.startswith("server: PostgreSQL ")
    assert engine.endswith(" on this machine")
    assert standby == NO_STANDBY


WRITTEN = {
    "UPDATE followup.commitments SET state = 'closed'": "the columns of commitment 1 do not say what its record says",
    "UPDATE followup.commitments SET head = '{}'": "the columns of commitment 1 do not say what its record says",
    "UPDATE followup.events SET is_note = false WHERE is_note": "the columns of event 5 do not say what it says",
    "GRANT SELECT ON followup.events TO PUBLIC": "everybody on the server may select in followup.events, which init "
    "grants nobody",
    "GRANT USAGE ON SCHEMA followup TO PUBLIC": "everybody on the server may usage in the schema followup, which init "
    "grants nobody",
    "GRANT DELETE ON followup.events TO asel": "asel may delete in followup.events, which init grants nobody",
    "GRANT UPDATE (store) ON followup.meta TO offices": "offices may update in followup.meta.store, which init grants "
    "nobody",
    "REVOKE UPDATE ON followup.visits FROM offices": "offices may change the store, and yet may not update in "
    "followup.visits",
    "REVOKE UPDATE (next) ON followup.meta FROM offices": "offices may change the store, and yet may not update in "
    "followup.meta.next",
    "DROP POLICY events_signed ON followup.events": "the row security is not that of init: who made a change is taken "
    "on trust",
    "ALTER POLICY events_signed ON followup.events WITH CHECK (true)": "the row security is not that of init: who made "
    "a change is taken on trust",
    "ALTER POLICY changes_signed ON followup.changes WITH CHECK (who = session_user)": "the row security is not that "
    "of init: who made a change is taken on trust",
    "ALTER TABLE followup.events DISABLE ROW LEVEL SECURITY": "followup.events has no row security: who made a change "
    "is taken on trust",
}
"""What another program wrote -> what is found, and mended by the owner."""


@pytest.mark.parametrize("text", WRITTEN)
def test_what_another_program_wrote_is_found_and_mended_by_the_owner(visit: SharedStore, run: Run, text: str) -> None:
    visit.sql(text)
    assert f"{WRITTEN[text]} (followup doctor --repair mends it)\n" in run("doctor", env=visit.env()).out
    if "followup.commitments" not in text:  # Which members may write into.
        refused = run("doctor", "--repair", env=visit.env())
        assert refused.code == 1
        assert f"{WRITTEN[text]} - could not be mended: " in refused.out
        assert "does not let you do this" in refused.out
    mended = run("doctor", "--repair", env=visit.env("postgres"))
    assert (mended.code, mended.out.splitlines()[0]) == (0, f"{WRITTEN[text]} - mended")
    assert found(visit) == []
    assert run("note", "1", "they rang back", env=visit.env()).code == 0
    assert found(visit) == []


def test_a_number_that_was_taken_for_the_next_event_is_mended(visit: SharedStore, run: Run) -> None:
    visit.sql("""UPDATE followup.meta SET next = replace(next, '"events": 6', '"events": 3')""")
    assert "the next event would get a number that is there already: 3" in found(visit)
    assert run("doctor", "--repair", env=visit.env("postgres")).code == 0
    assert found(visit) == []
    assert run("note", "1", "they rang back", env=visit.env()).code == 0


NUMBERS = {
    "UPDATE followup.events SET who = 'boris' WHERE seq = 2": "the columns of event 2 do not say what it says",
    "UPDATE followup.events SET change = 2 WHERE seq = 5": "the columns of event 5 do not say what it says",
    "DELETE FROM followup.events WHERE seq = 3": "1 events are missing: another program took them out",
    "UPDATE followup.changes SET who = 'boris' WHERE change = 3": "3 events belong to a change that is not there, or "
    "that somebody else made",
    "INSERT INTO followup.changes VALUES (1, 'k', 'boris', now())": "1 change has no event: another program wrote it",
    "DELETE FROM followup.changes WHERE change = 4": "the last change that the server holds is 3, and the store is at "
    "revision 4",
    "UPDATE followup.visits SET changed = 9": "visits were changed in revision 9, and the store is at revision 4",
    "INSERT INTO followup.parties VALUES (7, 2, NULL)": "the next of parties would get a number that was given "
    "already: 3",
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers_that_do_not_fit_are_found(visit: SharedStore, run: Run, text: str) -> None:
    visit.sql(text)
    assert NUMBERS[text] in found(visit)
    assert run("doctor", env=visit.env()).code == 1


def test_a_member_can_take_the_number_of_no_change_to_come_and_add_to_no_change_of_others(
    visit: SharedStore, run: Run
) -> None:
    event = "INSERT INTO followup.events SELECT 90, {change}, 'boris', subject, number, is_note, is_turn, "
    event += """jsonb_set(doc::jsonb, '{{who}}', '"boris"')::text FROM followup.events WHERE seq = 1"""
    for text in (
        "INSERT INTO followup.changes VALUES (5, 'k', 'boris', now())",
        "INSERT INTO followup.changes VALUES (99, 'k', 'boris', now())",
        event.format(change=2),
        event.format(change=4),
        event.format(change=99),
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            visit.sql(text, "boris")
    assert found(visit) == []
    assert run("note", "1", "they rang back", env=visit.env()).code == 0


def test_a_number_that_is_taken_is_told_in_a_sentence_and_given_back_by_the_owner(visit: SharedStore, run: Run) -> None:
    visit.sql("INSERT INTO followup.changes VALUES (5, 'k', 'asel', now())")
    refused = run("note", "1", "they rang back", env=visit.env())
    assert (refused.code, refused.out) == (4, "")
    assert refused.err == (
        f"followup: another program took the number of the next change of {visit.database().where}; nothing was "
        "changed: the owner of the store can run followup doctor --repair\n"
    )
    said = "the last change that the server holds is 5, and the store is at revision 4"
    assert said in found(visit)
    assert run("doctor", "--repair", env=visit.env("postgres")).code == 0
    assert found(visit) == []
    assert run("note", "1", "they rang back", env=visit.env()).code == 0


def test_a_role_that_only_looks_may_be_granted_less(visit: SharedStore) -> None:
    visit.sql("GRANT USAGE ON SCHEMA followup TO boris; GRANT SELECT ON followup.commitments TO boris")
    assert found(visit) == []


def test_a_role_of_a_strange_name_is_mended_as_well(visit: SharedStore, run: Run) -> None:
    visit.sql('DROP ROLE IF EXISTS "Zoë; the ""2nd"""; CREATE ROLE "Zoë; the ""2nd"""')
    visit.sql('GRANT DELETE ON followup.changes TO "Zoë; the ""2nd"""')
    assert run("doctor", "--repair", env=visit.env("postgres")).code == 0
    visit.sql('DROP ROLE "Zoë; the ""2nd"""')


def test_other_engines_are_named_and_what_they_make_of_read_committed(
    visit: SharedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "VERSION", "SELECT 'CockroachDB CCL v25.2.0 (x86_64-linux, built 2025/05/01)'")
    monkeypatch.setattr(statements, "ISOLATION", "SELECT 'serializable', NULL")
    assert told(visit) == [
        "server: CockroachDB CCL v25.2.0 on this machine",
        "server: followup is written for it, and was tried on PostgreSQL only",
        "server: READ COMMITTED is taken as SERIALIZABLE: changes at the same time work by trying again, and who waits "
        "longest is not the next",
    ]
    monkeypatch.setattr(statements, "VERSION", "SELECT 'PostgreSQL 11.2-YB-2.20.1.0-b0 on x86_64-linux, compiled'")
    monkeypatch.setattr(statements, "ISOLATION", "SELECT 'read committed', 'repeatable read'")
    engine, _, isolation = told(visit)
    assert engine == "server: YugabyteDB (PostgreSQL 11.2-YB-2.20.1.0-b0) on this machine"
    assert "READ COMMITTED is taken as REPEATABLE READ" in isolation
    monkeypatch.setattr(statements, "VERSION", "SELECT 'PostgreSQL 13.4 (Debian 13.4-1) on x86_64-linux, compiled'")
    assert told(visit)[1] == "server: followup is written for PostgreSQL 14 and newer"


def test_what_a_server_does_not_tell_is_said_to_be_not_looked_at(
    visit: SharedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "POLICIES", "SELECT * FROM pg_no_such_table")
    monkeypatch.setattr(statements, "IN_RECOVERY", "SELECT no_such_function()")
    assert found(visit) == []
    assert told(visit)[:2] == [
        "not looked at: row security, which the server does not tell",
        "not looked at: whether it is a standby, which the server does not tell",
    ]


@pytest.mark.parametrize(("seconds", "said"), [(3, ""), (90, "90 s ahead of"), (-90, "90 s behind")])
def test_a_clock_that_differs_is_told(
    visit: SharedStore, monkeypatch: pytest.MonkeyPatch, seconds: int, said: str
) -> None:
    monkeypatch.setattr(statements, "CLOCK", statements.CLOCK.replace("now()", f"now() + interval '{seconds} s'"))
    clock = [sentence for sentence in told(visit) if "clock" in sentence]
    assert (len(clock) == 1) == bool(said)
    assert all(sentence.startswith("server: its clock is ") for sentence in clock)
    # A busy machine may take a second or two to answer.
    assert not said or clock[0].partition(" s ")[2].startswith(said.partition(" s ")[2])


@pytest.mark.parametrize("code", ["0A000", "42601"])
def test_where_a_server_has_no_row_security_init_says_that_names_are_taken_on_trust(
    postgres: PostgresServer, run: Run, code: str
) -> None:
    name = postgres.make_database()
    postgres.sql(FAILING, name)
    with relay_to(postgres.address) as relay:
        relay.arm(Fault("fail", schema.ROW_SECURITY[2], lasts=True, code=code))
        made = run("init", f"postgresql://postgres@/{name}?host={relay.folder}", "--group", MEMBERS)
    assert made.code == 0
    assert made.err.startswith("followup: this server has no row security: who made a change is taken on trust\n")
    env = {"FOLLOWUP_STORE": postgres.url(name, "asel")}
    assert run(*VISIT, env=env).code == 0
    doctor = run("doctor", env=env)
    assert doctor.code == 1
    assert "followup.events has no row security: who made a change is taken on trust" in doctor.out
    assert run("doctor", "--repair", env={"FOLLOWUP_STORE": postgres.url(name)}).code == 0
    postgres.drop_database(name)


Pair = tuple[PostgresServer, PostgresServer, SharedStore]


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[PostgresServer, PostgresServer]]:
    with running_pair("standby") as both:
        yield both


@pytest.fixture
def store(pair: tuple[PostgresServer, PostgresServer], run: Run) -> Iterator[SharedStore]:
    primary, _ = pair
    made = SharedStore(primary, primary.make_database())
    assert run("init", made.url("postgres"), "--group", MEMBERS).code == 0
    yield made
    primary.sql("ALTER SYSTEM RESET ALL")
    primary.sql("SELECT pg_reload_conf()")
    primary.sql("ALTER ROLE asel RESET ALL")


Setting = Callable[[str, str], None]


@pytest.fixture
def setting(store: SharedStore) -> Setting:
    """Sets one in the server, and waits until it holds."""

    def set_it(name: str, value: str) -> None:
        store.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        store.sql("SELECT pg_reload_conf()")
        while store.sql(f"SHOW {name}") != [(value,)]:
            pass

    return set_it


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_what_a_power_cut_would_take_is_a_finding(store: SharedStore, setting: Setting, run: Run, name: str) -> None:
    setting(name, "off")
    done = run("doctor", env=store.env())
    assert done.code == 1
    assert f"the server has {name} = off: what was acknowledged is lost in a power cut\n" in done.out


def test_so_is_a_role_that_gave_itself_less(store: SharedStore) -> None:
    store.sql("ALTER ROLE asel SET synchronous_commit = off", role="asel")
    sentence = (
        "the changes of asel are made with synchronous_commit = off: what was acknowledged is lost in a power cut"
    )
    assert sentence in found(store)


def test_a_synchronous_standby_says_no_word_and_one_that_is_away_is_a_finding(
    store: SharedStore, setting: Setting, pair: tuple[PostgresServer, PostgresServer]
) -> None:
    assert NO_STANDBY in told(store)
    setting("synchronous_standby_names", "standby")
    assert NO_STANDBY not in told(store, "asel")
    assert found(store, "asel") == []
    setting("synchronous_commit", "local")
    assert NO_STANDBY in told(store)
    setting("synchronous_commit", "remote_apply")
    _, standby = pair
    standby.stop("fast")
    try:
        while store.sql("SELECT 1 FROM pg_stat_replication"):
            pass
        away = "no standby is connected, and one has to confirm each change: changes wait until it is there"
        assert found(store, "asel") == [away]
    finally:
        standby.start()


def test_a_standby_is_looked_at_where_somebody_insists(
    store: SharedStore, pair: tuple[PostgresServer, PostgresServer], run: Run
) -> None:
    primary, standby = pair
    url = f"postgresql://asel@/{store.name}?host={standby.folder}"
    written = primary.sql("SELECT pg_current_wal_lsn()::text")[0][0]
    while standby.sql(f"SELECT 1 WHERE pg_last_wal_replay_lsn() < '{written}'"):
        pass
    end = (
        "takes no changes: it is a standby, or was set to read-only; nothing was changed: "
        "name the server that leads, or all of them as //HOST,HOST/DATABASE\n"
    )
    insisted = {"FOLLOWUP_STORE": f"{url}&target_session_attrs=any", "FOLLOWUP_LOCK_TIMEOUT": "0.2"}
    for refused in (run("doctor", "--store", url), run("undo", env=insisted)):
        assert (refused.code, refused.out) == (4, "")
        assert refused.err.endswith(end)
    done = run("doctor", "--store", f"{url}&target_session_attrs=any")
    assert done.code == 1
    assert "the server is a standby: the store can be looked at here, and not changed\n" in done.out
