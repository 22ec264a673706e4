"""The quick check, the list and the check for monitoring: what they count, show, hide and sort."""

import os
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.rules.silence_and_chasing import SILENT_AFTER
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, document, ids, lines_of
from tests.support.fixed_day_and_user import TODAY
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP, PATIENCE
from tests.support.run_in_shell_or_terminal import on_terminal
from tests.support.store_builders import INTERPOL, MIA, UNODC
from tests.tui.cli.conftest import RunOnDemo

BANDS = ["overdue", "today", "week", "month", "later", "no-date", "unconfirmed", "finished"]


# The quick check.


def test_the_short_status_leaves_zeros_out(database: Database, run: Run) -> None:
    assert run("status", "--short") == (0, "1 overdue, 2 no date, 4 silent, 4 open\n", "")


def test_the_short_status_says_when_nothing_is_open(empty: Database, run: Run) -> None:
    assert run("status", "--short") == (0, "nothing open\n", "")


def test_the_short_status_of_everything_names_each_count(on_demo: RunOnDemo) -> None:
    counts = document(on_demo("status", "--json"))
    words = [
        f"{counts['overdue']} overdue",
        f"{counts['due_today']} today",
        f"{counts['week']} within 7 days",
        f"{counts['no_date']} no date",
        f"{counts['unconfirmed']} to confirm",
        f"{counts['silent']} silent",
        f"{counts['open']} open",
    ]
    assert not any(word.startswith("0 ") for word in words)
    assert on_demo("status", "--short") == (0, ", ".join(words) + "\n", "")


def test_the_short_status_takes_a_query(database: Database, run: Run) -> None:
    assert run("status", "by:UNODC", "--short", "overdue") == (0, "1 overdue, 1 silent, 1 open\n", "")


def test_the_short_status_without_a_store_in_the_default_place_is_silent(run: Run, path: str) -> None:
    assert run("status", "--short", env={"FOLLOWUP_STORE": ""}) == (0, "", "")
    assert not Path(path).exists()


@pytest.mark.file_only("the path of a file")
def test_the_short_status_of_a_store_that_was_named_and_is_not_there_says_so(run: Run, path: str) -> None:
    assert_refused(run("status", "--short"), 4, f"there is no store at {path}")
    assert_refused(run("--store", path + ".other", "status", "--short"), 4, f"{path}.other")
    assert run("config", "store", path).code == 0
    assert_refused(run("status", "--short", env={"FOLLOWUP_STORE": ""}), 4, path, "config.toml")


@pytest.mark.file_only("a damaged file")
def test_the_short_status_of_a_damaged_store_is_not_silent(run: Run, path: str) -> None:
    Path(path).write_text("{")
    assert_refused(run("status", "--short"), 4, path, "damaged")


def test_the_status_is_one_screen_with_ten_urgent_lines_at_most(on_demo: RunOnDemo) -> None:
    lines = lines_of(on_demo("status"))
    urgent = [line for line in lines if "#" in line]
    assert len(lines) <= 24
    assert len(urgent) == 10
    counts = document(on_demo("status", "--json"))
    assert lines[-1] == f" and {counts['open'] - 10} more: followup list shows all {counts['open']}"


def test_the_status_in_a_pipe_has_neither_colour_nor_talk(on_demo: RunOnDemo) -> None:
    shown = on_demo("status")
    assert (shown.code, shown.err) == (0, "")
    assert "\x1b" not in shown.out


def test_the_status_puts_the_most_urgent_first(on_demo: RunOnDemo) -> None:
    urgent = document(on_demo("status", "--json"))["urgent"]
    assert [each["id"] for each in urgent] == ids(on_demo("list", "--ids"))[:10]


def test_the_status_counts_only_what_a_query_asks_for(on_demo: RunOnDemo) -> None:
    counts = document(on_demo("status", "visit:lyon-2022", "--json"))
    assert (counts["total"], counts["no_date"], counts["overdue"]) == (5, 5, 0)


def test_the_status_of_an_empty_store_tells_the_first_step(empty: Database, run: Run) -> None:
    shown = run("status")
    assert (shown.code, shown.err) == (0, "")
    assert "followup visit add" in shown.out


def test_no_command_in_a_pipe_is_the_status(on_demo: RunOnDemo) -> None:
    assert on_demo() == on_demo("status")
    assert on_demo("--today", "2023-03-05") == on_demo("status", "--today", "2023-03-05")


