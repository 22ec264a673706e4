"""What was promised before the time of which a text tells is history."""

import pytest

from store.capture.promises.confidence_bands import Confidence
from store.capture.promises.sentences_about_the_past import begins_in_former_time, end_of_history
from store.capture.proposals.propose_commitments import propose
from store.capture.readers.source_text import SourceText
from tests.store.capture.proposals.test_propose_commitments import PARTIES, VISIT


@pytest.mark.parametrize(
    ("words", "is_former"),
    [
        ("In 2024 UNODC agreed", True),
        ("Already in March 2025 UNODC agreed", True),
        ("On 3 May 2025 UNODC agreed", True),
        ("In early 2024 UNODC agreed", True),
        ("In 2026 UNODC agreed", False),
        ("In November 2026 UNODC agreed", False),
        ("In 2027 UNODC agreed", False),
        ("In the 2024 census UNODC agreed", False),
        ("UNODC agreed in Vienna", False),
        ("On 31 February 2024 UNODC agreed", False),
    ],
)
def test_a_sentence_begins_in_former_time(words: str, is_former: bool) -> None:
    assert begins_in_former_time(words, "2026-10-09", is_russian=False) == is_former


@pytest.mark.parametrize(
    ("words", "is_former"),
    [
        ("В 2024 году УНП ООН", True),
        ("12 мая 2025 года УНП ООН", True),
        ("В 2027 году УНП ООН", False),
        ("В 2024", False),
    ],
)
def test_a_russian_sentence_begins_in_former_time(words: str, is_former: bool) -> None:
    assert begins_in_former_time(words, "2026-10-09", is_russian=True) == is_former


def test_the_first_days_of_history_are_no_error() -> None:
    assert end_of_history(None, "0001-01-05") == "0001-01-05"
    assert end_of_history(VISIT, "2030-01-01") == "2022-11-05"


@pytest.mark.parametrize(
    ("text", "is_proposed"),
    [
        ("In 2020 UNODC agreed to finance the second phase, which became effective in May.", False),
        ("In March 2021 UNODC had promised to publish the results, and it did so in May.", False),
        ("UNODC promised to send the list to INTERPOL and did so.", False),
        ("In 2020 UNODC agreed to finance the second phase by 1 March 2023.", True),
        ("In December 2022 UNODC agreed to finance the second phase.", True),
        ("UNODC agreed to publish the results of 2020.", True),
        ("UNODC promised to tell INTERPOL who did so.", True),
    ],
)
def test_history_is_not_proposed(text: str, is_proposed: bool) -> None:
    (one,) = propose(SourceText("r.txt", text), PARTIES, VISIT, "2022-12-12")
    assert (one.band != Confidence.UNLIKELY) == is_proposed
