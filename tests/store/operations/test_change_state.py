"""States and voices: who may say what, and what a way back clears."""

from typing import Any

import pytest

from store.database import Database
from store.errors import NotAllowed, NotFound, UsageError
from store.model.vocabulary_and_signs import State
from store.operations import StateChange
from store.rules.silence_and_chasing import days_without_word
from tests.support.fixed_day_and_user import ASEL, BORIS, TODAY
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC, VISIT_END, add, beside, do, events, raw, record

REASONS: dict[str, dict[str, Any]] = {"closed": {"because": "dropped"}, "returned": {"note": "not signed"}}
STATES = State.ALL


def mark(database: Database, number: int, state: str, **more: Any) -> StateChange:
    marked: StateChange = do(database, "mark", number, state, **{**REASONS.get(state, {}), **more})
    return marked


@pytest.mark.parametrize("first", STATES)
@pytest.mark.parametrize("second", STATES)
def test_any_state_may_follow_any_other(database: Database, first: str, second: str) -> None:
    mark(database, 2, first)
    marked = mark(database, 2, second, take_back=True)
    assert (marked.before, marked.after) == (first, second)
    assert record(database, 2)["state"] == second


def test_done_is_another_word_for_reported(database: Database) -> None:
    mark(database, 2, "done")
    assert record(database, 2)["state"] == "reported"


def test_an_unknown_state_is_refused_and_named(database: Database) -> None:
    with pytest.raises(UsageError, match='"finished" is not a state'):
        mark(database, 2, "finished")


def test_an_unknown_commitment_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound, match="there is no commitment 99"):
        mark(database, 99, "agreed")


# The voices


def test_a_report_says_who_when_and_with_what_evidence_and_confirms_nothing(database: Database) -> None:
    mark(database, 2, "done", on="2023-02-20", evidence="letter 14/391")
    kept = record(database, 2)
    assert kept["reported"] == {
        "said_by": [MIA],
        "on": "2023-02-20",
        "evidence": "letter 14/391",
        "recorded_by": ASEL,
    }
    assert "confirmed" not in kept


def test_a_confirmation_reports_nothing(database: Database) -> None:
    mark(database, 2, "confirmed")
    kept = record(database, 2)
    assert kept["confirmed"] == {"said_by": [INTERPOL], "on": TODAY, "recorded_by": ASEL}
    assert "reported" not in kept


def test_a_confirmation_leaves_the_report_as_it_was(database: Database) -> None:
    mark(database, 2, "done", on="2023-02-20", evidence="letter")
    before = record(database, 2)["reported"]
    do(beside(database, who=BORIS), "mark", 2, "confirmed", evidence="receipt")
    kept = record(database, 2)
    assert kept["reported"] == before
    assert kept["confirmed"]["evidence"] == "receipt"
    assert kept["confirmed"]["recorded_by"] == BORIS


def test_all_who_promised_report_and_all_it_was_promised_to_confirm_unless_said(database: Database) -> None:
    number = add(database, by=[MIA, NCB], to=[INTERPOL, UNODC])
    mark(database, number, "done")
    mark(database, number, "confirmed")
    kept = record(database, number)
    assert kept["reported"]["said_by"] == [MIA, NCB]
    assert kept["confirmed"]["said_by"] == [INTERPOL, UNODC]


def test_of_a_mutual_promise_those_confirm_who_did_not_report(database: Database) -> None:
    mark(database, 4, "done", said_by=[UNODC])
    mark(database, 4, "confirmed")
    kept = record(database, 4)
    assert (kept["reported"]["said_by"], kept["confirmed"]["said_by"]) == ([UNODC], [INTERPOL])


def test_a_mutual_promise_that_all_reported_has_nobody_left_to_confirm(database: Database) -> None:
    mark(database, 4, "done")
    before = raw(database)
    with pytest.raises(NotAllowed, match="nobody else is there to confirm it"):
        mark(database, 4, "confirmed")
    assert raw(database) == before


@pytest.mark.parametrize("who", [MIA, "mia uzbekistan", "  MIA   Uzbekistan ", "МВД РУз", "MIA UZ"])
def test_one_party_is_never_both_voices_under_none_of_its_names(database: Database, who: str) -> None:
    do(database, "edit_party", MIA, short="MIA UZ", ru="МВД", aliases=["МВД РУз"])
    mark(database, 2, "done", said_by=["МВД"])
    before = raw(database)
    with pytest.raises(NotAllowed) as refused:
        mark(database, 2, "confirmed", said_by=[INTERPOL, who])
    assert "2" in str(refused.value)
    assert "MIA UZ" in str(refused.value)
    assert raw(database) == before