def test_without_command_a_dumb_terminal_shows_status(
    on_demo: RunOnDemo, environment: dict[str, str], demo: str
) -> None:
    drawn = on_terminal(env={**environment, "FOLLOWUP_STORE": demo, "TERM": "dumb"})
    assert drawn == on_demo("status")


def test_the_app_is_refused_where_it_cannot_run(database: Database, run: Run, environment: dict[str, str]) -> None:
    assert_refused(run("app"), 2, "followup status")
    assert_refused(on_terminal("app", env={**environment, "TERM": "dumb"}), 2, "followup status")


def test_the_app_takes_the_option_that_its_help_names(database: Database, environment: dict[str, str]) -> None:
    with PtyScreen([FOLLOWUP, "app", "--whole"], environment, (80, 24)) as screen:
        screen.wait_for("Promote cooperation")
        screen.send("q")
        screen.wait_for(lambda: screen.has_ended)
    assert_refused(on_terminal("--whole", env=environment), 2, "followup app --whole")


# The list.


def test_the_list_for_scripts_is_nine_columns_without_header(database: Database, run: Run) -> None:
    assert run("list", "--tsv") == (
        0,
        "4\toverdue\t-14\t2023-02-15\tagreed\tlyon-2022\tUNODC; INTERPOL\tUNODC; INTERPOL\tPromote cooperation\n"
        "2\tmonth\t30\t2023-03-31\tagreed\tlyon-2022\tMIA Uzbekistan\tINTERPOL\tNominate officers to ISON\n"
        "1\tno-date\t\t\tproposed\tlyon-2022\tMIA Uzbekistan\tINTERPOL\tTake part in the TIP Analysis File\n"
        "3\tno-date\t\t\tagreed\tlyon-2022\tUNODC; INTERPOL\tMIA Uzbekistan\tFacilitate the assistance\n",
        "",
    )


def test_the_list_goes_from_the_most_urgent_band_to_the_least(on_demo: RunOnDemo) -> None:
    listed = document(on_demo("list", "--all", "--json"))
    places = [BANDS.index(each["band"]) for each in listed]
    assert places == sorted(places)
    assert set(places) == set(range(len(BANDS)))
    for band in BANDS:
        days = [each["due"] for each in listed if each["band"] == band and each["days_left"] is not None]
        assert days == sorted(days)


def test_the_list_hides_finished_ones_unless_asked(on_demo: RunOnDemo) -> None:
    everything = document(on_demo("list", "--all", "--json"))
    finished = {each["id"] for each in everything if each["band"] == "finished"}
    assert finished
    assert set(ids(on_demo("list", "--ids"))) == {each["id"] for each in everything} - finished
    assert set(ids(on_demo("list", "--ids", "finished"))) == finished
    assert set(ids(on_demo("list", "--ids", "band:finished"))) == finished
    assert set(ids(on_demo("list", "--ids", "state:confirmed", "or", "state:closed"))) == finished
    assert set(ids(on_demo("list", "--ids", "not:open"))) == finished


def tsv_numbers(on_demo: RunOnDemo) -> list[str]:
    return [line.split("\t")[0] for line in on_demo("list", "--tsv").out.splitlines()]


def test_the_list_of_numbers_is_numbers_only(on_demo: RunOnDemo) -> None:
    shown = on_demo("list", "--ids")
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == "".join(f"{number}\n" for number in tsv_numbers(on_demo))


def test_a_query_without_a_match_is_quiet_and_no_failure(on_demo: RunOnDemo) -> None:
    assert on_demo("list", "nothing-is-called-so") == (0, "", "")
    assert on_demo("list", "--ids", "nothing-is-called-so") == (0, "", "")
    assert on_demo("list", "--tsv", "nothing-is-called-so") == (0, "", "")
    assert on_demo("list", "--json", "nothing-is-called-so") == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("typed", "meant", "among"),
    [
        ("list by mia to interpol", "by:mia to:interpol", "list"),
        ("find from unodc", "by:unodc", "list --all"),
        ("list lyon", "visit:lyon", "list"),
        ("open owner adviser", "open owner:adviser", "list"),
    ],
)
def test_words_that_were_meant_as_fields_are_answered_with_the_query_to_type(
    on_demo: RunOnDemo, typed: str, meant: str, among: str
) -> None:
    shown = on_demo(*typed.split(), "--ids")
    assert (shown.code, shown.out) == (0, "")
    count = len(ids(on_demo(*among.split(), "--ids", *meant.split())))
    assert shown.err.endswith(f": followup {among} {meant} finds {count}\n")
    assert_one_sentence(shown.err)


