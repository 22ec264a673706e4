"""Everything about one commitment, and what happened: to it, or to the store."""

from typing import Any

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, lines_of
from tests.support.fixed_day_and_user import ME
from tests.support.store_builders import INTERPOL, UNODC
from tests.tui.cli.conftest import RunOnDemo


def _fill_commitment(database: Database) -> None:
    """Fill every field of commitment 2."""
    edit: dict[str, Any] = {
        "quote": "we shall\nnominate them",
        "source": "minutes, page 4",
        "support": [UNODC],
        "after": 3,
    }
    store_builders.do(database, "edit", 2, via="NCB Tashkent", owner="asel", **edit)
    store_builders.set_due(
        database, 2, "2023-04-30", reason="new minister", asked_by="MIA Uzbekistan", agreed_by=INTERPOL
    )
    store_builders.do(
        database, "set_seats", 2, wanted=3, nominated=2, acknowledged=1, letter="12/44", endorsed="2023-02-20"
    )
    store_builders.do(database, "chase", 2, again="2023-03-15", note="called the assistant")
    store_builders.do(database, "note", 2, "the letter is with the minister")
    store_builders.do(database, "mark", 2, "done", on="2023-02-27", evidence="letter 12/45", note="the third follows")
    store_builders.do(database, "mark", 2, "confirmed", on="2023-02-28", evidence="mail of the unit")
    store_builders.do(database, "set_miss_reason", 2, "the minister changed")


def test_show_tells_everything_about_one(database: Database, run: Run) -> None:
    _fill_commitment(database)
    shown = " ".join(run("show", "2").out.split())
    for fragment in (
        "#2 Nominate officers to ISON",
        "confirmed",
        "MIA Uzbekistan",
        INTERPOL,
        UNODC,
        "NCB Tashkent",
        "lyon-2022",
        "nominate-experts",
        "asel",
        "we shall",
        "nominate them",
        "minutes, page 4",
        "Sun 30 Apr 2023",
        "31 Mar → 30 Apr    put off on 1 Mar: new minister (asked MIA Uzbekistan, agreed INTERPOL)",
        "letter 12/45",
        "mail of the unit",
        "reported    27 Feb by MIA Uzbekistan",
        "confirmed   28 Feb by INTERPOL",
        "the minister changed",
        "■■·  2 of 3 nominated",
        "1 acknowledged",
        "12/44",
        "endorsed 20 Feb",
        "called the assistant",
        "the letter is with the minister",
        "the third follows",
        "after #",
        "followup history 2",
    ):
        assert " ".join(fragment.split()) in shown


def test_show_says_how_often_and_until_when_an_open_one_is_chased(database: Database, run: Run) -> None:
    store_builders.do(database, "chase", 4, again="2023-03-01")
    store_builders.do(database, "chase", 4, again="2023-03-15")
    shown = "\n".join(lines_of(run("show", "4")))
    assert "chased twice · look again 15 Mar" in shown
    assert "14 d late" in shown


def test_show_says_who_returned_it(database: Database, run: Run) -> None:
    store_builders.do(database, "mark", 2, "done")
    store_builders.do(database, "mark", 2, "returned", note="page 3 has no signature")
    shown = "\n".join(lines_of(run("show", "2")))
    assert "sent back by INTERPOL" in shown
    assert "page 3 has no signature" in shown


@pytest.mark.parametrize("argv", [["7"], ["#7"], ["show", "#7"], ["--today", "2023-03-01", "7"]])
def test_a_number_alone_is_show(on_demo: RunOnDemo, argv: list[str]) -> None:
    assert on_demo(*argv) == on_demo("show", "7")


def test_a_number_alone_takes_the_options_of_show(on_demo: RunOnDemo) -> None:
    assert document(on_demo("7", "--json")) == document(on_demo("show", "7", "--json"))
    assert document(on_demo("--json", "show", "7"))["id"] == 7


def test_show_of_an_unknown_number_finds_nothing(on_demo: RunOnDemo) -> None:
    for argv in (["show", "99"], ["99"], ["show", "99", "--json"], ["history", "99"]):
        assert_refused(on_demo(*argv), 3, "99", "followup list --all")


@pytest.mark.parametrize("argv", [["show"], ["show", "x"], ["show", "-1"], ["show", "3-5"], ["show", "1", "2"]])
def test_show_needs_one_number(on_demo: RunOnDemo, argv: list[str]) -> None:
    assert_refused(on_demo(*argv), 2, *argv[-1:])


def test_a_removed_one_is_gone_from_show_but_has_its_history(database: Database, run: Run) -> None:
    assert run("remove", "1", "--reason", "entered", "twice") == (0, "1 removed\n", "")
    assert_refused(run("show", "1"), 3, "1", "removed", ME, "followup history 1")
    assert_refused(run("show", "1", "--json"), 3, "followup history 1")
    lines = lines_of(run("history", "1"))
    assert "removed" in " ".join(lines)
    assert "entered twice" in " ".join(lines)
    assert [event["action"] for event in document(run("history", "1", "--json"))] == ["add", "remove"]
    assert run("add", "New", "--visit", "lyon-2022", "--by", UNODC, "--to", INTERPOL).out == "5\n"


