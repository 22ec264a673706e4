"""The sections of docs/rules.md that have no table: each sentence quoted here stands there, and is tried."""

import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import operations
from store.database import Database
from store.errors import Conflict, FollowUpError, NotAllowed
from store.model.vocabulary_and_signs import CLOSING_REASONS, STATES, UNDONE, Because, State
from store.operations.refuse_clashing_edits import expect_revision, merge_or_conflict
from store.reports.document import Table
from store.reports.list_report import list_report
from store.rules.calendar_alarms import has_alarm
from store.rules.consent import of_other_side
from store.rules.day_done_and_outcome import standing
from store.rules.due_dates_and_extensions import (
    DueDate,
    extension_count,
    fields_of_agreement,
    is_agreed_date,
    is_extension_unrecorded,
    is_too_far_ahead,
    is_wish,
    removal_count,
)
from store.rules.duplicate_visits_and_promises import same_promise
from store.rules.numbering import is_given, take_number
from store.rules.on_time_rate import By, verdict
from store.rules.original_due_and_due_changes import Change, change_of, fields_of_change
from store.rules.party_names import Directory, Match, is_recorded_by_others, match_name
from store.rules.party_renaming import promises_to_itself
from store.rules.planned_and_done_in_period import is_ended_since, is_planned_between, is_reported_since
from store.rules.promised_again import is_promised_again
from store.rules.recurring_series import series
from store.rules.seats import are_seats_unknown, is_letter_missing, is_more_acknowledged, missing_seats
from store.rules.silence_and_chasing import SILENT_AFTER, days_without_word, is_silent, long_unconfirmed_days
from store.rules.transitions import barred_voices
from tests.docs.pages import rows, section, words
from tests.store.rules.records import commitment, voice
from tests.support.fixed_day_and_user import ASEL, BORIS, TODAY
from tests.support.store_builders import (
    INTERPOL,
    MIA,
    UNODC,
    VISIT,
    add,
    beside,
    do,
    events,
    make_store,
    raw,
    record,
    set_due,
)
from tests.support.store_bytes import in_our_lines, with_the_right_sum

LATER, EARLIER, ORIGINAL = "2023-05-31", "2023-03-15", "2023-04-30"
AGREED: Any = {"state": "agreed", "agreed_on": "2023-01-10", "original_due": ORIGINAL, "due": ORIGINAL}
WISH: Any = {"state": "proposed", "due": ORIGINAL}


@pytest.fixture
def store(tmp_path: Path) -> Database:
    return make_store(str(tmp_path / "commitments.json"))


def with_fields(record: Any, **fields: Any) -> Any:
    return {**record, **fields}


def says(heading: str, *sentences: str) -> None:
    """Assert that these sentences stand in a section of the rules."""
    text = re.sub(r"\s+", " ", section("docs/rules.md", heading))
    for sentence in sentences:
        assert sentence in text, f"{heading}: {sentence}"


def refusal(database: Database, verb: str, *arguments: Any, **named: Any) -> FollowUpError:
    with pytest.raises(FollowUpError) as refused:
        do(database, verb, *arguments, **named)
    return refused.value


# Entered twice


def test_the_same_visit_is_refused_unless_it_has_a_slug_of_its_own(store: Database) -> None:
    says("Entered twice", "is refused, unless it is given a slug of its own.")
    days = {"start": "2022-12-06", "end": "2022-12-08"}
    assert refusal(store, "add_visit", "study VISIT", place="lyon", **days).code == "visit.there-already"
    assert do(store, "add_visit", "Study visit", place="Lyon", start="2022-12-06") == "lyon-2022-2"
    assert do(store, "add_visit", "Study visit", place="Lyon", slug="lyon-b", **days) == "lyon-b"


def test_the_same_promise_is_taken_and_told(store: Database) -> None:
    says("Entered twice", "of one that is still to be done is taken", "the answer names the other.")
    first, second = add(store, "Send it"), add(store, "send it")
    other = add(store, "send it", by=[UNODC])
    known = store.snapshot().commitments
    assert same_promise(known.values(), known[second]) == first
    assert same_promise(known.values(), known[second], besides=(first,)) is None
    assert same_promise(known.values(), known[other]) is None
    do(store, "mark", first, "reported")
    assert same_promise(store.snapshot().commitments.values(), known[second]) is None


