"""What a person sees: tables that fit, colours that say nothing alone, and text that stays text."""

import json
import re

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import run_command, store_builders
from tests.support.check_answers_and_refusals import assert_harmless
from tests.support.run_in_shell_or_terminal import columns_of, on_terminal, without_colours
from tests.support.store_builders import INTERPOL, MIA
from tui.render.commitment_table import WHOLE_STATE_FROM

TITLES = [
    "Обеспечить участие сотрудников оперативных подразделений в работе экспертной группы",
    "執行委員會應於三月底前提名三名專家參加國際刑警組織的專門行動網絡並確認收到提名",
    "Cafe\u0301 " + "e\u0301a\u0308" * 40,
    "\U0001f4c4 contract \U0001f680 " * 5,
    "No blank in it " + "x" * 200,
    "عقد اجتماع ثلاثي في طشقند قبل نهاية الربع الأول من العام مع جميع الأطراف",
    "short",
]

HOSTILE = "A\x1b[31mred\x1b[0m\x1b]0;title\x07 \u202eevil\u202c \u200bzero\ufeff\u2066iso\u2069 \x9b5m\x00\x08\x7f"


def _titled(database: Database) -> None:
    for title in TITLES:
        store_builders.add(database, title, by=["МВД Узбекистана", "執行委員會"], to=["Prosecutor General's Office"])


@pytest.mark.parametrize("columns", [80, 60, 100, 132, 200])
def test_a_table_fits_its_terminal_by_display_width(
    database: Database, environment: dict[str, str], columns: int
) -> None:
    _titled(database)
    for argv in (["list"], ["status"], ["parties"], ["visits"], ["show", "5"], ["show", "6"], ["history"]):
        drawn = on_terminal(*argv, env={**environment, "NO_COLOR": "1"}, columns=columns)
        assert (drawn.code, drawn.err) == (0, "")
        for line in drawn.out.splitlines():
            assert columns_of(line) <= columns, line


@pytest.mark.parametrize(("variable", "columns"), [({}, 100), ({"COLUMNS": "80"}, 80), ({"COLUMNS": "140"}, 140)])
def test_the_list_in_a_pipe_is_as_wide_as_columns_says_and_has_no_colour(
    database: Database, run: Run, variable: dict[str, str], columns: int
) -> None:
    _titled(database)
    shown = run("list", env={"TERM": "xterm-256color", **variable}).out
    margin = columns >= WHOLE_STATE_FROM
    assert max(map(columns_of, shown.splitlines())) == columns - margin
    assert "\x1b" not in shown


def test_the_columns_of_a_table_stand_below_each_other(database: Database, run: Run) -> None:
    _titled(database)
    lines = [line for line in run("list", "no-date").out.splitlines() if "→" in line]
    assert len(lines) >= len(TITLES)
    numbers = {columns_of(line[: line.index("#")]) + len(re.findall(r"#\d+", line)[0]) for line in lines}
    assert len(numbers) == 1


def test_a_terminal_and_a_pipe_get_the_grouped_table_and_scripts_the_tabs(
    database: Database, environment: dict[str, str]
) -> None:
    drawn = on_terminal("list", env=environment)
    assert without_colours(drawn.out) == run_command.followup("list", env={**environment, "COLUMNS": "80"}).out
    assert drawn.out != without_colours(drawn.out)
    assert "\t" not in drawn.out
    assert run_command.followup("list", "--tsv", env=environment).out.count("\t") == 8 * 4


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(database: Database, environment: dict[str, str], plain: dict[str, str]) -> None:
    for argv in (["list"], ["status"], ["show", "4"], ["history"], ["parties"], ["visits"]):
        drawn = on_terminal(*argv, env={**environment, **plain})
        assert (drawn.code, drawn.err) == (0, "")
        assert "\x1b" not in drawn.out


def test_an_empty_no_color_means_nothing(database: Database, environment: dict[str, str]) -> None:
    assert "\x1b[" in on_terminal("list", env={**environment, "NO_COLOR": ""}).out


def test_colours_say_nothing_that_a_word_does_not_say(database: Database, environment: dict[str, str]) -> None:
    drawn = on_terminal("list", env=environment).out
    assert without_colours(drawn) == on_terminal("list", env={**environment, "NO_COLOR": "1"}).out
    late = next(line for line in drawn.splitlines() if "#4" in line)
    assert "!!" in late
    assert "14 d late" in late


def test_a_terminal_of_ascii_gets_ascii(database: Database, environment: dict[str, str]) -> None:
    drawn = on_terminal("list", env={**environment, "LANG": "C"})
    assert drawn.out.isascii()
    assert "->" in drawn.out


def test_json_on_a_terminal_is_json(database: Database, environment: dict[str, str]) -> None:
    drawn = on_terminal("show", "2", "--json", env=environment)
    assert json.loads(drawn.out)["id"] == 2


def test_a_batch_on_a_terminal_says_what_it_waits_for(database: Database, environment: dict[str, str]) -> None:
    drawn = on_terminal("batch", env=environment, typed=b"note 2 x\n\x04")
    assert drawn.code == 0
    assert "ok 1 7 2 noted" in drawn.out
    assert drawn.err.startswith("followup: ")


