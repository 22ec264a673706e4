"""Folders that are opened once, and links: followed where nobody else can change them, else refused and named."""

import os
import stat
from pathlib import Path

import pytest

from store.errors import StoreUnusable
from store.open_folder import OpenFolder, open_own_folder, read_own_file, replace_own_file, resolved
from tests.support.store_builders import do, make_store, open_store

needs_root = pytest.mark.skipif(os.getuid() != 0, reason="giving a file to another user needs root")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that nobody else may write in, with a store in `real`."""
    made = tmp_path / "place"
    (made / "real").mkdir(mode=0o700, parents=True)
    made.chmod(0o755)
    make_store(str(made / "real" / "c.json"))
    return made


def test_a_path_without_links_stays_as_it_is(folder: Path) -> None:
    assert resolved(f"{folder}/real/c.json") == f"{folder}/real/c.json"
    assert resolved(f"{folder}/real/../real/./c.json") == f"{folder}/real/c.json"
    assert resolved(f"{folder}/none/deep/c.json") == f"{folder}/none/deep/c.json"


def test_a_path_from_here_is_made_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "real")
    assert resolved("c.json") == f"{folder}/real/c.json"
    assert resolved("../real/c.json") == f"{folder}/real/c.json"


@pytest.mark.parametrize("target", ["real/c.json", "{folder}/real/c.json", "../place/real/c.json"])
def test_an_own_link_is_followed(folder: Path, target: str) -> None:
    (folder / "link").symlink_to(target.format(folder=folder))
    assert resolved(f"{folder}/link") == f"{folder}/real/c.json"


def test_links_to_folders_and_to_links_are_followed_as_the_kernel_does(folder: Path) -> None:
    (folder / "one").symlink_to("real")
    (folder / "two").symlink_to(folder / "one")
    (folder / "out").symlink_to("/usr")
    for path in ("two/c.json", "two/../real/c.json", "out/../etc/none", "two/none"):
        assert resolved(f"{folder}/{path}") == os.path.realpath(f"{folder}/{path}")


def test_a_link_to_itself_ends(folder: Path) -> None:
    (folder / "link").symlink_to("link")
    assert resolved(f"{folder}/link") == f"{folder}/link"


@pytest.mark.parametrize("mode", [0o775, 0o777, 0o2770])
def test_a_link_where_others_may_write_is_refused_and_named(folder: Path, mode: int) -> None:
    (folder / "link").symlink_to("real/c.json")
    folder.chmod(mode)
    with pytest.raises(StoreUnusable, match=f"{folder}/link is a link that others can change"):
        open_store(f"{folder}/link").snapshot()
    with pytest.raises(StoreUnusable):
        do(open_store(f"{folder}/link"), "note", 2, "called")


def test_a_link_to_a_folder_where_others_may_write_is_refused_and_named(folder: Path) -> None:
    (folder / "link").symlink_to("real")
    folder.chmod(0o777)
    with pytest.raises(StoreUnusable, match=f"{folder}/link is a link that others can change"):
        open_store(f"{folder}/link/c.json").snapshot()


def test_an_own_link_in_a_sticky_folder_is_followed(folder: Path) -> None:
    (folder / "link").symlink_to("real/c.json")
    folder.chmod(0o1777)
    assert open_store(f"{folder}/link").snapshot().rows


@needs_root
@pytest.mark.parametrize("name", ["link", "."])
def test_a_link_of_somebody_else_or_in_their_folder_is_refused(folder: Path, name: str) -> None:
    (folder / "link").symlink_to("real/c.json")
    os.chown(folder / name, 12345, -1, follow_symlinks=False)
    with pytest.raises(StoreUnusable, match="a link that others can change"):
        open_store(f"{folder}/link").snapshot()


def test_a_folder_is_not_opened_through_a_link(folder: Path) -> None:
    (folder / "real" / "deeper").mkdir()
    (folder / "link").symlink_to("real")
    folder.chmod(0o777)
    for path in (f"{folder}/link", f"{folder}/link/deeper"):
        with pytest.raises(OSError, match="a link that others can change"):
            OpenFolder.at(path)


def test_a_folder_without_the_help_of_proc_is_opened_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_proc(*_: object, **__: object) -> str:
        raise FileNotFoundError

    (folder / "link").symlink_to("real")
    folder.chmod(0o777)
    monkeypatch.setattr(os, "readlink", no_proc)
    with OpenFolder.at(f"{folder}/real") as opened:
        assert sorted(opened.names()) == sorted(os.listdir(folder / "real"))
    with pytest.raises(OSError, match="a link that others can change"):
        OpenFolder.at(f"{folder}/link")


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with OpenFolder.at(str(folder)) as opened, pytest.raises(OSError, match="not a file"):
        opened.open_file("pipe")


@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_folders_are_made_private_whatever_the_umask(folder: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        os.close(open_own_folder(f"{folder}/one/two").descriptor)
    finally:
        os.umask(before)
    assert [stat.S_IMODE((folder / path).stat().st_mode) for path in ("one", "one/two")] == [0o700, 0o700]


def test_no_folder_is_made_through_a_link_that_others_can_change(folder: Path) -> None:
    (folder / "link").symlink_to("real")
    folder.chmod(0o777)
    with pytest.raises(OSError, match="a link that others can change"):
        open_own_folder(f"{folder}/link/new")
    assert "new" not in os.listdir(folder / "real")


def test_what_was_put_in_the_place_of_a_new_folder_is_not_taken_for_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "precious").mkdir()
    (folder / "precious" / "letter").touch()
    mkdir = os.mkdir

    def swapped(name: str, mode: int, *, dir_fd: int) -> None:
        mkdir(name, mode, dir_fd=dir_fd)
        os.rmdir(folder / name)
        os.rename(folder / "precious", folder / name)

    monkeypatch.setattr(os, "mkdir", swapped)
    with OpenFolder.at(str(folder)) as opened, pytest.raises(OSError, match="another folder was put"):
        opened.make_folder("new")


def test_a_file_of_ones_own_is_read_and_a_pipe_or_a_link_is_not(folder: Path) -> None:
    (folder / "own").write_bytes(b"abc")
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("own")
    assert read_own_file(f"{folder}/own", 2) == b"ab"
    assert read_own_file(f"{folder}/pipe", 2) is None
    for name in ("link", "missing"):
        with pytest.raises(OSError, match=name):
            read_own_file(f"{folder}/{name}", 2)


@needs_root
def test_a_file_of_another_user_is_not_taken_for_ones_own(folder: Path) -> None:
    (folder / "theirs").write_bytes(b"abc")
    os.chown(folder / "theirs", 12345, -1)
    assert read_own_file(f"{folder}/theirs", 3) is None


def test_a_file_is_replaced_in_the_folder_that_was_opened_whatever_has_its_path_by_then(tmp_path: Path) -> None:
    """The owner of a home in which root works puts a link in the place of the folder."""
    victim, home = tmp_path / "victim", tmp_path / "home"
    victim.mkdir()
    (victim / "lists.json").write_text("important")
    replace_own_file(f"{home}/state/lists.json", b"first")
    with open_own_folder(f"{home}/state") as folder:
        (home / "state").rename(home / "away")
        (home / "state").symlink_to(victim)
        folder.replace_file("lists.json", b"second")
    assert (home / "away" / "lists.json").read_bytes() == b"second"
    assert (victim / "lists.json").read_text() == "important"
    assert os.listdir(victim) == ["lists.json"]


def test_a_file_is_written_whole_or_the_folder_is_as_it_was(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "a").write_bytes(b"first")

    def breaks_off(descriptor: int) -> None:
        os.write(descriptor, b"sec")
        raise BlockingIOError

    with OpenFolder.at(os.path.realpath(lists)) as folder:
        with pytest.raises(BlockingIOError):
            folder.write_whole("a", breaks_off)
        with pytest.raises(FileExistsError):
            folder.write_whole("a", lambda _: None, is_new=True)
        assert [path.read_bytes() for path in lists.iterdir()] == [b"first"]
        folder.write_whole("b", lambda _: None, is_new=True)
    assert sorted(os.listdir(lists)) == ["a", "b"]
