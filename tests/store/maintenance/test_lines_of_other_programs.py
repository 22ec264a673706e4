"""Lines with the right sum and the same records, which this program would not write: a quick look misreads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.maintenance.doctor import examine, repair
from tests.support.store_builders import do, raw
from torture.files.file_damage import with_the_right_sum

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.database import Database


def _line(file: bytes, table: str, number: int) -> bytes:
    start = file.index(b'\n"%d":' % number, file.index(b'"%b":{\n' % table.encode()) + len(table) + 3) + 1
    return file[start : file.index(b"\n", start)]


def _behind_the_title(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    visit = line[line.index(b'"visit":') : line.index(b",", line.index(b'"visit":')) + 1]
    return file.replace(line, line.replace(visit, b"", 1).replace(b'"kind":', visit + b'"kind":', 1))


def _swapped(file: bytes) -> bytes:
    two, three = _line(file, "commitments", 2).rstrip(b","), _line(file, "commitments", 3).rstrip(b",")
    return file.replace(two, b"@@").replace(three, two).replace(b"@@", three)


def _escaped(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    return file.replace(line, line.replace(b'"state":', b'"st\\u0061te":'))


def _escaped_number(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    return file.replace(line, line.replace(b'"2":', b'"\\u0032":', 1))


def _in_one_line(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    return file.replace(line + b"\n", line)


def _in_two_lines(file: bytes) -> bytes:
    line = _line(file, "commitments", 2)
    return file.replace(line, line.replace(b',"title"', b',\n"title"'))


def _with_a_blank(file: bytes) -> bytes:
    line = _line(file, "commitments", 3)
    return file.replace(line, b" " + line)


def _event_without_its_number_in_front(file: bytes) -> bytes:
    line = next(each for each in file[file.index(b'"events":{') :].split(b"\n") if b'"id":' in each)
    end = line.rstrip(b",")
    number = end[end.index(b'"id":') : end.index(b",", end.index(b'"id":')) + 1]
    moved = end.replace(number, b"", 1)[:-1] + b"," + number[:-1] + b"}"
    return file.replace(line, line.replace(end, moved))


WRITTEN = [
    _behind_the_title, _swapped, _escaped, _escaped_number, _in_one_line, _in_two_lines, _with_a_blank,
    _event_without_its_number_in_front,
]  # fmt: skip


@pytest.mark.parametrize("write", WRITTEN)
def test_lines_that_this_program_would_not_write_are_found_and_written_anew(
    database: Database, write: Callable[[bytes], bytes]
) -> None:
    before = raw(database)
    written = with_the_right_sum(write(before))
    assert json.loads(written)["commitments"] == json.loads(before)["commitments"]
    Path(database.path).write_bytes(written)
    found = [each for each in examine(database) if each.is_fault]
    assert any("another program wrote its line" in each.sentence for each in found)
    repairs, left = repair(database, found)
    assert left == 0, [(each.finding.sentence, str(each.trouble)) for round_ in repairs for each in round_]
    assert raw(database) == before
    do(database, "note", 2, "as before")
    assert examine(database) == []
