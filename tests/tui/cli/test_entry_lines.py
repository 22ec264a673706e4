"""Whatever is typed first to enter a visit or a commitment: the first refusal says one whole line, and that works."""

import json
import re
import shlex

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import run_in_shell_or_terminal
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, unchanged

DAY = {"FOLLOWUP_TODAY": "2026-11-27"}
WORDS = {"by": "Police Academy", "to": "IOM"}
"""What the person writes in the place of a party that was not said."""

NO_STORE = {"FOLLOWUP_STORE": "", **DAY}
"""The store is the user's own default one, which is not there."""


def lines_in(refusal: str) -> list[str]:
    """The lines to type in a refusal that enter something, as they stand there."""
    parts = [
        part.rpartition(": followup ")[2]
        for part in re.split(" && followup |; a visit: followup |; before that", refusal)
    ]
    return [f"followup {re.split(' [(]--from takes', part)[0].strip()}" for part in parts if "add " in part]


def with_own_words(line: str) -> str:
    """A line with parties in the places that it holds open."""
    for option, name in WORDS.items():
        line = line.replace(f"--{option} PARTY", f"--{option} {shlex.quote(name)}")
    return line


VISITS = [
    ("new visit Lyon", "Lyon", "Lyon", "2026-11-27", "2026-11-27"),
    ("new Visit to Lyon", "Visit to Lyon", "Lyon", "2026-11-27", "2026-11-27"),
    ("visit 'Study visit' Lyon 16-20 Nov", "Study visit", "Lyon", "2026-11-16", "2026-11-20"),
    ("visit 'Study visit' in Lyon, 16-20 Nov", "Study visit", "Lyon", "2026-11-16", "2026-11-20"),
    ("add visit Lyon", "Lyon", "Lyon", "2026-11-27", "2026-11-27"),
    ("add a visit Lyon", "Lyon", "Lyon", "2026-11-27", "2026-11-27"),
    ("add study visit to Lyon 16 Nov", "study visit to Lyon", "Lyon", "2026-11-16", "2026-11-16"),
    ("visit new", "Study visit to Lyon", "Lyon", "2026-11-27", "2026-11-27"),
    ("visit create Vienna", "Vienna", "Vienna", "2026-11-27", "2026-11-27"),
    ("create visit", "Study visit to Lyon", "Lyon", "2026-11-27", "2026-11-27"),
    ("visit add Lyon", "Lyon", "Lyon", "2026-11-27", "2026-11-27"),
    ("visit add --place Vienna", "Study visit to Vienna", "Vienna", "2026-11-27", "2026-11-27"),
    ("visit add Workshop on figures --place Vienna", "Workshop on figures", "Vienna", "2026-11-27", "2026-11-27"),
    ("visits add Lyon --from 16 Nov", "Lyon", "Lyon", "2026-11-16", "2026-11-16"),
    ("vist Lyon 2-3 Dec", "Lyon", "Lyon", "2026-12-02", "2026-12-03"),
    ("visit add Study visit to Lyon from 16 to 20 November", "Study visit to Lyon", "Lyon", "2026-11-16", "2026-11-20"),
    ("visit add Study visit Lyon 16.11-20.11", "Study visit Lyon", "Lyon", "2026-11-16", "2026-11-20"),
    ("visit add Study visit Lyon Nov 16-20", "Study visit Lyon", "Lyon", "2026-11-16", "2026-11-20"),
    ("visit add Study visit Lyon 2026-11-16 2026-11-20", "Study visit Lyon", "Lyon", "2026-11-16", "2026-11-20"),
    ("visit add 'Study visit, Lyon, 30 Dec - 2 Jan 2026'", "Study visit", "Lyon", "2025-12-30", "2026-01-02"),
    ("visit add Lyon --from 16-20 Nov", "Lyon", "Lyon", "2026-11-16", "2026-11-20"),
    ("visit add Lyon --place Lyon --from 16-20 Nov", "Lyon", "Lyon", "2026-11-16", "2026-11-20"),
    ("visit add Lyon --from 16 --to 20 Nov", "Lyon", "Lyon", "2026-11-16", "2026-11-20"),
    ("visit add --subject 'Study visit' --where Lyon --date 16 Nov", "Study visit", "Lyon", "2026-11-16", "2026-11-16"),
    ("visit add X --host MIA Uzbekistan --place Lyon --from 16 Nov", "X", "Lyon", "2026-11-16", "2026-11-16"),
    ("meeting in Tashkent 2-3 Dec", "meeting in Tashkent", "Tashkent", "2026-12-02", "2026-12-03"),
    ("visit add Lyon last week", "Lyon", "Lyon", "2026-11-27", "2026-11-27"),
    ("visit add 'It'\"'\"'s $HOME; ls' Lyon", "It's $HOME; ls", "Lyon", "2026-11-27", "2026-11-27"),
]


