"""The meeting sheet: who owes what, right counts, and nothing that may not be handed over."""

import subprocess
import sys
from typing import Any

import pytest

from store import operations
from store.database import Database
from store.errors import NotFound, UsageError
from store.file.file_store import file_of
from store.maintenance.demo import make_demo
from store.model.vocabulary_and_signs import Band
from store.query.parse_query import parse
from store.reports.document import Document, Table
from store.reports.language_of_papers import load_words
from store.reports.meeting_sheet import meeting_sheet, next_meeting
from store.rules.party_counts import party_counts
from store.snapshot import Snapshot
from tests.support.document_parts import (
    RECORDERS,
    cells,
    entry,
    figures,
    headings,
    led,
    numbers,
    paragraphs,
    part,
    whole,
)
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import (
    INTERPOL,
    MIA,
    NCB,
    UNODC,
    VISIT_END,
    add,
    beside,
    do,
    make_empty,
    open_store,
    set_due,
)

ENDED = "Done or closed since the last meeting"

NEXT = "2023-06-01"
"""Three months after the day of the tests."""


def of(document: Document, heading: str, party: str = MIA) -> list[str]:
    """The numbers in a section of a party's part."""
    return numbers(part(document, heading, under=party)) if heading in headings(document, party) else []


def test_each_party_has_its_part_with_what_it_owes_and_is_owed(database: Database) -> None:
    document = meeting_sheet(database.snapshot())
    assert of(document, "Commitments by this institution") == ["#2", "#1"]
    assert of(document, "Commitments to it") == ["#3"]
    assert of(document, "Commitments by this institution", UNODC) == ["#4", "#3"]
    assert of(document, "Commitments to it", UNODC) == []
    assert of(document, "Commitments to it", INTERPOL) == ["#2", "#1"]
    assert paragraphs(part(document, "Commitments to it", under=UNODC))[:1] == ["Mutual commitments listed above: #4."]
    assert entry(part(document, "Commitments by this institution", under=UNODC), 4).cells[2] == "mutual with INTERPOL"


def test_parties_stand_in_the_order_of_the_alphabet_behind_their_host(database: Database) -> None:
    def order(**more: Any) -> list[str]:
        return [each.heading for each in meeting_sheet(database.snapshot(), **more).parts if each.level == 1]

    assert order() == ["In all", INTERPOL, MIA, UNODC]
    assert order(place="Vienna, UNODC") == ["In all", UNODC, INTERPOL, MIA]
    assert order(place="MIA") == ["In all", INTERPOL, MIA, UNODC], "one word may be a town"
    do(database, "edit_party", MIA, short="MIA UZ", ru="Министерство внутренних дел")
    assert order(place="Ташкент, министерство внутренних дел", language="ru")[1] == "Министерство внутренних дел"
    assert order(parties=[UNODC, MIA]) == [UNODC, "MIA Uzbekistan (MIA UZ)"], "as they were asked for"


def test_counts_are_those_of_status_and_of_parties(database: Database) -> None:
    do(database, "mark", 2, "done")
    snapshot = database.snapshot()
    document = meeting_sheet(snapshot)
    counts = snapshot.counts()
    assert figures(part(document, "In all")) == {
        "overdue": str(counts["overdue"]),
        "no date set": str(counts["no_date"]),
        "to be confirmed": str(counts["unconfirmed"]),
        "in all": str(len(snapshot.rows)),
        "open, of these": str(counts["open"]),
        "kept": str(counts["finished"]),
    }
    assert f"Of the open ones: {counts['silent']} without news for {snapshot.silent_after} days or more." in whole(
        document
    )
    for name, its in party_counts(snapshot.rows).items():
        head = [int(count) for count in figures(part(document, name)).values()]
        assert head == [its.owes, its.late, its.owed, its.unconfirmed]
        mutual = sum(name in row.commitment["by"] and name in row.commitment["to"] for row in snapshot.open_rows)
        assert len(of(document, "Commitments by this institution", name)) == its.owes
        assert len(of(document, "Commitments to it", name)) == its.owed - mutual


