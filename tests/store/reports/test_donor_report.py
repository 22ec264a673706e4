"""The donor's report: the on-time rate, every miss with its reason, every change, every removal."""

from typing import Any

import pytest

from store import operations
from store.database import Database
from store.errors import NotFound, UsageError
from store.model.vocabulary_and_signs import VERDICTS, Verdict
from store.query.parse_query import parse
from store.query.sort_orders import by_urgency
from store.reports.document import Bars, Document, Timeline
from store.reports.donor_report import donor_report
from store.reports.report_period import parse_quarter
from store.rules.due_dates_and_extensions import DueDate
from store.rules.on_time_rate import By, on_time_rate
from store.rules.progress import totals
from tests.support.document_parts import cells, entries, entry, figures, numbers, paragraphs, part, whole
from tests.support.store_builders import INTERPOL, MIA, UNODC, add, add_lyon, beside, do, make_empty, set_due

FIRST, LAST = "2023-01-01", "2023-03-31"
VIENNA = "vienna-2023"


def report(database: Database, **more: Any) -> Document:
    return donor_report(database.snapshot(), **{"first": FIRST, "last": LAST, **more})


@pytest.fixture
def lively(empty: Database) -> Database:
    """One commitment of each way that a quarter can go, by number.

    1 kept in time and confirmed · 2 reported late, with a reason · 3 reported late, without one · 4 extended and then
    kept · 5 corrected · 6 extended to none · 7 overdue · 8 declined · 9 superseded by 1 · 10 dropped by agreement ·
    11 a wish with a past date · 12 due after the quarter · 13 mutual and joint, done early · 14 removed · 15 removed,
    and brought back by an undo · 16 without a date · 17 due in the quarter, and still to come
    """
    add_lyon(empty)
    with empty.transaction() as tx:
        operations.add_visit(tx, "Workshop", place="Vienna", start="2023-02-06", donor="EU", slug=VIENNA)
        operations.edit_visit(tx, "lyon-2022", donor="INL, US State Department")
    dues = (
        "2023-01-31",
        "2023-01-31",
        "2023-02-01",
        "2023-01-15",
        "2023-02-13",
        "2023-01-20",
        "2023-01-23",
        "2023-02-10",
    )
    for due in (*dues, "2023-02-10", "2023-02-10"):
        add(empty, state="agreed", due=due)
    add(empty, state="proposed", due="2023-02-01")
    add(empty, state="agreed", due="2023-06-30")
    add(empty, by=[UNODC, INTERPOL], to=[UNODC, INTERPOL], state="agreed", due="2023-04-30")
    add(empty, "A line to remove")
    add(empty, "A line to keep")
    add(empty, state="agreed")
    add(empty, state="agreed", due="2023-03-31")
    do(empty, "mark", 1, "confirmed", on="2023-01-31")
    do(empty, "mark", 2, "done", on="2023-02-25")
    do(empty, "set_miss_reason", 2, "the list had to be signed twice")
    do(empty, "mark", 3, "done", on="2023-02-26")
    set_due(empty, 4, "2023-02-15", reason="the minister was away", asked_by=MIA, agreed_by=INTERPOL, on="2023-01-10")
    do(empty, "mark", 4, "confirmed", on="2023-02-15")
    set_due(empty, 5, "2023-03-13", reason="the protocol says March", is_correction=True, on="2023-01-12")
    set_due(empty, 6, None, reason="no budget this year", on="2023-01-18")
    do(empty, "mark", 8, "closed", because="declined", on="2023-02-01")
    do(empty, "mark", 9, "closed", because="superseded", by_id=1)
    do(empty, "mark", 10, "closed", because="dropped", agreed_by=INTERPOL)
    do(empty, "mark", 13, "done", said_by=[UNODC], on="2023-02-28")
    for number in (14, 15):
        do(empty, "remove", number, "entered twice", on="2023-02-28")
    do(empty, "undo")
    return empty


def left_out(document: Document) -> dict[str, list[str]]:
    """Reason -> by the original date, by the current date."""
    return {row[0]: row[1:] for row in cells(part(document, "On-time rate"))[4:]}


