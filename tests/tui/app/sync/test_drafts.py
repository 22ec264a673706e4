"""Unfinished forms: kept in private files, offered at the next start, taken up or forgotten."""

import json
import os
import stat
import time
from pathlib import Path

from store.database import Database
from tests.support.app_driver import driven, key_events, story
from tests.support.store_builders import beside, do, events, make_store, record
from tui.app.forms.form import Subject
from tui.app.screens.form_screen import FormScreen
from tui.app.sync.drafts import Drafts


def folder() -> Path:
    return Path(os.environ["HOME"]) / ".local/state/followup/drafts"


def drafts(database: Database) -> Drafts:
    return Drafts({"HOME": os.environ["HOME"]}, database.path, lambda: "2023-03-01T09:00:00Z")


async def left_unfinished(database: Database, *keys: str) -> None:
    async with driven(database) as hand:
        await hand.press(*keys)
        hand.app.keep_drafts()


@story
async def test_a_draft_is_a_private_file(database: Database) -> None:
    await left_unfinished(database, "n", *"said")
    (file,) = folder().iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700


@story
async def test_a_field_that_is_left_is_kept_without_a_signal(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("d", *"+2w", "tab")
        await hand.until(lambda: hand.app.drafts.all())
        assert hand.app.drafts.all()[0].values == {"date": "+2w"}


@story
async def test_it_goes_when_it_is_saved_or_discarded(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("c", *"rang", "tab", "ctrl+s")
        await hand.until(lambda: hand.in_front == "ListScreen")
        assert list(folder().iterdir()) == []
        await hand.press("c", *"rang", "tab", "escape", "y")
        await hand.until(lambda: hand.in_front == "ListScreen")
        assert list(folder().iterdir()) == []


@story
async def test_it_is_offered_and_taken_up(database: Database) -> None:
    await left_unfinished(database, "n", *"said [TIP] [/]")
    async with driven(database) as hand:
        await hand.until(lambda: "note on #4" in hand.screen)
        assert "said [TIP] [/]" in hand.screen
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, FormScreen))
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.message == "#4 noted")
        assert list(folder().iterdir()) == []
    assert events(database, 4)[-1]["note"] == "said [TIP] [/]"


@story
async def test_it_is_forgotten_or_asked_about_again(database: Database) -> None:
    await left_unfinished(database, "n", *"said")
    async with driven(database) as hand:
        await hand.press("escape")
        await hand.until(lambda: hand.in_front == "ListScreen")
    async with driven(database) as hand:
        await hand.until(lambda: hand.in_front == "DraftsScreen")
        await hand.press("ч")
        await hand.until(lambda: hand.in_front == "ListScreen")
        assert list(folder().iterdir()) == []


@story
async def test_what_changed_since_then_is_a_conflict(database: Database) -> None:
    await left_unfinished(database, "e", "end", *" mine")
    do(beside(database, who="boris"), "edit", 4, title="Theirs")
    async with driven(database) as hand:
        await hand.press("enter")
        await hand.until(lambda: isinstance(hand.app.screen, FormScreen))
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front == "ConflictScreen")
        await hand.press("m", "ctrl+s")
        await hand.until(lambda: hand.in_front == "ListScreen")
    assert record(database, 4)["title"] == "Promote cooperation mine"


@story
async def test_drafts_of_another_store_are_not_offered(database: Database, tmp_path: Path) -> None:
    other = make_store(str(tmp_path / "shared" / "other.json"))
    await left_unfinished(other, "n", *"said")
    async with driven(database) as hand:
        assert hand.in_front == "ListScreen"


