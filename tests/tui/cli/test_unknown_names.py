"""Names in a query that the store does not know: a check is UNKNOWN, a look says so, and finds what it finds."""

import shlex

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_one_sentence, document
from tests.support.fixed_day_and_user import ASEL
from tests.support.run_in_shell_or_terminal import on_terminal
from tests.support.store_builders import MIA, NCB, UNODC

UNKNOWN = [
    ("visit:lion", 'there is no visit "lion"; did you mean "Lyon"?'),
    ("visit:tashkent-2024", 'there is no visit "tashkent-2024"; followup visits lists them'),
    ("by:UNDOC", 'there is no party "UNDOC"; did you mean "UNODC"?'),
    ("to:UNDOC", 'there is no party "UNDOC"; did you mean "UNODC"?'),
    ("via:Xanadu", 'there is no party "Xanadu"; followup party list shows them'),
    ("support:Xanadu", 'there is no party "Xanadu"; followup party list shows them'),
    ("party:INTERPOLL", 'there is no party "INTERPOLL"; did you mean "INTERPOL"?'),
    ("owner:aselx", 'there is no owner "aselx"; did you mean "asel"?'),
    ("owner:zoe", 'there is no owner "zoe"; known owners: asel'),
    ("kind:trayn", 'there is no kind "trayn"; did you mean "train"?'),
    ("id:99", "there is no commitment 99: followup list --all shows them"),
    ("id:50-60", "there is no commitment from 50 to 60: followup list --all shows them"),
    ("not:by:UNDOC", 'there is no party "UNDOC"; did you mean "UNODC"?'),
    ("overdue by:UNDOC", 'there is no party "UNDOC"; did you mean "UNODC"?'),
    ("by:UNODC or by:UNDOC", 'there is no party "UNDOC"; did you mean "UNODC"?'),
    ("by:UNDOC to:UNDOC", 'there is no party "UNDOC"; did you mean "UNODC"?'),
    ("nonsense", 'no commitment has the word "nonsense": followup list --all shows them'),
    ("text:nonsense", 'no commitment has the word "nonsense": followup list --all shows them'),
    ("-nonsense", 'no commitment has the word "nonsense": followup list --all shows them'),
    ("#99", "there is no commitment 99: followup list --all shows them"),
    ("99", "there is no commitment 99: followup list --all shows them"),
    ("02", 'no commitment has the word "02": followup list --all shows them'),
    ("\x1b[31m", 'no commitment has the word "\\x1b[31m": followup list --all shows them'),
    ("|", '"or" needs a term before it and one after it: by:UNODC or by:INTERPOL'),
    ("party:\x1b[31m", 'there is no party "\\x1b[31m"; followup party list shows them'),
]
"""Query -> what is said of it."""

KNOWN = [
    "visit:lyon-2022",
    "visit:ly",
    "visit:study",
    "by:unod",
    "support:UNODC",
    "via:UNODC",
    "by:NCB",
    "owner:as",
    "kind:train",
    "kind:letter",
    "id:1",
    "id:..3",
    "id:3-99",
    "#3",
    "ison",
    "text:nominate",
    "silent:900..",
    "mine",
    "owner:me",
]
"""Queries with names that the store knows, most of which match nothing, and words, which are no names."""


@pytest.mark.parametrize(("query", "sentence"), UNKNOWN)
def test_a_check_of_an_unknown_name_is_unknown(database: Database, run: Run, query: str, sentence: str) -> None:
    assert run("check", *query.split()) == (3, f"FOLLOWUP UNKNOWN - {sentence}\n", "")


@pytest.mark.parametrize("query", KNOWN)
def test_a_check_of_a_known_name_counts(database: Database, run: Run, query: str) -> None:
    store_builders.add(database, "A letter", kind="letter of thanks")
    checked = run("check", *query.split(), env={"FOLLOWUP_TODAY": "2023-02-01", "XDG_CONFIG_HOME": _me_is_asel(run)})
    assert checked.code == 0
    assert_one_sentence(checked.err, "checked on 2023-02-01")
    assert checked.out.startswith("FOLLOWUP OK - 0 overdue")


def _me_is_asel(run: Run) -> str:
    assert run("config", "me", ASEL).code == 0
    return ""


def test_several_unknown_names_are_all_named(database: Database, run: Run) -> None:
    checked = run("check", "visit:lion", "by:UNDOC")
    assert checked.code == 3
    assert 'visit "lion"' in checked.out
    assert 'party "UNDOC"' in checked.out
    assert checked.out.count("\n") == 1


