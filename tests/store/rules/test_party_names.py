"""The one rule for names of parties, several names in one text, and renaming; the rules alone, without a store."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.rules.party_names import Directory, Match, match_name
from store.rules.party_renaming import fields_with_party_renamed, promises_to_itself
from store.rules.valid_store import parties_named
from tests.store.rules.records import INTERPOL, MIA, UNODC, commitment, voice

NAMES = st.lists(st.sampled_from((MIA, INTERPOL, UNODC)), min_size=1, max_size=3)
OPTIONAL_VOICES = st.none() | NAMES.map(lambda names: voice(*names))


def directory(*parties: str | dict[str, Any]) -> Directory:
    """The parties with these names, or with these fields."""
    records: Any = {
        number: {"id": number, **({"name": party} if isinstance(party, str) else party)}
        for number, party in enumerate(parties, 1)
    }
    return Directory(records)


PARTIES = directory(
    {"name": MIA, "short": "MIA UZ", "ru": "МВД Узбекистана", "aliases": ["IIV", "Ministère de l'Intérieur"]},
    INTERPOL,
    UNODC,
    "NCB Tashkent",
    "Training Unit 1",
    "Ministry of Justice of Uzbekistan",
    "Ministry of Health",
)


def meant(typed: str, parties: Directory = PARTIES) -> tuple[str, ...]:
    match = match_name(parties, typed)
    return match.kind, *match.names


@pytest.mark.parametrize(
    ("typed", "party"),
    [
        *(("mia uzbekistan", MIA), ("MIA  UZBEKISTAN ", MIA), ("Mia\tUz", MIA), ("МВД УЗБЕКИСТАНА", MIA)),
        *(
            ('"MIA Uzbekistan"', MIA),
            ("«МВД Узбекистана»", MIA),
            ("'IIV'", MIA),
            ("MIAUZ", MIA),
            ("“interpol”", INTERPOL),
        ),
        *(("ministere de l\u2019interieur", MIA), ("MIA Uzbekistan (MIA UZ)", MIA)),
    ],
)
def test_every_name_is_its_party_case_accents_blanks_and_quotes_aside(typed: str, party: str) -> None:
    assert meant(typed) == (Match.KNOWN, party)


@pytest.mark.parametrize(
    ("typed", "party"),
    [
        *(("MIA", MIA), ("МВД", MIA), ("mia ", MIA), ("Ministère", MIA), ("ministere DE", MIA)),
        *(("NCB", "NCB Tashkent"), ("Ministry of Justice", "Ministry of Justice of Uzbekistan")),
    ],
)
def test_the_first_words_of_one_party_are_that_party(typed: str, party: str) -> None:
    assert meant(typed) == (Match.FIRST_WORDS, party)


def test_first_words_of_two_parties_are_neither() -> None:
    two = ("Ministry of Justice of Uzbekistan", "Ministry of Health")
    assert meant("Ministry") == meant("ministry of") == (Match.SEVERAL_FIT, *two)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        *(("UNODC and INTERPOL", (UNODC, INTERPOL)), ("UNODC + IOM", (UNODC, "IOM")), ("A / B", ("A", "B"))),
        *(("MIA jointly with the customs", ("MIA", "the customs")), ("МВД совместно с МЮ", ("МВД", "МЮ"))),
        *(("UNODC & the World Bank", (UNODC, "the World Bank")), ("МВД и таможня", ("МВД", "таможня"))),
        *(("IOM, OSCE AND UNODC", ("IOM", "OSCE", UNODC)), ("unodc, mia", ("unodc", "mia"))),
        *(("UNODC/INTERPOL", (UNODC, INTERPOL)), ("UNODC+MIA", (UNODC, "MIA")), ("UNODC;IOM", (UNODC, "IOM"))),
        *(
            ("IOM and OSCE", ("IOM", "OSCE")),
            ("МЮ и ГТК", ("МЮ", "ГТК")),
            ("MIA with the customs", ("MIA", "the customs")),
        ),
        *(("IOM together with OSCE", ("IOM", "OSCE")), ("INTERPOL или МВД", (INTERPOL, "МВД"))),
        *(("UNODCINTERPOL", (UNODC, INTERPOL)), (f"{MIA}INT", (MIA, INTERPOL))),
    ],
)
def test_several_names_in_one_text_are_no_party(typed: str, names: tuple[str, ...]) -> None:
    assert meant(typed) == (Match.JOINED, *names)


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        *(
            ("INTEPROL", INTERPOL),
            ("INTERPO", INTERPOL),
            ("Interppol", INTERPOL),
            ("1NTERPOL", None),
            ("INTERFOL", INTERPOL),
        ),
        *(("MIA Uzbekistn", MIA), ("МВД Узбекистна", "МВД Узбекистана"), ("NCB-Tashkent", "NCB Tashkent")),
        *(("UNODCC", UNODC), ("U.N.O.D.C.", UNODC), ("Training Units 1", "Training Unit 1")),
        *(("UNODC (lead)", UNODC), ("INTERPOL (host)", INTERPOL), ("МВД (ведущий)", MIA), ("IOM (co-lead)", "IOM")),
        *(("International Police (INTERPOL)", INTERPOL), ("UNODC (ROCA)", UNODC)),
    ],
)
def test_a_slip_or_a_role_in_brackets_is_near_the_name(typed: str, near: str | None) -> None:
    assert meant(typed) == ((Match.NEAR, near) if near else (Match.NEW, typed))


@pytest.mark.parametrize(
    "typed",
    [
        *("INTERPOL HTSM", "UNODC Regional Office", "Europol", "IOM", "UNDOC", "Training Unit 2", "Training Unit 11"),
        *("INTEPRLO", "Research and Analysis", "UNODC/ROCA", "Ministry of Sport, Tashkent", "UNODC, Regional Office"),
        *("Bureau for Cooperation with INTERPOL", "Training Unit II", "Société (Paris)", "AT&T", "MI", "Min of Health"),
    ],
)
def test_any_other_name_is_new(typed: str) -> None:
    assert meant(typed) == (Match.NEW, typed)


@pytest.mark.parametrize(("known", "typed"), [("Unit III Osh", "Unit II Osh"), ("Taskforce 12", "Taskforce 21")])
def test_names_that_differ_in_a_number_are_two(known: str, typed: str) -> None:
    assert meant(typed, directory(known)) == (Match.NEW, typed)


def test_a_longer_name_of_a_known_one_is_new_and_the_short_one_stays_itself() -> None:
    both = directory("UNODC", "UNODC Regional Office")
    assert meant("unodc", both) == (Match.KNOWN, "UNODC")
    assert meant("UNODC Regional", both) == (Match.FIRST_WORDS, "UNODC Regional Office")


@pytest.mark.parametrize(
    ("text", "alone", "are_several"),
    [
        ("Someone and Nobody", (), False),
        ("Someone and Nobody", ("Someone", "Nobody"), True),
        ("Someone/Nobody", ("Someone",), False),
        ("Someone/Nobody", ("Someone", "Nobody"), True),
    ],
)
def test_names_that_stand_alone_in_other_cells_are_names(text: str, alone: tuple[str, ...], are_several: bool) -> None:
    assert (match_name(PARTIES, text, alone.__contains__).kind == Match.JOINED) == are_several


LETTERS = st.text("abcdefgийклм", min_size=6, max_size=14)


@given(name=LETTERS, others=st.lists(LETTERS, max_size=5), at=st.integers(0, 13), letter=st.sampled_from("xyzэюя"))
def test_every_slip_of_a_name_leads_to_it_however_many_others_there_are(
    name: str, others: list[str], at: int, letter: str
) -> None:
    at %= len(name)
    slips = {
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at:],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    }
    others = [other for other in dict.fromkeys(others) if other not in {*slips, name}]
    grown = directory(*others)
    grown.near("builds the index")
    grown.add({"id": 99, "name": name})  # type: ignore[typeddict-item]
    for slip in slips - {name}:
        assert meant(slip, directory(name)) == (Match.NEAR, name)
        for parties in (directory(*others, name), grown):
            kind, near = meant(slip, parties)
            assert kind == Match.NEAR
            assert near in (name, *others)


@given(names=st.lists(st.text("abc -'\"«»é.", min_size=1, max_size=12), min_size=1, max_size=6, unique_by=str.casefold))
def test_a_known_name_is_always_its_own_party_and_the_rest_is_told_apart(names: list[str]) -> None:
    names = [" ".join(name.split()) for name in names]
    assume(all(name.strip(" \"'«»") for name in names))
    parties = directory(*names)
    for name in names:
        match = match_name(parties, name)
        assert match.kind == Match.KNOWN
        assert match_name(parties, f' "{name.upper()}"').names[0] in names


@given(by=NAMES, to=NAMES, support=NAMES, reported=OPTIONAL_VOICES, returned=OPTIONAL_VOICES)
def test_a_renamed_party_keeps_its_places_and_the_old_name_none(
    by: list[str], to: list[str], support: list[str], reported: Any, returned: Any
) -> None:
    before = commitment(by=by, to=to, support=support, via=MIA, reported=reported, returned=returned)
    after: Any = {**before, **fields_with_party_renamed(before, MIA, "MIA")}
    expected = {"MIA" if name == MIA else name for name in parties_named(before)}
    assert set(parties_named(after)) == expected
    assert fields_with_party_renamed(after, MIA, "MIA") == {}


def test_who_agreed_or_asked_follows_the_new_name() -> None:
    change = {"on": "2023-03-01", "reason": "x", "extension": True, "correction": False, "asked_by": MIA}
    before = commitment(closed={"because": "dropped", "on": "2023-03-01", "agreed_by": MIA}, due_changes=[change])
    changes = fields_with_party_renamed(before, MIA, "MIA")
    assert changes == {
        "closed": {"because": "dropped", "on": "2023-03-01", "agreed_by": "MIA"},
        "due_changes": [{**change, "asked_by": "MIA"}],
        "by": ["MIA"],
    }


@pytest.mark.parametrize(
    ("by", "to", "is_own"),
    [
        (["A"], [INTERPOL], True),
        ([INTERPOL], ["A"], True),
        ([UNODC, "A"], [INTERPOL, UNODC], True),
        (["A", INTERPOL], ["A", INTERPOL], True),  # Both promised each other.
        (["A", INTERPOL, UNODC], ["A", INTERPOL, UNODC], False),
        (["A"], [UNODC], False),
        ([INTERPOL], [INTERPOL], False),  # It was so already.
    ],
)
def test_a_merge_tells_what_a_party_would_then_promise_itself(by: list[str], to: list[str], is_own: bool) -> None:
    assert promises_to_itself([commitment(id=3, by=by, to=to)], "A", INTERPOL) == [3] * is_own


@pytest.mark.parametrize(
    ("known", "new", "is_alike"),
    [
        ("Ministry of Internal Affairs of Uzbekistan", "MIA", True),
        ("Ministry of Internal Affairs of Uzbekistan", "MIA Uzbekistan", True),
        ("Ministry of Internal Affairs of Uzbekistan", "MIA Malta", False),
        ("Ministry of Internal Affairs of Uzbekistan", "MOI", False),
        ("Ministry of Internal Affairs of Uzbekistan", "Mia", False),
        ("MIA", "Ministry of Internal Affairs", True),
        ("МВД Узбекистана", "Министерство внутренних дел Узбекистана", True),
        ("United Nations Office on Drugs and Crime", "UNODC", True),
    ],
)
def test_an_acronym_resembles_the_name_whose_first_words_it_is_of(known: str, new: str, is_alike: bool) -> None:
    assert match_name(directory(known), new).kind == Match.NEW
    assert (directory(known).suggestion(new) == known) == is_alike


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ministry of Interior of Uzbekistan", "MIA Uzbekistan"),
        ("Ministry of Interior of Malta", None),
        ("Institute of Uzbekistan", None),
        ("Ministry of Justice of Uzbekistan", None),
    ],
)
def test_the_letters_of_a_name_before_the_same_country_are_a_hint(typed: str, meant: str | None) -> None:
    known = directory("MIA Uzbekistan")
    assert known.suggestion(typed) == meant
    assert match_name(known, typed).kind == Match.NEW, "it is never refused for it"
