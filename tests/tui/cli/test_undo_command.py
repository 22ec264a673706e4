"""Undo and redo: my last change, all of it or nothing, never over somebody else's."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, document, lines_of, unchanged
from tests.support.fixed_day_and_user import ME
from tests.support.store_builders import INTERPOL, MIA

EVERY_MONTH = ["add", "Report", "--visit", "lyon-2022", "--every", "month", "--until", "2023-07-01", "--to", "INTERPOL"]


def test_undo_says_what_and_when_and_takes_it_back(database: Database, run: Run) -> None:
    before = store_builders.contents(database)
    run("mark", "2", "done")
    done = run("undo")
    assert (done.code, done.err) == (0, "")
    assert done.out.count("\n") == 1
    what = "taken back: the step of #2 Nominate officers to ISON from agreed to reported done"
    assert re.fullmatch(rf"{what} \(change 7 of \d+ [A-Z][a-z]+( \d+)?, \d\d:\d\d\)\n", done.out)
    assert store_builders.contents(database) == before


def test_undo_of_a_change_with_the_number_of_another_commitment_says_so(empty: Database, run: Run) -> None:
    run("visit", "add", "Workshop", "--place", "Vienna", "--from", "today", "--slug", "w")
    for title in ("first", "second", "third"):
        run("add", title, "--visit", "w", "--by", "UNODC", "--to", "INTERPOL")
    changes = [each["change"] for each in document(run("history", "1", "--json"))]
    assert changes == [3]
    with unchanged(empty.path):
        alone = "followup undo alone takes back #3 third"
        change = "followup undo 3 --yes takes back change 3, #1 first"
        last = "commitment: followup undo 5 takes back the last change of commitment 3, followup history 3 shows"
        assert_refused(run("undo", "3"), 1, "3 is the number of a change and of a commitment", change, last, alone)
    done = run("undo", "3", "--yes")
    assert "#1 first" in done.out
    assert_one_sentence(done.err, "3 is the number of a change, not of commitment 3: followup redo brings it back")
    assert run("undo").err == ""


def test_undo_of_the_last_change_or_of_one_of_that_commitment_needs_no_yes(empty: Database, run: Run) -> None:
    run("visit", "add", "Workshop", "--place", "Vienna", "--from", "today", "--slug", "w")
    for title in ("first", "second", "third", "fourth", "fifth"):
        run("add", title, "--visit", "w", "--by", "UNODC", "--to", "INTERPOL")
    run("edit", "5", "--owner", "x")
    assert run("undo", "8").code == 0
    run("remove", "5", "--reason", "a slip")
    assert "#5 fifth" not in run("undo", "5").out
    assert document(run("undo", "4", "--json")) is not None


def test_undo_adds_an_event_and_erases_none(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    before = document(run("history", "--json"))
    run("undo")
    after = document(run("history", "--json"))
    assert after[: len(before)] == before
    assert (after[-1]["action"], after[-1]["undoes"], after[-1]["who"]) == ("undo", 7, ME)


def test_undo_goes_back_one_change_after_another(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "x")
    run("mark", "2", "3", "done")
    run("due", "1", "2023-05-01")
    before = store_builders.contents(store_builders.beside(database))
    for number in (9, 8, 7):
        assert f"(change {number} of " in run("undo").out
    assert_refused(run("undo"), 1, "no change of yours")
    for number in (7, 8, 9):
        brought = run("redo").out
        assert brought.startswith("brought back: ")
        assert f"(change {number} of " in brought
    assert_refused(run("redo"), 1, "nothing to redo")
    assert store_builders.contents(store_builders.beside(database)) == before


@pytest.mark.parametrize(
    "argv",
    [
        ["add", "New", "--visit", "lyon-2022", "--by", "Somebody new", "--to", MIA, "--due", "2023-05-01"],
        ["visit", "add", "Workshop", "--place", "Vienna", "--from", "2023-02-01"],
        ["visit", "edit", "lyon-2022", "--slug", "lyon", "--donor", "INL"],
        ["edit", "2", "--owner", "x", "--quote", "q", "--by", "Somebody new"],
        ["mark", "1-3", "in-progress"],
        ["mark", "2", "closed", "--because", "dropped", "--note", "by agreement"],
        ["due", "2", "2023-06-30", "--reason", "new minister"],
        ["due", "2", "2023-06-30", "--reason", "mistyped", "--correct"],
        ["reason", "4", "new minister"],
        ["chase", "2", "3"],
        ["note", "2", "a note"],
        ["seats", "2", "--wanted", "3"],
        ["party", "edit", MIA, "--name", "Ministry", "--short", "MIA"],
        ["party", "merge", "NCB Tashkent", INTERPOL],
        ["remove", "1", "--reason", "twice"],
        ["config", "silent-after", "45", "--shared"],
    ],
)
def test_every_change_can_be_taken_back_and_brought_back(database: Database, run: Run, argv: list[str]) -> None:
    before = store_builders.contents(database)
    settings = document(run("config", "--json"))
    assert run(*argv).code == 0
    after, settings_after = store_builders.contents(database), document(run("config", "--json"))
    assert run("undo").code == 0
    assert store_builders.contents(database) == before
    assert document(run("config", "--json")) == settings
    assert run("redo").code == 0
    assert store_builders.contents(database) == after
    assert document(run("config", "--json")) == settings_after


@pytest.mark.parametrize(
    ("argv", "what"),
    [
        (
            ["add", "Cooperate on TIP cases", "--visit", "lyon-2022", "--by", "Somebody new", "--to", MIA],
            "#5 Cooperate on TIP cases, and the new party that came with it",
        ),
        (
            [*EVERY_MONTH, "--by", "A", "--by", "B"],
            "#5, #6, #7 and 1 more, and the 2 new parties that came with them",
        ),
        (["visit", "add", "Workshop", "--place", "Vienna", "--from", "2023-02-01"], "the new visit vienna-2023"),
        (
            ["visit", "add", "Workshop", "--place", "Vienna", "--from", "2023-02-01", "--host", "Fresh Host"],
            "the new visit vienna-2023, and the new party that came with it",
        ),
        (
            ["visit", "edit", "lyon-2022", "--from", "2022-11-08", "--to", "2022-11-10"],
            "the first day and last day of the visit lyon-2022",
        ),
        (["edit", "2", "--by", INTERPOL], "the promising party of #2 Nominate officers to ISON"),
        (["visit", "edit", "lyon-2022", "--donor", "INL"], "the donor of the visit lyon-2022"),
        (["visit", "edit", "lyon-2022", "--slug", "lyon"], "the slug of the visit lyon-2022, in 4 commitments"),
        (["edit", "2", "--owner", "x", "--quote", "q"], "the owner and quote of #2 Nominate officers to ISON"),
        (
            ["mark", "1-3", "in-progress"],
            "the step of #1 from proposed to in progress and the step of #2 and #3 from agreed to in progress",
        ),
        (
            ["due", "2", "2023-06-30", "--reason", "new minister"],
            "the change of the date of #2 Nominate officers to ISON from 31 Mar to 30 Jun",
        ),
        (["due", "1", "2023-06-30"], "the date of #1 Take part in the TIP Analysis File, 30 Jun"),
        (["reason", "4", "new minister"], "the reason why #4 Promote cooperation was missed"),
        (["chase", "2", "3"], "the chase of #2 and #3"),
        (["note", "2", "a note"], "the note on #2 Nominate officers to ISON"),
        (["seats", "2", "--wanted", "3"], "the count of seats of #2 Nominate officers to ISON"),
        (["party", "merge", "NCB Tashkent", INTERPOL], "the merging of NCB Tashkent into INTERPOL, in 1 commitment"),
        (["party", "edit", MIA, "--name", "Ministry"], f"the name and aliases of the party {MIA}, in 3 commitments"),
        (["remove", "1", "--reason", "twice"], "the removal of #1 Take part in the TIP Analysis File"),
        (["config", "silent-after", "45", "--shared"], "the setting silent after"),
    ],
)
def test_undo_says_what_in_a_persons_words(database: Database, run: Run, argv: list[str], what: str) -> None:
    assert run(*argv).code == 0
    listed = run("undo", "--list").out.rpartition("  ")[2].removesuffix("\n")
    assert run("undo").out.rpartition(" (change ")[0] == f"taken back: {what}"
    if "Ministry" not in argv and "lyon" not in argv:  # Which have another name while the change stands.
        assert listed == what


def test_undo_of_an_import_that_set_the_numbers_of_a_list(database: Database, run: Run, tmp_path: Path) -> None:
    rows = ["No,Commitment,By,To"]
    for number in ("2", "4"):
        there = document(run("show", number, "--json"))
        rows.append(",".join([f"A-{number}", there["title"], "; ".join(there["by"]), "; ".join(there["to"])]))
    table = tmp_path / "list.csv"
    table.write_text("\n".join(rows) + "\n")
    taken = run("import", str(table), "--visit", "lyon-2022")
    assert taken.code == 0, taken
    assert run("undo").out.startswith("taken back: the number in their list of #2 and #4 (change ")


def test_undo_of_a_change_that_is_not_there_says_whose_number_it_takes(database: Database, run: Run) -> None:
    assert run(*EVERY_MONTH, "--by", "UNODC").out.split()[-1] == "8"
    with unchanged(database.path):
        refused = run("undo", "8")
    look = "followup history 8 shows the changes of commitment 8"
    last = f"followup undo 7 takes back the last change of commitment 8, {look}"
    which = "; undo takes the number of a change, not of a commitment: "
    alone = "; followup undo alone takes back #5, #6, #7 and 1 more"
    assert_refused(refused, 1, f"there is no change 8: followup undo --list shows yours{which}{last}{alone}")
    with unchanged(database.path):
        assert_refused(run("undo", "#8"), 2, f"#8 is a commitment, and undo takes back a change: {last}{alone}")


def test_undo_does_not_speak_of_a_new_party_that_stays(database: Database, run: Run) -> None:
    run("add", "Send it", "--visit", "lyon-2022", "--by", "Somebody new", "--to", MIA)
    store_builders.add(store_builders.beside(database, who="boris"), by=["Somebody new"])
    assert run("undo").out.startswith("taken back: #5 Send it (change ")
    assert "Somebody new" in run("party", "list").out


def test_when_it_was_done_is_told_by_the_clock_of_the_place(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    at = document(run("history", "2", "--json"))[-1]["at"]
    minute = int(at[14:16])
    assert run("undo", "--list", env={"TZ": "XYZ-5:30"}).out.split(",")[1][4:6] == f"{(minute + 30) % 60:02}"
    run("config", "timezone", "Asia/Kathmandu", "--shared")  # 5:45 from UTC
    assert run("undo", "7").out.rstrip(")\n")[-2:] == f"{(minute + 45) % 60:02}"


def test_an_undone_note_is_gone_from_show_and_stays_in_the_history(database: Database, run: Run) -> None:
    run("note", "2", "a", "mistake")
    run("undo")
    assert document(run("show", "2", "--json"))["notes"] == []
    assert "a mistake" in run("history", "2").out


def test_a_chosen_change_is_taken_back(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "x")
    run("edit", "3", "--owner", "y")
    assert run("undo", "7").out.startswith("taken back: the owner of #2 Nominate officers to ISON (change 7 of ")
    owners = {each["id"]: each["owner"] for each in document(run("list", "--json"))}
    assert (owners[2], owners[3]) == ("asel", "y")
    assert_refused(run("undo", "7"), 1, "7")


def test_undo_lists_my_changes_newest_first(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "x")
    run("edit", "3", "--owner", "y")
    with unchanged(database.path):
        lines = lines_of(run("undo", "--list"))
    assert [line.split()[1] for line in lines] == ["8", "7"]
    assert lines[0].endswith("  the owner of #3 Facilitate the assistance")
    run("undo")
    assert [line.split()[1] for line in lines_of(run("undo", "--list"))] == ["7"]


def test_undo_with_nothing_of_mine_says_so(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("undo"), 1, "no change of yours")
        assert_refused(run("redo"), 1, "nothing to redo")
        listed = run("undo", "--list")
    assert (listed.code, listed.out) == (0, "")


def test_redo_works_only_until_my_next_change(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "x")
    run("undo")
    run("note", "3", "something else")
    with unchanged(database.path):
        assert_refused(run("redo"), 1, "nothing to redo")


def test_undo_of_another_ones_change_is_refused(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("undo", "4"), 1, "4", "asel")
        assert_refused(run("undo", "99"), 1, "99")
        assert_refused(run("undo", "x"), 2, "x")


def test_undo_is_refused_when_another_changed_the_same_field(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "mine", "--kind", "train")
    store_builders.do(store_builders.beside(database, who="boris"), "edit", 2, owner="theirs")
    with unchanged(database.path):
        assert_refused(run("undo"), 6, "boris", "owner", "2", "followup history")


def test_undo_is_refused_when_another_changed_it_there_and_back(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "mine")
    boris = store_builders.beside(database, who="boris")
    store_builders.do(boris, "edit", 2, owner="theirs")
    store_builders.do(boris, "edit", 2, owner="mine")
    with unchanged(database.path):
        assert_refused(run("undo"), 6, "boris", "owner")


def test_undo_goes_past_what_another_changed_elsewhere(database: Database, run: Run) -> None:
    run("edit", "2", "--owner", "mine")
    store_builders.do(store_builders.beside(database, who="boris"), "edit", 2, kind="train")
    store_builders.do(store_builders.beside(database, who="boris"), "note", 3, "theirs")
    assert run("undo").code == 0
    shown = document(run("show", "2", "--json"))
    assert (shown["owner"], shown["kind"]) == ("asel", "train")


def test_undo_of_several_is_all_or_nothing(database: Database, run: Run) -> None:
    run("mark", "2", "3", "in-progress")
    store_builders.do(store_builders.beside(database, who="boris"), "mark", 3, "done")
    with unchanged(database.path):
        assert_refused(run("undo"), 6, "boris", "3")
    assert document(run("show", "2", "--json"))["state"] == "in-progress"


def test_undo_of_a_new_one_that_another_worked_on_is_refused(database: Database, run: Run) -> None:
    run("add", "New", "--visit", "lyon-2022", "--by", MIA, "--to", INTERPOL)
    store_builders.do(store_builders.beside(database, who="boris"), "note", 5, "theirs")
    with unchanged(database.path):
        assert_refused(run("undo"), 6, "boris", "5")


def test_undo_of_a_visit_with_promises_is_refused(database: Database, run: Run) -> None:
    run("visit", "add", "Workshop", "--place", "Vienna", "--from", "2023-02-01")
    store_builders.add(store_builders.beside(database, who="boris"), visit="vienna-2023")
    with unchanged(database.path):
        refused = run("undo")
        assert refused.code in (1, 6)
        assert_refused(refused, refused.code, "vienna-2023", "5")


def test_undo_takes_no_text(database: Database, run: Run) -> None:
    assert_refused(run("undo", "7", "8"), 2, "8")
    assert_refused(run("redo", "7"), 2, "7")


def test_undo_prints_the_commitment_as_json(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    assert document(run("undo", "--json"))["state"] == "agreed"
    assert document(run("redo", "--json"))["state"] == "reported"


def test_the_changes_that_can_be_taken_back_are_json_on_request(database: Database, run: Run) -> None:
    run("mark", "2", "done")
    assert [change["change"] for change in document(run("undo", "--list", "--json"))] == [7]


def test_mine_is_by_the_operating_system_user_not_by_a_variable(database: Database, run: Run) -> None:
    store_builders.do(store_builders.beside(database, who=ME), "edit", 2, owner="mine")
    assert run("undo", env={"USER": "boris", "LOGNAME": "boris", "FOLLOWUP_USER": "boris"}).code == 0
    event = document(run("history", "2", "--json"))[-1]
    assert (event["action"], event["who"]) == ("undo", ME)


def test_a_number_that_was_meant_as_a_commitment_is_answered_with_the_change(database: Database, run: Run) -> None:
    run("note", "1", "called")
    number = document(run("history", "1", "--json"))[-1]["change"]
    last = f"followup undo {number} takes back the last change of commitment"
    with unchanged(database.path):
        assert_refused(run("undo", "#1"), 2, "#1 is a commitment", "followup history 1 shows the changes", last)
    run("visit", "edit", "lyon-2022", "--donor", "INL")
    run("undo")
    taken_back = document(run("history", "--json"))[-1]["undoes"]
    with unchanged(database.path):
        assert_refused(run("undo", str(taken_back)), 1, f"change {taken_back} is taken back already")
        assert_refused(run("undo", "99"), 1, "there is no change 99: followup undo --list shows yours")


def test_what_is_taken_back_says_how_old_it_is(database: Database, run: Run) -> None:
    for ahead, age in ((0, ")"), (1, ", yesterday)"), (6, ", 6 days ago)")):
        assert run("note", "1", "a note").code == 0
        put_down = date.fromisoformat(document(run("history", "1", "--json"))[-1]["at"][:10])
        taken_back = run("undo", env={"FOLLOWUP_TODAY": (put_down + timedelta(ahead)).isoformat()})
        assert re.search(rf"\d\d:\d\d{re.escape(age)}$", taken_back.out.strip().splitlines()[0])
