"""What was mended once stays mended, as the command line shows it."""

import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from store.database import Database
from store.maintenance import backup
from tests.conftest import Run
from tests.support import command_line, run_command, store_builders
from tests.support.command_line import assert_one_sentence, assert_refused, document, shell, unchanged
from tests.support.store_builders import MIA, VISIT
from tui.__main__ import FullScreenApp
from tui.cli.main import run as run_here

TO_INTERPOL = ["--visit", VISIT, "--to", "INTERPOL"]


def by_hand(database: Database, change: Callable[[dict[str, Any]], Any]) -> None:
    data = json.loads(store_builders.raw(database))
    change(data)
    Path(database.storage.path).write_text(json.dumps(data))


def notes(database: Database, number: int) -> list[str]:
    return [event["note"] for event in database.snapshot().notes(number)]


# Undo and redact.


def test_undo_after_a_redaction_says_which_number_to_take_back(database: Database, run: Run) -> None:
    run("mark", "3", "done")
    run("note", "2", "secret of Major X")
    run("redact", "2", "--passage", "Major X", "--yes")
    with unchanged(database.storage.path):
        assert_refused(run("undo"), 1, "9", "redaction", "followup undo 8")
    assert run("undo", "8").code == 0
    assert run("undo", "7").code == 0


def test_a_repair_by_the_doctor_is_not_my_last_change(database: Database, run: Run) -> None:
    run("mark", "3", "done")
    by_hand(database, lambda data: data["commitments"]["2"].update(chased=3, last_chased="2023-02-01"))
    assert run("doctor", "--repair").code == 0
    assert store_builders.events(database, 2)[-1]["action"] == "repair"
    assert "#3" in run("undo").out
    assert document(run("show", "3", "--json"))["state"] == "agreed"


@pytest.mark.parametrize(("number", "passage"), [("1", "Tashkent"), ("2", "MIA Uzbekistan"), ("2", "INTERPOL")])
def test_redacting_a_partys_name_is_refused_whole(database: Database, run: Run, number: str, passage: str) -> None:
    run("note", number, f"{passage} called")
    with unchanged(database.storage.path):
        assert_refused(run("redact", number, "--passage", passage, "--yes"), 1, passage, "nothing was changed")


def test_redacting_in_an_atomic_batch_is_refused_whole(database: Database, run: Run) -> None:
    run("note", "2", "secret")
    copies = {copy.path: Path(copy.path).read_bytes() for copy in database.storage.copies.all()}
    with unchanged(database.storage.path):
        done = run("batch", "--atomic", input="note 3 x\nredact 2 --passage secret --yes\nnote 4 y\n")
    assert (done.code, done.out[:10]) == (2, "error 2 2 ")
    assert "leave out --atomic" in done.out
    assert {copy.path: Path(copy.path).read_bytes() for copy in database.storage.copies.all()} == copies
    assert run("batch", input="redact 2 --passage secret --yes\n").out.startswith("ok 1 8 2 redacted")


# A time zone that this machine does not know.

LOOKS = ["list", "status", "status --short", "show 2", "history 2", "visits", "parties", "undo --list", "list --json"]
CHANGES = ["note 2 x", "due 2 2023-05-01 --reason x", "undo", "visit edit lyon-2022 --donor INL", "batch --atomic"]
REAL_DAY = {"FOLLOWUP_TODAY": "", "FOLLOWUP_LOCK_TIMEOUT": "0"}


@pytest.fixture
def on_mars(database: Database) -> Database:
    by_hand(database, lambda data: data["_meta"]["1"].update(settings={"timezone": "Mars/Olympus"}))
    return database


def test_an_unknown_time_zone_is_told_with_what_sets_another(on_mars: Database, run: Run) -> None:
    with unchanged(on_mars.storage.path):
        for command in (*LOOKS, *CHANGES):
            refused = run(*command.split(), env=REAL_DAY, input="note 2 x\n")
            assert_refused(refused, 4, "Mars/Olympus", "followup config timezone", "--shared")
        checked = run("check", env=REAL_DAY)
    assert (checked.code, checked.err) == (3, "")
    assert "Mars/Olympus" in checked.out


def test_an_unknown_time_zone_is_shown_and_mended_by_config(on_mars: Database, run: Run) -> None:
    shown = run("config", env=REAL_DAY)
    assert (shown.code, shown.err) == (0, "")
    assert "Mars/Olympus" in shown.out
    assert document(run("config", "timezone", "--json", env=REAL_DAY))["timezone"]["value"] == "Mars/Olympus"
    assert run("config", "timezone", "none", "--shared", env=REAL_DAY) == (0, "timezone = none\n", "")
    assert run("list", env=REAL_DAY).code == 0
    assert run("note", "2", "x", env=REAL_DAY) == (0, "2 noted\n", "")


