"""The first page of a report stands alone: who reports on what to whom, and all that is told has room on it."""

import re
from pathlib import Path
from typing import Any

import pytest

from store import operations
from store.database import Database
from store.errors import UsageError
from store.reports.commitment_text import CommitmentText
from store.reports.document import Document, Table, TextBlock
from store.reports.first_page_room import height_of, room_of_first_page
from store.reports.language_of_papers import load_words
from store.reports.percentages import per_cent
from store.reports.read_introduction import LONGEST_INTRODUCTION, read_introduction
from store.reports.report_period import ReportScope, period_after, period_before
from store.snapshot import Snapshot
from tests.conftest import Run
from tests.support.document_parts import figures, paragraphs, part
from tests.support.first_page_of_report import ALL, FIRST, LAST, PERIOD, REMARKS, report
from tests.support.store_builders import INTERPOL, MIA, VISIT, add, add_lyon, do

SUBMITTED = "Submitted by"


def test_a_period_has_the_one_before_and_the_quarter_after() -> None:
    assert period_before(FIRST, LAST) == ("2022-10-01", "2022-12-31")
    assert period_before("2023-03-01", "2023-03-10") == ("2023-02-19", "2023-02-28")
    assert period_after(LAST) == ("2023-04-01", "2023-06-30")


# Who, to whom, on what.


def test_it_says_who_reports_on_which_programme_grant_and_period(database: Database) -> None:
    with database.transaction() as tx:
        operations.change_settings(
            tx, office="UNODC, Regional Office", grant="GLO-1", contact="the desk", programme="P"
        )
        operations.edit_visit(tx, VISIT, donor="INL", grant="SINLEC-22")
    facts = dict(report(database.snapshot()).facts)
    assert facts | {} == facts
    assert {name: facts[name] for name in ("Reporting office", "Programme", "Donor", "Grant number", "Contact")} == {
        "Reporting office": "UNODC, Regional Office",
        "Programme": "P",
        "Donor": "INL",
        "Grant number": "SINLEC-22",
        "Contact": "the desk",
    }
    assert facts["Period"].startswith("Q1 2023")
    russian = dict(report(database.snapshot(), language="ru").facts)
    assert russian["Номер гранта"] == "SINLEC-22"


def test_what_is_not_known_is_not_printed(database: Database) -> None:
    facts = dict(report(database.snapshot()).facts)
    assert not {"Reporting office", "Grant number", "Contact"} & facts.keys()


def test_it_is_a_page_of_its_own(database: Database) -> None:
    document = report(database.snapshot())
    headings = [each.heading for each in document.parts]
    first = [each.heading for each in document.parts if each.begins_page]
    assert first[0] == "On-time rate"
    assert headings[: headings.index("On-time rate")] == [PERIOD, ALL, "Seats", SUBMITTED]


def of_first_page(document: Document) -> list[str]:
    """The headings of the sections before the first one that begins a page."""
    headings = [each.heading for each in document.parts]
    return headings[: next(place for place, each in enumerate(document.parts) if each.begins_page)]


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("paragraphs_of_it", [0, 4, 8, 30])
def test_whatever_is_told_there_is_no_more_on_it_than_has_room(
    synthetic: Snapshot, language: str, paragraphs_of_it: int
) -> None:
    told = read_introduction(
        "\n\n".join([f"{'The course was held in Tashkent. ' * 5}{n}" for n in range(paragraphs_of_it)])
    )
    document = report(synthetic, first="2026-07-01", last="2026-09-30", introduction=told, language=language)
    count = len(of_first_page(document))
    room = room_of_first_page(document.title, document.about, document.facts, document.marks)
    assert sum(height_of(each.blocks) for each in document.parts[:count]) <= room
    shown = [block for each in document.parts for block in each.blocks if block in told]
    assert shown == told


def test_remarks_without_room_stand_behind_the_on_time_rate(synthetic: Snapshot) -> None:
    short, long = (
        report(synthetic, first="2026-07-01", last="2026-09-30", introduction=read_introduction("\n\n".join(told)))
        for told in (["All is well."], [f"{'The course was held in Tashkent. ' * 5}{n}" for n in range(6)])
    )
    assert REMARKS not in [each.heading for each in short.parts]
    assert of_first_page(long) == ["Summary", PERIOD, ALL, "Seats", SUBMITTED]
    headings = [each.heading for each in long.parts]
    assert headings[headings.index("On-time rate") + 1] == REMARKS
    assert paragraphs(part(long, PERIOD))[-1] == f'Further remarks: see "{REMARKS}".'
    first = [part(short, PERIOD), part(short, ALL)]
    assert sorted(text for each in first for text in paragraphs(each)) == sorted(
        text
        for each in (part(long, PERIOD), part(long, ALL), part(long, REMARKS))
        for text in paragraphs(each)
        if not text.startswith("Further remarks")
    )


def test_an_introduction_of_many_paragraphs_goes_on_on_the_next_page(synthetic: Snapshot) -> None:
    told = read_introduction("# The quarter\n\n" + "\n\n".join(f"Course {n} was held." for n in range(60)))
    document = report(synthetic, introduction=told)
    assert of_first_page(document) == ["Summary", PERIOD, ALL, "Seats", SUBMITTED]
    assert paragraphs(part(document, "Summary"))[-1] == "The summary continues on the next page."
    behind = document.parts[len(of_first_page(document))]
    assert (behind.heading, behind.begins_page) == ("Summary, continued", True)
    assert [*part(document, "Summary").blocks[:-1], *behind.blocks] == told


def test_no_heading_of_it_is_the_last_one_on_the_first_page(synthetic: Snapshot) -> None:
    told = read_introduction("\n\n".join(f"# Course {n}\n\n{'It was held. ' * 20}" for n in range(9)))
    on_it = part(report(synthetic, introduction=told), "Summary").blocks
    assert [block.style for block in on_it if isinstance(block, TextBlock)][-2:] == ["plain", "dim"]


