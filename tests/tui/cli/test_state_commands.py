"""States and voices, seats, chasing, notes, reasons."""

from pathlib import Path

import pytest

from store.database import Database
from store.rules.silence_and_chasing import days_without_word
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, document, unchanged
from tests.support.fixed_day_and_user import ME, TODAY
from tests.support.store_builders import INTERPOL, MIA, UNODC, events

# States.


@pytest.mark.parametrize("state", ["proposed", "agreed", "in-progress", "reported", "confirmed"])
@pytest.mark.parametrize("number", ["1", "3"])
def test_every_state_may_follow_another(database: Database, run: Run, number: str, state: str) -> None:
    before = "proposed" if number == "1" else "agreed"
    same, other = f"{number} is {state} already\n", f"{number} {before} -> {state}\n"
    unreported = f"followup: {number}: nobody reported it; it is confirmed all the same\n"
    answer = run("mark", number, state)
    assert answer == (0, same if before == state else other, unreported if state == "confirmed" else "")
    assert document(run("show", number, "--json"))["state"] == state


def test_done_means_reported(database: Database, run: Run) -> None:
    assert run("mark", "3", "done") == (0, "3 agreed -> reported\n", "")
    assert run("mark", "3", "DONE") == (0, "3 is reported already\n", "")


def test_several_are_marked_line_by_line_as_one_change(database: Database, run: Run) -> None:
    assert run("mark", "3", "1-2", "in-progress") == (
        0,
        "3 agreed -> in-progress\n1 proposed -> in-progress\n2 agreed -> in-progress\n",
        "",
    )
    assert len({document(run("history", number, "--json"))[-1]["change"] for number in "123"}) == 1
    assert run("undo").code == 0
    states = {each["id"]: each["state"] for each in document(run("list", "--json"))}
    assert states == {1: "proposed", 2: "agreed", 3: "agreed", 4: "agreed"}


def test_a_mark_that_changes_nothing_says_so_and_leaves_no_event(database: Database, run: Run) -> None:
    run("mark", "3", "confirmed")
    with unchanged(database.path):
        assert run("mark", "2", "agreed") == (0, "2 is agreed already\n", "")
        assert run("mark", "3", "confirmed") == (0, "3 is confirmed already\n", "")


def test_reporting_is_said_by_all_who_promised(database: Database, run: Run) -> None:
    argv = ["mark", "3", "done", "--on", "2023-02-20", "--evidence", "letter", "12/44", "--note", "two pages"]
    assert run(*argv) == (0, "3 agreed -> reported\n", "")
    shown = document(run("show", "3", "--json"))
    assert shown["reported"] == {
        "said_by": [UNODC, INTERPOL],
        "on": "2023-02-20",
        "evidence": "letter 12/44",
        "recorded_by": ME,
    }
    assert shown["confirmed"] is None
    assert [(note["on"], note["who"], note["text"]) for note in shown["notes"]] == [("2023-02-20", ME, "two pages")]


def test_reporting_is_said_by_whom_is_named(database: Database, run: Run) -> None:
    assert run("mark", "3", "done", "--said-by", "unodc") == (0, "3 agreed -> reported\n", "")
    assert document(run("show", "3", "--json"))["reported"]["said_by"] == [UNODC]


def test_confirming_is_said_by_the_receivers_on_the_day_reported(database: Database, run: Run) -> None:
    run("mark", "2", "done", "--on", "2023-02-20")
    confirmed = run("mark", "2", "confirmed", "--evidence", "mail")
    assert confirmed[:2] == (0, "2 reported -> confirmed\n")
    assert_one_sentence(confirmed.err, "Mon 20 February 2023, 9 days ago", "followup confirm 2 --on today")
    assert document(run("show", "2", "--json"))["confirmed"] == {
        "said_by": [INTERPOL],
        "on": "2023-02-20",
        "evidence": "mail",
        "recorded_by": ME,
    }
    assert run("confirm", "2", "--on", "today")[:2] == (0, "2 is confirmed already; what was said of it is changed\n")
    assert document(run("show", "2", "--json"))["confirmed"]["on"] == "2023-03-01"


def test_confirming_what_nobody_reported_is_dated_today_and_reports_nothing(database: Database, run: Run) -> None:
    assert run("mark", "2", "confirmed")[:2] == (0, "2 agreed -> confirmed\n")
    shown = document(run("show", "2", "--json"))
    assert (shown["confirmed"]["on"], shown["reported"]) == ("2023-03-01", None)


