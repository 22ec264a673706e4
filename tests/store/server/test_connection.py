"""The connection to a server: what is more than a socket takes at once goes through."""

from __future__ import annotations

from contextlib import closing

from store.server.connection import Connection
from tests.store.server.conftest import SharedStore

MEGABYTES = 16 * 1024 * 1024


def test_long_statements_and_long_answers_go_through_in_one_step(server: SharedStore) -> None:
    with closing(Connection(server.url())) as connection:
        asked = [("SELECT length(%s), %s || ''", ("x" * MEGABYTES, "y" * MEGABYTES))] * 2
        for answer in connection.run(asked, within=60):
            ((length, text),) = answer.rows
            assert (length, len(text)) == (MEGABYTES, MEGABYTES)