def test_a_share_is_rounded_half_up(empty: Database) -> None:
    scope = ReportScope(
        CommitmentText(empty.snapshot(), load_words("en"), is_internal=False), empty.snapshot(), [], FIRST, LAST
    )
    assert [per_cent(part, 40, scope) for part in (5, 7, 15)] == ["13%", "18%", "38%"]


def test_a_share_is_100_or_0_per_cent_only_for_all_and_nothing(empty: Database) -> None:
    with empty.transaction() as tx:
        operations.add_visit(tx, "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
        for _ in range(250):
            operations.add(tx, "Send it", visit=VISIT, by=[MIA], to=[INTERPOL])
    do(empty, "mark", 1, "agreed")
    told = figures(part(report(empty.snapshot()), ALL))
    assert told == {"in all": "250", "under way (1%)": "1", "proposed, not agreed (99%)": "249"}


# The office's own words.


INTRODUCTION = """\
# The quarter

The *first* two nominations
are **agreed**; see [the letter](https://example.org/1).

- INTERPOL <b>answered</b>
- 1 & 2 are late

3. third
"""


def test_the_introduction_is_markdown_and_its_html_is_text(run: Run, database: Database, tmp_path: Path) -> None:
    blocks = read_introduction(INTRODUCTION)
    assert [(block.text, block.style) for block in blocks if isinstance(block, TextBlock)] == [
        ("The quarter", "strong"),
        ("The first two nominations are agreed; see the letter (https://example.org/1).", "plain"),
        ("• INTERPOL <b>answered</b>", "plain"),
        ("• 1 & 2 are late", "plain"),
        ("3. third", "plain"),
    ]
    file = tmp_path / "intro.md"
    file.write_text(INTRODUCTION)
    result = run("report", "--quarter", "2023-Q1", "--intro", str(file), "--format", "html")
    assert result.code == 0
    assert "• INTERPOL &lt;b&gt;answered&lt;/b&gt;" in result.out
    assert result.out.index("The first two nominations") < result.out.index(PERIOD)


def test_an_introduction_that_is_too_long_missing_or_no_text_is_refused(
    run: Run, database: Database, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="has room for"):
        read_introduction("x" * (LONGEST_INTRODUCTION + 1))
    (tmp_path / "intro.md").write_bytes(b"\xff\xfe\x00")
    for name, why in (("intro.md", "is no text in UTF-8"), ("none.md", "cannot be read")):
        result = run("report", "--intro", str(tmp_path / name))
        assert result.code != 0
        assert why in result.err


WITH_A_TABLE = """\
| Course | Officers |
|---|---:|
| *Analysts* <b> | 12 |
| Investigators \\| Lyon |

| Only | heads |
|---|---|
"""


@pytest.mark.parametrize(
    ("format_", "cell"),
    [
        ("text", "Analysts <b>"),
        ("md", "| Analysts \\<b\\> | 12 |"),
        ("html", ">Analysts &lt;b&gt;</th>\n"),
        ("html", ' data-label="Officers">12</td>'),
    ],
)
def test_a_table_of_the_introduction_is_a_table(
    run: Run, database: Database, tmp_path: Path, format_: str, cell: str
) -> None:
    table, heads = read_introduction(WITH_A_TABLE)
    assert isinstance(table, Table)
    assert [(column.heading, column.is_number) for column in table.columns] == [("Course", False), ("Officers", True)]
    assert [list(entry.cells) for entry in table.entries] == [["Analysts <b>", "12"], ["Investigators | Lyon", ""]]
    assert isinstance(heads, TextBlock)
    assert heads.text == "Only · heads"
    (tmp_path / "intro.md").write_text(WITH_A_TABLE)
    result = run("report", "--quarter", "2023-Q1", "--intro", str(tmp_path / "intro.md"), "--format", format_)
    assert result.code == 0
    assert cell in result.out


@pytest.mark.parametrize("language", ["en", "ru"])
def test_seats_are_added_up_over_the_same_commitments(empty: Database, language: str) -> None:
    add_lyon(empty)
    seats_of_each: list[dict[str, Any]] = [{"wanted": 3, "nominated": 2}, {"nominated": 4}]
    for number, counts in enumerate(seats_of_each, 1):
        add(empty, f"Nominate {number}", kind="nominate-experts", state="agreed")
        do(empty, "set_seats", number, **counts)
    heading = {"en": "Seats", "ru": "Кандидаты"}[language]
    seats = part(report(empty.snapshot(), language=language), heading)
    assert list(figures(seats).values()) == ["3", "2", "0"]
    assert {"en": "nominated: 4", "ru": "выдвинуто: 4"}[language] in paragraphs(seats)[0]


@pytest.mark.parametrize("broken", ["one\\\ntwo", "one  \ntwo"])
def test_a_hard_line_break_of_the_introduction_ends_a_line(
    run: Run, database: Database, tmp_path: Path, broken: str
) -> None:
    file = tmp_path / "intro.md"
    file.write_text(broken)
    result = run("report", "--quarter", "2023-Q1", "--intro", str(file), "--format", "text")
    assert "\n one\n two\n" in result.out


def test_what_is_set_aside_is_said_on_page_one_where_it_is_counted(database: Database) -> None:
    heading = "All commitments, on the day of this report"
    assert "Set aside" not in " ".join(paragraphs(part(report(database.snapshot()), heading)))
    do(database, "set_visit_aside", VISIT, reason="waiting")
    told = " ".join(paragraphs(part(report(database.snapshot()), heading)))
    assert re.search(r"Set aside with their visits, and counted here: #\d", told)
