"""Due dates on the command line: what is taken, what is refused, and what a change of an agreed one needs."""

import shlex

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import run_in_shell_or_terminal, store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, unchanged
from tests.support.store_builders import INTERPOL, MIA


def test_the_first_date_is_free(database: Database, run: Run) -> None:
    assert run("due", "3", "2023-05-01") == (0, "3 due none -> 2023-05-01\n", "")
    shown = document(run("show", "3", "--json"))
    assert (shown["due"], shown["original_due"], shown["due_changes"]) == ("2023-05-01", "2023-05-01", [])


def test_a_date_without_a_number_is_told_from_a_commitment_that_is_not_there(database: Database, run: Run) -> None:
    with unchanged(database.path):
        refused = run("due", "20", "Dec")
        assert_refused(refused, 3, "no commitment 20: followup due ID 20 Dec", 'followup list due:"20 Dec"')
        assert_refused(run("due", "20", "end of March"), 3, "no commitment 20: followup list --all")


def test_a_date_that_was_agreed_before_it_was_moved_is_put_right_by_the_line_that_is_told(
    database: Database, run: Run, environment: dict[str, str]
) -> None:
    run("due", "1", "2023-05-01")
    moved = run("due", "1", "end of June", "--reason", "new minister")
    assert "1 is proposed, so it does not count as put off; the reason stands in its history" in moved.err
    line = moved.err.strip().rpartition("agreed before: ")[2]
    assert run_in_shell_or_terminal.shell(line, environment).code == 0
    shown = document(run("show", "1", "--json"))
    assert (shown["original_due"], shown["due"], shown["extension_count"]) == ("2023-05-01", "2023-06-30", 1)
    assert shown["due_changes"][0]["reason"] == "new minister"


def test_that_line_is_of_the_store_that_was_named_and_of_any_revision(
    database: Database, path: str, run: Run, environment: dict[str, str]
) -> None:
    elsewhere = {"FOLLOWUP_STORE": ""}
    there = ["--store", path]
    run("due", "1", "2023-05-01", *there, env=elsewhere)
    revision = str(document(run("show", "1", "--json"))["revision"])
    moved = run("due", "1", "2023-06-30", "--reason", "new", "--expect-rev", revision, *there, env=elsewhere)
    line = moved.err.strip().rpartition("agreed before: ")[2]
    done = run_in_shell_or_terminal.shell(line, {**environment, **elsewhere})
    assert done.code == 0, (line, done)
    shown = document(run("show", "1", "--json"))
    assert (shown["original_due"], shown["due"], shown["extension_count"]) == ("2023-05-01", "2023-06-30", 1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("delay 3 '3 weeks' --reason ill", "2023-06-21"),
        ("delay 3 by three weeks --reason ill", "2023-06-21"),
        ("postpone 3 --by 3w --reason ill", "2023-06-21"),
        ("due 3 '3 weeks later' --reason ill", "2023-06-21"),
        ("due 3 another week --reason ill", "2023-06-07"),
        ("push 3 by 2 weeks because ill", "2023-06-14"),
        ("extend 3 +1m --reason ill", "2023-06-30"),
        ("3 delay 10 days --reason ill", "2023-06-10"),
        ("move 3 back a week --reason ill", "2023-06-07"),
    ],
)
def test_a_span_that_puts_off_counts_from_the_date_in_force(
    database: Database, run: Run, environment: dict[str, str], typed: str, day: str
) -> None:
    run("due", "3", "2023-05-31")
    with unchanged(database.path):
        refused = run(*shlex.split(typed))
    assert_refused(refused, 2, "after 2023-05-31, its date)")
    line = "followup due" + refused.err.rpartition("followup due")[2].partition(" (")[0]
    assert run_in_shell_or_terminal.shell(line, environment).code == 0, refused.err
    shown = document(run("show", "3", "--json"))
    assert (shown["due"], shown["due_changes"][0]["reason"], shown["extension_count"]) == (day, "ill", 1)


def test_of_a_date_with_two_readings_both_are_said(database: Database, run: Run) -> None:
    run("due", "3", "2023-05-31")
    assert_refused(
        run("due", "3", "2", "weeks"),
        2,
        "followup due 3 2023-06-14 --reason TEXT (2 weeks after 2023-05-31, its date), or",
        "followup due 3 +2 weeks (from today)",
    )
    assert_refused(run("delay", "1", "2 weeks"), 2, "(2 weeks from today, as it has no date)")