def test_confirming_a_mutual_promise_leaves_out_who_reported(database: Database, run: Run) -> None:
    run("mark", "4", "done", "--said-by", UNODC)
    assert run("mark", "4", "confirmed").code == 0
    assert document(run("show", "4", "--json"))["confirmed"]["said_by"] == [INTERPOL]


def test_returned_goes_back_with_its_note(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    returned = run("mark", "2", "returned", "--note", "no", "signature")
    assert (returned.code, returned.err) == (0, "")
    assert returned.out.startswith("2 reported -> in-progress")
    assert "returned by INTERPOL" in returned.out
    shown = document(run("show", "2", "--json"))
    assert (shown["state"], shown["reported"], shown["confirmed"]) == ("in-progress", None, None)
    assert [note["text"] for note in shown["notes"]] == ["no signature"]


@pytest.mark.parametrize(
    ("lang", "refused", "remarked"),
    [
        ("en", "1 was never agreed nor reported", "2: nobody reported it; it is returned all the same"),
        ("ru", "№ 1 не согласовано и о выполнении не сообщалось", "2: сообщения о выполнении не было; возврат"),
    ],
)
def test_what_nobody_reported_is_returned_only_where_it_was_agreed_and_is_remarked(
    database: Database, run: Run, lang: str, refused: str, remarked: str
) -> None:
    said = ["returned", "--note", "no signature"]
    env = {"FOLLOWUP_LANG": lang}
    with unchanged(database.path):
        assert_refused(run("mark", "1", *said, env=env), 1, refused, "followup note 1")
        in_batch = run("batch", input="mark 1 returned --note no\n", env=env)
        assert (in_batch.code, in_batch.out.split()[:3]) == (1, ["error", "1", "1"])
    returned = run("mark", "2", *said, env=env)
    assert returned.code == 0
    assert remarked in returned.err
    assert run("mark", "2", "returned", "--note", "no annex either", env=env).err == ""


@pytest.mark.parametrize("because", ["declined", "overtaken", "superseded", "dropped"])
def test_closing_says_why(database: Database, run: Run, because: str) -> None:
    assert run("mark", "2", "closed", "--because", because, "--agreed-by", INTERPOL) == (0, "2 agreed -> closed\n", "")
    closed = document(run("show", "2", "--json"))["closed"]
    assert (closed["because"], closed["agreed_by"], closed["by_id"]) == (because, INTERPOL, None)


def test_closing_names_what_superseded_it(database: Database, run: Run) -> None:
    assert run("mark", "2", "closed", "--because", "superseded", "--by-id", "#3").code == 0
    assert document(run("show", "2", "--json"))["closed"]["by_id"] == 3


def test_reopening_clears_voices_and_why(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    run("mark", "2", "confirmed")
    assert run("mark", "2", "done") == (0, "2 confirmed -> reported (confirmation taken back)\n", "")
    shown = document(run("show", "2", "--json"))
    assert (shown["confirmed"], shown["reported"]["said_by"]) == (None, [MIA])
    run("mark", "2", "closed", "--because", "dropped")
    assert document(run("show", "2", "--json"))["reported"]["said_by"] == [MIA]
    assert run("mark", "2", "agreed") == (0, "2 closed -> agreed (report taken back)\n", "")
    shown = document(run("show", "2", "--json"))
    assert (shown["closed"], shown["reported"], shown["confirmed"]) == (None, None, None)


def test_no_step_takes_back_what_was_said_without_a_word(database: Database, run: Run) -> None:
    run("mark", "1-2", "done")
    run("mark", "2", "confirmed")
    with unchanged(database.path):
        refused = "1 is reported done, 2 is confirmed, and agreed takes that back: add --take-back if that is meant"
        assert run("mark", "1-4", "agreed") == (1, "", f"followup: {refused}\n")
        batch = run("batch", input="mark 1 agreed\n")
        assert (batch.code, batch.out.split(maxsplit=3)[:3]) == (1, ["error", "1", "1"])
    assert run("mark", "1-3", "agreed", "--take-back") == (
        0,
        "1 reported -> agreed (report taken back)\n"
        "2 confirmed -> agreed (report and confirmation taken back)\n"
        "3 is agreed already\n",
        "",
    )


def test_an_import_refuses_the_row_that_would_take_back_a_report(database: Database, run: Run, tmp_path: Path) -> None:
    run("mark", "2", "done")
    listed = tmp_path / "list.csv"
    listed.write_text("followup id,title,state\n2,Nominate officers to ISON,agreed\n", encoding="utf-8")
    with unchanged(database.path):
        refused = run("import", str(listed), "--map", "id=A")
        assert refused.code == 1
        assert "2 is reported done, and agreed takes that back; where that is meant, say so first with" in refused.err


def test_reporting_late_asks_for_the_reason_on_stderr(database: Database, run: Run) -> None:
    marked = run("mark", "4", "done")
    assert (marked.code, marked.out) == (0, "4 agreed -> reported\n")
    assert "14 days late" in marked.err
    assert "followup reason 4" in marked.err


def test_agreeing_fixes_the_original_date(database: Database, run: Run) -> None:
    run("due", "1", "2023-05-01")
    run("due", "1", "2023-06-01")
    assert document(run("show", "1", "--json"))["original_due"] is None
    run("mark", "1", "agreed")
    shown = document(run("show", "1", "--json"))
    assert (shown["original_due"], shown["due_changes"]) == ("2023-06-01", [])


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["mark", "2"], 2, ["STATE"]),
        (["mark", "agreed"], 2, ["followup mark"]),
        (["mark", "2", "agred"], 2, ['"agred"', 'did you mean "agreed"?']),
        (["mark", "2", "finished"], 2, ['"finished"', 'did you mean "reported"?']),
        (["mark", "99", "agreed"], 3, ["99"]),
        (["mark", "2", "99", "done"], 3, ["99"]),
        (["mark", "50-60", "done"], 3, ["50", "60"]),
        (["mark", "7-5", "done"], 3, ["7", "5"]),
        (["mark", "x", "done"], 2, ['"x"']),
        (["mark", "2-", "done"], 2, ["ID"]),
        (["mark", "0", "done"], 2, ["ID"]),
        (["mark", "2", "returned"], 1, ["2", "--note"]),
        (["mark", "2", "closed"], 1, ["2", "--because"]),
        (["mark", "2", "closed", "--because", "lost"], 2, ["declined, overtaken, superseded, dropped", '"lost"']),
        (["mark", "2", "closed", "--because", "declined", "--by-id", "3"], 1, ["--by-id"]),
        (["mark", "2", "closed", "--because", "superseded", "--by-id", "99"], 3, ["99"]),
        (["mark", "2", "closed", "--because", "superseded", "--by-id", "2"], 1, ["2"]),
        (["mark", "2", "done", "--because", "dropped"], 1, ["--because"]),
        (["mark", "2", "done", "--said-by", "Intrepol"], 1, ["Intrepol", 'did you mean "INTERPOL"?']),
        (["mark", "2", "done", "--said-by", INTERPOL], 1, ["2", INTERPOL]),
        (["mark", "2", "confirmed", "--said-by", MIA], 1, ["2", MIA]),
        (["mark", "2", "done", "--on", "2023-03-02"], 1, ["2023-03-02", "--on"]),
        (["mark", "2", "done", "--on", "03/04/2023"], 2, ["03/04/2023"]),
        (["mark", "2", "done", "--on", "none"], 2, ["none"]),
        (["mark", "2", "done", "--expect-rev", "x"], 2, ["--expect-rev"]),
        (["mark", "2", "3", "done", "--expect-rev", "1"], 2, ["--expect-rev"]),
        (["mark", "2-3", "done", "--expect-rev", "1"], 2, ["--expect-rev"]),
        (["mark", "2", "done", "--evidense", "x"], 2, ['did you mean "--evidence"?']),
    ],
)
def test_a_mark_is_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run(*argv), code, *fragments)