def test_words_that_find_as_much_as_the_fields_say_nothing_more(on_demo: RunOnDemo) -> None:
    assert on_demo("list", "--ids", "by:MIA", "to:INTERPOL").err == ""
    assert on_demo("list", "--ids", "letter", "to", "nobody").err == ""
    assert on_demo("status", "by", "mia").err.endswith("followup status by:mia finds 10\n")
    assert on_demo("check", "by", "mia").err.endswith("followup check by:mia finds 10\n")
    assert on_demo("export", "from", "mia").err.endswith("followup export by:mia finds 10\n")


def test_the_list_on_a_terminal_says_that_nothing_matches(environment: dict[str, str], demo: str) -> None:
    drawn = on_terminal("list", "nothing-is-called-so", env={**environment, "FOLLOWUP_STORE": demo})
    assert (drawn.code, drawn.out) == (0, "")
    assert drawn.err.startswith("followup: nothing matches ")


def test_the_list_in_a_pipe_is_the_table(on_demo: RunOnDemo) -> None:
    lines = lines_of(on_demo("list"))
    assert lines[0] == " !! OVERDUE 2"
    above = [line for line in lines if "#" not in line]
    headings = [line[4:].rsplit(" ", 1)[0] for line in above]
    assert headings == [
        "OVERDUE",
        "TODAY",
        "WITHIN 7 DAYS",
        "WITHIN 30 DAYS",
        "LATER",
        "NO DATE SET",
        "TO BE CONFIRMED",
    ]
    sizes = [int(line.rsplit(" ", 1)[1]) for line in above]
    assert sum(sizes) == len(lines) - len(above) == len(ids(on_demo("list", "--ids")))


def test_the_table_says_lateness_in_words_and_with_a_sign(on_demo: RunOnDemo) -> None:
    lines = lines_of(on_demo("list", "--all"))
    row = {each: next(line for line in lines if f" {each} " in line) for each in ("#6", "#7", "#8", "#9", "#11", "#17")}
    assert row["#6"].startswith(" !!@   9 d late   #6 o agreed  ")
    assert row["#7"].startswith(" !!    1 d late+  #7 o agreed  ")
    assert row["#8"].startswith(" !        today ")
    assert row["#9"].startswith(" .       in 3 d ")
    assert row["#11"].startswith(" =  done ")
    assert " declined " in row["#17"]


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("id", lambda each: each["id"]),
        ("due", lambda each: (each["due"] or "9999", each["id"])),
        ("title", lambda each: each["title"].lower()),
        ("visit", lambda each: each["visit"]),
        ("owner", lambda each: each["owner"]),
        ("silent", lambda each: -each["silent_days"]),
        (
            "state",
            lambda each: ["proposed", "agreed", "in-progress", "reported", "confirmed", "closed"].index(each["state"]),
        ),
    ],
)
def test_the_list_is_sorted_by(on_demo: RunOnDemo, field: str, key: Callable[[dict[str, Any]], Any]) -> None:
    listed = document(on_demo("list", "--all", "--json", "--sort", field))
    assert [key(each) for each in listed] == sorted(map(key, listed))
    assert ids(on_demo("list", "--ids", "--all", "--sort", field)) == [each["id"] for each in listed]


def test_the_list_is_not_sorted_by_an_unknown_field(on_demo: RunOnDemo) -> None:
    assert_refused(on_demo("list", "--sort", "titel"), 2, '"titel"', 'did you mean "title"?')
    assert_refused(on_demo("list", "--sort"), 2, "--sort")