def test_the_rate_is_that_of_the_rules_by_both_dates(lively: Database) -> None:
    document = report(lively)
    assert cells(part(document, "On-time rate"))[:4] == [
        ["Done in time, reported or confirmed", "1 of 7 (14%)", "2 of 6 (33%)"],
        ["Of these confirmed", "1", "2"],
        ["Done in time (numbers)", "1: #1", "2: #1, #4"],
        ["Not done in time (numbers)", "6: #2-#4, #6-#8", "4: #2, #3, #7, #8"],
    ]


def test_rate_and_left_out_are_those_of_rates(lively: Database) -> None:
    snapshot = lively.snapshot()
    commitments = list(snapshot.commitments.values())
    document = report(lively)
    for place, by in enumerate(By.ALL):
        rate = on_time_rate(commitments, by, snapshot.today, first=FIRST, last=LAST)
        kept, confirmed, *_ = (row[1 + place] for row in cells(part(document, "On-time rate")))
        assert kept.startswith(f"{rate.kept} of {rate.total} (")
        assert confirmed == str(len(rate.confirmed))
        for reason in Verdict.LEFT_OUT:
            found = rate.left_out.get(reason, [])
            printed = left_out(document).get(VERDICTS[reason].text.capitalize(), ["-", "-"])[place]
            assert printed.split(":")[0] == (str(len(found)) if found else "-")
        counted = rate.total + sum(map(len, rate.left_out.values()))
        assert counted == len(commitments)


def test_what_is_left_out_is_listed_by_number(lively: Database) -> None:
    printed = left_out(report(lively))
    assert printed["Superseded"] == ["1: #9", "1: #9"]
    assert printed["Dropped by agreement"] == ["1: #10", "1: #10"]
    assert printed["Never agreed, proposed or withdrawn"] == ["2: #11, #15", "2: #11, #15"]
    assert printed["Without a date"] == ["1: #16", "2: #6, #16"]
    assert printed["Not yet due"] == ["2: #5, #17", "2: #5, #17"]
    assert printed["Its date is outside the period"] == ["2: #12, #13", "2: #12, #13"]


def test_planned_and_done(lively: Database) -> None:
    document = report(lively)
    planned = part(document, "Planned and done")
    assert set(numbers(planned)) == {f"#{number}" for number in (*range(1, 11), 13, 17)}
    extended = ["15 Jan 2023, changed to 15 Feb 2023", "confirmed 15 Feb 2023", "kept after an extension"]
    assert entry(planned, 4).cells[2:] == extended
    assert entry(planned, 6).cells[2:] == ["20 Jan 2023, taken out", "-", "agreed"]
    assert entry(planned, 7).cells[4] == "agreed, overdue"
    assert entry(planned, 9).cells[4] == "withdrawn: superseded"
    assert "superseded by #1" in entry(planned, 9).remarks[0]
    assert entry(planned, 13).cells[4] == "reported done in time, not yet confirmed"
    assert cells(part(document, "The period in figures")) == [
        ["Due in the period, by the original date", "11", "0"],
        ["Due in the period, by the current date", "10", "0"],
        ["Done in the period, reported or confirmed", "5", "0"],
        ["Of these confirmed", "2", "0"],
        ["Done in time, original date", "1 of 7 (14%)", "-"],
        ["Of these confirmed", "1 of 7 (14%)", "-"],
        ["Done in time, current date", "2 of 6 (33%)", "-"],
        ["Of these confirmed", "2 of 6 (33%)", "-"],
    ]
    explained = " ".join(paragraphs(part(document, "The period in figures")))
    assert explained.endswith(
        "Of what was due the rates leave out, by the original and by the current date: 4 and 4 in Q1 2023 "
        "(#5, #9, #10, #17). Of these closed after their dates without the recorded consent of the other side: "
        "1 in Q1 2023 (counted as not done, the rates would be 1 of 8 (13%) and 2 of 7 (29%)). "
        "Of 6 not done in time in Q1 2023, by either date, 3 have no recorded reason: "
        "#3, #7, #8."
    )