def test_a_span_that_moves_an_agreed_date_to_an_earlier_day_says_from_when_it_counts(
    database: Database, run: Run, environment: dict[str, str]
) -> None:
    run("due", "3", "2023-05-31")
    moved = run("due", "3", "+2", "weeks", "--reason", "he is ill")
    assert moved.code == 0
    assert '3: "+2 weeks" counts from today, and so its date is earlier; 2 weeks after 2023-05-31: ' in moved.err
    line = moved.err.strip().rpartition("2023-05-31: ")[2]
    assert run_in_shell_or_terminal.shell(line, environment).code == 0
    shown = document(run("show", "3", "--json"))
    assert (shown["due"], shown["due_changes"][0]["reason"]) == ("2023-06-14", "he is ill")
    assert "counts from today" not in run("due", "3", "+1y", "--reason", "x").err


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_date_that_a_span_meant_keeps_all_that_was_said_of_the_change(
    database: Database, run: Run, environment: dict[str, str], lang: str
) -> None:
    run("due", "3", "2023-05-31")
    said = ["--reason", "he is ill", "--asked-by", "MIA", "--agreed-by", "INTERPOL", "--words", "when he is back"]
    moved = run("due", "3", "+2w", *said, env={"FOLLOWUP_LANG": lang})
    line = "followup undo" + moved.err.rpartition("followup undo")[2].strip()
    assert run_in_shell_or_terminal.shell(line, environment | {"FOLLOWUP_LANG": lang}).code == 0, moved.err
    shown = document(run("show", "3", "--json"))
    [change] = shown["due_changes"]
    assert (shown["due"], shown["due_words"]) == ("2023-06-14", "when he is back")
    assert (change["reason"], change["agreed_by"]) == ("he is ill", "INTERPOL")
    assert change["asked_by"].startswith("MIA")
    mended = run("due", "3", "+1w", "--reason", "mistyped", "--correct", env={"FOLLOWUP_LANG": lang})
    line = "followup undo" + mended.err.rpartition("followup undo")[2].strip()
    assert run_in_shell_or_terminal.shell(line, environment | {"FOLLOWUP_LANG": lang}).code == 0, mended.err
    shown = document(run("show", "3", "--json"))
    assert (shown["due"], shown["due_changes"][-1]["correction"]) == ("2023-06-21", True)


def test_a_wish_is_free_to_change(database: Database, run: Run) -> None:
    assert run("due", "1", "2023-05-01") == (
        0,
        "1 due none -> 2023-05-01 (a wish until it is agreed: followup agree 1)\n",
        "",
    )
    assert run("due", "1", "2023-06-01") == (
        0,
        "1 due 2023-05-01 -> 2023-06-01 (a wish until it is agreed: followup agree 1)\n",
        "followup: 1 is proposed, so it does not count as put off. If 2023-05-01 was agreed before: "
        "followup undo && followup agree 1 && followup due 1 --reason TEXT 2023-06-01\n",
    )
    assert run("due", "1", "none") == (0, "1 due 2023-06-01 -> none\n", "")
    shown = document(run("show", "1", "--json"))
    assert (shown["original_due"], shown["due_changes"], shown["extension_count"]) == (None, [], 0)


@pytest.mark.parametrize("day", ["2023-06-30", "2023-03-15", "none", "tomorrow"])
def test_an_agreed_date_changes_only_with_a_reason(database: Database, run: Run, day: str) -> None:
    with unchanged(database.path):
        assert_refused(run("due", "2", day), 1, "2", "2023-03-31", "--reason")
        assert_refused(run("due", "2", day, "--reason", " "), 1, "2", "--reason")
        assert_refused(run("due", "2", day, "--correct"), 1, "2", "--reason")


def test_later_is_an_extension(database: Database, run: Run) -> None:
    argv = ["due", "2", "2023-06-30", "--reason", "new", "minister", "--asked-by", MIA, "--agreed-by", INTERPOL]
    assert run(*argv) == (0, "2 due 2023-03-31 -> 2023-06-30 (extension 1)\n", "")
    assert run("due", "2", "2023-07-31", "--reason", "again").out == "2 due 2023-06-30 -> 2023-07-31 (extension 2)\n"
    shown = document(run("show", "2", "--json"))
    assert (shown["due"], shown["original_due"], shown["extension_count"]) == ("2023-07-31", "2023-03-31", 2)
    assert shown["due_changes"][0] == {
        "old": "2023-03-31",
        "new": "2023-06-30",
        "on": "2023-03-01",
        "reason": "new minister",
        "asked_by": MIA,
        "agreed_by": INTERPOL,
        "extension": True,
        "correction": False,
    }


