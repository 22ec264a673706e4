"""A file that somebody asked for: whole or not at all, and never over what must stay."""

import os
import stat
import threading
from pathlib import Path

import pytest

from store import outfile
from store.errors import FollowUpError, NotAllowed
from store.outfile import write_whole


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
    written = outfile._written

    def slowly(place: str, data: bytes) -> str:
        (folder / "a.csv").write_bytes(b"theirs")
        return written(place, data)

    monkeypatch.setattr(outfile, "_written", slowly)
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
            write_whole(f"{folder}/{name}", b"new", is_forced=True, kept=kept)
    assert store.read_bytes() == b"store"
    assert names(copies) == []
    write_whole(f"{folder}/store.json2", b"new", is_forced=True, kept=kept)


def test_a_pipe_is_written_to(folder: Path) -> None:
    pipe, read = folder / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(str(pipe), b"x" * 300_000, is_forced=False)
    reader.join(timeout=30)
    assert read == [b"x" * 300_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_is_written_to_and_a_full_one_told() -> None:
    write_whole("/dev/null", b"new", is_forced=False)
    with pytest.raises(FollowUpError, match="No space left"):
        write_whole("/dev/full", b"new", is_forced=False)


def test_where_there_are_no_second_names_it_is_still_not_over_another(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write_whole(f"{folder}/a.csv", b"new", is_forced=False)
    assert (folder / "a.csv").read_bytes() == b"new"
    assert names(folder) == ["a.csv"]