def test_who_promised_cannot_confirm_even_when_nobody_reported(database: Database) -> None:
    with pytest.raises(NotAllowed, match="can report it but not confirm"):
        mark(database, 2, "confirmed", said_by=[MIA])


def test_who_it_was_promised_to_cannot_report(database: Database) -> None:
    with pytest.raises(NotAllowed, match="can confirm it but not report"):
        mark(database, 2, "done", said_by=[INTERPOL])


def test_a_third_party_may_report_and_then_not_confirm(database: Database) -> None:
    mark(database, 2, "done", said_by=[NCB])
    assert record(database, 2)["reported"]["said_by"] == [NCB]
    with pytest.raises(NotAllowed):
        mark(database, 2, "confirmed", said_by=[NCB])
    mark(database, 2, "confirmed")
    assert record(database, 2)["confirmed"]["said_by"] == [INTERPOL]


def test_a_voice_is_a_party_that_is_known(database: Database) -> None:
    with pytest.raises(NotAllowed, match='"INTEPROL"; did you mean "INTERPOL"'):
        mark(database, 2, "confirmed", said_by=["INTEPROL"])
    with pytest.raises(NotFound, match='there is no party "Europol"'):
        mark(database, 2, "confirmed", said_by=["Europol"])
    assert database.snapshot().parties.find("INTEPROL") is None


def test_reporting_again_with_the_other_party_after_a_confirmation_leaves_one_voice(database: Database) -> None:
    mark(database, 4, "done", said_by=[UNODC])
    mark(database, 4, "confirmed")
    mark(database, 4, "done", said_by=[INTERPOL])
    kept = record(database, 4)
    assert kept["reported"]["said_by"] == [INTERPOL]
    assert "confirmed" not in kept


def test_what_is_confirmed_was_received_the_day_it_was_reported_unless_said(database: Database) -> None:
    mark(database, 2, "done", on="2023-02-20")
    mark(database, 2, "confirmed")
    assert record(database, 2)["confirmed"]["on"] == "2023-02-20"
    mark(database, 2, "confirmed", on="2023-02-24")
    assert record(database, 2)["confirmed"]["on"] == "2023-02-24"


def test_the_recorded_voice_may_name_more_evidence_later(database: Database) -> None:
    mark(database, 2, "done", on="2023-02-20")
    assert mark(database, 2, "done", on="2023-02-20", evidence="letter").is_changed
    assert record(database, 2)["reported"]["evidence"] == "letter"


def test_adding_evidence_to_a_report_does_not_move_the_day_it_was_done(database: Database) -> None:
    mark(database, 2, "done", on="2023-02-20")
    mark(database, 2, "done", evidence="letter")
    assert record(database, 2)["reported"] == {
        "said_by": [MIA],
        "on": "2023-02-20",
        "evidence": "letter",
        "recorded_by": ASEL,
    }


def test_evidence_is_not_lost_when_the_day_is_mended(database: Database) -> None:
    mark(database, 2, "done", on="2023-02-20", evidence="letter")
    mark(database, 2, "done", on="2023-02-21")
    assert record(database, 2)["reported"]["evidence"] == "letter"
    mark(database, 2, "confirmed", on="2023-02-22", evidence="receipt")
    mark(database, 2, "confirmed", on="2023-02-23")
    assert record(database, 2)["confirmed"]["evidence"] == "receipt"


def test_adding_evidence_to_a_confirmation_keeps_its_day_and_who_said_so(database: Database) -> None:
    mark(database, 4, "done", said_by=[UNODC], on="2023-02-20")
    mark(database, 4, "confirmed", on="2023-02-25")
    mark(database, 4, "confirmed", evidence="receipt")
    assert record(database, 4)["confirmed"] == {
        "said_by": [INTERPOL],
        "on": "2023-02-25",
        "evidence": "receipt",
        "recorded_by": ASEL,
    }


@pytest.mark.parametrize("state", ["proposed", "agreed", "in-progress", "closed"])
@pytest.mark.parametrize("what", [{"evidence": "letter"}, {"said_by": [INTERPOL]}])
def test_what_only_a_voice_has_is_not_swallowed_by_another_state(
    database: Database, state: str, what: dict[str, Any]
) -> None:
    """An acknowledged change is on the disk: evidence that was typed must not vanish with exit 0."""
    before = raw(database)
    with pytest.raises(NotAllowed):
        mark(database, 3, state, **what)
    assert raw(database) == before


