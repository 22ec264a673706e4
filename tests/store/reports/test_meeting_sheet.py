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
from store.model.vocabulary import Band
from store.query.parse_query import parse
from store.reports.document import Document, Table
from store.reports.meeting_sheet import meeting_sheet, next_meeting
from store.reports.wording import load_words
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
from tests.support.store_builders import (
    INTERPOL,
    MIA,
    NCB,
    TODAY,
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


def test_those_with_the_most_late_stand_first(database: Database) -> None:
    parties = [each.heading for each in meeting_sheet(database.snapshot()).parts if each.level == 1]
    assert parties == ["In all", INTERPOL, UNODC, MIA]


def test_counts_are_those_of_status_and_of_parties(database: Database) -> None:
    do(database, "mark", 2, "done")
    snapshot = database.snapshot()
    document = meeting_sheet(snapshot)
    counts = snapshot.counts()
    assert figures(part(document, "In all")) == {
        "overdue": str(counts["overdue"]),
        "no date agreed": str(counts["no_date"]),
        "to be confirmed": str(counts["unconfirmed"]),
        "in all": str(len(snapshot.rows)),
        "open, of these": str(counts["open"]),
        "kept": str(counts["finished"]),
    }
    assert f"Of the open ones: {counts['silent']} without news for 30 days or more." in whole(document)
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
        "1 Mar 2023, today",
        "1 May 2023",
        "no date agreed",
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
    assert led(document, ENDED, UNODC) == "Reported done and listed above, to be confirmed: #4"
    assert ENDED not in headings(document, MIA)
    do(database, "mark", 2, "confirmed", on="2023-02-28")
    assert of(meeting_sheet(database.snapshot(), since="2023-02-01"), ENDED) == ["#2"]


def test_what_was_given_up_since_then_is_told_with_its_reason(database: Database) -> None:
    do(database, "mark", 2, "closed", because="declined", on="2023-02-01")
    do(database, "set_miss_reason", 2, "no officer speaks English")
    done = part(meeting_sheet(database.snapshot()), ENDED, under=MIA)
    assert entry(done, 2).cells[2:] == ["to INTERPOL", "declined 1 Feb 2023", "not met: declined"]
    assert "reason for declining: no officer speaks English" in entry(done, 2).remarks


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize(
    ("because", "english", "russian"),
    [
        ("declined", "declined 1 Feb 2023", "отказ 01.02.2023"),
        ("overtaken", "overtaken 1 Feb 2023", "утратило актуальность 01.02.2023"),
        ("superseded", "superseded 1 Feb 2023", "заменено другим обязательством 01.02.2023"),
        ("dropped", "dropped 1 Feb 2023", "прекращено 01.02.2023"),
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
    printed = {each.cells[0]: each.cells[3] for each in table.entries}
    is_russian = language == "ru"
    assert table.columns[3].heading == ("Выполнено или закрыто" if is_russian else "Done or closed")
    assert printed == {
        words.tr("#{n:d}", n=2): russian if is_russian else english,
        words.tr("#{n:d}", n=3): "выполнено 20.02.2023" if is_russian else "done 20 Feb 2023",
    }


def test_what_falls_due_before_the_next_meeting(database: Database) -> None:
    add(database, "On the day", state="agreed", due=NEXT)
    add(database, "Too late", state="agreed", due="2023-06-02")
    add(database, "Today, to me", by=[INTERPOL], to=[MIA], state="agreed", due="2023-03-01")
    snapshot = database.snapshot()
    printed = led(meeting_sheet(snapshot), "Falls due within three months", MIA)
    assert printed == "commitments by it: 31 Mar 2023 #2, 1 Jun 2023 #5; commitments to it: 1 Mar 2023 #7"
    assert "Next meeting by" not in dict(meeting_sheet(snapshot).facts)
    printed = led(meeting_sheet(snapshot, until="2023-06-02"), "Falls due before the next meeting", MIA)
    due = "31 Mar 2023 #2, 1 Jun 2023 #5, 2 Jun 2023 #6"
    assert printed == f"commitments by it: {due}; commitments to it: 1 Mar 2023 #7"


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
    assert printed == "See under the institution that made the commitment: #3"
    assert of(alone, ENDED, MIA) == ["#3"]
    for document, remarks in ((everybody, 0), (alone, 1)):
        assert len(entry(part(document, "Commitments to it", under=INTERPOL), 2).remarks) == remarks


def test_what_is_to_be_asked(database: Database) -> None:
    do(database, "set_seats", 2, wanted=3, nominated=2)
    do(database, "mark", 3, "done", on="2023-02-27")
    add(database, "Nominate to HTEG", kind="nominate-experts", state="agreed", due="2023-05-01")
    document = meeting_sheet(database.snapshot())
    asked = [
        text for text in paragraphs(part(document, "Commitments to it", under=MIA)) if "commitments by it: " in text
    ]
    assert led(document, "Points to clarify", MIA) == "commitments by it: no date agreed #1"
    assert asked == [
        "commitments by it: no news for 30 days or more #1, #5",
        "commitments by it: fewer nominated than agreed #2 (2 of 3 nominated)",
        "commitments by it: number of seats not agreed #5",
        "commitments by it: official nomination letter not received #2",
    ]
    assert "commitments to it: awaiting confirmation #3" in whole(document)
    do(database, "set_seats", 2, nominated=3, letter="MIA 1/2")
    assert "#2" not in led(meeting_sheet(database.snapshot()), "Points to clarify", MIA)


def test_sections_with_nothing_are_one_line(database: Database) -> None:
    document = meeting_sheet(database.snapshot(), [NCB])
    assert paragraphs(part(document, NCB)) == [
        "It has no open commitment. Nothing is owed to it. Nothing was done or closed since the last meeting. "
        "Nothing falls due within three months. There is nothing to clarify."
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
    assert [each.heading for each in document.parts if each.level == 1][-1] == "PGO"
    assert of(document, ENDED, "PGO") == [f"#{number}"]
    assert f"See under the institution that made the commitment: #{number}" in whole(document)


def test_a_sheet_names_its_parties_and_its_day(database: Database) -> None:
    assert meeting_sheet(database.snapshot()).title == "Meeting sheet, 1 Mar 2023"
    assert meeting_sheet(database.snapshot(), on="2023-03-15").title == "Meeting sheet, 15 Mar 2023"
    assert (
        meeting_sheet(database.snapshot(), [UNODC, INTERPOL]).title == "Meeting sheet for UNODC, INTERPOL, 1 Mar 2023"
    )
    assert (
        meeting_sheet(database.snapshot(), [UNODC], language="ru").title
        == "Справка о ходе выполнения взаимных обязательств к совещанию, 1 марта 2023 г.: UNODC"
    )


def test_a_merged_party_has_one_part(database: Database) -> None:
    add(database, "One more", by=["Min. of Internal Affairs, UZ"], state="agreed")
    do(database, "merge_parties", "Min. of Internal Affairs, UZ", MIA)
    document = meeting_sheet(database.snapshot(), ["Min. of Internal Affairs, UZ"])
    assert of(document, "Commitments by this institution") == ["#2", "#1", "#5"]


def test_a_query_narrows_and_says_so_without_its_words(database: Database) -> None:
    query = parse("owner:asel by:MIA", today="2023-03-01", me=[])
    document = meeting_sheet(database.snapshot(), query=query)
    assert [each.heading for each in document.parts if each.level == 1] == ["In all", MIA, INTERPOL]
    assert ("A selection", "2 of 4 commitments of the list") in document.facts
    assert "asel" not in whole(document)


def test_changes_of_date_since_the_last_meeting_stand_with_their_reasons(database: Database) -> None:
    set_due(database, 2, None, reason="the ministry\nchanges", asked_by=MIA, agreed_by=INTERPOL, on="2023-02-01")
    printed = entry(part(meeting_sheet(database.snapshot()), "Commitments by this institution", under=MIA), 2).remarks
    assert list(printed) == [
        "date changed 1 Feb 2023, from 31 Mar 2023 to none: the ministry\nchanges; "
        "asked by MIA Uzbekistan; agreed by INTERPOL"
    ]
    printed = entry(
        part(meeting_sheet(database.snapshot(), since="2023-02-02"), "Commitments by this institution", under=MIA), 2
    ).remarks
    assert list(printed) == ["extended once, original date 31 Mar 2023; last reason: the ministry\nchanges"]


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
    assert "reported by UNODC 1 Feb 2023 (entered by the party itself); confirmed by MIA Uzbekistan 2 Feb" in printed
    assert "reported by MIA Uzbekistan 3 Feb 2023\n" in printed
    assert RECORDERS in printed
    assert "asel" not in printed
    assert "confirmed by MIA Uzbekistan 2 Feb 2023 (recorded by asel)" in of_commitments(is_internal=True)


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
        "МВД Узбекистана",
        "УНП ООН",
        "Интерпол",
        "Генпрокуратура Узбекистана",
        "МОМ",
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
