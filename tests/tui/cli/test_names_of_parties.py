"""Names of parties as people type them: one rule in every command, and in batch; hosts are parties too."""

import pytest

from store.database import Database
from store.rules.due_dates_and_extensions import DueDate
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused, document, unchanged
from tests.support.run_in_shell_or_terminal import shell
from tests.support.store_builders import INTERPOL, MIA, UNODC, VISIT, record

ADD = ["add", "More", "--visit", VISIT]

ENTERED = "followup: 5 is proposed (followup agree 5 once it is agreed), no date\n"


def names(database: Database) -> list[str]:
    return [party["name"] for party in database.snapshot().parties.all()]


def test_first_words_of_one_party_are_that_party_and_the_answer_says_so(database: Database, run: Run) -> None:
    before = names(database)
    added = run(*ADD, "--by", "MIA", "--to", "ncb", "--support", "MIA")
    assert (added.code, added.out) == (0, "5\n")
    assert added.err.partition("\n")[2] == 'followup: "MIA" is MIA Uzbekistan\nfollowup: "ncb" is NCB Tashkent\n'
    assert (record(database, 5)["by"], record(database, 5)["support"]) == ([MIA], [MIA])
    assert names(database) == before


def test_first_words_said_to_be_a_new_party_are_one(database: Database, run: Run) -> None:
    run(*ADD, "--by", "MIA", "--to", UNODC, "--new-party", "MIA")
    assert record(database, 5)["by"] == ["MIA"]


def test_a_series_tells_a_name_once(database: Database, run: Run) -> None:
    added = run(*ADD, "--by", "MIA", "--to", UNODC, "--due", "2023-04-30", "--every", "month", "--until", "2023-07-31")
    assert_one_sentence(added.err.partition("\n")[2], '"MIA" is MIA Uzbekistan')


EVERYWHERE = [
    [*ADD, "--by", "{}", "--to", UNODC],
    [*ADD, "--by", UNODC, "--to", "{}"],
    [*ADD, "--by", UNODC, "--to", MIA, "--via", "{}"],
    [*ADD, "--by", UNODC, "--to", MIA, "--support", "{}"],
    ["edit", "1", "--by", "{}"],
    ["visit", "add", "Next", "--place", "Osh", "--from", "2023-02-01", "--host", "{}"],
    ["visit", "edit", VISIT, "--host", "{}"],
    ["due", "2", "2023-05-01", "--reason", "x", "--asked-by", "{}"],
    ["due", "2", "2023-05-01", "--reason", "x", "--agreed-by", "{}"],
    ["mark", "2", "closed", "--because", "dropped", "--agreed-by", "{}"],
    ["mark", "2", "done", "--said-by", "{}"],
]


@pytest.mark.parametrize("argv", EVERYWHERE, ids=" ".join)
def test_a_near_name_and_two_in_one_are_refused_until_they_are_meant(
    database: Database, run: Run, argv: list[str]
) -> None:
    for typed, shown in (
        ("INTEPROL", 'did you mean "INTERPOL"?'),
        ("UNODC and INTERPOL", '"UNODC" and "INTERPOL"'),
        ("UNODC (lead)", 'did you mean "UNODC"?'),
    ):
        line = [word.format(typed) for word in argv]
        with unchanged(database.path):
            assert_refused(run(*line), 1, shown, f'--new-party "{typed}"')
    for typed in ("INTEPROL", "UNODC and INTERPOL", "UNODC (lead)"):
        line = [word.format(typed) for word in argv]
        assert run(*line, "--new-party", typed.lower()).code == 0
        assert (typed in names(database)) == ("--asked-by" not in argv and "--agreed-by" not in argv)
        run("undo")


@pytest.mark.parametrize("argv", EVERYWHERE, ids=" ".join)
def test_first_words_that_two_parties_share_name_both(database: Database, run: Run, argv: list[str]) -> None:
    store_builders.add(database, by=["MIA Kazakhstan"])
    with unchanged(database.path):
        assert_refused(run(*[word.format("MIA") for word in argv]), 1, '"MIA Uzbekistan" or "MIA Kazakhstan"')


