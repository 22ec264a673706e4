"""Options by the names that they have elsewhere: taken where that is plain, else one line keeps every value typed."""

import re
import shlex

import pytest

from store.database import Database
from store.errors import UsageError
from tests.conftest import Run
from tests.support import run_in_shell_or_terminal
from tests.support.check_answers_and_refusals import assert_refused, unchanged
from tui.cli.arguments import parse_command_line
from tui.cli.command_table import COMMANDS
from tui.cli.refused_lines.option_synonyms import _MEANT, _ONLY_MEANING, OWN_WORDS

PLAIN = [
    ("visit add --title Workshop --city Lyon --date '17 Nov'", "visit add Workshop --place Lyon --from '17 Nov'"),
    ("visit add Workshop --where Lyon --dates 17-19 Nov", "visit add Workshop --place Lyon --from 17 Nov --to 19 Nov"),
    (
        "visit add X --location Lyon --start today --participants A --attendees B --funded-by INL",
        "visit add X --place Lyon --from today --delegation 'A, B' --donor INL",
    ),
    ("visit edit lyon-2022 --name 'Study visit'", "visit edit lyon-2022 --title 'Study visit'"),
    ("add --title 'Send it' --trip lyon --by A --to B", "add 'Send it' --visit lyon --by A --to B"),
    (
        "add Send it --visit lyon --by A --to B --deadline May 5th",
        "add Send it --visit lyon --by A --to B --due May 5th",
    ),
    ("add Send it --visit lyon --by A --to B --agreed", "add Send it --visit lyon --by A --to B --state agreed"),
    ("done 2 --date yesterday", "done 2 --on yesterday"),
    ("done 2 --done yesterday", "done 2 --on yesterday"),
    ("done 2 --done", "done 2"),
    ("mark 2 --done yesterday", "mark 2 done --on yesterday"),
    ("mark 2 3 --state=agreed", "mark 2 3 agreed"),
    ("due 2 --to 5 May --why new minister", "due 2 5 May --reason new minister"),
    ("note 2 --text called", "note 2 called"),
    ("reason 2 --because ill", "reason 2 ill"),
    ("remove 2 --why twice", "remove 2 --reason twice"),
    ("rm 2 --comment twice", "rm 2 --reason twice"),
    ("seats 2 --nominated 1 --ref NV-1", "seats 2 --nominated 1 --letter NV-1"),
    ("chase 2 --next +1w", "chase 2 --again +1w"),
    ("party merge A --into B", "party merge A B"),
    ("party merge --into B A", "party merge A B"),
    ("export --to INTERPOL -o a.csv", "export to:INTERPOL -o a.csv"),
    ("sheet --party INTERPOL", "sheet INTERPOL"),
    ("list --by UNODC --to INTERPOL --overdue --json", "list by:UNODC to:INTERPOL overdue --json"),
    ("show 3 -o json", "show 3 --json"),
    ("list --format json overdue", "list --json overdue"),
    ("list --output=json", "list --json"),
    ("list --from 'MIA Uzbekistan'", "list by:'MIA Uzbekistan'"),
    ("status --visit lyon --short", "status visit:lyon --short"),
    ("list --due next month", "list due:'next month'"),
    ("export --late --format ics", "export overdue --format ics"),
]
"""What is typed, and the same with the program's own options."""


@pytest.mark.parametrize(("typed", "own"), PLAIN, ids=lambda value: value)
def test_a_plain_name_is_taken_for_the_option(typed: str, own: str) -> None:
    read, meant = (parse_command_line(shlex.split(line)) for line in (typed, own))
    assert (read.command, read.words, read.values) == (meant.command, meant.words, meant.values)


PROPOSED = [
    (
        "visit add 'Study visit' --place Lyon --from today --host INTERPOL --with UNODC",
        'visit add "Study visit" --place Lyon --from today --host INTERPOL --delegation UNODC',
    ),
    (
        "visit add 'Study visit' --organiser UNODC --location Lyon --when 17-19 Nov --people A --project P",
        'visit add "Study visit" --place Lyon --from 17 Nov --to 19 Nov --delegation A --programme P',
    ),
    ("visit add X --country France --city Lyon --from today", 'visit add X --place "France, Lyon" --from today'),
    ("edit 3 --assignee asel --text 'Send two'", 'edit 3 --owner asel --title "Send two"'),
    ("due 2 Friday --note 'he is away' --by MIA", 'due 2 Friday --reason "he is away" --asked-by MIA'),
    ("done 2 --by MIA --when yesterday", "done 2 --said-by MIA --on yesterday"),
    ("chase 2 --when Monday", "chase 2 --again Monday"),
    ("seats 2 --count 1 --of 3 --by-letter NV-1", "seats 2 --nominated 1 --wanted 3 --letter NV-1"),
    ("party merge --from A --to B", "party merge A B"),
    ("party merge --to B A", "party merge A B"),
    ("party merge A --with B", "party merge A B"),
    ("export --to list.csv", "export --output list.csv"),
    ("digest --to asel", "digest --for asel"),
    ("sheet --for INTERPOL", "sheet INTERPOL"),
    ("sheet --visit lyon-2022", "sheet --only visit:lyon-2022"),
    ("report --for INL", "report --donor INL"),
]


@pytest.mark.parametrize(("typed", "line"), PROPOSED, ids=lambda value: value)
def test_for_any_other_name_one_line_keeps_every_value(typed: str, line: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_command_line(shlex.split(typed))
    assert refused.value.sentence.endswith(f": followup {line}")
    parse_command_line(shlex.split(line))


def test_an_option_that_nothing_is_like_is_named_and_the_others_are_kept() -> None:
    with pytest.raises(UsageError) as refused:
        parse_command_line(shlex.split("visit add X --where Lyon --from today --budget 5000"))
    assert re.search(
        '"--where".*; left out: --budget 5000; as a whole: followup visit add X --place Lyon --from today$',
        refused.value.sentence,
    )


def test_a_title_is_not_said_twice(database: Database, run: Run) -> None:
    with unchanged(database.path):
        refused = run("visit", "add", "Workshop", "--title", "Other", "--place", "Lyon", "--from", "today")
        assert_refused(refused, 2, '"--title"')


def test_a_proposed_line_of_a_visit_works(database: Database, run: Run, environment: dict[str, str]) -> None:
    refused = run(*shlex.split("visit add 'Study visit' --organiser UNODC --where Vienna --dates '17-19 Nov'"))
    line = refused.err.rpartition(": ")[2]
    assert run_in_shell_or_terminal.shell(line, environment).out == "vienna-2022\n"


@pytest.mark.parametrize("table", [_ONLY_MEANING, _MEANT], ids=["taken", "meant"])
def test_no_other_name_is_an_option_already_and_each_means_one_that_there_is(table: dict[str, dict[str, str]]) -> None:
    for name, options in table.items():
        own = {option.name for option in COMMANDS[name].options}
        for option, others in options.items():
            assert option in own or not option.startswith("--"), (name, option)
            assert option.startswith("--") or option in (OWN_WORDS, "FIRST", "LAST")
            assert not own & {f"--{other}" for other in others.split()}, (name, option)
