"""The audit trail of a store on a server: a line for each change made on this machine, whoever made it."""

from __future__ import annotations

from pathlib import Path

from store.rules.audit_line import parse_line
from tests.conftest import Run
from tests.store.server.conftest import ServerStore
from tests.support.audit_socket import LogSocket, audited
from torture.program import Program


def test_the_changes_of_members_leave_lines_with_which_the_store_agrees(
    server: ServerStore, environment: dict[str, str], run: Run, tmp_path: Path
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
