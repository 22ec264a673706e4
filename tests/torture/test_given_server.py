"""The proofs on a server that somebody has: they make databases there, and leave none behind."""

from __future__ import annotations

from tests.support.postgres_server import OWNER, keeping_server, running_server
from tests.support.program_with_injections import Program
from torture.server.changes_between_steps import between_the_steps
from torture.server.given_server import given_server
from torture.testbed import Testbed


def test_a_given_server_is_used_and_left_as_it_was() -> None:
    with running_server() as server:
        server.sql("CREATE ROLE zoe LOGIN CREATEDB")
        before = server.sql("SELECT datname FROM pg_database")
        url = f"postgresql://zoe@/{OWNER}?host={server.folder}"
        with given_server(url) as given, keeping_server(given):
            proof = between_the_steps(Testbed(Program(), is_short=True, seed=7, server=url))
        assert proof.has_held, proof.lines()
        assert server.sql("SELECT datname FROM pg_database") == before
