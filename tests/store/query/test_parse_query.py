"""Queries: what each term matches, what is refused, and that the shell and the filter bar agree."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.file.serialize_file import serialize
from store.file.strict_reader import read
from store.model.record_types import Meta
from store.query.meaning_of_fields_and_words import EXACT_FIELDS
from store.query.parse_query import FIELDS, WORDS, Query, parse, parse_words
from store.query.russian_keywords import RUSSIAN_FIELDS, RUSSIAN_VALUES, RUSSIAN_WORDS
from store.rules.days import days_between
from store.rules.russian_twins_of_typed_words import plain
from store.sanitise_text import visible
from store.snapshot import Row, Snapshot

TODAY = "2023-03-01"
ME = ["a.karimova", "UNODC"]
STAMP = {"created": "2022-12-08T10:00:00Z", "updated": "2022-12-08T10:00:00Z", "revision": 1}


def _visit(number: int, slug: str, title: str, place: str, end: str) -> dict[str, object]:
    return {"id": number, "slug": slug, "title": title, "place": place, "start": end, "end": end, **STAMP}


def _commitment(number: int, title: str, **fields: object) -> dict[str, object]:
    usual = {
        "visit": "lyon-2022",
        "kind": "other",
        "by": ["MIA Uzbekistan"],
        "to": ["INTERPOL"],
        "owner": "j.smith",
        "state": "agreed",
    }
    return {"id": number, "title": title, **usual, **fields, **STAMP}


def _event(number: int, **fields: object) -> dict[str, object]:
    usual = {
        "change": number,
        "at": "2023-01-01T10:00:00Z",
        "day": "2023-01-01",
        "who": "x",
        "action": "note",
    }
    return {"seq": number, **usual, **fields}


VISITS = [
    _visit(1, "lyon-2022", "Study visit to the General Secretariat", "Lyon", "2022-12-08"),
    _visit(2, "lyon-2022-2", "Second study visit", "Lyon", "2023-01-20"),
    {
        **_visit(3, "tashkent-2023", "Quarterly meeting after Lyon 2022", "Tashkent", "2023-02-20"),
        "aside": {"on": "2023-02-21"},
    },
]
PARTIES = [
    {
        "id": 1,
        "name": "MIA Uzbekistan",
        "short": "MIA UZ",
        "ru": "Министерство внутренних дел",
        "aliases": ["Ichki ishlar vazirligi", "IIV O\u2018zbekiston"],
        **STAMP,
    },
    {"id": 2, "name": "INTERPOL", "aliases": ["ICPO"], **STAMP},
    {"id": 3, "name": "United Nations Office on Drugs and Crime", "short": "UNODC", **STAMP},
    {"id": 4, "name": "NCB Tashkent", **STAMP},
]
EXTENSION = {
    "old": "2023-02-01",
    "new": "2023-03-20",
    "on": "2023-01-15",
    "reason": "new minister",
    "extension": True,
    "correction": False,
}
COMMITMENTS = [
    _commitment(1, "Join the TIP Analysis File", kind="join-analysis-file", state="proposed", via="NCB Tashkent"),
    _commitment(2, "Nominate officers to ISON", kind="nominate-experts", due="2023-02-19", owner="Á. Karimova"),
    _commitment(3, "Nominate officers to HTEG", due="2023-03-01", chase_on="2023-02-28", after=2),
    _commitment(4, "Протокол о ещё одной встрече", by=["UNODC", "INTERPOL"], due="2023-03-05", owner="A.Karimova"),
    _commitment(
        5,
        "Send the protocol 10:30 #3: draft",
        due="2023-03-20",
        due_changes=[EXTENSION],
        news_on="2023-02-25",
    ),
    _commitment(6, "Share the café's data", due="2023-12-31", support=["UNODC"], visit="lyon-2022-2"),
    _commitment(
        7,
        "Report overdue cases",
        state="reported",
        due="2023-02-01",
        quote="We shall\ndo it",
        reported={"said_by": ["MIA Uzbekistan"], "on": "2023-01-30", "recorded_by": "x"},
    ),
    _commitment(
        8,
        "Train ten officers",
        visit="tashkent-2023",
        state="confirmed",
        due="2023-01-31",
        confirmed={"said_by": ["INTERPOL"], "on": "2023-02-10", "recorded_by": "x"},
    ),
    _commitment(
        12, "Legal review", state="closed", agreed_on="2023-01-20", closed={"because": "declined", "on": "2023-02-01"}
    ),
    _commitment(31, "Hand over", by=["Unknown Bureau"], to=["UNODC"], visit="tashkent-2023", state="in-progress"),
]
EVENTS = [
    _event(1, id=6, note="the minister's letter arrived"),
    _event(2, id=6, note="taken back by mistake"),
    _event(3, id=6, action="undo", undoes=2),
]
ALL = [1, 2, 3, 4, 5, 6, 7, 8, 12, 31]


def _snapshot(today: str = TODAY) -> Snapshot:
    tables = {"visits": VISITS, "parties": PARTIES, "commitments": COMMITMENTS}
    numbered: dict[str, dict[int, dict[str, object]]] = {
        name: {int(str(record["id"])): record for record in records} for name, records in tables.items()
    }
    numbered["events"] = {int(str(event["seq"])): event for event in EVENTS}
    following = {name: max(records) + 1 for name, records in numbered.items()}
    meta: Meta = {"format": "followup", "schema": 1, "revision": 5, "next": following, "settings": {}}
    return Snapshot(read(serialize(meta, numbered)), today)


SNAPSHOT = _snapshot()
DAYS_SILENT = {row.commitment["id"]: row.silent_days for row in SNAPSHOT.rows}
"""Number of a commitment -> how long it is silent, by the rule."""


def _numbers(query: Query, snapshot: Snapshot = SNAPSHOT) -> list[int]:
    return [row.commitment["id"] for row in snapshot.rows if query.matches(row, snapshot)]


def _found(text: str) -> list[int]:
    return _numbers(parse(text, today=TODAY, me=ME))


def _typed(*words: str) -> list[int]:
    return _numbers(parse_words(words, today=TODAY, me=ME))


def _only(is_so: Callable[[Row], bool]) -> list[int]:
    return [row.commitment["id"] for row in SNAPSHOT.rows if is_so(row)]


@pytest.mark.parametrize(
    ("text", "asks"),
    [("aside", True), ("visit:lyon", True), ("id:3", True), ("overdue or aside", True), ("overdue visit:lyon", True),
     ("overdue", False), ("-visit:lyon", False), ("-aside", False), ("mine", False), ("lyon", False)],
)  # fmt: skip
def test_whether_it_asks_for_what_is_set_aside(text: str, asks: bool) -> None:
    assert parse(text, today=TODAY, me=ME).asks_for_aside is asks


@pytest.mark.parametrize("text", ["", "  \t ", '""', '"'])
def test_an_empty_query_matches_all(text: str) -> None:
    assert _found(text) == ALL
    assert _typed(text) == _typed() == ALL


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("protocol", [5]),
        ("PROTO", [5]),
        ("rotoc", [5]),
        ("nominate hteg", [3]),
        ("cafe", [6]),
        ("café's", [6]),
        ("caf\u00e9\u2019s", [6]),
        ("протокол еще", [4]),
        ("встречё", [4]),
        ("встречи", []),
        ("#12", [12]),
        ("12", [12]),
        ("#3", [3, 5, 31]),
        ("#3:", [5]),
        ("10:30", [5]),
        ("министерство", [1, 2, 3, 5, 6, 7, 8, 12]),
        ("министерство hteg", [3]),
        ("icpo hteg", [3]),
        ("drugs", [4, 6, 31]),
        ("ncb", [1]),
        ("shall", [7]),
        ('"shall do"', [7]),
        ('"do shall"', []),
        ("letter", [6]),
        ("mistake", []),
        ('"overdue"', [7]),
        ("text:overdue", [7]),
        ("text:over", [7, 31]),
        ("text:verdue", []),
        ("text:12", [12]),
        ("text:drugs", [4, 6, 31]),
        ('text:"officers to I"', [2]),
        ('text:"offic to I"', []),
        ("text:minister", [5, 6]),
    ],
)
def test_text_is_found_anywhere(text: str, numbers: list[int]) -> None:
    assert _found(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("by:interpol", [4]),
        ("by:inter", [4]),
        ("by:icpo", [4]),
        ("by:terpol", []),
        ("BY:UNODC", [4]),
        ("by:drugs", [4]),
        ("by:unknown", [31]),
        ('by:"MIA UZ" -hteg', [1, 2, 5, 6, 7, 8, 12]),
        ('by:"MI UZ"', []),
        ('by:"UZ MIA"', []),
        ('by:"внутренних д" hteg', [3]),
        ("by:o'zb hteg", [3]),
        ("by:O\u02bbz hteg", [3]),
        ("to:unodc", [31]),
        ("via:ncb", [1]),
        ("support:unodc", [6]),
        ("party:unodc", [4, 6, 31]),
        ("owner:kar", [2, 4]),
        ("owner:a.k", [2, 4]),
        ("kind:nom", [2]),
        ("kind:nominate-e", [2]),
        ("kind:experts", [2]),
        ("kind:perts", []),
        ("visit:lyon-2022-2", [6]),
        ("visit:LYON-2022 -hteg", [1, 2, 4, 5, 7, 12]),
        ("visit:lyon-20", ALL),
        ("visit:lyon", ALL),
        ("visit:tash", [8, 31]),
        ("visit:quarterly", [8, 31]),
        ('visit:"second study"', [6]),
    ],
)
def test_a_field_matches_the_beginning_of_a_word(text: str, numbers: list[int]) -> None:
    assert _found(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("by:me", [4]),
        ("to:ME", [31]),
        ("via:me", []),
        ("support:me", [6]),
        ("party:me", [4, 6, 31]),
        ("owner:me", [4]),
        ("mine", [4, 6, 31]),
        ("-mine", [1, 2, 3, 5, 7, 8, 12]),
    ],
)
def test_me_is_every_name_of_mine(text: str, numbers: list[int]) -> None:
    assert _found(text) == numbers
    for name in ("United Nations Office on Drugs and Crime", "unodc"):
        query = parse(text, today=TODAY, me=["A.KARIMOVA", name])
        assert _numbers(query) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("state:proposed", [1]),
        ("state:done", [7]),
        ("state:Reported,CLOSED", [7, 12]),
        ("state:in-progress", [31]),
        ("band:overdue", [2]),
        ("band:no-date,today", [1, 3, 31]),
        ("outcome:met", [7]),
        ("outcome:met-late,not-met", [8, 12]),
        ("outcome:withdrawn", []),
        ("id:3-7", [3, 4, 5, 6, 7]),
        ("id:3..7", [3, 4, 5, 6, 7]),
        ("id:3,5", [3, 5]),
        ("id:#3,5-6", [3, 5, 6]),
        ("id:30", []),
        ("id>8", [12, 31]),
    ],
)
def test_exact_fields(text: str, numbers: list[int]) -> None:
    assert _found(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("due:2023-02", [2, 7]),
        ("due:2023-Q1", [2, 3, 4, 5, 7, 8]),
        ("due:..2w", [2, 3, 4, 7, 8]),
        ("due:today..2W", [3, 4]),
        ('due:"..2 weeks"', [2, 3, 4, 7, 8]),
        ("due:2w", []),
        ("due:4d", [4]),
        ("due:2023-03-05..", [4, 5, 6]),
        ("due:2023-02..2023-03-05", [2, 3, 4, 7]),
        ("due:..2023-02", [2, 7, 8]),
        ("due:none", [1, 12, 31]),
        ("-due:none id:1-4", [2, 3, 4]),
        ("due<2023-02", [8]),
        ("due<=2023-02", [2, 7, 8]),
        ("due>2023-03", [6]),
        ("due>=2023-03", [3, 4, 5, 6]),
        ("due < 2023-02", [8]),
        ("due <2023-02", [8]),
        ("due< 2023-02", [8]),
        ("-due < 2023-02 id:7-8", [7]),
        ('due>="31 December 2023"', [6]),
        ("late:10", [2]),
        ("late:10..", [2]),
        ("late:11..", []),
        ("late:..10", [2]),
        ("late:5..20", [2]),
        ("late>10", []),
        ("late >= 10", [2]),
        ("late<11", [2]),
        (f"silent:..{DAYS_SILENT[8]}", [5, 8, 31]),
        (f"silent:{DAYS_SILENT[5]}", [5]),
        (f"silent:{DAYS_SILENT[6]}", [6]),
        (f"silent < {DAYS_SILENT[8]}", [5]),
        (f"silent:{DAYS_SILENT[8]}..{DAYS_SILENT[6]}", [6, 8, 31]),
    ],
)
def test_ranges_include_their_ends(text: str, numbers: list[int]) -> None:
    assert _found(text) == numbers


@pytest.mark.parametrize(
    ("word", "is_so"),
    [
        ("open", lambda row: row.commitment["state"] not in ("confirmed", "closed")),
        ("finished", lambda row: row.commitment["state"] in ("confirmed", "closed")),
        ("closed", lambda row: row.commitment["state"] == "closed"),
        *[
            (word, lambda row, band=word: row.band == band)
            for word in ("overdue", "today", "week", "month", "later", "no-date", "unconfirmed")
        ],
        ("silent", lambda row: row.is_silent),
        ("chase", lambda row: row.is_to_chase),
        ("now", lambda row: row.band in ("overdue", "today", "unconfirmed") or row.is_to_chase),
        ("waiting", lambda row: row.is_waiting),
        ("aside", lambda row: row.commitment["visit"] == "tashkent-2023" and row.band != "finished"),
        ("extended", lambda row: row.commitment["id"] == 5),
        ("mine", lambda row: row.commitment["id"] in (4, 6, 31)),
    ],
)
def test_words(word: str, is_so: Callable[[Row], bool]) -> None:
    assert _found(word) == _only(is_so) != []
    assert _found(word.upper()) == _typed(word.title()) == _only(is_so)
    assert _found(f"-{word}") == _found(f"NOT:{word}") == [n for n in ALL if n not in _only(is_so)]


def test_all_words_are_tested_and_known() -> None:
    marks = [mark for mark in test_words.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == set(WORDS)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("id:1 or id:2 or id:3", [1, 2, 3]),
        ("id:1 or id:2 nominate", [2]),
        ("nominate id:1 OR id:2", [2]),
        ("id:1|id:2", [1, 2]),
        ("id:1 | id:2 nominate", [2]),
        ("hteg|ison", [2, 3]),
        ("id:1 or -open", [1, 8, 12]),
        ('"or"', [7]),
        ("--hteg", [3]),
        ("not:not:hteg", [3]),
        ("-not:hteg", [3]),
        ('not:"nominate officers" id:1-3', [1]),
    ],
)
def test_or_binds_tighter_than_and(text: str, numbers: list[int]) -> None:
    assert _found(text) == numbers


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("foo:x", "by, to, via"),
        ("ownr:x", '"owner"'),
        ("nt:x", '"not"'),
        ("stat:agreed", '"state"'),
        ("lat>10", '"late"'),
        ("state:agred", '"agreed"'),
        ("state:zzz", "proposed, agreed, in-progress"),
        ("state:agreed,", "state"),
        ("band:no_date", '"no-date"'),
        ("outcome:met-lat", '"met-late"'),
        ("by:", "by: has no value"),
        ('by:""', "by: has no value"),
        ("by>x", "write by:"),
        ("by:...", "no letter or digit"),
        ("late:", "late: has no value"),
        ("late>", "late> has no value"),
        ("late:x", "late:10.."),
        ("late:..", "late:10.."),
        ("late:-3", "late:10.."),
        ("late:9..3", "late:10.."),
        ("silent:\u0663\u0660", "silent:10"),
        ("silent:" + "9" * 5000, "silent:10"),
        ("id:x", "id:3-7"),
        ("id:7-3", "id:3-7"),
        ("id:3-", "id:3-7"),
        ("id:3,", "id:3-7"),
        ("id:3#4", "id:3-7"),
        ("due:..", "either side"),
        ("due:soonish", "soonish"),
        ("due:2023-13", "2023-13"),
        ("due:2023-05..2023-04", "ends before"),
        ("due:none..2w", "due:none"),
        ("due<none", "due:none"),
        ("due<0001-01-01", "1990 to 2100"),
        ("due>9999-12-31", "1990 to 2100"),
        ("or", '"or" needs'),
        ("or x", '"or" needs'),
        ("x or", '"or" needs'),
        ("x or or y", '"or" needs'),
        ("x||y", '"or" needs'),
        ("x|", '"or" needs'),
        ("due:<2w", '"due:<2w" is written without the colon: due<2w'),
        ("due:>= 2w", '"due:>=" is written without the colon: due>='),
        ("silent:>9", "without the colon: silent>9"),
        ("id:<5", "without the colon: id<5"),
        ("not:", "nothing stands after"),
        ("-", "nothing stands after"),
        ('-""', "nothing stands after"),
        ("-not:", "nothing stands after"),
        ("\u202e:", None),
        ("foo\u202e", None),
    ],
)
def test_what_is_not_understood_is_refused_in_one_sentence(text: str, says: str | None) -> None:
    if says is None:
        assert _found(text) == []
        return
    with pytest.raises(UsageError) as refused:
        _found(text)
    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


def test_a_refusal_shows_nothing_that_could_act_on_a_terminal() -> None:
    for text in ("state:\x1b[31m", "id:\u202e", "by:\x07"):
        with pytest.raises(UsageError) as refused:
            _found(text)
        assert str(refused.value).isprintable()
        assert "\\" in str(refused.value)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["by:MIA UZ", "hteg"], 'by:"MIA UZ" hteg'),
        (["-by:MIA UZ"], '-by:"MIA UZ"'),
        (["not:by:MIA UZ"], '-by:"MIA UZ"'),
        (["by:MIA overdue"], "by:MIA overdue"),
        (["by:MIA -hteg"], "by:MIA -hteg"),
        (["by:MIA or by:UNODC"], "by:MIA or by:UNODC"),
        (["by:icpo|to:unodc"], "by:icpo or to:unodc"),
        (["by:MIA due<2023-03"], "by:MIA due<2023-03"),
        (["late > 5"], "late>5"),
        (["late", ">", "5"], "late>5"),
        (["late>5"], "late>5"),
        (["nominate hteg"], "nominate hteg"),
        (["nominate hteg", "or", "ison"], "nominate hteg or ison"),
        (['by:"MIA UZ"'], 'by:"MIA UZ"'),
        (['"officers to"'], '"officers to"'),
        (["due:end of the month"], 'due:"end of the month"'),
        (["due<31 March 2023"], 'due<"31 March 2023"'),
        (["due:2023-03 week"], "due:2023-03 week"),
        (["id:3, 5"], "id:3,5"),
        (["by:MIA - UZ"], 'by:"MIA - UZ"'),
        (["text:the protocol"], 'text:"the protocol"'),
    ],
)
def test_the_shell_and_the_filter_bar_agree(words: list[str], text: str) -> None:
    shell = parse_words(words, today=TODAY, me=ME)
    bar = parse(text, today=TODAY, me=ME)
    assert shell.describe() == bar.describe()
    assert _numbers(shell) == _numbers(bar)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        *[(text, True) for text in ("finished", "closed", "state:confirmed", "state:agreed,closed", "id:3")],
        *[(text, True) for text in ("outcome:met", "band:finished", "overdue or closed", "-open", "x id:1-3")],
        *[(text, True) for text in ("not:not:closed", "-not:finished", "finished -closed")],
        *[(text, False) for text in ("", "open", "-closed", "not:id:3", "state:agreed", "band:week", "mine")],
        *[(text, False) for text in ("reported", "text:closed", '"closed"', "-state:closed", "--open")],
    ],
)
def test_whether_it_asks_for_finished_ones(text: str, asks: bool) -> None:
    assert parse(text, today=TODAY, me=ME).asks_for_finished is asks


def test_a_joined_query_asks_for_what_its_parts_ask_for() -> None:
    closed, late = (parse(text, today=TODAY, me=ME) for text in ("closed", "overdue"))
    assert (closed & late).asks_for_finished
    assert (closed | late).asks_for_finished
    assert not (-(closed & late)).asks_for_finished


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "everything"),
        ("by:INTERPOL or by:UNODC -silent protocol", 'by INTERPOL or UNODC; not silent; "protocol"'),
        ("by:me overdue|today", "by me; overdue or due today"),
        ("mine -due:none", "mine; not due on no date"),
        ("due:2023-03", "due 2023-03-01 to 2023-03-31"),
        ("due:..2w", "due by 2023-03-15"),
        ("due>2023-03-31", "due from 2023-04-01"),
        ("due:today", "due 2023-03-01"),
        (
            "silent:30.. late:..10 late:3 late:3..4",
            "silent 30 days or more; late at most 10 days; late 3 days; ",
        ),
        ("state:done,agreed", "state reported or agreed"),
        ("-state:done,agreed", "not (state reported or agreed)"),
        ("id:3,5-7 or id>9", "number 3, 5-7 or from 10"),
        ("by:\u202ex", "by \\u202ex"),
    ],
)
def test_it_says_what_it_asks_for(text: str, description: str) -> None:
    assert parse(text, today=TODAY, me=ME).describe().startswith(description)


def test_a_query_outlives_a_snapshot() -> None:
    query = parse("by:icpo or owner:me or visit:tash", today=TODAY, me=ME)
    before = _numbers(query)
    other = Snapshot(read(serialize({**SNAPSHOT._tables.meta}, {"visits": {1: VISITS[0]}})), TODAY)
    assert _numbers(query, other) == []
    assert _numbers(query) == before == [4, 8, 31]


# Reasons and what stands beside them.

_SAID: dict[str, dict[str, object]] = {
    "quote": {"quote": "We shall do our best"},
    "source": {"source": "minutes, paragraph 14"},
    "reason of a date": {"due_changes": [{**EXTENSION, "reason": "the budget was late"}]},
    "reason of a miss": {"miss_reason": "the secretary left"},
    "reason of closing": {"state": "closed", "closed": {"because": "superseded", "on": "2023-02-01"}},
    "evidence": {"reported": {"said_by": ["INTERPOL"], "on": "2023-02-01", "evidence": "letter 12/44"}},
    "evidence of the other": {"confirmed": {"said_by": ["INTERPOL"], "on": "2023-02-01", "evidence": "протокол ЁЛКИ"}},
    "letter": {"seats": {"wanted": 2, "letter": "HTEG/2023/7"}},
}


@pytest.mark.parametrize(
    ("about", "typed"),
    [
        ("quote", "our best"),
        ("source", "paragraph"),
        ("reason of a date", "BUDGET"),
        ("reason of a miss", "secretary left"),
        ("reason of closing", "superseded"),
        ("evidence", "12/44"),
        ("evidence of the other", "елки"),
        ("letter", "hteg/2023"),
    ],
)
def test_bare_words_are_looked_for_in_what_was_said_of_it(about: str, typed: str) -> None:
    record: Any = _commitment(7, "Send it", **_SAID[about])
    row = _row_of(record)
    for text in (typed, f'text:"{typed}"', typed.upper()):
        assert parse(text, today=TODAY, me=ME).matches(row, SNAPSHOT), text
    others = [_row_of(_commitment(7, "Send it", **said)) for name, said in _SAID.items() if name != about]
    assert not any(parse(typed, today=TODAY, me=ME).matches(each, SNAPSHOT) for each in others)


def _row_of(record: Any) -> Row:
    row = Row()
    row.commitment = record
    return row


def test_notes_are_asked_for_last(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = _snapshot()
    asked: list[int] = []

    def notes(snapshot: Snapshot, number: int) -> list[object]:
        asked.append(number)
        return []

    monkeypatch.setattr(Snapshot, "notes", notes)
    assert _numbers(parse("nominate overdue", today=TODAY, me=ME), snapshot) == [2]
    assert asked == []
    assert _numbers(parse("closed zebra", today=TODAY, me=ME), snapshot) == []
    assert asked == [12]


def _loaded_by(module: str) -> set[str]:
    code = f"import {module}, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_it_brings_nothing_else() -> None:
    brought = _loaded_by("store.query.parse_query") - _loaded_by("store.snapshot")
    assert brought == {
        "store.fold_case_and_accents",
        "store.query.parse_query",
        "store.query.name_and_text_terms",
        "store.query.meaning_of_fields_and_words",
        "store.query.tokenize_quotes_and_minus",
        "store.query.query_predicate",
        "store.query.value_and_range_terms",
        "store.query",
        "store.rules.due_dates_and_extensions",
        "store.rules.party_names",
    }


# Properties

ANY_TEXT = st.text(max_size=40)
_SIGNS = ("or", "OR", "not:", "-", "|", '"', "<", ">", "<=", ">=", "..", ",", " ", " ", "  ")
_VALUES = ("..2w", "10", "2023-03", "none", "me", "#3", "3-7", "UNODC", "met", "ж", "é")
_SYNTAX = st.sampled_from([*[f"{name}:" for name in FIELDS], *FIELDS, *WORDS, *_SIGNS, *_VALUES])
MIXED = st.lists(st.one_of(_SYNTAX, st.text(max_size=4)), max_size=12).map("".join)
_PLAIN = (
    *("by:me", "by:icpo", "to:unodc", "id:3-7", "due:..2w", "due:none", "silent:9..", "late:10..", "nom"),
    *("state:agreed,done", "outcome:met", "text:over", "visit:lyon-2022", "owner:kar", "протокол", "#3"),
)
PLAIN_TERM = st.builds(
    lambda sign, term: sign + term, st.sampled_from(["", "-", "not:"]), st.sampled_from([*WORDS, *_PLAIN])
)
TERMS = st.lists(PLAIN_TERM, min_size=1, max_size=5)


@given(st.one_of(ANY_TEXT, MIXED))
def test_only_a_usage_error_is_ever_raised(text: str) -> None:
    try:
        query = parse(text, today=TODAY, me=ME)
    except UsageError as refused:
        assert visible(str(refused)) == str(refused)  # noqa: PT017 - most texts are understood
        return
    assert visible(query.describe()) == query.describe()
    assert set(_numbers(query)) | set(_numbers(-query)) == set(ALL)


@given(st.lists(st.one_of(ANY_TEXT, MIXED), max_size=4))
def test_nor_by_words_of_the_shell(words: list[str]) -> None:
    try:
        query = parse_words(words, today=TODAY, me=ME)
    except UsageError:
        return
    assert query.describe()
    _numbers(query)


@given(TERMS)
def test_twice_denied_is_the_same(terms: list[str]) -> None:
    query = parse(" ".join(terms), today=TODAY, me=ME)
    denied = -query
    assert _numbers(-denied) == _numbers(query)
    assert (-denied).asks_for_finished == query.asks_for_finished
    assert set(_numbers(denied)) == set(ALL) - set(_numbers(query))


@given(PLAIN_TERM, PLAIN_TERM, PLAIN_TERM)
def test_or_matches_either_and_and_both(one: str, two: str, three: str) -> None:
    a, b, c = (parse(term, today=TODAY, me=ME) for term in (one, two, three))
    either = set(_numbers(a)) | set(_numbers(b))
    assert set(_found(f"{one} or {two}")) == set(_numbers(a | b)) == either
    assert set(_found(f"{one} {two}")) == set(_numbers(a & b)) == set(_numbers(a)) & set(_numbers(b))
    assert set(_found(f"{one} or {two} {three}")) == either & set(_numbers(c))
    assert set(_found(f"{three} {one}|{two}")) == either & set(_numbers(c))


@given(TERMS)
def test_the_shell_splits_plain_terms_as_the_bar_does(terms: list[str]) -> None:
    text = " ".join(terms)
    shell = parse_words(shlex.split(text), today=TODAY, me=ME)
    bar = parse(text, today=TODAY, me=ME)
    assert shell.describe() == bar.describe()
    assert _numbers(shell) == _numbers(bar)


@given(st.integers(0, 20), st.integers(0, 20))
def test_late_counts_days_since_the_due_day(one: int, other: int) -> None:
    low, high = sorted((one, other))
    days = days_between("2023-02-19", TODAY)
    assert _found(f"late:{low}..{high}") == ([2] if low <= days <= high else [])


@pytest.mark.parametrize(
    ("russian", "english"),
    [
        ("просрочено", "overdue"),
        ("Просрочено или без-сведений", "overdue or silent"),
        ("не:просрочено -закрыто", "not:overdue -closed"),
        ("not:Не:просрочено", "not:not:overdue"),
        ("кому:interpol", "to:interpol"),
        ("КОМУ:INTERPOL кто:MIA", "to:INTERPOL by:MIA"),
        ('от:"MIA UZ"', 'by:"MIA UZ"'),
        ("кто:я", "by:me"),
        ("ответственный:мне мои", "owner:me mine"),
        ("через:ncb или содействие:unodc", "via:ncb or support:unodc"),
        ("состояние:согласовано,В-работе", "state:agreed,in-progress"),
        ('состояние:"в работе"', "state:in-progress"),
        ("группа:неделя", "band:week"),
        ("итог:выполнено", "outcome:met"),
        ("срок:..2н", "due:..2w"),
        ('срок:"10 дней.."', 'due:"10 days.."'),
        ("срок:1д..3мес.", "due:1d..3m"),
        ("срок:март", "due:March"),
        ("срок:нет", "due:none"),
        ("срок<2023-02", "due<2023-02"),
        ("просрочено:10..", "late:10.."),
        ("вид:обучение", "kind:train"),
        ("просрочено > 10", "late > 10"),
        ("без-сведений:30..", "silent:30.."),
        ("номер:2-5", "id:2-5"),
        ("позднее или отложено или моё", "later or aside or mine"),
    ],
)
def test_a_russian_query_finds_what_its_english_one_finds(russian: str, english: str) -> None:
    assert parse(russian, today=TODAY, me=ME).describe() == parse(english, today=TODAY, me=ME).describe()
    assert _found(russian) == _found(english) == _typed(*shlex.split(russian))


def test_each_word_of_the_language_has_a_russian_twin() -> None:
    assert set(RUSSIAN_FIELDS.values()) == set(FIELDS)
    assert set(RUSSIAN_WORDS.values()) == set(WORDS)
    assert set(RUSSIAN_VALUES) == {*EXACT_FIELDS, "kind"}
    for field, values in EXACT_FIELDS.items():
        assert set(values) <= set(RUSSIAN_VALUES[field].values())
    for field in RUSSIAN_FIELDS:
        assert plain(field) == field
    for word, english in RUSSIAN_WORDS.items():
        assert _found(word) == _found(english)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("№4", [4]), ('"просрочено"', []), ("протокол", [4]), ('"кто:MIA"', []), ("ещё", [4]), ("встрече", [4])],
)
def test_other_russian_words_and_quoted_ones_are_looked_for(text: str, numbers: list[int]) -> None:
    assert _found(text) == numbers


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("кмоу:interpol", 'is not a field of a query; did you mean "кому"?'),
        ("состояние:согласованно", 'is not a state; did you mean "согласовано"?'),
        ("открыто:да", '"открыто" is a word of its own, without a value'),
        ("тема:отчёт", "; the fields are кто, от, кому"),
        ("просрочено или", '"or" needs a term before it'),
        ("не:", 'nothing stands after "не:"'),
        ("срок:<2н", '"due:<2н" is written without the colon: due<2н'),
    ],
)
def test_a_russian_query_is_refused_with_the_russian_words(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse(text, today=TODAY, me=ME)
    assert sentence in str(refused.value)