def test_the_history_is_newest_last(database: Database, run: Run) -> None:
    store_builders.do(database, "note", 3, "first")
    store_builders.do(database, "note", 3, "second")
    everything = document(run("history", "--json"))
    assert [event["seq"] for event in everything] == sorted(event["seq"] for event in everything)
    assert everything[-1]["note"] == "second"
    text = run("history").out
    assert text.index("first") < text.index("second")
    assert all(line.startswith(" ") for line in text.splitlines()), "column 0 is the cursor's, in the shell as well"
    assert text.index("entered: Study visit") < text.index("first")


def test_what_was_entered_is_told_in_the_order_of_a_form(database: Database, run: Run) -> None:
    line = (
        "add",
        "Send it",
        "--visit",
        store_builders.VISIT,
        "--by",
        UNODC,
        "--to",
        INTERPOL,
        "--due",
        "end of March 2023",
    )
    number = run(*line, "--seats", "2", "--after", "1", "--source", "minutes").out.split()[0]
    names = [names.split(":")[0].strip() for names in run("history", number).out.splitlines()[1:]]
    assert names == ["visit", "kind", "by", "to", "owner", "state", "due", "date in words", "seats", "source", "after"]


def test_the_history_of_one_is_its_own(database: Database, run: Run) -> None:
    store_builders.do(database, "note", 3, "on three")
    store_builders.do(database, "note", 4, "on four")
    mine = document(run("history", "3", "--json"))
    assert {event["id"] for event in mine} == {3}
    assert [event["action"] for event in mine] == ["add", "note"]
    assert "on four" not in run("history", "3").out
    assert "on three" in run("history", "#3").out


def test_the_history_tells_old_new_who_when_and_why(database: Database, run: Run) -> None:
    store_builders.set_due(database, 2, "2023-04-30", reason="new minister")
    (line,) = [line for line in lines_of(run("history", "2")) if " due " in line]
    assert "31 Mar 2023 → 30 Apr 2023" in line
    assert "asel" in line
    assert "1 Mar 2023" in line
    assert "reason: new minister" in run("history", "2").out


def test_the_history_tells_who_asked_for_another_date_and_who_agreed(database: Database, run: Run) -> None:
    run("due", "2", "2023-04-30", "--reason", "new minister", "--asked-by", "MIA", "--agreed-by", "INTERPOL")
    told = run("history", "2").out.rpartition("\n change ")[2]
    assert "    asked by: MIA Uzbekistan\n    agreed by: INTERPOL\n    reason: new minister\n" in told
    run("edit", "2", "--owner", "asel2")
    assert "asked by" not in run("history", "2").out.rpartition("\n change ")[2]


def test_the_history_since_a_day_has_what_happened_or_was_put_down_then(database: Database, run: Run) -> None:
    later = {"FOLLOWUP_TODAY": "2023-03-10"}
    run("note", "3", "called him", "--on", "2023-03-08", env=later)
    run("note", "2", "wrote to him", env=later)
    since = document(run("history", "--json", "--since", "2023-03-09", env=later))
    assert [event["note"] for event in since] == ["wrote to him"]
    of_three = document(run("history", "3", "--json", "--since", "last Wednesday", env=later))
    assert [event["note"] for event in of_three] == ["called him"]
    for typed in ("history since 8 March", "changes since 8 March", "log --since 8 March"):
        refused = run(*typed.split(), env=later)
        assert_refused(refused, 2, "followup history --since 8 March")
    assert len(document(run("history", "--json", "--since", "8", "March", env=later))) == 2
    assert_refused(run("history", "--since", "tomorrow", env=later), 1, "still to come")


def test_the_history_of_an_empty_store_is_empty(empty: Database, run: Run) -> None:
    assert run("history") == (0, "", "")
    assert run("history", "--json") == (0, "[]\n", "")


def test_the_history_takes_one_number(on_demo: RunOnDemo) -> None:
    assert_refused(on_demo("history", "1", "2"), 2, "2")
    assert_refused(on_demo("history", "x"), 2, "x")


def test_the_history_of_a_commitment_names_the_parties_that_were_merged(database: Database, run: Run) -> None:
    store_builders.add(database, "Share the list", by=[UNODC], to=["MIA Uzbekistan"])
    store_builders.do(database, "merge_parties", UNODC, INTERPOL)
    for line in (("history", "5"), ("--lang", "ru", "history", "5")):
        told = " ".join(run(*line).out.split())
        words = "parties merged" if line[0] == "history" else "стороны объединены"
        assert f"{words}: {UNODC} → {INTERPOL}" in told.replace(" -> ", " → ")
        assert f"{INTERPOL} → {INTERPOL}" not in told.replace(" -> ", " → ")


def test_the_history_of_a_commitment_tells_the_former_name_of_its_party(database: Database, run: Run) -> None:
    store_builders.add(database, "Share the list", by=[UNODC], to=["MIA Uzbekistan"])
    store_builders.do(database, "edit_party", UNODC, new_name="UN Office on Drugs and Crime")
    told = " ".join(run("history", "5").out.split()).replace(" -> ", " → ")
    assert f"{UNODC} → UN Office on Drugs and Crime" in told


def test_the_history_since_a_day_names_a_party_that_is_gone_in_each_of_its_events(database: Database, run: Run) -> None:
    later = {"FOLLOWUP_TODAY": "2023-03-10"}
    run("party", "edit", UNODC, "--ru", "УНП ООН", env=later)
    run("party", "merge", UNODC, INTERPOL, "--yes", env=later)
    assert f"party {UNODC} edited" in run("history", "--since", "2023-03-10", env=later).out
    assert (
        "сторона «УНП ООН»: запись изменена" in run("--lang", "ru", "history", "--since", "2023-03-10", env=later).out
    )