def test_one_party_is_never_both_voices(database: Database, run: Run) -> None:
    run("mark", "4", "done", "--said-by", UNODC)
    with unchanged(database.path):
        assert_refused(run("mark", "4", "confirmed", "--said-by", UNODC), 1, "4", UNODC)


def test_a_promise_that_all_receivers_reported_has_nobody_left_to_confirm(database: Database, run: Run) -> None:
    run("mark", "4", "done", "--on", "2023-02-14")
    with unchanged(database.path):
        assert_refused(run("mark", "4", "confirmed"), 1, "4", "--said-by")


def test_one_bad_number_among_many_changes_none(database: Database, run: Run) -> None:
    run("mark", "4", "done", "--on", "2023-02-14")
    with unchanged(database.path):
        assert_refused(run("mark", "2", "3", "4", "confirmed"), 1, "4")


def test_a_confirmation_happened_on_the_day_reported(database: Database, run: Run) -> None:
    run("mark", "2", "done", "--on", "2023-02-01")
    run("mark", "2", "confirmed")
    assert document(run("history", "2", "--json"))[-1]["day"] == "2023-02-01"


# Seats.


def test_seats_are_counted(database: Database, run: Run) -> None:
    argv = ["seats", "2", "--wanted", "3", "--nominated", "2", "--acknowledged", "1", "--letter", "12/44", "--endorsed"]
    counted = run(*argv, "20", "Feb", "2023")
    assert (counted.code, counted.out) == (0, "2 seats: wanted 3, nominated 2, acknowledged 1\n")
    assert counted.err == 'followup: --endorsed "20 Feb 2023" is understood as Mon 20 February 2023, 9 days ago\n'
    assert document(run("show", "2", "--json"))["seats"] == {
        "wanted": 3,
        "nominated": 2,
        "acknowledged": 1,
        "letter": "12/44",
        "endorsed": "2023-02-20",
    }
    assert run("seats", "2", "--wanted", "unknown").out == "2 seats: wanted unknown, nominated 2, acknowledged 1\n"
    assert document(run("show", "2", "--json"))["seats"]["wanted"] is None


