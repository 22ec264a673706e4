"""Institutions: every name finds one, one is shown, two entries become one, and the history stays as written."""

from typing import Any

import pytest

from store import operations
from store.database import Database
from store.errors import NotAllowed, NotFound, UsageError
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC, add, beside, do, events, raw, record


def party(database: Database, name: str) -> dict[str, Any]:
    found = database.snapshot().parties.find(name)
    assert found, name
    return dict(found)


def names(database: Database) -> list[str]:
    return [each["name"] for each in database.snapshot().parties.all()]


def test_a_party_is_entered_when_it_is_first_named(database: Database) -> None:
    assert names(database) == [INTERPOL, MIA, NCB, UNODC]


@pytest.mark.parametrize("typed", ["mia uzbekistan", "MIA  UZBEKISTAN ", "mia uz", "МВД рф", "МВД Узбекистана", "iiv"])
def test_all_names_of_a_party_find_it_and_its_full_one_is_kept(database: Database, typed: str) -> None:
    do(database, "edit_party", MIA, short="MIA UZ", ru="МВД Узбекистана", aliases=["IIV", "МВД РФ"])
    number = add(database, by=[typed, MIA], via=typed, support=[typed])
    kept = record(database, number)
    assert (kept["by"], kept["via"], kept["support"]) == ([MIA], MIA, [MIA])
    assert len(names(database)) == 4


def test_accents_case_yo_and_apostrophes_do_not_make_another_party(database: Database) -> None:
    for known, typed in (("Société", "SOCIETE"), ("Ещё", "еще"), ("O\u2018zbekiston", "O\u02bbzbekiston")):
        first = add(database, by=[known])
        assert record(database, add(database, by=[typed]))["by"] == record(database, first)["by"] == [known]


def test_short_i_is_a_letter_of_its_own(database: Database) -> None:
    add(database, by=["Рай"])
    assert record(database, add(database, by=["Раи"]))["by"] == ["Раи"]


def test_a_new_name_is_taken_and_told(database: Database) -> None:
    with database.transaction() as tx:
        operations.add(tx, "x", visit="lyon-2022", by=["Europol"], to=["UNDOC", MIA])
    assert tx.warnings == ['new party "Europol"', 'new party "UNDOC"; did you mean "UNODC"?']
    assert {"Europol", "UNDOC"} <= set(names(database))


def test_a_known_name_gives_no_warning(database: Database) -> None:
    with database.transaction() as tx:
        operations.add(tx, "x", visit="lyon-2022", by=["interpol"], to=[MIA])
    assert tx.warnings == []


# Renaming


def everywhere(database: Database) -> int:
    """A commitment that names one party in every place there is; returns its number."""
    number = add(database, by=[MIA, UNODC], to=[INTERPOL, MIA], via=MIA, support=[MIA], state="agreed")
    do(database, "mark", number, "returned", said_by=[MIA], note="not signed")
    return number


def test_a_rename_reaches_every_place_and_leaves_the_history(database: Database) -> None:
    number = everywhere(database)
    do(database, "mark", 2, "done")
    before = events(database, number)
    do(database, "edit_party", MIA, new_name="Ministry of Internal Affairs")
    new = "Ministry of Internal Affairs"
    kept = record(database, number)
    assert kept["by"] == [new, UNODC]
    assert kept["to"] == [INTERPOL, new]
    assert (kept["via"], kept["support"], kept["returned"]["said_by"]) == (new, [new], [new])
    assert record(database, 2)["reported"]["said_by"] == [new]
    assert events(database, number)[: len(before)] == before


def test_the_old_name_goes_on_to_find_a_renamed_party(database: Database) -> None:
    do(database, "edit_party", MIA, new_name="Ministry of Internal Affairs", aliases=["IIV"])
    assert party(database, MIA)["aliases"] == ["IIV", MIA]
    number = add(database, by=[MIA], to=[INTERPOL])
    assert record(database, number)["by"] == ["Ministry of Internal Affairs"]
    do(database, "edit_party", MIA, new_name=MIA)
    assert party(database, MIA)["aliases"] == ["IIV", "Ministry of Internal Affairs"]


def test_a_rename_that_is_undone_leaves_no_other_name(database: Database) -> None:
    do(database, "edit_party", MIA, new_name="Ministry")
    do(database, "undo")
    assert "aliases" not in party(database, MIA)


def test_a_rename_is_one_revision_of_each_commitment_it_touches(database: Database) -> None:
    do(database, "edit_party", MIA, new_name="Ministry")
    assert [record(database, number)["revision"] for number in (1, 2, 3, 4)] == [2, 2, 2, 1]


def test_a_rename_in_another_case_is_a_rename(database: Database) -> None:
    do(database, "edit_party", INTERPOL, new_name="Interpol")
    assert record(database, 1)["to"] == ["Interpol"]


def test_a_rename_is_no_news(database: Database) -> None:
    do(database, "edit_party", MIA, new_name="Ministry")
    assert "news_on" not in record(database, 1)