def test_every_miss_has_its_reason_or_says_that_none_is_recorded(lively: Database) -> None:
    missed = part(report(lively), "Not done in time, and why")
    printed = {each.cells[0]: (each.cells[2], each.remarks[1]) for each in entries(missed)}
    none = "no reason for the miss recorded"
    moved = (
        "date changed 10 Jan 2023, from 15 Jan 2023 to 15 Feb 2023: the minister was away; "
        "asked by MIA Uzbekistan; agreed by INTERPOL"
    )
    taken_out = "date 20 Jan 2023 taken out 18 Jan 2023: no budget this year; agreed by: not recorded"
    assert printed == {
        "#2": ("reported done 25 days late, not confirmed", "reason for the miss: the list had to be signed twice"),
        "#3": ("reported done 25 days late, not confirmed", none),
        "#4": ("by the original date: done 31 days late", moved),
        "#6": ("by the original date: not done, 40 days late", taken_out),
        "#7": ("not done, 37 days late", none),
        "#8": ("not met: declined", "no reason for declining recorded"),
    }


def test_changes_of_date_stand_apart_from_corrections(lively: Database) -> None:
    document = report(lively)
    changes = part(document, "Changes of date in the period")
    assert cells(changes) == [
        ["#4", "Send the list", "10 Jan 2023", "15 Jan 2023", "15 Feb 2023", "extension"],
        ["#6", "Send the list", "18 Jan 2023", "20 Jan 2023", "none", "date taken out"],
    ]
    assert [list(each.remarks) for each in entries(changes)] == [
        ["reason: the minister was away", "asked by: MIA Uzbekistan; agreed by: INTERPOL"],
        ["reason: no budget this year", "asked by: not recorded; agreed by: not recorded"],
    ]
    mended = part(document, "Corrections of mistyped dates in the period")
    assert cells(mended) == [["#5", "Send the list", "12 Jan 2023", "13 Feb 2023", "13 Mar 2023", "correction"]]
    assert entries(mended)[0].remarks == ["reason: the protocol says March"]


def test_a_date_brought_forward_and_one_set_again_are_no_extensions(lively: Database) -> None:
    set_due(lively, 12, "2023-05-31", reason="earlier", on="2023-02-20")
    set_due(lively, 6, "2023-06-30", reason="the budget came", on="2023-02-21")
    kinds = {row[0]: row[5] for row in cells(part(report(lively, first="2023-02-01"), "Changes of date in the period"))}
    assert kinds == {"#12": "brought forward", "#6": "set again"}


def test_a_line_removed_is_told_and_one_brought_back_is_not(lively: Database) -> None:
    removed = part(report(lively), "Entries removed as made in error")
    assert cells(removed) == [["#14", "A line to remove", "28 Feb 2023"]]
    assert list(entries(removed)[0].remarks) == ["by MIA Uzbekistan to INTERPOL"]
    printed = "removed by asel: entered twice"
    assert printed in entries(part(report(lively, is_internal=True), "Entries removed as made in error"))[0].remarks
    none = ["No entry was removed in the period."]
    assert paragraphs(part(report(lively, last="2023-02-27"), "Entries removed as made in error")) == none
    do(lively, "redo")
    assert numbers(part(report(lively), "Entries removed as made in error")) == ["#14", "#15"]


def test_removed_lines_follow_donor_query_and_a_visits_new_slug(lively: Database) -> None:
    heading = "Entries removed as made in error"
    do(lively, "edit_visit", "lyon-2022", new_slug="lyon-first")
    assert numbers(part(report(lively, donor="INL"), heading)) == ["#14"]
    assert numbers(part(report(lively, donor="EU"), heading)) == []
    for text, found in (("by:MIA", ["#14"]), ("by:UNODC", []), ("remove visit:lyon-first", ["#14"])):
        query = parse(text, today="2023-03-01", me=[])
        assert numbers(part(report(lively, query=query), heading)) == found


