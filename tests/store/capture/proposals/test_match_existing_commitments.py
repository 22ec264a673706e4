"""A promise that was taken is known again, also where parties became known or got other names since."""

from typing import Any

import pytest

from store.capture.promises.confidence_bands import Confidence
from store.capture.proposals.match_existing_commitments import ids_of, with_marks
from store.capture.proposals.propose_commitments import Proposal, propose
from store.capture.readers.source_text import SourceText
from store.rules.party_names import Directory

VISIT: Any = {"slug": "basel", "title": "", "start": "2025-05-19", "end": "2025-05-21", "hosts": [], "delegation": ""}


def _directory(*names: str) -> Directory:
    parties: Any = {number: {"id": number, "name": name} for number, name in enumerate(names, 1)}
    return Directory(parties)


def _proposed(text: str, *parties: str, hosts: tuple[str, ...] = ()) -> list[Proposal]:
    visit: Any = {**VISIT, "hosts": list(hosts)}
    found = propose(SourceText("r.txt", text), _directory(*parties), visit, "2025-05-23")
    return [each for each in found if each.band != Confidence.UNLIKELY]


def _taken(proposal: Proposal, by: str, **fields: str) -> dict[int, Any]:
    """The commitment that it became, with the party that a person said."""
    row = {
        "visit": "basel",
        "by": [by],
        "title": proposal.title,
        "quote": proposal.quote,
        "source": proposal.source_in_words,
        "source_id": proposal.source_id,
    }
    return {7: {**row, **fields}}


_ITEM = "UNODC will:\n\n- send the list of contacts\n"
_MAIL = "Prepared by: Adviser, UNODC Regional Office\n\nWe will send the list of contacts.\n"
_HELD = "Участники: Образцов Вера, Интерпол.\n\nПредставить Европейскому союзу отчёт до 1 июня.\n"


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        (_MAIL, (), ("UNODC",)),
        (_MAIL, ("UNODC",), ()),
        (_ITEM, (), ("UNODC",)),
        (_ITEM, ("UNODC",), ()),
        ("UNODC will send the list.\n", (), ("UNODC",)),
    ],
)
def test_it_is_known_whatever_parties_are(text: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    (first,), (again,) = _proposed(text, *before), _proposed(text, *after)
    (marked,) = with_marks([again], _taken(first, "UNODC"), VISIT)
    assert marked.known == 7
    (marked,) = with_marks([again], _taken(first, "UNODC", quote="Other words.", title="Other"), VISIT)
    assert marked.known == 7, "a person wrote another quote"


def test_it_is_known_though_a_party_was_renamed() -> None:
    (first,) = _proposed(_ITEM, "UNODC")
    (again,) = _proposed(_ITEM.replace("UNODC", "UN Office"), "UN Office")
    assert with_marks([again], _taken(first, "UN Office"), VISIT)[0].known == 7


def test_it_is_known_though_less_is_masked() -> None:
    (proposal,) = _proposed("INTERPOL will send the European Union a list by 1 June.\n", "INTERPOL")
    masked = proposal.quote.replace("the European Union", "[name] Union")
    before = proposal._replace(quote=masked, source_id="capture:000000000000")
    assert with_marks([proposal], _taken(before, "INTERPOL"), VISIT)[0].known is None
    masked = proposal.quote.replace("European", "[name]")
    before = before._replace(quote=masked)
    assert with_marks([proposal], _taken(before, "INTERPOL"), VISIT)[0].known == 7


def test_it_is_known_in_russian_whatever_its_mask_was() -> None:
    (proposal,) = _proposed("УНП ООН направит Европейскому союзу список, который подготовит г-н Образцов.\n", "УНП ООН")
    assert "[имя]" in proposal.quote
    before = proposal._replace(source_id="capture:000000000000", quote=proposal.quote.replace("[имя]", "[name]"))
    assert with_marks([proposal], _taken(before, "УНП ООН"), VISIT)[0].known == 7
    less = before._replace(quote=before.quote.replace("Европейскому", "[имя]"))
    assert with_marks([proposal._replace(quote=less.quote)], _taken(before, "УНП ООН"), VISIT)[0].known == 7


def test_the_same_words_of_another_party_or_once_more_are_another_promise() -> None:
    (first,) = _proposed(_ITEM, "UNODC", "INTERPOL")
    both = _proposed(_ITEM + "\n" + _ITEM.replace("UNODC", "INTERPOL"), "UNODC", "INTERPOL")
    assert [each.known for each in with_marks(both, _taken(first, "UNODC"), VISIT)] == [7, None]
    other = _taken(first, "UNODC", source="other.txt, para 1")
    assert [each.known for each in with_marks(both[1:], other, VISIT)] == [None]
    changed = _proposed(_ITEM.replace("contacts", "contacts by 2 June"), "UNODC")
    (marked,) = with_marks(changed, _taken(first, "UNODC"), VISIT)
    assert (marked.known, marked.like) == (None, 7)


def test_what_was_refused_before_a_party_was_known_stays_refused() -> None:
    text = "Prepared by: the adviser of the Regional Office\n\nWe will send the list of contacts.\n"
    (first,), (again,) = _proposed(text), _proposed(text.replace("the Regional", "UNODC, Regional"), "UNODC")
    assert first.source_id != again.source_id
    assert first.source_id in ids_of([again])
    assert with_marks([again], {}, VISIT, frozenset({first.source_id}))[0].is_refused