@pytest.mark.parametrize("field", ["new_name", "short", "ru", "aliases"])
def test_a_name_of_another_party_is_refused(database: Database, field: str) -> None:
    do(database, "edit_party", INTERPOL, short="IP", ru="Интерпол", aliases=["ICPO"])
    before = raw(database)
    for name in ("interpol", "ip", "ИНТЕРПОЛ", "icpo"):
        values: dict[str, Any] = {field: [name] if field == "aliases" else name}
        with pytest.raises(NotAllowed, match="is already a name of"):
            do(database, "edit_party", MIA, **values)
    assert raw(database) == before


def test_an_empty_name_is_refused_and_an_empty_short_name_takes_it_out(database: Database) -> None:
    with pytest.raises(UsageError):
        do(database, "edit_party", MIA, new_name=" ")
    do(database, "edit_party", MIA, short="MIA UZ", ru="МВД")
    do(database, "edit_party", MIA, short="", ru=" ")
    assert {"short", "ru"} & party(database, MIA).keys() == set()


def test_aliases_are_added_to_those_there_each_once(database: Database) -> None:
    do(database, "edit_party", MIA, aliases=["IIV"])
    do(database, "edit_party", MIA, aliases=["МВД", "IIV", ""])
    assert party(database, MIA)["aliases"] == ["IIV", "МВД"]


def test_names_that_are_so_already_write_nothing(database: Database) -> None:
    do(database, "edit_party", MIA, short="MIA UZ", aliases=["IIV"])
    before = raw(database)
    do(database, "edit_party", "iiv", new_name=MIA, short="MIA UZ", aliases=["IIV"])
    assert raw(database) == before


def test_an_empty_alias_writes_nothing(database: Database) -> None:
    before = raw(database)
    do(database, "edit_party", MIA, aliases=[" "])
    assert raw(database) == before


# Merging


def test_a_merge_reaches_every_place_keeps_all_names_and_leaves_the_history(database: Database) -> None:
    number = everywhere(database)
    do(database, "edit_party", MIA, short="MIA UZ", ru="МВД", aliases=["IIV"])
    before = events(database, number)
    do(database, "merge_parties", "iiv", "ncb tashkent")
    kept = record(database, number)
    assert kept["by"] == [NCB, UNODC]
    assert kept["to"] == [INTERPOL, NCB]
    assert (kept["via"], kept["support"], kept["returned"]["said_by"]) == (NCB, [NCB], [NCB])
    assert events(database, number)[: len(before)] == before
    assert names(database) == [INTERPOL, NCB, UNODC]
    for name in (MIA, "MIA UZ", "МВД", "IIV", NCB):
        assert party(database, name)["name"] == NCB


def test_a_party_that_stood_beside_the_other_stands_there_once(database: Database) -> None:
    do(database, "merge_parties", INTERPOL, UNODC)
    assert record(database, 4)["by"] == record(database, 4)["to"] == [UNODC]


def test_a_party_is_not_merged_with_itself(database: Database) -> None:
    do(database, "edit_party", MIA, short="MIA UZ")
    with pytest.raises(NotAllowed, match="one party already"):
        do(database, "merge_parties", MIA, "mia uz")


def test_a_merge_with_an_unknown_party_names_the_nearest(database: Database) -> None:
    with pytest.raises(NotFound, match='did you mean "INTERPOL"'):
        do(database, "merge_parties", "INTEPROL", UNODC)


def test_a_merge_that_would_make_one_party_both_voices_is_refused_whole(database: Database) -> None:
    do(database, "mark", 2, "done")
    do(database, "mark", 2, "confirmed")
    before = raw(database)
    with pytest.raises(NotAllowed, match="2: INTERPOL would have both reported and confirmed"):
        do(database, "merge_parties", MIA, INTERPOL)
    assert raw(database) == before


def test_a_merge_is_refused_for_the_voices_of_a_closed_one_too(database: Database) -> None:
    do(database, "mark", 2, "done")
    do(database, "mark", 2, "confirmed")
    do(database, "mark", 2, "closed", because="overtaken")
    with pytest.raises(NotAllowed):
        do(database, "merge_parties", MIA, INTERPOL)


def test_a_merged_name_is_the_other_party_from_then_on(database: Database) -> None:
    do(database, "merge_parties", NCB, MIA)
    number = add(beside(database, who=BORIS), by=[NCB])
    assert record(database, number)["by"] == [MIA]


def test_an_undone_merge_gives_both_parties_back(database: Database) -> None:
    before = [record(database, number) for number in (1, 2, 3, 4)]
    do(database, "merge_parties", NCB, MIA)
    do(database, "undo")
    assert names(database) == [INTERPOL, MIA, NCB, UNODC]
    stamps = ("updated", "revision")
    for was in before:
        now = record(database, was["id"])
        assert {k: v for k, v in now.items() if k not in stamps} == {k: v for k, v in was.items() if k not in stamps}
