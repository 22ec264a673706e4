"""A store with a record that is not valid under a right sum, in the app: one sentence, and what was shown stays."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from tests.support import store_builders
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP
from tests.support.store_bytes import in_our_lines, with_the_right_sum

pytestmark = pytest.mark.file_only("a file that another program wrote")

Tables = dict[str, Any]


def _due(tables: Tables) -> None:
    tables["commitments"]["4"]["due"] = 20230301


def _without_title(tables: Tables) -> None:
    del tables["commitments"]["4"]["title"]


def _visit_gone(tables: Tables) -> None:
    del tables["visits"]["1"]


def _due_changes(tables: Tables) -> None:
    tables["commitments"]["4"]["due_changes"] = [{"x": 1}]


INVALID = {
    "due": (_due, "in commitments, record 4: due is not a day"),
    "a field that is missing": (_without_title, "in commitments, record 4: has no title"),
    "a visit that is gone": (_visit_gone, "there is no visit 'lyon-2022'"),
    "a date that was moved": (_due_changes, "in commitments, record 4: due_changes has no on"),
}


def _write_invalid(database: Database, spoil: Callable[[Tables], None]) -> None:
    tables = json.loads(store_builders.raw(database))
    spoil(tables)
    beside = Path(f"{database.path}.new")
    beside.write_bytes(with_the_right_sum(in_our_lines(tables)))
    beside.rename(database.path)


def _words(screen: PtyScreen) -> str:
    """What is on the screen, as if no line were broken."""
    return "".join(screen.text().split())


@pytest.mark.parametrize("kind", INVALID)
def test_a_store_that_cannot_be_drawn_is_refused_with_the_record(
    database: Database, environment: dict[str, str], kind: str
) -> None:
    spoil, what = INVALID[kind]
    _write_invalid(database, spoil)
    with PtyScreen([FOLLOWUP], {**environment, "LANG": "C.UTF-8"}) as screen:
        assert screen.wait_exit() == 4
        screen.wait_for(lambda: what.replace(" ", "") in _words(screen) and "followupdoctornamesit" in _words(screen))
        assert screen.attributes() == screen.attributes_before
        assert not screen.modes() & {1000, 1006, 1049, 2004}
    assert not list(Path(environment["HOME"]).rglob("crash-*"))


@pytest.mark.parametrize("kind", INVALID)
def test_an_open_app_keeps_what_it_shows_and_names_the_record(
    database: Database, environment: dict[str, str], kind: str
) -> None:
    spoil, what = INVALID[kind]
    whole = store_builders.raw(database)
    with PtyScreen([FOLLOWUP], {**environment, "LANG": "C.UTF-8"}, size=(120, 30)) as screen:
        screen.wait_for("q quit")
        _write_invalid(database, spoil)
        screen.wait_for("cannot read the store")
        screen.wait_for(lambda: what.replace(" ", "") in _words(screen) and "followupdoctornamesit" in _words(screen))
        assert "Promote cooperation" in screen.text()
        Path(database.path).write_bytes(whole)
        screen.wait_for("the store can be read again")
        screen.send("q")
        assert screen.wait_exit() == 0
    assert not list(Path(environment["HOME"]).rglob("crash-*"))
