"""Settings: shown with where each came from, set for me or for all."""

from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_refused, document, ids, unchanged
from tests.support.fixed_day_and_user import ME

VIEWS = ["view-7", "view-8", "view-9"]
SETTINGS = ["store", "me", "view", "lang", "ground", "import-memory", *VIEWS, "audit", "silent-after", "timezone"]
SETTINGS += ["office", "programme", "grant", "contact"]


def _file(run_environment: dict[str, str]) -> Path:
    return Path(run_environment["HOME"], ".config", "followup", "config.toml")


@pytest.mark.file_only("the path of a file")
def test_settings_are_shown_with_their_source(database: Database, run: Run) -> None:
    shown = run("config")
    assert (shown.code, shown.err) == (0, "")
    lines = {line.split()[0]: line for line in shown.out.splitlines()}
    assert list(lines) == SETTINGS
    assert database.path in lines["store"]
    assert "FOLLOWUP_STORE" in lines["store"]
    assert ME in lines["me"]
    assert "default" in lines["me"]
    assert "30" in lines["silent-after"]
    assert "default" in lines["silent-after"]


@pytest.mark.file_only("the path of a file")
def test_settings_as_json(database: Database, run: Run) -> None:
    shown = document(run("config", "--json"))
    assert list(shown) == SETTINGS
    assert shown["store"] == {"value": database.path, "source": "FOLLOWUP_STORE"}
    assert shown["me"]["value"] == [ME]
    assert shown["silent-after"]["value"] == 30
    assert shown["timezone"]["value"] is None
    assert list(document(run("config", "me", "--json"))) == ["me"]


@pytest.mark.file_only("the path of a file")
def test_one_setting_is_its_value_alone(database: Database, run: Run) -> None:
    assert run("config", "silent-after") == (0, "30\n", "")
    assert run("config", "store") == (0, f"{database.path}\n", "")


def test_me_is_a_list_in_my_own_file(database: Database, run: Run, environment: dict[str, str]) -> None:
    done = run("config", "me", "asel", "МВД Узбекистана")
    assert (done.code, done.out) == (0, "me = asel, МВД Узбекистана\n")
    assert str(_file(environment)) in done.err
    assert document(run("config", "me", "--json"))["me"] == {
        "value": ["asel", "МВД Узбекистана"],
        "source": str(_file(environment)),
    }
    assert _file(environment).stat().st_mode & 0o777 == 0o600
    assert len(ids(run("list", "--ids", "mine"))) == 4
    assert run("config", "me", "none").code == 0
    assert document(run("config", "me", "--json"))["me"]["value"] == [ME]


def test_setting_one_keeps_comments_and_the_others(database: Database, run: Run, environment: dict[str, str]) -> None:
    file = _file(environment)
    file.parent.mkdir(parents=True)
    file.write_text('# mine\nstore = "/srv/x.json"  # shared\n')
    assert run("config", "me", "asel").code == 0
    text = file.read_text()
    assert '# mine\nstore = "/srv/x.json"  # shared\n' in text
    assert 'me = ["asel"]' in text


def test_the_store_comes_from_my_file(database: Database, run: Run, environment: dict[str, str]) -> None:
    no_store = {"FOLLOWUP_STORE": ""}
    assert run("config", "store", database.path, env=no_store).code == 0
    assert len(ids(run("list", "--ids", env=no_store))) == 4
    shown = document(run("config", "store", "--json", env=no_store))
    assert shown["store"] == {"value": database.path, "source": str(_file(environment))}


