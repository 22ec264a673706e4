"""The proofs of a store on a server share one PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.postgres_server import keeping_server


@pytest.fixture(scope="session", autouse=True)
def _one_server() -> Iterator[None]:
    with keeping_server():
        yield