@pytest.mark.parametrize(("typed", "title", "town", "first", "last"), VISITS, ids=lambda value: value)
def test_a_visit_is_entered_with_the_line_of_the_first_refusal(
    run: Run, environment: dict[str, str], typed: str, title: str, town: str, first: str, last: str
) -> None:
    refused = run(*shlex.split(typed), env=NO_STORE)
    assert (refused.code, refused.out) == (2, "")
    assert_one_sentence(refused.err)
    [line] = lines_in(refused.err)
    done = run_in_shell_or_terminal.shell(line, {**environment, **NO_STORE})
    assert done.code == 0, done
    assert "made a store at" in done.err
    [visit] = json.loads(run("visits", "--json", env=NO_STORE).out)
    assert [visit[field] for field in ("title", "place", "from", "to")] == [title, town, first, last]


COMMITMENTS = [
    ("add Send list", "Send list", None, None),
    ("add commitment Send list", "Send list", None, None),
    ("create Send list", "Send list", None, None),
    ("new", "Send the list", None, None),
    ("new promise 'Send list' UNODC IOM", "Send list", "UNODC", "IOM"),
    ("add Send list to MIA Uzbekistan", "Send list", None, "MIA Uzbekistan"),
    ("add Nominate officers to the HTEG by MIA to UNODC", "Nominate officers to the HTEG", "MIA", "UNODC"),
    ("add Send list --by MIA Uzbekistan --to UNODC", "Send list", "MIA Uzbekistan", "UNODC"),
    ("add --by MIA Uzbekistan --to UNODC Send list", "Send list", "MIA Uzbekistan", "UNODC"),
    ("add --title 'Send list' --from UNODC", "Send list", "UNODC", None),
    ("add \"a 'b'; ls\" --by '$HOME' --visit lyon", "a 'b'; ls", "$HOME", None),
    ("add Send list --visit lyon-x --by A --to B", "Send list", "A", "B"),
]
"""What is typed, its title, and who promises to whom; None: not said, and so left open."""


@pytest.mark.parametrize(("typed", "title", "by", "to"), COMMITMENTS, ids=lambda value: value)
def test_where_there_is_no_store_a_commitment_is_entered_with_two_lines(
    run: Run, environment: dict[str, str], typed: str, title: str, by: str | None, to: str | None
) -> None:
    refused = run(*shlex.split(typed), env=NO_STORE)
    assert refused.code in (2, 4)
    assert_one_sentence(refused.err)
    visit, commitment = lines_in(refused.err)
    done = run_in_shell_or_terminal.shell(with_own_words(f"{visit} && {commitment}"), {**environment, **NO_STORE})
    assert done.code == 0, done
    [record] = json.loads(run("list", "--json", env=NO_STORE).out)
    assert (record["title"], record["by"], record["to"]) == (title, [by or WORDS["by"]], [to or WORDS["to"]])


@pytest.mark.parametrize(("typed", "title", "by", "to"), COMMITMENTS[:-2], ids=lambda value: value)
def test_where_there_is_a_visit_one_line_enters_a_commitment_there(
    run: Run, environment: dict[str, str], typed: str, title: str, by: str | None, to: str | None
) -> None:
    for place in ("Lyon", "Vienna"):
        run("visit", "add", place, "--place", place, "--from", "today", env=NO_STORE)
    refused = run(*shlex.split(typed), env=NO_STORE)
    assert refused.code == 2
    [line, *_] = lines_in(refused.err)
    if by is None or to is None:
        assert_refused(
            run_in_shell_or_terminal.shell(line, {**environment, **NO_STORE}), 2, "your own words in the place of PARTY"
        )
    done = run_in_shell_or_terminal.shell(with_own_words(line), {**environment, **NO_STORE})
    assert done.code == 0, done
    [record] = json.loads(run("list", "--json", env=NO_STORE).out)
    assert (record["title"], record["by"], record["to"]) == (title, [by or WORDS["by"]], [to or WORDS["to"]])
    assert record["visit"] == "vienna-2026"