def _is_silent(each: dict[str, Any]) -> bool:
    return each["silent_days"] >= SILENT_AFTER and each["state"] not in ("confirmed", "closed") and each["id"] != 20


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("overdue", lambda each: each["band"] == "overdue"),
        ("today", lambda each: each["band"] == "today"),
        ("week", lambda each: each["band"] == "week"),
        ("month", lambda each: each["band"] == "month"),
        ("later", lambda each: each["band"] == "later"),
        ("no-date", lambda each: each["band"] == "no-date"),
        ("unconfirmed", lambda each: each["band"] == "unconfirmed"),
        ("finished", lambda each: each["band"] == "finished"),
        ("closed", lambda each: each["state"] == "closed"),
        ("open", lambda each: each["band"] != "finished"),
        ("silent", _is_silent),
        ("chase", lambda each: (each["chase_on"] or "9") <= "2023-03-01" and each["band"] != "finished"),
        ("extended", lambda each: each["extension_count"] > 0 and each["band"] != "finished"),
        ("waiting", lambda each: each["after"] is not None),
        ("mine", lambda each: False),
        ("by:MIA", lambda each: "MIA Uzbekistan" in each["by"] and each["band"] != "finished"),
        ("by:мвд", lambda each: "MIA Uzbekistan" in each["by"] and each["band"] != "finished"),
        ("to:interpol", lambda each: "INTERPOL" in each["to"] and each["band"] != "finished"),
        ("via:NCB", lambda each: each["via"] == "NCB Tashkent"),
        ("party:NCB", lambda each: each["via"] == "NCB Tashkent"),
        ("owner:adv", lambda each: each["owner"] == "adviser" and each["band"] != "finished"),
        ("visit:vienna", lambda each: each["visit"].startswith("vienna") and each["band"] != "finished"),
        ("kind:nominate-experts", lambda each: each["kind"] == "nominate-experts" and each["band"] != "finished"),
        ("text:memorandum", lambda each: each["id"] == 18),
        ("memorandum law", lambda each: each["id"] == 18),
        ("state:reported", lambda each: each["state"] == "reported"),
        ("band:week", lambda each: each["band"] == "week"),
        ("outcome:met-late", lambda each: each["outcome"] == "met-late"),
        ("id:3-7", lambda each: each["id"] in range(3, 8)),
        ("due:none", lambda each: each["due"] is None and each["band"] != "finished"),
        ("due:..2w", lambda each: each["due"] and each["due"] <= "2023-03-15" and each["band"] != "finished"),
        ("due:2023-03", lambda each: (each["due"] or "")[:7] == "2023-03" and each["band"] != "finished"),
        ("due:2023-Q1", lambda each: "2023-01" <= (each["due"] or "")[:7] <= "2023-03" and each["band"] != "finished"),
        ("due:2023-04-01..", lambda each: (each["due"] or "") >= "2023-04-01" and each["band"] != "finished"),
        ("silent:30..", lambda each: each["silent_days"] >= 30 and each["band"] != "finished"),
        ("late:5..", lambda each: (each["days_left"] or 0) <= -5),
        ("overdue or no-date by:MIA", lambda each: each["band"] in ("overdue", "no-date") and MIA in each["by"]),
        ("-overdue -no-date", lambda each: each["band"] not in ("overdue", "no-date", "finished")),
        ("not:by:MIA", lambda each: MIA not in each["by"] and each["band"] != "finished"),
    ],
)
def test_a_query_finds(on_demo: RunOnDemo, query: str, wanted: Callable[[dict[str, Any]], bool]) -> None:
    everything = document(on_demo("list", "--all", "--json"))
    found = document(on_demo("list", "--json", *query.split(" ")))
    assert {each["id"] for each in found} == {each["id"] for each in everything if wanted(each)}


def test_mine_is_what_i_own_or_am_a_party_of(on_demo: RunOnDemo) -> None:
    assert on_demo("config", "me", "coordinator", UNODC).code == 0
    everything = document(on_demo("list", "--json"))
    wanted = {each["id"] for each in everything if UNODC in each["by"] + each["to"] or each["owner"] == "coordinator"}
    assert set(ids(on_demo("list", "--ids", "mine"))) == wanted
    assert set(ids(on_demo("list", "--ids", "owner:me", "or", "party:me"))) == wanted
    assert set(ids(on_demo("list", "--ids", "by:me"))) == {each["id"] for each in everything if UNODC in each["by"]}


def test_the_login_name_is_me_when_nothing_is_configured(database: Database, run: Run) -> None:
    assert ids(run("list", "--ids", "owner:me")) == []
    assert run("note", "3", "mine now").code == 0
    assert run("add", "Mine", "--visit", "lyon-2022", "--by", UNODC, "--to", INTERPOL).out == "5\n"
    assert ids(run("list", "--ids", "owner:me")) == [5]