def test_a_removed_line_whose_visit_is_gone_stands_in_the_report_on_all(lively: Database) -> None:
    heading = "Entries removed as made in error"
    number = add(lively, "Of no visit", visit=VIENNA)
    do(lively, "remove", number, "wrong visit")
    do(lively, "remove_visit", VIENNA)
    assert numbers(part(report(lively), heading)) == ["#14", f"#{number}"]
    assert numbers(part(report(lively, donor="INL"), heading)) == ["#14"]


def test_what_is_open_now_is_that_of_status(lively: Database) -> None:
    snapshot = lively.snapshot()
    now = part(report(lively), "Open on the day of this report")
    counts = snapshot.counts()
    assert int(figures(now)["open, of these"]) == counts["open"] == len(entries(now))
    wishes = int(figures(now)["proposed date passed, not agreed"])
    assert int(figures(now)["overdue"]) == counts["overdue"] - wishes == 1
    assert sum(map(int, figures(now).values())) == 2 * counts["open"]
    assert numbers(now) == [f"#{row.commitment['id']}" for row in sorted(snapshot.open_rows, key=by_urgency)]
    silent = [row.commitment["id"] for row in snapshot.open_rows if row.is_silent]
    printed = [int(each.cells[0][1:]) for each in entries(now) if "no news for" in each.remarks[0]]
    assert sorted(printed) == silent
    assert entry(now, 11).cells[2] == "proposed for 1 Feb 2023, not agreed"


def test_visits_stand_with_what_they_left_and_with_nothing(lively: Database) -> None:
    visits = part(report(lively), "By event")
    lyon, vienna = entries(visits)[1], entries(visits)[0]
    its = totals(list(lively.snapshot().commitments.values()), "2023-03-01", first=FIRST, last=LAST)
    in_work = f"{its.in_work} ({its.late})"
    counts = [str(each) for each in (its.promised, its.kept, its.reported, in_work)]
    counts += [str(each) for each in (its.proposed, its.withdrawn, its.not_met)]
    assert lyon.cells == ["Study visit, Lyon, 6-8 Dec 2022", *counts, "1 of 7", "2 of 6"]
    assert vienna.cells[:2] == ["Workshop, Vienna, 6 Feb 2023", "0"]
    assert list(vienna.remarks) == ["no promise recorded", "donor: EU"]
    bars = next(block for block in visits.blocks if isinstance(block, Bars))
    assert [(label, sum(counts)) for label, counts in bars.bars] == [("Vienna, 2023", 0), ("Lyon, 2022", its.promised)]
    assert "Vienna, 2023: no promise recorded" in bars.description
    assert f"{its.late} under way, overdue" in bars.description


def test_what_has_no_date_is_neither_in_time_nor_late(lively: Database) -> None:
    number = add(lively, "Reported without a date", state="agreed")
    do(lively, "mark", number, "done", on="2023-02-20")
    bars = next(block for block in part(report(lively), "By event").blocks if isinstance(block, Bars))
    counts = dict(zip([what for what, _ in bars.pieces], dict(bars.bars)["Lyon, 2022"], strict=True))
    assert counts == {
        "kept, not late": 2,
        "kept late": 0,
        "reported done, not yet confirmed": 4,
        "under way, in time": 3,
        "under way, no date set": 2,
        "under way, overdue": 1,
        "proposed, not agreed": 2,
        "withdrawn": 2,
        "not met": 1,
    }
    assert sum(counts.values()) == len(lively.snapshot().rows)
    assert all(f"{count} {what}" in bars.description for what, count in counts.items() if count)


def test_a_count_that_is_zero_is_not_told_in_words(lively: Database) -> None:
    query = parse("id:1,12", today="2023-03-01", me=[])
    bars = next(block for block in part(report(lively, query=query), "By event").blocks if isinstance(block, Bars))
    assert bars.bars == [("Lyon, 2022", (1, 0, 0, 1, 0, 0, 0, 0, 0))]
    assert bars.description == "Lyon, 2022: 1 kept, not late; 1 under way, in time."