def test_a_new_name_is_taken_and_told_everywhere_but_as_a_voice(database: Database, run: Run) -> None:
    told = 'followup: new party "INTERPOL HTSM"\n'
    for argv in EVERYWHERE[:7]:
        done = run(*[word.format("INTERPOL HTSM") for word in argv])
        assert done.code == 0
        assert done.err.endswith(told)
        assert "INTERPOL HTSM" in names(database)
        run("undo")
        assert "INTERPOL HTSM" not in names(database)
    assert_refused(run("mark", "2", "done", "--said-by", "INTERPOL HTSM"), 3, "INTERPOL HTSM")


def test_who_asked_stays_as_typed_and_is_no_party_unless_one_is_called_so(database: Database, run: Run) -> None:
    before = names(database)
    done = run("due", "2", "2023-05-01", "--reason", "x", "--asked-by", "the minister", "--agreed-by", "MIA")
    assert done.code == 0
    assert done.err.splitlines() == [
        'followup: no party is called "the minister": it is kept as typed',
        'followup: "MIA" is MIA Uzbekistan',
        "followup: 2: it was not promised to MIA Uzbekistan: that is not the consent of the other side "
        "(followup undo takes it back)",
    ]
    change = record(database, 2)["due_changes"][-1]
    assert (change["asked_by"], change["agreed_by"]) == ("the minister", MIA)
    assert names(database) == before


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u00ad", "\u200e", "\u202c", "\u200d"])
def test_what_nobody_sees_is_in_no_name_and_no_title(database: Database, run: Run, unseen: str) -> None:
    before = names(database)
    added = run("add", f"The ques{unseen}tionnaire{unseen}", "--visit", VISIT, "--by", f"{unseen}UN{unseen}ODC", "--to",
                f"INTERPOL{unseen}", "--new-party", "MIA")  # fmt: skip
    assert added.code == 0
    assert record(database, 5)["title"] == "The questionnaire"
    assert (record(database, 5)["by"], record(database, 5)["to"]) == ([UNODC], [INTERPOL])
    assert names(database) == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("UNODC -> IOM", '"UNODC" and "IOM"'),
        ("UNODC, later INTERPOL", '"UNODC" and "INTERPOL"'),
        ("UNODC assisted by OSCE", '"UNODC" and "OSCE"'),
        ("Lead UNODC", 'did you mean "UNODC"?'),
        ("UNODC – support", 'did you mean "UNODC"?'),
        ("jointly UNODC and IOM", '"UNODC" and "IOM"'),
    ],
)
def test_roles_and_two_known_names_are_refused(database: Database, run: Run, typed: str, shown: str) -> None:
    with unchanged(database.path):
        assert_refused(run(*ADD, "--by", typed, "--to", MIA), 1, shown, f'--new-party "{typed}"')


def test_hosts_are_parties(database: Database, run: Run) -> None:
    done = run("visit", "edit", VISIT, "--host", "interpol", "--host", "MIA", "--host", "BKA")
    assert (done.code, done.err) == (0, 'followup: "MIA" is MIA Uzbekistan\nfollowup: new party "BKA"\n')
    assert document(run("visits", "--json"))[0]["hosts"] == [INTERPOL, MIA, "BKA"]
    assert "BKA" in [party["name"] for party in document(run("parties", "--json"))]
    assert run("party", "edit", "BKA", "--name", "Bundeskriminalamt").code == 0
    assert document(run("visits", "--json"))[0]["hosts"] == [INTERPOL, MIA, "Bundeskriminalamt"]
    assert run("party", "merge", "bka", INTERPOL).out == f"Bundeskriminalamt is now {INTERPOL}: 1 visit moved\n"
    assert document(run("visits", "--json"))[0]["hosts"] == [INTERPOL, MIA]


def test_an_undone_commitment_leaves_the_party_that_hosts_a_visit_since(database: Database, run: Run) -> None:
    run(*ADD, "--by", "BKA", "--to", UNODC)
    run("visit", "edit", VISIT, "--host", "bka")
    assert run("undo", str(store_builders.events(database, 5)[0]["change"])).code == 0
    assert "BKA" in names(database)