@pytest.mark.parametrize(
    "argv",
    [
        *("list {}", "list --tsv {}", "list --ids {}", "list --json {}", "list --all {}", "overdue {}", "now {}"),
        *("status {}", "status --short {}", "status --json {}", "visits {}", "visits --json {}", "digest {}"),
        *("export {}", "export --format json {}", "sheet --only {}", "report --only {}"),
    ],
)
def test_a_look_says_it_once_and_goes_on(database: Database, run: Run, argv: str) -> None:
    looked = run(*argv.format("by:UNDOC").split())
    assert looked.code == 0
    others = ("JSON holds", "which FOLLOWUP_TODAY sets")
    said = [line for line in looked.err.splitlines(keepends=True) if not any(each in line for each in others)]
    assert said == ['followup: there is no party "UNDOC"; did you mean "UNODC"?\n']
    assert "UNDOC" not in run(*argv.format("by:UNODC").split()).err


def test_what_the_other_terms_find_is_listed(database: Database, run: Run) -> None:
    listed = run("list", "by:UNDOC", "or", "by:UNODC", "--ids")
    assert listed.out == "4\n3\n"
    assert_one_sentence(listed.err, "UNDOC", "UNODC")


def test_on_a_terminal_one_line_is_enough(database: Database, environment: dict[str, str]) -> None:
    shown = on_terminal("list", "by:UNDOC", env=environment)
    assert_one_sentence(shown.err, 'there is no party "UNDOC"')


def test_an_owner_who_handed_everything_over_is_unknown_and_said_to_have(database: Database, run: Run) -> None:
    store_builders.add(database, "Look after it", owner="boris")
    assert run("check", "owner:boris").code == 0
    store_builders.do(database, "rename_owner", "boris", "vera")
    sentence = '"boris" owns nothing any more: what they had went to "vera"'
    assert run("check", "owner:boris") == (3, f"FOLLOWUP UNKNOWN - {sentence}\n", "")
    assert run("list", "--ids", "owner:boris") == (0, "", f"followup: {sentence}\n")
    assert run("check", "owner:vera").code == 0
    store_builders.do(database, "rename_owner", "vera", "boris")
    assert run("check", "owner:boris").code == 0


def test_a_word_of_a_finished_one_or_a_note_is_known(database: Database, run: Run) -> None:
    store_builders.do(database, "note", 1, "The Minister was travelling")
    store_builders.do(database, "mark", 2, "closed", because="declined", note="Superfluous")
    for word in ("travell", "ISON", "superfl"):
        assert run("check", word).code == 0


def test_a_look_for_a_word_that_nothing_has_is_only_empty(database: Database, run: Run) -> None:
    assert run("list", "--ids", "nonsense") == (0, "", "")


def test_the_owner_of_a_removed_one_is_known(database: Database, run: Run) -> None:
    store_builders.add(database, "By mistake", owner="boris")
    store_builders.do(database, "remove", 5, "a mistake")
    assert run("check", "owner:boris").code == 0


def test_a_removed_number_says_who_removed_it(database: Database, run: Run) -> None:
    store_builders.do(database, "remove", 1, "a mistake")
    checked = run("check", "id:1")
    assert checked.code == 3
    assert "commitment 1 was removed by asel" in checked.out


def test_what_is_finished_or_set_aside_is_known(database: Database, run: Run) -> None:
    store_builders.add(database, "Thank them", by=["IOM"], owner="boris")
    for state in ("done", "confirmed"):
        store_builders.do(database, "mark", 5, state)
    assert run("check", "by:IOM", "owner:boris").code == 0
    store_builders.do(database, "set_visit_aside", "lyon-2022")
    assert run("check", "by:IOM", "owner:boris").code == 0


def test_a_merged_party_is_known_by_its_old_name(database: Database, run: Run) -> None:
    store_builders.do(database, "merge_parties", NCB, MIA)
    assert run("check", "by:NCB").code == 0
    assert run("check", f"by:{UNODC}").code == 2


def test_me_whom_nobody_knows_is_unknown(database: Database, run: Run) -> None:
    assert run("config", "me", "zoe").code == 0
    for query in ("mine", "owner:me", "by:me", "party:me"):
        checked = run("check", query)
        assert checked.code == 3
        assert '"me" is "zoe", and nobody in this store is called so: followup config me NAME' in checked.out


def test_setting_me_to_an_unknown_name_says_so(database: Database, run: Run) -> None:
    said = run("config", "me", "aselx", "UNODC")
    assert (said.code, said.out) == (0, "me = aselx, UNODC\n")
    assert '"me" is "aselx", and nobody in this store is called so; did you mean "asel"?' in said.err
    assert "nobody" not in run("config", "me", "asel", "UNODC").err
    assert "nobody" not in run("config", "me", "zoe", env={"FOLLOWUP_STORE": "/nowhere.json"}).err