def test_late_first_then_by_urgency(empty: Database) -> None:
    with empty.transaction() as tx:
        operations.add_visit(tx, "Visit", place="Lyon", start="2022-12-06", end=VISIT_END, slug="lyon-2022")
    for due in ("2023-05-01", None, "2023-02-01", "2023-03-01", "2023-01-01"):
        add(empty, state="agreed", due=due)
    document = meeting_sheet(empty.snapshot())
    owed = part(document, "Commitments by this institution")
    assert numbers(owed) == ["#5", "#3", "#4", "#1", "#2"]
    assert [row[3] for row in cells(owed)] == [
        "1 Jan 2023, 59 days late",
        "1 Feb 2023, 28 days late",
        "1 Mar 2023, the day of issue",
        "1 May 2023",
        "no date set",
    ]
    table = part(document, "Commitments by this institution").blocks[0]
    assert isinstance(table, Table)
    assert [each.style for each in table.entries] == [
        "overdue",
        "overdue",
        "today",
        "plain",
        "no-date",
    ]


def test_a_wish_that_is_past_stands_behind_what_is_late(empty: Database) -> None:
    with empty.transaction() as tx:
        operations.add_visit(tx, "Visit", place="Lyon", start="2022-12-06", end=VISIT_END, slug="lyon-2022")
    add(empty, due="2023-01-01")
    for due in ("2023-03-01", "2023-02-01"):
        add(empty, state="agreed", due=due)
    assert numbers(part(meeting_sheet(empty.snapshot()), "Commitments by this institution")) == ["#3", "#1", "#2"]


def test_what_falls_due_before_this_meeting_does_not_fall_due_before_the_next(database: Database) -> None:
    for due in ("2023-03-14", "2023-03-15", "2023-05-01"):
        add(database, state="agreed", due=due)
    document = meeting_sheet(database.snapshot(), on="2023-03-15", until="2023-06-01")
    assert led(document, "Falls due from this meeting to 1 Jun 2023", MIA) == (
        "commitments by it: 15 Mar 2023 #6, 31 Mar 2023 #2, 1 May 2023 #7."
    )
    late = meeting_sheet(database.snapshot(), [MIA], on="2023-05-20", until="2023-06-01")
    assert "Nothing falls due from this meeting to 1 Jun 2023." in whole(late)


def test_a_selection_of_all_is_none(database: Database) -> None:
    snapshot = database.snapshot()
    query = parse("by:mia or to:mia or by:unodc or by:interpol", today=TODAY, me=[])
    assert all(query.matches(row, snapshot) for row in snapshot.rows)
    assert "A selection" not in dict(meeting_sheet(snapshot, query=query).facts)


def test_a_wish_that_is_past_is_not_agreed(database: Database) -> None:
    set_due(database, 1, "2023-02-01")
    owed = part(meeting_sheet(database.snapshot()), "Commitments by this institution", under=MIA)
    assert entry(owed, 1).cells[3] == "proposed for 1 Feb 2023, not agreed"
    assert database.snapshot().row(1).band == Band.OVERDUE


def test_done_since_the_last_meeting_counts_from_its_last_day(database: Database) -> None:
    for number, day in ((2, VISIT_END), (3, "2022-12-07")):
        do(database, "mark", number, "confirmed", on=day)
    document = meeting_sheet(database.snapshot(), [MIA])
    assert of(document, ENDED) == ["#2"]
    assert of(meeting_sheet(database.snapshot(), [MIA], since="2022-12-07"), ENDED) == ["#2", "#3"]
    assert ("Last meeting", "Study visit, Lyon, 6-8 Dec 2022") in document.facts
    assert ("Last meeting", "7 Dec 2022") in meeting_sheet(database.snapshot(), since="2022-12-07").facts