@pytest.mark.parametrize("argv", [["party", "edit", "MIA", "--short", "MIA UZ"], ["party", "merge", "NCB", INTERPOL]])
def test_first_words_find_the_party_that_is_edited_or_merged(database: Database, run: Run, argv: list[str]) -> None:
    done = run(*argv)
    assert done.code == 0
    assert_one_sentence(done.err, f'"{argv[2]}" is ')


def test_batch_says_new_party_for_one_line_alone(database: Database, run: Run) -> None:
    line = f"add More --visit {VISIT} --by INTEPROL --to {UNODC}"
    other = line.replace("INTEPROL", "INTERPOOL")
    done = run("batch", "--atomic", input=f"{line} --new-party INTEPROL\n{other}\n")
    assert done.code == 1
    assert done.out.startswith('error 2 1 there is no party "INTERPOOL"')
    done = run("batch", input=f"{line} --new-party INTEPROL\n{other}\n")
    assert [text.split(" ")[0] for text in done.out.splitlines()] == ["ok", "error"]
    assert "INTEPROL" in names(database)


def test_the_sheet_takes_first_words_of_a_party(database: Database, run: Run) -> None:
    assert "MIA Uzbekistan" in run("sheet", "MIA").out
    store_builders.add(database, by=["MIA Kazakhstan"])
    assert_refused(run("sheet", "MIA"), 1, '"MIA Uzbekistan" or "MIA Kazakhstan"')


def test_the_digest_takes_first_words_of_a_party_that_no_person_is_called(database: Database, run: Run) -> None:
    store_builders.do(database, "set_due", 2, DueDate("2023-03-01", "day"), reason="x")
    done = run("digest", "--for", "MIA")
    assert (done.code, done.err) == (0, 'followup: "MIA" is MIA Uzbekistan\n')
    assert "Nominate officers to ISON" in done.out
    store_builders.do(database, "edit", 1, owner="mia")
    assert run("digest", "--for", "MIA").err == ""


@pytest.mark.parametrize("name", ["«»", ".", "…", "“”", "-", "()", "'", "and", " И ", "+"])
def test_what_is_no_name_is_refused_everywhere(database: Database, run: Run, name: str) -> None:
    with unchanged(database.path):
        assert_refused(run(*ADD, f"--by={name}", "--to", UNODC), 2, "a party needs a name")
        for option in ("name", "short", "ru", "alias"):
            assert_refused(run("party", "edit", INTERPOL, f"--{option}={name}"), 2, "a party needs a name")


def test_a_role_in_brackets_proposes_a_party_that_there_is(database: Database, run: Run) -> None:
    for typed, shown in (("MIA (lead)", "MIA Uzbekistan"), ("INTEPROL (lead)", INTERPOL), ("BKA (lead)", "BKA")):
        assert_refused(run(*ADD, "--by", typed, "--to", UNODC), 1, f'did you mean "{shown}"?')
    store_builders.add(database, by=["MIA Kazakhstan"])
    assert_refused(run(*ADD, "--by", "MIA (lead)", "--to", UNODC), 1, '"MIA Uzbekistan" or "MIA Kazakhstan"')


def test_a_known_party_named_as_new_is_used_and_nothing_is_said(database: Database, run: Run) -> None:
    assert run(*ADD, "--by", UNODC, "--to", INTERPOL, "--new-party", UNODC) == (0, "5\n", ENTERED)
    assert record(database, 5)["by"] == [UNODC]


def test_a_new_party_that_fits_no_name_is_said_to_be_ignored(database: Database, run: Run) -> None:
    told = 'followup: --new-party "INTEPROLL" is no name of a party in this line, and was ignored\n'
    done = run(*ADD, "--by", INTERPOL, "--to", UNODC, "--new-party", "INTEPROLL", "--new-party", "interpol")
    assert (done.code, done.err) == (0, f"{ENTERED}{told}")
    assert run("edit", "1", "--title", "Other", "--new-party", "INTEPROLL").err == told
    line = f"add More --visit {VISIT} --by INTEPROLL --to {UNODC} --new-party INTEPROLL\n"
    done = run("batch", "--atomic", input=f"{line}edit 1 --title Third --new-party INTEPROLL\n")
    assert told.removeprefix("followup: ") in done.err


