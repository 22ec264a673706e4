"""The settings of a person and a machine: where they come from, what is refused, and how one is set."""

import grp
import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from store import paths
from store.config import load, save
from store.database import Database
from store.errors import StoreUnusable, UsageError
from store.paths import default_store, user_config
from store.query.views import view_named, with_saved
from tests.support.store_builders import do


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path / "home")}


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The machine's settings, which belong to who runs the tests, as they have to belong to root."""
    monkeypatch.setattr(paths, "SYSTEM_OWNER", os.geteuid())
    path = tmp_path / "etc" / "followup" / "config.toml"
    path.parent.mkdir(parents=True)
    path.parent.chmod(0o755)
    path.write_text('store = "/srv/team.json"\nme = ["all of us"]\n')
    path.chmod(0o644)
    return path


def written(environment: dict[str, str], text: str) -> str:
    path = Path(user_config(environment))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


# Places


def test_the_places_are_those_of_xdg() -> None:
    assert default_store({"HOME": "/home/asel"}) == "/home/asel/.local/share/followup/commitments.json"
    assert user_config({"HOME": "/home/asel"}) == "/home/asel/.config/followup/config.toml"
    more = {"HOME": "/home/asel", "XDG_DATA_HOME": "/data", "XDG_CONFIG_HOME": "/settings"}
    assert default_store(more) == "/data/followup/commitments.json"
    assert user_config(more) == "/settings/followup/config.toml"


@pytest.mark.parametrize("value", ["", "data", "./data", "~/data"])
def test_a_relative_place_is_ignored(value: str) -> None:
    environment = {"HOME": "/home/asel", "XDG_DATA_HOME": value, "XDG_CONFIG_HOME": value}
    assert default_store(environment) == "/home/asel/.local/share/followup/commitments.json"
    assert user_config(environment) == "/home/asel/.config/followup/config.toml"


@pytest.mark.parametrize("home", [{}, {"HOME": ""}, {"HOME": "asel"}])
def test_without_a_home_the_one_of_the_account_is_taken(home: dict[str, str]) -> None:
    assert os.path.isabs(default_store(home))


def test_a_place_is_not_made_by_asking_for_it(home: dict[str, str]) -> None:
    before = os.listdir(home["HOME"])
    default_store(home)
    load(home)
    assert os.listdir(home["HOME"]) == before


# Reading


def test_views_of_ones_own_have_a_digit_a_name_and_a_query(home: dict[str, str]) -> None:
    written(home, 'view = "Late"\nview-9 = "Late: overdue or late:1.."\n')
    config = load(home, "/nowhere")
    assert (config.view, config.saved_views) == ("Late", {"9": ("Late", "overdue or late:1..")})
    assert [view.key for view in with_saved(config.saved_views)] == [*"0123456", "9"]
    assert view_named("LATE", with_saved(config.saved_views)).query == "overdue or late:1.."


def test_without_any_file_nothing_is_set(home: dict[str, str]) -> None:
    config = load(home, "/nowhere/config.toml")
    assert (config.store, config.me, config.source_of("store")) == (None, [], None)