def test_reported_is_named_by_its_number_and_confirmed_since_counts(database: Database) -> None:
    do(database, "mark", 2, "done", on="2022-12-01")
    do(database, "mark", 4, "done", said_by=[UNODC], on="2023-02-20")
    document = meeting_sheet(database.snapshot(), [UNODC, MIA], since="2023-02-01")
    assert "Reported done and listed above, to be confirmed: #4." in whole(document)
    assert led(document, ENDED, UNODC) == "", "what is only reported is not told as done or closed"
    assert ENDED not in headings(document, MIA)
    do(database, "mark", 2, "confirmed", on="2023-02-28")
    assert of(meeting_sheet(database.snapshot(), since="2023-02-01"), ENDED) == ["#2"]


def test_what_was_given_up_since_then_is_told_with_its_reason(database: Database) -> None:
    do(database, "mark", 2, "closed", because="declined", on="2023-02-01")
    do(database, "set_miss_reason", 2, "no officer speaks English")
    done = part(meeting_sheet(database.snapshot()), ENDED, under=MIA)
    assert entry(done, 2).cells[2:] == ["to INTERPOL", "1 Feb 2023", "not met: declined"]
    assert "reason for declining: no officer speaks English" in entry(done, 2).remarks


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("because", "english", "russian"),
    [
        ("declined", "not met: declined", "не выполнено: отказ"),
        ("overtaken", "withdrawn: overtaken", "снято с исполнения: утратило актуальность"),
        ("superseded", "withdrawn: superseded", "снято с исполнения: заменено другим обязательством"),
        ("dropped", "not met: dropped", "не выполнено: прекращено"),
    ],
)
def test_what_was_closed_does_not_read_as_done(
    database: Database, because: str, english: str, russian: str, language: str
) -> None:
    do(database, "mark", 3, "confirmed", on="2023-02-20")
    do(database, "mark", 2, "closed", because=because, by_id=1 if because == "superseded" else None, on="2023-02-01")
    document = meeting_sheet(database.snapshot(), [MIA], language=language)
    words = load_words(language)
    (table,) = (block for block in part(document, words.tr(ENDED)).blocks if isinstance(block, Table))
    printed = {each.cells[0]: each.cells[3:] for each in table.entries}
    is_russian = language == "ru"
    assert table.columns[3].heading == ("Выполнено или закрыто" if is_russian else "Done or closed")
    assert printed == {
        words.tr("#{n:d}", n=2): ["01.02.2023", russian] if is_russian else ["1 Feb 2023", english],
        words.tr("#{n:d}", n=3): ["подтверждено 20.02.2023", "выполнено, срок не был установлен"]
        if is_russian
        else ["confirmed 20 Feb 2023", "kept, no date was set"],
    }


def test_what_falls_due_before_the_next_meeting(database: Database) -> None:
    add(database, "On the day", state="agreed", due=NEXT)
    add(database, "Too late", state="agreed", due="2023-06-02")
    add(database, "Today, to me", by=[INTERPOL], to=[MIA], state="agreed", due="2023-03-01")
    snapshot = database.snapshot()
    printed = led(meeting_sheet(snapshot), "Falls due by 1 Jun 2023", MIA)
    assert printed == "commitments by it: 31 Mar 2023 #2, 1 Jun 2023 #5; commitments to it: 1 Mar 2023 #7."
    assert "Next meeting" not in dict(meeting_sheet(snapshot).facts)
    printed = led(meeting_sheet(snapshot, until="2023-06-02"), "Falls due before the next meeting", MIA)
    due = "31 Mar 2023 #2, 1 Jun 2023 #5, 2 Jun 2023 #6"
    assert printed == f"commitments by it: {due}; commitments to it: 1 Mar 2023 #7."