# A visit like another


def test_what_a_visit_like_another_promises_again() -> None:
    says("A visit like another", "`declined`, `superseded` or `dropped` there is not promised again")
    again: Any = [{"state": state} for state in STATES if state != State.CLOSED]
    again += [{"state": State.CLOSED, "closed": {"because": because}} for because in CLOSING_REASONS]
    left_out = [each["closed"]["because"] for each in again if not is_promised_again(each)]
    assert left_out == [Because.DECLINED, Because.SUPERSEDED, Because.DROPPED]


# Due dates


def test_a_date_of_what_is_proposed_is_a_wish() -> None:
    says("Due dates", "only proposed its date is a wish: free to change, and counted in no rate.")
    assert is_wish(WISH)
    assert not is_wish(AGREED)
    assert change_of(WISH, DueDate(LATER)) == Change.WISH
    assert "due_changes" not in fields_of_change(WISH, DueDate(LATER), day=TODAY)
    for by in By.ALL:
        assert verdict(WISH, by, TODAY, first="2023-01-01", last="2023-12-31") == "never-agreed"


def test_the_original_due_date_is_the_one_when_it_was_agreed_or_the_first_after_that() -> None:
    says(
        "Due dates",
        "is the date in force when the commitment became agreed, or the first one set after that.",
        "It changes only when it is corrected.",
    )
    assert fields_of_agreement(WISH, "agreed", TODAY) == {"original_due": ORIGINAL, "agreed_on": TODAY}
    undated: Any = {"state": "agreed", "agreed_on": TODAY}
    assert fields_of_change(undated, DueDate(LATER), day=TODAY)["original_due"] == LATER
    for day in (EARLIER, LATER, None):
        assert "original_due" not in fields_of_change(AGREED, DueDate(day), day=TODAY)
    assert fields_of_change(AGREED, DueDate(LATER), day=TODAY, is_correction=True)["original_due"] == LATER


def test_a_date_stays_agreed_when_the_commitment_is_proposed_again() -> None:
    says(
        "Due dates",
        "as soon as there is an original due date, and stays so, also when the commitment is marked proposed",
    )
    assert is_agreed_date(with_fields(AGREED, state="proposed"))
    assert not is_agreed_date(WISH)


def test_each_change_of_an_agreed_date_is_kept_and_a_later_one_is_an_extension() -> None:
    says(
        "Due dates",
        "keeps the old and the new date, the day, the reason, who asked and who agreed.",
        "A later date, or none, is an *extension*. An extension to none is told as *taken out*",
        "A mistyped date is *corrected*, which is no extension",
    )
    who = {"reason": "the minister left", "asked_by": MIA, "agreed_by": INTERPOL}
    for day, is_correction, is_extension in (
        (LATER, False, True),
        (None, False, True),
        (EARLIER, False, False),
        (LATER, True, False),
    ):
        fields = fields_of_change(AGREED, DueDate(day), day=TODAY, is_correction=is_correction, **who)
        changes: Any = fields["due_changes"]
        kept = {"old": ORIGINAL, "on": TODAY, **who, "extension": is_extension, "correction": is_correction}
        assert changes == [{**kept, "new": day} if day else kept]
        changed: Any = {**AGREED, **fields}
        assert extension_count(changed) == is_extension
        assert removal_count(changed) == (day is None)