TAKEN = [
    (["--short", "mia"], MIA),
    (["--name", "МВД"], MIA),
    (["--alias", "MIA Uzbekistam"], MIA),
    (["--alias", "UNODC and INTERPOL"], '"UNODC" and "INTERPOL"'),
    (["--alias", "UNODC, INTERPOL"], '"UNODC" and "INTERPOL"'),
    (["--ru", "ИОМ + МВД"], '"ИОМ" and "МВД"'),
]


@pytest.mark.parametrize(("given", "shown"), TAKEN, ids=str)
def test_an_edited_name_that_would_be_another_party_is_refused_until_it_is_meant(
    database: Database, run: Run, given: list[str], shown: str
) -> None:
    store_builders.do(database, "edit_party", MIA, ru="МВД Узбекистана")
    with unchanged(database.path):
        refused = run("party", "edit", UNODC, *given)
        assert refused.code == 1
        assert refused.err.startswith(f'followup: "{given[1]}" would be taken for ')
        assert shown in refused.err
        assert f'--new-party "{given[1]}"' in refused.err
    assert run("party", "edit", UNODC, *given, "--new-party", given[1]).code == 0


def test_an_edited_name_may_be_a_form_of_the_partys_own(database: Database, run: Run) -> None:
    store_builders.add(database, by=["MIA Kazakhstan"])
    for given in (["--short", "MIA"], ["--name", "MIA Uzbekistam"], ["--alias", "MIA (Uzbekistan)"]):
        assert run("party", "edit", MIA if given[0] != "--alias" else "MIA Uzbekistam", *given).code == 0
    assert run("party", "edit", UNODC, "--alias", "UNODC and partners", "--name", "BKA (lead)").code == 0


def test_a_slip_in_a_short_name_is_taken_and_told_with_the_line_that_mends_it(
    database: Database, run: Run, environment: dict[str, str]
) -> None:
    done = run("add", "X", "--visit", "lyon-2022", "--by", "UNDOC", "--to", "INTERPOL")
    assert done.code == 0
    assert 'new party "UNDOC"; did you mean "UNODC"?' in done.err
    line = done.err.partition("if UNODC was meant: ")[2].strip()
    assert line == "followup party merge UNDOC UNODC"
    assert shell(line, environment).code == 0
    assert document(run("show", done.out.strip(), "--json"))["by"] == ["UNODC"]


def test_a_delegation_is_told_to_be_no_party(database: Database, run: Run) -> None:
    whom = ["--visit", "lyon-2022", "--to", "INTERPOL"]
    for name in ("delegation of Uzbekistan", "Uzbek delegates", "Делегация Узбекистана"):
        told = f'new party "{name}": a party is the institution that sent it\n'
        assert told in run("add", "X", *whom, "--by", name).err
    assert (
        run("add", "X", *whom, "--by", "Delhi Police").err.partition("\n")[2] == 'followup: new party "Delhi Police"\n'
    )


@pytest.mark.parametrize(
    ("lang", "typed", "remark"),
    [
        ("en", "Mintrud", 'no party is called "Mintrud": it is kept as typed'),
        ("ru", "Минтруд", "стороны «Минтруд» нет, сохранено как введено"),
    ],
)
def test_who_asked_or_agreed_and_is_no_party_is_remarked_and_kept_as_typed(
    database: Database, run: Run, lang: str, typed: str, remark: str
) -> None:
    env = {"FOLLOWUP_LANG": lang}
    reason = ["--reason", "x"]
    assert remark in run("due", "2", "2023-05-01", *reason, "--asked-by", typed, env=env).err
    agreed = run("due", "2", "2023-06-01", *reason, "--agreed-by", typed, env=env)
    assert remark in agreed.err
    assert agreed.err.count(typed) == 2
    assert remark in run("close", "2", "--because", "dropped", "--agreed-by", typed, env=env).err
    assert remark not in run("due", "3", "2023-06-01", *reason, "--asked-by", "INTERPOL", env=env).err
    shown = document(run("show", "2", "--json"))
    assert shown["due_changes"][0]["asked_by"] == shown["closed"]["agreed_by"] == typed
