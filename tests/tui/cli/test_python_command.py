"""`followup python FILE [ARGS]`: a script with the store open, its own arguments, errors and exit code."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_one_sentence, assert_refused
from tests.support.fixed_day_and_user import ME, TODAY
from tests.support.run_command import FOLLOWUP, PATIENCE
from tests.support.run_in_shell_or_terminal import installed, shell
from tests.support.store_builders import events, record
from tests.tui.cli.test_completion import completed


@pytest.fixture
def script(tmp_path: Path) -> Path:
    return tmp_path / "late.py"


def test_a_script_reads_and_changes_the_open_store(database: Database, run: Run, script: Path) -> None:
    script.write_text(
        "from tinydb import where\n"
        "late = db.search(where('due') < db.today)\n"
        "print([each.doc_id for each in late], db.today)\n"
        "db.update({'owner': 'dina'}, doc_ids=[each.doc_id for each in late])\n"
    )
    done = run("python", str(script))
    assert (done.code, done.out, done.err) == (0, f"[4] {TODAY}\n", "")
    assert record(database, 4)["owner"] == "dina"
    event = events(database, 4)[-1]
    assert (event["who"], event["script"]) == (ME, "late.py")
    assert "by script: late.py" in run("history", "4").out


def test_what_follows_the_file_is_the_scripts_own(database: Database, run: Run, script: Path) -> None:
    script.write_text("import sys\nprint(sys.argv[1:], __name__, __file__, sys.path[-1])\n")
    argv = ("--help", "--month", "2023-03", "-v", "--store", "x", "--", "a b")
    done = run("python", str(script), *argv)
    assert done.out == f"{list(argv)} __main__ {script} {script.parent}\n"
    assert "usage: followup python" in run("python", "--help").out


def test_a_script_is_a_module_beside_its_own_files(database: Database, run: Run, script: Path) -> None:
    (script.parent / "own_helper.py").write_text("def answer():\n    return 'answer'\n")
    script.write_text(
        "from __future__ import annotations\n"
        "import pickle\n"
        "from own_helper import answer\n"
        "class Late: pass\n"
        "if __name__ == '__main__':\n"
        "    print(answer(), type(pickle.loads(pickle.dumps(Late()))) is Late)\n"
    )
    assert run("python", str(script)).out == "answer True\n"


def test_a_script_may_come_from_stdin(database: Database, run: Run) -> None:
    done = run("python", "-", "x", input="import sys\nprint(len(db), sys.argv)\ndb.run('note', 1, 'called')\n1 / 0\n")
    assert (done.code, done.out) == (1, "4 ['-', 'x']\n")
    assert done.err.splitlines() == [
        "Traceback (most recent call last):",
        '  File "<stdin>", line 4, in <module>',
        "    1 / 0",
        "    ~~^~~",
        "ZeroDivisionError: division by zero",
    ]
    assert events(database, 1)[-1]["script"] == "stdin"


def test_a_refusal_is_one_sentence_with_its_line_and_exit_code(database: Database, run: Run, script: Path) -> None:
    for source, code, says in (
        ("db.update({'state': 'reported'})", 1, 'db.run("mark", 1'),
        ("db.run('set_deu', 1)", 2, "set_due"),
        ("db.run('note', 99, 'x')", 3, "99"),
        ("tables = db.storage.read()\ndb.run('note', 1, 'x')\ndb.storage.write(tables)", 6, "revision"),
    ):
        script.write_text(f"print('first', end='')\n{source}\n")
        done = run("python", str(script))
        assert (done.code, done.out) == (code, "first"), done
        assert_one_sentence(done.err, f"late.py, line {1 + len(source.splitlines())}: ", says)


def test_a_scripts_own_exception_is_shown_from_its_code_on_and_what_was_saved_stays(
    database: Database, run: Run, script: Path
) -> None:
    script.write_text(
        "db.update({'owner': 'dina'}, doc_ids=[1])\n"
        "def check(document):\n"
        "    raise KeyError('a\\x1b[31mb\\u202e')\n"
        "with db.transaction():\n"
        "    db.update({'owner': 'boris'}, doc_ids=[2])\n"
        "    db.update(check, doc_ids=[3])\n"
    )
    done = run("python", str(script))
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f'Traceback (most recent call last):\n  File "{script}", line 6, in <module>\n')
    assert done.err.endswith("KeyError: 'a\\x1b[31mb\\u202e'\n")
    assert "commands/python.py" not in done.err
    assert (record(database, 1)["owner"], record(database, 2)["owner"]) == ("dina", "asel")
    script.write_text("x = = 1\n")
    done = run("python", str(script))
    assert (done.code, done.err.splitlines()[-1]) == (1, "SyntaxError: invalid syntax")


def test_a_script_may_catch_a_refusal_and_leave_with_its_own_code(database: Database, run: Run, script: Path) -> None:
    script.write_text(
        "import atexit, sys\n"
        "from store.errors import NotAllowed\n"
        "atexit.register(print, 'bye')\n"
        "try:\n    db.update({'state': 'closed'})\n"
        "except NotAllowed as error:\n    print(type(error).__name__)\n    sys.exit(7)\n"
    )
    assert run("python", str(script))[:2] == (7, "NotAllowed\nbye\n")
    script.write_text("raise SystemExit('no more')\n")
    assert run("python", str(script)) == (1, "", "no more\n")


def test_a_warning_of_the_store_is_told_in_one_sentence(database: Database, run: Run, script: Path) -> None:
    script.write_text("db.run('edit', 1, to=['Europol'])\n")
    done = run("python", str(script))
    assert (done.code, done.out) == (0, "")
    assert_one_sentence(done.err, 'new party "Europol"')


@pytest.mark.answers_differ("a store on a server is shared by a role")
def test_a_script_that_is_not_there_or_has_no_store_is_refused(run: Run, script: Path, path: str) -> None:
    assert_refused(run("python", str(script)), 2, str(script), "No such file")
    assert_refused(run("python", str(script.parent)), 2, "directory")
    assert_refused(run("python"), 2, "FILE")
    script.write_text("print('not run')\n")
    assert_refused(run("python", str(script)), 4, path)


def test_a_reader_that_went_away_ends_a_script_without_a_traceback(
    database: Database, environment: dict[str, str], script: Path
) -> None:
    script.write_text("for number in range(100_000):\n    print(number)\ndb.run('note', 1, 'not reached')\n")
    installed("bash")
    for unbuffered in ("", "1"):
        env = {**environment, "PYTHONUNBUFFERED": unbuffered}
        done = shell(f"followup python {script} | head -n 1; exit ${{PIPESTATUS[0]}}", env)
        assert (done.code, done.out, done.err) == (1, "0\n", "")
    full = shell(f"echo 'print(1)' > {script}; followup python {script} > /dev/full", environment)
    assert full.code == 1
    assert_one_sentence(full.err, "No space left")


def test_an_interrupt_ends_a_script_and_drops_the_change_it_was_at(
    database: Database, environment: dict[str, str], script: Path
) -> None:
    script.write_text(
        "import sys\n"
        "with db.transaction():\n"
        "    db.update({'owner': 'dina'})\n"
        "    print('ready', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [FOLLOWUP, "python", str(script)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=PATIENCE) == (b"", b"")
    assert process.returncode == 130
    assert record(database, 1)["owner"] == "asel"


def test_the_store_opens_in_a_script_of_plain_python(database: Database, environment: dict[str, str]) -> None:
    source = (
        "import sys\n"
        "from store.tinydb_storage import open_store\n"
        f"with open_store(sys.argv[1], who='nightly', today={TODAY!r}) as db:\n"
        "    db.run('set_due', 2, 'end of June', reason='new minister')\n"
        "    print(db.get(doc_id=2)['due'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source, database.path], env=environment, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "2023-06-30\n", "")
    assert events(database, 2)[-1]["script"] == "nightly"


def test_bash_completes_files(database: Database, environment: dict[str, str]) -> None:
    Path(environment["HOME"], "late.py").touch()
    assert completed("followup python la", environment) == ["late.py"]
    assert completed("followup python late.py la", environment) == ["late.py"]