def test_a_variable_goes_before_my_file_and_an_option_before_both(
    database: Database, run: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    run("config", "store", "/nowhere/a.json")
    assert len(ids(run("list", "--ids"))) == 4
    assert_refused(run("list", "--store", "/nowhere/b.json"), 4, "/nowhere/b.json")
    assert_refused(run("--store=/nowhere/b.json", "list"), 4, "/nowhere/b.json")
    assert_refused(run("list", env={"FOLLOWUP_STORE": ""}), 4, "/nowhere/a.json", str(_file(environment)))


@pytest.mark.file_only("the path of a file")
def test_a_store_is_kept_as_a_whole_path(database: Database, run: Run, tmp_path: Path) -> None:
    """The setting must mean the same store in every folder."""
    folder, name = Path(file_of(database).folder), file_of(database).name
    assert run("config", "store", name, cwd=folder).code == 0
    assert len(ids(run("list", "--ids", env={"FOLLOWUP_STORE": ""}, cwd=tmp_path))) == 4


def test_a_setting_that_cannot_be_written_is_no_fault_of_the_store(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = run("config", "me", "asel", env={"XDG_CONFIG_HOME": str(tmp_path / "file")})
    assert_refused(refused, 1, str(tmp_path / "file" / "followup" / "config.toml"), "cannot be written")


def test_a_tilde_is_my_home(run: Run, environment: dict[str, str]) -> None:
    assert run("init", "~/mine/c.json").code == 0
    assert Path(environment["HOME"], "mine", "c.json").is_file()
    run("config", "store", "~/mine/c.json")
    assert run("list", env={"FOLLOWUP_STORE": ""})[:2] == (0, "")


def test_shared_settings_stand_in_the_store(database: Database, run: Run) -> None:
    assert run("config", "silent-after", "90", "--shared") == (0, "silent-after = 90\n", "")
    assert run("status", "--short").out == "1 overdue, 2 no date, 4 open\n"
    assert document(run("config", "silent-after", "--json"))["silent-after"] == {"value": 90, "source": "the store"}
    with unchanged(database.path):
        again = run("config", "silent-after", "90", "--shared")
    assert (again.code, again.err) == (0, "")
    assert "already" in again.out


def test_the_time_zone_of_the_store_makes_today(database: Database, run: Run) -> None:
    assert run("config", "timezone", "Asia/Tashkent", "--shared") == (0, "timezone = Asia/Tashkent\n", "")
    days = set()
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        assert run("config", "timezone", zone, "--shared").code == 0
        days.add(document(run("status", "--json", env={"FOLLOWUP_TODAY": ""}))["today"])
    assert len(days) == 2


@pytest.mark.parametrize(
    ("argv", "fragments"),
    [
        (["silent-afer"], ["silent-afer", 'did you mean "silent-after"?']),
        (["zzz"], ["zzz", "store, me, view"]),
        (["silent-after", "45"], ["silent-after", "--shared"]),
        (["me", "asel", "--shared"], ["me"]),
        (["store", "/x.json", "--shared"], ["store"]),
        (["silent-after", "soon", "--shared"], ["soon"]),
        (["silent-after", "0", "--shared"], ["0"]),
        (["silent-after", "4", "5", "--shared"], ["silent-after"]),
        (["timezone", "Asia/Tashkend", "--shared"], ["Asia/Tashkend"]),
        (["timezone", "../../etc/passwd", "--shared"], ["../../etc/passwd"]),
        (["me", ""], ["me"]),
    ],
)
def test_a_setting_is_refused(
    database: Database, run: Run, environment: dict[str, str], argv: list[str], fragments: list[str]
) -> None:
    with unchanged(database.path):
        assert_refused(run("config", *argv), 2, *fragments)
    assert not _file(environment).exists()


@pytest.mark.parametrize(
    ("text", "fragments"),
    [
        ('mee = ["asel"]\n', ['"mee"', 'did you mean "me"?']),
        ('stor = "/x.json"\n', ['"stor"', 'did you mean "store"?']),
        ("zzz = 1\n", ['"zzz"', "store, me"]),
        ("silent-after = 45\n", ["silent-after", "--shared"]),
        ('me = "asel"\n', ["me", "list"]),
        ("store = 3\n", ["store"]),
        ("me = [\n", ["TOML"]),
        ("\x00\n", ["TOML"]),
    ],
)
def test_a_config_file_is_refused_by_its_path(
    database: Database, run: Run, environment: dict[str, str], text: str, fragments: list[str]
) -> None:
    file = _file(environment)
    file.parent.mkdir(parents=True)
    file.write_text(text)
    with unchanged(database.path):
        for argv in (["list", "mine"], ["config"], ["config", "me", "asel"]):
            assert_refused(run(*argv), 2, str(file), *fragments)
        assert_refused(run("list", env={"FOLLOWUP_STORE": ""}), 2, str(file), *fragments)
    assert file.read_text() == text


def test_settings_as_json_when_one_is_set(database: Database, run: Run) -> None:
    assert document(run("config", "me", "asel", "--json"))["me"]["value"] == ["asel"]
    shared = document(run("config", "silent-after", "45", "--shared", "--json"))
    assert shared["silent-after"]["value"] == 45


def test_nothing_in_a_config_file_is_run(database: Database, run: Run, environment: dict[str, str]) -> None:
    file = _file(environment)
    file.parent.mkdir(parents=True)
    file.write_text('store = "/$(touch pwned)"\nme = ["`touch pwned`"]\n')
    assert_refused(run("list", env={"FOLLOWUP_STORE": ""}, cwd=environment["HOME"]), 4, "$(touch pwned)")
    assert not Path(environment["HOME"], "pwned").exists()


# Views


def test_the_view_to_open_on_is_kept_under_its_own_name(database: Database, run: Run) -> None:
    assert run("config", "view", "TO", "confirm")[:2] == (0, "view = To confirm\n")
    assert run("config", "view", "4")[:2] == (0, "view = Silent\n")
    assert run("config", "view") == (0, "Silent\n", "")
    assert run("config", "view", "none")[:2] == (0, "view = not set\n")


def test_a_view_of_my_own_has_a_name_and_a_query(database: Database, run: Run) -> None:
    done = run("config", "view-7", "INTERPOL", "late:", "overdue", "to:INTERPOL")
    assert done[:2] == (0, "view-7 = INTERPOL late: overdue to:INTERPOL\n")
    assert run("config", "view", "interpol late")[:2] == (0, "view = INTERPOL late\n")
    shown = document(run("config", "--json"))
    assert shown["view-7"]["value"] == "INTERPOL late: overdue to:INTERPOL"
    assert shown["view-8"] == {"value": None, "source": "default"}


@pytest.mark.parametrize(
    ("setting", "fragments"),
    [
        (("view", "late"), ('no view "late"', "the views are Now, Open, Overdue")),
        (("view", "overdu"), ('did you mean "Overdue"',)),
        (("view-7", "overdue"), ("a name and a query", 'followup config view-7 "INTERPOL late:')),
        (("view-7", "to:INTERPOL"), ("a name and a query",)),
        (("view-7", "Late:", "ovrdue:3"), ('"ovrdue:" is not a field',)),
        (("view-7", "overdue:", "to:INTERPOL"), ('view 2 is named "Overdue" already',)),
        (("view-7", "x" * 25 + ":", "overdue"), ("a name and a query",)),
        (("view-6", "Late:", "overdue"), ('no setting "view-6"',)),
    ],
)
def test_a_view_that_cannot_be_is_refused(
    database: Database, run: Run, environment: dict[str, str], setting: tuple[str, ...], fragments: tuple[str, ...]
) -> None:
    assert_refused(run("config", *setting), 2, *fragments)
    assert not _file(environment).exists()


def test_a_view_with_a_sign_that_does_not_print_says_that_this_is_the_fault(database: Database, run: Run) -> None:
    refused = run("config", "view-8", "x\x1b[31m: overdue")
    assert_refused(refused, 2, "has a sign that does not print")