@pytest.mark.parametrize(
    ("query", "fragments"),
    [
        ("byy:MIA", ['"byy"', 'did you mean "by"?']),
        ("sate:agreed", ['"sate"', 'did you mean "state"?']),
        ("zzzz:agreed", ['"zzzz"', "by", "due"]),
        ("state:agred", ['"agred"', 'did you mean "agreed"?']),
        ("band:overdu", ['"overdu"', 'did you mean "overdue"?']),
        ("due:03/04/2023", ["03/04/2023"]),
        ("due:", ["due"]),
        ("late:x", ["late", '"x"']),
        ("silent:10..5", ["silent"]),
        ("id:x", ["id", '"x"']),
        ("or", ['"or"']),
        ("overdue or", ['"or"']),
        ("not:", ["not:"]),
    ],
)
def test_a_query_that_is_not_understood_is_wrong_usage(on_demo: RunOnDemo, query: str, fragments: list[str]) -> None:
    for command in ("list", "status", "visits"):
        assert_refused(on_demo(command, *query.split(" ")), 2, *fragments)


def test_a_query_that_is_not_understood_is_unknown_to_monitoring(on_demo: RunOnDemo) -> None:
    checked = on_demo("check", "sate:agreed")
    assert (checked.code, checked.err) == (3, "")
    assert checked.out.startswith("FOLLOWUP UNKNOWN - ")


# Monitoring.

_SET = f"followup: checked on {TODAY}, which FOLLOWUP_TODAY sets, and not today\n"


def _check(found: str, figures: str, day: str = TODAY) -> str:
    """The line of a check on a day that a variable sets."""
    return f"FOLLOWUP {found}, on {day} by FOLLOWUP_TODAY | {figures}\n"


def test_the_check_is_critical_when_something_is_late(database: Database, run: Run) -> None:
    assert run("check") == (2, _check("CRITICAL - 1 overdue, 0 due within 7 days", "overdue=1 due=0 open=4"), _SET)


def test_the_check_warns_of_what_is_due(database: Database, run: Run) -> None:
    warning = _check("WARNING - 0 overdue, 1 due within 30 days", "overdue=0 due=1 open=2")
    assert run("check", "by:MIA", "--within", "30") == (1, warning, _SET)
    assert run("check", "--within=30", "by:MIA") == (1, warning, _SET)


def test_the_check_counts_what_is_due_today(database: Database, run: Run) -> None:
    checked = run("check", "by:MIA", env={"FOLLOWUP_TODAY": "2023-03-31"})
    warning = _check("WARNING - 0 overdue, 1 due within 7 days", "overdue=0 due=1 open=2", day="2023-03-31")
    assert (checked.code, checked.out) == (1, warning)


def test_the_check_is_content_when_nothing_presses(database: Database, run: Run) -> None:
    ok = _check("OK - 0 overdue, 0 due within 7 days", "overdue=0 due=0 open=2")
    assert run("check", "by:MIA") == (0, ok, _SET)
    assert run("check", "by:MIA", "--within", "29") == (0, ok.replace("7 days", "29 days"), _SET)


def test_a_check_of_another_day_says_so(database: Database, run: Run) -> None:
    """A day that stands in a crontab makes an OK for ever: the line says it, and so does stderr, which cron mails."""
    of_day = "FOLLOWUP OK - 0 overdue, 0 due within 7 days, on 2020-01-01 by {} | overdue=0 due=0 open=4\n"
    said = "followup: checked on 2020-01-01, which FOLLOWUP_TODAY sets, and not today\n"
    assert run("check", env={"FOLLOWUP_TODAY": "2020-01-01"}) == (0, of_day.format("FOLLOWUP_TODAY"), said)
    assert run("check", "--today", "2020-01-01") == (0, of_day.format("--today"), "")
    assert "days | overdue=" in run("check", env={"FOLLOWUP_TODAY": ""}).out


def test_a_check_of_the_day_of_the_clock_is_as_any_other(database: Database, run: Run) -> None:
    for _ in range(3):  # Unless midnight passes in between.
        today = time.strftime("%Y-%m-%d")
        checked = run("check", env={"FOLLOWUP_TODAY": today})
        if today == time.strftime("%Y-%m-%d"):
            break
    assert (" by " in checked.out, checked.err) == (False, "")