# The ways back


@pytest.mark.parametrize("state", ["proposed", "agreed", "in-progress", "returned"])
def test_back_to_undone_clears_both_voices_and_the_history_keeps_them(database: Database, state: str) -> None:
    mark(database, 2, "done", evidence="letter")
    mark(database, 2, "confirmed")
    was = record(database, 2)
    if state != "returned":
        with pytest.raises(NotAllowed, match=f"^2 is confirmed, and {state} takes that back$"):
            mark(database, 2, state)
    mark(database, 2, state, take_back=state != "returned")
    kept = record(database, 2)
    assert "reported" not in kept
    assert "confirmed" not in kept
    last = events(database, 2)[-1]
    assert last["fields"]["reported"] == [was["reported"], None]
    assert last["fields"]["confirmed"] == [was["confirmed"], None]


def test_back_to_reported_clears_the_confirmation_only(database: Database) -> None:
    mark(database, 2, "done", on="2023-02-20", evidence="letter")
    mark(database, 2, "confirmed")
    voice = record(database, 2)["reported"]
    assert mark(database, 2, "done").taken_back == ["confirmed"]
    kept = record(database, 2)
    assert kept["reported"] == voice
    assert "confirmed" not in kept


def test_closed_keeps_the_voices_for_reading(database: Database) -> None:
    mark(database, 2, "done")
    mark(database, 2, "confirmed")
    before = record(database, 2)
    mark(database, 2, "closed")
    kept = record(database, 2)
    assert (kept["reported"], kept["confirmed"]) == (before["reported"], before["confirmed"])


@pytest.mark.parametrize("state", ["proposed", "agreed", "in-progress", "reported", "confirmed", "returned"])
def test_away_from_closed_clears_why(database: Database, state: str) -> None:
    mark(database, 2, "closed", because="superseded", by_id=3, agreed_by=INTERPOL)
    mark(database, 2, state)
    assert "closed" not in record(database, 2)


@pytest.mark.parametrize("state", ["proposed", "agreed", "in-progress"])
def test_from_closed_to_undone_no_voice_comes_along(database: Database, state: str) -> None:
    mark(database, 2, "done")
    mark(database, 2, "closed")
    assert mark(database, 2, state).taken_back == ["reported"]
    assert "reported" not in record(database, 2)


# Returned


def test_returned_is_in_progress_with_the_counterparts_no(database: Database) -> None:
    mark(database, 2, "done")
    marked = mark(database, 2, "returned", note="page 3 has no signature", on="2023-02-27")
    kept = record(database, 2)
    assert kept["state"] == "in-progress"
    assert kept["returned"] == {
        "said_by": [INTERPOL],
        "on": "2023-02-27",
        "note": "page 3 has no signature",
        "recorded_by": ASEL,
    }
    assert (marked.returned_by, marked.taken_back) == ([INTERPOL], ())
    assert events(database, 2)[-1]["action"] == "returned"


@pytest.mark.parametrize("note", [None, "", "  \n "])
def test_returned_needs_a_note(database: Database, note: str | None) -> None:
    mark(database, 2, "done")
    before = raw(database)
    with pytest.raises(NotAllowed, match="say what is missing"):
        mark(database, 2, "returned", note=note)
    assert raw(database) == before


@pytest.mark.parametrize("state", ["proposed", "agreed", "reported", "confirmed", "closed"])
def test_the_next_state_forgets_that_it_was_returned(database: Database, state: str) -> None:
    mark(database, 2, "returned")
    mark(database, 2, state)
    assert "returned" not in record(database, 2)


# Closed


@pytest.mark.parametrize("because", ["declined", "overtaken", "superseded", "dropped"])
def test_closed_says_why_and_when(database: Database, because: str) -> None:
    mark(database, 2, "closed", because=because, on="2023-02-10")
    assert record(database, 2)["closed"] == {"because": because, "on": "2023-02-10"}


def test_closed_keeps_who_agreed_and_what_superseded_it(database: Database) -> None:
    mark(database, 2, "closed", because="superseded", by_id=3, agreed_by="interpol")
    assert record(database, 2)["closed"] == {
        "because": "superseded",
        "on": TODAY,
        "agreed_by": INTERPOL,
        "by_id": 3,
    }


def test_closed_needs_because(database: Database) -> None:
    with pytest.raises(NotAllowed, match="say why it is closed"):
        mark(database, 2, "closed", because=None)


