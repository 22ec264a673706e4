"""What happens to the file while the app is open: others save, it is damaged, it goes, it comes back, a day ends."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from store import operations
from store.database import Database
from store.file.file_store import file_of
from tests.conftest import Run
from tests.support.app_driver import Hand, driven, key_events, story, until_now
from tests.support.fixed_day_and_user import ASEL, BORIS, TODAY
from tests.support.process_holding_lock import ME, held
from tests.support.store_builders import add, add_lyon, beside, do, make_empty, make_store, open_store, raw, record
from tui.app.sync import store_watcher

QUICK = 0.005
ROOT = str(Path(__file__).parents[4])


def put_in_place(database: Database, data: bytes) -> None:
    """Put a file in the place of the store's, as a restore by hand does."""
    path = database.path
    with open(f"{path}.new", "wb") as file:
        file.write(data)
    os.rename(f"{path}.new", path)


def write_over(database: Database, data: bytes) -> None:
    """Write into the file itself, as an editor does."""
    with open(database.path, "r+b") as file:
        file.truncate(0)
        file.write(data)


def put_a_folder_in_place(database: Database) -> None:
    os.unlink(database.path)
    os.mkdir(database.path)


async def assert_works(hand: Hand, database: Database) -> None:
    """A change can be made and is on the disk."""
    await hand.point_at(6)
    await hand.press("s", "i")
    await hand.until(lambda: record(database, 6)["state"] == "in-progress")
    await hand.until(lambda: "~ prog" in next(line for line in hand.lines if "#6 " in line))
    assert not hand.app.trouble


# Others


def test_the_file_is_looked_at_more_often_than_every_two_seconds() -> None:
    assert store_watcher._POLL_SECONDS < 2


@story
async def test_what_others_save_shows_without_a_key_and_is_told_once(demo_store: Database) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        assert hand.lines[-2].startswith(" 0 now 1 open")
        do(beside(demo_store, who=BORIS), "mark", 7, "in-progress")
        await hand.until(lambda: any("~ prog  Share the lesson plans" in line for line in hand.lines))
        await hand.until(lambda: hand.message)
        assert hand.lines[-2].startswith(" #7 ")
        assert "boris" in hand.lines[-2]
        assert "in progress" in hand.lines[-2]
        message = hand.message
        await hand.press("j", "k")
        assert hand.message == message, "the line stays until the next one"
        do(beside(demo_store, who=BORIS), "note", 9, "called")
        await hand.until(lambda: "#9" in hand.message)


@story
async def test_several_changes_of_others_are_one_line(demo_store: Database) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        with beside(demo_store, who=BORIS).transaction() as tx:
            for number in (6, 7, 8):
                operations.note(tx, number, "called")
        await hand.until(lambda: hand.message)
        assert "and 2 more" in hand.message
        assert hand.lines[-2] == f" {hand.message}"


@story
async def test_what_others_save_shows_on_every_place(fresh_demo: Callable[[], Database]) -> None:
    for keys, expected in (
        (["enter"], "Send the new list"),
        (["v"], "Review"),
        (["t"], "#21"),
        (["P"], "21 +1"),
    ):
        demo_store = fresh_demo()
        async with driven(demo_store, every=QUICK) as hand:
            await hand.press(*keys)
            assert expected not in hand.screen
            other = beside(demo_store, who=BORIS)
            do(other, "edit", 6, title="Send the new list")
            do(other, "add_visit", "Review", start="2023-02-20", end="2023-02-21", place="Lyon")
            add(other, "Something new", due="2023-03-20", state="agreed")
            await hand.shows(expected)
            await hand.until(lambda: "boris" in hand.lines[-2])


@story
async def test_my_own_change_is_told_as_mine_and_not_as_news(demo_store: Database) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        await hand.point_at(6)
        await hand.press("s", "i")
        await hand.until(lambda: "#6" in hand.message)
        watched = mock.Mock(wraps=hand.app.session.database.watched)
        with mock.patch.object(hand.app.session.database, "watched", watched):
            await hand.until(lambda: watched.call_count > 5)
        assert "asel" not in hand.message
        assert hand.message.startswith("#6 in progress")