def test_the_users_own_file_stands_before_the_machines(home: dict[str, str], machine: Path) -> None:
    own = written(home, 'me = ["asel", "УНП ООН"]\n')
    config = load(home, str(machine))
    assert config.store == "/srv/team.json"
    assert config.me == ["asel", "УНП ООН"]
    assert (config.source_of("store"), config.source_of("me")) == (str(machine), own)


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ('stroe = "x"', 'unknown key "stroe"; did you mean "store"'),
        ('mee = ["x"]', 'did you mean "me"'),
        ("colour = 1", "the keys are"),
        ("[store]\npath = 1", "store is a path"),
        ('store = ""', "store is a path"),
        ("store = 7", "store is a path"),
        ('me = "asel"', "me is a list"),
        ("me = [7]", "me is a list"),
        ('me = [""]', "me is a list"),
        ("view = 2", "view is the name of a view"),
        ('view = " "', "view is the name of a view"),
        ('ground = "black"', "ground is dark or light"),
        ("ground = 1", "ground is dark or light"),
        ("view-7 = 7", "view-7 is a name and a query"),
        ('view-7 = "overdue"', "view-7 is a name and a query"),
        ('view-9 = "Late:"', "view-9 is a name and a query"),
        ('view-8 = ": overdue"', "view-8 is a name and a query"),
        ('view-6 = "Late: overdue"', 'unknown key "view-6"; did you mean "view-'),
        ("silent-after = 9", "is set in the store, for all"),
        ('timezone = "UTC"', "is set in the store, for all"),
        ("store = ", "not valid TOML"),
        (f"me = {'7' * 5000}", "not valid TOML: a number in it is too long"),
        (f"me = {'[' * 5000}", "not valid TOML"),
        ('me = ["a"]\nme = ["b"]', "not valid TOML"),
        ('editor = "touch /tmp/x"', "unknown key"),
    ],
)
def test_what_is_not_understood_is_refused_with_the_file_and_the_nearest_key(
    home: dict[str, str], text: str, fragment: str
) -> None:
    path = written(home, text)
    with pytest.raises(UsageError) as refused:
        load(home)
    assert fragment in str(refused.value)
    assert path in str(refused.value)


def test_a_file_that_is_no_text_is_refused(home: dict[str, str]) -> None:
    path = Path(written(home, ""))
    path.write_bytes(b'store = "\xff"')
    with pytest.raises(UsageError, match="not valid TOML"):
        load(home)


def test_a_folder_in_the_place_of_the_file_is_refused(home: dict[str, str]) -> None:
    Path(user_config(home)).mkdir(parents=True)
    with pytest.raises(StoreUnusable):
        load(home)