def test_consent_is_that_of_the_other_side() -> None:
    says(
        "How it stands",
        "Consent, to this as to an extension, is that of the other side: of one to whom it was promised.",
    )
    says("Due dates", "An extension with nobody of the other side named who agreed to it counts as the date in force.")
    sides: Any = {"by": [MIA, UNODC], "to": [INTERPOL, UNODC]}
    assert [of_other_side(sides, name) for name in (MIA, INTERPOL, UNODC, "the minister", None)] == [
        None,
        INTERPOL,
        UNODC,
        None,
        None,
    ]
    says("How it stands", "Where it was promised to nobody by name, anybody else may give it.")
    to_nobody: Any = {"by": [MIA], "to": []}
    assert [of_other_side(to_nobody, name) for name in (MIA, "the minister", None)] == [None, "the minister", None]
    says("How it stands", "none, unless those to whom it was promised asked for the other date.")
    for asked, agreed, is_recorded in (
        (INTERPOL, MIA, True),
        (MIA, MIA, False),
        (UNODC, MIA, False),
        (INTERPOL, None, False),
    ):
        asked_for: Any = {**AGREED, **sides}
        who: Any = {"asked_by": asked, "agreed_by": agreed}
        asked_for |= fields_of_change(asked_for, DueDate(LATER), day=TODAY, reason="another visit", **who)
        assert is_extension_unrecorded(asked_for) is not is_recorded
    for name, is_recorded in ((MIA, False), (INTERPOL, True)):
        extended: Any = {**AGREED, **sides}
        extended |= fields_of_change(extended, DueDate(LATER), day=TODAY, reason="the minister left", agreed_by=name)
        assert is_extension_unrecorded(extended) is not is_recorded
        dropped: Any = {**extended, "state": "closed", "closed": {"because": "dropped", "on": TODAY, "agreed_by": name}}
        assert (standing(dropped) == "withdrawn") is is_recorded


def test_a_series_of_whole_months_stays_at_their_ends() -> None:
    says("Due dates", "gets one commitment for each date.", "stay the last day of their period.")
    days = [date.day for date in series(DueDate("2023-01-31", "month"), "month", "2023-05-01")]
    assert days == ["2023-01-31", "2023-02-28", "2023-03-31", "2023-04-30"]


def test_a_series_of_more_than_120_has_to_be_meant() -> None:
    says("Due dates", "A series of more than 120 is refused unless it is said to be meant.")
    first = DueDate("2023-01-31", "month")
    assert len(series(first, "month", "2032-12-31")) == 120
    with pytest.raises(NotAllowed):
        series(first, "month", "2033-01-31")
    assert len(series(first, "month", "2033-01-31", is_long_meant=True)) == 121


@given(st.integers(1950, 2200), st.integers(1950, 2200))
def test_a_year_more_than_ten_years_away_is_asked_about(this: int, then: int) -> None:
    says("Due dates", "A date whose year is more than ten years away is taken, with the question")
    assert is_too_far_ahead(f"{then}-12-31", f"{this}-01-01") == (then - this > 10)


# Voices


def test_nobody_is_both_voices_and_each_speaks_only_for_its_side() -> None:
    says(
        "Voices",
        "No party is both voices of one commitment.",
        "Who only received the promise cannot report it; who only made it can neither confirm nor return it.",
        "In a mutual promise a party may do either, but not both.",
    )
    promise: Any = {"by": [MIA], "to": [INTERPOL]}
    mutual: Any = {"by": [MIA, INTERPOL], "to": [MIA, INTERPOL]}
    for step in ("reported", "confirmed", "returned"):
        barred = barred_voices(promise, step, [MIA, INTERPOL])
        assert barred is not None
        assert barred[1] == ([INTERPOL] if step == "reported" else [MIA])
        assert barred_voices(mutual, step, [MIA]) is None
    reported: Any = {**mutual, "reported": {"said_by": [MIA]}}
    both = barred_voices(reported, "confirmed", [MIA, INTERPOL])
    assert both is not None
    assert both[1] == [MIA]


def test_what_was_never_agreed_nor_reported_is_not_returned(store: Database) -> None:
    says(
        "States",
        "What was never agreed nor reported is not returned: that is refused.",
        "Where it was agreed and nobody reported it, the answer says so.",
    )
    proposed, agreed = add(store), add(store, state="agreed")
    assert refusal(store, "mark", proposed, "returned", note="page 3").field == "state"
    assert do(store, "mark", agreed, "returned", note="page 3").is_unreported
    do(store, "mark", proposed, "reported")
    assert not do(store, "mark", proposed, "returned", note="page 3").is_unreported
    assert not do(store, "mark", proposed, "returned", note="page 4").is_unreported


