"""What a batch reads and answers: its line in each hint, a byte order mark, a reader that goes away."""

import os
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import run_command
from tests.support.run_command import PATIENCE
from tests.support.run_in_shell_or_terminal import shell


def notes(database: Database, number: int) -> list[str]:
    return [event["note"] for event in database.snapshot().notes(number)]


def test_hints_of_a_batch_name_their_line(database: Database, run: Run) -> None:
    done = run("batch", input="note 2 x\n\ndue 1 end of March\nchase 3 --again 2023-02-01\n")
    assert (done.code, done.out.count("\n")) == (0, 3)
    lines = done.err.splitlines()
    assert [line.partition(": ")[2].partition(":")[0] for line in lines] == ["line 3", "line 4"]
    assert "Fri 31 March 2023" in lines[0]
    assert "past" in lines[1]


@pytest.mark.parametrize("option", [[], ["--atomic"]])
def test_a_batch_may_begin_with_a_byte_order_mark(
    database: Database, run: Run, tmp_path: Path, option: list[str]
) -> None:
    script = tmp_path / "lines.txt"
    script.write_bytes("\ufeffnote 2 Привет\r\nnote 3 y\r\n".encode())
    assert run("batch", *option, str(script)).code == 0
    assert (notes(database, 2), notes(database, 3)) == (["Привет"], ["y"])
    assert run("batch", *option, input=script.read_bytes()).code == 0
    assert run("batch", *option, input=b"\xef\xbb\xbf# a comment\nnote 4 z\n").code == 0
    assert notes(database, 4) == ["z"]


def test_a_batch_stops_when_nobody_reads_its_answers(
    database: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    """What was not acknowledged may have been done; what comes after it was not."""
    script = tmp_path / "lines.txt"
    for first, done in (("note 2 x", ["x"]), ("note 99 x", ["x"])):
        script.write_text(f"{first}\nnote 2 y\nnote 2 z\n")
        reader, writer = os.pipe()
        os.close(reader)
        process = run_command.start("batch", str(script), env=environment, stdout=writer)
        os.close(writer)
        _, err = process.communicate(timeout=PATIENCE)
        assert err == b""
        assert notes(database, 2) == done


@pytest.mark.parametrize("option", [[], ["--atomic"]])
def test_a_file_without_line_breaks_is_not_read_to_its_end(
    database: Database, environment: dict[str, str], option: list[str]
) -> None:
    done = shell(f"followup batch {' '.join(option)} < /dev/zero", environment)
    assert (done.code, done.out) == (2, "")
    assert "line 1 is longer than 250,000 bytes, so nothing more was read" in done.err
