"""A on the visits screen sets a visit aside until a day, and brings it back; the counts and the list follow."""

from store.database import Database
from store.translation import speak
from store.translation_catalogue_and_plurals import load_catalogue
from tests.support.app_driver import driven, story
from tests.support.store_builders import VISIT, add, do


@story
async def test_a_visit_is_set_aside_and_brought_back(database: Database) -> None:
    do(database, "add_visit", "Workshop", place="Vienna", start="2023-01-01", slug="vienna")
    add(database, "Send it", visit="vienna")
    async with driven(database) as hand:
        await hand.press("v")
        assert " A aside" in hand.screen
        await hand.press("A")
        await hand.shows("Set the visit")
        await hand.press(*"15 April", "enter", *"holidays", "ctrl+s")
        assert hand.message == "vienna is set aside until 15 Apr 2023: 1 open commitment in no list"
        assert "1 set aside until 15 Apr 2023" in hand.screen
        assert " A bring back" in hand.lines[-1]
        await hand.press("down")
        assert " A aside" in hand.lines[-1]
        await hand.press("up")
        await hand.press("escape")
        assert hand.numbers == [4, 2, 1, 3]
        assert "1 set aside" in hand.lines[1]
        await hand.press("/", *"aside", "enter")
        assert hand.numbers == [5]
        await hand.press("escape", "v", "g", "enter")
        assert hand.numbers == [5]
        await hand.press("escape", "v", "g", "A")
        assert hand.message == "vienna is back: 1 open commitment listed again"
        await hand.press("u")
        assert hand.message.startswith("taken back: the bringing back of the visit vienna (")


@story
async def test_what_left_the_list_with_its_visit_is_told_so(database: Database) -> None:
    do(database, "add_visit", "Workshop", place="Vienna", start="2023-01-01", slug="vienna")
    add(database, "Send it", visit="vienna")
    do(database, "chase", 5, again="2023-03-02")
    async with driven(database) as hand:
        await hand.press("/", *"send it", "enter")
        assert hand.numbers == [5]
        do(database, "set_visit_aside", "vienna", until="2023-04-15")
        await hand.shows("#5: the visit vienna was set aside: Send it")
        await hand.press("c")
        assert (
            hand.message == "#5: the visit vienna was set aside, so it is not in this list any more: nothing was done"
        )


@story
async def test_where_all_is_set_aside_the_empty_list_says_so_with_whole_words(database: Database) -> None:
    do(database, "set_visit_aside", VISIT)
    async with driven(database) as hand:
        await hand.press("1")
        assert "    All that is open is set aside. / aside shows it, v A brings a visit back," in hand.screen
        assert "    a adds a commitment, 6 shows what is finished" in hand.screen
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await hand.press("1")
            assert "    Все незавершённые обязательства отложены. / отложено — показать," in hand.screen
            assert "    v A — вернуть визит, a — внести обязательство, 6 — завершённые" in hand.screen
            await hand.press("/", *"отложено", "enter")
            assert hand.numbers
    finally:
        speak(None)