def test_a_login_that_is_no_name_of_the_party_is_another_ones() -> None:
    says("Voices", "A voice that was recorded by a login that is none of the party's names says so in the papers.")
    party: Any = {"name": MIA, "aliases": [ASEL]}
    voice: Any = {"said_by": [MIA], "recorded_by": ASEL}
    assert not is_recorded_by_others(Directory({1: party}), voice)
    assert is_recorded_by_others(Directory({1: party}), with_fields(voice, recorded_by=BORIS))


# Silence


def test_silent_is_an_undone_commitment_of_so_many_days_that_waits_for_none() -> None:
    says(
        "Silence",
        f"*Silent* is an undone commitment with {SILENT_AFTER} days of it or more (`silent-after`, a setting",
        "One that waits for another (`after`) is not silent while that one is undone.",
        "One that is reported done is not silent either: it waits for the other side",
    )
    for state in ("proposed", "agreed", "in-progress"):
        assert not is_silent(state, SILENT_AFTER - 1, False, SILENT_AFTER)
        assert is_silent(state, SILENT_AFTER, False, SILENT_AFTER)
        assert not is_silent(state, SILENT_AFTER, True, SILENT_AFTER)
    for state in ("reported", "confirmed", "closed"):
        assert not is_silent(state, 400, False, SILENT_AFTER)


def test_what_awaits_its_confirmation_for_as_long_as_others_are_silent() -> None:
    says("Silence", "where it does so for as long the papers say *awaiting confirmation*, with the days")
    since, days = "2023-03-01", ("2023-03-30", "2023-03-31", "2023-04-03")
    before, limit, after = (days_without_word(since, day) for day in days)
    assert before < limit < after
    for state in STATES:
        reported = commitment(state, reported=voice(MIA, on=since))
        found = [long_unconfirmed_days(reported, day, limit) for day in days]
        assert found == ([None, limit, after] if state == State.REPORTED else [None] * 3)


# In a period


def test_what_is_planned_for_some_days_is_agreed_undone_and_due_in_them() -> None:
    says("In a period", "is what is agreed, still to be done, and due in them.", "of what is undone, and for nothing")
    first, last = "2023-04-01", "2023-06-30"
    for state in STATES:
        dues = [commitment(state, due=due) for due in (None, "2023-03-31", first, last, "2023-07-01")]
        is_planned = state in (State.AGREED, State.IN_PROGRESS)
        assert [is_planned_between(each, first, last) for each in dues] == [False, False, is_planned, is_planned, False]
        assert [has_alarm(each) for each in dues] == [False, *[state in UNDONE] * 4]


def test_what_ended_since_a_day_was_closed_or_confirmed_or_reported_then() -> None:
    says("In a period", "is what was closed on it or later, and what is confirmed and was reported or confirmed on it")
    since, before = "2023-03-01", "2023-02-28"
    for state in STATES:
        for reported, confirmed, closed in product((since, before), repeat=3):
            its = commitment(state, reported=voice(MIA, on=reported), confirmed=voice(INTERPOL, on=confirmed))
            its["closed"] = {"on": closed, "because": "dropped"}
            is_said = since in (reported, confirmed)
            ended = {State.CLOSED: closed == since, State.CONFIRMED: is_said}
            assert is_ended_since(its, since) == ended.get(state, False)
            assert is_reported_since(its, since) == (state == State.REPORTED and is_said)


# Seats