def test_institutions_have_what_they_promised_jointly_too(lively: Database) -> None:
    by_institution = part(report(lively), "By institution")
    printed = {row[0]: row for row in cells(by_institution)}
    assert printed[MIA][1] == "15"
    assert printed[UNODC][1:] == ["1", "0", "1", "0", "0", "0", "0", "-", "-", "1"]
    assert printed[INTERPOL][1] == "1"
    open_to_interpol = sum(INTERPOL in row.commitment["to"] for row in lively.snapshot().open_rows)
    assert printed[INTERPOL][10] == str(open_to_interpol)
    assert paragraphs(by_institution) == [
        "A joint commitment is counted for each institution: 17 entries for 16 commitments, "
        "and 12 owed for 11 open ones."
    ]


def test_kinds_stand_with_what_became_of_them(lively: Database) -> None:
    add(lively, "Train ten officers", kind="train", state="agreed", due="2023-02-20")
    add(lively, "Something else", kind="a kind of our own")
    printed = {row[0]: row[1:6] for row in cells(part(report(lively), "By kind"))}
    assert printed == {
        "train": ["1", "0", "0", "1 (1)", "0"],
        "other": ["16", "2", "3", "6 (1)", "2"],
        "a kind of our own": ["1", "0", "0", "0", "1"],
        "In all": ["18", "2", "3", "7 (2)", "3"],
    }


def test_the_timeline_has_every_agreed_date_up_to_a_quarter_later(lively: Database) -> None:
    timeline = next(b for b in part(report(lively), "Planned and done").blocks if isinstance(b, Timeline))
    assert (timeline.first, timeline.last, timeline.today) == (FIRST, "2023-06-30", "2023-03-01")
    assert ("2023-01-15", "(#4)", "dim") in timeline.points
    assert ("2023-02-15", "#4", "finished") in timeline.points
    assert ("2023-01-23", "#7", "overdue") in timeline.points
    assert ("2023-06-30", "#12", "plain") in timeline.points
    assert [savepoint[0] for savepoint in timeline.points] == sorted(savepoint[0] for savepoint in timeline.points)
    assert all(label in timeline.description for _, label, _ in timeline.points)
    assert "#11" not in timeline.description
    assert [name for _, name in timeline.months] == ["Jan 2023", "Feb", "Mar", "Apr", "May", "Jun"]


def test_the_timeline_ends_a_quarter_after_the_period(lively: Database) -> None:
    add(lively, state="agreed", due="2023-07-01")
    document = report(lively, first="2023-02-01")
    timeline = next(b for b in part(document, "Planned and done").blocks if isinstance(b, Timeline))
    assert (timeline.points[0][0], timeline.points[-1][0]) == ("2023-02-01", "2023-06-30")
    assert timeline.months[0] == ("2023-02-01", "Feb 2023")


def test_a_donor_narrows_to_its_visits(lively: Database) -> None:
    add(lively, "Of Vienna", visit=VIENNA, state="agreed", due="2023-02-28")
    document = report(lively, donor="eu")
    assert numbers(part(document, "Open on the day of this report")) == ["#18"]
    assert [row[0] for row in cells(part(document, "By event"))] == ["Workshop, Vienna, 6 Feb 2023", "In all"]
    assert ("Donor", "EU") in document.facts
    assert ("A selection", "1 of 17 commitments of the list") in document.facts
    assert ("Donor", "INL, US State Department") in report(lively, donor="state inl").facts


@pytest.mark.parametrize("typed", ["Norway", "IN", "INL Norway", "", "---"])
def test_a_donor_of_no_visit_is_refused_with_those_there_are(lively: Database, typed: str) -> None:
    with pytest.raises(NotFound, match="the donors are EU, INL, US State Department") as refused:
        report(lively, donor=typed)
    assert refused.value.field == "donor"


def test_without_any_donor_that_is_said(database: Database) -> None:
    with pytest.raises(NotFound, match="no visit has a donor"):
        report(database, donor="INL")


