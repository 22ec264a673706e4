"""The parties: what each owes and is owed; renamed, merged, removed; the palette finds all of that by its words."""

import pytest

from store.database import Database
from tests.support.app_driver import driven, story
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC, VISIT, add, beside, do, make_empty, record


def names(database: Database) -> list[str]:
    return [party["name"] for party in database.snapshot().parties.all()]


@story
async def test_a_party_is_opened_and_left_for_the_parties(database: Database) -> None:
    do(database, "edit_party", MIA, short="MIA UZ", ru="МВД Узбекистана", aliases=["IIV"])
    async with driven(database) as hand:
        await hand.press("i")
        assert hand.kind == "parties"
        assert hand.lines[0].startswith(" Parties · 4")
        assert hand.lines[2].split() == ["PARTY", "OWES", "LATE", "OWED", "CONFIRM"]
        # The latest first.
        assert hand.lines[3].split() == [">INTERPOL", "2", "!!", "1", "3", "-"]
        at = next(at for at, line in enumerate(hand.lines) if "MIA Uzbekistan (MIA UZ)" in line)
        assert "МВД Узбекистана; IIV" in hand.lines[at + 1]
        await hand.press("j", "enter")
        assert hand.kind == "list"
        assert "what UNODC owes and is owed" in hand.screen
        for key in ("q", "escape"):
            await hand.press(key)
            assert hand.kind == "parties"
            assert ">UNODC" in hand.screen
            await hand.press("enter")
        await hand.press("q", "q")
        assert (hand.kind, hand.list.list_state.lens) == ("list", None)


@story
async def test_a_party_is_renamed_and_gets_other_names(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("i", "e")
        assert "Names of INTERPOL" in hand.screen
        await hand.press("tab", *"IP", "tab", *"Интерпол", "tab", *"ICPO; OIPC", "ctrl+s")
        await hand.until(lambda: hand.message == "INTERPOL changed")
        party = database.snapshot().parties.find("OIPC")
        assert party
        assert (party.get("short"), party.get("ru"), party.get("aliases")) == ("IP", "Интерпол", ["ICPO", "OIPC"])
        await hand.press("e", "tab", "tab", "tab", "end", *["backspace"] * 6, "ctrl+s")
        await hand.until(lambda: '"OIPC" stays: a name that was in use still finds it' in hand.screen)
        await hand.press("escape", "y", "e", "tab", *"2")
        do(beside(database, who=BORIS), "edit_party", INTERPOL, short="IPO")
        await hand.press("ctrl+s")
        await hand.until(lambda: 'meanwhile it is "IPO"; save again to put yours in its place' in hand.screen)
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.message.startswith("INTERPOL changed"))
        assert "2" in database.snapshot().parties.shown(INTERPOL)


