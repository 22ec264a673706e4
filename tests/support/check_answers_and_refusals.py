"""Check what a command answered: its JSON or numbers, one sentence of refusal, and that it left the store unchanged."""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store.server_name import is_server_name
from tests.support.run_command import Result


@contextmanager
def unchanged(store: str) -> Iterator[None]:
    """The store is, byte by byte, what it was, and nothing is left beside it but the lock."""
    if is_server_name(store):
        from tests.support.on_file_and_on_server import digest

        digested = digest(store)
        yield
        assert digest(store) == digested
        return
    before, beside = Path(store).read_bytes(), _names(store)
    yield
    assert Path(store).read_bytes() == before
    assert _names(store) == beside


def _names(store: str) -> list[str]:
    folder, name = os.path.split(store)
    return sorted(each for each in os.listdir(folder) if each != f".{name}.lock")


def assert_refused(result: Result, code: int, *fragments: str) -> None:
    """One sentence on stderr that holds these fragments, nothing on stdout, and the exit code."""
    assert result.code == code, result
    assert result.out == "", result
    assert_one_sentence(result.err, *fragments)


def assert_one_sentence(err: str, *fragments: str) -> None:
    """Talk is one line, names the program, and is no traceback."""
    assert err.startswith("followup: "), err
    assert err.endswith("\n"), err
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    assert "NoneType" not in err
    for fragment in fragments:
        assert fragment in err


def assert_harmless(text: str) -> None:
    """Nothing in it can move, colour or hide anything: only what prints, blanks, tabs and line ends."""
    harmless = "\n\t\xa0\u200c\u200d"
    strange = {character for character in text if not character.isprintable() and character not in harmless}
    assert not strange, ascii(text)


def document(result: Result) -> Any:
    """The JSON that a command printed, after checking that it succeeded quietly."""
    assert result.code == 0, result
    return json.loads(result.out)


def ids(result: Result) -> list[int]:
    """The numbers in the first column of what a command printed."""
    assert (result.code, result.err) == (0, ""), result
    return [int(line.split("\t")[0]) for line in result.out.splitlines()]


def lines_of(result: Result) -> Sequence[str]:
    """The lines of stdout of a command that succeeded without talk."""
    assert (result.code, result.err) == (0, ""), result
    return result.out.splitlines()