def test_me_who_has_nothing_yet_is_told_on_a_terminal_only(
    database: Database, run: Run, environment: dict[str, str]
) -> None:
    assert run("config", "me", "zoe").code == 0
    assert run("list", "mine", "--ids") == (0, "", "")
    assert "nobody in this store" not in run("list", "mine").err
    assert "nobody in this store is called so" in on_terminal("list", "mine", env=environment).err


def test_me_who_only_wrote_is_known(database: Database, run: Run) -> None:
    store_builders.do(store_builders.beside(database, who="zoe"), "note", 1, "called")
    assert run("config", "me", "zoe").code == 0
    assert run("check", "mine").code == 0


def test_a_view_with_an_unknown_name_is_kept_and_told(database: Database, run: Run) -> None:
    kept = run("config", "view-7", "Late: overdue to:UNDOC")
    assert (kept.code, kept.out) == (0, "view-7 = Late: overdue to:UNDOC\n")
    assert 'there is no party "UNDOC"' in kept.err


def test_a_view_can_be_kept_before_there_is_a_store(run: Run) -> None:
    kept = run("config", "view-7", "Late: overdue to:UNDOC")
    assert kept.code == 0
    assert "UNDOC" not in kept.err


def test_an_unknown_name_is_said_where_nothing_was_promised_yet(empty: Database, run: Run) -> None:
    assert run("check", "visit:lyon").code == 3
    assert document(run("list", "--json")) == []


CORRECTED = (
    ("add Send it --visit Lyon --by UNODC --to INTERPOL", 3, "add Send it --visit lyon-2022 --by UNODC --to INTERPOL"),
    ("add Send it --visit=Lyon --by UNODC --to INTERPOL", 3, "add Send it --visit lyon-2022 --by UNODC --to INTERPOL"),
    ("add Send it --visit Lyon", 2, "add Send it --visit lyon-2022 --by PARTY --to PARTY"),
    ("add Send it by UNODC to INTERPOL at Lyon", 2, "add Send it --visit lyon-2022 --by UNODC --to INTERPOL"),
    ("visit edit Lyon --place Lyon", 3, "visit edit lyon-2022 --place Lyon"),
    ("visit aside Lyon", 3, "visit aside lyon-2022"),
    (
        "add Send it --visit lyon-2022 --by 'UNODC and INTERPOL' --to MIA",
        1,
        "add Send it --visit lyon-2022 --by UNODC --by INTERPOL --to MIA",
    ),
    (
        "add Send it --visit lyon-2022 --by INTEPROL --to UNODC",
        1,
        "add Send it --visit lyon-2022 --by INTERPOL --to UNODC",
    ),
    ("list project:lyon-2022 overdue", 2, "list visit:lyon-2022 overdue"),
    ("add Send it --visit lyon --by MIA", 2, "add Send it --visit lyon-2022 --by MIA --to PARTY"),
    ("party edit INTEPROL --short IP", 3, "party edit INTERPOL --short IP"),
)
"""What is typed with a name that nobody has, the exit code, and the line with the one that was meant."""


@pytest.mark.parametrize(("typed", "code", "line"), CORRECTED, ids=lambda value: str(value))
def test_the_whole_line_is_proposed_with_the_name_that_was_meant_and_works(
    database: Database, run: Run, typed: str, code: int, line: str
) -> None:
    refused = run(*shlex.split(typed))
    assert (refused.code, refused.out) == (code, "")
    assert refused.err.endswith(f": followup {line}\n"), refused.err
    assert run(*shlex.split(line.replace("--by PARTY", "--by UNODC").replace("--to PARTY", "--to IOM"))).code == 0


def test_a_part_that_two_visits_have_names_neither(database: Database, run: Run) -> None:
    run("visit", "add", "Training", "--place", "Lyon", "--from", "2023-02-01")
    refused = run("visit", "aside", "Lyon")
    assert refused.err == 'followup: there is no visit "Lyon"; did you mean "lyon-2023" or "lyon-2022"?\n'
    assert run("visit", "aside", "study").err.endswith(": followup visit aside lyon-2022\n")


@pytest.mark.parametrize(("english", "russian"), [("mine", "мои"), ("owner:me", "ответственный:я")])
def test_what_is_mine_is_asked_in_russian(database: Database, run: Run, english: str, russian: str) -> None:
    assert run("edit", "2", "--owner", "zoe").code == 0
    run("config", "me", "zoe")
    assert run("list", "--ids", english).out == run("list", "--ids", russian).out == "2\n"
