"""The terminal comes back, and the drafts are kept, whatever ends the app. Small apps in a real pty."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from tests.support.fixed_day_and_user import isolated
from tests.support.pty_screen import PtyScreen
from tui.app.terminal.run_and_exit_on_signal import refusal

ROOT = str(Path(__file__).parents[4])
CLICK = "\x1b[<0;3;3M\x1b[<0;3;3m"
WHEEL = "\x1b[<65;3;3M"
LINE_WRAP = 7


class Start(Protocol):
    """Starts the small app: its words, and what the terminal is."""

    def __call__(
        self, *words: str, size: tuple[int, int] = (80, 24), ignores_hang_up: bool = False, is_ready: bool = True
    ) -> PtyScreen: ...


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    return tmp_path / "draft"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Where reports on faults go."""
    return tmp_path / "home" / ".local" / "state" / "followup"


@pytest.fixture
def start(tmp_path: Path, draft: Path) -> Iterator[Start]:
    """The app in a terminal, which is thrown away after the test."""
    screens: list[PtyScreen] = []

    def start_it(
        *words: str, size: tuple[int, int] = (80, 24), ignores_hang_up: bool = False, is_ready: bool = True
    ) -> PtyScreen:
        env = isolated(str(tmp_path / "home"), PYTHONPATH=ROOT, PYTHONDONTWRITEBYTECODE="1")
        argv = [sys.executable, "-m", "tests.support.terminal_test_app", str(draft), *words]
        screens.append(PtyScreen(argv, env, size, ignores_hang_up))
        if is_ready:
            screens[0].wait_for("ready")
        return screens[0]

    yield start_it
    for screen in screens:
        screen.__exit__()


def is_given_back(screen: PtyScreen) -> bool:
    """Whether the terminal is as it was before the app."""
    return screen.modes() <= {LINE_WRAP, 25} and screen.attributes() == screen.attributes_before


def assert_taken(screen: PtyScreen) -> None:
    assert {1049, 1000, 1006, 2004, 1004} <= screen.modes()
    assert not {25, LINE_WRAP} & screen.modes()
    assert screen.attributes() != screen.attributes_before


def assert_left(screen: PtyScreen, code: int) -> None:
    """It ended with this code, and gave the terminal back."""
    assert screen.wait_exit() == code
    screen.wait_for(lambda: is_given_back(screen))
    assert {25, LINE_WRAP} <= screen.modes()
    assert screen.raw().count(b"\x1b[>25u") <= screen.raw().count(b"\x1b[<u")
    assert b"Traceback" not in screen.raw()


def answers(screen: PtyScreen, key: str = "y") -> None:
    screen.send(key)
    screen.wait_for(f"key {key!r}")


def test_a_quit_leaves_the_terminal_as_it_was(start: Start, draft: Path) -> None:
    screen = start()
    assert_taken(screen)
    screen.send("q")
    assert_left(screen, 0)
    assert not draft.exists()


def test_the_code_of_the_app_is_the_code_of_the_process(start: Start) -> None:
    screen = start()
    screen.send("Q")
    assert_left(screen, 3)


@pytest.mark.parametrize("key", ["b", "B"], ids=["a busy call", "a busy loop"])
def test_it_leaves_though_the_loop_is_busy(start: Start, draft: Path, key: str) -> None:
    screen = start()
    answers(screen)
    screen.send(key)
    screen.signal(signal.SIGTERM)
    assert_left(screen, 143)
    assert draft.read_text() == "kept"


def test_it_leaves_though_a_thread_waits_for_a_lock(start: Start, draft: Path) -> None:
    screen = start()
    screen.send("l")
    screen.wait_for(draft.with_suffix(".waiting").exists)
    screen.signal(signal.SIGTERM)
    assert_left(screen, 143)
    assert draft.read_text() == "kept"


def test_it_leaves_though_saving_the_drafts_hangs(start: Start) -> None:
    screen = start("slow")
    screen.signal(signal.SIGTERM)
    screen.signal(signal.SIGTERM)
    assert_left(screen, 143)


def test_it_leaves_though_the_terminal_takes_nothing(start: Start, draft: Path) -> None:
    screen = start()
    screen.stop_reading()
    screen.send("f")
    screen.wait_for(draft.with_suffix(".flooding").exists)
    screen.signal(signal.SIGTERM)
    assert screen.wait_exit() == 143
    screen.read_again()
    assert_left(screen, 143)
    assert draft.read_text() == "kept"