@story
async def test_a_name_that_would_be_another_party_is_asked_about(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("i", "e", "tab", "tab", "tab", *"MIA Uzbekistam", "ctrl+s")
        await hand.until(lambda: "n  MIA Uzbekistam is a name of this party" in hand.screen)
        assert '"MIA Uzbekistam" would be taken for "MIA Uzbekistan"' in hand.screen
        await hand.press("e")
        assert "Names of INTERPOL" in hand.screen
        assert database.snapshot().parties.find("MIA Uzbekistam") is None
        await hand.press("ctrl+s", "n")
        await hand.until(lambda: hand.message == "INTERPOL changed")
        assert database.snapshot().parties.canonical("MIA Uzbekistam") == INTERPOL


@story
async def test_a_merge_says_what_happens_before_and_after(database: Database) -> None:
    number = add(database, by=["The Office"])
    do(database, "edit_visit", VISIT, hosts=["The Office"])
    async with driven(database) as hand:
        await hand.press("i", "G", "k", "k")
        hand.app.base_screen.point_at("The Office")
        await hand.press("m")
        assert "Merge The Office into another party" in hand.screen
        await hand.shows("it stays, and The Office becomes one")
        await hand.until(lambda: {INTERPOL, MIA, NCB} <= set(hand.entries))
        await hand.press("escape", "ctrl+s")
        await hand.until(lambda: "say which party stays: Down lists them" in hand.screen)
        await hand.press(*"inter", "escape", "ctrl+s")
        await hand.until(lambda: 'there is no party "inter"' in hand.screen)
        await hand.press("escape", "y", "m", *"interpol", "ctrl+s")
        await hand.until(lambda: hand.in_front == "QuestionScreen")
        shown = hand.words
        assert "The Office becomes INTERPOL in 1 commitment and 1 visit; its names find INTERPOL" in shown
        await hand.press("n")
        assert (hand.message, "The Office" in names(database)) == ("nothing was merged", True)
        await hand.press("m", *"interpol", "ctrl+s")
        await hand.until(lambda: hand.in_front == "QuestionScreen")
        await hand.press("y")
        await hand.until(lambda: hand.message == "The Office is now INTERPOL: 1 commitment and 1 visit moved")
        assert ">INTERPOL" in hand.screen
        assert record(database, number)["by"] == [INTERPOL]
        await hand.press("u")
        await hand.until(lambda: "The Office" in names(database))


@story
async def test_a_merge_after_which_a_party_promises_itself_says_so_first(database: Database) -> None:
    number = add(database, by=["The Office"], to=[INTERPOL])
    async with driven(database) as hand:
        await hand.press("i")
        hand.app.base_screen.point_at("The Office")
        await hand.press("m", *"interpol", "ctrl+s")
        await hand.until(lambda: hand.in_front == "QuestionScreen")
        shown = hand.words
        assert f"Then INTERPOL promises itself #{number}. The Office becomes INTERPOL in 1 commitment;" in shown
        await hand.press("n")
        await hand.says("nothing was merged")


@story
async def test_only_a_party_that_nothing_names_is_removed(database: Database) -> None:
    add(database, by=["Wrong"])
    do(database, "edit", 5, by=[MIA])
    async with driven(database) as hand:
        await hand.press("i")
        hand.app.base_screen.point_at(NCB)
        await hand.press("X")
        await hand.until(lambda: "NCB Tashkent is named by 1: only a party that nothing names" in hand.message)
        hand.app.base_screen.point_at("Wrong")
        await hand.press("delete", "n")
        assert "Wrong" in names(database)
        await hand.press("delete", "y")
        await hand.until(lambda: hand.message == "Wrong removed")
        assert "Wrong" not in names(database)
        # It is gone at once, and the cursor stands on its neighbour, which keys act on.
        assert not any(line.lstrip("> ").startswith("Wrong") for line in hand.lines[2:-2])
        assert sum(line.startswith(">") for line in hand.lines[2:-2]) == 1
        await hand.press("X")
        assert "was merged or removed" not in hand.message
        await hand.press("u")
        await hand.until(lambda: "Wrong" in names(database))


@pytest.mark.parametrize("words", ["delete party", "merge party", "rename parties", "institution"])
@story
async def test_the_palette_finds_what_is_done_to_parties(database: Database, words: str) -> None:
    async with driven(database) as hand:
        await hand.press(":", *words, "enter")
        assert hand.kind == "parties"


@story
async def test_without_a_party_it_says_how_one_is_entered(
    database: Database, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("empty")
    folder.chmod(0o700)
    async with driven(make_empty(str(folder / "commitments.json"))) as hand:
        await hand.press("i")
        assert "No party yet." in hand.screen
        for key in ("enter", "e", "m", "X"):
            await hand.press(key)
            assert "there is no party yet" in hand.message


@story
async def test_a_party_that_another_merged_meanwhile_is_left_alone(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("i")
        hand.app.base_screen.point_at(UNODC)
        do(beside(database, who=BORIS), "merge_parties", UNODC, MIA)
        await hand.until(lambda: hand.lines[0].startswith(" Parties · 3"))
        for key in ("enter", "e", "m", "X"):
            await hand.press(key)
            assert "UNODC was merged or removed meanwhile: nothing was done" in hand.message
        assert ">UNODC was merged or removed meanwhile" in hand.screen


@story
async def test_the_cursor_covers_name_and_what_it_owes_and_names_have_room(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("i")
        assert "Prosecutor General's Office of Uzbekistan (PGO UZ)" in hand.screen
        first = next(at for at, line in enumerate(hand.lines) if line.startswith(">"))
        assert hand.lines[first + 2] == ""