def test_a_file_in_the_current_folder_or_beside_the_store_is_not_read(
    home: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("config.toml", "followup.toml", ".followup.toml"):
        (tmp_path / name).write_text('store = "/tmp/evil.json"\n')
    monkeypatch.chdir(tmp_path)
    assert load(home, "/nowhere").store is None


@pytest.mark.parametrize("mode", [0o602, 0o646, 0o666])
def test_a_file_that_others_can_write_is_refused(home: dict[str, str], mode: int) -> None:
    path = written(home, 'me = ["asel"]')
    os.chmod(path, mode)
    with pytest.raises(StoreUnusable, match="chmod go-w"):
        load(home)
    with pytest.raises(StoreUnusable, match="chmod go-w"):
        save(home, "me", ["boris"])


_OWN, _OTHER = pwd.getpwuid(os.geteuid()).pw_name, "another"


@pytest.mark.parametrize(
    ("name", "members", "accounts", "is_own"),
    [
        (_OWN, [], [], True),
        (_OWN, [_OWN], [], True),
        ("users", [], [], False),
        (_OWN, [_OTHER], [], False),
        (_OWN, [], [_OTHER], False),
    ],
)
def test_a_file_that_its_group_can_write_is_refused_unless_the_user_is_alone_in_it(
    home: dict[str, str], monkeypatch: pytest.MonkeyPatch, name: str, members: list[str], accounts: list[str],
    is_own: bool,
) -> None:  # fmt: skip
    os.chmod(written(home, 'me = ["asel"]'), 0o660)
    group = grp.struct_group((name, "x", os.getegid(), members))
    monkeypatch.setattr(grp, "getgrgid", lambda number: group)
    listed = [pwd.struct_passwd((each, "x", 12345, os.getegid(), "", "/", "/bin/sh")) for each in accounts]
    monkeypatch.setattr(pwd, "getpwall", lambda: [pwd.getpwuid(os.geteuid()), *listed])
    if is_own:
        assert load(home, "/nowhere").me == ["asel"]
    else:
        with pytest.raises(StoreUnusable, match="chmod go-w"):
            load(home)


@pytest.mark.skipif(shutil.which("setfacl") is None, reason="needs setfacl")
def test_a_file_that_its_acl_lets_others_write_is_refused(home: dict[str, str]) -> None:
    path = written(home, 'me = ["asel"]')
    os.chmod(path, 0o644)
    subprocess.run(["setfacl", "-m", "u:12345:rw", path], check=True)
    with pytest.raises(StoreUnusable, match="can be written by others"):
        load(home)


def test_a_file_in_a_folder_that_others_can_write_is_refused(home: dict[str, str]) -> None:
    folder = os.path.dirname(written(home, 'me = ["asel"]'))
    os.chmod(folder, 0o777)
    with pytest.raises(StoreUnusable, match=rf"^{folder} can be written by others"):
        load(home)


@pytest.mark.skipif(os.getuid() != 0, reason="giving a file to another user needs root")
def test_a_file_of_another_user_is_refused(home: dict[str, str]) -> None:
    path = written(home, 'me = ["asel"]')
    os.chown(path, 12345, -1)
    with pytest.raises(StoreUnusable, match="belongs to another user"):
        load(home)


@pytest.mark.skipif(os.getuid() != 0, reason="giving a file to another group needs root")
def test_the_own_group_may_write_it_and_no_other(home: dict[str, str]) -> None:
    path = written(home, 'me = ["asel"]')
    os.chmod(path, 0o664)
    assert load(home).me == ["asel"]
    os.chown(path, -1, 12345)
    with pytest.raises(StoreUnusable, match="can be written by others"):
        load(home)


def test_a_pipe_in_the_place_of_the_file_is_not_waited_for(home: dict[str, str]) -> None:
    Path(user_config(home)).parent.mkdir(parents=True)
    os.mkfifo(user_config(home))
    with pytest.raises(StoreUnusable, match="is not a file that can hold settings"):
        load(home)
    with pytest.raises(StoreUnusable, match="is not a file that can hold settings"):
        save(home, "me", "asel")


def test_control_characters_in_a_key_do_not_reach_the_terminal(home: dict[str, str]) -> None:
    written(home, '"a\\u001b[2Jb" = 1')
    with pytest.raises(UsageError) as refused:
        load(home)
    assert str(refused.value).isprintable()


# Setting


def test_a_setting_is_kept_in_a_private_file(home: dict[str, str]) -> None:
    path = save(home, "store", "/srv/team.json")
    assert path == user_config(home)
    assert load(home).store == "/srv/team.json"
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert os.listdir(os.path.dirname(path)) == ["config.toml"]


def test_setting_one_leaves_the_rest_of_the_file_as_it_was(home: dict[str, str]) -> None:
    path = written(home, '# mine\nme = ["asel"]  # and nobody else\n')
    save(home, "store", "/srv/team.json")
    text = Path(path).read_text()
    assert "# mine\n" in text
    assert "# and nobody else" in text
    assert load(home).me == ["asel"]


def test_a_setting_can_be_taken_out_and_taken_out_again(home: dict[str, str]) -> None:
    save(home, "me", ["asel", "УНП ООН"])
    assert load(home).me == ["asel", "УНП ООН"]
    for _ in range(2):
        save(home, "me", None)
        assert load(home).me == []


@pytest.mark.parametrize(("key", "value"), [("stroe", "x"), ("me", "asel"), ("store", ""), ("silent-after", "9")])
def test_a_setting_that_would_not_be_read_is_not_written(home: dict[str, str], key: str, value: str) -> None:
    path = written(home, 'me = ["asel"]\n')
    with pytest.raises(UsageError):
        save(home, key, value)
    assert Path(path).read_text() == 'me = ["asel"]\n'


def test_a_broken_file_is_not_written_over(home: dict[str, str]) -> None:
    path = written(home, "me = [")
    with pytest.raises(UsageError):
        save(home, "store", "/srv/team.json")
    assert Path(path).read_text() == "me = ["


def test_a_config_that_is_a_link_stays_one(home: dict[str, str], tmp_path: Path) -> None:
    target = tmp_path / "dotfiles.toml"
    target.write_text('me = ["asel"]\n')
    path = Path(user_config(home))
    path.parent.mkdir(parents=True)
    path.symlink_to(target)
    save(home, "store", "/srv/team.json")
    assert path.is_symlink()
    assert 'store = "/srv/team.json"' in target.read_text()


# The store's own settings


@pytest.mark.parametrize("days", ["0", "-1", "3651", "x", "", "1.5", "٩", "10000000000"])
def test_days_of_silence_are_a_number_from_one_to_ten_years(database: Database, days: str) -> None:
    with pytest.raises(UsageError):
        do(database, "change_settings", silent_after=days)


@pytest.mark.parametrize("name", ["Tashkent", "", "../etc/passwd", "/etc/passwd", "UTC+5", "Asia/Nowhere", "\x00"])
def test_a_time_zone_is_one_that_this_machine_knows(database: Database, name: str) -> None:
    with pytest.raises(UsageError):
        do(database, "change_settings", timezone=name)


def test_settings_are_an_event_and_said_twice_are_said_once(database: Database) -> None:
    assert do(database, "change_settings", timezone="Asia/Tashkent", silent_after="20")
    assert dict(database.snapshot().settings) == {"timezone": "Asia/Tashkent", "silent_after": 20}
    assert database.snapshot().events()[-1]["fields"] == {
        "timezone": [None, "Asia/Tashkent"],
        "silent_after": [None, 20],
    }
    revision = database.snapshot().revision
    assert not do(database, "change_settings", timezone="Asia/Tashkent", silent_after="20")
    assert database.snapshot().revision == revision
    do(database, "change_settings", timezone="machine")
    assert dict(database.snapshot().settings) == {"silent_after": 20}


# The machine's file


@pytest.mark.parametrize("mode", [0o602, 0o620, 0o646, 0o664, 0o666])
def test_a_machines_file_that_others_can_write_is_refused(home: dict[str, str], machine: Path, mode: int) -> None:
    machine.chmod(mode)
    with pytest.raises(StoreUnusable, match=f"{machine} can be written by others, .* chmod 644"):
        load(home, str(machine))


@pytest.mark.parametrize("mode", [0o775, 0o757, 0o777, 0o1777])
def test_a_machines_folder_that_others_can_write_is_refused(home: dict[str, str], machine: Path, mode: int) -> None:
    machine.parent.chmod(mode)
    with pytest.raises(StoreUnusable, match=f"{machine.parent} can be written by others, .* chmod 755"):
        load(home, str(machine))


def test_a_folder_of_the_machine_without_a_file_says_nothing(home: dict[str, str], machine: Path) -> None:
    machine.unlink()
    machine.parent.chmod(0o777)
    assert load(home, str(machine)).store is None
    machine.parent.rmdir()
    machine.parent.write_text("no folder")
    assert load(home, str(machine)).store is None


@pytest.mark.parametrize("place", ["file", "folder"])
def test_a_link_in_the_place_of_the_machines_settings_is_refused(
    home: dict[str, str], machine: Path, place: str
) -> None:
    linked = machine if place == "file" else machine.parent
    linked.rename(machine.parents[1] / "elsewhere")
    linked.symlink_to(machine.parents[1] / "elsewhere")
    with pytest.raises(StoreUnusable, match=f"{linked} is a link, so the machine's settings were not read"):
        load(home, str(machine))


def test_a_machines_file_that_is_not_roots_is_refused(
    home: dict[str, str], machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "SYSTEM_OWNER", os.geteuid() + 1)
    with pytest.raises(StoreUnusable, match=f"{machine.parent} is not root's"):
        load(home, str(machine))


def test_the_settings_of_a_machine_have_to_be_roots() -> None:
    assert paths.SYSTEM_OWNER == 0


def test_a_machines_pipe_is_not_waited_for(home: dict[str, str], machine: Path) -> None:
    machine.unlink()
    os.mkfifo(machine, 0o644)
    with pytest.raises(StoreUnusable, match="is not a file that can hold settings"):
        load(home, str(machine))