def test_a_query_leaves_out_visits_it_asks_nothing_of(lively: Database) -> None:
    query = parse("id:1-3", today="2023-03-01", me=[])
    document = report(lively, query=query)
    assert [row[0] for row in cells(part(document, "By event"))] == ["Study visit, Lyon, 6-8 Dec 2022", "In all"]
    assert cells(part(document, "On-time rate"))[0][1] == "1 of 3 (33%)"


def test_an_empty_store_has_a_report(empty: Database) -> None:
    for language, nothing in (("en", "-"), ("ru", "—")):
        document = report(empty, language=language)
        assert entries(document.parts[0])[-1].cells[-1] == nothing
    assert "There is no event." in whole(report(empty))


@pytest.mark.parametrize(
    ("first", "last", "field"), [("2023-03-31", "2023-01-01", "last"), ("2023-03-02", "2023-03-31", "first")]
)
def test_a_period_backwards_or_to_come_is_refused(database: Database, first: str, last: str, field: str) -> None:
    with pytest.raises(UsageError) as refused:
        report(database, first=first, last=last)
    assert refused.value.field == field


def test_the_period_and_the_day_stand_on_it(database: Database) -> None:
    facts = dict(report(database).facts)
    assert facts["Period"] == "Q1 2023: 1 Jan 2023 - 31 Mar 2023, not over yet"
    assert facts["As recorded"] == f"1 Mar 2023, revision {database.snapshot().revision}"
    assert dict(report(database, first="2022-11-15", last="2022-12-31").facts)["Period"] == "15 Nov 2022 - 31 Dec 2022"
    facts = dict(report(database, first="2022-10-01", last="2022-12-31", language="ru").facts)
    assert facts["Период"] == "IV квартал 2022 г.: 1 октября 2022 г. – 31 декабря 2022 г."


@pytest.mark.parametrize(
    ("today", "period"),
    [
        ("2023-01-01", ("2022-10-01", "2022-12-31")),
        ("2023-03-31", ("2022-10-01", "2022-12-31")),
        ("2023-04-01", ("2023-01-01", "2023-03-31")),
        ("2026-11-25", ("2026-07-01", "2026-09-30")),
        ("2024-12-31", ("2024-07-01", "2024-09-30")),
    ],
)
def test_the_last_quarter_that_has_ended(today: str, period: tuple[str, str]) -> None:
    assert parse_quarter(None, today) == period


@pytest.mark.parametrize("typed", ["2023-Q1", "Q1 2023", "1st quarter of 2023", "I квартал 2023"])
def test_a_quarter_in_words(typed: str) -> None:
    assert parse_quarter(typed, "2023-06-01") == (FIRST, LAST)


@pytest.mark.parametrize("typed", ["2023-03", "2023", "2023-01-01", "none", "first quarter of the moon", "", "2023-Q5"])
def test_what_is_no_quarter_is_refused(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_quarter(typed, "2023-06-01")


def test_it_tells_the_store_of_a_later_day_as_it_is_then(lively: Database) -> None:
    later = beside(lively, day="2023-06-01")
    set_due(later, 7, "2023-08-01", reason="late in the year", on="2023-05-01")
    document = donor_report(later.snapshot(), first=FIRST, last=LAST)
    assert "#7" not in numbers(part(document, "Changes of date in the period"))
    printed = {row[0]: row[2] for row in cells(part(document, "Not done in time, and why"))}
    assert printed["#7"] == "by the original date: not done, 129 days late"


def test_a_wish_that_became_agreed_after_its_date(path: str) -> None:
    database = make_empty(path)
    add_lyon(database)
    add(database, due="2023-02-01")
    assert numbers(part(report(database), "Planned and done")) == []
    with database.transaction() as tx:
        operations.mark(tx, 1, "agreed")
        operations.set_due(tx, 1, DueDate("2023-03-20", "day"), reason="agreed late")
    planned = part(report(database), "Planned and done")
    assert entry(planned, 1).cells[2] == "1 Feb 2023, changed to 20 Mar 2023"
