"""C: what a report promises is shown beside its text, and is taken, changed, merged or refused, one after the other."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from store.translation import speak
from store.translation_catalogue_and_plurals import load_catalogue
from tests.support.app_driver import Hand, driven, story
from tests.support.fixed_day_and_user import TODAY
from tests.support.golden_files import assert_golden
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP
from tests.support.sample_texts import LYON
from tests.support.store_builders import INTERPOL, MIA, beside, do
from tui.app.capture_review import REFUSED, CaptureReview, Decision
from tui.app.screens.capture_screen import CaptureScreen

if TYPE_CHECKING:
    from store.capture.proposals.propose_commitments import Proposal
    from store.database import Database
    from store.model.record_types import Commitment

VISIT = "lyon-2022"


@pytest.fixture(autouse=True)
def _report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report where one stands."""
    monkeypatch.chdir(tmp_path)
    Path("r.txt").write_text(LYON)


async def opened(hand: Hand, visit: str = VISIT, file: str = "r.txt") -> CaptureScreen:
    """Open the report, at this visit."""
    await hand.press("C")
    await hand.type(file)
    await hand.press("tab")
    await hand.type(visit)
    await hand.press("ctrl+s")
    await hand.until(lambda: hand.in_front != "FormScreen")
    return screen(hand)


def screen(hand: Hand) -> CaptureScreen:
    found = hand.app.base_screen
    assert isinstance(found, CaptureScreen)
    return found


def card(hand: Hand) -> str:
    """What is said of the proposal under the cursor, in one line."""
    return " ".join(" ".join(line.partition("│")[2] for line in hand.lines).split())


def proposed(hand: Hand, title: str) -> Proposal:
    """The proposal whose title begins so."""
    return next(each for each in screen(hand).review.shown if each.title.startswith(title))


async def point_at(hand: Hand, title: str) -> None:
    screen(hand).point_at(proposed(hand, title).source_id)
    await hand.settle()


async def take_form(hand: Hand) -> None:
    """Take the promise to send the form, the first commitment that comes into the store."""
    await point_at(hand, "Send the nomination form")
    await hand.press("a")
    await hand.until(lambda: "#5 taken" in hand.message)


def taken(database: Database) -> list[Commitment]:
    """What came into the store, in the order of its numbers."""
    commitments = beside(database).snapshot().commitments
    return [commitments[number] for number in sorted(commitments) if number > 4]


@story
async def test_how_sure_it_is_stands_whole_in_russian_too(demo_store: Database) -> None:
    speak(load_catalogue("ru"))
    try:
        async with driven(demo_store.path) as hand:
            await opened(hand)
            await point_at(hand, "Send the nomination form")
            assert "абз. 4 надёжность высокая; обязательство определённое Send" in card(hand)
    finally:
        speak(None)


@story
async def test_nothing_is_stored_before_it_is_taken(database: Database) -> None:
    before = Path(database.path).read_bytes()
    async with driven(database) as hand:
        await opened(hand)
        assert hand.kind == "capture"
        assert "0 of 4 decided" in hand.screen
        assert "Contribute to the TIP" in hand.screen
        await hand.press("j", "k", "space", "o", "o", ".", ".")
        await hand.press("escape")
        assert hand.kind == "list"
        assert hand.message == "4 of r.txt still to decide: C and the same file shows them again"
    assert Path(database.path).read_bytes() == before


