"""What a row says of a step that its promise did not take is kept as a note and told, or asked about: never lost."""

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record


def notes(database: Database) -> list[str]:
    """The notes of all commitments, in their order."""
    return [event["note"] for event in database.snapshot().events() if "note" in event]


def test_the_reason_of_a_change_that_is_none_is_kept_as_a_note(lyon: Database, take: Importing) -> None:
    rows = [
        ["Action", "By", "To", "Due", "Revised deadline", "Reason for change", "Requested by"],
        ["Print it", "UNODC", "INL", "2027-03-31", "2027-05-31", "paper is late", "UNODC"],
        ["Sign it", "INL", "UNODC", "2027-04-30", "", "minister away", "INL"],
    ]
    result = take(rows)
    assert result.code == 0
    assert record(lyon, 1)["due_changes"][0]["reason"] == "paper is late"
    assert notes(lyon) == ["Reason for change: minister away\nRequested by: INL"]
    assert 'row 3, column F "Reason for change": no other deadline goes with it: it is kept as a note' in result.err
    assert 'row 3, column G "Requested by"' in result.err
    with unchanged(lyon.path):
        assert take(rows).code == 0


@pytest.mark.parametrize("state", ["in progress", "agreed", "", "open"])
def test_what_goes_with_a_report_is_kept_as_a_note_of_what_is_not_done(
    lyon: Database, take: Importing, state: str
) -> None:
    rows = [["Action", "By", "To", "Status", "Evidence", "Reported by", "Confirmed by"]]
    result = take([*rows, ["Print it", "UNODC", "INL", state, "fax 7", "UNODC", "INL"]])
    assert result.code == 0
    assert notes(lyon) == ["Reported by: UNODC\nEvidence: fax 7\nConfirmed by: INL"]
    assert 'row 2, column E "Evidence": nothing says that it is done: it is kept as a note' in result.err
    assert 'row 2, column G "Confirmed by": nothing says that it is confirmed: it is kept as a note' in result.err


def test_what_goes_with_a_report_that_was_made_is_no_note(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Status", "Done on", "Evidence", "Reported by"]]
    result = take([*rows, ["Print it", "UNODC", "INL", "done", "2022-12-01", "fax 7", "UNODC"]])
    assert result.code == 0
    assert record(lyon, 1)["reported"]["evidence"] == "fax 7"
    assert not notes(lyon)
    assert "kept as a note" not in result.err


@pytest.mark.parametrize("headings", [["Original deadline", "Due"], ["Due", "Revised deadline"]])
def test_a_deadline_that_was_moved_to_no_day_keeps_its_words_and_its_reason(
    lyon: Database, take: Importing, headings: list[str]
) -> None:
    rows = [
        ["Action", "By", "To", *headings, "Reason for change"],
        ["Print it", "UNODC", "INL", "2027-03-31", "tbd", "paper is late"],
    ]
    result = take(rows)
    assert result.code == 0, result.err
    commitment = record(lyon, 1)
    assert (commitment.get("due"), commitment["due_words"]) == (None, "tbd")
    assert commitment["original_due"] == "2027-03-31"
    assert commitment["due_changes"][0]["reason"] == "paper is late"
    assert '"tbd" names no day: the words are kept, without a date' in result.err
    with unchanged(lyon.path):
        assert take(rows).code == 0


def test_a_deadline_that_was_moved_to_no_day_without_a_reason_is_refused(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Original deadline", "Due"], ["Print it", "UNODC", "INL", "2027-03-31", "tbd"]]
    with unchanged(lyon.path):
        assert "--reason TEXT" in take(rows).err
    assert take(rows, "--reason", "paper is late").code == 0


def test_words_that_take_no_day_away_from_what_is_there_are_kept_as_a_note(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Due"], ["Print it", "UNODC", "INL", "2027-03-31"]]
    assert take(rows).code == 0
    result = take([rows[0], [*rows[1][:3], "ongoing"]])
    assert result.code == 0
    assert record(lyon, 1)["due"] == "2027-03-31"
    assert notes(lyon) == ["Due: ongoing"]
    assert "it names no day, and takes none away: it is kept as a note" in result.err


def test_a_row_in_progress_that_says_why_it_was_closed_is_asked_about(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Status", "Why closed"], ["Print it", "UNODC", "INL", "in progress", "superseded"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert 'row 2, column E "Why closed": it is in-progress, and yet "superseded" says why it was closed' in refused.err
    assert "(--value because:superseded=none)" in refused.err
    assert take(rows, "--value", "because:superseded=none").code == 0
    assert record(lyon, 1)["state"] == "in-progress"
