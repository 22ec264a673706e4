"""The mails of a mailbox: where one ends and the next begins, and what in a maildir is none."""

import os
from pathlib import Path

import pytest

from store.capture.readers import read_mailbox as mailbox
from store.capture.readers.read_mailbox import read_mailbox
from store.errors import UsageError
from store.foreign_files.limits import Limits

_MAIL = "Subject: {}\n\nUNODC will send the list.\n>From here on it is easy.\n"


def _texts(path: Path) -> list[str]:
    return [each.text for each in read_mailbox(str(path), Limits())]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_mails_of_an_mbox(tmp_path: Path, end: str) -> None:
    path = tmp_path / "box"
    text = "".join(f"From a Mon Jan  1 00:00:00 2024\n{_MAIL.format(number)}\n" for number in (1, 2, 3))
    path.write_bytes(text.replace("\n", end).encode())
    found = _texts(path)
    assert len(found) == 3
    assert all(each.count("UNODC will") == 1 for each in found)


def test_a_folder_in_a_maildir_is_no_mail(tmp_path: Path) -> None:
    for name in ("cur/inside", "new"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "new" / "1").write_text(_MAIL.format(1), encoding="utf-8")
    assert len(_texts(tmp_path)) == 1


def test_what_in_a_maildir_is_no_mail_is_told(tmp_path: Path) -> None:
    for name in ("cur/inside", "new"):
        (tmp_path / name).mkdir(parents=True)
    os.mkfifo(tmp_path / "cur" / "pipe")
    (tmp_path / "elsewhere").write_text(_MAIL.format(2), encoding="utf-8")
    (tmp_path / "new" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "new" / "1").write_text(_MAIL.format(1), encoding="utf-8")
    told: list[str] = []
    (mail,) = read_mailbox(str(tmp_path), Limits(), notify=told.append)
    assert "UNODC will" in mail.text
    sentence = f"3 names in {tmp_path} are no mails that can be read, and passed over: inside is the first"
    assert told == [sentence]


@pytest.mark.parametrize("is_folder", [False, True])
def test_of_a_mail_that_is_too_long_it_is_told_how_much_is_read(
    tmp_path: Path, is_folder: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "_MOST_MAIL", 1 << 20)
    box = _box(tmp_path / "box", 1)
    box.write_bytes(box.read_bytes() + b"It is easy to come.\n" * 60_000)
    if is_folder:
        for name in ("cur", "new"):
            (tmp_path / "folder" / name).mkdir(parents=True)
        mail_of_box = box.read_bytes().partition(b"\n")[2]
        box = tmp_path / "folder"
        (box / "cur" / "1").write_bytes(mail_of_box)
    (mail,) = read_mailbox(str(box), Limits())
    assert mail.warnings[-1:] == ("of this mail the first 1 MB are read",)


@pytest.mark.parametrize("part", ["cur", "new"])
def test_a_linked_folder_of_a_maildir_is_not_followed(tmp_path: Path, part: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "1").write_text(_MAIL.format(1), encoding="utf-8")
    box = tmp_path / "box"
    for each in ("cur", "new"):
        (box / each).mkdir(parents=True)
    (box / part).rmdir()
    (box / part).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="is no mailbox"):
        _texts(box)


def _box(path: Path, count: int) -> Path:
    path.write_text("".join(f"From a\n{_MAIL.format(number)}\n" for number in range(count)), encoding="utf-8")
    return path


def test_a_mailbox_is_read_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "_MOST_MAILS", 2)
    path, told = _box(tmp_path / "box", 5), list[str]()
    seen: list[str] = []
    while True:
        mails = list(read_mailbox(str(path), Limits(), seen, told.append))
        if all(each.mark in seen for each in mails):
            break
        seen = [str(each.mark) for each in mails]
    assert len(seen) == 5
    assert len(told) == 2
    assert "for the next time" in told[0]


def test_lines_without_end_are_no_new_mail(tmp_path: Path) -> None:
    path = tmp_path / "box"
    long = "x" * (1 << 16)
    path.write_text(f"From {long}From a\nSubject: a\n\nUNODC will {long}\n\n{long}From b\n", encoding="utf-8")
    with path.open("rb") as file:
        (mail,) = mailbox._of_mbox(file, "box")
    assert mail.startswith(b"Subject: a")
    assert mail.endswith(b"From b\n")


def test_a_mail_that_takes_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = "".join(f";\n p{number}=x" for number in range(20_000))
    (tmp_path / "box").write_text(f"From a\nContent-Type: text/plain{parameters}\n\nUNODC will.\n", encoding="utf-8")
    monkeypatch.setattr(mailbox, "_SECONDS", 1)
    (mail,) = read_mailbox(str(tmp_path / "box"), Limits())
    assert mail.text == ""
    assert "was not done" in mail.warnings[0]
    assert "CSV" not in mail.warnings[0]
