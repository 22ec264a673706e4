"""Words, widths and lines that are drawn without a terminal."""

import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from rich.cells import cell_len

from store.model.record_types import Commitment, Event
from store.model.vocabulary_and_signs import BANDS, STATES
from store.rules.assess_overdue_and_tally import assess
from store.snapshot import Row
from tests.support.store_builders import make_store
from tui.render import day_words, lateness_and_outcome_words
from tui.render.commitment_table import CommitmentTable, parties
from tui.render.event_words import Notation, details, headline
from tui.render.line_of_counts import line_of_counts
from tui.render.terminal_style import TerminalStyle, carries_utf8
from tui.render.widths import padded, width_of, wrapped

TODAY = "2023-01-09"


def row_of(state: str, due: str | None = None, **fields: Any) -> Row:
    """A row of a commitment with these fields on TODAY."""
    commitment: dict[str, Any] = {"id": 7, "state": state, **({"due": due} if due else {}), **fields}
    reported, confirmed = (commitment.get(voice) for voice in ("reported", "confirmed"))
    assessment = assess(
        state,
        due,
        commitment.get("original_due"),
        reported["on"] if reported else None,
        confirmed["on"] if confirmed else None,
        TODAY,
    )
    row = Row()
    row.commitment = cast(Commitment, commitment)
    row.band, row.outcome, row.days_left = assessment.band, assessment.outcome, assessment.days_left
    return row


def statement(day: str) -> dict[str, object]:
    return {"said_by": ["INTERPOL"], "on": day, "recorded_by": "adviser"}


class TestLateness:
    @pytest.mark.parametrize(
        ("state", "due", "words"),
        [
            ("agreed", "2022-12-28", "12 d late"),
            ("in-progress", "2022-12-08", "32 d late"),
            ("proposed", "2022-12-28", "12 d past"),
            ("agreed", "2023-01-09", "today"),
            ("agreed", "2023-01-12", "in 3 d"),
            ("agreed", "2023-02-08", "in 30 d"),
            ("agreed", "2023-02-09", "9 Feb 2023"),
            ("proposed", None, "no date"),
        ],
    )
    def test_of_what_is_undone(self, state: str, due: str | None, words: str) -> None:
        assert lateness_and_outcome_words.lateness(row_of(state, due), TODAY) == words

    @pytest.mark.parametrize(
        ("day", "words"),
        [("2023-01-06", "done 6 Jan"), ("2022-12-26", "done 26 Dec"), ("2022-03-01", "done 1 Mar 2022")],
    )
    def test_of_what_is_done_names_the_year_only_when_it_could_be_another(self, day: str, words: str) -> None:
        assert lateness_and_outcome_words.lateness(row_of("reported", reported=statement(day)), TODAY) == words
        assert lateness_and_outcome_words.lateness(row_of("confirmed", confirmed=statement(day)), TODAY) == words

    def test_of_what_was_closed(self) -> None:
        closed = {"because": "declined", "on": "2023-01-01"}
        assert (
            lateness_and_outcome_words.lateness(row_of("closed", "2022-12-01", closed=closed), TODAY)
            == "closed: declined"
        )

    def test_a_wish_that_is_past_was_not_agreed(self) -> None:
        assert (
            lateness_and_outcome_words.long_lateness(row_of("proposed", "2022-12-28"), TODAY) == "12 d past, not agreed"
        )

    def test_what_was_done_late_says_how_late(self) -> None:
        row = row_of("confirmed", "2022-11-01", confirmed=statement("2023-01-06"))
        assert lateness_and_outcome_words.long_lateness(row, TODAY) == "done 6 Jan, 66 d late"


class TestOutcome:
    def test_fewer_seats_than_wanted_are_said(self) -> None:
        row = row_of(
            "confirmed", confirmed=statement("2023-01-06"), due="2023-01-06", seats={"wanted": 3, "nominated": 2}
        )
        assert lateness_and_outcome_words.outcome(row) == "met, 2 of 3"

    def test_what_was_only_reported_is_provisional(self) -> None:
        assert "provisional" in lateness_and_outcome_words.outcome(
            row_of("reported", "2023-01-06", reported=statement("2023-01-06"))
        )

    def test_what_is_undone_has_none(self) -> None:
        assert lateness_and_outcome_words.outcome(row_of("agreed")) == ""