@pytest.mark.parametrize(("today", "until"), [("2023-11-30", "2024-02-29"), ("2022-11-30", "2023-02-28")])
def test_three_months_ahead_end_with_a_short_month(path: str, today: str, until: str) -> None:
    database = make_empty(path, day=today)
    with database.transaction() as tx:
        operations.add_visit(tx, "Visit", place="Lyon", start="2030-12-06", hosts=[MIA])
    assert next_meeting(today) == until
    facts = dict(meeting_sheet(database.snapshot(), [MIA]).facts)
    assert facts["Last meeting"] == f"none recorded; what is listed as done is since 30 Aug {today[:4]}"


def test_among_all_parties_each_thing_is_told_once_and_named_by_its_number_elsewhere(database: Database) -> None:
    do(database, "mark", 3, "confirmed", on="2023-02-20")
    set_due(database, 2, "2023-04-30", reason="new minister")
    everybody, alone = meeting_sheet(database.snapshot()), meeting_sheet(database.snapshot(), [MIA, INTERPOL])
    assert of(everybody, ENDED, UNODC) == ["#3"]
    printed = led(everybody, ENDED, MIA)
    assert printed == "see under the institution that made the commitment: #3."
    assert of(alone, ENDED, MIA) == ["#3"]
    for document, remarks in ((everybody, 0), (alone, 2)):
        assert len(entry(part(document, "Commitments to it", under=INTERPOL), 2).remarks) == remarks


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "extended once, original date 31 Mar 2023"),
        ("ru", "срок продлевался 1 раз, первоначальный срок: 31.03.2023"),
    ],
)
def test_that_a_date_was_extended_stands_beside_its_change(database: Database, language: str, told: str) -> None:
    set_due(database, 2, "2023-04-30", reason="new minister")
    document = meeting_sheet(database.snapshot(), language=language)
    assert told in whole(document)


def test_what_is_to_be_asked(database: Database) -> None:
    do(database, "set_seats", 2, wanted=3, nominated=2)
    do(database, "mark", 3, "done", on="2023-02-27")
    add(database, "Nominate to HTEG", kind="nominate-experts", state="agreed", due="2023-05-01")
    document = meeting_sheet(database.snapshot())
    assert "Points to clarify: MIA Uzbekistan" in headings(document, MIA)
    assert led(document, "On commitments by it", MIA).split("; ") == [
        "no date set: #1",
        f"no news for {database.snapshot().silent_after} days or more: #1, #5",
        "fewer nominated than wanted: #2 (2 of 3 nominated)",
        "number of seats not agreed: #5",
        "official nomination letter not received: #2.",
    ]
    assert led(document, "On commitments to it", MIA) == "awaiting confirmation: #3."
    do(database, "set_seats", 2, nominated=3, letter="MIA 1/2")
    assert "#2" not in led(meeting_sheet(database.snapshot()), "On commitments by it", MIA)


def test_what_is_asked_of_a_mutual_commitment_is_asked_once_of_each_party(database: Database) -> None:
    document = meeting_sheet(database.snapshot(), [UNODC])
    assert "#4" in led(document, "On commitments by it", UNODC)
    assert "#4" not in led(document, "On commitments to it", UNODC)


def test_sections_with_nothing_are_one_line(database: Database) -> None:
    document = meeting_sheet(database.snapshot(), [NCB])
    assert paragraphs(part(document, NCB)) == [
        "It has no open commitment. Nothing is owed to it. Nothing was done or closed since the last meeting. "
        "Nothing falls due by 1 Jun 2023. There is nothing to clarify."
    ]
    assert headings(document, NCB) == ["Channel or help by this institution"]
    assert numbers(part(document, "Channel or help by this institution")) == ["#1"]


def test_nothing_open_is_said(empty: Database) -> None:
    document = meeting_sheet(empty.snapshot())
    assert paragraphs(part(document, "In all")) == ["Nothing is open."]


def test_parties_are_found_by_any_name_each_once(database: Database) -> None:
    do(database, "edit_party", MIA, short="MIA UZ", ru="МВД Узбекистана")
    document = meeting_sheet(database.snapshot(), ["МВД узбекистана", "mia uz", UNODC])
    assert [each.heading for each in document.parts if each.level == 1] == ["MIA Uzbekistan (MIA UZ)", UNODC]
    with pytest.raises(NotFound, match='there is no party "INTEPROL"; did you mean "INTERPOL"'):
        meeting_sheet(database.snapshot(), ["INTEPROL"])