def test_an_unknown_time_zone_is_mended_by_another_one(on_mars: Database, run: Run) -> None:
    assert run("config", "timezone", "Asia/Tashkent", "--shared", env=REAL_DAY).code == 0
    assert run("note", "2", "x", env=REAL_DAY).code == 0


def test_a_batch_that_is_refused_holds_no_lock_against_itself(on_mars: Database, run: Run) -> None:
    done = run("batch", input="note 2 x\nnote 3 y\n", env=REAL_DAY)
    assert (done.code, done.err) == (4, "")
    assert [line.split()[:3] for line in done.out.splitlines()] == [["error", "1", "4"], ["error", "2", "4"]]
    assert "being changed" not in done.out


# A fault after the commit.


def _with_sum(raw: bytes) -> bytes:
    end = raw.index(b"\n") + 1
    place = end - len(b'00000000"}},\n')
    return raw[:place] + b"%08x" % crc32(raw[end:], crc32(raw[:place])) + raw[place + 8 :]


def _without_state(raw: bytes) -> bytes:
    """A store whose sum is right and whose commitments have no state: only a fault of ours could write it."""
    return _with_sum(raw.replace(b'"state":', b'"stale":'))


@pytest.mark.parametrize(
    ("spoil", "fragment"), [(_without_state, "report"), (lambda raw: raw[:-9], "damaged"), (None, "no store")]
)
def test_a_fault_after_the_change_says_that_it_was_saved(
    database: Database,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    spoil: Callable[[bytes], bytes] | None,
    fragment: str,
) -> None:
    """Another program spoils the store, or takes it away, between the change and its answer."""
    store, rename, saved = database.storage.path, os.rename, []

    def spoiled_at_once(source: Any, target: Any) -> None:
        rename(source, target)
        if target == store:
            saved.append(Path(store).read_bytes())
            os.unlink(store)
            if spoil:
                Path(store).write_bytes(spoil(saved[0]))

    monkeypatch.setattr(os, "rename", spoiled_at_once)
    code = run_here(["note", "2", "x", "--json"], environment, FullScreenApp())
    gc.enable()
    told = capfd.readouterr()
    assert (code, told.out) == (1, "")
    assert_one_sentence(told.err, "followup: saved, but ", fragment)
    assert "nothing was changed" not in told.err
    (raw,) = saved
    assert "x" in [event.get("note") for event in json.loads(raw)["events"].values()]


# Shared stores.


