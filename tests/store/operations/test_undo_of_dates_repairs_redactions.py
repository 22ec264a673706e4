"""What an undo may not take back: agreed dates that were changed, redactions, repairs, what would break the store."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.errors import Conflict, FollowUpError, NotAllowed
from tests.support.doctor_repair import findings, mend
from tests.support.store_builders import (
    do,
    events,
    open_store,
    raw,
    record,
    set_due,
)
from tui.cli.hints_after_refusal import printed


def by_hand(database: Database, change: Callable[[dict[str, Any]], Any]) -> None:
    data = json.loads(raw(database))
    change(data)
    Path(database.path).write_text(json.dumps(data))


def numbers_of(database: Database, number: int, action: str) -> list[int]:
    """The changes that did this to a commitment."""
    return [event["change"] for event in events(database, number) if event["action"] == action]


def refuse(database: Database, kind: type[FollowUpError], change: int | None = None) -> str:
    """Undo is refused in this way and the file stays byte for byte."""
    before = raw(database)
    with pytest.raises(kind) as refused:
        do(database, "undo", change)
    assert raw(database) == before
    return printed(refused.value)


@pytest.mark.parametrize("later", ["2023-06-30", "2023-03-15", None])
@pytest.mark.parametrize("is_correction", [False, True])
def test_an_agreed_date_that_was_changed_is_not_unagreed_by_an_undo(
    database: Database, later: str | None, is_correction: bool
) -> None:
    set_due(database, 1, "2023-04-30")
    do(database, "mark", 1, "agreed")
    (mark,) = numbers_of(database, 1, "mark")
    set_due(database, 1, later, reason="new minister", is_correction=is_correction and later is not None)
    assert "1" in refuse(database, Conflict, mark)
    assert record(database, 1)["state"] == "agreed"
    assert "original_due" in record(database, 1)
    for day in ("2023-12-31", None if later else "2023-01-31"):
        with pytest.raises(NotAllowed, match="reason"):
            set_due(database, 1, day)
    assert findings(database) == []


def test_an_agreed_date_is_unagreed_once_its_changes_are_taken_back(database: Database) -> None:
    set_due(database, 1, "2023-04-30")
    do(database, "mark", 1, "agreed")
    (mark,) = numbers_of(database, 1, "mark")
    set_due(database, 1, "2023-06-30", reason="new minister")
    do(database, "undo")
    do(database, "undo", mark)
    assert "original_due" not in record(database, 1)
    assert set_due(database, 1, "2023-12-31") == "wish"


def test_a_date_that_was_once_agreed_needs_a_reason_in_every_later_state(database: Database) -> None:
    do(database, "mark", 2, "proposed")
    for day in ("2023-12-31", None):
        with pytest.raises(NotAllowed, match="reason"):
            set_due(database, 2, day)
    assert set_due(database, 2, None, reason="new minister") == "extension"
    with pytest.raises(NotAllowed, match="reason"):
        set_due(database, 2, "2023-12-31")


FAULTS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "waits for nothing": lambda data: data["commitments"]["3"].update(after=99),
    "an unknown party": lambda data: data["commitments"]["3"].update(via="Nobody"),
    "superseded by nothing": lambda data: data["commitments"]["3"].update(
        state="closed", closed={"because": "superseded", "on": "2023-02-01", "by_id": 99}
    ),
    "both voices": lambda data: data["commitments"]["3"].update(
        reported={"said_by": ["UNODC"], "on": "2023-02-01", "recorded_by": "x"},
        confirmed={"said_by": ["UNODC"], "on": "2023-02-01", "recorded_by": "x"},
    ),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_an_old_fault_elsewhere_blocks_no_undo_and_no_redo(database: Database, kind: str) -> None:
    do(database, "mark", 2, "done")
    by_hand(database, FAULTS[kind])
    old = findings(database)
    assert len(old) >= 2
    do(database, "undo")
    assert record(database, 2)["state"] == "agreed"
    do(database, "redo")
    assert record(database, 2)["state"] == "reported"
    assert set(findings(database)) <= set(old)


def test_an_undo_that_makes_a_new_fault_is_refused_beside_an_old_one(database: Database) -> None:
    do(database, "edit", 2, after=1)
    do(database, "edit", 2, clear=["after"])
    do(open_store(database.path, who="boris"), "remove", 1, "entered by mistake")
    by_hand(database, FAULTS["waits for nothing"])
    refuse(database, Conflict)


def test_a_repair_is_not_my_last_change(database: Database) -> None:
    do(database, "note", 2, "called")
    do(database, "mark", 3, "done")
    by_hand(database, lambda data: data["commitments"]["2"].update(chased=3, last_chased="2023-02-01"))
    mend(database)
    assert events(database, 2)[-1]["action"] == "repair"
    do(database, "undo")
    assert record(database, 3)["state"] == "agreed"
    assert "chased" not in record(database, 2)
    (repair,) = numbers_of(database, 2, "repair")
    refuse(database, NotAllowed, repair)


def test_an_undo_after_a_redaction_names_the_change_before(database: Database) -> None:
    do(database, "mark", 3, "done")
    (mark,) = numbers_of(database, 3, "mark")
    do(database, "edit", 2, quote="as Major X said")
    (edit,) = numbers_of(database, 2, "edit")
    do(database, "redact", 2, "Major X")
    (redaction,) = numbers_of(database, 2, "redact")
    sentence = refuse(database, NotAllowed)
    assert "redaction" in sentence
    assert str(redaction) in sentence
    assert f"followup undo {edit}" in sentence
    refuse(database, NotAllowed, redaction)
    do(database, "undo", mark)
    assert record(database, 3)["state"] == "agreed"


def test_an_undo_of_a_change_after_a_redaction_is_allowed(database: Database) -> None:
    do(database, "note", 2, "Major X called")
    do(database, "redact", 2, "Major X")
    do(database, "mark", 3, "done")
    do(database, "undo")
    assert record(database, 3)["state"] == "agreed"
    assert "redaction" in refuse(database, NotAllowed)