@given(st.none() | st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
def test_seats_are_missing_where_their_number_is_known_and_never_more_acknowledged_than_nominated(
    wanted: int | None, nominated: int, acknowledged: int
) -> None:
    says("Seats", "Acknowledged are never more than nominated. Wanted may be unknown, or fewer than nominated.")
    seats = {"nominated": nominated, "acknowledged": acknowledged} | ({} if wanted is None else {"wanted": wanted})
    nomination: Any = {"kind": "nominate-experts", "state": "agreed", "seats": seats}
    assert is_more_acknowledged(seats) == (acknowledged > nominated)
    expected = (nominated, wanted) if wanted is not None and nominated < wanted else None
    assert missing_seats(nomination) == expected


def test_a_promise_with_seats_and_no_kind_is_a_nomination(store: Database) -> None:
    says("Seats", "A promise entered with seats and without a kind is a nomination.")
    assert record(store, add(store, seats=2))["kind"] == "nominate-experts"
    assert record(store, add(store, seats=2, kind="train"))["kind"] == "train"
    assert record(store, add(store))["kind"] == "other"


def test_more_seats_acknowledged_than_nominated_are_refused(store: Database) -> None:
    assert refusal(store, "set_seats", 2, nominated=1, acknowledged=2).field == "acknowledged"
    assert do(store, "set_seats", 2, wanted=1, nominated=3, acknowledged=2)


def test_papers_ask_for_the_number_and_the_letter() -> None:
    says(
        "Seats",
        "for a number that was not agreed, and for the letter once officers were nominated or the nomination was",
    )
    nomination: Any = {"kind": "nominate-experts", "state": "agreed"}
    assert are_seats_unknown(nomination)
    assert are_seats_unknown(with_fields(nomination, seats={"nominated": 1}))
    assert not are_seats_unknown(with_fields(nomination, seats={"wanted": 2}))
    assert not is_letter_missing(nomination)
    for asked in (with_fields(nomination, seats={"nominated": 1}), with_fields(nomination, state="reported")):
        assert is_letter_missing(asked)
        assert not is_letter_missing(with_fields(asked, seats={"nominated": 1, "letter": "12/44"}))


# Parties


def test_every_name_of_a_party_finds_it_and_belongs_to_it_alone(store: Database) -> None:
    says(
        "Parties",
        "All of them find it, whatever their case and accents, blanks and quotes; the short one is shown",
        "No name belongs to two parties.",
    )
    do(store, "edit_party", MIA, short="MIA UZ", ru="МВД Узбекистана", aliases=["Ministère"])
    party: Any = next(each for each in store.snapshot().parties.all() if each["name"] == MIA)
    directory = Directory({1: party})
    for name in (MIA, "mia uz", "MIAUZ", "«мвд узбекистана»", "MINISTERE"):
        assert directory.find(name) == party
        assert directory.shown(name) == "MIA UZ"
    assert refusal(store, "edit_party", INTERPOL, short="mia uz").field == "short"


def test_merged_parties_are_one_in_every_commitment_and_never_both_voices(store: Database) -> None:
    says(
        "Parties",
        "the names of the one become aliases of the other, in every commitment and visit.",
        "A merge that would make one party both voices of a commitment is refused.",
        "One after which a party promises itself something is asked about first.",
    )
    commitments = store.snapshot().commitments.values()
    sides = {each["id"]: (each["by"], each["to"]) for each in commitments}
    between = [
        number for number, (by, to) in sides.items() if (MIA in by and INTERPOL in to) or (INTERPOL in by and MIA in to)
    ]
    assert promises_to_itself(commitments, MIA, INTERPOL) == between
    do(store, "edit_visit", VISIT, hosts=["NCB Tashkent"])
    do(store, "merge_parties", "NCB Tashkent", MIA)
    assert record(store, 1)["via"] == MIA
    assert store.snapshot().visit(VISIT)["hosts"] == [MIA]
    do(store, "mark", 4, "reported", said_by=[UNODC])
    do(store, "mark", 4, "confirmed", said_by=[INTERPOL])
    refusal(store, "merge_parties", UNODC, INTERPOL)
    assert record(store, 4)["by"] == [UNODC, INTERPOL]


def test_a_typed_name_means_what_the_table_says(store: Database) -> None:
    kinds = [Match.KNOWN, Match.FIRST_WORDS, Match.SEVERAL_FIT, Match.JOINED, Match.NEAR, Match.NEW]
    samples = [["interpol"], [], ["NCB"], [], ["INTEPROL"], []]
    add(store, by=["NCB Bishkek"])
    documented = rows(section("docs/rules.md", "Parties"))
    for (name, _), kind, more in zip(documented, kinds, samples, strict=True):
        joining = [word for word in words(name) if word in ("jointly with", "совместно с")]
        names = [word for word in words(name) if word not in (MIA, *joining)]
        for typed in (*names, *more, *(f"Europol {word} the bank" for word in joining)):
            assert match_name(store.snapshot().parties, typed).kind == kind, typed


def test_names_that_differ_in_a_number_are_two_parties_and_who_asked_makes_none(store: Database) -> None:
    says(
        "Parties",
        "Names that differ in a number (`Unit 1`, `Unit 2`) are not near.",
        "what no party is called so stays the words that were typed, and makes no party; the answer says so.",
        "A voice is that of a known party.",
        "A party that nothing names can be removed.",
    )
    add(store, by=["Unit 1"])
    assert record(store, add(store, by=["Unit 2"]))["by"] == ["Unit 2"]
    before = len(store.snapshot().parties.all())
    set_due(store, 2, "2023-06-30", reason="x", asked_by="the minister")
    assert record(store, 2)["due_changes"][0]["asked_by"] == "the minister"
    assert len(store.snapshot().parties.all()) == before
    assert refusal(store, "mark", 2, "reported", said_by=["Europol"]).field == "said_by"
    assert refusal(store, "remove_party", "Unit 2").code == "party.is-named"
    do(store, "edit", 6, by=[MIA])
    do(store, "remove_party", "Unit 2")
    assert store.snapshot().parties.find("Unit 2") is None


# Numbers


@given(st.integers(1, 5), st.integers(1, 20))
def test_a_number_is_given_once(first: int, count: int) -> None:
    says("Numbers", "A commitment's number never changes and is never given again")
    following = {"commitments": first}
    taken = [take_number(following, "commitments") for _ in range(count)]
    assert taken == sorted(set(taken))
    assert all(is_given(following, "commitments", number) for number in taken)
    assert not is_given(following, "commitments", taken[-1] + 1)


def test_numbers_and_revisions_of_a_store(store: Database) -> None:
    says(
        "Numbers",
        "also when the commitment was taken out.",
        "A record's revision is one more with each change of it, the store's with each change of the store.",
        "The number of a change is the revision that the store has after it.",
    )
    number = add(store)
    do(store, "remove", number, "entered twice")
    assert add(store) == number + 1
    before, revision = record(store, 2)["revision"], store.snapshot().revision
    do(store, "note", 2, "called")
    assert record(store, 2)["revision"] == before + 1
    assert store.snapshot().revision == events(store, 2)[-1]["change"] == revision + 1


def test_a_counter_that_was_set_back_goes_on_from_the_highest_number(store: Database) -> None:
    says(
        "Numbers",
        "Where another program set the counter back, a change counts on from the highest number that is there or in "
        "the history.",
    )
    number = add(store)
    do(store, "remove", number, "entered twice")
    for following in (1, number):
        tables = json.loads(raw(store))
        tables["_meta"]["1"]["next"]["commitments"] = following
        Path(store.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
        number += 1
        assert add(store) == number
        do(store, "remove", number, "entered twice")


# Events and undo


def test_a_change_puts_down_who_which_day_and_which_fields(store: Database) -> None:
    says(
        "Events and undo", "which fields from what to what, and why. The day may be earlier than today and never later."
    )
    set_due(store, 2, LATER, reason="the minister left", on="2023-02-20")
    event = events(store, 2)[-1]
    assert (event["who"], event["day"], event["reason"]) == (ASEL, "2023-02-20", "the minister left")
    assert event["fields"]["due"] == ["2023-03-31", LATER]
    assert isinstance(refusal(store, "note", 2, "called", on="2023-03-02"), NotAllowed)


def test_undo_takes_back_ones_own_last_change_and_redo_brings_it_back(store: Database) -> None:
    says(
        "Events and undo",
        "takes back the last change of one's own, all of it or nothing, and adds events of its own.",
        "It is refused when somebody else changed one of the same fields since",
        "brings back what an undo took back, as long as one has changed nothing since.",
    )
    boris = beside(store, who=BORIS)
    do(store, "edit", 2, owner="asel2")
    do(boris, "note", 2, "seen")
    count = len(events(store, 2))
    do(store, "undo")
    assert (record(store, 2)["owner"], len(events(store, 2))) == (ASEL, count + 1)
    do(store, "redo")
    assert record(store, 2)["owner"] == "asel2"
    do(boris, "edit", 2, owner=BORIS)
    assert isinstance(refusal(store, "undo"), Conflict)
    do(boris, "undo")
    do(store, "undo")
    do(store, "note", 3, "called")
    assert isinstance(refusal(store, "redo"), NotAllowed)


# Two people on one record


def test_two_people_merge_or_conflict_by_field(store: Database) -> None:
    says(
        "Two people on one record",
        "Fields that only one of the two changed merge.",
        "A field that both changed, to different values, is a conflict",
        "Notes and chases never conflict. With `--expect-rev` any change since is a conflict.",
    )
    boris, seen = beside(store, who=BORIS), record(store, 2)["revision"]
    do(boris, "edit", 2, owner=BORIS)
    do(boris, "note", 2, "seen")
    do(boris, "chase", 2, again="2023-03-20")

    def change(verb: str, **named: Any) -> list[str]:
        with store.transaction() as tx:
            getattr(operations, verb)(tx, 2, **named)
            return [clash.field for clash in merge_or_conflict(tx, 2, seen)]

    assert "owner" in change("edit", title="Another title")
    assert "owner" in change("note", text="called")
    assert "owner" in change("chase", again="2023-03-30")
    with pytest.raises(Conflict) as refused:
        change("edit", owner="cholpon")
    assert [(clash.theirs, clash.mine) for clash in refused.value.clashes] == [(BORIS, "cholpon")]
    assert record(store, 2)["owner"] == BORIS
    with pytest.raises(Conflict), store.transaction() as tx:
        expect_revision(tx, 2, seen, tx.revision_before(2))


# Texts


def test_a_text_that_is_too_long_is_refused(database: Database) -> None:
    says(
        "Texts",
        "A text has at most 100,000 characters, some forty pages; one that is a line (a title, a name, a reference)",
    )
    says("Texts", "has 2,000. A longer one is refused; one that is in a store already stays")
    longest, longer = "x" * 100_000, "x" * 100_001
    do(database, "note", 1, longest)
    do(database, "edit", 1, quote=longest, title=longest[:2_000])
    assert refusal(database, "note", 1, longer).code == "text.too-long"
    assert refusal(database, "edit", 1, quote=longer).sentence == "quote has 100,001 characters, and may have 100,000"
    assert refusal(database, "mark", 2, "done", evidence=longer).code == "text.too-long"
    assert refusal(database, "remove", 1, longer).code == "text.too-long"
    line = "x" * 2_001
    assert refusal(database, "edit", 1, title=line).sentence == "title has 2,001 characters, and may have 2,000"
    for field, value in (("by", ["UNODC", line]), ("owner", line), ("words", line), ("kind", line)):
        assert refusal(database, "edit", 1, **{field: value}).code == "text.too-long"
    assert refusal(database, "change_settings", office=line).code == "text.too-long"


def test_what_is_too_long_in_a_store_stays_and_a_paper_shows_its_beginning(database: Database) -> None:
    says("Texts", "one that is in a store already stays, and a cell of a paper shows the first 10,000 characters of it")
    tables = json.loads(raw(database))
    tables["commitments"]["2"]["title"] = "x" * 1_000_000
    Path(database.path).write_text(json.dumps(tables))
    do(database, "note", 2, "called")
    assert len(record(database, 2)["title"]) == 1_000_000
    snapshot = database.snapshot()
    blocks = [block for part in list_report(snapshot, snapshot.rows).parts for block in part.blocks]
    entries = [row for block in blocks if isinstance(block, Table) for row in block.entries]
    assert max(len(cell) for row in entries for cell in row.cells) == 10_000