@story
async def test_what_it_was_about_may_be_gone(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("n", *"said")
        hand.app.keep_drafts()
    do(database, "remove", 1, "a slip")
    async with driven(database) as hand:
        await hand.press("enter")
        await hand.until(lambda: "was removed" in hand.message)
        assert len(list(folder().iterdir())) == 1


@story
async def test_when_it_was_kept_is_told_by_the_clock_of_the_place(database: Database) -> None:
    do(database, "change_settings", timezone="Asia/Tashkent")
    left = Drafts({"HOME": os.environ["HOME"]}, database.path, lambda: "2023-02-28T21:24:00Z")
    left.keep("note", Subject((4,), {4: 1}), {"text": "said"}, None)
    left.keep("chase", Subject((2,), {2: 1}), {"note": "rang"}, None)
    async with driven(database) as hand:
        await hand.until(lambda: hand.in_front == "DraftsScreen")
        assert "note on #4   1 Mar, 02:24  said" in hand.screen
        assert "UTC" not in hand.screen
        assert hand.lines[-1] == " Enter take up  x forget  Esc ask again next time"


def test_damaged_files_are_left_alone(database: Database) -> None:
    kept = drafts(database).keep("note", Subject((4,), {4: 1}), {"text": "x"}, None)
    for name, text in (("a.json", "{"), ("b.json", "[]"), ("c.json", '{"store": 1}'), ("d.txt", "x")):
        (folder() / name).write_text(text)
    (folder() / "e.json").symlink_to("/dev/zero")
    os.mkfifo(folder() / "f.json")
    assert [draft.key for draft in drafts(database).all()] == [kept.key]


def test_a_long_text_is_offered_whole(database: Database) -> None:
    drafts(database).keep("note", Subject((4,), {4: 1}), {"text": "ы" * 1_000_000}, None)
    (draft,) = drafts(database).all()
    assert draft.values == {"text": "ы" * 1_000_000}


def test_a_form_that_is_open_elsewhere_is_not_offered_but_that_of_a_process_long_gone_is(database: Database) -> None:
    kept = drafts(database).keep("note", Subject((4,), {4: 1}), {"text": "x"}, None)
    path = folder() / f"{kept.key}.json"
    document = json.loads(path.read_text())
    began = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()[19]
    for when, is_offered in ((began, False), ("1", True)):
        path.write_text(json.dumps({**document, "pid": os.getppid(), "began": when}))
        assert [draft.key for draft in drafts(database).all()] == [kept.key] * is_offered


def test_what_a_killed_app_left_half_written_is_swept(database: Database) -> None:
    kept = drafts(database).keep("note", Subject((4,), {4: 1}), {"text": "x"}, None)
    for name, hours in (("old.json.1.tmp", 2), ("new.json.1.tmp", 0)):
        (folder() / name).write_text('{"half')
        then = time.time() - hours * 3600
        os.utime(folder() / name, (then, then))
    assert [draft.key for draft in drafts(database).all()] == [kept.key]
    assert sorted(path.name for path in folder().iterdir()) == sorted([f"{kept.key}.json", "new.json.1.tmp"])


def test_a_full_or_forbidden_folder_is_no_fault(database: Database) -> None:
    folder().parent.mkdir(parents=True)
    folder().write_text("no folder")
    drafts(database).keep("note", Subject((4,), {4: 1}), {"text": "x"}, None)
    assert drafts(database).all() == []


@story
async def test_what_is_taken_up_and_left_at_once_stays(database: Database) -> None:
    await left_unfinished(database, "n", *"said")
    async with driven(database) as hand:
        await hand.until(lambda: "An unfinished note on #4 was kept" in hand.screen)
        for event in key_events("enter"):
            hand.send(event)
        hand.app.keep_drafts()
        await hand.until(lambda: isinstance(hand.app.screen, FormScreen))
        hand.app.keep_drafts()
        assert [draft.values for draft in hand.app.drafts.all()] == [{"text": "said"}]


@story
async def test_what_lies_there_for_too_long_is_removed_and_told(database: Database) -> None:
    await left_unfinished(database, "n", *"said")
    (file,) = folder().iterdir()
    long_ago = time.time() - 100 * 86_400
    os.utime(file, (long_ago, long_ago))
    async with driven(database) as hand:
        await hand.until(lambda: "1 old draft removed" in hand.message)
        assert list(folder().iterdir()) == []
