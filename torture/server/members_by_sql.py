"""Members and readers with plain SQL of their own: they hold nobody up by history, and get nobody else blamed."""

from __future__ import annotations

import contextlib

import psycopg

from tests.support.postgres_server import MEMBERS, OWNER, READERS
from torture.proof import Proof
from torture.server.server_sandbox import PERSON, ServerSandbox, server_sandbox
from torture.testbed import Testbed

_READER = "clara"
_MEMBER = "asel"

_CHANGE = f"INSERT INTO followup.changes VALUES (%d, 'k%d', '{_MEMBER}', now())"
_EVENT = f"""INSERT INTO followup.events
    VALUES (%d, %d, '{_MEMBER}', NULL, NULL, false, false, '{{"who":"{_MEMBER}"}}')"""
_EVENT_OF_ANOTHER_CHANGE = f"""INSERT INTO followup.events VALUES (%d, %d, '{_MEMBER}', 'id', 1, true, false,
    '{{"seq":%d,"change":2,"who":"{_MEMBER}","id":1,"action":"note","revision":1,"note":"forged"}}')"""
_NEXT_CHANGE = f"""UPDATE followup.meta SET revision = revision + 1;
    INSERT INTO followup.changes SELECT revision, 'next', '{_MEMBER}', now() FROM followup.meta;
    UPDATE followup.meta SET revision = revision - 1"""
_BACK = "UPDATE followup.meta SET revision = revision - 1"
_EVENTS_BACK = """UPDATE followup.meta SET next = regexp_replace(next, '"events": [0-9]+', '"events": 1')"""
"""What a member writes past the program."""

_TRAP = (
    "GRANT CREATE ON SCHEMA public TO PUBLIC",
    "CREATE TABLE public.caught (who text); GRANT INSERT ON public.caught TO PUBLIC",
)
_TRAP_OF_READER = (
    """CREATE FUNCTION public.trap(text, bigint) RETURNS text LANGUAGE sql AS
    $$ INSERT INTO public.caught VALUES (session_user); SELECT $1 OPERATOR(pg_catalog.||) $2::text $$""",
    "CREATE OPERATOR public.|| (leftarg = text, rightarg = bigint, function = public.trap)",
)
"""An operator of a reader's own, which fits better than the server's: it runs as whoever uses it."""


def members_by_sql(testbed: Testbed) -> Proof:
    """D4: history by plain SQL is refused; a reader in a transaction is not named as who holds the turn."""
    proof = Proof("D4", "plain SQL of members and readers holds up no change, and gets nobody else blamed")
    with server_sandbox(testbed) as sandbox:
        database = sandbox.server.make_database()
        try:
            _try(proof, sandbox, database)
        finally:
            sandbox.server.drop_database(database)
    return proof


def _try(proof: Proof, sandbox: ServerSandbox, database: str) -> None:
    server = sandbox.server
    members = {"FOLLOWUP_STORE": server.url(database, PERSON)}
    owner = server.url(database, OWNER)
    made = sandbox.run("init", owner, "--group", MEMBERS, "--readers", READERS, env={"FOLLOWUP_STORE": owner})
    proof.check(made.code == 0, f"init: {made}")
    add = ("visit", "add", "Lyon", "--place", "Lyon", "--from")
    added = sandbox.run(*add, "2023-02-01", env=members)
    proof.check(added.code == 0, f"a member cannot add a visit: {added}")
    ((revision,),) = server.sql("SELECT revision FROM followup.meta", database)
    tries = ((_EVENT, revision), (_EVENT, 1), (_EVENT, 999), (_CHANGE, 999), (_CHANGE, revision + 1))
    for place, (text, change) in enumerate(tries, 90):
        written = text % ((place, change) if text == _EVENT else (change, place))
        proof.count("writes by plain SQL")
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            server.sql(written, database, _MEMBER)
            proof.check(False, f"the server took {written}")
    if proof.wrong:
        return
    for seq in (2, 90):
        proof.count("writes by plain SQL")
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            server.sql(_EVENT_OF_ANOTHER_CHANGE % (seq, revision, seq), database, _MEMBER)
            proof.check(False, f"the server took an event with the number {seq} that says another change than its own")
    for text in (_NEXT_CHANGE, _BACK, _EVENTS_BACK):
        proof.count("writes by plain SQL")
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            server.sql(text, database, _MEMBER)
            proof.check(False, f"the server took {text}")
    for text in _TRAP:
        server.sql(text, database, OWNER)
    for text in _TRAP_OF_READER:
        server.sql(text, database, _READER)
    added = sandbox.run(*add, "2023-02-02", env=members)
    proof.check(added.code == 0, f"a member is held up by plain SQL: {added}")
    caught = server.sql("SELECT DISTINCT who FROM public.caught", database, OWNER)
    proof.check(not caught, f"an operator of a reader's own ran as {caught}")
    with server.connected(database, _READER) as reader, server.connected(database, _MEMBER) as holder:
        for connection in (reader, holder):
            connection.execute("BEGIN")
        reader.execute("SELECT count(*) FROM followup.meta")
        reader.execute("SELECT pg_current_xact_id()")
        reader.execute("PREPARE lock AS SELECT 1 FROM followup.meta FOR UPDATE")
        holder.execute("SELECT * FROM followup.meta FOR UPDATE")
        holder.execute("SELECT pg_current_xact_id()")
        busy = sandbox.run(*add, "2023-02-03", env={**members, "FOLLOWUP_LOCK_TIMEOUT": "0.2"})
        proof.count("holders of the turn")
        proof.check(busy.code == 5 and f"by {_MEMBER};" in busy.err, f"beside a reader's transaction: {busy}")