@story
async def test_what_is_taken_has_its_words_and_its_place(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        await take_form(hand)
        assert "1 of 4 decided" in screen(hand).review.counts()
    (commitment,) = taken(database)
    assert (commitment["by"], commitment["to"], commitment["due"]) == ([INTERPOL], [MIA], "2023-01-31")
    assert (commitment["state"], commitment["visit"]) == ("proposed", VISIT)
    assert commitment["quote"] == "INTERPOL will send the nomination form to MIA Uzbekistan by 31 January 2023."
    assert commitment["source"].startswith("r.txt, para ")
    assert commitment["source_id"].startswith("capture:")


@story
async def test_the_same_text_again_shows_what_is_there_and_asks_for_the_rest(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        await take_form(hand)
        await point_at(hand, "Contribute")
        await hand.press("x")
    async with driven(beside(database)) as hand:
        await opened(hand)
        assert screen(hand).review.counts() == "0 of 2 decided"
        await point_at(hand, "Send the nomination form")
        await hand.press("a")
        assert hand.message == "it is #5 taken: u takes that back"
        assert "#5 taken by asel" in hand.screen
        assert "Contribute" not in " ".join(hand.lines[16:])
        await hand.press(".")
        await hand.until(lambda: screen(hand).review.shows_left_out)
        assert any(line.startswith(" x") and "Contribute" in line for line in hand.lines) or "Contribute" in hand.screen
    assert len(taken(database)) == 1


@story
async def test_a_missing_party_is_asked_for_in_its_field(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        await point_at(hand, "Fund a follow-up training")
        assert not proposed(hand, "Fund").to
        await hand.press("a")
        assert hand.in_front == "FormScreen"
        assert ">to" in hand.screen
        assert "the text does not say to whom" in hand.screen
        await hand.type("MIA UZ")
        await hand.press("ctrl+s")
        await hand.until(lambda: "#5 taken" in hand.message)
        assert hand.kind == "capture"
        assert any(line.startswith((" o", ">o")) and "→ MIA" in line for line in hand.lines), hand.screen
    (commitment,) = taken(database)
    assert (commitment["by"], commitment["to"], commitment["due"]) == ([INTERPOL], ["MIA UZ"], "2023-06-30")
    assert commitment["due_precision"] == "month"
    assert commitment["source_id"].startswith("capture:")


@story
async def test_a_change_begins_in_the_first_party_that_is_missing(database: Database) -> None:
    Path("r.txt").write_text("The list will be printed by 1 June 2023.\n\nUNODC will pay by 1 May 2023.\n")
    async with driven(database) as hand:
        await opened(hand)
        for title, text in (("Print the list", "INTERPOL"), ("Pay", "MIA UZ")):
            await point_at(hand, title)
            await hand.press("e")
            assert (">promised by" in hand.screen) == (title == "Print the list"), hand.screen
            assert (">to" in hand.screen) == (title == "Pay"), hand.screen
            await hand.type(text)
            if title == "Print the list":
                await hand.press("tab")
                await hand.type("MIA UZ")
            await hand.press("ctrl+s")
            await hand.until(lambda: "taken" in hand.message)
    assert {each["title"]: (each["by"], each["to"]) for each in taken(database)} == {
        "Print the list": ([INTERPOL], ["MIA UZ"]),
        "Pay by 1 May 2023": (["UNODC"], ["MIA UZ"]),
    }


@story
async def test_an_institution_of_the_text_completes_what_is_typed(database: Database) -> None:
    Path("r.txt").write_text(
        "The World Customs Office will send the list.\n\nThe list will be printed by 1 June 2023.\n"
    )
    async with driven(database) as hand:
        await opened(hand)
        await point_at(hand, "Print the list")
        await hand.press("a")
        await hand.type("Worl")
        await hand.press("enter")
        await hand.type("MIA UZ")
        await hand.press("ctrl+s")
        await hand.until(lambda: "#5 taken" in hand.message)
    assert taken(database)[0]["by"] == ["World Customs Office"]


@story
async def test_every_decision_can_be_taken_back(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        await take_form(hand)
        await point_at(hand, "Contribute")
        await hand.press("x")
        assert screen(hand).review.counts() == "2 of 4 decided: 1 taken, 1 refused"
        await point_at(hand, "Send the nomination form")
        await hand.press("u")
        await hand.until(lambda: "taken back" in hand.message)
        await hand.press("u")
        await hand.until(lambda: screen(hand).review.counts() == "0 of 4 decided")
    assert taken(database) == []
    async with driven(beside(database)) as hand:
        await opened(hand)
        assert screen(hand).review.counts() == "0 of 4 decided"


@story
async def test_a_promise_that_is_there_is_noted_on_it(database: Database) -> None:
    with beside(database).transaction() as tx:
        from store import operations

        operations.edit(tx, 1, title="Contribute to the TIP Analysis File")
    async with driven(database) as hand:
        await opened(hand)
        await point_at(hand, "Contribute")
        assert proposed(hand, "Contribute").like == 1
        await hand.press("m")
        await hand.until(lambda: hand.message == "noted on #1")
        assert screen(hand).review.counts() == "1 of 4 decided: 1 merged"
    assert taken(database) == []
    notes = [event["note"] for event in beside(database).snapshot().events_of(1) if event["action"] == "note"]
    assert notes[0].startswith('"MIA Uzbekistan affirmed its aspiration')
    async with driven(beside(database)) as hand:
        await opened(hand)
        assert screen(hand).review.counts() == "0 of 3 decided"


@story
async def test_what_a_later_version_says_otherwise_is_shown_beside_it(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        await take_form(hand)
    Path("r.txt").write_text(LYON.replace("31 January 2023", "14 February 2023"))
    async with driven(beside(database)) as hand:
        await opened(hand)
        await point_at(hand, "Send the nomination form")
        assert proposed(hand, "Send the nomination form").like == 5
        assert "due: 31 Jan 2023 there, 14 Feb 2023 here" in card(hand)
        await hand.press("m")
        await hand.until(lambda: hand.message == "noted on #5; its date stays 31 Jan 2023")


@story
async def test_words_that_name_no_day_come_with_the_days_that_they_may_mean(database: Database) -> None:
    Path("r.txt").write_text("INTERPOL will send the list to MIA Uzbekistan by mid-February 2023.\n")
    async with driven(database) as hand:
        await opened(hand)
        assert proposed(hand, "Send the list").due is None
        assert "d: 15 Feb 2023 or 28 Feb 2023?" in card(hand)
        await hand.press("d")
        assert "= Wed 15 Feb 2023" in hand.screen
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front == "CaptureScreen")
        assert proposed(hand, "Send the list").due == "2023-02-15"
        assert '"by mid-February 2023"' in card(hand)
        await hand.press("a")
        await hand.until(lambda: "#5 taken" in hand.message)
    (commitment,) = taken(database)
    assert (commitment["due"], commitment["due_words"]) == ("2023-02-15", "by mid-February 2023")


@story
async def test_numbers_are_those_of_the_printed_proposals(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        numbers = [each.n for each in screen(hand).review.shown]
        assert len(set(numbers)) == 4
        rows = [line for line in hand.lines if any(band in line for band in (" sure ", " likely ")) and "→" in line]
        assert [int(row[2:6]) for row in rows] == numbers
        await hand.press(".")
        await hand.until(lambda: screen(hand).review.shows_left_out)
        assert any(each.n == 0 for each in screen(hand).review.shown)


@story
async def test_sentences_are_paged_through_and_found_by_their_words(database: Database) -> None:
    Path("r.txt").write_text(LYON + "".join(f"\nThe guests saw room {n} of the house.\n" for n in range(60)))
    async with driven(database) as hand:
        await opened(hand)
        await hand.press(".")
        await hand.until(lambda: screen(hand).review.shows_left_out)
        await point_at(hand, "The guests saw room 0")
        await hand.press("pagedown")
        assert int(screen(hand).proposal.title.split()[4]) >= 8
        await hand.press("f")
        await hand.type("ROOM 41")
        await hand.press("ctrl+s")
        await hand.until(lambda: screen(hand).proposal.title.startswith("The guests saw room 41"))
        await hand.press("f")
        await hand.type("nomination form")
        await hand.press("ctrl+s")
        await hand.until(lambda: screen(hand).proposal.title.startswith("Send the nomination form"))
        await hand.press("f")
        await hand.type("unicorn")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.message == 'no sentence has "unicorn"')


@story
async def test_words_are_found_before_the_left_out_sentences_were_shown(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        await hand.press("n")
        assert hand.in_front == "FormScreen"
        await hand.type("weather")
        await hand.press("ctrl+s")
        await hand.until(lambda: screen(hand).proposal.title.startswith("The weather was cold"))


@story
async def test_what_is_shown_of_a_long_text_stays_as_it_is_when_the_rest_is_known(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        review = screen(hand).review
        every = review.shown
        early = CaptureReview(review.source, review.visit, review.dated)
        early.propose(every[:2], is_all=False)
        assert early.is_searching
        early.change(every[0], title="Changed by hand", to=("UNODC",))
        early.decide(every[1], Decision(REFUSED))
        early.propose([each._replace(title=f"{each.title} again") for each in every])
        assert not early.is_searching
        shown = {each.source_id: each for each in early.shown}
        assert (shown[every[0].source_id].title, shown[every[0].source_id].to) == ("Changed by hand", ("UNODC",))
        assert shown[every[1].source_id].title == every[1].title
        assert early.decision(every[1]) == Decision(REFUSED)
        assert len(early.shown) == 4
        assert early.counts() == "1 of 4 decided: 1 refused"


@story
async def test_a_party_that_is_taken_is_known_in_the_rest_of_the_text(database: Database) -> None:
    Path("r.txt").write_text(
        "Prepared by: Adviser, World Customs Office\n\n2 January 2023\n\n"
        "The World Customs Office will send the list to INTERPOL.\n\n"
        "We will ask INTERPOL for the template.\n\nWe will print the list for INTERPOL.\n"
    )
    office = ("World Customs Office",)
    async with driven(database) as hand:
        await opened(hand)
        assert [each.by for each in screen(hand).review.shown] == [office, (), ()]
        await point_at(hand, "Print the list")
        await hand.press("x")
        await point_at(hand, "Send the list")
        await hand.press("a")
        await hand.until(lambda: proposed(hand, "Ask").by == office)
        assert screen(hand).proposal.title == "Ask INTERPOL for the template", "the cursor stays"
        assert screen(hand).review.counts() == "2 of 3 decided: 1 taken, 1 refused"
        await hand.press("a")
        await hand.until(lambda: "#6 taken" in hand.message)
    async with driven(beside(database)) as hand:
        await opened(hand)
        assert screen(hand).review.counts() == "nothing to decide", "each is known, whatever is known of parties now"


@story
async def test_items_whose_promiser_is_known_by_now_stand_there_once(database: Database) -> None:
    Path("r.txt").write_text(
        "Istat agreed to:\n\n- send INTERPOL its note by 18 May 2023;\n- host two officers of INTERPOL in June 2023.\n"
    )
    async with driven(database) as hand:
        await opened(hand)
        for title in ("Send INTERPOL its note", "Host two officers"):
            await point_at(hand, title)
            await hand.press("e")
            await hand.type("Istat" if title.startswith("Send") else "INTERPOL")
            await hand.press("ctrl+s")
            await hand.until(lambda: "taken" in hand.message)
            await hand.until(lambda: not screen(hand).review.is_outdated(hand.app.snapshot.parties))
        await hand.press(".")
        await hand.until(lambda: screen(hand).review.shows_left_out)
        assert screen(hand).review.counts() == "2 of 2 decided: 2 taken"
        titles = [each.title for each in screen(hand).review.shown]
        assert len(titles) == len(set(titles)), titles
    assert len(taken(database)) == 2


@story
async def test_any_sentence_becomes_a_commitment(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        await hand.press(".")
        await hand.until(lambda: screen(hand).review.shows_left_out)
        await point_at(hand, "The weather was cold")
        await hand.press("a")
        assert hand.in_front == "FormScreen"
        assert ">promised by" in hand.screen
        await hand.type("UNODC")
        await hand.press("tab")
        await hand.type("INTERPOL")
        await hand.press("ctrl+s")
        await hand.until(lambda: "#5 taken" in hand.message)
    assert taken(database)[0]["quote"] == "The weather was cold."


@story
async def test_a_name_is_never_stored(database: Database) -> None:
    Path("r.txt").write_text("INTERPOL will send the list of Hildegund Umarvale to UNODC.\n")
    async with driven(database) as hand:
        await opened(hand)
        assert "a person? Hildegund Umarvale: N masks the name" in " ".join(hand.screen.replace("│", " ").split())
        await hand.press("N")
        assert "list of [name] to" in proposed(hand, "Send the list").quote
        await hand.press("a")
        await hand.until(lambda: "#5 taken" in hand.message)
    assert b"Umarvale" not in Path(database.path).read_bytes()


@story
async def test_date_and_other_side_are_set_before_it_is_taken(database: Database) -> None:
    with beside(database).transaction() as tx:
        from store import operations

        operations.edit_visit(tx, VISIT, delegation=MIA)
    async with driven(database) as hand:
        await opened(hand)
        await point_at(hand, "Nominate two officers")
        await hand.press("d")
        assert hand.in_front == "FormScreen"
        await hand.type("in two weeks")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front == "CaptureScreen")
        assert proposed(hand, "Nominate two officers").due == "2022-12-23", "it counts from the day of the text"
        await hand.press("t")
        await hand.press("a")
        await hand.until(lambda: "#5 taken" in hand.message)
    (commitment,) = taken(database)
    assert (commitment["to"], commitment["due"]) == ([INTERPOL], "2022-12-23")
    assert commitment["seats"]["wanted"] == 2


SEVERAL = """Date of report: 15 December 2022
Prepared by: A. Tester, UNODC

# 1. Customs Service

The list will be printed by 1 June 2023. Mr. Orlov undertook to name a contact point.

# 2. Border Guard

Mr. Orlov undertook to send the figures before the summer. The Customs Service will send a form.
UNODC will pay for the travel, and the receipts will be sent later.
"""


def several_met(database: Database) -> None:
    """Make a visit of two who came to two hosts, with a report on it."""
    with beside(database).transaction() as tx:
        from store import operations

        operations.edit_visit(tx, VISIT, hosts=["Customs Service", "Border Guard"], delegation="UNODC, EUBAM")
    Path("r.md").write_text(SEVERAL)


@story
async def test_a_key_goes_through_those_to_whom_it_may_be_promised(database: Database) -> None:
    several_met(database)
    async with driven(database) as hand:
        await opened(hand, file="r.md")
        await point_at(hand, "Send a form")
        assert "to - t UNODC?" in card(hand)
        for shown in (
            "UNODC t UNODC, EUBAM?",
            "UNODC, EUBAM t EUBAM?",
            "EUBAM t Border Guard?",
            "Border Guard t UNODC?",
        ):
            await hand.press("t")
            assert f"to {shown}" in card(hand)
        await hand.press("t")
        await hand.press("a")
        await hand.until(lambda: "#5 taken" in hand.message)
        await point_at(hand, "Pay for the travel")
        await hand.press("t")
        assert "to Border Guard t Customs Service, Border Guard?" in card(hand), (
            "the one in the heading above comes first"
        )
    assert taken(database)[0]["to"] == ["UNODC"]


@story
async def test_whom_a_person_named_is_offered_for_what_follows(database: Database) -> None:
    Path("r.txt").write_text("UNICEF will print the rules.\n\nUNICEF will publish the map.\n")
    async with driven(database) as hand:
        await opened(hand)
        await point_at(hand, "Print the rules")
        assert "t World Customs Office?" not in card(hand)
        await hand.press("a")
        await hand.type("World Customs Office")
        await hand.press("ctrl+s")
        await hand.until(lambda: "#5 taken" in hand.message)
        await point_at(hand, "Publish the map")
        assert "t World Customs Office?" in card(hand)


@story
async def test_a_key_goes_through_those_who_may_have_promised(database: Database) -> None:
    several_met(database)
    async with driven(database) as hand:
        await opened(hand, file="r.md")
        await point_at(hand, "Print the list")
        assert "by - b Customs Service?" in card(hand)
        await hand.press("b", "t")
        assert "by Customs Service to UNODC" in card(hand)
        await hand.press("b")
        assert "by Border Guard to - t UNODC?" in card(hand), "to whom is open again"
        await hand.press("t", "a")
        await hand.until(lambda: "#5 taken" in hand.message)
    (commitment,) = taken(database)
    assert (commitment["by"], commitment["to"]) == (["Border Guard"], ["UNODC"])


@story
async def test_a_visit_without_its_delegation_is_told_where_a_party_is_missing(database: Database) -> None:
    Path("r.txt").write_text("UNODC will pay for it.\n\nINTERPOL will send the form to UNODC.\n")
    async with driven(database) as hand:
        await opened(hand)
        await point_at(hand, "Pay")
        assert "! the visit has no delegation" in card(hand)
        await point_at(hand, "Send")
        assert "no delegation" not in card(hand)
    do(database, "edit_visit", VISIT, delegation="MIA Uzbekistan")
    async with driven(beside(database)) as hand:
        await opened(hand)
        await point_at(hand, "Pay")
        assert "no delegation" not in card(hand)


@story
async def test_to_whom_the_text_says_it_outlives_the_choice_of_who_promised(database: Database) -> None:
    Path("r.txt").write_text(
        "UNODC, INTERPOL and MIA Uzbekistan met. The list will be printed by 1 June 2023 and sent to UNODC.\n"
    )
    async with driven(database) as hand:
        await opened(hand)
        assert screen(hand).proposal.to == ("UNODC",)
        assert "a fill in" in hand.screen, "who promised it is missing: taking it opens a form"
        await hand.press("b")
        for _ in range(4):
            assert screen(hand).proposal.to == ("UNODC",)
            assert screen(hand).proposal.by not in ((), ("UNODC",)), "it is promised to them"
            assert "a take" in hand.screen
            await hand.press("b")


@story
async def test_a_person_promises_for_one_party_in_a_whole_text(database: Database) -> None:
    several_met(database)
    async with driven(database) as hand:
        await opened(hand, file="r.md")
        await point_at(hand, "Name a contact point")
        assert proposed(hand, "Send the figures").by == ()
        await hand.press("b", "t", "a")
        await hand.until(lambda: "#5 taken" in hand.message)
        await point_at(hand, "Send the figures")
        assert proposed(hand, "Send the figures").by == ("Customs Service",)
        assert "which institution" not in card(hand)
    assert "Orlov" not in str(beside(database).snapshot().commitments)


@story
async def test_a_second_promise_of_a_sentence_has_nothing_of_the_first(database: Database) -> None:
    several_met(database)
    async with driven(database) as hand:
        await opened(hand, file="r.md")
        await point_at(hand, "Pay for the travel")
        await hand.press("t", "a")
        await hand.until(lambda: "#5 taken" in hand.message)
        await point_at(hand, "Pay for the travel")
        await hand.press("+")
        assert "> what" in hand.screen or ">what" in hand.screen
        await hand.type("Send the receipts")
        await hand.press("tab")
        await hand.type("Border Guard")
        await hand.press("tab")
        await hand.type("UNODC")
        await hand.press("tab")
        await hand.type("within two weeks of the journey")
        assert "in words, without a day" in hand.screen
        await hand.press("tab")
        await hand.type("2")
        await hand.press("ctrl+s")
        await hand.until(lambda: "#6 taken" in hand.message)
        assert screen(hand).proposal.title != "Pay for the travel", "the next one to be decided"
    _, second = taken(database)
    assert (second["title"], second["by"], second["to"]) == ("Send the receipts", ["Border Guard"], ["UNODC"])
    assert (second.get("due"), second["due_words"]) == (None, "within two weeks of the journey")
    assert second["seats"]["wanted"] == 2


@story
async def test_what_was_entered_stands_there_once_it_is_taken_back(database: Database) -> None:
    several_met(database)
    async with driven(database) as hand:
        await opened(hand, file="r.md")
        await point_at(hand, "Print the list")
        await hand.press("e")
        await hand.type("Border Guard")
        await hand.press("tab")
        await hand.type("UNODC")
        await hand.press("ctrl+s")
        await hand.until(lambda: "#5 taken" in hand.message)
        await point_at(hand, "Print the list")
        await hand.press("u")
        await hand.until(lambda: "taken back" in hand.message)
        assert "by Border Guard to UNODC" in card(hand)


@story
async def test_what_others_take_meanwhile_is_marked(database: Database) -> None:
    async with driven(database) as hand, driven(beside(database, who="boris")) as other:
        await opened(hand)
        await opened(other)
        await take_form(other)
        await hand.has_revision(beside(database).snapshot().revision)
        await point_at(hand, "Send the nomination form")
        await hand.press("a")
        assert hand.message == "it is #5 taken: u takes that back"
    assert len(taken(database)) == 1


@story
async def test_what_others_take_while_the_form_is_open_is_not_stored_twice(database: Database) -> None:
    async with driven(database) as hand, driven(beside(database, who="boris")) as other:
        await opened(hand)
        await point_at(hand, "Send the nomination form")
        await hand.press("e")
        await opened(other)
        await take_form(other)
        await hand.press("ctrl+s")
        await hand.until(lambda: "this promise is commitment 5 already" in hand.screen)
    assert len(taken(database)) == 1


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
@story
async def test_text_and_promise_stand_side_by_side_or_take_turns(database: Database, size: tuple[int, int]) -> None:
    async with driven(database, size=size) as hand:
        await opened(hand)
        await point_at(hand, "Send the nomination form")
        words = "INTERPOL will send the nomination form"
        if size[0] == 60:
            assert words not in hand.screen
            await hand.press("v")
            assert words in hand.screen
            assert "v text" in hand.lines[-1] or size[0] < 80
        else:
            assert "▌ INTERPOL will send" in hand.screen
            assert "why" in hand.screen
            await hand.press("v")
            assert hand.message == "both stand there already"


@story
async def test_a_text_without_a_promise_says_so(database: Database) -> None:
    Path("r.txt").write_text("The weather in Lyon was cold in December 2022.\n")
    async with driven(database) as hand:
        await opened(hand)
        await hand.until(lambda: "No promise was found in r.txt." in card(hand))
        assert ". shows its 1 sentence: a makes it a commitment." in card(hand)
        assert "The weather in Lyon was cold" in " ".join(line.partition("│")[0].strip() for line in hand.lines)
        assert "nothing to decide" in hand.screen
        await hand.press("a")
        assert hand.message == "nothing is proposed of this text: . shows its sentences, Esc leaves it"
        await hand.press(".")
        await hand.until(lambda: "1 sentence" in hand.message)
        assert "The weather in Lyon was cold" in hand.screen


@story
async def test_a_text_of_which_all_was_refused_says_so(database: Database) -> None:
    Path("r.txt").write_text("They met in Lyon. INTERPOL will send the nomination form by 31 January 2023.\n")
    async with driven(database) as hand:
        await opened(hand)
        await hand.press("x", "escape")
        await opened(hand)
        await hand.until(lambda: "what was found was refused." in card(hand))
        assert ". shows its 2 sentences: a makes any of them a commitment." in card(hand)


@story
async def test_the_likeliest_visit_is_offered_first_and_none_is_taken_silently(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("C")
        await hand.type("r.txt")
        await hand.press("ctrl+s")
        await hand.until(lambda: "Which visit" in hand.screen)
        assert "its dates count from Fri 9 Dec 2022, its dateline" in hand.screen
        assert hand.entries[0].startswith("lyon-2022")
        await hand.press("escape")
        await hand.press("ctrl+s")
        assert "say at which visit it was promised" in hand.screen


@story
async def test_a_bad_file_is_said_in_its_field(database: Database) -> None:
    Path("old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    async with driven(database) as hand:
        await hand.press("C")
        await hand.type("old.doc")
        await hand.press("ctrl+s")
        await hand.until(lambda: "docx" in hand.screen.partition("old.doc")[2])
        assert hand.in_front == "FormScreen"


@story
async def test_what_was_typed_into_a_proposal_outlives_a_lost_line(database: Database) -> None:
    async with driven(database) as hand:
        await opened(hand)
        await point_at(hand, "Send the nomination form")
        await hand.press("e")
        await hand.type("Send the new nomination form")
        hand.app.keep_drafts()
    async with driven(beside(database)) as hand:
        assert hand.in_front == "DraftsScreen"
        await hand.press("enter")
        assert "Send the new nomination form" in hand.screen
        await hand.press("ctrl+s")
        await hand.until(lambda: "#5 added" in hand.message)
    (commitment,) = taken(database)
    assert (commitment["due"], commitment["quote"][:18]) == ("2023-01-31", "INTERPOL will send")


@story
async def test_text_of_a_report_is_text(database: Database) -> None:
    Path("r.txt").write_text("INTERPOL will send [bold]the[/bold] [TIP] list\x1b[31m to MIA Uzbekistan.\n")
    async with driven(database) as hand:
        await opened(hand)
        assert "[bold]the[/bold] [TIP]" in " ".join(hand.screen.split())
        await hand.press("a")
        await hand.until(lambda: "#5 taken" in hand.message)
        assert "\x1b" not in hand.message
    assert "\x1b" not in taken(database)[0]["quote"]


@story
async def test_an_overlong_word_is_shown_as_left_out(database: Database) -> None:
    Path("r.txt").write_text(f"INTERPOL will send the list {'W' * 300} to MIA Uzbekistan.\n")
    async with driven(database) as hand:
        await opened(hand)
        assert "the list … to" in " ".join(hand.screen.replace("│", " ").replace("▌", " ").split())
        assert "\ue001" not in hand.screen


@pytest.mark.golden
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
@story
async def test_screen(demo_store: Database, size: tuple[int, int]) -> None:
    async with driven(demo_store, size=size) as hand:
        await opened(hand)
        await point_at(hand, "Send the nomination form")
        await hand.press("x")
        await hand.painted()
        assert_golden(__file__, f"capture-{size[0]}.txt", hand.screen)


@pytest.mark.golden
@story
async def test_screen_in_ascii(demo_store: Database) -> None:
    async with driven(demo_store, is_utf8=False) as hand:
        await opened(hand)
        await hand.painted()
        assert all(line.isascii() for line in hand.lines), hand.screen


def test_a_command_line_opens_it(database: Database, environment: dict[str, str]) -> None:
    argv = [FOLLOWUP, "capture", str(Path("r.txt").absolute()), "--visit", VISIT]
    with PtyScreen(argv, {**environment, "LANG": "C.UTF-8"}) as terminal:
        terminal.wait_for("0 of 4 decided")
        terminal.send("q")
        terminal.wait_for("4 of r.txt still to decide")


def test_mails_come_one_after_the_other_and_those_that_are_decided_come_no_more(
    database: Database, environment: dict[str, str]
) -> None:
    mails = [
        ("Form", "INTERPOL will send the nomination form to MIA Uzbekistan by 31 January 2023."),
        ("Weather", "The weather in Lyon was cold, and we thank you for the warm days all the same."),
        ("List", "MIA Uzbekistan will send the list of candidates to INTERPOL by 28 February 2023."),
    ]
    Path("m.mbox").write_text(
        "\n".join(
            f"From a@example.org Fri Dec  9 10:00:00 2022\nFrom: a@example.org\nDate: Fri, 9 Dec 2022 10:00:00 +0000\n"
            f"Subject: {subject}\nMessage-ID: <{subject}@example.org>\n\n{body}\n"
            for subject, body in mails
        )
    )
    argv = [FOLLOWUP, "capture", "--mailbox", str(Path("m.mbox").absolute()), "--visit", VISIT]
    with PtyScreen(argv, {**environment, "LANG": "C.UTF-8"}) as terminal:
        terminal.wait_for("Send the nomination form")
        terminal.send("a")
        terminal.wait_for("#5 taken")
        terminal.send("q")
        terminal.wait_for("Send the list of candidates")
        terminal.send("q")
        terminal.wait_for("1 of m.mbox, mail 3 still to decide")
        terminal.send("q")
        assert terminal.wait_exit() == 0
    with PtyScreen(argv, {**environment, "LANG": "C.UTF-8"}) as terminal:
        terminal.wait_for("Send the list of candidates")
        terminal.send("a")
        terminal.wait_for("#6 taken")
    assert [each["quote"] for each in taken(database)] == [mails[0][1], mails[2][1]]


def test_today_has_no_part_in_it() -> None:
    """The dates of the report lie before the fixed day, or the tests above would prove less."""
    assert TODAY > "2023-01-31"
    assert not os.environ.get("FOLLOWUP_TODAY")
