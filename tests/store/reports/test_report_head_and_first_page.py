"""The first page of a report stands alone: who reports on what to whom, and each figure is that of the records."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import operations
from store.database import Database
from store.errors import UsageError
from store.file import strict_reader
from store.file.serialize_file import serialize
from store.formats.records_as_json import commitment_json
from store.model.format_version import FORMAT, TABLES, VERSION
from store.model.record_types import Meta
from store.model.vocabulary_and_signs import Because, State
from store.reports.commitment_text import CommitmentText
from store.reports.document import Bars, Document, Table, TextBlock
from store.reports.donor_report import donor_report
from store.reports.first_page_room import height_of, room_of_first_page
from store.reports.language_of_papers import load_words
from store.reports.percentages import per_cent
from store.reports.read_introduction import LONGEST_INTRODUCTION, read_introduction
from store.reports.report_period import ReportScope, period_after, period_before
from store.snapshot import Snapshot
from tests.conftest import Run
from tests.support.document_parts import cells, figures, paragraphs, part
from tests.support.fixed_day_and_user import TODAY
from tests.support.recount_report import recount
from tests.support.store_builders import INTERPOL, MIA, UNODC, VISIT, do
from tests.support.synthetic_stores import made

FIRST, LAST = "2023-01-01", "2023-03-31"
PERIOD = "The period in figures"
ALL = "All commitments, on the day of this report"
REMARKS = "Remarks on the first page"
SUBMITTED = "Submitted by"
_RATE = r"\d+ of \d+ \(\d+%\)|-"


def report(snapshot: Snapshot, **more: Any) -> Document:
    return donor_report(snapshot, **{"first": FIRST, "last": LAST, **more})


# Each figure, counted anew.


def rate_of(cell: str) -> tuple[int, int]:
    """`2 of 6 (33%)` -> 2, 6; its share is that of the two."""
    if cell == "-":
        return 0, 0
    match = re.fullmatch(r"(\d+) of (\d+) \((\d+)%\)", cell)
    assert match, cell
    kept, total, share = map(int, match.groups())
    assert abs(share - 100 * kept / total) <= 1
    return kept, total


def printed(document: Document) -> dict[str, Any]:
    """The figures of the first page, as `recount` names them."""
    lines = []
    _, *periods = zip(*cells(part(document, PERIOD)), strict=True)
    for column in periods:
        counts = dict(zip(("due, original", "due, current", "done", "confirmed"), map(int, column[:4]), strict=True))
        rates = {
            "in time, original": rate_of(column[4]),
            "confirmed in time, original": rate_of(column[5])[0],
            "in time, current": rate_of(column[6]),
            "confirmed in time, current": rate_of(column[7])[0],
        }
        assert [rate_of(cell)[1] for cell in column[4::2]] == [rate_of(cell)[1] for cell in column[5::2]]
        lines.append({**counts, **rates})
    moved = [text for each in document.parts if each.heading == REMARKS for text in paragraphs(each)]
    explained = " ".join([*paragraphs(part(document, PERIOD)), *moved])
    pairs = []
    headings = [column.heading for column in table_of(document).columns[1:]]
    first = headings[0]
    for line, heading in zip(lines, headings, strict=True):
        left_out = re.search(
            rf"was due the rates leave out, [^.]*?: (?:[^.]*; )?(\d+) and (\d+) in {heading}"
            r"(?:, \d+ in all)? \((.*?)\)",
            explained,
        )
        pairs.append(left_out.group(1, 2) if left_out else ("0", "0"))
        line["left out"] = numbers_of(left_out, document, 3)
    extended = re.search(rf"only by an extension [^.]*?: \d+ in {re.escape(first)} \((.*?)\)", explained)
    unexplained = re.search(
        r"Of (\d+) not done in time in [^,]*, by either date, (\d+) (?:has|have) .*?: (.*?)\.", explained
    )
    reasons = (int(unexplained[1]), numbers_of(unexplained, document, 3)) if unexplained else (0, [])
    assert not unexplained or int(unexplained[2]) == len(reasons[1])
    about_misses = {"late without agreement": numbers_of(extended, document), "without reason": reasons}
    otherwise = re.search(
        rf"\d+ in {first} \(counted as not done, the rates would be ({_RATE}) and ({_RATE})\)",
        explained,
    )
    others = re.search(rf"by somebody who is no party to it: \d+ in {first} \((.*?)\)", explained)
    if_not_done = [rate_of(cell) for cell in otherwise.groups()] if otherwise else []
    for line, pair in zip(lines, pairs, strict=True):
        line |= dict(zip(("left out, original", "left out, current"), map(int, pair), strict=True))
    table = {row[0]: row[1:] for row in cells(part(document, "On-time rate"))}
    assert tuple(table.get("Due in the period", ["0", "0"])) == pairs[0]
    told: dict[str, int] = {}
    stand = part(document, ALL)
    for what, count in figures(stand).items():
        told[re.sub(r" \(\d+%\)", "", what)] = int(count)
    numbers = {"all": told.pop("in all", 0), "kept": 0, "kept late": 0, "in-work": 0, "late": 0}
    words = {"reported done, not yet confirmed": "reported", "proposed, not agreed": "proposed", "not met": "not-met"}
    for what, number in told.items():
        word, _, late = what.partition(", ")
        if word == "kept":
            numbers |= {"kept": number, "kept late": int(late.split()[0]) if late else 0}
        elif word == "under way":
            numbers |= {"in-work": number, "late": int(late.split()[0]) if late else 0}
        else:
            numbers[words.get(what, what)] = number
    for word in (*words.values(), "withdrawn"):
        numbers.setdefault(word, 0)
    bars = [sum(its) for block in stand.blocks if isinstance(block, Bars) for _, its in block.bars]
    assert bars == ([numbers["all"]] if numbers["all"] else [])
    told_numbers = " ".join([*paragraphs(stand), *moved])
    listed = {
        f"numbers, {word}": numbers_of(re.search(rf"{told} \(.*?\): (.*?)\.", told_numbers), document)
        for word, told in (("not-met", "Not met"), ("withdrawn", "Withdrawn"))
    }
    seats: dict[str, Any] = {"seats": [0, 0, 0], "seats only proposed": 0, "nominations": 0, "seats unknown": 0}
    seats["seats closed"] = 0
    if any(each.heading == "Seats" for each in document.parts):
        (about,) = paragraphs(part(document, "Seats"))
        about, _, closed = about.partition("Of the seats wanted, ")
        found = list(map(int, re.findall(r"\d+", about)))
        proposed = re.search(r"\((\d+) of them only proposed\)", " ".join(figures(part(document, "Seats"))))
        seats = {
            "seats": list(map(int, figures(part(document, "Seats")).values())),
            "seats only proposed": int(proposed[1]) if proposed else 0,
            "seats closed": int(closed.split()[0]) if closed else 0,
            "nominations": found[0],
            "seats unknown": found[1] if len(found) > 1 else 0,
        }
    return {
        "period": lines[0],
        "before": lines[1],
        "if not done": if_not_done,
        "by the word of others": numbers_of(others, document),
        **about_misses,
        **numbers,
        **listed,
        **seats,
    }


def table_of(document: Document) -> Table:
    """The table of the first page."""
    return next(block for block in part(document, PERIOD).blocks if isinstance(block, Table))


def numbers_of(told: re.Match[str] | None, document: Document, group: int = 1) -> list[int]:
    """The numbers of commitments in a sentence, or in the list of the annex that it names."""
    if told is None:
        return []
    text = told[group]
    if place := re.fullmatch(r"see annex, list (\d+)", text):
        blocks = part(document, "Annex: the numbers of commitments").blocks
        (text,) = [
            block.text for block in blocks if isinstance(block, TextBlock) and block.lead.startswith(f"{place[1]}.")
        ]
    runs = re.findall(r"#(\d+)(?:-#(\d+))?", text)
    return [number for first, last in runs for number in range(int(first), int(last or first) + 1)]


def as_json(snapshot: Snapshot) -> Any:
    return json.loads(json.dumps([commitment_json(row, snapshot) for row in snapshot.rows]))


@pytest.fixture(scope="module")
def synthetic() -> Snapshot:
    return Snapshot(strict_reader.read(made(400, 6)), "2026-11-25")


PERIODS = [("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31"), ("2026-01-01", "2026-11-25")]


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_each_figure_is_that_of_a_count_from_the_json(synthetic: Snapshot, first: str, last: str) -> None:
    document = report(synthetic, first=first, last=last)
    assert printed(document) == recount(as_json(synthetic), first, last, "2026-11-25")


def day(offset: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(offset)).isoformat()


OFFSETS = st.integers(-200, 200)
STAMPS = {"created": "2022-12-09T09:00:00Z", "updated": "2022-12-10T09:00:00Z", "revision": 1}


@st.composite
def commitments(draw: st.DrawFn) -> dict[str, Any]:
    state = draw(st.sampled_from(State.ALL))
    dates = {name: draw(st.none() | OFFSETS.map(day)) for name in ("due", "original_due", "agreed_on")}
    record: dict[str, Any] = {name: value for name, value in dates.items() if value is not None}
    voice = {"said_by": [MIA], "recorded_by": "asel"}
    past = st.integers(-200, 0).map(day)
    if state == State.REPORTED or (state == State.CONFIRMED and draw(st.booleans())):
        record["reported"] = {**voice, "said_by": [draw(st.sampled_from((MIA, UNODC)))], "on": draw(past)}
    if state == State.CONFIRMED:
        record["confirmed"] = {**voice, "said_by": [draw(st.sampled_from((INTERPOL, UNODC)))], "on": draw(past)}
    if state == State.CLOSED:
        agreed = {"agreed_by": INTERPOL} if draw(st.booleans()) else {}
        record["closed"] = {"because": draw(st.sampled_from(Because.ALL)), "on": draw(past), **agreed}
    if draw(st.booleans()):
        record["seats"] = draw(st.sampled_from([{"wanted": 3}, {"nominated": 2}, {"wanted": 2, "nominated": 2}]))
    kind = draw(st.sampled_from(["other", "nominate-experts", "our own"]))
    return {
        "title": "x",
        "visit": "v",
        "kind": kind,
        "by": [MIA],
        "to": [INTERPOL],
        "owner": "o",
        "state": state,
        **record,
    }


def snapshot_of(some: list[dict[str, Any]]) -> Snapshot:
    visit = {"id": 1, "slug": "v", "title": "Visit", "start": "2022-12-06", "end": "2022-12-08", **STAMPS}
    parties = {place: {"id": place, "name": name, **STAMPS} for place, name in enumerate((MIA, INTERPOL, UNODC), 1)}
    records = {number: {"id": number, **each, **STAMPS} for number, each in enumerate(some, 1)}
    meta: Meta = {
        "format": FORMAT,
        "schema": VERSION,
        "revision": 1,
        "next": dict.fromkeys(TABLES, 100),
        "settings": {},
    }
    tables: Any = {"visits": {1: visit}, "parties": parties, "commitments": records, "events": {}}
    return Snapshot(strict_reader.read(serialize(meta, tables)), TODAY)


@given(st.lists(commitments(), max_size=12))
def test_whatever_the_records_hold_each_figure_is_that_of_a_count_from_the_json(some: list[dict[str, Any]]) -> None:
    snapshot = snapshot_of(some)
    assert printed(report(snapshot)) == recount(as_json(snapshot), FIRST, LAST, TODAY)


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


def test_what_is_set_aside_is_said_on_page_one_where_it_is_counted(database: Database) -> None:
    heading = "All commitments, on the day of this report"
    assert "Set aside" not in " ".join(paragraphs(part(report(database.snapshot()), heading)))
    do(database, "set_visit_aside", VISIT, reason="waiting")
    told = " ".join(paragraphs(part(report(database.snapshot()), heading)))
    assert re.search(r"Set aside with their visits, and counted here: #\d", told)