def test_more_may_be_nominated_than_wanted(database: Database, run: Run) -> None:
    assert run("seats", "2", "--wanted", "1", "--nominated", "4").code == 0


def test_seats_that_are_so_already_leave_no_event(database: Database, run: Run) -> None:
    run("seats", "2", "--wanted", "3")
    with unchanged(database.path):
        again = run("seats", "2", "--wanted", "3")
    assert (again.code, again.err) == (0, "")
    assert "already" in again.out


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["seats", "2"], 2, ["followup seats 2 --wanted 3"]),
        (["seats", "99", "--wanted", "1"], 3, ["99"]),
        (["seats", "2", "--wanted", "many"], 2, ["--wanted", "many"]),
        (["seats", "2", "--nominated", "-1"], 2, ["--nominated"]),
        (["seats", "2", "--nominated", "1.5"], 2, ["--nominated"]),
        (["seats", "2", "--nominated", "٣"], 2, ["--nominated"]),
        (["seats", "2", "--acknowledged", "1"], 1, ["2", "acknowledged", "nominated"]),
        (["seats", "2", "--nominated", "1", "--acknowledged", "2"], 1, ["2", "acknowledged", "nominated"]),
        (["seats", "2", "--endorsed", "2023-02-30"], 2, ["2023-02-30"]),
    ],
)
def test_seats_are_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run(*argv), code, *fragments)


def test_done_with_fewer_nominated_than_wanted_needs_a_note(database: Database, run: Run) -> None:
    run("seats", "2", "--wanted", "3", "--nominated", "2")
    with unchanged(database.path):
        assert_refused(run("mark", "2", "done"), 1, "2", "2 of 3", "--note")
    assert run("mark", "2", "done", "--note", "the third follows") == (0, "2 agreed -> reported\n", "")
    assert "met, 2 of 3" in run("show", "2").out


# Chasing, notes, reasons.


def test_chasing_says_when_to_look_again(database: Database, run: Run) -> None:
    assert run("chase", "2") == (0, "2 chased, look again on 2023-03-15\n", "")
    chased = run("chase", "2", "3-4", "--again", "next", "month", "--note", "called", "them")
    assert (chased.code, chased.out.count("\n")) == (0, 3)
    shown = document(run("show", "2", "--json"))
    assert (shown["chased"], shown["last_chased"], shown["chase_on"]) == (2, "2023-03-01", "2023-04-30")
    assert (shown["due"], shown["due_changes"]) == ("2023-03-31", [])
    assert [note["text"] for note in shown["notes"]] == ["called them"]


def test_chasing_is_no_news(database: Database, run: Run) -> None:
    before = document(run("show", "2", "--json"))["silent_days"]
    run("chase", "2", "--on", "2023-02-20")
    shown = document(run("show", "2", "--json"))
    assert (shown["silent_days"], shown["last_chased"]) == (before, "2023-02-20")
    run("note", "2", "heard", "from", "them", "--on", "2023-02-25")
    assert document(run("show", "2", "--json"))["silent_days"] == days_without_word("2023-02-25", TODAY)


