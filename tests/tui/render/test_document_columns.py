"""The columns of a paper as text: titles have their room, what stands beside them is as wide as what it holds."""

import re

import pytest

from store.reports.document import Document, Section, Table, TableColumn, TableRow
from store.reports.donor_report import donor_report
from store.reports.meeting_sheet import meeting_sheet
from store.snapshot import Snapshot
from tui.render.document_lines import document_lines
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle

RULE = "─" * 10


def lines_of_sheet(snapshot: Snapshot, width: int = 80) -> list[str]:
    return list(map(text_of, document_lines(meeting_sheet(snapshot), TerminalStyle(width=width))))


def report(snapshot: Snapshot) -> Document:
    return donor_report(snapshot, first="2023-01-01", last="2023-03-31")


@pytest.mark.parametrize("width", [80, 100])
def test_all_tables_of_a_paper_have_their_columns_below_each_other(demo_snapshot: Snapshot, width: int) -> None:
    heads = [line.index("To / from") for line in lines_of_sheet(demo_snapshot, width) if "To / from" in line]
    assert len(heads) > 2
    assert len(set(heads)) == 1


def test_a_title_has_34_of_80_columns_and_no_name_is_parted_from_its_to(demo_snapshot: Snapshot) -> None:
    lines = lines_of_sheet(demo_snapshot)
    head = next(line for line in lines if "Commitment" in line)
    assert head.index("To / from") - len("  ") - head.index("Commitment") >= 34
    assert not [line for line in lines if re.search(r"(?<!entered) (to|by)$", line)]


def test_a_date_and_how_late_it_is_stand_in_one_line_where_there_is_room(demo_snapshot: Snapshot) -> None:
    late = [line for line in lines_of_sheet(demo_snapshot, 100) if re.match(r" #\d+ .* late ", line)]
    assert late
    assert not [line for line in lines_of_sheet(demo_snapshot, 100) if line.endswith(", in")]


def test_a_sheet_of_paper_is_no_wider_than_one_can_read(demo_snapshot: Snapshot) -> None:
    lines = lines_of_sheet(demo_snapshot, 200)
    assert lines == lines_of_sheet(demo_snapshot, 120)
    sentences = [line for line in lines if re.match(r" What| {7}\S", line)]
    assert sentences
    assert max(map(len, sentences)) < 100


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_what_is_filled_in_by_hand_has_room_on_the_page(demo_snapshot: Snapshot, language: str, width: int) -> None:
    sheet = meeting_sheet(demo_snapshot, has_decisions=True, language=language)
    blank = [text for text in map(text_of, document_lines(sheet, TerminalStyle(width=width))) if "____" in text]
    assert {"Name and position" if language == "en" else "Фамилия, имя, отчество, должность"} <= {
        text.split("_")[0].strip() for text in blank
    }
    assert max(map(len, blank)) < width
    assert min(len(gap) for text in blank for gap in re.findall("_+", text)) >= len("31.12.26")


def test_a_wide_screen_does_not_part_the_words_of_a_state(demo_snapshot: Snapshot) -> None:
    lines = lines_of_sheet(demo_snapshot, 120)
    assert [line for line in lines if line.endswith(" in progress")]
    assert not [line for line in lines if line.endswith(" in")]


def test_on_a_narrow_screen_what_stands_beside_a_title_stands_under_it(demo_snapshot: Snapshot) -> None:
    lines = lines_of_sheet(demo_snapshot, 60)
    at = next(place for place, line in enumerate(lines) if line.startswith(" #8 "))
    assert lines[at] == " #8  Return the signed data protocol"
    day = day_of_number_8(demo_snapshot).rpartition(" ")[0]
    assert lines[at + 1].split()[:5] == ["by", "MIA", "UZ", *day.split()[:2]]
    head = lines.index(" No. Commitment")
    assert lines[head + 1].split() == ["To", "/", "from", "Due", "State"]
    assert lines[head + 1].index("Due") == lines[at + 1].index(day)


def day_of_number_8(snapshot: Snapshot) -> str:
    line = next(line for line in lines_of_sheet(snapshot, 100) if line.startswith(" #8 "))
    found = re.search(r"\d+ \w+ \d{4}, \w+", line)
    assert found
    return found[0]


def test_rules_stand_between_parties_alone(demo_snapshot: Snapshot) -> None:
    lines = lines_of_sheet(demo_snapshot)
    below = [lines[place + 1] for place, line in enumerate(lines) if RULE in line]
    assert below[:3] == [" INTERPOL", " IOM", " MIA Uzbekistan (MIA UZ)"]
    assert all(line == line.title() or "(" in line or line.isupper() for line in below)
    assert RULE not in lines[-1]
    assert not [line for line in map(text_of, document_lines(report(demo_snapshot), TerminalStyle())) if RULE in line]


def test_figures_that_have_no_room_beside_their_label_stand_under_it_each_with_its_heading(
    demo_snapshot: Snapshot,
) -> None:
    lines = list(map(text_of, document_lines(report(demo_snapshot), TerminalStyle())))
    at = lines.index(" BY EVENT")
    label = next(place for place in range(at, len(lines)) if lines[place].startswith(" Study visit"))
    assert lines[label + 1].startswith("   In all: 5 · Under way (overdue): 2 · Proposed: 3")


def test_no_blank_line_stands_for_figures_that_there_are_none_of() -> None:
    columns = [
        TableColumn("Event", 200),
        *(TableColumn(f"Quite a long heading {n}", 20, is_number=True) for n in range(9)),
    ]
    rows = [TableRow(["Workshop, Vienna", "0", *[""] * 8], remarks=["no promise recorded"])]
    document = Document("A report", [], [], [], [Section("By event", [Table(columns, rows)])], "en")
    lines = [text_of(line) for line in document_lines(document, TerminalStyle())]
    assert lines[-2:] == [" Workshop, Vienna", "   no promise recorded"]
