"""What the tests of undo share: undoing, redoing, a refusal that leaves the file as it is, a store that is sound."""

from typing import Any

import pytest

from store.database import Database
from store.errors import FollowUpError
from store.file.strict_reader import read_strictly
from store.fold_case_and_accents import fold
from store.maintenance.doctor import examine
from tests.support.store_builders import do, raw


def undo(database: Database, change: int | None = None) -> list[Any]:
    taken_back: list[Any] = do(database, "undo", change)
    return taken_back


def redo(database: Database) -> list[Any]:
    brought_back: list[Any] = do(database, "redo")
    return brought_back


def refuse_whole(database: Database, kind: type[FollowUpError], change: int | None = None) -> str:
    """Undo must be refused in this way, and the file stays byte for byte."""
    before = raw(database)
    with pytest.raises(kind) as refused:
        undo(database, change)
    assert raw(database) == before
    return str(refused.value)


def sound(database: Database) -> None:
    """What must hold in every store, whatever was done and undone."""
    image = read_strictly(raw(database))
    assert [finding.sentence for finding in examine(database)] == []
    slugs = [visit["slug"] for visit in image.table("visits").values()]
    assert len(slugs) == len(set(slugs))
    owner_of: dict[str, int] = {}
    for number, party in image.table("parties").items():
        for name in (party["name"], party.get("short"), party.get("ru"), *party.get("aliases", [])):
            assert name is None or owner_of.setdefault(fold(name), number) == number, name
    known = {party["name"] for party in image.table("parties").values()}
    commitments = image.table("commitments")
    for number, commitment in commitments.items():
        voices = [commitment[voice]["said_by"] for voice in ("reported", "confirmed") if voice in commitment]
        assert {name for voice in voices for name in voice} <= known
        assert len(voices) < 2 or not set(voices[0]) & set(voices[1])
        seats = commitment.get("seats", {})
        assert seats.get("acknowledged", 0) <= seats.get("nominated", 0)
        chain, at = [number], commitment.get("after")
        while at is not None:
            assert at not in chain
            chain.append(at)
            at = commitments[at].get("after")
    assert len(database.snapshot().rows) == len(commitments)
