"""The mails of a mailbox: where one ends and the next begins, and what in a maildir is none."""

from pathlib import Path

import pytest

from store.capture.mailbox import read_mailbox
from store.foreign_files.limits import Limits

_MAIL = "Subject: {}\n\nUNODC will send the list.\n>From here on it is easy.\n"


def _texts(path: Path) -> list[str]:
    return [each.text for each in read_mailbox(str(path), Limits(512 << 20))]


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