@pytest.mark.parametrize("more", [{"by_id": 3}, {"because": "superseded", "by_id": 2}])
def test_what_superseded_it_goes_with_superseded_and_is_another_one(database: Database, more: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        mark(database, 2, "closed", **more)


def test_what_superseded_it_is_there(database: Database) -> None:
    with pytest.raises(NotFound):
        mark(database, 2, "closed", because="superseded", by_id=77)


@pytest.mark.parametrize("more", [{"because": "dropped"}, {"agreed_by": INTERPOL}, {"by_id": 3}])
@pytest.mark.parametrize("state", ["agreed", "reported", "confirmed", "returned"])
def test_why_it_was_closed_goes_with_closed_only(database: Database, state: str, more: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        mark(database, 2, state, **more)


# The day, the revision, and a mark that changes nothing


@pytest.mark.parametrize("state", ["agreed", "in-progress", "reported", "confirmed", "closed"])
def test_a_mark_that_changes_nothing_writes_nothing(database: Database, state: str) -> None:
    mark(database, 2, state, on="2023-02-01")
    before = raw(database)
    assert not mark(database, 2, state).is_changed
    assert raw(database) == before


def test_a_mark_that_changes_nothing_but_says_something_is_a_note(database: Database) -> None:
    revision = record(database, 2)["revision"]
    assert mark(database, 2, "agreed", note="they said so again").is_changed
    assert record(database, 2)["revision"] == revision + 1
    assert events(database, 2)[-1]["note"] == "they said so again"


def test_each_change_is_one_revision_of_the_record_and_of_the_store(database: Database) -> None:
    store = database.snapshot().revision
    for place, state in enumerate(["in-progress", "reported", "confirmed"], 1):
        mark(database, 2, state)
        assert record(database, 2)["revision"] == 1 + place
        assert database.snapshot().revision == store + place
    assert record(database, 3)["revision"] == 1


def test_several_changes_in_one_transaction_are_one_revision_and_one_change(database: Database) -> None:
    from store import operations

    with database.transaction() as tx:
        operations.mark(tx, 2, "in-progress")
        operations.note(tx, 2, "asked")
        operations.mark(tx, 3, "in-progress")
    last = events(database, 2)[-2:] + events(database, 3)[-1:]
    assert {event["change"] for event in last} == {database.snapshot().revision}
    assert record(database, 2)["revision"] == 2
    assert [event["seq"] for event in database.snapshot().events()] == list(
        range(1, len(database.snapshot().events()) + 1)
    )


def test_an_event_has_its_instant_its_day_and_who_wrote_it(database: Database) -> None:
    do(beside(database, who=BORIS), "mark", 2, "in-progress", on="2023-02-27")
    last = events(database, 2)[-1]
    assert (last["day"], last["who"], last["action"]) == ("2023-02-27", BORIS, "mark")
    assert last["at"].startswith(TODAY)
    assert last["fields"] == {"state": ["agreed", "in-progress"]}


def test_what_happened_is_never_in_the_future(database: Database) -> None:
    before = raw(database)
    with pytest.raises(NotAllowed, match="2023-03-02"):
        mark(database, 2, "done", on="2023-03-02")
    assert raw(database) == before


def test_several_marks_are_all_made_or_none(database: Database) -> None:
    before = raw(database)
    with pytest.raises(NotFound):
        do(database, "mark_all", [2, 99], "done")
    assert raw(database) == before


def test_of_several_each_says_whether_it_changed(database: Database) -> None:
    mark(database, 3, "in-progress")
    changes = do(database, "mark_all", [2, 3], "in-progress")
    assert [(each.after, each.is_changed) for each in changes] == [("in-progress", True), ("in-progress", False)]


def test_what_several_would_lose_is_refused_once_with_all_their_numbers(database: Database) -> None:
    mark(database, 1, "done")
    mark(database, 3, "done")
    before = raw(database)
    with pytest.raises(NotAllowed, match=r"^1, 3 are reported done, and agreed takes that back$"):
        do(database, "mark_all", [1, 2, 3], "agreed")
    with pytest.raises(NotAllowed, match=r"^3 is reported done, and agreed takes that back$"):
        do(database, "mark_all", [1, 2, 3], "agreed", take_back=[1])
    assert raw(database) == before
    do(database, "mark_all", [1, 2, 3], "agreed", take_back=[1, 3])
    assert {record(database, number)["state"] for number in (1, 2, 3)} == {"agreed"}


@pytest.mark.parametrize("step", ["closed", "returned"])
def test_what_one_of_several_lacks_is_asked_of_all(database: Database, step: str) -> None:
    with pytest.raises(NotAllowed, match=r"^2: say") as refused:
        do(database, "mark_all", [2, 3], step)
    assert refused.value.values["numbers"] == (2, 3)


# News and silence


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("mark", (2, "in-progress")),
        ("note", (2, "called")),
        ("set_seats", (2,)),
    ],
)
def test_a_state_seats_and_a_note_are_news_of_the_day_they_happened(
    database: Database, verb: str, arguments: tuple[Any, ...]
) -> None:
    named = {"nominated": 2} if verb == "set_seats" else {}
    do(database, verb, *arguments, on="2023-02-19", **named)
    assert record(database, 2)["news_on"] == "2023-02-19"
    assert database.snapshot().row(2).silent_days == days_without_word("2023-02-19", TODAY)


