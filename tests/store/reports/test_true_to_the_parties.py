"""What a paper may say of a party: nothing is late, missed or closed that is not, and no day that nobody named."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from store import operations
from store.database import Database
from store.reports.document import Document, Figures, Table, TextBlock, Timeline
from store.reports.donor_report import donor_report
from store.reports.list_report import list_report
from store.reports.meeting_sheet import meeting_sheet
from store.rules.due_dates_and_extensions import DueDate
from store.rules.party_counts import party_counts
from store.snapshot import Snapshot
from tests.conftest import Run
from tests.support.document_parts import cells, entries, entry, figures, headings, part, whole
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import INTERPOL, MIA, UNODC, VISIT, add, add_lyon, do, set_due

FIRST, LAST = "2023-01-01", "2023-03-31"


@pytest.fixture
def lyon(empty: Database) -> Database:
    add_lyon(empty)
    return empty


def report(snapshot: Snapshot, **more: Any) -> Document:
    return donor_report(snapshot, first=FIRST, last=LAST, **more)


PAPERS: dict[str, Callable[..., Document]] = {
    "sheet": meeting_sheet,
    "report": report,
    "list": lambda snapshot, **more: list_report(snapshot, snapshot.rows, **more),
}


def agreed_as(database: Database, day: str, precision: str, title: str = "Send the list") -> int:
    with database.transaction() as tx:
        date = DueDate(day, precision, f"as agreed, {precision}")
        return operations.add(tx, title, visit=VISIT, by=[MIA], to=[INTERPOL], date=date, state="agreed")


@pytest.mark.parametrize(
    ("day", "precision", "english", "russian"),
    [
        ("2023-09-30", "quarter", "Q3 2023", "III квартал 2023 г."),
        ("2023-03-31", "month", "March 2023", "март 2023 г."),
        ("2023-06-30", "half", "first half of 2023", "I полугодие 2023 г."),
        ("2023-05-31", "season", "spring 2023", "весна 2023 г."),
        ("2023-12-31", "year", "the year 2023", "2023 год"),
        ("2023-04-09", "week", "the week to 9 Apr 2023", "неделя по 09.04.2023"),
        ("2023-09-30", "day", "30 Sep 2023", "30.09.2023"),
        ("2023-09-12", "quarter", "12 Sep 2023", "12.09.2023"),
    ],
)
def test_a_date_is_printed_as_it_was_agreed(
    lyon: Database, day: str, precision: str, english: str, russian: str
) -> None:
    agreed_as(lyon, day, precision)
    snapshot = lyon.snapshot()
    for language, period in (("en", english), ("ru", russian)):
        for paper in (
            meeting_sheet(snapshot, language=language),
            list_report(snapshot, snapshot.rows, language=language),
        ):
            rows = [row for each in paper.parts for row in cells(each) if row[0].endswith("1") and len(row) > 4]
            assert rows
            assert all(any(cell.startswith(period) for cell in row) for row in rows), rows


def test_a_former_date_is_printed_as_it_was_agreed(lyon: Database) -> None:
    agreed_as(lyon, "2023-03-31", "quarter")
    set_due(lyon, 1, "2023-04-15", reason="elections", on="2023-02-10")
    document = report(lyon.snapshot())
    assert cells(part(document, "Changes of date in the period"))[0][3:5] == ["Q1 2023", "15 Apr 2023"]
    assert entry(part(document, "Planned and done"), 1).cells[2] == "Q1 2023, changed to 15 Apr 2023"
    assert "from Q1 2023 to 15 Apr 2023: elections" in whole(meeting_sheet(lyon.snapshot()))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_wish_that_is_past_is_late_in_no_paper(lyon: Database, paper: str) -> None:
    add(lyon, "A wish", due="2023-02-01")
    document = PAPERS[paper](lyon.snapshot())
    printed = whole(document)
    assert "proposed for 1 Feb 2023, not agreed" in printed
    assert not re.search(r"[1-9]\d* overdue|overdue,|(?<!under way), overdue| days? late", printed)
    assert all(each.style not in ("overdue", "today") for part_ in document.parts for each in entries(part_))
    late = [each for part_ in document.parts for what, each in figures(part_).items() if what == "overdue"]
    assert set(late) <= {"0"}


def test_what_was_withdrawn_is_not_met_nowhere(lyon: Database) -> None:
    more: dict[str, dict[str, Any]] = {"superseded": {"by_id": 1}, "overtaken": {}, "dropped": {"agreed_by": INTERPOL}}
    add(lyon, "Kept instead", state="agreed", due="2023-02-01")
    for because, how in more.items():
        number = add(lyon, because, state="agreed", due="2023-02-01")
        do(lyon, "mark", number, "closed", because=because, on="2023-02-10", **how)
    add(lyon, "Dropped alone", state="agreed", due="2023-12-01")
    do(lyon, "mark", 5, "closed", because="dropped", on="2023-02-10")
    add(lyon, "Declined", state="agreed", due="2023-12-01")
    do(lyon, "mark", 6, "closed", because="declined", on="2023-02-10")
    document = report(lyon.snapshot())
    for heading in ("By event", "By kind", "By institution"):
        assert cells(part(document, heading))[0][6:8] == ["3", "2"]
    ended = {
        row[0]: row[4] for row in cells(part(meeting_sheet(lyon.snapshot()), "Done or closed since the last meeting"))
    }
    assert ended == {
        "#2": "withdrawn: superseded",
        "#3": "withdrawn: overtaken",
        "#4": "withdrawn: dropped by agreement",
        "#5": "not met: dropped",
        "#6": "not met: declined",
    }
    remarks = entry(part(meeting_sheet(lyon.snapshot()), "Done or closed since the last meeting"), 5).remarks
    assert list(remarks) == ["consent of the other side (INTERPOL) to dropping it not recorded"]


def test_finished_never_stands_alone(lyon: Database) -> None:
    for day in ("2023-01-31", "2023-02-20"):
        number = add(lyon, state="agreed", due="2023-02-01")
        do(lyon, "mark", number, "confirmed", on=day)
    do(lyon, "mark", add(lyon, state="agreed"), "closed", because="overtaken")
    do(lyon, "mark", add(lyon, state="agreed"), "reported", on="2023-02-20")
    for document, kept, closed in (
        (meeting_sheet(lyon.snapshot()), "kept, 1 of them late", "withdrawn"),
        (report(lyon.snapshot()), "kept (50%), 1 of them late", "withdrawn (25%)"),
    ):
        counts = {what: count for each in document.parts for what, count in figures(each).items()}
        assert (counts[kept], counts[closed]) == ("2", "1")
        assert "finished" not in whole(document)
    counted = [row[:2] for row in cells(report(lyon.snapshot()).parts[0])]
    assert counted[2:4] == [["Done in the period, reported or confirmed", "3"], ["Of these confirmed", "2"]]


def test_the_last_meeting_is_one_that_the_party_had_a_part_in(lyon: Database) -> None:
    with lyon.transaction() as tx:
        operations.add_visit(tx, "Workshop", place="Vienna", start="2023-02-06", slug="vienna", hosts=[UNODC])
    add(lyon, "Of Lyon", state="agreed")
    add(lyon, "Of Vienna", by=[UNODC], to=[INTERPOL], visit="vienna", state="agreed")
    lyon_, vienna = "Study visit, Lyon, 6-8 Dec 2022", "Workshop, Vienna, 6 Feb 2023"
    for party, last in ((MIA, lyon_), (UNODC, vienna), (INTERPOL, vienna)):
        assert dict(meeting_sheet(lyon.snapshot(), [party]).facts)["Last meeting"] == last
    of_all = meeting_sheet(lyon.snapshot())
    assert "Last meeting" not in dict(of_all.facts)
    told = {
        each.heading: block.text
        for each in of_all.parts
        for block in each.blocks
        if isinstance(block, TextBlock) and block.lead == "Last meeting:"
    }
    assert told == {MIA: lyon_, UNODC: vienna, INTERPOL: vienna}
    do(lyon, "mark", 1, "confirmed", on="2023-01-10")
    ended = "Done or closed since the last meeting"
    assert ended in headings(meeting_sheet(lyon.snapshot(), [MIA]), MIA)
    assert ended not in headings(meeting_sheet(lyon.snapshot(), [INTERPOL]), INTERPOL)


def test_no_next_meeting_is_printed_that_nobody_set(lyon: Database) -> None:
    add(lyon, state="agreed", due="2023-03-20")
    assert "next meeting" not in whole(meeting_sheet(lyon.snapshot())).lower()
    assert dict(meeting_sheet(lyon.snapshot(), until="2023-05-01").facts)["Next meeting"] == "1 May 2023"


def test_sums_that_count_joint_promises_twice_say_so(lyon: Database) -> None:
    add(lyon, state="agreed")
    assert "joint commitment" not in whole(report(lyon.snapshot()))
    add(lyon, by=[MIA, UNODC], state="agreed")
    text = (
        "A joint commitment is counted for each institution: 3 entries for 2 commitments, and 2 owed for 2 open ones."
    )
    assert text in whole(report(lyon.snapshot()))


def test_an_extension_is_counted_on_its_row_with_the_last_reason(lyon: Database) -> None:
    add(lyon, state="agreed", due="2022-12-20")
    set_due(lyon, 1, "2023-01-20", reason="a new minister", on="2022-12-10")
    set_due(lyon, 1, "2023-03-20", reason="the list was lost", on="2022-12-12")
    last = meeting_sheet(lyon.snapshot(), since="2023-01-01")
    remarks = entry(part(last, "Commitments by this institution", under=MIA), 1).remarks
    assert list(remarks) == ["extended 2 times, original date 20 Dec 2022; last reason: the list was lost"]


def test_what_was_dropped_without_consent_is_asked_about(run: Run, lyon: Database) -> None:
    add(lyon, state="agreed", due="2023-02-01")
    asked = run("close", "1", "--because", "dropped")
    assert asked.code == 0
    assert "the consent of the other side is not recorded" in asked.err
    assert "followup close 1 --because dropped --agreed-by" in asked.err
    given = run("close", "1", "--because", "dropped", "--agreed-by", INTERPOL)
    assert "consent" not in given.err
    assert cells(part(report(lyon.snapshot()), "By kind"))[0][6:8] == ["1", "0"]


def test_the_consent_of_who_promised_is_not_that_of_the_other_side(run: Run, lyon: Database) -> None:
    add(lyon, state="agreed", due="2023-02-01")
    own = run("close", "1", "--because", "dropped", "--agreed-by", MIA)
    assert "the consent of the other side is not recorded" in own.err
    assert cells(part(report(lyon.snapshot()), "By kind"))[0][6:8] == ["0", "1"]
    for language, told in (("en", "closing agreed by"), ("ru", "согласовано: ")):
        assert told not in whole(report(lyon.snapshot(), language=language))
    assert "dropped by agreement" not in run("show", "1").out
    assert "consent of the other side (INTERPOL) to dropping it not recorded" in whole(meeting_sheet(lyon.snapshot()))


def test_the_agreement_of_a_third_party_is_told_and_is_no_consent(run: Run, lyon: Database) -> None:
    for number in (1, 2):
        add(lyon, state="agreed", due="2023-02-01")
        set_due(lyon, number, "2023-02-20", reason="elections", agreed_by="IOM", on="2023-01-20")
    run("close", "1", "--because", "dropped", "--agreed-by", "IOM")
    sheet, document = whole(meeting_sheet(lyon.snapshot())), whole(report(lyon.snapshot()))
    assert "not met: dropped" in sheet
    assert "closing agreed by IOM; consent of the other side (INTERPOL) to dropping it not recorded" in sheet
    assert "agreed by: IOM (consent of the other side not recorded)" in sheet
    assert "agreed by: IOM (consent of the other side not recorded)" in document
    assert cells(part(report(lyon.snapshot()), "By kind"))[0][6:8] == ["0", "1"]


def test_a_date_taken_out_without_consent_is_called_no_extension(lyon: Database) -> None:
    for number, day in ((1, None), (2, "2023-05-01")):
        add(lyon, state="agreed", due="2023-02-01")
        set_due(lyon, number, day, reason="elections", on="2023-01-20")
    sheet = whole(meeting_sheet(lyon.snapshot()))
    assert "agreement to taking out the date not recorded: #1" in sheet
    assert "agreement to the extension not recorded: #2" in sheet


def test_what_was_closed_late_by_one_side_leaves_the_rate_with_a_word(lyon: Database) -> None:
    closed: list[tuple[str, str, dict[str, Any]]] = [
        ("overtaken", "2023-02-10", {}),
        ("superseded", "2023-02-10", {"by_id": 1}),
        ("overtaken", "2023-01-31", {}),
        ("overtaken", "2023-02-10", {"agreed_by": INTERPOL}),
    ]
    for number, (because, on, more) in enumerate(closed, 1):
        add(lyon, f"Closed {number}", state="agreed", due="2023-02-01")
        do(lyon, "mark", number, "closed", because=because, on=on, **more)
    told = "closed after its date, consent of the other side not recorded"
    document, sheet = report(lyon.snapshot()), meeting_sheet(lyon.snapshot())
    for table in (part(document, "Planned and done"), part(sheet, "Done or closed since the last meeting")):
        assert {each.cells[0] for each in entries(table) if any(told in remark for remark in each.remarks)} == {
            "#1",
            "#2",
        }
    left_out = {row[0]: row[1:] for row in cells(part(document, "On-time rate"))[4:]}
    counted = "Among those above: closed after its date, consent of the other side not recorded"
    assert left_out == {
        "Due in the period": ["4", "4"],
        "Overtaken by events": ["3: #1, #3, #4"] * 2,
        "Superseded": ["1: #2"] * 2,
        counted: ["2: #1 (overtaken by events); #2 (superseded)"] * 2,
    }
    assert "consent of the other side not recorded: #1, #2." in whole(document)
    explained = " ".join(block.text for block in document.parts[0].blocks if isinstance(block, TextBlock))
    assert "2 in Q1 2023 (counted as not done, the rates would be 0 of 2 (0%) and 0 of 2 (0%))." in explained


def test_what_was_closed_late_by_one_side_is_counted_for_both_periods(lyon: Database) -> None:
    for number, (due, on) in enumerate((("2022-11-01", "2022-11-10"), ("2023-02-01", "2023-02-10")), 1):
        add(lyon, state="agreed", due=due)
        do(lyon, "mark", number, "closed", because="overtaken", on=on)
    rates = "(counted as not done, the rates would be 0 of 1 (0%) and 0 of 1 (0%))"
    told = "closed after their dates without the recorded consent of the other side"
    assert f"{told}: 1 in Q1 2023 {rates}; 1 in Q4 2022." in whole(report(lyon.snapshot()))


def test_what_is_reported_keeps_its_deadline(lyon: Database) -> None:
    add(lyon, "In time", state="agreed", due="2023-02-01")
    do(lyon, "mark", 1, "reported", on="2023-01-30")
    add(lyon, "Late", state="agreed", due="2022-12-01")
    do(lyon, "mark", 2, "reported", on="2023-02-03")
    add(lyon, "Without a date", state="agreed")
    do(lyon, "mark", 3, "reported", on="2023-02-03")
    open_now = cells(part(report(lyon.snapshot()), "Open on the day of this report"))
    assert {row[0]: row[2:] for row in open_now} == {
        "#1": ["1 Feb 2023", "reported done 30 Jan 2023"],
        "#2": ["1 Dec 2022", "reported done 3 Feb 2023, 64 days late"],
        "#3": ["no date set", "reported done 3 Feb 2023"],
    }


@pytest.mark.parametrize(
    ("because", "on", "label"),
    [
        ("declined", "2023-02-10", "reason for declining"),
        ("dropped", "2023-01-10", "reason for closing"),
        ("dropped", "2023-02-10", "reason for the miss"),
    ],
)
def test_a_reason_is_named_after_what_it_explains(lyon: Database, because: str, on: str, label: str) -> None:
    add(lyon, "Send the list", state="agreed", due="2023-02-01")
    consent = {"agreed_by": INTERPOL} if because == "dropped" else {}
    do(lyon, "mark", 1, "closed", because=because, on=on, **consent)
    do(lyon, "set_miss_reason", 1, "no staff")
    ended = part(meeting_sheet(lyon.snapshot(), since="2023-01-01"), "Done or closed since the last meeting")
    assert f"{label}: no staff" in entry(ended, 1).remarks


def test_an_extension_that_nobody_agreed_to_says_so(lyon: Database) -> None:
    add(lyon, "Send the list", state="agreed", due="2023-02-01")
    set_due(lyon, 1, "2023-02-20", reason="elections", on="2023-01-30", asked_by=MIA)
    assert "elections; asked by MIA Uzbekistan; agreed by: not recorded" in whole(report(lyon.snapshot()))


def test_a_date_that_was_taken_out_is_not_called_extended(run: Run, lyon: Database) -> None:
    add(lyon, state="agreed", due="2023-02-01")
    set_due(lyon, 1, None, reason="to be settled", on="2023-01-10")
    set_due(lyon, 1, "2023-03-20", reason="settled", on="2023-01-20")
    told = whole(report(lyon.snapshot()))
    assert "date taken out once, original date 1 Feb 2023; reason for the date that was set again: settled" in told
    assert "extended once" not in told
    assert "срок снимался 1 раз, первоначальный срок: 01.02.2023" in whole(report(lyon.snapshot(), language="ru"))
    assert "date taken out once" in run("show", "1").out
    set_due(lyon, 1, "2023-04-20", reason="the minister left", on="2023-01-25")
    told = whole(report(lyon.snapshot()))
    assert "extended once, original date 1 Feb 2023; date taken out once; last reason: the minister left" in told


@pytest.mark.parametrize(
    ("because", "more", "russian"),
    [
        ("dropped", {}, "не выполнено: прекращено"),
        ("dropped", {"agreed_by": INTERPOL}, "снято с исполнения по согласию сторон"),
    ],
)
def test_russian_says_who_ended_it(lyon: Database, because: str, more: dict[str, Any], russian: str) -> None:
    add(lyon, "Send the list", state="agreed", due="2023-02-01")
    do(lyon, "mark", 1, "closed", because=because, on="2023-01-30", **more)
    (row,) = cells(part(report(lyon.snapshot(), language="ru"), "Запланировано и выполнено"))
    assert row[4] == russian


def test_a_russian_row_says_once_that_consent_is_not_recorded(lyon: Database) -> None:
    add(lyon, "Send the list", state="agreed", due="2023-02-01")
    do(lyon, "mark", 1, "closed", because="dropped", on="2023-01-30")
    document = report(lyon.snapshot(), language="ru")
    (row,) = entries(part(document, "Закрыто без выполнения за всё время"))
    told = "; ".join([row.cells[3], *row.remarks])
    assert row.cells[3] == "не выполнено: прекращено"
    assert told.count("согласие другой стороны (INTERPOL) на прекращение не зафиксировано") == 1
    assert "односторонн" not in whole(document)
    assert "прекращение без зафиксированного согласия другой стороны" in whole(document)


def test_an_unknown_number_of_seats_is_told_in_words(lyon: Database) -> None:
    add(lyon, "Nominate", kind="nominate-experts", state="agreed", due="2023-02-01")
    do(lyon, "set_seats", 1, nominated=1)
    told = {language: whole(meeting_sheet(lyon.snapshot(), language=language)) for language in ("en", "ru")}
    assert "seats: unknown number wanted, 1 nominated, 0 acknowledged" in told["en"]
    assert "кандидаты: требуемое число не указано, выдвинуто 1, подтверждено 0" in told["ru"]


def test_the_sheet_asks_for_as_many_numbers_of_seats_as_the_report_misses(lyon: Database) -> None:
    for nominated in (0, 1):
        number = add(lyon, kind="nominate-experts", state="agreed", due="2023-02-01")
        do(lyon, "set_seats", number, nominated=nominated)
    assert "is not agreed in 2 and not added up here (nominated: 1, acknowledged: 0)." in whole(report(lyon.snapshot()))
    assert "number of seats not agreed: #1, #2" in whole(meeting_sheet(lyon.snapshot()))


def test_counts_of_a_russian_paper_stand_behind(lyon: Database) -> None:
    add(lyon, "Send the list", state="agreed", due="2023-12-01")
    documents = {language: meeting_sheet(lyon.snapshot(), language=language) for language in ("en", "ru")}
    told = {
        language: [
            text
            for each in document.parts
            for block in each.blocks
            if isinstance(block, Figures)
            for text, _ in block.in_words()
        ]
        for language, document in documents.items()
    }
    assert "1 later" in told["en"]
    assert {"срок истекает позднее: 1", "незавершённых обязательств стороны: 1"} <= set(told["ru"])


def test_a_chart_tells_kept_late_and_not_met_from_kept_and_withdrawn(lyon: Database) -> None:
    closed: list[tuple[str, dict[str, Any]]] = [("declined", {}), ("dropped", {}), ("dropped", {"agreed_by": INTERPOL})]
    for number, (because, more) in enumerate(closed):
        add(lyon, because, state="agreed", due="2023-02-01")
        do(lyon, "mark", number + 1, "closed", because=because, on="2023-01-30", **more)
    add(lyon, "Kept late", state="agreed", due="2023-02-01")
    do(lyon, "mark", 4, "confirmed", on="2023-02-10")
    blocks = part(report(lyon.snapshot()), "Planned and done").blocks
    (chart,) = [block for block in blocks if isinstance(block, Timeline)]
    assert [style for _, _, style in chart.points] == ["strong", "strong", "dim", "kept-late"]
    assert {"strong", "dim", "kept-late"} == {style for style, _ in chart.legend}


def test_a_missed_current_date_has_its_own_reason_and_says_who_sent_the_work_back(lyon: Database) -> None:
    for number in (1, 2, 3):
        add(lyon, f"Send list {number}", state="agreed", due="2023-02-01")
    for number in (1, 3):
        set_due(lyon, number, "2023-02-20", reason="no staff", on="2023-01-20")
    for number in (2, 3):
        do(lyon, "mark", number, "reported", on="2023-02-10")
        do(lyon, "mark", number, "returned", note="no signature", on="2023-02-12")
    why = {row.cells[0]: row.remarks[1:] for row in entries(part(report(lyon.snapshot()), "Not done in time, and why"))}
    assert [remark.split("; ")[0] for remark in why["#1"]] == [
        "date changed 20 Jan 2023, from 1 Feb 2023 to 20 Feb 2023: no staff",
        "current date missed: no reason recorded",
    ]
    sent_back = "sent back by INTERPOL 12 Feb 2023"
    assert why["#2"] == [sent_back, "no reason for the miss recorded"]
    assert why["#3"][1:] == [sent_back, "current date missed: no reason recorded"]
    do(lyon, "set_miss_reason", 3, "the printer broke")
    why = {row.cells[0]: row.remarks[1:] for row in entries(part(report(lyon.snapshot()), "Not done in time, and why"))}
    assert why["#3"] == ["reason for the miss: the printer broke", sent_back]


def test_each_overdue_commitment_has_its_reason_or_says_that_none_is_recorded(lyon: Database) -> None:
    for _ in range(4):
        add(lyon, state="agreed", due="2023-02-01")
    do(lyon, "set_miss_reason", 1, "the server failed")
    set_due(lyon, 2, "2023-02-10", reason="the visit", on="2023-01-30")
    set_due(lyon, 4, "2023-03-10", reason="the visit", on="2023-01-30")
    told = {"#1": "reason for the miss: the server failed", "#3": "no reason for the miss recorded"}
    told["#2"] = "current date missed: no reason recorded"
    for rows in (
        entries(part(report(lyon.snapshot()), "Open on the day of this report")),
        entries(part(meeting_sheet(lyon.snapshot()), "Commitments by this institution")),
    ):
        remarks = {row.cells[0]: [each for each in row.remarks if "reason" in each] for row in rows}
        assert {number: its[-1] for number, its in remarks.items() if number != "#4"} == told
        assert not [each for each in remarks["#4"] if "recorded" in each]


def test_what_was_closed_unkept_is_listed_with_parties_and_reason(lyon: Database) -> None:
    for title in ("Superseded", "In its place", "Declined", "Dropped"):
        add(lyon, title, state="agreed", due="2023-02-01")
    do(lyon, "mark", 1, "closed", because="superseded", by_id=2, on="2023-01-10")
    do(lyon, "mark", 2, "closed", because="overtaken", on="2023-01-11")
    do(lyon, "mark", 3, "closed", because="declined", on="2023-01-12")
    do(lyon, "set_miss_reason", 3, "no post is free")
    do(lyon, "mark", 4, "closed", because="dropped", agreed_by=INTERPOL, on="2023-01-13")
    closed = entries(part(report(lyon.snapshot()), "Closed without being kept, at any time"))
    assert [(row.cells[0], row.cells[3], row.remarks[-1]) for row in closed] == [
        ("#4", "withdrawn: dropped by agreement", "no reason for closing recorded"),
        ("#3", "not met: declined", "reason for declining: no post is free"),
        ("#2", "withdrawn: overtaken", "no reason for closing recorded"),
        ("#1", "withdrawn: superseded", "by MIA Uzbekistan to INTERPOL; superseded by #2 (withdrawn: overtaken)"),
    ]


def test_an_extension_that_nobody_is_recorded_as_agreeing_to_is_counted_and_asked_about(lyon: Database) -> None:
    for number in (1, 2, 3):
        add(lyon, state="agreed", due="2023-01-10")
        agreed = {"agreed_by": INTERPOL} if number == 2 else {}
        set_due(lyon, number, "2023-02-10", reason="the visit", on="2023-01-05", **agreed)
    sheet = whole(meeting_sheet(lyon.snapshot()))
    assert "agreement to the extension not recorded: #1, #3" in sheet
    for number in (1, 2):
        do(lyon, "mark", number, "confirmed", on="2023-02-01")
    (first, *_) = report(lyon.snapshot()).parts
    told = " ".join(block.text for block in first.blocks if isinstance(block, TextBlock))
    assert "only by an extension whose agreement is not recorded: 1 in Q1 2023 (#1)." in told


def test_a_wish_with_a_date_is_not_agreed_and_one_without_has_none(lyon: Database) -> None:
    add(lyon, "A wish with a date", due="2023-05-01")
    add(lyon, "A wish without")
    sheet = whole(meeting_sheet(lyon.snapshot()))
    assert {"no date set: #2;", "proposed date not agreed: #1;"} <= set(sheet.splitlines())
    russian = whole(meeting_sheet(lyon.snapshot(), language="ru")).splitlines()
    assert {"срок не установлен — № 2;", "предложенный срок не согласован — № 1;"} <= set(russian)


def test_who_reported_it_is_not_counted_among_those_who_may_confirm(lyon: Database) -> None:
    add(lyon, "Share the list", by=[MIA, INTERPOL], to=[MIA, INTERPOL], state="agreed")
    do(lyon, "mark", 1, "reported", said_by=[MIA])
    counts = party_counts(lyon.snapshot().rows)
    assert (counts[MIA].unconfirmed, counts[INTERPOL].unconfirmed) == (0, 1)


def test_seats_of_what_was_closed_are_told_beside_those_wanted(lyon: Database) -> None:
    add(lyon, "Nominate officers", kind="nominate-experts", state="agreed")
    add(lyon, "Nominate experts", kind="nominate-experts")
    do(lyon, "set_seats", 1, wanted=3)
    do(lyon, "set_seats", 2, wanted=5)
    do(lyon, "mark", 2, "closed", because="dropped")
    told = whole(report(lyon.snapshot()))
    assert "Of the seats wanted, 5 belong to commitments closed without being kept." in told
    assert "dropped by agreement, or never agreed): #2." in told
    assert "снято с исполнения: прекращено" in whole(report(lyon.snapshot(), language="ru"))


def test_a_note_of_several_lines_stands_in_one_remark(lyon: Database) -> None:
    add(lyon, state="agreed")
    do(lyon, "note", 1, "called them\n\nthey agree")
    assert "called them; they agree" in whole(report(lyon.snapshot(), is_internal=True))


OPEN_NOW, OWN = "Open on the day of this report", "Commitments by this institution"


def remarks_of(document: Document, heading: str, number: int) -> str:
    return "; ".join(entry(part(document, heading), number).remarks)


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([], "waits for #1"),
        (["reported"], "waited for #1 (reported done, not yet confirmed)"),
        (["reported", "confirmed"], "waited for #1 (kept)"),
        (["closed"], "waited for #1 (not met: dropped)"),
    ],
)
def test_nothing_waits_for_what_is_over(lyon: Database, steps: list[str], told: str) -> None:
    for number in (1, 2):
        add(lyon, f"Send list {number}", state="agreed", due="2023-05-01")
    do(lyon, "edit", 2, after=1)
    for step in steps:
        do(lyon, "mark", 1, step, on="2023-02-01", **({"because": "dropped"} if step == "closed" else {}))
    papers = report(lyon.snapshot()), meeting_sheet(lyon.snapshot())
    for document, heading in zip(papers, (OPEN_NOW, OWN), strict=True):
        remarks = remarks_of(document, heading, 2)
        assert told in remarks
        assert remarks.count("wait") == 1
    do(lyon, "mark", 2, "reported", on="2023-02-01")
    assert "for #1" not in whole(report(lyon.snapshot()))


def test_a_return_stands_apart_from_the_reason_for_the_miss(lyon: Database) -> None:
    add(lyon, state="agreed", due="2023-02-01")
    do(lyon, "mark", 1, "reported", on="2023-01-30")
    do(lyon, "mark", 1, "returned", note="annex 2 is missing", on="2023-02-03")
    for language, missed, none in (
        ("en", "Not done in time, and why", "no reason for the miss recorded"),
        ("ru", "Не выполнено в срок и причины этого", "причина невыполнения в срок не указана"),
    ):
        (row,) = entries(part(report(lyon.snapshot(), language=language), missed))
        assert row.remarks[-1] == none
        assert "INTERPOL" in row.remarks[-2]


def test_what_was_never_agreed_has_words_of_its_own_where_the_rate_leaves_it_out(lyon: Database) -> None:
    add(lyon, "A wish")
    add(lyon, "A wish that was given up")
    do(lyon, "mark", 2, "closed", because="dropped", on="2023-02-01")
    document = report(lyon.snapshot())
    assert figures(part(document, "All commitments, on the day of this report"))["proposed, not agreed (50%)"] == "1"
    left_out = {row[0]: row[1] for row in cells(part(document, "On-time rate"))}
    assert left_out["Never agreed, proposed or withdrawn"] == "2: #1, #2"
    closed = entry(part(document, "Closed without being kept, at any time"), 2)
    assert closed.cells[3] == "withdrawn: dropped (it was never agreed)"
    assert "consent" not in "; ".join(closed.remarks)


def set_aside_store(lyon: Database) -> None:
    """One open commitment, and two late ones of a visit that is set aside."""
    with lyon.transaction() as tx:
        operations.add_visit(tx, "Workshop", place="Vienna", start="2023-01-06", slug="vienna", hosts=[UNODC])
    add(lyon, "Send the list", state="agreed", due="2023-05-01")
    for due in ("2023-02-01", "2023-05-01"):
        number = add(lyon, "Of Vienna", visit="vienna", state="agreed", due="2023-02-01")
        if due != "2023-02-01":
            set_due(lyon, number, due, reason="elections", on="2023-01-20")
    do(lyon, "set_visit_aside", "vienna", reason="the grant is frozen")


def test_what_is_set_aside_is_named_wherever_it_is_counted(lyon: Database) -> None:
    set_aside_store(lyon)
    document = report(lyon.snapshot())
    counted = "Set aside with their visits, and counted here"
    for heading, numbers in (
        ("All commitments, on the day of this report", "#2, #3"),
        ("By institution", "#2, #3"),
        ("By kind", "#2, #3"),
        ("By event", "#2, #3"),
        ("Overdue on the day of this report, by age", "#2"),
    ):
        told = [block.text for block in part(document, heading).blocks if isinstance(block, TextBlock)]
        assert any(text.endswith(f"{counted}: {numbers}.") for text in told), heading
    assert figures(part(document, "Open on the day of this report"))["open without the 2 set aside, of these"] == "1"
    assert entry(part(document, "Due in the next quarter: Q2 2023"), 3).cells[3] == "agreed, set aside"
    assert entry(part(document, "Planned and done"), 2).cells[4] == "agreed, overdue, set aside"
    assert remarks_of(document, "Not done in time, and why", 2).startswith("by MIA Uzbekistan to INTERPOL; set aside")


def test_the_line_of_a_party_counts_what_is_set_aside(lyon: Database) -> None:
    set_aside_store(lyon)
    for document in (meeting_sheet(lyon.snapshot()), meeting_sheet(lyon.snapshot(), [MIA])):
        its = figures(part(document, MIA))
        assert its["open commitment of its own"] == "1"
        assert its["of its own set aside (see Set aside)"] == "2"
        assert "owed to it set aside (see Set aside)" not in its
    russian = meeting_sheet(lyon.snapshot(), [MIA], language="ru")
    assert "отложено обязательств стороны: 2 (см. «Отложено»)" in [
        text for block in part(russian, MIA).blocks if isinstance(block, Figures) for text, _ in block.in_words()
    ]


def test_what_a_party_has_set_aside_and_what_it_is_owed_add_up_to_the_total(lyon: Database) -> None:
    set_aside_store(lyon)
    add(lyon, "Of INTERPOL", visit="vienna", by=[INTERPOL], to=[MIA], state="agreed")
    add(lyon, "Open of INTERPOL", by=[INTERPOL], to=[MIA], state="agreed")
    document = meeting_sheet(lyon.snapshot())
    total = int(figures(part(document, "In all"))["set aside"])
    for side in ("of its own", "owed to it"):
        its = [figures(part(document, name)).get(f"{side} set aside (see Set aside)", "0") for name in (MIA, INTERPOL)]
        assert its == (["2", "1"] if side == "of its own" else ["1", "2"])
        assert sum(map(int, its)) == total


@pytest.mark.parametrize(("language", "word"), [("en", "today"), ("ru", "сегодня")])
def test_no_paper_says_today(lyon: Database, language: str, word: str) -> None:
    add(lyon, state="agreed", due=TODAY)
    snapshot = lyon.snapshot()
    for document in (
        meeting_sheet(snapshot, language=language, on="2023-03-15"),
        report(snapshot, language=language),
        list_report(snapshot, snapshot.rows, language=language),
    ):
        assert word not in whole(document).lower()
    told = {"en": "1 Mar 2023, the day of issue", "ru": "01.03.2023, срок истекает в день составления"}
    assert told[language] in whole(meeting_sheet(snapshot, language=language, on="2023-03-15"))


def test_days_of_what_is_set_aside_are_counted_on_a_day_that_its_table_names(lyon: Database) -> None:
    set_aside_store(lyon)
    heads = [
        table.columns[2].heading
        for document in (meeting_sheet(lyon.snapshot(), on="2023-03-15"), meeting_sheet(lyon.snapshot()))
        for table in part(document, "Workshop, Vienna, 6 Jan 2023").blocks
        if isinstance(table, Table)
    ]
    assert heads == ["Due (days as of 1 Mar 2023)", "Due"]


def test_a_miss_that_was_dropped_says_whose_consent_to_what_is_missing(lyon: Database) -> None:
    add(lyon, state="agreed", due="2023-02-01")
    set_due(lyon, 1, "2023-02-20", reason="elections", on="2023-01-20", asked_by=MIA, agreed_by=INTERPOL)
    do(lyon, "mark", 1, "closed", because="dropped", on="2023-02-10")
    heading = "Not done in time, and why"
    assert cells(part(report(lyon.snapshot()), heading))[0][2] == "not met: dropped"
    told = remarks_of(report(lyon.snapshot()), heading, 1)
    assert "consent of the other side (INTERPOL) to dropping it not recorded" in told
    assert "1 Feb 2023 to 20 Feb 2023: elections; asked by MIA Uzbekistan; agreed by INTERPOL" in told
    (row,) = entries(part(report(lyon.snapshot(), language="ru"), "Не выполнено в срок и причины этого"))
    russian = "; ".join(row.remarks)
    assert "согласие другой стороны (INTERPOL) на прекращение не зафиксировано" in russian


def test_of_a_mutual_promise_the_other_side_is_not_named(lyon: Database) -> None:
    add(lyon, by=[MIA, INTERPOL], to=[MIA, INTERPOL], state="agreed", due="2023-02-01")
    do(lyon, "mark", 1, "closed", because="dropped", on="2023-02-10")
    told = remarks_of(report(lyon.snapshot()), "Not done in time, and why", 1)
    assert "; consent of the other side to dropping it not recorded" in told


def test_a_date_that_was_taken_out_says_whether_the_other_side_agreed(lyon: Database) -> None:
    add(lyon, state="agreed", due="2023-02-01")
    set_due(lyon, 1, None, reason="the law is awaited", on="2023-01-10")
    assert "the law is awaited; agreed by: not recorded" in whole(meeting_sheet(lyon.snapshot(), since="2023-01-01"))


def test_nothing_stands_behind_the_signatures(lyon: Database) -> None:
    set_aside_store(lyon)
    told = [each.heading for each in meeting_sheet(lyon.snapshot(), [MIA, INTERPOL], has_decisions=True).parts]
    assert "Set aside" in told
    assert told[-1] == "Signatures"


def test_a_date_that_was_taken_out_is_told_as_that_with_its_reason(lyon: Database) -> None:
    add(lyon, state="agreed", due="2023-02-01")
    set_due(lyon, 1, None, reason="the law is awaited", on="2023-01-10")
    told = {language: whole(report(lyon.snapshot(), language=language)) for language in ("en", "ru")}
    assert "reason for taking it out: the law is awaited" in told["en"]
    assert "date 1 Feb 2023 taken out 10 Jan 2023: the law is awaited" in told["en"]
    assert "причина снятия срока: the law is awaited" in told["ru"]
    assert "10 января 2023 г. срок снят (был — 01.02.2023), причина: the law is awaited" in told["ru"]
    assert "продления: the law" not in told["ru"]


def test_who_is_no_party_to_it_is_named_so_and_counted_beside_the_rate(lyon: Database) -> None:
    add(lyon, "Of UNODC", by=[UNODC])
    for _ in range(3):
        add(lyon, state="agreed", due="2023-02-01")
    for number, voices in (
        (2, {"reported": MIA, "confirmed": UNODC}),
        (3, {"reported": UNODC}),
        (4, {"reported": MIA}),
    ):
        for step, name in voices.items():
            do(lyon, "mark", number, step, on="2023-01-30", said_by=[name])
    document = report(lyon.snapshot())
    told = whole(document)
    assert "confirmed by UNODC (not the recipient), received 30 Jan 2023" in told
    assert "reported by UNODC (not the one who promised it), done 30 Jan 2023" in told
    assert "reported or confirmed by somebody who is no party to it: 2 in Q1 2023 (#2, #3)." in told
    assert "confirmed by INTERPOL (" not in told


def test_a_grant_of_some_visits_says_of_how_many_commitments_it_is(lyon: Database) -> None:
    with lyon.transaction() as tx:
        operations.add_visit(
            tx, "Workshop", place="Vienna", start="2023-01-06", slug="vienna", hosts=[UNODC], grant="GLO-1", donor="INL"
        )
    add(lyon, "Of Lyon", state="agreed")
    add(lyon, "Of Vienna", visit="vienna", state="agreed")
    facts = dict(report(lyon.snapshot()).facts)
    assert facts["Grant number"] == "GLO-1 (1 of 2 commitments)"
    assert dict(report(lyon.snapshot(), donor="INL").facts)["Grant number"] == "GLO-1"


def test_what_was_confirmed_without_a_report_has_the_day_of_the_confirmation(lyon: Database) -> None:
    add(lyon, state="agreed", due="2022-12-01")
    do(lyon, "mark", 1, "confirmed", on="2023-02-03")
    ended = part(meeting_sheet(lyon.snapshot(), since="2023-01-01"), "Done or closed since the last meeting")
    assert entry(ended, 1).cells[3] == "confirmed 3 Feb 2023; 64 days late"


def test_a_question_on_a_mutual_promise_says_whose_word_is_awaited(lyon: Database) -> None:
    add(lyon, "Share the list", by=[MIA, INTERPOL], to=[MIA, INTERPOL], state="agreed")
    add(lyon, "Send the list", state="agreed")
    for number in (1, 2):
        do(lyon, "mark", number, "reported", said_by=[MIA])
    assert "awaiting confirmation: #2, #1 (from INTERPOL)" in whole(meeting_sheet(lyon.snapshot()))


def test_a_channel_that_is_a_side_too_has_its_commitment_once(lyon: Database) -> None:
    with lyon.transaction() as tx:
        operations.add(tx, "Send the list", visit=VISIT, by=[MIA], to=[INTERPOL], via=INTERPOL, state="agreed")
    assert "Channel or help by this institution" not in headings(meeting_sheet(lyon.snapshot()), INTERPOL)


def test_what_is_set_aside_is_told_with_who_reported_it_and_its_extensions(lyon: Database) -> None:
    set_aside_store(lyon)
    assert "extended once, original date 1 Feb 2023; last reason: elections" in whole(meeting_sheet(lyon.snapshot()))


def test_many_days_until_the_next_meeting_are_counted_by_month(lyon: Database) -> None:
    for number in range(21):
        add(lyon, state="agreed", due=f"2023-0{3 + number // 20}-{10 + number % 20}")
    assert "commitments by it: 20 in March 2023, 1 in April 2023." in whole(meeting_sheet(lyon.snapshot()))


def test_the_annex_says_in_which_quarter_its_numbers_are_what_they_are(lyon: Database) -> None:
    for _ in range(21):
        number = add(lyon, state="agreed", due="2023-05-01")
        do(lyon, "mark", number, "reported", on="2023-02-01")
    annex = part(report(lyon.snapshot()), "Annex: the numbers of commitments")
    leads = [block.lead for block in annex.blocks if isinstance(block, TextBlock)]
    assert any("Due in the next quarter: Q2 2023: reported done, not yet confirmed" in lead for lead in leads)


def test_many_numbers_of_a_question_are_counted_first(lyon: Database) -> None:
    for _ in range(21):
        add(lyon, state="agreed")
    assert "no date set: 21 in all: #1-#21" in whole(meeting_sheet(lyon.snapshot()))