def test_the_doctor_opens_a_shared_store_again(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "team"
    store = folder / "c.json"
    assert run("init", str(store), "--shared", env={"FOLLOWUP_STORE": str(store)}).code == 0
    there = ["--store", str(store)]
    assert run("visit", "add", "X", "--place", "Y", "--from", "2023-02-01", *there).code == 0
    wanted = {store: 0o660, folder / ".c.json.lock": 0o660, folder / ".c.json.copies": 0o2770, folder: 0o2770}
    for path, mode in wanted.items():
        os.chmod(path, mode & 0o700 if path != folder else 0o2700)
        found = run("doctor", *there)
        assert (found.code, found.err) == (1, "")
        assert str(path) in found.out
        mended = run("doctor", "--repair", *there)
        assert (mended.code, mended.err) == (0, "")
        assert " - mended" in mended.out
        assert oct(os.stat(path).st_mode & 0o7777) == oct(mode)
        assert run("doctor", *there).code == 0


def test_the_doctor_changes_nothing_behind_a_planted_link(database: Database, run: Run, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    victim.chmod(0o644)
    os.symlink(victim, f"{database.storage.copies.folder}/0000000099.2026-11-25.json")
    before = os.stat(victim)
    assert run("note", "2", "x").code == 0
    run("doctor")
    run("doctor", "--repair")
    after = os.stat(victim)
    assert (after.st_mode, after.st_mtime_ns, after.st_nlink) == (before.st_mode, before.st_mtime_ns, 1)
    assert victim.read_bytes() == b"precious"


# `none`, and lists of names.


def test_none_takes_out_what_can_be_without(database: Database, run: Run) -> None:
    run("edit", "1", "--quote", "as was said", "--source", "letter", "--after", "2")
    for name in ("via", "quote", "source", "after"):
        assert run("edit", "1", f"--{name}", "none") == (0, "1 changed\n", "")
        assert name not in store_builders.record(database, 1)
    assert "none" not in [party["name"] for party in document(run("party", "list", "--json"))]


@pytest.mark.parametrize("name", ["by", "to", "title", "owner", "kind", "visit"])
def test_none_does_not_take_out_what_every_promise_has(database: Database, run: Run, name: str) -> None:
    with unchanged(database.storage.path):
        assert_refused(run("edit", "1", f"--{name}", "none"), 2, "none" if name in ("by", "to") else name)


@pytest.mark.parametrize("name", ["by", "to", "via", "support"])
@pytest.mark.parametrize("value", ["none", "None"])
def test_none_is_no_party(database: Database, run: Run, name: str, value: str) -> None:
    usual = {"by": "UNODC", "to": "INTERPOL", name: value}
    with unchanged(database.storage.path):
        argv = [word for option, party in usual.items() for word in (f"--{option}", party)]
        assert_refused(run("add", "X", "--visit", VISIT, *argv), 2, "none")


def test_none_takes_out_the_other_names_of_a_party(database: Database, run: Run) -> None:
    run("party", "edit", MIA, "--short", "MIA UZ", "--ru", "МВД")
    for name, value in (("short", "none"), ("ru", "None")):
        assert run("party", "edit", MIA, f"--{name}", value) == (0, f"{MIA} changed\n", "")
    (party,) = [each for each in document(run("party", "list", "--json")) if each["name"] == MIA]
    assert (party["short"], party["ru"]) == (None, None)
    with unchanged(database.storage.path):
        assert_refused(run("party", "edit", MIA, "--name", "none"), 2, "name")


def test_none_takes_out_fields_of_a_visit(database: Database, run: Run) -> None:
    run("visit", "edit", VISIT, "--donor", "INL", "--delegation", "six officers", "--programme", "GLO")
    for name in ("donor", "delegation", "programme", "host"):
        assert run("visit", "edit", VISIT, f"--{name}", "none") == (0, f"{VISIT} changed\n", "")
    visit = json.loads(store_builders.raw(database))["visits"]["1"]
    assert not visit.keys() & {"donor", "delegation", "programme", "hosts"}
    with unchanged(database.storage.path):
        for name in ("title", "place"):
            assert_refused(run("visit", "edit", VISIT, f"--{name}", "none"), 2, "title", "place")


@pytest.mark.parametrize("several", ["UNODC, INTERPOL", "UNODC;INTERPOL", "unodc , mia uzbekistan,INTERPOL"])
def test_several_known_parties_in_one_option_are_refused(database: Database, run: Run, several: str) -> None:
    with unchanged(database.storage.path):
        assert_refused(run("add", "X", *TO_INTERPOL, "--by", several), 2, several, "once for each")
        assert_refused(run("edit", "1", "--support", several), 2, several, "once for each")


def test_a_name_with_a_comma_that_is_no_list_is_a_party(database: Database, run: Run) -> None:
    assert run("add", "X", *TO_INTERPOL, "--by", "Ministry of Justice, Tashkent").code == 0
    assert store_builders.record(database, 5)["by"] == ["Ministry of Justice, Tashkent"]


@pytest.mark.parametrize(
    ("known", "typed", "close"),
    [
        ("UNODC", "MIA", MIA),
        ("UNODC", "mia", MIA),
        ("UNODC", "INTERPOL Lyon", "INTERPOL"),
        ("UNODC", "INTEPROL", "INTERPOL"),
        ("IOM", "IMO", "IOM"),
    ],
)
def test_a_party_close_to_a_known_one_is_entered_with_a_warning(
    database: Database, run: Run, known: str, typed: str, close: str
) -> None:
    run("add", "X", *TO_INTERPOL, "--by", known)
    added = run("add", "Y", *TO_INTERPOL, "--by", typed)
    assert (added.code, added.out) == (0, "6\n")
    assert_one_sentence(added.err, f'"{typed}"', f'did you mean "{close}"?')
    assert store_builders.record(database, 6)["by"] == [typed]


@pytest.mark.parametrize("typed", ["IOM", "OSCE", "Ministry of Justice", "unodc"])
def test_a_party_that_is_close_to_none_is_entered_quietly(database: Database, run: Run, typed: str) -> None:
    assert run("add", "X", *TO_INTERPOL, "--by", typed) == (0, "5\n", "")


# What is typed wrongly.


@pytest.mark.parametrize(
    ("command", "fragments"),
    [
        (["mark", "2", "done", "--note", "a", "--note", "b"], ["--note", "more than once"]),
        (["edit", "2", "--quote", "a", "--owner", "asel", "--quote", "b"], ["--quote", "more than once"]),
        (["due", "2", "2023-06-30", "--reason", "a", "--reason", "b"], ["--reason", "more than once"]),
        (["visit", "edit", VISIT, "--donor", "a", "--donor", "b"], ["--donor", "more than once"]),
        (["note", "2", "x", "--store", ""], ["--store"]),
        (["note", "2", "x", "--store="], ["--store"]),
        (["--store", "", "note", "2", "x"], ["--store"]),
        (["list", "--store", ""], ["--store"]),
        (["list", "--json", "--ids"], ["--json", "--ids"]),
        (["list", "--table", "--ids"], ["--table", "--ids"]),
        (["list", "--table", "--json"], ["--table", "--json"]),
        (["status", "--short", "--json"], ["--short", "--json"]),
        (["add", "Send", "list", "--visit", VISIT, "--by", "MIA", "Uzbekistan", "--to", "X"], ["Uzbekistan", "quotes"]),
        (["note", "2", "a", "--on", "2023-02-01", "b"], ["quotes"]),
        (["visit", "add", "X", "--host", "MIA", "Uzbekistan", "--place", "Y", "--from", "today"], ["quotes"]),
        (["due", "3", "--reason", "new", "minister", "2027-01-01"], ["--reason", "quotes"]),
        (["mark", "3", "declined"], ["closed --because declined"]),
        (["mark", "3", "Overtaken"], ["closed --because overtaken"]),
        (["edit", "3", "--due", "2023-06-30"], ["followup due"]),
        (["edit", "3", "--state", "agreed"], ["followup mark"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_wrong_usage_names_the_right_one(
    database: Database, run: Run, command: list[str], fragments: list[str]
) -> None:
    with unchanged(database.storage.path):
        assert_refused(run(*command), 2, *fragments)


def test_a_text_in_quotes_before_the_date_is_understood(database: Database, run: Run) -> None:
    done = run("due", "2", "--reason", "new minister", "2027-01-01")
    assert (done.code, done.out) == (0, "2 due 2023-03-31 -> 2027-01-01 (extension 1)\n")


@pytest.mark.parametrize(
    ("words", "day", "told"),
    [("15 February 2023", "2023-02-15", "Wed 15 February 2023"), ("today", "2023-03-01", "Wed 1 March 2023")],
)
def test_a_first_day_in_words_is_told_as_it_was_understood(
    database: Database, run: Run, words: str, day: str, told: str
) -> None:
    added = run("visit", "add", "Workshop", "--place", "Vienna", "--from", *words.split())
    assert (added.code, added.out) == (0, "vienna-2023\n")
    assert_one_sentence(added.err, f'--from "{words}"', told)
    assert json.loads(store_builders.raw(database))["visits"]["2"]["start"] == day
    assert run("visit", "edit", "vienna-2023", "--to", "2023-03-02") == (0, "vienna-2023 changed\n", "")


# JSON.

HIDDEN = "\u202e\u2066\u200b\x7f\x9b\ue000\U000f0000\U0010fffd\ufeff\x1b\u2028"
TITLE = f"Направить список ўқҳ 漢字 é \U0001f680 {HIDDEN}\\u0041 end"


@pytest.fixture
def titled(database: Database) -> Database:
    by_hand(database, lambda data: data["commitments"]["2"].update(title=TITLE))
    return database


@pytest.mark.parametrize("command", ["list --json", "show 2 --json", "status --json", "note 2 x --json"])
def test_json_keeps_letters_and_escapes_what_does_not_print(titled: Database, run: Run, command: str) -> None:
    done = run(*command.split())
    found = document(done)
    assert "Направить список ўқҳ 漢字 é \U0001f680" in done.out
    command_line.assert_harmless(done.out)
    for escaped in ("\\u202e", "\\u007f", "\\udb80\\udc00", "\\udbff\\udffd", "\\u200b", "\\ufeff"):
        assert escaped in done.out
    listed = found if isinstance(found, list) else found.get("urgent", [found])
    assert TITLE in [each["title"] for each in listed]


def test_every_character_comes_back_from_json(database: Database, run: Run) -> None:
    every = "".join(map(chr, [*range(1, 0x300), *range(0x400, 0x530), *range(0x2000, 0x2070), *range(0xE000, 0xE010)]))
    title = every + "".join(map(chr, [*range(0xFFF0, 0x10010), *range(0xE0000, 0xE0080), 0xF0000, 0x10FFFF]))
    by_hand(database, lambda data: data["commitments"]["2"].update(title=title))
    shown = run("show", "2", "--json")
    assert document(shown)["title"] == title
    command_line.assert_harmless(shown.out)


@pytest.mark.parametrize(
    "locale",
    [
        {"LANG": "C"},
        {"LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "koi8-r"},
    ],
    ids=str,
)
def test_json_is_utf_8_in_every_locale(titled: Database, run: Run, locale: dict[str, str]) -> None:
    for command in ("list --json", "show 2 --json", "note 2 x --json", "history --json", "config --json"):
        done = run(*command.split(), env=locale)
        usual = run(*command.split()) if "note" not in command else done
        assert done.code == 0
        assert done.out == usual.out
        assert "config" in command or "history" in command or "Направить список" in done.out


# Batch.


def test_hints_of_a_batch_name_their_line(database: Database, run: Run) -> None:
    done = run("batch", input="note 2 x\n\ndue 1 end of March\nchase 3 --again 2023-02-01\n")
    assert (done.code, done.out.count("\n")) == (0, 3)
    lines = done.err.splitlines()
    assert [line.partition(": ")[2].partition(":")[0] for line in lines] == ["line 3", "line 4"]
    assert "Fri 31 March 2023" in lines[0]
    assert "past" in lines[1]


@pytest.mark.parametrize("option", [[], ["--atomic"]])
def test_a_batch_may_begin_with_a_byte_order_mark(
    database: Database, run: Run, tmp_path: Path, option: list[str]
) -> None:
    script = tmp_path / "lines.txt"
    script.write_bytes("\ufeffnote 2 Привет\r\nnote 3 y\r\n".encode())
    assert run("batch", *option, str(script)).code == 0
    assert (notes(database, 2), notes(database, 3)) == (["Привет"], ["y"])
    assert run("batch", *option, input=script.read_bytes()).code == 0
    assert run("batch", *option, input=b"\xef\xbb\xbf# a comment\nnote 4 z\n").code == 0
    assert notes(database, 4) == ["z"]


def test_a_batch_stops_when_nobody_reads_its_answers(
    database: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    """What was not acknowledged may have been done; what comes after it was not."""
    script = tmp_path / "lines.txt"
    for first, done in (("note 2 x", ["x"]), ("note 99 x", ["x"])):
        script.write_text(f"{first}\nnote 2 y\nnote 2 z\n")
        reader, writer = os.pipe()
        os.close(reader)
        process = run_command.start("batch", str(script), env=environment, stdout=writer)
        os.close(writer)
        _, err = process.communicate(timeout=60)
        assert err == b""
        assert notes(database, 2) == done


# Monitoring, and the first visit.


def test_a_check_whose_line_is_lost_is_unknown(database: Database, environment: dict[str, str]) -> None:
    assert shell("followup check", environment).code == 2
    for script in ("followup check > /dev/full", "followup check >&-", "followup --today 2022-01-01 check > /dev/full"):
        assert shell(script, environment).code == 3, script


FIRST = ["--place", "Vienna", "--from", "2023-02-01"]


def test_six_first_visits_at_once_all_succeed(environment: dict[str, str], run: Run) -> None:
    env = {**environment, "FOLLOWUP_STORE": "", "FOLLOWUP_LOCK_TIMEOUT": "60"}
    processes = [run_command.start("visit", "add", f"Workshop {each}", *FIRST, env=env) for each in range(6)]
    slugs = []
    for process in processes:
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        slugs.append(out.decode().strip())
    assert sorted(slugs) == ["vienna-2023", *(f"vienna-2023-{each}" for each in range(2, 7))]
    found = document(run("visits", "--json", env={"FOLLOWUP_STORE": ""}))
    assert sorted(visit["title"] for visit in found) == [f"Workshop {each}" for each in range(6)]


def test_a_first_visit_finds_the_store_that_another_made_meanwhile(
    environment: dict[str, str], run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_private = backup.make_private
    store = Path(environment["HOME"], ".local/share/followup/commitments.json")

    def after_another(database: Database, settings: Any) -> None:
        if database.storage.path == str(store) and not store.exists():
            assert run("visit", "add", "Theirs", *FIRST, env={"FOLLOWUP_STORE": ""}).code == 0
        make_private(database, settings)

    monkeypatch.setattr(backup, "make_private", after_another)
    mine = {name: value for name, value in environment.items() if name != "FOLLOWUP_STORE"}
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert run_here(["visit", "add", "Mine", *FIRST], mine, FullScreenApp()) == 0
    gc.enable()
    found = document(run("visits", "--json", env={"FOLLOWUP_STORE": ""}))
    assert {visit["title"] for visit in found} == {"Mine", "Theirs"}
