"""`followup export` as a real process: which rows, in which format, to which place, and what never goes out."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from store import operations
from store.database import Database
from store.file.file_store import file_of
from store.rules.due_dates_and_extensions import DueDate
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import (
    assert_harmless,
    assert_one_sentence,
    assert_refused,
    document,
    unchanged,
)
from tests.support.export_samples import HOSTILE, with_titles
from tests.support.fixed_day_and_user import isolated
from tests.support.run_command import PATIENCE
from tests.support.run_in_shell_or_terminal import on_terminal, shell
from tests.support.store_builders import INTERPOL, MIA, VISIT
from tests.tui.cli.conftest import RunOnDemo

FORMATS = ("csv", "ics", "md", "html", "xlsx", "json")


# Which rows, and in which format.


def test_all_commitments_are_exported_and_a_query_narrows_them(on_demo: RunOnDemo) -> None:
    everything = list(csv.DictReader(io.StringIO(on_demo("export").out)))
    assert [row["id"] for row in everything] == [str(number) for number in range(1, 21)]
    some = list(csv.DictReader(io.StringIO(on_demo("export", "by:UNODC", "-finished").out)))
    shown = on_demo("list", "by:UNODC", "-finished", "--ids").out.split()
    assert sorted(row["id"] for row in some) == sorted(shown)


def test_nothing_that_matches_is_an_empty_table(on_demo: RunOnDemo) -> None:
    done = on_demo("export", "nothing-is-called-so")
    assert (done.code, done.err, done.out.count("\r\n")) == (0, "", 1)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.csv", b"id,title"),
        ("a.CSV", b"id,title"),
        ("a", b"id,title"),
        ("a.ics", b"BEGIN:VCALENDAR"),
        ("a.json", b'{"_meta"'),
        ("a.xlsx", b"PK"),
        ("a.html", b"<!"),
        ("a.htm", b"<!"),
        ("a.md", b""),
    ],
)
def test_the_name_of_the_file_says_which_format(on_demo: RunOnDemo, tmp_path: Path, name: str, start: bytes) -> None:
    path = tmp_path / name
    done = on_demo("export", "-o", str(path))
    assert (done.code, done.out) == (0, "")
    assert done.err.splitlines()[-1] == f"followup: wrote 20 commitments to {path}"
    assert path.read_bytes()[: len(start)].lower() == start.lower()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_one_commitment_is_one(on_demo: RunOnDemo, tmp_path: Path) -> None:
    assert on_demo("export", "id:3", "-o", str(tmp_path / "a.csv")).err.startswith("followup: wrote 1 commitment to ")


def test_a_list_is_written_in_the_language_of_its_reader(on_demo: RunOnDemo) -> None:
    printed = on_demo("export", "--format", "md", "--lang", "ru").out
    assert printed.startswith("# Обязательства\n")
    assert "УНП ООН" in printed
    assert on_demo("export", "--format", "md", "--lang", "en").out == on_demo("export", "--format", "md").out


@pytest.mark.parametrize("name", ["md", "html"])
def test_what_was_asked_for_is_printed_only_inside(on_demo: RunOnDemo, name: str) -> None:
    outside, inside = (
        on_demo("export", "owner:adviser", "open", "--format", name, *more).out for more in ((), ("--internal",))
    )
    assert "adviser" not in outside
    assert "15 of 20 commitments" in outside.replace("\xa0", " ")  # No line of a page parts a number from its word.
    assert "Those that match: owner adviser" in inside


def test_the_format_that_was_named_counts_more_than_the_name(on_demo: RunOnDemo, tmp_path: Path) -> None:
    assert on_demo("export", "--format=ics", f"--output={tmp_path}/a.csv").code == 0
    assert (tmp_path / "a.csv").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_short_option_stands_anywhere(on_demo: RunOnDemo, tmp_path: Path) -> None:
    for place, words in enumerate(
        (("export", "open", "-o", "{}"), ("export", "-o", "{}", "open"), ("-o", "{}", "export"))
    ):
        path = tmp_path / f"{place}.csv"
        assert on_demo(*(word.format(path) for word in words)).code == 0
        assert path.exists()


@pytest.mark.parametrize(
    ("words", "fragments"),
    [
        (["--format", "docx"], ["--format is one of csv, json, ics, md, html, xlsx"]),
        (["-o", "a.docx"], ['".docx" may be anything', "--format csv, json, ics, md, html or xlsx"]),
        (["-o", ""], ["-o is empty"]),
        (["-o"], ["-o needs a value", "-o FILE"]),
        (["--force"], ["--force goes with -o FILE"]),
        (["--raw", "--format", "ics"], ["--raw goes with --format csv, not with ics"]),
        (["--alarm", "7d"], ["--alarm goes with --format ics, not with csv"]),
        (["--events"], ["--events goes with --format ics, not with csv"]),
        (["--alarm", "soon", "--format", "ics"], ['not "soon"', "7d or 2w"]),
        (["--mark", "R", "--format", "csv"], ["--mark", "no pages"]),
        (["--mark", "R" * 101, "--format", "md"], ["the mark has 101 characters, and a page has room for 100"]),
        (["--mark", "R" * 101, "--format", "xlsx"], ["the mark has 101 characters"]),
        (["--mark", "R" * 101, "--format", "ics"], ["the mark has 101 characters"]),
        (["--lang", "ru"], ["--lang goes with --format xlsx, md, html or ics, not with csv"]),
        (["--lang", "de", "--format", "md"], ['language "de", only in en, ru']),
        (["colour:red"], ["colour"]),
        (["--formt", "csv"], ['"--formt"', '"--format"']),
    ],
)
def test_what_is_not_understood_is_refused(
    database: Database, run: Run, words: list[str], fragments: list[str]
) -> None:
    with unchanged(database.path):
        assert_refused(run("export", *words), 2, *fragments)


@pytest.mark.file_only("a damaged file")
def test_a_store_that_is_not_there_or_damaged_is_exit_4(database: Database, run: Run, tmp_path: Path) -> None:
    assert_refused(run("--store", f"{tmp_path}/none.json", "export"), 4, "there is no store")
    Path(database.path).write_bytes(b"{")
    for name in FORMATS:
        assert_refused(run("export", "--format", name), 4, "damaged")


# JSON.


def test_json_without_a_query_is_the_whole_store(database: Database, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "whole.json"
    done = run("export", "-o", str(path))
    assert done.code == 0
    assert "holds everything" in done.err.splitlines()[0]
    assert path.read_bytes() == store_builders.raw(database)
    assert run("--store", str(path), "list", "--json").out == run("list", "--json").out
    assert run("--store", str(path), "history", "--json").out == run("history", "--json").out


@pytest.mark.file_only("writes into the file by hand")
def test_json_of_a_store_that_another_program_wrote_is_whole_and_harmless(database: Database, run: Run) -> None:
    data = json.loads(store_builders.raw(database))
    data["commitments"]["2"]["title"] = "\x1b[31m \u202e \x7f 😀 \U000e0001"
    Path(database.path).write_text(json.dumps(data, indent=1), encoding="utf-8")
    done = run("export", "--format", "json", "--internal")
    assert done.err == ""
    assert_harmless(done.out)
    whole = json.loads(done.out)
    for table in ("visits", "parties", "commitments", "events"):
        assert whole[table] == data[table]
    assert whole["_meta"]["1"]["next"] == data["_meta"]["1"]["next"]


def test_json_with_a_query_is_what_list_prints(on_demo: RunOnDemo) -> None:
    exported = on_demo("export", "lyon", "--format", "json", "--internal")
    assert document(exported) == document(on_demo("list", "lyon", "--all", "--sort", "id", "--json"))


# Back again.


def test_the_number_in_the_list_that_it_came_from_is_kept_elsewhere(
    database: Database, run: Run, tmp_path: Path
) -> None:
    """An internal export holds it; one that is handed over does not."""
    source, there, elsewhere = tmp_path / "list.csv", tmp_path / "there.csv", tmp_path / "elsewhere.json"
    source.write_text("Ref,Title,By,To\nA/7,Send a thing,UNODC,INTERPOL\n")
    assert run("import", str(source), "--visit", VISIT).code == 0
    assert "A/7" not in run("export").out
    rows = list(csv.DictReader(io.StringIO(run("export", "--internal", "Send a thing").out)))
    with there.open("w", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name != "id"], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    store_builders.add_lyon(store_builders.make_empty(str(elsewhere)))
    done = run("--store", str(elsewhere), "import", str(there))
    assert done.code == 0, done
    (imported,) = document(run("--store", str(elsewhere), "list", "--json"))
    assert imported["source_id"] == "A/7"


# To which place.


def test_a_file_that_is_there_is_refused_and_with_force_replaced(on_demo: RunOnDemo, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    assert_refused(on_demo("export", "-o", str(path)), 1, str(path), "is there already", "--force")
    assert path.read_text() == "mine"
    assert on_demo("export", "-o", str(path), "--force").code == 0
    assert path.read_bytes() == on_demo("export").out.encode()


@pytest.mark.file_only("the path of a file")
def test_the_store_and_what_belongs_to_it_are_never_written_over(database: Database, run: Run) -> None:
    store = file_of(database)
    for path in (store.path, store.lock_path, f"{store.copies.folder}/x.csv"):
        with unchanged(store.path):
            assert_refused(run("export", "--format", "csv", "--force", "-o", path), 1, "belongs to the store")


def test_a_folder_or_none_is_told(on_demo: RunOnDemo, tmp_path: Path) -> None:
    assert_refused(on_demo("export", "-o", str(tmp_path)), 1, "is a folder")
    assert_refused(on_demo("export", "-o", f"{tmp_path}/none/a.csv"), 1, "there is no folder", "none")


def test_a_folder_without_permission_is_told(on_demo: RunOnDemo) -> None:
    """Not even root makes a file in /sys."""
    assert_refused(on_demo("export", "-o", "/sys/a.csv"), 1, "/sys/a.csv", "does not let you")


def test_a_full_disk_leaves_nothing(demo: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    env = isolated(str(tmp_path / "home"), FOLLOWUP_STORE=demo)
    done = shell(f"ulimit -f 4; followup export --format xlsx -o {folder}/a.xlsx", env)
    assert_refused(done, 1, "was not written", "File too large", "nothing of it is left")
    assert list(folder.iterdir()) == []
    full = shell("followup export > /dev/full", env)
    assert full.code == 1
    assert_one_sentence(full.err, "could not be written", "No space left")


def test_a_reader_that_goes_away_ends_it_quietly(demo: str, tmp_path: Path) -> None:
    env = isolated(str(tmp_path / "home"), FOLLOWUP_STORE=demo)
    done = shell("followup export | head -1; exit ${PIPESTATUS[0]}", env)
    assert (done.code, done.err) == (0, "")


def test_stdout_a_device_and_a_pipe_are_written_to(demo: str, on_demo: RunOnDemo, tmp_path: Path) -> None:
    whole = on_demo("export").out
    assert on_demo("export", "-o", "-").out == whole
    assert on_demo("export", "-o", "/dev/stdout") == (0, whole, "")
    env = isolated(str(tmp_path / "home"), FOLLOWUP_STORE=demo)
    assert shell(f"followup export -o >(cat > {tmp_path}/got) && wait $!; cat {tmp_path}/got", env).out == whole
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    assert on_demo("export", "-o", str(pipe)).code == 0
    reader.join(timeout=PATIENCE)
    assert read == [whole.encode()]


def test_bytes_are_not_for_a_terminal(demo: str, tmp_path: Path) -> None:
    env = isolated(str(tmp_path / "home"), FOLLOWUP_STORE=demo)
    refused = on_terminal("export", "--format", "xlsx", env=env)
    assert refused.code == 2
    assert refused.out == ""
    assert_one_sentence(refused.err, "-o FILE")
    shown = on_terminal("export", "--raw", env=env)
    assert shown.code == 0
    assert_harmless(shown.out.replace("\r", ""))


def test_files_are_utf_8_whatever_the_terminal_is(database: Database, run: Run) -> None:
    store_builders.add(database, "Передать список")
    for name in ("csv", "ics", "md", "html"):
        assert "Передать список" in run("export", "--format", name, env={"LANG": "C", "PYTHONIOENCODING": "ascii"}).out


@pytest.mark.file_only("the lock of a file")
def test_an_export_changes_nothing_and_needs_no_lock(database: Database, run: Run) -> None:
    with unchanged(database.path), file_of(database).locked("boris"):
        for name in FORMATS:
            assert run("export", "--format", name, env={"FOLLOWUP_LOCK_TIMEOUT": "0"}).code == 0


# How far it is.

_WORK = """
from tui.stderr import with_progress
print(sum(with_progress(range(3), 1_200, patience=0)))
"""


def test_on_a_terminal_long_work_tells_how_far_it_is(tmp_path: Path) -> None:
    env = isolated(str(tmp_path / "home"))
    shown = on_terminal(env=env, is_stderr=True, command=(sys.executable, "-I", "-c", _WORK))
    line = "followup: 0 of 1,200"
    assert shown.out == f"\r{line}\r{' ' * len(line)}\r3\n"
    piped = subprocess.run([sys.executable, "-I", "-c", _WORK], capture_output=True, timeout=PATIENCE)
    assert (piped.stdout, piped.stderr) == (b"3\n", b"")


# What people typed stays text.


@pytest.mark.parametrize("name", FORMATS)
def test_hostile_titles_run_nowhere(database: Database, run: Run, tmp_path: Path, name: str) -> None:
    with_titles(database, HOSTILE)
    path = tmp_path / f"a.{name}"
    assert run("export", "-o", str(path)).code == 0
    assert path.stat().st_size > 2_000
    text = printed(path.read_bytes(), name)
    if name in ("html", "xlsx"):
        assert "<script>alert" not in text
    assert_harmless(text.replace("\r\n", "\n"))


# What may be handed over.


HANDED_OVER = {
    *("title", "kind", "by", "to", "via", "support", "miss-reason", "due-reason", "asked-by", "agreed-by"),
    *("closing-agreed-by", "said-by"),
}
"""What is marked in the store and may stand in any paper."""
OF_VISITS = {"visit-title", "place", "host", "programme", "donor", "grant", "contact"}
INSIDE_OF_VISITS = {"delegation"}
INTERNAL = {
    *("owner", "due-words", "quote", "source", "letter", "evidence", "confirmed-evidence", "note", "chase-note"),
    *("return-note", "closing-note", "login"),
}
NEVER = {"removal-reason", "removed-title", "short", "ru", "alias"}
"""What only the JSON of the whole store holds."""


def marked(name: str) -> str:
    return f"MARK-{name}-END"


def printed(data: bytes, name: str) -> str:
    """All text in a file; a calendar's lines are unfolded, a workbook is unpacked."""
    if name == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return "\n".join(parts.read(part).decode() for part in parts.namelist())
    return data.decode().replace("\r\n ", "") if name == "ics" else data.decode()


