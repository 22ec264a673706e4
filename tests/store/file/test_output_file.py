"""A file that somebody asked for: whole or not at all, and never over what must stay."""

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from store import output_file
from store.errors import FollowUpError, NotAllowed
from store.file.file_store import file_of
from store.open_folder import OpenFolder
from store.output_file import write_whole
from tests.support.run_command import PATIENCE
from tests.support.store_builders import make_empty


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_a_new_file_is_whole_and_its_makers_alone(folder: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        assert write_whole(str(folder / "a.csv"), b"x" * 100_000, is_forced=False) is None
    finally:
        os.umask(before)
    assert (folder / "a.csv").read_bytes() == b"x" * 100_000
    assert stat.S_IMODE((folder / "a.csv").stat().st_mode) == 0o600
    assert names(folder) == ["a.csv"]


def test_a_file_that_is_there_is_left_as_it_is(folder: Path) -> None:
    (folder / "a.csv").write_bytes(b"old")
    with pytest.raises(NotAllowed, match="is there already"):
        write_whole(str(folder / "a.csv"), b"new", is_forced=False)
    assert (folder / "a.csv").read_bytes() == b"old"
    assert names(folder) == ["a.csv"]


def test_a_file_that_is_made_meanwhile_is_left_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = output_file._fill

    def slowly(descriptor: int, data: bytes) -> None:
        (folder / "a.csv").write_bytes(b"theirs")
        written(descriptor, data)

    monkeypatch.setattr(output_file, "_fill", slowly)
    with pytest.raises(NotAllowed, match="is there already"):
        write_whole(str(folder / "a.csv"), b"new", is_forced=False)
    assert (folder / "a.csv").read_bytes() == b"theirs"
    assert names(folder) == ["a.csv"]


def test_with_force_it_is_replaced_whole_and_private(folder: Path) -> None:
    (folder / "a.csv").write_bytes(b"old and longer")
    (folder / "a.csv").chmod(0o666)
    write_whole(str(folder / "a.csv"), b"new", is_forced=True)
    assert (folder / "a.csv").read_bytes() == b"new"
    assert stat.S_IMODE((folder / "a.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_in_its_place_is_never_followed(folder: Path, is_there: bool) -> None:
    other = folder / "other"
    if is_there:
        other.write_bytes(b"theirs")
    (folder / "a.csv").symlink_to(other)
    with pytest.raises(NotAllowed, match="is there already"):
        write_whole(str(folder / "a.csv"), b"new", is_forced=False)
    write_whole(str(folder / "a.csv"), b"new", is_forced=True)
    assert not (folder / "a.csv").is_symlink()
    assert (folder / "a.csv").read_bytes() == b"new"
    assert (other.read_bytes() if is_there else other.exists()) == (b"theirs" if is_there else False)


def test_a_link_to_a_device_or_pipe_is_not_followed_either(folder: Path) -> None:
    (folder / "a.csv").symlink_to("/dev/null")
    with pytest.raises(NotAllowed):
        write_whole(str(folder / "a.csv"), b"new", is_forced=False)


@pytest.mark.parametrize("is_forced", [True, False])
def test_a_folder_is_refused(folder: Path, is_forced: bool) -> None:
    for path in (str(folder), f"{folder}/", f"{folder}/.", f"{folder}/.."):
        with pytest.raises(FollowUpError, match="is a folder: name a file in it"):
            write_whole(path, b"new", is_forced=is_forced)
    assert names(folder) == []


def test_a_folder_that_is_not_there_or_no_folder_is_told(folder: Path) -> None:
    with pytest.raises(FollowUpError, match=f"there is no folder {folder}/none: make it"):
        write_whole(f"{folder}/none/a.csv", b"new", is_forced=False)
    (folder / "file").write_bytes(b"")
    with pytest.raises(FollowUpError, match=f"{folder}/file is no folder"):
        write_whole(f"{folder}/file/a.csv", b"new", is_forced=False)


def test_a_name_that_is_too_long_is_told(folder: Path) -> None:
    with pytest.raises(FollowUpError, match="File name too long"):
        write_whole(f"{folder}/{'a' * 300}", b"new", is_forced=False)
    write_whole(f"{folder}/{'a' * 255}", b"new", is_forced=False)
    assert names(folder) == ["a" * 255]


def test_what_is_kept_is_never_written_over_by_any_name(folder: Path) -> None:
    store, copies = folder / "store.json", folder / ".store.json.copies"
    store.write_bytes(b"store")
    copies.mkdir()
    (folder / "link").symlink_to(store)
    os.link(store, folder / "second")
    (folder / "way").symlink_to(folder)
    kept = [str(store), str(copies)]
    for name in ("store.json", "link", "second", "way/store.json", ".store.json.copies/x", "way/.store.json.copies/x"):
        with pytest.raises(NotAllowed, match="belongs to the store"):
            write_whole(f"{folder}/{name}", b"new", is_forced=True, protected=kept)
    assert store.read_bytes() == b"store"
    assert names(copies) == []
    write_whole(f"{folder}/store.json2", b"new", is_forced=True, protected=kept)


def test_a_pipe_is_written_to(folder: Path) -> None:
    pipe, read = folder / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(str(pipe), b"x" * 300_000, is_forced=False)
    reader.join(timeout=PATIENCE)
    assert read == [b"x" * 300_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("is_link", [True, False])
def test_what_is_put_in_the_place_of_a_pipe_is_not_written_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch, is_link: bool
) -> None:
    """Between the look at the pipe and its opening, somebody who may write in that folder swaps it for the store."""
    pipe, store = folder / "pipe", folder / "store.json"
    store.write_bytes(b"store")
    os.mkfifo(pipe)
    real_stat = os.stat

    def swapped(path: str, **more: Any) -> os.stat_result:
        status = real_stat(path, **more)
        if path == pipe.name and stat.S_ISFIFO(status.st_mode) and not more.get("follow_symlinks", True):
            pipe.unlink()
            pipe.symlink_to(store) if is_link else os.link(store, pipe)
        return status

    monkeypatch.setattr(os, "stat", swapped)
    kept = [] if is_link else [str(folder / "another")]
    with pytest.raises(FollowUpError, match="was replaced by another program meanwhile; nothing was written"):
        write_whole(str(pipe), b"new", is_forced=True, protected=kept)
    assert store.read_bytes() == b"store"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives a pipe to somebody else")
def test_a_pipe_of_somebody_else_is_refused_without_waiting_for_its_reader(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    os.chown(folder / "pipe", 12345, -1)
    with pytest.raises(NotAllowed, match="is a pipe of somebody else's"):
        write_whole(str(folder / "pipe"), b"new", is_forced=True)


def test_the_store_is_kept_also_where_it_is_open_already(folder: Path) -> None:
    store = folder / "store.json"
    store.write_bytes(b"store")
    with open(store, "ab") as file, pytest.raises(NotAllowed, match="belongs to the store"):
        write_whole(f"/dev/fd/{file.fileno()}", b"new", is_forced=True, protected=[str(store)])
    assert store.read_bytes() == b"store"


def killed_while_writing(folder: Path) -> str:
    """The name of what a writer leaves that is killed before its file has its name."""
    before = set(names(folder))
    script = (
        "import os, signal; from store import output_file; "
        "output_file.OpenFolder.rename_to_new = lambda *_: os.kill(os.getpid(), signal.SIGKILL); "
        f"output_file.write_whole({str(folder / 'b.csv')!r}, b'half', is_forced=False)"
    )
    assert subprocess.run([sys.executable, "-c", script]).returncode == -signal.SIGKILL
    (left,) = set(names(folder)) - before
    return left


def test_what_a_killed_writer_left_goes_with_the_next_file_and_nothing_else_does(folder: Path) -> None:
    left = killed_while_writing(folder)
    others = [left.replace(left.split("-")[1], str(os.getpid())), ".followup-notes.tmp", ".followup-.tmp", "a.tmp"]
    for name in others:
        (folder / name).write_bytes(b"theirs")
    write_whole(f"{folder}/a.csv", b"new", is_forced=False)
    assert names(folder) == sorted([*others, "a.csv"])


@pytest.mark.parametrize("name", ["followup", "followup-paper", "a.json"])
def test_no_store_takes_a_file_that_is_being_written_for_its_own(folder: Path, name: str) -> None:
    database = make_empty(str(folder / name), who="anna")
    left = killed_while_writing(folder)
    with OpenFolder.at(str(folder)) as opened:
        file_of(database).sweep(opened)
    assert left in names(folder)


def test_a_device_is_written_to_and_a_full_one_told() -> None:
    write_whole("/dev/null", b"new", is_forced=False)
    with pytest.raises(FollowUpError, match="No space left"):
        write_whole("/dev/full", b"new", is_forced=False)


def test_where_there_are_no_second_names_it_is_still_not_over_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write_whole(f"{folder}/a.csv", b"new", is_forced=False)
    assert (folder / "a.csv").read_bytes() == b"new"
    assert names(folder) == ["a.csv"]
