"""Names of parties in forms: what they mean is told beside them, and asked about on save."""

from store.database import Database
from tests.support.app_driver import Hand, driven, story
from tests.support.store_builders import INTERPOL, MIA, UNODC, VISIT, add, record
from tui.app.screens.form_screen import FormScreen


def names(database: Database) -> list[str]:
    return [party["name"] for party in database.snapshot().parties.all()]


async def fill(hand: Hand, label: str, text: str) -> None:
    """Put a text into the field with this label, in the place of what is in it."""
    form = hand.app.screen
    assert isinstance(form, FormScreen)
    field = next(field for name, field in form._fields.items() if name == label)
    form.set_focus(field.input)
    field.put("")
    await hand.settle()
    await hand.press(*text, "escape" if hand.entries else "end")


async def begin(hand: Hand, title: str, by: str, to: str) -> None:
    """The form of a new commitment, filled and saved."""
    await hand.press("a")
    await hand.until(lambda: isinstance(hand.app.screen, FormScreen))
    await fill(hand, "title", title)
    await fill(hand, "by", by)
    await fill(hand, "to", to)
    await hand.press("ctrl+s")


@story
async def test_a_doubtful_name_is_asked_about_on_save(database: Database) -> None:
    async with driven(database) as hand:
        await begin(hand, "Near", "INTEPROL", "MIA")
        await hand.until(lambda: 'there is no party "INTEPROL"; did you mean "INTERPOL"?' in hand.screen)
        assert "t  INTERPOL is meant" in hand.screen
        await hand.press("enter")  # Nothing is marked: no answer is given by a key pressed too often.
        assert "t  INTERPOL is meant" in hand.screen
        await hand.press("escape")
        assert isinstance(hand.app.screen, FormScreen)
        assert record(database, 4)["title"] != "Near"
        assert "INTEPROL" in hand.screen
        await hand.press("ctrl+s", "t")
        await hand.until(lambda: hand.message == '#5 added; "MIA" is MIA Uzbekistan')
        assert (record(database, 5)["by"], record(database, 5)["to"]) == ([INTERPOL], [MIA])

        await begin(hand, "Two", "NCB, UNODC and INTERPOL", "MIA UZ; UNODC")
        await hand.until(lambda: "t  they are 2 parties: UNODC; INTERPOL" in hand.screen)
        await hand.press("t")
        await hand.until(lambda: hand.message.startswith("#6 added"))
        assert record(database, 6)["by"] == ["NCB Tashkent", UNODC, INTERPOL]

        await begin(hand, "Meant", "INTERPOOL", "UNODC & INTERPOL")
        await hand.until(lambda: "n  INTERPOOL is a new party" in hand.screen)
        await hand.press("n")
        await hand.until(lambda: "n  UNODC & INTERPOL is a new party" in hand.screen)
        await hand.press("т")  # The Russian letter on the key of n.
        await hand.until(lambda: hand.message.startswith("#7 added; new party"))
        assert (record(database, 7)["by"], record(database, 7)["to"]) == (["INTERPOOL"], ["UNODC & INTERPOL"])


@story
async def test_names_that_fit_two_and_who_asked_and_hosts(database: Database) -> None:
    add(database, by=["MIA Kazakhstan"])
    before = names(database)
    async with driven(database) as hand:
        await begin(hand, "Fits two", "MIA", UNODC)
        await hand.until(lambda: "b  MIA Kazakhstan" in hand.screen)
        await hand.press("b")
        await hand.until(lambda: hand.message == "#6 added")
        assert record(database, 6)["by"] == ["MIA Kazakhstan"]

        await hand.point_at(2)
        await hand.press("d")
        await fill(hand, "date", "1 May 2023")
        await fill(hand, "reason", "late")
        await fill(hand, "asked_by", "INTEPROL")
        await hand.press("ctrl+s")
        await hand.until(lambda: "n  keep it as typed" in hand.screen)
        await hand.press("n")
        await hand.until(lambda: hand.message.startswith("#2 due"))
        assert record(database, 2)["due_changes"][-1]["asked_by"] == "INTEPROL"
        assert names(database) == before

        await hand.press("v", "e")
        await fill(hand, "hosts", "INTEPROL; BKA")
        await hand.press("ctrl+s")
        await hand.until(lambda: "t  INTERPOL is meant" in hand.screen)
        await hand.press("t")
        await hand.until(lambda: hand.message.endswith('new party "BKA"'))
        assert database.snapshot().visit(VISIT)["hosts"] == [INTERPOL, "BKA"]
        await hand.press("q", "a")
        await fill(hand, "to", "bk")
        assert "BKA" in hand.screen