def test_what_is_finished_is_not_chased(database: Database, run: Run) -> None:
    run("mark", "2", "confirmed")
    with unchanged(database.path):
        assert_refused(run("chase", "3", "2"), 1, "2", "confirmed")


def test_a_note_is_several_words_or_stdin(database: Database, run: Run) -> None:
    assert run("note", "2", "the", "letter", "is", "there") == (0, "2 noted\n", "")
    assert run("note", "2", "-", input="first line\nвторая строка\n") == (0, "2 noted\n", "")
    texts = [note["text"] for note in document(run("show", "2", "--json"))["notes"]]
    assert texts == ["the letter is there", "first line\nвторая строка"]


def test_a_reason_of_what_was_done_in_time_is_left_out_of_papers(database: Database, run: Run) -> None:
    store_builders.do(database, "mark", 2, "reported", on="2023-02-28")
    assert_one_sentence(run("reason", "2", "slow mail").err, "2 was done in time: papers leave the reason out")
    assert "slow mail" not in run("export", "--format", "md").out
    assert "slow mail" in run("show", "2").out


def test_a_reason_for_a_miss_is_kept(database: Database, run: Run) -> None:
    assert run("reason", "4", "the", "minister", "changed") == (0, "4 reason kept\n", "")
    assert document(run("show", "4", "--json"))["miss_reason"] == "the minister changed"
    with unchanged(database.path):
        again = run("reason", "4", "-", input="the minister changed\n")
    assert (again.code, again.err) == (0, "")
    assert "already" in again.out


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["note", "2"], 2, ["TEXT"]),
        (["note", "2", " "], 2, ["note"]),
        (["note", "2", "-"], 2, ["note"]),
        (["note", "99", "text"], 3, ["99"]),
        (["note", "x", "text"], 2, ["x"]),
        (["note", "2-3", "text"], 2, ["2-3"]),
        (["note", "2", "text", "--on", "2023-03-02"], 1, ["2023-03-02"]),
        (["reason", "99", "text"], 3, ["99"]),
        (["reason", "2", ""], 2, ["why"]),
        (["chase"], 2, ["ID"]),
        (["chase", "2", "99"], 3, ["99"]),
        (["chase", "2", "--again", "soon"], 2, ["soon"]),
        (["chase", "2", "--again", "none"], 2, ["none"]),
    ],
)
def test_it_is_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run(*argv), code, *fragments)


# Every change.


@pytest.mark.parametrize(
    "argv",
    [
        ["note", "2", "x"],
        ["mark", "2", "done"],
        ["reason", "2", "x"],
        ["chase", "2"],
        ["seats", "2", "--wanted", "3"],
        ["edit", "2", "--owner", "x"],
        ["due", "2", "2023-05-01", "--reason", "x"],
    ],
)
def test_every_change_takes_the_day_it_happened(database: Database, run: Run, argv: list[str]) -> None:
    assert run(*argv, "--on", "20", "Feb", "2023").code == 0
    event = document(run("history", "2", "--json"))[-1]
    assert event["day"] == "2023-02-20"
    assert not event["at"].startswith("2023-02-20")


@pytest.mark.parametrize(
    "argv",
    [
        ["note", "2", "x"],
        ["mark", "2", "done"],
        ["reason", "2", "x"],
        ["chase", "2"],
        ["seats", "2", "--wanted", "3"],
        ["edit", "2", "--owner", "x"],
        ["due", "2", "2023-05-01", "--reason", "x"],
    ],
)
def test_every_change_of_one_checks_its_revision(database: Database, run: Run, argv: list[str]) -> None:
    assert run(*argv, "--expect-rev", "1").code == 0
    with unchanged(database.path):
        assert_refused(run(*argv, "--expect-rev", "1"), 6, "2", "revision 1", "followup show 2")
        assert_refused(run(*argv, "--expect-rev", "9"), 6, "2")


@pytest.mark.parametrize(
    "argv",
    [["note", "2", "x"], ["mark", "2", "done"], ["chase", "2"], ["edit", "2", "--owner", "x"]],
)
def test_every_change_prints_the_commitment_as_it_now_is(database: Database, run: Run, argv: list[str]) -> None:
    printed = document(run(*argv, "--json"))
    shown = document(run("show", "2", "--json"))
    assert printed == {name: shown[name] for name in printed}
    assert printed["revision"] == store_builders.record(database, 2)["revision"] == 2