def test_a_lost_line_ends_it_amid_a_flood(start: Start, draft: Path) -> None:
    screen = start(ignores_hang_up=True)
    screen.send("f")
    screen.wait_for(draft.with_suffix(".flooding").exists)
    screen.hang_up()
    assert screen.wait_exit() == 129
    assert draft.read_text() == "kept"


@pytest.mark.parametrize("key", ["\x1a", None], ids=["ctrl+z", "SIGTSTP"])
def test_suspended_the_terminal_is_the_shells(start: Start, key: str | None) -> None:
    screen = start()
    if key:
        screen.send(key)
    else:
        screen.signal(signal.SIGTSTP)
    screen.wait_stopped()
    screen.wait_for(lambda: is_given_back(screen))
    screen.write_as_shell("\x1b[2J\x1b[Hprompt")
    screen.wait_for(lambda: screen.text().strip() == "prompt")
    screen.go_on()
    screen.wait_for("ready 80x24")
    answers(screen)
    assert_taken(screen)
    screen.send("i")
    screen.wait_for("1 input threads")
    screen.send("q")
    assert_left(screen, 0)


def test_amid_a_save_it_is_suspended_when_that_is_done_or_takes_long(start: Start, draft: Path) -> None:
    screen = start()
    for key in ("s", "S"):
        screen.send(key)
        screen.wait_for(f"key '{key}'")
        screen.send("\x1a")
        screen.wait_stopped()
        assert draft.with_suffix(".saved").exists()
        screen.go_on()
        answers(screen)
    screen.send("q")
    assert_left(screen, 0)


def test_suspended_it_stays_so_in_the_background(start: Start) -> None:
    screen = start()
    screen.signal(signal.SIGTSTP)
    screen.wait_stopped()
    screen.go_on(in_background=True)
    screen.wait_stopped(2)
    assert is_given_back(screen)
    screen.go_on()
    answers(screen)
    screen.send("q")
    assert_left(screen, 0)


def test_a_signal_while_suspended_leaves_the_shells_terminal_alone(start: Start, draft: Path) -> None:
    screen = start()
    screen.signal(signal.SIGTSTP)
    screen.wait_stopped()
    screen.wait_for(lambda: is_given_back(screen))
    written = len(screen.raw())
    screen.signal(signal.SIGTERM)
    screen.go_on(in_background=True)
    assert_left(screen, 143)
    assert len(screen.raw()) == written
    assert draft.read_text() == "kept"


def test_stopped_by_force_it_comes_back_and_can_be_left(start: Start) -> None:
    screen = start()
    screen.signal(signal.SIGSTOP)
    screen.wait_stopped()
    screen.write_as_shell("\x1b[2J\x1b[H\x1b[?25hprompt")
    screen.wait_for(lambda: screen.text().strip() == "prompt")
    screen.resize(70, 20)
    screen.go_on()
    screen.wait_for("ready 70x20")
    screen.send("i")
    screen.wait_for("1 input threads")
    assert_taken(screen)
    screen.send("q")
    assert_left(screen, 0)


def test_told_to_go_on_without_a_stop_it_repaints(start: Start) -> None:
    screen = start()
    for _ in range(3):
        times = screen.raw().count(b"\x1b[?1049h")
        screen.signal(signal.SIGCONT)
        screen.wait_for(lambda: b"ready" in b"".join(screen.raw().split(b"\x1b[?1049h")[times + 1 :]))  # noqa: B023
    screen.send("i")
    screen.wait_for("1 input threads")
    assert_taken(screen)
    screen.send("q")
    assert_left(screen, 0)


def test_signals_of_keys_are_the_editors_while_it_has_the_terminal(start: Start) -> None:
    screen = start()
    screen.send("e")
    screen.wait_for("editing")
    assert is_given_back(screen)
    screen.signal(signal.SIGINT)
    screen.signal(signal.SIGTSTP)
    screen.wait_stopped()
    screen.go_on()
    screen.send("done\n")
    screen.wait_for("ready 80x24")
    answers(screen)
    screen.send("q")
    assert_left(screen, 0)


@pytest.mark.parametrize("where", ["compose", "unmount", "x", "w"])
def test_a_fault_shows_nothing_and_is_reported(start: Start, draft: Path, reports: Path, where: str) -> None:
    screen = start(where, is_ready=where != "compose")
    if where != "compose":
        screen.send("q" if where == "unmount" else where)
    assert_left(screen, 1)
    # Where its lines break depends on the path in it.
    screen.wait_for(lambda: "alookatwhatitholds" in "".join(screen.text().split()))
    assert b"minister" not in screen.raw()
    assert where not in ("x", "w") or draft.read_text() == "kept"
    (report,) = reports.iterdir()
    assert report.stat().st_mode & 0o777 == 0o600
    assert str(report) in screen.text().replace("\n", "")
    text = report.read_text()
    assert "in _break\n" in text
    assert text.endswith("ValueError\n")
    assert "minister" not in text.replace('secret = "what the minister said"', "")
    assert "followuphasafault(ValueErrorinterminal_test_app.py,line" in "".join(screen.text().split())


