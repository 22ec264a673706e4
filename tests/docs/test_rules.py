"""docs/rules.md says what the program does: each row of its tables is tried; test_rules_in_prose.py tries the rest."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any, cast

import pytest

from store.database import Database
from store.errors import FollowUpError
from store.model.record_types import Commitment
from store.model.vocabulary_and_signs import OPEN, STATE_WORDS, UNDONE, Because, Standing, State, Verdict
from store.rules.assess_overdue_and_tally import assess
from store.rules.dates.date_refusals import DateRefused
from store.rules.dates.parse_date import parse_day
from store.rules.day_done_and_outcome import standing
from store.rules.days import Direction
from store.rules.on_time_rate import By, verdict
from store.rules.silence_and_chasing import is_news
from store.rules.whose_turn import next_step
from tests.docs.pages import ROOT, rows, section, text_of, words
from tests.support.fixed_day_and_user import ASEL, TODAY
from tests.support.store_builders import INTERPOL, MIA, add, do, make_store, record, set_due

PAGE = "docs/rules.md"


def day(offset: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=offset)).isoformat()


def test_a_date_without_a_year_lies_where_it_looks() -> None:
    today = "2026-11-27"
    ways = {"forward": Direction.FORWARD, "back": Direction.BACK, "nearest": Direction.NEAREST}
    table = rows(section(PAGE, "Dates"))
    assert len(table) == 5
    for _, looks, *found in table:
        for phrase, day in zip(("17 Nov", "5 Dec", "Friday"), found, strict=True):
            if day == "refused":
                with pytest.raises(DateRefused):
                    parse_day(phrase, today, Direction.FIXED)
            elif looks in ways:
                assert parse_day(phrase, today, ways[looks]) == day
            else:
                assert parse_day(phrase, today, Direction.NEAREST, since="2026-11-16") == day


@pytest.fixture
def store(tmp_path: Path) -> Database:
    return make_store(str(tmp_path / "commitments.json"))


def refused_field(database: Database, verb: str, *arguments: Any, **named: Any) -> str | None:
    """The field that a refusal names; None when nothing was refused."""
    try:
        do(database, verb, *arguments, **named)
    except FollowUpError as error:
        return error.field
    return None


def test_every_section_is_cited_in_the_code_and_every_citation_leads_to_one() -> None:
    cited = set()
    for path in (ROOT / "store").rglob("*.py"):
        text = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
        for names in re.findall(r"docs/rules\.md, ([^.:`\"]+)", text):
            cited |= {name.strip() for name in names.split(";")} - {""}
    assert cited == set(re.findall(r"(?m)^##+ (.+)$", text_of(PAGE)))


# States


def test_the_states_and_the_reasons_for_closing_are_those_of_the_vocabulary() -> None:
    documented = rows(section(PAGE, "States"))
    assert [words(state)[0] for state, _ in documented] == list(State.ALL)
    assert tuple(words(documented[-1][1])) == Because.ALL
    assert frozenset(State.ALL[:3]) == UNDONE
    assert frozenset(State.ALL[:4]) == OPEN


def test_a_step_back_takes_away_what_rules_say(store: Database) -> None:
    for before, after in product(("reported", "confirmed", "closed"), State.ALL):
        number = add(store)
        do(store, "mark", number, "reported")
        if before == "confirmed":
            do(store, "mark", number, "confirmed")
        more = {"because": "dropped"}
        if before == "closed":
            do(store, "mark", number, "confirmed")
            do(store, "mark", number, "closed", **more)
        voices = {"reported", "confirmed"} & record(store, number).keys()
        do(store, "mark", number, after, take_back=True, **(more if after == "closed" else {}))
        expected = set() if after in UNDONE else {"reported"} if after == "reported" else voices
        if after == "confirmed":
            expected = {"reported", "confirmed"}
        found = record(store, number)
        assert {"reported", "confirmed"} & found.keys() == expected, f"{before} -> {after}"
        assert ("closed" in found) == (after == "closed")


def test_taking_back_what_was_said_is_refused_where_rules_say(store: Database) -> None:
    documented = rows(section(PAGE, "Taking back what was said"))
    assert len(documented) == 4
    for step, when in documented:
        froms, _, tos = step.partition(" to ")
        for before, after in product(words(froms), words(tos)):
            number = add(store)
            do(store, "mark", number, "reported")
            do(store, "mark", number, before, because="dropped" if before == "closed" else None)
            note = "page 3 is missing" if after == "returned" else None
            field = refused_field(store, "mark", number, after, note=note)
            assert field == (None if when.startswith("freely") else "take_back"), f"{before} -> {after}"


def test_a_step_is_refused_without_what_rules_say(store: Database) -> None:
    for states, field, when in rows(section(PAGE, "What a step asks for")):
        for state in words(states):
            number = add(store, kind="nominate-experts", seats=3, state="agreed")
            if "seats" not in when:
                do(store, "set_seats", number, nominated=3)
            if "reported it themselves" in when:
                number = add(store, by=[MIA, INTERPOL], to=[INTERPOL])
                do(store, "mark", number, "reported")
            expected = words(field)[0] if field else None
            assert refused_field(store, "mark", number, state) == expected, state
            assert state in STATE_WORDS
            if expected is not None:
                given = {"note": "for a reason", "because": "dropped", "said_by": ["UNODC"]}[expected]
                assert refused_field(store, "mark", number, state, **{expected: given}) is None, state


# Bands and outcomes

DUE: dict[str, list[int | None]] = {
    "before today": [-1, -2, -4000],
    "today": [0],
    "in 1 to 7 days": [1, 4, 7],
    "in 8 to 30 days": [8, 19, 30],
    "in 31 days or more": [31, 4000],
    "no date": [None],
    "any": [None, -40, 0, 5, 20, 40],
}
DONE: dict[str, Callable[[int], list[int | None]]] = {
    "kept": lambda done: [done, done + 1, done + 400],
    "missed": lambda done: [done - 1, done - 400],
    "none": lambda _: [None],
    "any": lambda done: [None, done - 9, done, done + 9],
}


def iso(offset: int | None) -> str | None:
    return None if offset is None else day(offset)


def test_every_row_of_the_bands_is_what_assess_says() -> None:
    seen = set()
    for states, due, band, outcome in rows(section(PAGE, "Bands and outcomes")):
        for state, offset, original in product(words(states), DUE[due], (None, -9, 0, 9)):
            seen.add((state, offset))
            found = assess(state, iso(offset), iso(original), day(-9), day(-5), TODAY)
            assert found.band == words(band)[0]
            if state == "closed":
                withdrawn = assess(state, iso(offset), iso(original), day(-9), day(-5), TODAY, is_withdrawn=True)
                assert [found.outcome, withdrawn.outcome] == words(outcome)
            elif not outcome.startswith("as below"):
                assert found.outcome == (words(outcome)[0] if outcome else None)
            assert found.days_left == (offset if state in UNDONE else None)
    assert {state for state, _ in seen} == set(State.ALL)


def test_every_row_of_the_outcomes_is_what_assess_says() -> None:
    for in_force, original, outcome in rows(section(PAGE, "Bands and outcomes"), 1):
        for due, first in product(DONE[in_force](-20), DONE[original](-20)):
            for state, days in (("reported", (-20, None)), ("confirmed", (-20, -3)), ("confirmed", (None, -20))):
                found = assess(state, iso(due), iso(first), iso(days[0]), iso(days[1]), TODAY)
                assert found.outcome == words(outcome)[0], (in_force, original, due, first)


# How it stands


def test_every_row_of_the_standings_is_what_standing_says(store: Database) -> None:
    def closed(number: int, because: str, **more: Any) -> int:
        do(store, "mark", number, "closed", because=because, **more)
        return number

    stands: dict[str, set[str]] = {}
    for name, states, when in rows(section(PAGE, "How it stands")):
        for state in words(states):
            numbers = []
            if state != "closed":
                numbers.append(add(store, state="proposed" if state == "proposed" else "agreed"))
                if state not in ("proposed", "agreed"):
                    do(store, "mark", numbers[0], state)
            for because in words(when) if state == "closed" else ():
                more = {"agreed_by": INTERPOL} if name == "`withdrawn`" and because == "dropped" else {}
                numbers.append(closed(add(store, state="agreed"), because, **more))
            if "never agreed" in when:
                numbers += [closed(add(store), because) for because in Because.ALL]
            assert numbers
            stands.setdefault(words(name)[0], set()).update(
                standing(cast(Any, record(store, number))) for number in numbers
            )
    assert stands == {name: {name} for name in Standing.ALL}


# What needs a reason


def dated(database: Database, **more: Any) -> int:
    """A commitment whose date is agreed."""
    return add(database, state="agreed", due=day(10), **more)


def undated_again(database: Database) -> int:
    number = dated(database)
    set_due(database, number, None, reason="the minister left")
    return number


REASONS: dict[str, tuple[Callable[[Database], int], str, tuple[Any, ...], dict[str, Any]]] = {
    "the date of one that is proposed and never had an agreed date": (
        lambda store: add(store, due=day(10)),
        "set_due",
        (day(20),),
        {},
    ),
    "the first date of one that is agreed": (lambda store: add(store, state="agreed"), "set_due", (day(20),), {}),
    "an agreed date, to a later one": (dated, "set_due", (day(20),), {}),
    "an agreed date, to an earlier one": (dated, "set_due", (day(5),), {}),
    "an agreed date, to none": (dated, "set_due", (None,), {}),
    "a date again, where an agreed one was taken away": (undated_again, "set_due", (day(10),), {}),
    "the correction of an agreed date": (dated, "set_due", (day(11),), {"is_correction": True}),
    "the words of a date, the day staying the same": (dated, "edit", (), {"words": "by the meeting"}),
    "taking out a proposed commitment that was entered by mistake": (add, "remove", (), {}),
}


def test_a_reason_is_asked_for_where_rules_say(store: Database) -> None:
    documented = rows(section(PAGE, "What needs a reason"))
    assert [what for what, _ in documented] == list(REASONS)
    for what, needs in documented:
        prepared, verb, arguments, named = REASONS[what]

        def tried(reason: str | None, number: int, verb: str = verb, given: Any = arguments, named: Any = named) -> Any:
            if verb == "set_due":
                return set_due(store, number, *given, reason=reason, **named)
            return do(store, verb, number, *((reason,) if verb == "remove" else ()), **named)

        number = prepared(store)
        if needs == "yes":
            with pytest.raises(FollowUpError) as refused:
                tried(None, number)
            assert refused.value.field == "reason"
            tried("it was so", number)
        else:
            tried(None, number)


def test_an_agreed_date_stays_agreed_when_it_is_marked_proposed_again(store: Database) -> None:
    number = dated(store)
    do(store, "mark", number, "proposed")
    with pytest.raises(FollowUpError) as refused:
        set_due(store, number, day(20))
    assert refused.value.field == "reason"


# Voices


def test_who_speaks_when_nobody_is_named_is_who_rules_say(store: Database) -> None:
    expected = {
        "all who promised it": ["UNODC", MIA],
        "all to whom it was promised": [INTERPOL, MIA],
        "all to whom it was promised, without those who reported it": [INTERPOL],
    }
    for step, who in rows(section(PAGE, "Who speaks when nobody is named")):
        number = add(store, by=["UNODC", MIA], to=[INTERPOL, MIA])
        if words(step)[0] != "reported":
            do(store, "mark", number, "reported", said_by=[MIA])
        do(store, "mark", number, words(step)[0], note="for a reason")
        assert record(store, number)[words(step)[0]]["said_by"] == expected[who]


def test_whose_turn_it_is(store: Database) -> None:
    expected = {
        "all who promised it, and all to whom it was promised": ["UNODC", MIA, INTERPOL],
        "all who promised it": ["UNODC", MIA],
        "all to whom it was promised, without those who reported it": [INTERPOL],
    }
    told = set()
    for states, step, who in rows(section(PAGE, "Whose turn it is")):
        for state in words(states):
            number = add(store, by=["UNODC", MIA], to=[INTERPOL, MIA])
            if state != "proposed":
                do(store, "mark", number, state, said_by=[MIA] if state == "reported" else ())
            assert next_step(cast("Commitment", record(store, number))) == (words(step)[0], expected[who])
            told.add(state)
    number = add(store)
    for state in {*State.ALL} - told:
        do(store, "mark", number, state, because="dropped" if state == "closed" else None)
        assert next_step(cast("Commitment", record(store, number))) is None


# On-time rate

PROMISE: dict[str, Any] = {"state": "agreed", "agreed_on": day(-60), "original_due": day(-5), "due": day(-5)}
VOICE: dict[str, Any] = {"said_by": [MIA], "recorded_by": ASEL}


def closed(because: str, **more: Any) -> dict[str, Any]:
    return {**PROMISE, "state": "closed", "closed": {"because": because, "on": day(-3), **more}}


COUNTED: dict[str, dict[str, Any]] = {
    "never agreed": {"state": "proposed", "due": day(-5)},
    "without a date": {"state": "agreed", "agreed_on": day(-60)},
    "its date lies outside the period": {**PROMISE, "original_due": day(-50), "due": day(-50)},
    "closed as superseded": closed("superseded"),
    "closed as overtaken": closed("overtaken"),
    "closed as dropped, with consent of the other side": closed("dropped", agreed_by=INTERPOL),
    "done on its date or before": {**PROMISE, "state": "reported", "reported": {**VOICE, "on": day(-5)}},
    "done after its date": {**PROMISE, "state": "confirmed", "confirmed": {**VOICE, "on": day(-4)}},
    "closed as declined": closed("declined"),
    "closed as dropped, without that consent": closed("dropped"),
    "undone, its date is past": PROMISE,
    "undone, its date is today or to come": {**PROMISE, "original_due": TODAY, "due": TODAY},
}


def test_every_row_of_the_on_time_rate_is_the_verdict_on_such_a_commitment() -> None:
    documented = rows(section(PAGE, "On-time rate"))
    assert [what for what, _ in documented] == list(COUNTED)
    for what, counts_as in documented:
        for by in By.ALL:
            commitment: Any = COUNTED[what]
            assert verdict(commitment, by, TODAY, first=day(-40), last=day(40)) == words(counts_as)[0], what
    assert {words(counts_as)[0] for _, counts_as in documented} == set(Verdict.ALL)


# Silence


def test_news_are_what_rules_say() -> None:
    for what, answer in rows(section(PAGE, "Silence")):
        for action in words(what) or ["mark"]:
            more = {} if words(what) else {"imported": "list.csv"}
            event: Any = {"action": action, **more}
            assert is_news(event) == (answer == "yes"), what