def test_a_changed_date_is_news(database: Database) -> None:
    from store.rules.due_dates_and_extensions import DueDate

    do(database, "set_due", 2, DueDate("2023-04-30", "day"), reason="new minister", on="2023-02-19")
    assert record(database, 2)["news_on"] == "2023-02-19"


def test_older_news_entered_later_does_not_lengthen_the_silence(database: Database) -> None:
    do(database, "note", 2, "called", on="2023-02-25")
    do(database, "note", 2, "met them before that", on="2023-01-10")
    assert record(database, 2)["news_on"] == "2023-02-25"


def test_our_own_chasing_an_edit_and_an_undo_are_no_news(database: Database) -> None:
    do(database, "chase", 2, again="2023-03-10", note="mailed")
    do(database, "edit", 2, title="Nominate three officers to ISON")
    do(database, "note", 2, "a slip")
    do(database, "undo")
    do(database, "set_miss_reason", 2, "the ministry was reorganised")
    assert "news_on" not in record(database, 2)
    assert database.snapshot().row(2).silent_days == days_without_word(VISIT_END, TODAY)


def test_an_undone_note_is_no_news_and_a_note_brought_back_is(database: Database) -> None:
    do(database, "note", 2, "first", on="2023-02-10")
    do(database, "note", 2, "second", on="2023-02-20")
    do(database, "undo")
    assert record(database, 2)["news_on"] == "2023-02-10"
    do(database, "redo")
    assert record(database, 2)["news_on"] == "2023-02-20"


# Notes, chases, the reason of a miss


def test_a_chase_counts_and_keeps_the_last_day_and_the_next_one(database: Database) -> None:
    do(database, "chase", 2, again="2023-03-10", on="2023-02-20")
    do(database, "chase", 2, again="2023-03-12", on="2023-02-24")
    kept = record(database, 2)
    assert (kept["chased"], kept["last_chased"], kept["chase_on"]) == (2, "2023-02-24", "2023-03-12")
    assert kept["due"] == "2023-03-31"


def test_chasing_again_for_the_same_day_is_still_a_chase(database: Database) -> None:
    for _ in range(2):
        do(database, "chase", 2, again="2023-03-10")
    assert record(database, 2)["chased"] == 2


def test_several_chases_are_all_recorded_or_none(database: Database) -> None:
    mark(database, 3, "closed")
    before = raw(database)
    with pytest.raises(NotAllowed):
        do(database, "chase_all", [2, 3], again="2023-03-10")
    assert raw(database) == before
    do(database, "chase_all", [1, 2], again="2023-03-10")
    assert [record(database, number)["chased"] for number in (1, 2)] == [1, 1]


@pytest.mark.parametrize("state", ["confirmed", "closed"])
def test_what_is_finished_is_not_chased(database: Database, state: str) -> None:
    mark(database, 2, state)
    with pytest.raises(NotAllowed):
        do(database, "chase", 2, again="2023-03-10")


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_an_empty_note_or_reason_is_refused(database: Database, text: str) -> None:
    for verb in ("note", "set_miss_reason"):
        with pytest.raises(UsageError):
            do(database, verb, 2, text)


def test_the_reason_of_a_miss_is_kept_and_said_twice_is_said_once(database: Database) -> None:
    assert do(database, "set_miss_reason", 2, "new minister")
    before = raw(database)
    assert not do(database, "set_miss_reason", 2, " new minister ")
    assert raw(database) == before
    assert record(database, 2)["miss_reason"] == "new minister"
