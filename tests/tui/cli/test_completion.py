"""Completion in real shells: what is offered, and that nothing from a store is ever run."""

import shlex
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from store.database import Database
from store.server_name import is_server_name
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, unchanged
from tests.support.run_command import PATIENCE
from tests.support.run_in_shell_or_terminal import shell
from tests.support.store_builders import INTERPOL, MIA

_A_TAB = 0.4
"""Seconds from which nothing offered may mean that a server was too slow: a little less than a completion waits."""

STATES = ["proposed", "agreed", "in-progress", "reported", "done", "confirmed", "returned", "closed"]


def completed(line: str, env: Mapping[str, str]) -> list[str]:
    """What bash offers with the cursor at the end of a line: the function of the script, asked as readline asks."""
    script = f"""
        cd "$HOME"
        source <(followup completion bash)
        spec=$(complete -p followup); spec=${{spec##*-F }}; function=${{spec%% *}}
        COMP_LINE={shlex.quote(line)}; COMP_POINT=${{#COMP_LINE}}; COMP_TYPE=9; COMP_KEY=9
        read -ra COMP_WORDS <<< "$COMP_LINE"
        [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
        compopt() {{ :; }}
        $function followup "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}"
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    # A server is not waited for for long: on a busy machine it may take other Tabs.
    end = time.monotonic() + PATIENCE
    is_answered = False
    while not is_answered:
        start = time.monotonic()
        done = shell(script, env)
        assert (done.code, done.err) == (0, ""), done
        is_waited_for = is_server_name(env["FOLLOWUP_STORE"]) and time.monotonic() - start >= _A_TAB
        is_answered = bool(done.out.strip()) or not is_waited_for or time.monotonic() >= end
    return [line.rstrip(" ") for line in done.out.splitlines() if line]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("followup stat", ["status"]),
        ("followup und", ["undo"]),
        ("followup ov", ["overdue"]),
        ("followup done ", ["1", "2", "3", "4"]),
        ("followup find --j", ["--json"]),
        ("followup overdue wee", ["week"]),
        ("followup visit ", ["add", "edit", "aside", "back", "remove"]),
        ("followup party ", ["edit", "merge", "remove", "list"]),
        ("followup list --so", ["--sort"]),
        ("followup mark 2 done --said", ["--said-by"]),
        ("followup show ", ["1", "2", "3", "4"]),
        ("followup show --json ", ["1", "2", "3", "4"]),
        ("followup history ", ["1", "2", "3", "4"]),
        ("followup due ", ["1", "2", "3", "4"]),
        ("followup edit 2 --after ", ["1", "2", "3", "4"]),
        ("followup mark 2 a", ["agreed"]),
        ("followup mark 2 согл", ["согласовано"]),
        ("followup mark 2 closed --because d", ["declined", "dropped"]),
        ("followup visit edit ", ["lyon-2022"]),
        ("followup visit remove l", ["lyon-2022"]),
        ("followup add Title --visit ", ["lyon-2022"]),
        ("followup add Title --visit=ly", ["--visit=lyon-2022"]),
        ("followup list over", ["overdue"]),
        ("followup list прод", ["продлено"]),
        ("followup list состояние:предл", ["предложено"]),
        ("followup list wee", ["week"]),
        ("followup completion ", ["bash", "zsh", "fish"]),
        ("followup config s", ["store", "silent-after"]),
        ("followup config view ", ["Now", "Open", "Overdue", r"To\ confirm", "Silent", "Mine", "Finished"]),
        ("followup help ma", ["mark"]),
        ("followup sheet INT", ["INTERPOL"]),
        ("followup owner rename as", ["asel"]),
        ("followup owner rename INT", []),
        ("followup report --lang ", ["en", "ru"]),
        ("followup --store /nowhere.json show ", []),
        ("followup show --store /nowhere.json ", []),
        ("followup --today 2023-03-01 show ", ["1", "2", "3", "4"]),
        ("followup --to", ["--today"]),
    ],
)
def test_bash_offers(database: Database, environment: dict[str, str], line: str, offered: list[str]) -> None:
    answered = completed(line, environment)
    if "=" in line:
        answered = [each if each.startswith("--") else f"{line.split()[-1].split('=')[0]}={each}" for each in answered]
    assert sorted(answered) == sorted(offered)


def test_bash_offers_every_command(database: Database, environment: dict[str, str]) -> None:
    offered = completed("followup ", environment)
    wanted = """status list show history visits parties check visit add edit mark due reason chase note seats party
        owner remove undo redo redact batch python sheet report digest export import capture init demo doctor backup
        restore move config completion app help
        now aside overdue late today week month later no-date unconfirmed silent mine waiting extended open finished
        closed
        ls find search done confirm agree start close rm delete"""
    assert sorted(offered) == sorted(wanted.split())


def test_bash_offers_every_option_of_a_command(database: Database, environment: dict[str, str]) -> None:
    offered = completed("followup due 2 --", environment)
    assert {"--reason", "--asked-by", "--agreed-by", "--words", "--correct", "--on", "--expect-rev", "--json"} <= set(
        offered
    )


def test_bash_offers_the_formats_of_an_export(database: Database, environment: dict[str, str]) -> None:
    assert sorted(completed("followup export --format ", environment)) == ["csv", "html", "ics", "json", "md", "xlsx"]
    assert {"-o", "--output", "--format", "--internal"} <= set(completed("followup export -", environment))


def test_bash_offers_numbers_and_states_after_a_number(database: Database, environment: dict[str, str]) -> None:
    assert {"1", "2", "3", "4", *STATES} == set(completed("followup mark 2 ", environment))


def test_bash_offers_states_in_the_language_of_the_program(database: Database, environment: dict[str, str]) -> None:
    offered = set(completed("followup mark 2 ", {**environment, "FOLLOWUP_LANG": "ru"}))
    assert {"согласовано", "в-работе", "подтверждено"} <= offered
    assert offered.isdisjoint(STATES)


def test_bash_offers_parties_quoted_as_they_must_be_typed(database: Database, environment: dict[str, str]) -> None:
    store_builders.add(database, by=["МВД Узбекистана"], to=[MIA])
    wanted = ["INTERPOL", r"MIA\ Uzbekistan", r"NCB\ Tashkent", "UNODC", r"МВД\ Узбекистана"]
    assert sorted(completed("followup add Title --by ", environment)) == sorted(wanted)
    assert completed("followup add Title --by M", environment) == [r"MIA\ Uzbekistan"]
    assert completed('followup add Title --by "M', environment) == ["MIA Uzbekistan"]
    assert completed("followup mark 2 done --said-by МВ", environment) == [r"МВД\ Узбекистана"]
    assert completed("followup party merge N", environment) == [r"NCB\ Tashkent"]


def test_what_bash_offers_can_be_typed(database: Database, environment: dict[str, str]) -> None:
    (party,) = completed("followup add Title --by M", environment)
    done = shell(f"followup add Title --visit lyon-2022 --by {party} --to {INTERPOL}", environment)
    assert (done.code, done.out) == (0, "5\n")
    assert store_builders.record(database, 5)["by"] == [MIA]


@pytest.mark.parametrize(
    "name", ["$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "a\\$(touch pwned)", "-rf *", "~root #"]
)
def test_no_name_in_a_store_is_ever_run(
    database: Database, environment: dict[str, str], tmp_path: Path, name: str
) -> None:
    store_builders.add(database, f"Title {name}", by=[name], to=[MIA])
    store_builders.do(database, "edit_visit", "lyon-2022", title=name)
    for line in (
        "followup add Title --by ",
        "followup add Title --by '",
        'followup add Title --by "',
        "followup show ",
    ):
        offered = completed(line, {**environment, "HOME": str(tmp_path)})
        assert offered
    typed = next(
        each
        for each in completed("followup add Title --by ", environment)
        if "pwned" in each or "rf" in each or "root" in each
    )
    echoed = shell(f"cd {shlex.quote(str(tmp_path))}; printf %s {typed}", environment)
    assert echoed == (0, name, "")
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize("line", ["followup config s", "followup due 2 s", "followup note 2 s", "followup undo s"])
def test_files_are_not_offered_where_none_is_wanted(database: Database, environment: dict[str, str], line: str) -> None:
    Path(environment["HOME"], "snow.txt").touch()
    assert "snow.txt" not in completed(line, environment)


@pytest.mark.parametrize("line", ["followup --store s", "followup list --store s", "followup batch s"])
def test_files_are_offered_where_one_is_wanted(database: Database, environment: dict[str, str], line: str) -> None:
    Path(environment["HOME"], "snow.json").touch()
    assert completed(line, environment) == ["snow.json"]


def test_completing_leaves_the_store_alone(database: Database, environment: dict[str, str]) -> None:
    with unchanged(database.path):
        completed("followup mark ", environment)


@pytest.mark.file_only("a damaged file")
def test_completing_a_damaged_store_is_quiet(path: str, environment: dict[str, str]) -> None:
    Path(path).write_bytes(b"{")
    assert completed("followup show ", environment) == []
    assert completed("followup stat", environment) == ["status"]


def test_numbers_come_with_their_titles(database: Database, environment: dict[str, str]) -> None:
    """As zsh and fish ask for them: the completion, then its description."""
    line = "followup show "
    script = f"""
        export _ARGCOMPLETE=1 _ARGCOMPLETE_SHELL=fish _ARGCOMPLETE_DFS=$'\\t' _ARGCOMPLETE_IFS=$'\\n'
        export COMP_LINE={shlex.quote(line)} COMP_POINT={len(line)}
        followup 8>&1 9>/dev/null 1>/dev/null
    """
    done = shell(script, environment)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "1\tTake part in the TIP Analysis File",
        "2\tNominate officers to ISON",
        "3\tFacilitate the assistance",
        "4\tPromote cooperation",
    ]


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_script_is_read_by_its_shell(run: Run, environment: dict[str, str], name: str) -> None:
    script = run("completion", name)
    assert (script.code, script.err) == (0, "")
    assert "followup" in script.out
    prelude = "autoload -Uz compinit; compinit -u -D; " if name == "zsh" else ""
    command = "followup completion fish | source" if name == "fish" else f'eval "$(followup completion {name})"'
    loaded = shell(prelude + command, environment, name=name)
    assert loaded == (0, "", "")


def test_there_is_no_script_for_another_shell(run: Run) -> None:
    assert_refused(run("completion", "tcsh"), 2, "tcsh", "bash", "zsh", "fish")
    assert_refused(run("completion"), 2, "SHELL")


def test_a_name_of_a_file_that_was_completed_is_never_run(environment: dict[str, str]) -> None:
    """A second TAB after the name: a shell that looks for files is not given it as a line of its own."""
    home = Path(environment["HOME"])
    (home / "a'$(touch ran)'b.csv").touch()
    assert completed("followup import a\\'\\$\\(touch\\ ran\\)\\'b", environment) is not None
    assert completed("followup import \"a'\\$(touch ran)'b", environment) is not None
    assert not (home / "ran").exists()