@pytest.mark.parametrize(
    "argv",
    [
        ["check", "--within", "soon"],
        ["check", "--within"],
        ["check", "--nope"],
        ["check", "--today", "2023-02-30"],
        ["--today", "2023-02-30", "check"],
        ["--store", "/nowhere/at/all.json", "check", "--nope"],
    ],
)
def test_the_check_is_unknown_after_wrong_usage_wherever_its_options_stand(on_demo: RunOnDemo, argv: list[str]) -> None:
    checked = on_demo(*argv)
    assert (checked.code, checked.err) == (3, "")
    assert checked.out.startswith("FOLLOWUP UNKNOWN - ")
    assert checked.out.count("\n") == 1
    assert "|" not in checked.out


@pytest.mark.file_only("a damaged file")
def test_the_check_is_unknown_without_a_readable_store(run: Run, path: str) -> None:
    for argv in (["check"], ["--store", path, "check"]):
        checked = run(*argv)
        assert (checked.code, checked.err) == (3, "")
        assert checked.out.startswith("FOLLOWUP UNKNOWN - ")
        assert path in checked.out
    Path(path).write_bytes(b"")
    assert run("check").code == 3


def test_the_check_is_unknown_with_a_bad_variable(database: Database, run: Run) -> None:
    checked = run("check", env={"FOLLOWUP_TODAY": "soon"})
    assert (checked.code, checked.err) == (3, "")
    assert checked.out.startswith("FOLLOWUP UNKNOWN - ")


def test_a_day_makes_what_is_due_late_only_after_it(database: Database, run: Run) -> None:
    assert run("list", "--tsv", "--today", "2023-03-31", "id:2").out.startswith("2\ttoday\t0\t")
    assert run("list", "--tsv", "--today", "2023-05-01", "id:2").out.startswith("2\toverdue\t-31\t")
    assert run("list", "--tsv", "id:2", env={"FOLLOWUP_TODAY": "2023-03-24"}).out.startswith("2\tweek\t7\t")


def test_an_empty_list_of_a_word_says_what_comes_next_to_who_reads_it_alone(
    database: Database, environment: dict[str, str], run: Run
) -> None:
    environment = {**environment, "FOLLOWUP_TODAY": "2023-02-14"}
    for word, says in (("now", "nothing to act on now"), ("today", "nothing is due today")):
        master, terminal = os.openpty()
        with os.fdopen(master, "rb", buffering=0) as screen:
            done = subprocess.run(
                [FOLLOWUP, word], env=environment, stdout=subprocess.PIPE, stderr=terminal, timeout=PATIENCE
            )
            os.close(terminal)
            assert (done.returncode, done.stdout) == (0, b"")
            told = b""
            with suppress(OSError):  # What a terminal says when all is read.
                while piece := screen.read(1000):
                    told += piece
            assert_one_sentence(told.decode().replace("\r", ""), f"{says}: 4 open, the next one due ")
        assert run(word, env={"FOLLOWUP_TODAY": "2023-02-14"}) == (0, "", ""), "a cron job would send a mail of it"


def test_an_empty_list_of_a_word_says_what_comes_next_on_a_terminal(
    database: Database, environment: dict[str, str]
) -> None:
    environment = {**environment, "FOLLOWUP_TODAY": "2023-02-14"}
    for word, says in (("now", "nothing to act on now"), ("aside", "nothing is set aside")):
        drawn = on_terminal(word, env=environment)
        assert (drawn.code, drawn.out) == (0, "")
        assert drawn.err.startswith(f"followup: {says}: 4 open, the next one due "), drawn.err
    shown = on_terminal("visits", "lyon", env=environment)
    assert "hosts" in shown.out
    assert "Facilitate the assistance" in shown.out, "what it left"


def test_what_is_reported_is_not_what_comes_next(database: Database, run: Run, environment: dict[str, str]) -> None:
    run("due", "3", "2023-05-01")
    run("mark", "2", "done")
    drawn = on_terminal("today", env=environment)
    assert "the next one due Mon 1 May 2023" in drawn.err
    assert "followup now lists what to act on, followup list all that is open" in drawn.err


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("list no date", "followup list no-date finds"),
        ("list late", "followup list overdue finds 1"),
        ("list to be confirmed", "followup list unconfirmed finds none"),
        ("list due soon", "followup list week finds none"),
        ("list to chase", "followup list chase finds none"),
    ],
)
def test_words_that_are_said_for_a_word_of_a_query_name_it(database: Database, run: Run, typed: str, line: str) -> None:
    assert line in run(*typed.split()).err