def test_a_change_of_several_prints_an_array(database: Database, run: Run) -> None:
    assert [each["id"] for each in document(run("mark", "3", "2", "done", "--json"))] == [3, 2]
    assert [each["id"] for each in document(run("chase", "2-2", "--json"))] == [2]


def test_reopening_is_answered_by_the_state(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("reopen", "1"), 2, "1 is open (proposed), so there is nothing to take up again")
    run("close", "3", "--because", "dropped")
    with unchanged(database.path):
        refused = run("reopen", "3")
    assert_refused(refused, 2, 'there is no command "reopen": followup mark 3 agreed\n')
    run("done", "2")
    assert_refused(run("reopen", "2"), 2, "2 is reported: followup mark 2 agreed --take-back takes that back")
    run("done", "1")
    for typed in ("reopen 1", "unmark 1 done"):
        line = "1 is reported: followup mark 1 proposed --take-back takes that back"
        assert_refused(run(*typed.split()), 2, line)
    assert_refused(run("reopen", "99"), 2, "followup mark 99 proposed")
    elsewhere = {"FOLLOWUP_STORE": ""}
    path = str(database.path)
    assert_refused(run("reopen", "3", "--store", path, env=elsewhere), 2, f": followup mark 3 --store {path} agreed\n")
    refused = run("reopen", "99", "--store", path, env=elsewhere)
    assert_refused(refused, 2, f"followup undo --store {path} takes", f"followup mark 99 --store {path} proposed")


def test_the_day_on_which_a_report_made_it_agreed_is_mended_with_the_report(database: Database, run: Run) -> None:
    assert run("done", "1").code == 0
    assert run("done", "1", "--on", "yesterday").code == 0
    shown = document(run("show", "1", "--json"))
    assert shown["agreed_on"] == shown["reported"]["on"] == "2023-02-28"
    agreed = document(run("show", "3", "--json"))["agreed_on"]
    run("done", "3")
    run("done", "3", "--on", "yesterday")
    assert document(run("show", "3", "--json"))["agreed_on"] == agreed


def test_the_history_tells_a_changed_report_in_words_and_that_it_was_put_down_later(
    database: Database, run: Run
) -> None:
    run("done", "2")
    run("done", "2", "--on", "yesterday")
    assert "#2 report changed (put down later)\n" in run("history", "2").out


def test_who_agrees_and_is_not_of_the_other_side_is_kept_and_remarked(run: Run, database: Database) -> None:
    assert run("visit", "edit", "lyon-2022", "--host", "IOM", "--new-party", "IOM").code == 0
    told = "2: it was not promised to {}: that is not the consent of the other side (followup undo takes it back)"
    for name in ("IOM", "the minister", "MIA Uzbekistan"):
        due = run("due", "2", "2023-06-30", "--reason", "elections", "--agreed-by", name)
        assert (due.code, told.format(name) in due.err) == (0, True)
        closed = run("close", "2", "--because", "dropped", "--agreed-by", name)
        assert (closed.code, told.format(name) in closed.err) == (0, True)
        assert "2: the consent of the other side is not recorded, so papers count it as not met" in closed.err
        assert run("undo").code == run("undo").code == 0
    assert "promised to" not in run("due", "2", "2023-06-30", "--reason", "elections", "--agreed-by", "INTERPOL").err
    assert "promised to" not in run("close", "2", "--because", "dropped", "--agreed-by", "INTERPOL").err


def test_who_is_no_party_to_a_promise_may_say_so_and_that_is_remarked(run: Run, database: Database) -> None:
    assert run("visit", "edit", "lyon-2022", "--host", "IOM", "--new-party", "IOM").code == 0
    reported = run("done", "2", "--said-by", "IOM")
    assert reported.code == 0
    assert "2: IOM is no party to it: papers say all the same who said so (followup undo takes it back)" in reported.err
    assert "is no party" not in run("confirm", "2").err


def test_a_mark_that_adds_a_note_alone_is_told_as_a_note(run: Run, database: Database) -> None:
    assert run("mark", "2", "agreed", "--note", "they called").code == 0
    assert events(database, 2)[-1]["action"] == "note"
    assert "#2 noted\n    note: they called\n" in run("history", "2").out