def test_to_none_is_an_extension(database: Database, run: Run) -> None:
    assert run("due", "2", "none", "--reason", "open") == (0, "2 due 2023-03-31 -> none (extension 1)\n", "")
    shown = document(run("show", "2", "--json"))
    assert (shown["due"], shown["band"], shown["original_due"]) == (None, "no-date", "2023-03-31")
    with unchanged(database.path):
        assert_refused(run("due", "2", "2023-05-01"), 1, "2", "--reason")
    back = run("due", "2", "2023-05-01", "--reason", "found")
    assert (back.code, back.err) == (0, "")
    assert back.out.startswith("2 due none -> 2023-05-01")
    assert "extension" not in back.out


def test_earlier_is_no_extension(database: Database, run: Run) -> None:
    earlier = run("due", "2", "2023-03-15", "--reason", "the meeting is earlier")
    assert (earlier.code, earlier.err) == (0, "")
    assert earlier.out.startswith("2 due 2023-03-31 -> 2023-03-15")
    assert "extension" not in earlier.out
    shown = document(run("show", "2", "--json"))
    assert (shown["extension_count"], shown["due_changes"][0]["extension"]) == (0, False)


def test_a_correction_is_no_extension_and_mends_the_original(database: Database, run: Run) -> None:
    corrected = run("due", "2", "2023-05-31", "--correct", "--reason", "mistyped")
    assert corrected == (0, "2 due 2023-03-31 -> 2023-05-31 (correction)\n", "")
    shown = document(run("show", "2", "--json"))
    assert (shown["due"], shown["original_due"], shown["extension_count"]) == ("2023-05-31", "2023-05-31", 0)
    assert shown["due_changes"][0]["correction"] is True
    assert document(run("history", "2", "--json"))[-1]["reason"] == "mistyped"


def test_a_correction_of_a_later_date_leaves_the_original(database: Database, run: Run) -> None:
    run("due", "2", "2023-06-30", "--reason", "new minister")
    run("due", "2", "2023-07-31", "--correct", "--reason", "mistyped")
    shown = document(run("show", "2", "--json"))
    assert (shown["due"], shown["original_due"], shown["extension_count"]) == ("2023-07-31", "2023-03-31", 1)


def test_there_is_nothing_to_correct_without_a_date(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("due", "3", "2023-05-01", "--correct", "--reason", "x"), 1, "3", "--correct")


def test_the_same_date_says_so_and_leaves_no_event(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert run("due", "2", "2023-03-31") == (0, "2 is due 2023-03-31 already\n", "")
        assert run("due", "3", "none") == (0, "3 has no date already\n", "")


def test_the_words_are_kept_when_they_stay_true(database: Database, run: Run) -> None:
    run("due", "3", "end", "of", "March")
    shown = document(run("show", "3", "--json"))
    assert (shown["due_words"], shown["due_precision"]) == ("end of March", "month")
    run("due", "1", "+2w")
    shown = document(run("show", "1", "--json"))
    assert (shown["due"], shown["due_words"], shown["due_precision"]) == ("2023-03-15", None, "day")
    run("due", "1", "none", "--words", "as", "soon", "as", "possible")
    shown = document(run("show", "1", "--json"))
    assert (shown["due"], shown["due_words"]) == (None, "as soon as possible")


def test_a_past_date_is_taken_with_a_warning(database: Database, run: Run) -> None:
    late = run("due", "3", "2023-02-01")
    assert (late.code, late.out) == (0, "3 due none -> 2023-02-01\n")
    assert late.err.startswith("followup: 2023-02-01 is past")
    assert late.err.count("\n") == 1


def test_what_was_understood_is_printed_back(database: Database, run: Run) -> None:
    done = run("due", "3", "end", "of", "March")
    assert (done.code, done.out) == (0, "3 due none -> 2023-03-31\n")
    assert "Fri 31 March 2023" in done.err


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("31.3.2023", "2023-03-31"),
        ("2023/03/31", "2023-03-31"),
        ("31/03/2023", "2023-03-31"),
        ("03/31/2023", "2023-03-31"),
        ("04/04/2023", "2023-04-04"),
        ("31 March", "2023-03-31"),
        ("31.03", "2023-03-31"),
        ("31.3.", "2023-03-31"),
        ("the 31st of March", "2023-03-31"),
        ("March 31, 2023", "2023-03-31"),
        ("Friday 31 March 2023", "2023-03-31"),
        ("tomorrow", "2023-03-02"),
        ("day after tomorrow", "2023-03-03"),
        ("Wednesday", "2023-03-08"),
        ("+3m", "2023-06-01"),
        ("in 2 weeks", "2023-03-15"),
        ("within a month", "2023-04-01"),
        ("2023-W13", "2023-04-02"),
        ("end of the week", "2023-03-05"),
        ("no later than end of March", "2023-03-31"),
        ("03/2023", "2023-03-31"),
        ("next month", "2023-04-30"),
        ("1st quarter of 2023", "2023-03-31"),
        ("first half of 2023", "2023-06-30"),
        ("autumn 2023", "2023-11-30"),
        ("by the end of 2023", "2023-12-31"),
        ("31 марта", "2023-03-31"),
        ("до конца марта", "2023-03-31"),
        ("II квартал 2023", "2023-06-30"),
        ("через 2 недели", "2023-03-15"),
    ],
)
def test_a_date_may_be_unquoted_words(database: Database, run: Run, words: str, day: str) -> None:
    done = run("due", "3", *words.split(" "))
    assert (done.code, done.out) == (0, f"3 due none -> {day}\n")