@story
async def test_who_writes_under_a_name_with_an_escape_sequence_changes_no_screen(demo_store: Database) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        do(beside(demo_store, who="\x1b[2Jboris\x07"), "mark", 6, "confirmed")
        await hand.until(lambda: hand.message)
        assert all(character.isprintable() for character in "".join(hand.raw_lines))
        assert "\\x1b[2Jboris" in hand.message


# The file


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        (lambda database, _: put_in_place(database, b"{"), "cannot read"),
        (lambda database, _: put_in_place(database, b""), "cannot read"),
        (lambda database, _: put_in_place(database, b"\xff\x00" * 500), "cannot read"),
        (lambda database, good: put_in_place(database, good[: len(good) // 2]), "cannot read"),
        (lambda database, good: write_over(database, b"x" * len(good)), "cannot read"),
        (lambda database, good: put_in_place(database, good.replace(b'"schema":1', b'"schema":9', 1)), "cannot read"),
        (lambda database, _: os.unlink(database.path), "no store"),
        (lambda database, _: put_a_folder_in_place(database), "cannot read"),
    ],
    ids=["cut", "empty", "bytes", "half", "in place", "newer", "removed", "folder"],
)
@pytest.mark.file_only("a damaged file")
@story
async def test_a_store_that_cannot_be_read_is_told_kept_on_the_screen_and_taken_up_again(
    demo_store: Database, damage: Callable[[Database, bytes], object], word: str
) -> None:
    good = raw(demo_store)
    async with driven(demo_store, every=QUICK) as hand:
        rows = hand.lines[2:15]
        damage(demo_store, good)
        await hand.until(lambda: hand.app.trouble)
        assert f" {word}" in hand.lines[1], hand.lines[1]
        assert hand.lines[-2].strip(), "it says nothing"
        assert hand.message.endswith("What is shown is what was read last")
        assert hand.lines[2:15] == rows
        # All keys work on what was read last, and none ends the app.
        for key in ("j", "enter", "escape", "v", "escape", "t", "escape", "P", "escape", "2", "1", "u"):
            await hand.press(key)
            assert hand.is_alive, key
        await hand.press("s", "i")
        assert hand.is_alive
        assert f" {word}" in hand.lines[1]
        path = demo_store.path
        if os.path.isdir(path):
            os.rmdir(path)
        put_in_place(demo_store, good)
        await hand.until(lambda: not hand.app.trouble)
        assert word not in hand.lines[1]
        assert "read last" not in hand.lines[-2], "it still says that the store cannot be read"
        await assert_works(hand, demo_store)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.file_only("writes into the file by hand")
@story
async def test_a_file_that_was_written_over_a_moment_ago_harms_no_page(
    demo_store: Database, size: tuple[int, int]
) -> None:
    async with driven(demo_store, size=size) as hand:
        write_over(demo_store, b"x" * len(raw(demo_store)))
        await hand.press("j", "0", "enter")
        assert hand.is_alive
        await hand.press("escape", "v", "escape", "t", "enter", "escape", "escape", "s", "i", "u")
        assert hand.is_alive
        assert hand.message


@pytest.mark.file_only("the path of a file")
@story
async def test_what_another_store_holds_in_this_place_is_shown(demo_store: Database, tmp_path: Path) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        folder = tmp_path / "other"
        folder.mkdir(mode=0o700)
        other = make_store(str(folder / "commitments.json"))
        put_in_place(demo_store, raw(other))
        await hand.until(lambda: "deadline · 4 " in hand.lines[1])
        assert hand.is_alive
        await hand.press("j", "enter", "escape", "escape")
        assert hand.cursor in hand.numbers


@pytest.mark.file_only("the path of a file")
@story
async def test_an_older_file_in_its_place_is_shown_as_it_is(demo_store: Database) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        old = raw(demo_store)
        await assert_works(hand, demo_store)
        put_in_place(demo_store, old)
        await hand.until(lambda: "o agrd" in next(line for line in hand.lines if "#6 " in line))
        assert hand.is_alive
        await assert_works(hand, demo_store)


@pytest.mark.file_only("the copies beside a file")
@story
async def test_a_restore_by_another_person_is_shown(demo_store: Database, run: Run) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        revision = demo_store.snapshot().revision
        await assert_works(hand, demo_store)
        done = run("restore", str(revision))
        assert done.code == 0, done.err
        await hand.until(lambda: "o agrd" in next(line for line in hand.lines if "#6 " in line))
        assert hand.is_alive


@pytest.mark.file_only("the lock of a file")
@story
async def test_a_change_that_waits_says_so_and_is_saved_when_the_lock_is_free(demo_store: Database) -> None:
    with mock.patch.object(store_watcher, "_SLOW_SECONDS", 0.01):
        async with driven(demo_store) as hand:
            await hand.point_at(6)
            with held(demo_store):
                await hand.press("s")
                type_ahead(hand, "i")
                await until_now(lambda: "waiting" in hand.message)
                assert f"{ME} (process" in hand.message
                assert " since " in hand.message
                assert record(demo_store, 6)["state"] == "agreed"
            await hand.until(lambda: hand.message.startswith("#6"))
            assert record(demo_store, 6)["state"] == "in-progress"


@pytest.mark.file_only("the lock of a file")
@story
async def test_quitting_waits_for_what_is_being_saved(demo_store: Database) -> None:
    with mock.patch.object(store_watcher, "_SLOW_SECONDS", 0.01):
        async with driven(demo_store) as hand:
            await hand.point_at(6)
            with file_of(demo_store).locked(BORIS):
                await hand.press("s")
                type_ahead(hand, "i")
                await until_now(lambda: hand.message)
                type_ahead(hand, "q")
                await until_now(lambda: hand.message.startswith("saving"))
                assert not hand.app._exit
            await until_now(lambda: hand.app._exit)
        assert record(demo_store, 6)["state"] == "in-progress"


@pytest.mark.file_only("the lock of a file")
@story
async def test_keys_typed_after_q_do_no_harm(demo_store: Database) -> None:
    before = raw(demo_store)
    async with driven(demo_store) as hand:
        type_ahead(hand, "q", "u", "q", "j", "s")
        await until_now(lambda: hand.app._exit)
    assert hand.app._exception is None
    assert hand.app.return_value == 0
    assert raw(demo_store) == before


@pytest.mark.file_only("a full disk of this machine")
@story
async def test_a_full_disk_is_told_and_nothing_is_shown_as_saved(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.point_at(6)
        before = raw(demo_store)
        with mock.patch("os.fsync", side_effect=OSError(28, "No space left on device")):
            await hand.press("s", "i")
            await hand.until(lambda: "#6" in hand.message or "space" in hand.message)
        assert "No space left" in hand.message
        assert raw(demo_store) == before
        assert "o agrd" in next(line for line in hand.lines if "#6 " in line)
        await assert_works(hand, demo_store)


# Whose folder it is


_READ_ONLY = """\
import asyncio, sys
from tests.support.app_driver import driven

async def look():
    async with driven(sys.argv[1], who="visitor") as hand:
        print(hand.lines[1])
        await hand.press("s", "i")
        print(hand.message)
        await hand.press("j", "enter", "escape")
        print(hand.lines[1])
        print(hand.is_alive)

asyncio.run(look())
"""


_CLOSED_MEANWHILE = """\
import asyncio, os, subprocess, sys
from tests.support.app_driver import driven

file = sys.argv[1]
folder = os.path.dirname(file)
lock = f"{folder}/.commitments.json.lock"

async def look():
    async with driven(file, who="visitor", every=0.005) as hand:
        await hand.press("s", "i")
        await hand.until(lambda: hand.message)
        print(hand.message)
        for closed, mode, open_mode in ((lock, 0o400, 0o600), (folder, 0o500, 0o700)):
            os.chmod(file, 0o400)
            os.chmod(closed, mode)
            await hand.until(lambda: " read-only " in hand.lines[1])
            await hand.press("s", "a")
            await hand.until(lambda: "saved" in hand.message)
            print(hand.message)
            subprocess.run([sys.executable, "-m", "tui", "--store", file, "note", "6", "called"])
            os.chmod(closed, open_mode)
            await hand.until(lambda: " read-only " not in hand.lines[1])

asyncio.run(look())
"""


def _by_who_may_not_write_everywhere(script: str, file: Path) -> subprocess.CompletedProcess[str]:
    """Run a script on a store; by root without the power to write what no mode allows."""
    without_power: list[str] = []
    if os.getuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may write everywhere, and there is no setpriv to take that away")
        without_power = [setpriv, "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
    return subprocess.run(
        [*without_power, sys.executable, "-B", "-c", script, str(file)],
        env={"HOME": os.environ["HOME"], "PATH": os.defpath, "PYTHONPATH": ROOT, "TZ": "UTC"},
        capture_output=True,
        text=True,
    )


def test_who_may_only_look_is_told_at_once_and_cannot_change_anything(tmp_path: Path, demo_bytes: bytes) -> None:
    folder = tmp_path / "readable"
    folder.mkdir()
    file = folder / "commitments.json"
    file.write_bytes(demo_bytes)
    folder.chmod(0o555)
    try:
        seen = _by_who_may_not_write_everywhere(_READ_ONLY, file)
    finally:
        folder.chmod(0o755)
    assert seen.returncode == 0, seen.stderr
    top, message, later, alive = seen.stdout.splitlines()
    assert " read-only " in top
    assert message.startswith("not saved: "), message
    assert "cannot be written" in message, message
    assert " read-only " in later
    assert alive == "True"
    assert file.read_bytes() == demo_bytes


def test_what_is_closed_to_changes_meanwhile_says_so_and_saves_nothing(tmp_path: Path, demo_bytes: bytes) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(0o700)
    file = folder / "commitments.json"
    file.write_bytes(demo_bytes)
    seen = _by_who_may_not_write_everywhere(_CLOSED_MEANWHILE, file)
    assert seen.returncode == 0, seen.stderr
    saved, *refused = seen.stdout.splitlines()
    assert saved == "#6 in progress; u takes it back"
    in_the_shell = [line for line in seen.stderr.splitlines() if line.startswith("followup: ")]
    assert len(refused) == len(in_the_shell) == 2
    for line in refused:
        assert line.startswith("not saved: "), line
    for line in in_the_shell:
        assert line.startswith("followup: not saved: "), line


@story
async def test_a_store_that_becomes_read_only_says_so_until_it_is_over(demo_store: Database) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        assert "read-only" not in hand.screen
        shown = hand.app.session.database
        with (
            mock.patch.object(shown, "is_read_only", return_value=True),
            mock.patch.object(shown, "watched", side_effect=lambda: (shown.stamp(), True)),
        ):
            do(beside(demo_store, who=BORIS), "note", 6, "called")
            await hand.until(lambda: " read-only " in hand.lines[1])
        do(beside(demo_store, who=BORIS), "note", 6, "called again")
        await hand.until(lambda: "read-only" not in hand.lines[1])


# The day


@story
async def test_past_midnight_the_bands_are_right_without_a_key(path: str) -> None:
    database = make_empty(path)
    add_lyon(database)
    add(database, "Due today", state="agreed", due=TODAY)
    add(database, "Due in eight days", state="agreed", due="2023-03-09")
    async with driven(database, every=QUICK) as hand:
        assert "TODAY 1" in hand.screen
        assert "WITHIN 30 DAYS 1" in hand.screen
        hand.clock.day = "2023-03-02"
        await hand.until(lambda: "OVERDUE 1" in hand.screen)
        assert "1 d late" in hand.screen
        assert "WITHIN 7 DAYS 1" in hand.screen
        assert "1 overdue" in hand.lines[0]
        assert "0 today" in hand.lines[0]
        assert hand.cursor == 1


@story
async def test_a_clock_that_is_put_back_is_followed_too(demo_store: Database) -> None:
    async with driven(demo_store, every=QUICK, day="2023-03-05") as hand:
        assert "3 overdue" not in hand.lines[0] or "13 d late" in hand.screen
        hand.clock.day = TODAY
        await hand.until(lambda: "9 d late" in hand.screen)


@story
async def test_the_day_of_a_change_after_midnight_is_the_new_one(demo_store: Database) -> None:
    async with driven(demo_store, every=QUICK) as hand:
        hand.clock.day = "2023-03-02"
        await hand.until(lambda: hand.app.snapshot.today == "2023-03-02")
        await hand.point_at(6)
        await hand.press("s", "i")
        await hand.until(lambda: record(demo_store, 6)["state"] == "in-progress")
        event = open_store(demo_store.path).snapshot().events_of(6)[-1]
        assert event["day"] == "2023-03-02"
        assert event["who"] == ASEL


def type_ahead(hand: Hand, *keys: str) -> None:
    """Press keys without waiting for what they do."""
    for key in keys:
        for event in key_events(key):
            hand.send(event)