def test_who_has_nothing_open_but_ended_something_has_a_part_among_all(database: Database) -> None:
    number = add(database, "The only one", by=["PGO"], to=[MIA], state="agreed", due="2023-02-01")
    do(database, "mark", number, "confirmed", on="2023-02-10")
    document = meeting_sheet(database.snapshot())
    assert [each.heading for each in document.parts if each.level == 1][-2:] == ["PGO", UNODC]
    assert of(document, ENDED, "PGO") == [f"#{number}"]
    assert f"see under the institution that made the commitment: #{number}" in whole(document)


def test_what_its_promiser_was_told_at_a_later_meeting_stands_with_the_receiver(database: Database) -> None:
    number = add(database, "The only one", by=["PGO"], to=[MIA], state="agreed", due="2023-02-01")
    do(database, "mark", number, "confirmed", on="2023-02-10")
    add(database, "Another one", by=["PGO"], to=[UNODC], state="agreed", due="2023-05-01")
    do(database, "add_visit", "A meeting", place="Tashkent", start="2023-02-14", hosts=["PGO"])
    document = meeting_sheet(database.snapshot())
    assert of(document, ENDED, MIA) == [f"#{number}"]
    assert "see under the institution" not in whole(document)


def test_a_sheet_names_its_parties_and_its_day(database: Database) -> None:
    assert meeting_sheet(database.snapshot()).title == "Meeting sheet, 1 Mar 2023"
    assert meeting_sheet(database.snapshot(), on="2023-03-15").title == "Sheet for the meeting on 15 Mar 2023"
    some = meeting_sheet(database.snapshot(), [UNODC, INTERPOL])
    assert (some.title, some.facts[0]) == ("Meeting sheet, 1 Mar 2023", ("Institutions", "UNODC; INTERPOL"))
    assert some.running_title == "Meeting sheet, 1 Mar 2023: UNODC, INTERPOL"
    russian = meeting_sheet(database.snapshot(), [UNODC], language="ru", on="2023-03-15")
    assert russian.title == "Справка о ходе выполнения обязательств сторон к совещанию 15 марта 2023 г."
    assert (russian.facts[0], russian.running_title) == (
        ("Сторона", "UNODC"),
        "Справка к совещанию 15 марта 2023 г.: UNODC",
    )


def test_the_title_at_the_foot_of_a_page_is_one_line(database: Database) -> None:
    do(database, "edit_party", MIA, ru="Министерство " + "очень " * 20)
    shown = meeting_sheet(database.snapshot(), [MIA], language="ru", on="2023-03-15").running_title
    assert len(shown) == 90
    assert shown.endswith("…")


def test_days_are_counted_on_the_day_of_the_sheet_which_says_so(database: Database) -> None:
    add(database, "After the meeting", state="agreed", due="2023-06-10")
    document = meeting_sheet(database.snapshot(), on="2023-03-15")
    table = part(document, "Commitments by this institution", under=MIA).blocks[0]
    assert isinstance(table, Table)
    assert table.columns[3].heading == "Due (days as of 1 Mar 2023)"
    assert document.parts[0].heading == "In all, on 1 Mar 2023"
    assert "10 Jun 2023 #5" in led(document, "Falls due from this meeting to 15 Jun 2023", MIA)
    of_today = meeting_sheet(database.snapshot(), on=TODAY)
    assert of_today.parts[0].heading == "In all"