def test_the_reason_may_stand_before_the_date_and_after_it(database: Database, run: Run) -> None:
    done = run("due", "3", "end", "of", "March", "--reason", "new", "minister")
    assert (done.code, done.out) == (0, "3 due none -> 2023-03-31\n")
    done = run("due", "3", "--reason", "newer minister", "end", "of", "April")
    assert (done.code, done.out) == (0, "3 due 2023-03-31 -> 2023-04-30 (extension 1)\n")
    done = run("--today=2023-03-01", "due", "--reason=newest", "3", "end", "of", "May")
    assert (done.code, done.out) == (0, "3 due 2023-04-30 -> 2023-05-31 (extension 2)\n")


@pytest.mark.parametrize(
    "words",
    [
        "03/04/2023",
        "March 23",
        "before 31 March",
        "next Friday",
        "mid-March",
        "winter 2023",
        "10d",
        "2 weeks",
        "asap",
        "tbd",
        "31 March 2023 or 1 April 2023",
        "2023-03-01..2023-03-31",
        "maybe",
        "2023.5",
        "1985-03-31",
        "31.3.2101",
        "31.3.23",
        "12:00",
        "45016",
        "2023-02-30",
        "+0d",
        "yesterday",
        "31march",
        "",
        " ",
        "٢٠٢٣-٠٣-٣١",
        "March 31",
        "\u200b2023-03-31",
    ],
)
def test_a_date_with_no_or_two_readings_is_refused_with_examples(database: Database, run: Run, words: str) -> None:
    with unchanged(database.path):
        assert_refused(run("due", "2", *words.split(" "), "--reason", "x"), 2, "write ")


@pytest.mark.parametrize(
    ("argv", "code", "fragments"),
    [
        (["due"], 2, ["ID"]),
        (["due", "2"], 2, ["DATE"]),
        (["due", "x", "2023-05-01"], 2, ["x"]),
        (["due", "2", "3", "2023-05-01", "--reason", "x"], 2, ["3 2023-05-01"]),
        (["due", "99", "2023-05-01"], 3, ["99"]),
        (["due", "99", "none"], 3, ["99"]),
        (["due", "2", "2023-05-01", "--reason"], 2, ["--reason"]),
        (["due", "2", "2023-05-01", "--reson", "x"], 2, ['did you mean "--reason"?']),
    ],
)
def test_it_is_refused(database: Database, run: Run, argv: list[str], code: int, fragments: list[str]) -> None:
    with unchanged(database.path):
        assert_refused(run(*argv), code, *fragments)


def test_a_reason_is_needed_in_a_batch_as_well(database: Database, run: Run) -> None:
    with unchanged(database.path):
        failed = run("batch", input="due 2 2023-06-30\n")
    assert failed.code == 1
    assert failed.out.startswith("error 1 1 2: ")
    assert store_builders.record(database, 2)["due"] == "2023-03-31"


@pytest.mark.parametrize(("lang", "remark"), [("en", "is not late: is it the right one?"), ("ru", "срок не нарушен")])
def test_a_reason_for_what_is_not_late_is_kept_and_asked_about(
    database: Database, run: Run, lang: str, remark: str
) -> None:
    env = {"FOLLOWUP_LANG": lang}
    run("due", "3", "+3w")
    kept = run("reason", "3", "he", "was", "ill", env=env)
    assert kept.code == 0
    assert remark in kept.err
    assert run("reason", "3", "he", "is", "ill", "--today", "2030-01-01", env=env).err == ""
