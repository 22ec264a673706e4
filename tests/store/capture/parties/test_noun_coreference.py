"""A noun alone means the institution of that noun that its section named in full last."""

import pytest

from store.capture.parties.find_party_names import Mention
from store.capture.parties.noun_coreference import Called, called_in
from store.capture.proposals.propose_commitments import propose
from store.capture.readers.source_text import SourceText
from store.model.record_types import Party
from store.rules.party_names import Directory


def _party(number: int, name: str) -> Party:
    return {"id": number, "name": name, "created": "", "updated": "", "revision": 1}


PARTIES = Directory({1: _party(1, "UNODC"), 2: _party(2, "INTERPOL")})


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("They called on the Embassy of Peru in Italy.", {"embassy": Called("Embassy of Peru in Italy", is_new=True)}),
        ("The Legal Service met.", {"service": Called("Legal Service", is_new=True)}),
        ("The Service met at an office.", {}),
        ("A service of theirs.", {}),
        ("The Embassy met.", {}),
    ],
)
def test_institutions_named_in_full(words: str, called: dict[str, Called]) -> None:
    assert dict(called_in(words, [])) == called


def test_one_of_a_party_is_that_party() -> None:
    words = "The Legal Service of UNODC met."
    at = words.index("UNODC")
    assert dict(called_in(words, [Mention(at, at + 5, "UNODC")])) == {"service": Called("UNODC", is_new=False)}


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The Legal Service of UNODC spoke. The Service will send INTERPOL the list.", ("UNODC",)),
        ("We met the Embassy of Peru. The Embassy promised to send INTERPOL the list.", ("Embassy of Peru",)),
        ("We met the Embassy of Peru.\n\n## Rome\n\nThe Embassy promised to send INTERPOL the list.", ()),
        ("We met the Embassy of Peru. The Service promised to send INTERPOL the list.", ()),
        (
            "We met the head of the UNODC Crime Statistics Division.\n\n## Rome\n\n"
            "The Crime Statistics Division will send INTERPOL the list.",
            ("UNODC",),
        ),
        (
            "We met the head of the Crime Statistics Section of UNODC. "
            "The Crime Statistics Section will send INTERPOL the list.",
            ("UNODC",),
        ),
        ("The Crime Statistics Section will send INTERPOL the list.", ("Crime Statistics Section",)),
    ],
)
def test_who_is_called_by_a_noun_alone(text: str, by: tuple[str, ...]) -> None:
    found = propose(SourceText("r.md", text), PARTIES, None, "2026-03-05")
    assert [(each.by, each.to) for each in found if each.is_above_line] == [(by, ("INTERPOL",))]


@pytest.mark.parametrize(
    ("text", "by", "title"),
    [
        (
            "UNODC confirmed that its next supervision mission will visit Lyon in May.",
            ("UNODC",),
            "Have its next supervision mission visit Lyon",
        ),
        ("It was confirmed that its next supervision mission will visit Lyon in May.", (), "Visit Lyon"),
        ("UNODC confirmed that it will visit Lyon in May.", ("UNODC",), "Visit Lyon"),
    ],
)
def test_what_belongs_to_who_says_it_does_it_for_them(text: str, by: tuple[str, ...], title: str) -> None:
    (one,) = propose(SourceText("r.md", text), PARTIES, None, "2026-03-05")
    assert (one.by, one.title) == (by, title)
