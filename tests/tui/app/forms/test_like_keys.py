"""L: a new commitment like the one under the cursor; on the visits, a visit with the promises of one."""

from store.database import Database
from tests.support.app_driver import driven, story
from tests.support.store_builders import NCB, do, record


@story
async def test_a_new_one_is_filled_as_the_one_under_the_cursor(database: Database) -> None:
    do(database, "edit", 2, via=NCB, support=["UNODC"])
    do(database, "set_seats", 2, wanted=3)
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("L")
        await hand.shows("the visit and the parties stand as in #2")
        await hand.press(*"Nominate analysts", "ctrl+s")
        assert hand.message == "#5 added"
    one, new = record(database, 2), record(database, 5)
    same = ("visit", "by", "to", "via", "support", "kind", "seats")
    assert [new[name] for name in same] == [one[name] for name in same]
    assert new["state"] == "proposed"


@story
async def test_a_visit_like_another_gets_its_promises(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("v", "L")
        await hand.shows("A new visit like lyon-2022")
        await hand.press(*"Second visit", "enter", "enter", *"20.2.2023", "ctrl+s")
        assert hand.message == "visit lyon-2023 added, 4 promises of lyon-2022 entered as proposed: 5 to 8"
        await hand.press("u")
        await hand.says("taken back: the new visit lyon-2023, and the 4 new commitments that came with it (")
