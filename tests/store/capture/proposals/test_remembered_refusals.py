"""What is remembered of decisions: per visit, whatever the file holds, from several sessions at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.capture.proposals.remembered_refusals import Remembered

STORE = "commitments.json"


def test_a_refusal_is_of_one_visit(tmp_path: Path) -> None:
    Remembered(str(tmp_path), STORE).refuse("lyon", "capture:1")
    kept = Remembered(str(tmp_path), STORE)
    assert kept.refused_at("lyon", ["capture:1", "capture:2"]) == {"capture:1"}
    assert kept.refused_at("vienna", ["capture:1"]) == frozenset()
    assert kept.merged_at("lyon", ["capture:1"]) == frozenset()
    kept.take_back("lyon", "capture:1")
    assert Remembered(str(tmp_path), STORE).refused_at("lyon", ["capture:1"]) == frozenset()


@pytest.mark.parametrize("content", ["[]", '{"refused": 1}', '{"mails": [1, {}]}', "null", '"text"', "{", "[" * 9000])
def test_a_strange_file_holds_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "captured").mkdir()
    (tmp_path / "captured" / "decided.json").write_text(content, encoding="utf-8")
    assert Remembered(str(tmp_path), STORE).seen_mails == frozenset()
    Remembered(str(tmp_path), STORE).merge("lyon", "capture:1")
    assert Remembered(str(tmp_path), STORE).merged_at("lyon", ["capture:1"]) == {"capture:1"}


def test_sessions_at_once_lose_nothing(tmp_path: Path) -> None:
    def refuse(session: int) -> list[str]:
        names = [f"capture:{session}-{number}" for number in range(15)]
        for name in names:
            Remembered(str(tmp_path), STORE).refuse("lyon", name)
        return names

    with ThreadPoolExecutor(8) as pool:
        names = [name for names in pool.map(refuse, range(8)) for name in names]
    assert Remembered(str(tmp_path), STORE).refused_at("lyon", names) == frozenset(names)


def test_what_is_remembered_is_of_one_store(tmp_path: Path) -> None:
    one, other = str(tmp_path / "one.json"), str(tmp_path / "other.json")
    Remembered(str(tmp_path), one).refuse("lyon", "capture:1")
    Remembered(str(tmp_path), one).see_mails(["mail-1"])
    assert Remembered(str(tmp_path), other).refused_at("lyon", ["capture:1"]) == frozenset()
    assert Remembered(str(tmp_path), other).seen_mails == frozenset()
    again = Remembered(str(tmp_path), str(tmp_path / "." / "one.json"))
    assert again.refused_at("lyon", ["capture:1"]) == {"capture:1"}
    assert again.seen_mails == {"mail-1"}