@pytest.fixture
def marked_store(path: str) -> str:
    """A store with a mark in every field of every record."""
    database = store_builders.make_empty(path, who=marked("login"))
    store_builders.add_lyon(database)
    words = {key: marked(key) for key in ("place", "delegation", "programme", "donor", "grant", "contact")}
    store_builders.do(database, "edit_visit", VISIT, title=marked("visit-title"), hosts=[marked("host")], **words)
    speakers = [marked(key) for key in ("said-by", "asked-by", "agreed-by", "closing-agreed-by")]
    removed = store_builders.add(database, marked("removed-title"), by=speakers)
    store_builders.do(database, "remove", removed, marked("removal-reason"))
    both = {"by": [marked("by"), MIA], "to": [marked("to"), INTERPOL]}
    first, second, third = [
        store_builders.add(
            database,
            f"{marked('title')} {place}",
            state="agreed",
            kind=marked("kind"),
            owner=marked("owner"),
            quote=marked("quote"),
            source=marked("source"),
            via=marked("via"),
            support=[marked("support")],
            due="2023-02-01",
            **both,
        )
        for place in range(3)
    ]
    with database.transaction() as tx:
        date = DueDate("2023-02-10", "month", marked("due-words"))
        operations.set_due(tx, first, date, reason=marked("due-reason"), asked_by=marked("asked-by"),
                           agreed_by=marked("agreed-by"))  # fmt: skip
        operations.set_miss_reason(tx, first, marked("miss-reason"))
        operations.set_seats(tx, first, wanted=3, nominated=3, letter=marked("letter"))
        operations.note(tx, first, marked("note"))
        operations.chase(tx, first, again="2023-03-10", note=marked("chase-note"))
        operations.mark(tx, first, "done", evidence=marked("evidence"), said_by=[marked("said-by")])
        operations.mark(tx, first, "confirmed", evidence=marked("confirmed-evidence"), said_by=[INTERPOL])
        operations.mark(tx, second, "done")
        operations.mark(tx, second, "returned", note=marked("return-note"))
        operations.mark(tx, third, "closed", because="dropped", agreed_by=marked("closing-agreed-by"),
                        note=marked("closing-note"))  # fmt: skip
    store_builders.do(database, "edit_party", MIA, short=marked("short"), ru=marked("ru"), aliases=[marked("alias")])
    return path


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("is_internal", [False, True])
def test_nothing_goes_out_that_may_not_be_handed_over(
    marked_store: str, run: Run, tmp_path: Path, name: str, is_internal: bool
) -> None:
    path = tmp_path / f"a.{name}"
    done = run("export", "-o", str(path), *(["--internal"] if is_internal else []))
    assert done.code == 0, done
    text = printed(path.read_bytes(), name)
    everything = HANDED_OVER | OF_VISITS | INSIDE_OF_VISITS | INTERNAL | NEVER
    found = {each for each in everything if marked(each) in text}
    if name == "json":
        assert found == everything
        return
    # In the lists the visits are told as well, and the short names stand.
    is_list = name in ("md", "html")
    inside = INTERNAL | (INSIDE_OF_VISITS if is_list else set())
    expected = HANDED_OVER | (OF_VISITS | {"short"} if is_list else set())
    if name == "xlsx":
        expected |= {"visit-title", "place", "short"}
    assert found == (expected | inside if is_internal else expected)
    assert ("INTERNAL" in text) == (is_internal and name != "csv")
