"""Texts that are made to take long: four times the length takes about four times the work, whatever is in them."""

from collections.abc import Callable

import pytest

from store.capture.proposals.propose_commitments import propose
from store.capture.readers.source_text import SourceText
from tests.store.capture.proposals.test_propose_commitments import PARTIES, VISIT
from tests.support.cpu_time_growth import grows_with_length


def _name(number: int) -> str:
    """Another name for each number."""
    return "Z" + "".join(chr(ord("a") + number // 20**place % 20) for place in range(5)) + "x"


SHAPES: dict[str, Callable[[int], str]] = {
    "one word": lambda n: f"UNODC will send {'W' * n}.",
    "one Russian word": lambda n: f"МВД направит {'Ж' * n}.",
    "initials": lambda n: "Иванов И.И. " * (n // 12),
    "no ends": lambda n: "… A. " * (n // 5),
    "stops and quotes": lambda n: 'a."' * (n // 3),
    "the same sentence": lambda n: "UNODC will send the list to INTERPOL. " * (n // 38),
    "sentences": lambda n: " ".join(f"UNODC will send list {at} of the officers to INTERPOL." for at in range(n // 55)),
    "Russian sentences": lambda n: " ".join(
        f"МВД направит список {at} в Интерпол до 31 марта." for at in range(n // 50)
    ),
    "persons": lambda n: "\n\n".join(f"Mr {_name(at)} {_name(at + 7)} will write." for at in range(n // 40)),
    "persons in one line": lambda n: ", ".join(f"Mr {_name(at)}" for at in range(n // 13)),
    "thanks": lambda n: "Dear Vera Muster, " * (n // 18),
    "words of thanks": lambda n: "благодарю" + " и нашей" * (n // 8),
    "one row": lambda n: f"Action | Who\n{'UNODC will send it, | ' * (n // 21)}",
    "names of a party": lambda n: "The Ministry of Internal Affairs and INTERPOL " * (n // 46),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_longer_text_takes_no_more_work_than_its_length(shape: str) -> None:
    made = SHAPES[shape]

    def read(length: int) -> None:
        propose(SourceText("long.txt", made(length)), PARTIES, VISIT, "2022-12-08", is_every_sentence=True)

    read(1_000)
    assert grows_with_length(read, 10_000)


def test_what_is_too_long_for_a_word_is_an_ellipsis() -> None:
    text = f"Minutes\n\nUNODC will send the list {'W' * 200} to INTERPOL by 31 March 2023.\n"
    (found,) = propose(SourceText("minutes.txt", text), PARTIES, VISIT, "2022-12-08")
    assert found.quote == "UNODC will send the list … to INTERPOL by 31 March 2023."
    assert (found.by, found.to, found.due) == (("UNODC",), ("INTERPOL",), "2023-03-31")