@pytest.mark.parametrize(
    ("typed", "by", "to"),
    [
        (["INTERPOL to share its training catalogue with MIA UZ"], "INTERPOL", "MIA Uzbekistan"),
        (["MIA Uzbekistan will nominate officers to the HTEG, for INTERPOL"], "MIA Uzbekistan", "INTERPOL"),
        (["Share the catalogue with Interpol and others", "--by", "MIA UZ"], "MIA UZ", "INTERPOL"),
        (["Send the catalogue"], "PARTY", "PARTY"),
        (["INTERPOL catalogue"], "PARTY", "PARTY"),
        (["INTERPOL to send IOM the list"], "INTERPOL", "PARTY"),
    ],
)
def test_parties_that_the_title_does_not_say_are_left_open(run: Run, typed: list[str], by: str, to: str) -> None:
    run("visit", "add", "Lyon", "--place", "Lyon", "--from", "today", env=NO_STORE)
    run("add", "First", "--visit", "lyon-2026", "--by", "MIA Uzbekistan", "--to", "INTERPOL", env=NO_STORE)
    run("party", "edit", "MIA Uzbekistan", "--short", "MIA UZ", env=NO_STORE)
    [line] = lines_in(run("add", *typed, env=NO_STORE).err)
    words = shlex.split(line)
    assert (words[words.index("--by") + 1], words[words.index("--to") + 1]) == (by, to)
    assert words.count("--by") == words.count("--to") == 1


def test_what_the_visit_has_is_said_to_be_left_out_of_the_line(run: Run, environment: dict[str, str]) -> None:
    run("visit", "add", "Lyon", "--place", "Lyon", "--from", "today", env=NO_STORE)
    refused = run("add", "Send it", "--by", "UNODC", "--to", "IOM", "--donor", "INL Bureau", env=NO_STORE)
    assert 'left out: --donor "INL Bureau" (followup visit edit SLUG --donor "INL Bureau")' in refused.err
    edit = 'followup visit edit lyon-2026 --donor "INL Bureau"'
    assert run_in_shell_or_terminal.shell(edit, {**environment, **NO_STORE}).code == 0


def test_a_due_date_and_a_visit_in_the_title_are_options(run: Run) -> None:
    run("visit", "add", "Lyon", "--place", "Lyon", "--from", "today", env=NO_STORE)
    typed = "add Send list by UNODC to INTERPOL at lyon-2026 by 15 December"
    refused = run(*typed.split(), env=NO_STORE)
    line = "followup add Send list --visit lyon-2026 --by UNODC --to INTERPOL --due 15 December\n"
    assert line in refused.err


@pytest.mark.parametrize("typed", ["list", "status", "overdue", "done 1", "visits", "history", "parties"])
def test_where_there_is_no_store_the_first_visit_is_said_too(run: Run, environment: dict[str, str], typed: str) -> None:
    refused = run(*typed.split(), env=NO_STORE)
    assert refused.code == 4
    [line] = lines_in(refused.err)
    assert run_in_shell_or_terminal.shell(line, {**environment, **NO_STORE}).code == 0


@pytest.mark.parametrize("typed", ["add Send list", "add Send list --visit lyon --by UNODC --to INTERPOL", "list"])
def test_where_there_is_no_store_it_is_said_how_several_people_get_one(run: Run, typed: str) -> None:
    refused = run(*typed.split(), env=NO_STORE)
    assert "for several people" in refused.err
    assert "--shared --group GROUP)" in refused.err