class TestSigns:
    def test_every_band_has_a_heading_and_every_state_four_letters(self) -> None:
        assert all(label.text and label.style for label in BANDS.values())
        assert {len(label.letters) for label in STATES.values()} == {4}

    def test_no_sign_has_two_meanings(self) -> None:
        of_bands = [label.sign for label in BANDS.values() if label.sign not in ("", "=")]
        signs = of_bands + [label.sign for label in STATES.values()]
        assert len(signs) == len(set(signs))
        assert all(sign.isascii() for sign in signs)


def test_the_short_status_leaves_noughts_out() -> None:
    tally = dict.fromkeys(("overdue", "due_today", "week", "no_date", "unconfirmed", "silent", "open", "aside"), 0)
    assert line_of_counts(tally) == "nothing open"
    assert line_of_counts({**tally, "overdue": 3, "unconfirmed": 2, "open": 14}) == "3 overdue, 2 to confirm, 14 open"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2022-12-06", "2022-12-08", "6-8 Dec 2022"),
        ("2022-11-30", "2022-12-02", "30 Nov - 2 Dec 2022"),
        ("2022-12-06", "2022-12-06", "6 Dec 2022"),
    ],
)
def test_days_of_a_visit(start: str, end: str, words: str) -> None:
    assert day_words.visit_days(start, end) == words


HOSTILE = [
    "plain",
    "Передать перечень",
    "日本警察庁との連絡",
    "e\u0301te\u0301 naïve",
    "👩‍👩‍👧 family",
    "ўқғҳ — №5 “x”",
    "",
]


