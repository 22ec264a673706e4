"""The audit trail of a store on a server: a line for each change made on this machine, whoever made it."""

from __future__ import annotations

from pathlib import Path

from store.rules.audit_line_and_chain import parse_line
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.audit_socket import LogSocket, audited
from tests.support.postgres_server import MEMBERS, PostgresServer
from tests.support.program_with_injections import Program


def test_the_changes_of_members_leave_lines_with_which_the_store_agrees(
    server: SharedStore, environment: dict[str, str], run: Run, tmp_path: Path
) -> None:
    program = Program().after(audited)
    with LogSocket() as log:
        for role, words in (
            ("asel", ("visit", "add", "Visit", "--place", "Lyon", "--from", "2022-12-06")),
            ("asel", ("add", "Send it", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL")),
            ("boris", ("note", "1", "Somebody called")),
            ("postgres", ("redact", "1", "--passage", "Somebody", "--yes")),
            ("asel", ("note", "1", "x")),
            ("asel", ("undo",)),
        ):
            done = program.run(*words, env={**environment, **log.variables, **server.env(role)})
            assert done.code == 0, done
        lines = [parse_line(line) for line in log.lines()]
        assert [line and line.change for line in lines] == [2, 3, 4, 5, 6, 7]
        assert len({line and line.store for line in lines}) == 1
        verified = run("history", "--verify", str(log.log_file()), env=server.env("root"))
        assert (verified.code, verified.err) == (0, "")
        assert verified.out.endswith("the store agrees with the log: 6 changes in the store, 6 lines in the log\n")
        altered = "UPDATE followup.events SET doc = replace(doc::text, 'called', 'agreed')::{} WHERE seq = {}"
        [(kind,)] = server.sql(
            "SELECT data_type FROM information_schema.columns WHERE table_name = 'events' AND column_name = 'doc'"
        )
        [(seq,)] = server.sql("SELECT seq FROM followup.events WHERE doc::text LIKE '%called%'")
        server.sql(f"ALTER TABLE followup.events DISABLE TRIGGER ALL; {altered.format(kind, seq)} RETURNING seq")
        found = run("history", "--verify", str(log.log_file()), env=server.env("root"))
        assert (found.code, "from change " in found.out) == (1, True)


def test_a_store_that_moves_there_and_back_keeps_every_byte_of_its_history_and_of_its_trail(
    postgres: PostgresServer, environment: dict[str, str], run: Run, tmp_path: Path
) -> None:
    place = SharedStore(postgres, postgres.make_database())
    file, back = tmp_path / "office.json", tmp_path / "back.json"
    tmp_path.chmod(0o700)
    in_file, on_server = {"FOLLOWUP_STORE": str(file)}, place.env("postgres")
    program = Program().after(audited)
    assert run("init", str(file)).code == 0
    with LogSocket() as log:

        def done(env: dict[str, str], *words: str) -> None:
            answer = program.run(*words, env={**environment, **log.variables, **env})
            assert answer.code == 0, answer

        done(in_file, "visit", "add", "Учебный визит", "--place", "Лион", "--from", "2022-12-06", "--slug", "lyon-2022")
        promise = ("--visit", "lyon-2022", "--by", "МВД", "--to", "Интерпол", "--state", "agreed")
        done(in_file, "add", "Назначить офицеров связи", *promise, "--quote", "«Мы назначим двух офицеров — ёлки!»")
        done(in_file, "note", "1", "Письмо № 7 ушло в министерство")
        done(in_file, "due", "1", "2023-04-01", "--reason", "министр в отъезде")
        before = file.read_bytes().splitlines()
        done(in_file, "move", place.url("postgres"), "--group", MEMBERS)
        done(place.env("asel"), "note", "1", "С сервера: Ҷавоб гирифта шуд")
        done(place.env("boris"), "chase", "1", "--note", "Өтініш жіберілді")
        done(on_server, "move", str(back))
        done({"FOLLOWUP_STORE": str(back)}, "note", "1", "Снова в файле")
        there = {line.rstrip(b",}") for line in back.read_bytes().splitlines()}
        events = before[before.index(b'"events":{') + 1 :]
        assert len(events) > 4
        assert [line for line in events if line.rstrip(b",}") not in there] == []
        verified = run("history", "--verify", str(log.log_file()), env={"FOLLOWUP_STORE": str(back)})
        assert (verified.code, verified.err) == (0, "")
    assert run("doctor", env={"FOLLOWUP_STORE": str(back)}).code == 0
