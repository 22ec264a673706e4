"""Redacting: what an undo may still take back, and what is refused whole."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.file.file_store import file_of
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, unchanged


def by_hand(database: Database, change: Callable[[dict[str, Any]], Any]) -> None:
    data = json.loads(store_builders.raw(database))
    change(data)
    Path(database.path).write_text(json.dumps(data))


@pytest.mark.answers_differ("a server has other copies that may hold the passage")
def test_undo_after_a_redaction_says_which_number_to_take_back(database: Database, run: Run) -> None:
    run("mark", "3", "done")
    run("note", "2", "secret of Major X")
    run("redact", "2", "--passage", "Major X", "--yes")
    with unchanged(database.path):
        assert_refused(run("undo"), 1, "9", "redaction", "followup undo 8")
    assert run("undo", "8").code == 0
    assert run("undo", "7").code == 0


@pytest.mark.file_only("spoils a copy by hand")
def test_a_copy_that_a_redaction_did_not_reach_is_no_success(database: Database, run: Run) -> None:
    run("note", "2", "secret of Major X")
    run("note", "3", "called")
    copy = file_of(database).copies.all()[0]
    Path(copy.path).write_bytes(b'{"Major X"')
    done = run("redact", "2", "--passage", "Major X", "--yes")
    assert (done.code, done.out) == (1, "2 redacted in 1 record\n")
    assert f"saved, but the copy {copy.path} may still hold the passage" in done.err
    Path(copy.path).unlink()
    assert run("note", "2", "secret of Major Y").code == 0
    assert run("redact", "2", "--passage", "Major Y", "--yes").code == 0


@pytest.mark.file_only("writes into the file by hand")
def test_a_repair_by_the_doctor_is_not_my_last_change(database: Database, run: Run) -> None:
    run("mark", "3", "done")
    by_hand(database, lambda data: data["commitments"]["2"].update(chased=3, last_chased="2023-02-01"))
    assert run("doctor", "--repair").code == 0
    assert store_builders.events(database, 2)[-1]["action"] == "repair"
    assert "#3" in run("undo").out
    assert document(run("show", "3", "--json"))["state"] == "agreed"


@pytest.mark.parametrize(("number", "passage"), [("1", "Tashkent"), ("2", "MIA Uzbekistan"), ("2", "INTERPOL")])
def test_redacting_a_partys_name_is_refused_whole(database: Database, run: Run, number: str, passage: str) -> None:
    run("note", number, f"{passage} called")
    with unchanged(database.path):
        assert_refused(run("redact", number, "--passage", passage, "--yes"), 1, passage, "nothing was changed")


@pytest.mark.answers_differ("a server has other copies that may hold the passage")
def test_redacting_in_an_atomic_batch_is_refused_whole(database: Database, run: Run) -> None:
    run("note", "2", "secret")
    copies = {copy.path: Path(copy.path).read_bytes() for copy in file_of(database).copies.all()}
    with unchanged(database.path):
        done = run("batch", "--atomic", input="note 3 x\nredact 2 --passage secret --yes\nnote 4 y\n")
    assert (done.code, done.out[:10]) == (2, "error 2 2 ")
    assert "leave out --atomic" in done.out
    assert {copy.path: Path(copy.path).read_bytes() for copy in file_of(database).copies.all()} == copies
    assert run("batch", input="redact 2 --passage secret --yes\n").out.startswith("ok 1 8 2 redacted")