class TestWidths:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_it_is_that_of_the_terminal(self, text: str) -> None:
        assert width_of(text) == cell_len(text)

    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize("width", range(1, 12))
    @pytest.mark.parametrize("is_utf8", [True, False])
    def test_a_cut_text_fits(self, text: str, width: int, is_utf8: bool) -> None:
        terminal = TerminalStyle(is_utf8=is_utf8)
        assert cell_len(terminal.cut(text, width)) <= width
        assert cell_len(padded(terminal.cut(text, width), width)) == width

    @pytest.mark.parametrize("text", HOSTILE)
    @pytest.mark.parametrize("width", [2, 5, 40])
    def test_wrapped_lines_fit_and_nothing_is_lost(self, text: str, width: int) -> None:
        lines = wrapped(text, width)
        assert all(cell_len(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")

    def test_a_paper_is_never_narrower_than_sixty(self) -> None:
        assert TerminalStyle(20).width == 60

    def test_an_encoding_that_lacks_letters_gets_escapes_that_are_measured(self) -> None:
        terminal = TerminalStyle(is_utf8=False, encoding="ascii")
        assert terminal.cut("дом", 30) == r"\u0434\u043e\u043c"
        assert terminal.cut("дом", 10) == r"\u0434\..."


class TestParties:
    @pytest.mark.parametrize(
        ("by", "to", "width", "words"),
        [
            (["MIA UZ"], ["INTERPOL"], 20, "MIA UZ → INTERPOL"),
            (["UNODC", "INTERPOL"], ["MIA UZ"], 40, "UNODC, INTERPOL → MIA UZ"),
            (["UNODC", "INTERPOL"], ["MIA UZ"], 18, "UNODC +1 → MIA UZ"),
            (["UNODC", "INTERPOL"], ["INTERPOL", "UNODC"], 20, "UNODC ↔ INTERPOL"),
            (["UNODC", "INTERPOL"], ["INTERPOL", "UNODC"], 14, "UNODC ↔ INTER…"),
            (["UNODC", "INTERPOL", "NCB"], ["INTERPOL", "UNODC", "NCB"], 20, "UNODC ↔ INTERPOL +1"),
            (["INTERPOL"], ["National Police Agency"], 17, "INTERP… → Nation…"),
        ],
    )
    def test_both_sides_can_be_read(self, by: list[str], to: list[str], width: int, words: str) -> None:
        shown = parties(by, to, width, TerminalStyle())
        assert shown == words
        assert width_of(shown) <= width

    def test_in_ascii_the_arrow_is(self) -> None:
        assert parties(["A"], ["B"], 20, TerminalStyle(is_utf8=False)) == "A -> B"


@pytest.mark.parametrize(
    ("environment", "encoding", "is_carried"),
    [
        ({"LANG": "C.UTF-8"}, "utf-8", True),
        ({}, "UTF-8", True),
        ({"LANG": "en_GB.UTF-8"}, "iso8859-1", False),
        ({"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "utf-8", False),
        ({"LANG": "POSIX"}, "utf-8", False),
    ],
)
def test_what_a_stream_carries(environment: dict[str, str], encoding: str, is_carried: bool) -> None:
    assert carries_utf8(environment, encoding) is is_carried


def test_the_parts_of_a_row_stand_in_its_line(tmp_path: Path) -> None:
    snapshot = make_store(str(tmp_path / "commitments.json")).snapshot()
    table = CommitmentTable(snapshot.rows, snapshot, TerminalStyle())
    parts = [table.parts(row) for row in snapshot.rows]
    assert table.lines(is_grouped=False) == [f" {when} {label}{rest}" for when, label, rest in parts]
    assert len({len(when + label) for when, label, _ in parts}) == 1
    band = snapshot.rows[0].band
    assert table.heading(band, 3) == (
        f"{BANDS[band].sign:<3}{BANDS[band].text.upper()} 3",
        f"{BANDS[band].style}-heading",
    )


def test_colours_stand_only_where_they_are_wanted() -> None:
    assert TerminalStyle().painted("late", "overdue") == "late"
    assert TerminalStyle(is_coloured=True).painted("late", "overdue") == "\x1b[1;31mlate\x1b[0m"
    assert TerminalStyle(is_coloured=True).painted("late", "plain") == "late"


EVENT: dict[str, object] = {
    "seq": 1,
    "change": 1,
    "at": "2023-01-09T08:00:00Z",
    "day": "2023-01-09",
    "who": "adviser",
    "id": 7,
}


class TestEvents:
    @pytest.mark.parametrize(
        ("event", "words"),
        [
            ({"action": "mark", "fields": {"state": ["agreed", "reported"]}}, "agreed -> reported done"),
            ({"action": "due", "fields": {"due": ["2023-03-31", None]}}, "due 31 Mar 2023 -> none"),
            ({"action": "chase", "fields": {"chase_on": [None, "2023-01-20"]}}, "chased, look again on 20 Jan 2023"),
            ({"action": "undo", "undoes": 4}, "took back change 4"),
            ({"action": "add", "fields": {"title": [None, "a\x1b[31m"]}}, r"entered: a\x1b[31m"),
            ({"action": "strange\x07"}, r"strange\x07"),
        ],
    )
    def test_their_headline(self, event: dict[str, object], words: str) -> None:
        assert headline(cast(Event, {**EVENT, **event})) == words

    def test_their_details_are_harmless_lines(self) -> None:
        event: dict[str, object] = {
            **EVENT,
            "action": "seats",
            "note": "one\ntwo\x1b",
            "fields": {"seats": [{"wanted": 3}, {"wanted": 2}]},
        }
        assert details(cast(Event, event)) == [("seats", "wanted 3 -> 2"), ("note", "one"), ("", r"two\x1b")]

    def test_days_of_two_years_have_them(self) -> None:
        event = {"action": "due", "undoes": 4, "fields": {"due": ["2027-03-31", "2026-11-19"]}}
        told = details(cast(Event, event), Notation(today="2026-11-28"))
        assert told == [("due", "31 Mar 2027 -> 19 Nov 2026")]

    @pytest.mark.parametrize("value", [None, 7, True, "x", [], ["a"], [{"b": None}], {"c": [1]}, {}])
    def test_history_written_by_other_hands_is_still_told(self, value: object) -> None:
        for action in ("mark", "due", "chase", "returned", "add", "remove", "seats", "other"):
            fields = {name: [value, value] for name in ("state", "due", "chase_on", "returned", "title", "seats")}
            event = cast(Event, {**EVENT, "action": action, "fields": fields})
            assert isinstance(headline(event), str)
            assert all(text.isprintable() for _, text in details(event))


def test_the_quick_commands_load_nothing_that_draws() -> None:
    quick = "tui.cli.commands.status, tui.cli.commands.list, tui.cli.commands.show, tui.cli.commands.check"
    words = "tui.render.lateness_and_outcome_words, store.formats.records_as_json"
    script = f"import sys, {quick}, {words}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    drawing = {"tui.render.widths", "tui.render.terminal_style", "tui.render.commitment_table"}
    assert not {"rich", "textual", "argparse", "typing", "dataclasses", *drawing} & set(loaded)