# Hostile text.


@pytest.fixture
def hostile(database: Database, run: Run) -> Database:
    """A store in whose every text somebody tried something, typed on the command line and by other programs."""
    typed = HOSTILE.replace("\x00", "")
    store_builders.do(database, "edit_visit", "lyon-2022", title=HOSTILE, place=HOSTILE, donor=HOSTILE, hosts=[HOSTILE])
    argv = ["add", typed, "--visit", "lyon-2022", "--by", typed, "--to", MIA, "--kind", typed, "--owner", typed]
    added = run(
        *argv, "--quote", f"{typed}\n{typed}", "--source", typed, "--via", typed, "--words", typed, "--new-party", typed
    )
    assert added.code == 0
    others = ("--alias", typed + "2", "--ru", "Другое имя " + typed)
    assert run("party", "edit", typed, *others, "--new-party", typed + "2").code == 0
    assert run("note", "5", "-", input=f"{HOSTILE}\nsecond\tline").code == 0
    assert run("mark", "5", "agreed").code == 0
    assert run("seats", "5", "--wanted", "1", "--nominated", "1", "--letter", typed).code == 0
    assert run("due", "5", "2023-04-01").code == 0
    assert run("due", "5", "2023-05-01", "--reason", typed, "--asked-by", typed, "--agreed-by", typed).code == 0
    assert run("chase", "5", "--note", typed).code == 0
    assert run("reason", "5", typed).code == 0
    assert run("mark", "5", "done", "--evidence", typed, "--note", typed).code == 0
    assert run("mark", "5", "returned", "--note", typed).code == 0
    assert run("edit", "2", "--title", f"two\nlines\tand a tab {typed}").code == 0
    _write_raw(database)
    return database


def _write_raw(database: Database) -> None:
    """The same in the file itself, as another program may write it."""
    data = json.loads(store_builders.raw(database))
    for record in (*data["commitments"].values(), *data["visits"].values()):
        record["title"] += f" {HOSTILE}\r\n\u2028\u0085"
    data["commitments"]["5"]["owner"] = HOSTILE
    for event in data["events"].values():
        event["who"] = f"bo{HOSTILE}ris"
        if event["action"] == "note":
            event["note"] += HOSTILE
    with open(database.path, "w", encoding="utf-8") as file:
        json.dump(data, file)


@pytest.mark.file_only("writes into the file by hand")
def test_no_change_lets_a_hostile_text_out(hostile: Database, run: Run) -> None:
    typed = HOSTILE.replace("\x00", "")
    for argv in (
        ["mark", "5", typed],
        ["mark", "5", "done", "--said-by", typed + "x"],
        ["note", typed, "x"],
        ["show", typed],
        ["list", f"{typed}:x"],
        ["list", f"state:{typed}"],
        ["list", f"--{typed}"],
        ["list", "--sort", typed],
        ["due", "5", typed, "--reason", "x"],
        ["visit", "edit", typed, "--donor", "x"],
        ["visit", "add", "X", "--place", "Y", "--from", "2023-01-01", "--slug", typed],
        ["party", "merge", typed, "INTERPOL"],
        ["party", "edit", typed + "no", "--short", "x"],
        ["config", typed],
        ["config", "timezone", typed, "--shared"],
        ["config", "silent-after", typed, "--shared"],
        ["init", "x.json", "--shared", "--group", typed],
        ["batch", typed],
        ["backup", f"/nonexistent/{typed}"],
        ["restore", typed],
        ["completion", typed],
        ["help", typed],
        [typed],
        ["--today", typed, "list"],
        ["edit", "5", "--owner", "x", "--expect-rev", "1"],
        ["redact", "5", "--passage", typed + "no", "--yes"],
        ["undo"],
        ["redo"],
    ):
        answered = run(*argv)
        assert answered.code in (0, 1, 2, 3, 4, 6), argv
        assert_harmless(answered.out)
        assert_harmless(answered.err)
        assert answered.err.count("\n") <= 2


@pytest.mark.file_only("writes into the file by hand")
def test_a_hostile_text_on_a_terminal_moves_and_colours_nothing(hostile: Database, environment: dict[str, str]) -> None:
    for argv in (["list"], ["status"], ["show", "5"], ["history", "5"], ["visits"], ["parties"]):
        drawn = on_terminal(*argv, env=environment, columns=80)
        assert drawn.code == 0
        assert_harmless(without_colours(drawn.out))
        for line in without_colours(drawn.out).splitlines():
            assert columns_of(line) <= 80


def test_controls_are_made_visible_and_letters_that_nobody_sees_are_left_out(database: Database, run: Run) -> None:
    run("edit", "2", "--title", "a\u202eb\x1bc\u200bd\u3164e")
    title = run("list", "--tsv", "id:2").out.rstrip("\n").split("\t")[-1]
    assert title == "ab\\x1bcde"


def test_a_tower_of_marks_does_not_climb_over_other_lines(database: Database, run: Run) -> None:
    store_builders.add(database, "Z" + "\u0335\u0489" * 250, by=[MIA], to=[INTERPOL])
    assert max(map(len, run("list").out.splitlines())) < 200