def test_a_decision_is_entered_once_under_the_first_who_promised_it(database: Database) -> None:
    add(database, "Together", by=[UNODC, MIA], to=[INTERPOL], support=[NCB], state="agreed", due="2023-06-10")
    document = meeting_sheet(database.snapshot(), has_decisions=True)
    filled: dict[int, list[str]] = {}
    told: dict[tuple[int, str], str] = {}
    party = ""
    for each in document.parts:
        party = each.heading if each.level == 1 else party
        for row in [
            row for block in each.blocks if isinstance(block, Table) and block.fill_under for row in block.entries
        ]:
            number = int(row.cells[0][1:])
            told[number, party] = " ".join(row.remarks)
            if row.is_filled_in:
                filled.setdefault(number, []).append(party)
    assert filled == {1: [MIA], 2: [MIA], 3: [UNODC], 4: [UNODC], 5: [UNODC]}
    assert "decision: see its section" in told[1, INTERPOL]
    assert "decision: see UNODC" in told[3, MIA]
    assert "decision: see UNODC" in told[4, INTERPOL]
    assert "decision: see UNODC" in told[5, MIA]
    assert "decision" not in told[5, UNODC]
    alone = meeting_sheet(database.snapshot(), [INTERPOL], has_decisions=True)
    tables = [block for each in alone.parts for block in each.blocks if isinstance(block, Table) and block.fill_under]
    assert all(row.is_filled_in for table in tables for row in table.entries), "nobody else's section is on this sheet"


def test_a_merged_party_has_one_part(database: Database) -> None:
    add(database, "One more", by=["Min. of Internal Affairs, UZ"], state="agreed")
    do(database, "merge_parties", "Min. of Internal Affairs, UZ", MIA)
    document = meeting_sheet(database.snapshot(), ["Min. of Internal Affairs, UZ"])
    assert of(document, "Commitments by this institution") == ["#2", "#1", "#5"]


def test_a_query_narrows_and_says_so_without_its_words(database: Database) -> None:
    query = parse("owner:asel by:MIA", today="2023-03-01", me=[])
    document = meeting_sheet(database.snapshot(), query=query)
    assert [each.heading for each in document.parts if each.level == 1] == ["In all", INTERPOL, MIA]
    assert ("A selection", "2 of 4 commitments of the list") in document.facts
    assert "asel" not in whole(document)


def test_changes_of_date_since_the_last_meeting_stand_with_their_reasons(database: Database) -> None:
    set_due(database, 2, None, reason="the ministry\nchanges", asked_by=MIA, agreed_by=INTERPOL, on="2023-02-01")
    printed = entry(part(meeting_sheet(database.snapshot()), "Commitments by this institution", under=MIA), 2).remarks
    assert list(printed) == [
        "date 31 Mar 2023 taken out 1 Feb 2023: the ministry\nchanges; asked by MIA Uzbekistan; agreed by INTERPOL"
    ]
    printed = entry(
        part(meeting_sheet(database.snapshot(), since="2023-02-02"), "Commitments by this institution", under=MIA), 2
    ).remarks
    assert list(printed) == [
        "date taken out once, original date 31 Mar 2023; reason for taking it out: the ministry\nchanges"
    ]


@pytest.mark.parametrize(("period", "field"), [({"since": "2023-03-02"}, "since"), ({"until": "2023-02-28"}, "until")])
def test_a_meeting_on_the_wrong_side_of_today_is_refused(
    database: Database, period: dict[str, Any], field: str
) -> None:
    with pytest.raises(UsageError) as refused:
        meeting_sheet(database.snapshot(), **period)
    assert refused.value.field == field
    assert "--" not in refused.value.sentence


def test_whose_hand_recorded_a_voice(database: Database) -> None:
    do(beside(database, who="unodc"), "mark", 3, "done", said_by=[UNODC], on="2023-02-01")
    do(database, "mark", 3, "confirmed", on="2023-02-02")
    do(database, "mark", 2, "done", on="2023-02-03")

    def of_commitments(*, is_internal: bool) -> str:
        return whole(meeting_sheet(database.snapshot(), is_internal=is_internal))

    printed = of_commitments(is_internal=False)
    assert (
        "reported by UNODC, done 1 Feb 2023 (entered by the party itself); confirmed by MIA Uzbekistan, received 2 Feb"
        in printed
    )
    assert "reported by MIA Uzbekistan, done 3 Feb 2023\n" in printed
    assert RECORDERS in printed
    assert "asel" not in printed
    assert "confirmed by MIA Uzbekistan, received 2 Feb 2023 (recorded by asel)" in of_commitments(is_internal=True)