def test_a_fault_in_a_thread_is_reported_and_seen_by_nobody(start: Start, reports: Path) -> None:
    screen = start()
    screen.send("t")
    screen.wait_for(lambda: reports.exists() and list(reports.iterdir()))
    answers(screen)
    screen.send("q")
    assert_left(screen, 0)
    assert b"minister" not in screen.raw()


def test_any_size_is_survived(start: Start) -> None:
    screen = start()
    screen.wait_for("ready 80x24")
    for columns, rows in ((20, 5), (1, 1), (300, 200)):
        screen.resize(columns, rows)
    screen.wait_for("ready 300x200")
    screen.send("q")
    assert_left(screen, 0)


def test_a_terminal_without_a_size_is_taken_for_a_usual_one(start: Start) -> None:
    screen = start(size=(0, 0))
    screen.wait_for("ready 80x24")
    screen.send("q")
    assert_left(screen, 0)


def test_the_mouse_clicks_and_scrolls_and_its_motion_is_not_asked_for(start: Start) -> None:
    screen = start()
    screen.send(CLICK)
    screen.wait_for("clicked")
    screen.send(WHEEL)
    screen.wait_for("scrolled")
    screen.send("q")
    assert_left(screen, 0)
    asked = {int(mode) for mode in re.findall(rb"\x1b\[\?(\d+)", screen.raw())}
    assert not asked & {1001, 1002, 1003, 1005, 1015, 1016, 2048}


@pytest.mark.parametrize(("head", "tail"), [("\x1b[", "B"), ("\x1bO", "P"), ("\x1b[1;5", "C")])
def test_a_sequence_that_a_slow_line_has_cut_stays_whole(start: Start, head: str, tail: str) -> None:
    # Whole frames, or an answer of the terminal, which comes of itself, could fall between the two.
    screen = start("whole")
    screen.send(head)
    screen.wait_for(screen.has_read_all)
    screen.send(tail)
    screen.wait_for("key None")
    answers(screen)
    screen.send("q")
    assert_left(screen, 0)


def test_a_lone_escape_is_answered_before_anything_else_is_typed(start: Start) -> None:
    screen = start()
    screen.send("\x1b")
    screen.wait_for("key '\\x1b'")
    screen.send("q")
    assert_left(screen, 0)


def test_bytes_that_are_no_text_do_no_harm(start: Start) -> None:
    screen = start()
    screen.send(b"\xe9\xff")
    answers(screen)
    screen.send("\x1b")
    screen.wait_for("key '\\x1b'")
    screen.send("q")
    assert_left(screen, 0)


@contextmanager
def _terminals(monkeypatch: pytest.MonkeyPatch, *filenos: int) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(os, "isatty", lambda fileno: fileno in filenos)
        yield


@pytest.mark.parametrize("filenos", [(), (1, 2), (0, 2), (0, 1)])
def test_it_refuses_to_run_without_a_terminal(monkeypatch: pytest.MonkeyPatch, filenos: tuple[int, ...]) -> None:
    with _terminals(monkeypatch, *filenos):
        message = refusal({"TERM": "xterm"})
    assert message == "the full-screen app needs a terminal: followup status and followup list work without one"


@pytest.mark.parametrize("environment", [{}, {"TERM": ""}, {"TERM": "dumb"}, {"TERM": "unknown"}])
def test_it_refuses_a_terminal_that_cannot_place_text(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    with _terminals(monkeypatch, 0, 1, 2):
        message = refusal(environment)
        assert refusal({"TERM": "linux"}) is None
    assert message is not None
    assert "TERM" in message
    assert "followup list" in message


@pytest.mark.parametrize("closed", ["", "<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_to_refuse_it_loads_no_textual_and_needs_no_stream(tmp_path: Path, closed: str) -> None:
    asked = "import os, sys; from tui.app.terminal.run_and_exit_on_signal import refusal; message = refusal(os.environ)"
    script = f"{asked}; os._exit(7 if message and 'textual' not in sys.modules else 1)"
    command = ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-c", script]
    done = subprocess.run(command, env=isolated(str(tmp_path)), cwd=ROOT, stdin=subprocess.DEVNULL)
    assert done.returncode == 7