def test_a_store_that_was_named_stands_in_the_line_too(run: Run, environment: dict[str, str], path: str) -> None:
    assert run("init", path).code == 0
    refused = run("--store", path, "add", "Send list", env=NO_STORE)
    for line in map(with_own_words, lines_in(refused.err)):
        assert run_in_shell_or_terminal.shell(line, {**environment, **NO_STORE}).code == 0, line
    assert [each["title"] for each in json.loads(run("list", "--json", "--store", path).out)] == ["Send list"]
    refused = run("--store", path, "new", "visit", "Vienna", env=NO_STORE)
    assert run_in_shell_or_terminal.shell(lines_in(refused.err)[0], {**environment, **NO_STORE}).out == "vienna-2026\n"
    assert run("visits", "--json", env=NO_STORE).code == 4


@pytest.mark.file_only("a path that is there, and no store")
def test_a_store_that_was_named_is_made_by_init_alone(run: Run, path: str) -> None:
    for typed in ("add Send list", "new visit Lyon", "visit add Lyon"):
        refused = run(*typed.split(), "--store", path)
        assert_one_sentence(refused.err, f"before that, followup init {path}")
    refused = run("list", "--store", path)
    assert "visit add" not in refused.err


@pytest.mark.parametrize("typed", ["visit Lyon", "visit lyon-2026", "visits", "trip", "meeting", "mission"])
def test_a_word_that_may_mean_a_look_gets_the_look_first(run: Run, typed: str) -> None:
    run("visit", "add", "Lyon", "--place", "Lyon", "--from", "today", env=NO_STORE)
    answer = run(*typed.split(), env=NO_STORE).err
    assert " add " not in answer or answer.index("followup visits") < answer.index("visit add")


def test_a_title_that_begins_with_visit_is_a_title(run: Run) -> None:
    run("visit", "add", "Lyon", "--place", "Lyon", "--from", "today", env=NO_STORE)
    refused = run("add", "Visit the institute", "--by", "UNODC", "--to", "INTERPOL", env=NO_STORE)
    assert 'followup add "Visit the institute" --visit lyon-2026 --by UNODC --to INTERPOL\n' in refused.err


def test_a_batch_says_the_line_too(run: Run, path: str) -> None:
    assert run("init", path).code == 0
    done = run("batch", "--store", path, input="new visit Lyon\n")
    assert (done.code, done.err) == (2, "")
    assert lines_in(done.out) == ["followup visit add Lyon --place Lyon --from today"]


_OF = "--by UNODC --to INTERPOL"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (f'add lyon-2022 "Send the list" {_OF}', f'followup add "Send the list" --visit lyon-2022 {_OF}'),
        (f"add Send the list lyon {_OF}", f"followup add Send the list --visit lyon-2022 {_OF}"),
        (f'add "lyon-2022 Send it" {_OF}', f'followup add "Send it" --visit lyon-2022 {_OF}'),
        (f"add Lyon report {_OF}", f"followup add Lyon report --visit lyon-2022 {_OF}"),
        (
            "add lyon-2022 Send --visit lyon-2022 --from UNODC --to INTERPOL",
            f"followup add Send --visit lyon-2022 {_OF}",
        ),
        (
            f"add Send it --visit lyon-2022 {_OF} --done --on yesterday --evidence NV-1",
            f"id=$(followup add Send it --visit lyon-2022 {_OF}) && followup done $id --on yesterday --evidence NV-1",
        ),
        (
            f"add Send it --visit lyon-2022 {_OF} --state done",
            f"id=$(followup add Send it --visit lyon-2022 {_OF}) && followup done $id",
        ),
        (
            f"add Name two --visit lyon-2022 {_OF} --nominated 1 --letter NV-1",
            f"id=$(followup add Name two --visit lyon-2022 {_OF}) && followup seats $id --nominated 1 --letter NV-1",
        ),
        (
            f"add Send it --visit lyon-2022 {_OF} --done yesterday --review 'in a week'",
            f"id=$(followup add Send it --visit lyon-2022 {_OF}) && followup done $id --on yesterday",
        ),
        (
            "add Send it --visit lyon-2022 --from 'UNODC and INTERPOL' --to UNOV",
            "followup add Send it --visit lyon-2022 --by UNODC --by INTERPOL --to UNOV",
        ),
    ],
)
def test_the_line_for_a_new_commitment_takes_each_word_for_what_it_is(
    database: Database, run: Run, environment: dict[str, str], typed: str, line: str
) -> None:
    refused = run(*shlex.split(typed))
    assert refused.err.removesuffix("\n").endswith(line)
    assert run_in_shell_or_terminal.shell(line, environment).code == 0