def test_marks_stand_on_it(database: Database) -> None:
    assert meeting_sheet(database.snapshot(), marks=["For the meeting only"]).marks == ["For the meeting only"]
    assert meeting_sheet(database.snapshot(), marks=["X"], is_internal=True).marks == ["INTERNAL", "X"]


class Watched:
    """The tables of a snapshot, which notes what is asked of the history."""

    def __init__(self, tables: Any) -> None:
        self._tables = tables
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._tables, name)
        if not callable(found):
            return found

        def ask(*values: object) -> Any:
            if "event" in name or "events" in values:
                self.asked.append(name)
            return found(*values)

        return ask


def test_the_history_is_read_for_the_notes_of_an_internal_sheet_alone(database: Database) -> None:
    for number in (1, 2, 3, 4):
        do(database, "note", number, "called")
    tables = Watched(file_of(database).image())
    meeting_sheet(Snapshot(tables, TODAY))
    assert tables.asked == []
    meeting_sheet(Snapshot(tables, TODAY), is_internal=True)
    assert tables.asked == ["events_with_note", "undo_events"], "whatever the number of commitments"


def test_the_demo_store_has_a_sheet_for_five_parties(path: str) -> None:
    database = open_store(path, day="2026-11-25")
    make_demo(database)
    document = meeting_sheet(open_store(path, day="2026-11-25").snapshot(), language="ru")
    assert [each.heading for each in document.parts if each.level == 1] == [
        "Всего",
        "Генпрокуратура Узбекистана",
        "Интерпол",
        "МВД Узбекистана",
        "МОМ",
        "УНП ООН",
    ]
    assert "Предыдущая встреча" in dict(meeting_sheet(database.snapshot(), ["IOM"], language="ru").facts)


_MAKING = """\
import sys
from store.database import Database
from store.reports.meeting_sheet import meeting_sheet, next_meeting
class FixedClock:
    def today(self, timezone):
        return "2023-03-01"
meeting_sheet(Database(sys.argv[1], FixedClock(), "asel", 10.0).snapshot(), language=sys.argv[2])
print(*sys.modules)
"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_sheet_loads_nothing_heavy(path: str, language: str) -> None:
    make_empty(path)
    made = subprocess.run([sys.executable, "-c", _MAKING, path, language], capture_output=True, text=True, check=True)
    modules = set(made.stdout.split())
    assert "store.reports.meeting_sheet" in modules
    assert modules.isdisjoint({"babel", "json", "datetime", "store.rules.dates.parse_date", "typing", "unicodedata"})
    assert "gettext" not in modules or language == "ru"


def test_a_sheet_names_the_office_that_hands_it_over(database: Database) -> None:
    assert "Issued by" not in dict(meeting_sheet(database.snapshot()).facts)
    do(database, "change_settings", office="The regional office", contact="desk@example.org")
    facts = dict(meeting_sheet(database.snapshot()).facts)
    assert (facts["Issued by"], facts["Contact"]) == ("The regional office", "desk@example.org")


def test_both_sides_of_a_sheet_for_one_party_have_a_line_to_sign(database: Database) -> None:
    do(database, "change_settings", office="The regional office")
    signed = part(meeting_sheet(database.snapshot(), [MIA], has_decisions=True), "Signatures")
    assert signed.holds_before
    assert [row[0] for row in cells(signed)][1:] == ["The regional office"]
    both = part(meeting_sheet(database.snapshot(), [MIA, INTERPOL], has_decisions=True), "Signatures")
    assert len(cells(both)) == 2
