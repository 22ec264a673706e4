"""What goes wrong after a change was saved: the answer says that it was saved."""

import gc
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from store.database import Database
from tests.support.check_answers_and_refusals import assert_one_sentence
from tests.support.run_in_shell_or_terminal import shell
from tui.__main__ import FullScreenApp
from tui.cli.main import run as run_here


def _with_sum(raw: bytes) -> bytes:
    end = raw.index(b"\n") + 1
    place = end - len(b'00000000"}},\n')
    return raw[:place] + b"%08x" % crc32(raw[end:], crc32(raw[:place])) + raw[place + 8 :]


def _without_state(raw: bytes) -> bytes:
    """A store whose sum is right and whose commitments have no state: only a fault of ours could write it."""
    return _with_sum(raw.replace(b'"state":', b'"stale":'))


@pytest.mark.parametrize(
    ("spoil", "fragment"), [(_without_state, "report"), (lambda raw: raw[:-9], "damaged"), (None, "no store")]
)
@pytest.mark.file_only("a damaged file")
def test_a_fault_after_the_change_says_that_it_was_saved(
    database: Database,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    spoil: Callable[[bytes], bytes] | None,
    fragment: str,
) -> None:
    """Another program spoils the store, or takes it away, between the change and its answer."""
    store, rename, saved = database.path, os.rename, []

    def spoiled_at_once(source: Any, target: Any, **folders: int) -> None:
        rename(source, target, **folders)
        if target == os.path.basename(store):
            saved.append(Path(store).read_bytes())
            os.unlink(store)
            if spoil:
                Path(store).write_bytes(spoil(saved[0]))

    monkeypatch.setattr(os, "rename", spoiled_at_once)
    code = run_here(["note", "2", "x", "--json"], environment, FullScreenApp())
    gc.enable()
    printed = capfd.readouterr()
    assert (code, printed.out) == (1, "")
    assert_one_sentence(printed.err, "followup: saved, but ", fragment)
    assert "nothing was changed" not in printed.err
    (raw,) = saved
    assert "x" in [event.get("note") for event in json.loads(raw)["events"].values()]


def test_a_check_whose_line_is_lost_is_unknown(database: Database, environment: dict[str, str]) -> None:
    assert shell("followup check", environment).code == 2
    for script in ("followup check > /dev/full", "followup check >&-", "followup --today 2022-01-01 check > /dev/full"):
        assert shell(script, environment).code == 3, script