def test_numbers_of_which_one_is_not_there_change_nothing_and_the_others_are_proposed(
    database: Database, run: Run
) -> None:
    run("remove", "1", "--reason", "a slip")
    with unchanged(database.path):
        assert_refused(
            run("agree", "1", "2", "3"), 3, "commitment 1 was removed", "nothing was changed: followup agree 2 3 "
        )
        assert_refused(
            run("mark", "9", "2", "done", "--on", "yesterday"), 3, "followup mark 2 --on yesterday done leaves it"
        )
        assert_refused(
            run("chase", "2", "7-9", "9"), 3, "there is no commitment from 7 to 9", "followup chase 2 leaves them"
        )
        assert_refused(run("done", "9"), 3, "there is no commitment 9: followup list --all shows them")


def test_what_several_numbers_need_is_proposed_for_all_of_them(database: Database, run: Run) -> None:
    with unchanged(database.path):
        assert_refused(run("close", "1", "3"), 1, "followup close 1 3 --because dropped")
        assert_refused(run("mark", "1", "3", "returned"), 1, "followup mark 1 3 returned --note TEXT")
        assert_refused(run("close", "3"), 1, "followup close 3 --because dropped")


def test_a_line_says_what_of_a_commitment_it_does_not_know_before_by_the_number_that_it_gets(
    database: Database, run: Run, environment: dict[str, str]
) -> None:
    refused = run("add", "Send it", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL", "--done", "yesterday")
    line = refused.err.rpartition("as a whole: ")[2].strip()
    run("add", "Another", "--visit", "lyon-2022", "--by", "INTERPOL", "--to", "UNODC")
    done = run_in_shell_or_terminal.shell(line, environment)
    assert (done.code, done.out) == (0, "6 proposed -> reported\n")
    assert [json.loads(run("show", each, "--json").out)["state"] for each in "56"] == ["proposed", "reported"]


def test_each_command_of_such_a_line_is_of_the_store_that_was_named(
    database: Database, path: str, run: Run, environment: dict[str, str]
) -> None:
    elsewhere = {"FOLLOWUP_STORE": ""}
    entered = shlex.split("new Send it --visit lyon-2022 --by UNODC --to INTERPOL --done --letter NV-1 --note called")
    refused = run("--store", path, "--today", "2023-03-02", *entered, env=elsewhere)
    line = refused.err.partition(": id=")[2].strip()
    assert line.count(" --today 2023-03-02") == 4
    done = run_in_shell_or_terminal.shell(f"id={line}", {**environment, **elsewhere})
    assert done.code == 0, (line, done)
    shown = json.loads(run("show", "5", "--json").out)
    assert (shown["state"], shown["seats"]["letter"]) == ("reported", "NV-1")


@pytest.mark.parametrize(
    ("typed", "left_out"),
    [
        (
            "add X --visit lyon-2022 --by UNODC --to INTERPOL --review 'in a week' --priority high",
            'left out: --review "in a week" (followup chase ID --again "in a week"), --priority high; as a whole: ',
        ),
        ("visit add X --place Lyon --from today --budget 5000", "left out: --budget 5000; as a whole: "),
    ],
)
def test_what_a_line_has_no_place_for_is_said(database: Database, run: Run, typed: str, left_out: str) -> None:
    with unchanged(database.path):
        assert_refused(run(*shlex.split(typed)), 2, left_out)


def test_who_organises_a_visit_is_left_out_and_said(database: Database, run: Run, environment: dict[str, str]) -> None:
    typed = "visit add X --place Lyon --from today --host INTERPOL --visitor 'MIA Uzbekistan' --organizer UNODC"
    refused = run(*shlex.split(typed)).err
    assert "left out: --organizer UNODC" in refused
    line = refused.rpartition(": ")[2]
    assert run_in_shell_or_terminal.shell(line, environment).code == 0
    visit = next(each for each in json.loads(run("visits", "--json").out) if each["title"] == "X")
    assert [visit[field] for field in ("hosts", "delegation", "programme")] == [
        ["INTERPOL"],
        "MIA Uzbekistan",
        None,
    ]
