"""Run the app in a terminal, bring it into a state, and check how it leaves the terminal."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

from store.maintenance.demo import make_demo
from tests.support.program_with_injections import Program
from tests.support.pty_screen import PtyScreen
from tests.support.store_builders import open_store
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed, processors

READY = "q quit"
"""Stands in the last line of the list, when it is drawn."""

TYPED = "the minister has not signed"
"""What is half typed into a form."""

GONE = "gone after"
"""The seconds from what ends an app to its end."""


class AppSession:
    """One app from its start to its end. What is wrong with it stands in `wrong`."""

    def __init__(self, sandbox: Sandbox, screen: PtyScreen) -> None:
        self.sandbox = sandbox
        self.screen = screen
        self.wrong: list[str] = []
        self.seconds: dict[str, float] = {}
        """What was measured, each once a sitting."""
        self.is_killed = False
        """By a kill -9, which may leave a draft half written beside the one before it."""
        self.is_thorough = True
        """Whether each draft is looked for in another start of the app."""
        self.holding: int | None = None
        """The descriptor of the lock, while another has it."""
        self.store = sandbox.store.read_bytes()
        """What the file has to be in the end."""

    def check(self, is_so: object, otherwise: str) -> bool:
        """Record a finding unless the condition holds."""
        if not is_so:
            self.wrong.append(otherwise)
        return bool(is_so)

    def see(self, words: str | Callable[[], object]) -> None:
        """Wait until it stands on the screen, or is so. Raises: AssertionError."""
        self.screen.wait_for(words)

    def press(self, keys: str, words: str) -> None:
        """Press keys, and wait for what must then stand on the screen; with `!` before it, for its going."""
        self.screen.send(keys)
        self.see(words if words[0] != "!" else lambda: words[1:] not in self.screen.text())

    def lock(self) -> None:
        """Somebody else begins to change the store."""
        self.holding = os.open(self.sandbox.folder / f".{self.sandbox.store.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self.holding, fcntl.LOCK_EX)

    def unlock(self) -> None:
        """And is done with it."""
        if self.holding is not None:
            os.close(self.holding)
            self.holding = None

    # How it is left.

    def ended(self, *codes: int) -> None:
        """Wait for its end with one of these exit codes; from now on nothing of it runs."""
        begun = time.monotonic()
        code = self.screen.wait_exit()
        self.seconds[GONE] = time.monotonic() - begun
        self.check(code in codes, f"exit code {code}, not {' or '.join(map(str, codes))}")

    def check_left(self, *, has_draft: bool = False) -> None:
        """After its end: the terminal given back, the store untouched, what was typed kept and offered."""
        self.check_given_back()
        self.unlock()
        self.check_store()
        self.check_draft(TYPED if has_draft else None)
        if has_draft and self.is_thorough and not self.wrong:
            self.check_offered()

    def check_given_back(self) -> None:
        """The terminal is as it was before. Nothing writes to it any more."""
        self.screen.wait_drained()
        for finding in self._not_given_back():
            self.check(False, finding)
        self.check(b"Traceback" not in self.screen.raw(), "a traceback on the terminal")

    def _not_given_back(self) -> list[str]:
        wrong = left_over(self.screen.raw())
        if self.screen.attributes() != self.screen.attributes_before:
            wrong.append("the attributes (stty) are not what they were")
        return wrong

    def check_draft(self, text: str | None) -> None:
        """What was typed is kept, privately, or nothing is."""
        folder = drafts_folder(self.sandbox)
        names = sorted(os.listdir(folder)) if folder.exists() else []
        if self.is_killed:
            names = [name for name in names if not name.endswith(".tmp")]
        if text is None:
            self.check(not names, f"drafts, and nothing was typed: {names}")
            return
        if not self.check(len(names) == 1 and names[0].endswith(".json"), f"the drafts are {names}"):
            return
        file = folder / names[0]
        self.check(text in " ".join(json.loads(file.read_text())["values"].values()), f"not in the draft: {text}")
        modes = (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777)
        self.check(modes == (0o600, 0o700), f"modes of the draft and its folder: {[oct(mode) for mode in modes]}")

    def check_offered(self) -> None:
        """The next start offers the draft, and Enter brings it back into its form."""
        self.screen.__exit__()
        self.screen = terminal(self.sandbox, self.sandbox.judge)
        self.see("An unfinished")
        self.press("\r", "!An unfinished")
        self.see(TYPED)

    def check_store(self) -> None:
        """Nothing was saved, in whole or in part, and nothing is left behind."""
        self.check(self.sandbox.store.read_bytes() == self.store, "the store was changed")
        self.check(not self.sandbox.leftovers(), f"left behind: {self.sandbox.leftovers()}")


def drafts_folder(sandbox: Sandbox) -> Path:
    """Where the app keeps drafts."""
    return sandbox.home / ".local/state/followup/drafts"


_DEFAULT_ON = {7, 25}
_NO_MODES = (
    (rb"\x1b\[(\d*) q", (b"", b"0"), "the style of the cursor"),
    (rb"\x1b([=>])", (b">",), "the keypad"),
    (rb"\x1b\[>4;?(\d*)m", (b"", b"0"), "the keys with modifiers"),
    (rb"\x1b\]22;([^\x07\x1b]*)", (b"", b"default"), "the shape of the pointer"),
    (rb"\x1b\(([0B])", (b"B",), "the character set"),
    (rb"\x1b\[([\d;]*)m", (b"", b"0"), "the colour of what is written"),
)
"""What is asked of a terminal -> what may have been asked last, the name of it."""


def left_over(raw: bytes) -> list[str]:
    """What was asked of the terminal and not taken back, from all bytes that were ever written to it."""
    raw = raw[raw.rfind(b"\x1bc") + 1 :]  # Before it: a full reset.
    last: dict[int, bytes] = {}
    for numbers, word in re.findall(rb"\x1b\[\?([\d;]+)([hl])", raw):
        last |= {int(number): word for number in numbers.split(b";") if number}
    wrong = [f"mode ?{mode} is left as {word.decode()}" for mode, word in sorted(last.items())
             if (word == b"h") != (mode in _DEFAULT_ON)]  # fmt: skip
    for pattern, usual, name in _NO_MODES:
        asked = re.findall(pattern, raw)
        if asked and asked[-1] not in usual:
            wrong.append(f"{name} is left as {asked[-1].decode()}")
    if raw.count(b"\x1b[>25u") > raw.count(b"\x1b[<u"):
        wrong.append("the keyboard protocol is left on")
    if re.search(rb"\x1b\][012];", raw):
        wrong.append("the window's title was changed")
    regions = re.findall(rb"\x1b\[[\d;]*r", raw)
    if regions and regions[-1] != b"\x1b[r":
        wrong.append("the scrolling region is left changed")
    return wrong


# States.


class AppState(NamedTuple):
    """Where the app is: how it gets there, what then stands on the screen, whether a draft is due, the keys out of it.

    `out` are steps (as of `press`) back to the list; None: no key leads there at once.
    """

    reach: Callable[[AppSession], None]
    shown: str
    has_draft: bool
    out: tuple[tuple[str, str], ...] | None


def _by_keys(*steps: tuple[str, str]) -> Callable[[AppSession], None]:
    def reach(app_session: AppSession) -> None:
        for keys, words in steps:
            app_session.press(keys, words)

    return reach


_NOTE = (("n", "Note on #6"), (TYPED, TYPED))


def _saving(app_session: AppSession) -> None:
    _by_keys(*_NOTE)(app_session)
    app_session.lock()
    app_session.screen.send("\x13")
    app_session.see(lambda: "waiting: " in app_session.screen.text() or "takes longer" in app_session.screen.text())


def _in_conflict(app_session: AppSession) -> None:
    _by_keys(("e", "Edit #6"), (f"\x1b[F {TYPED}", TYPED))(app_session)
    changed = app_session.sandbox.judged("edit", "6", "--title", "Theirs")
    assert changed.code == 0, changed
    app_session.store = app_session.sandbox.store.read_bytes()
    app_session.press("\x13", "was changed meanwhile")


def _offered(app_session: AppSession) -> None:
    """A draft of another time, which this app offered at its start."""
    _by_keys(*_NOTE)(app_session)
    app_session.screen.signal(signal.SIGHUP)
    app_session.screen.wait_exit()
    app_session.screen.__exit__()
    app_session.screen = terminal(app_session.sandbox, app_session.sandbox.program)
    app_session.see("An unfinished note on #6 was kept")


_NAMES = (("a", "A new commitment"), (TYPED, TYPED), ("\t\tUNO", "Enter take it"))
_ASK = ("\x1b", "Discard what you typed?")
_DISCARD = ("y", "!Discard what you typed?")

STATES: dict[str, AppState] = {
    "the list": AppState(_by_keys(), READY, False, ()),
    "a form": AppState(_by_keys(*_NOTE), TYPED, True, (_ASK, _DISCARD)),
    "a menu": AppState(_by_keys(("s", "State of #6")), "State of #6", False, (("\x1b", "!State of #6"),)),
    "the filter": AppState(_by_keys(("/by:unodc", "1 match: by unodc")), "by:unodc", False, (("\x1b", "!by:unodc"),)),
    "the help": AppState(_by_keys(("?", " Help ")), " Help ", False, (("q", "! Help "),)),
    "a save that waits": AppState(_saving, TYPED, True, None),
    "a conflict": AppState(_in_conflict, "was changed meanwhile", True, None),
    "a question": AppState(_by_keys(*_NOTE, _ASK), "Discard", True, (_DISCARD,)),
    "a draft offered": AppState(_offered, "An unfinished note", True, None),
    "names offered": AppState(_by_keys(*_NAMES), TYPED, True, (("\x1b", "!Enter take it"), _ASK, _DISCARD)),
    "a commitment": AppState(_by_keys(("\r", "PROMISE ")), "PROMISE ", False, (("q", "!PROMISE "),)),
    "the visits": AppState(_by_keys(("v", " Visits ")), " Visits ", False, (("q", "! Visits "),)),
    "the timeline": AppState(_by_keys(("t", " Calendar of ")), " Calendar of ", False, (("q", "! Calendar of "),)),
    "the progress": AppState(_by_keys(("P", " ON TIME")), " ON TIME", False, (("q", "! ON TIME"),)),
    "the palette": AppState(_by_keys((":e", "note what was said")), "note", False, (("\x1b", "! Commands "),)),
}
"""Name of a state of the app -> how to get into it and out of it."""


# Running many.

Scenario = Callable[[AppSession], None]


class Setting(NamedTuple):
    """In what the app is started; `wrap` makes another command of the words that start it."""

    size: tuple[int, int] = (80, 24)
    ignores_hang_up: bool = False
    env: Mapping[str, str] = {}
    wrap: Callable[[Sequence[str]], Sequence[str]] = list
    program: Program | None = None
    is_ready: bool = True


def terminal(sandbox: Sandbox, program: Program, setting: Setting | None = None) -> PtyScreen:
    """A terminal in which the app was started."""
    setting = setting or Setting()
    env = {**sandbox.env, "FOLLOWUP_LOCK_TIMEOUT": "60", **setting.env}
    wrapped = program.wrapped(setting.wrap)
    return wrapped.in_terminal(env=env, size=setting.size, ignores_hang_up=setting.ignores_hang_up)


@cache
def demo() -> bytes:
    """The file of the demo store on the day of the tests."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o700)
        path = f"{folder}/demo.json"
        make_demo(open_store(path))
        return Path(path).read_bytes()


@contextlib.contextmanager
def app_session(testbed: Testbed, setting: Setting | None = None, store: bytes | None = None) -> Iterator[AppSession]:
    """A person before the app on the demo store. Whatever goes wrong, the app is gone afterwards."""
    setting = setting or Setting()
    with testbed.sandbox() as sandbox:
        sandbox.put(store or demo())
        session = AppSession(sandbox, terminal(sandbox, setting.program or testbed.program, setting))
        session.is_thorough = not testbed.is_short
        try:
            if setting.is_ready:
                session.see(READY)
            yield session
        finally:
            session.screen.__exit__()
            session.unlock()


def run_scenarios(
    testbed: Testbed,
    proof: Proof,
    scenarios: Mapping[str, tuple[Scenario, Setting]],
    store: bytes | None = None,
    within: float = 1.0,
) -> Proof:
    """Try all scenarios, a few at a time; `proof` collects the findings by scenario and the measurements.

    In the long form the usual one has to be gone `within` so many seconds; one can be slow because the machine is.
    """
    demo()
    measured: dict[str, list[float]] = {}
    with ThreadPoolExecutor(processors() + 1) as pool:
        running = {pool.submit(_one, testbed, *scenario, store): name for name, scenario in scenarios.items()}
        for done, future in enumerate(as_completed(running), 1):
            wrong, seconds = future.result()
            testbed.progress("terminals", done, len(scenarios))
            proof.count("terminals")
            proof.wrong += [f"{running[future]}: {finding}" for finding in wrong]
            for what, each in seconds.items():
                measured.setdefault(what, []).append(each)
            if testbed.is_caught(proof):
                pool.shutdown(cancel_futures=True)
                return proof
    for what, all_seconds in measured.items():
        proof.note(f"{what} {max(all_seconds):.2f} s at most")
    if GONE in measured:
        usual = median(measured[GONE])
        testbed.check_time(proof, usual <= within, f"half of them are gone after {usual:.1f} s only")
    return proof


def _one(
    testbed: Testbed, scenario: Scenario, setting: Setting, store: bytes | None
) -> tuple[list[str], dict[str, float]]:
    """Try one. Returns what was wrong, or what it waited for in vain, and what was measured."""
    try:
        with app_session(testbed, setting, store) as session:
            scenario(session)
        return session.wrong, session.seconds
    except Exception as error:
        return [f"{type(error).__name__}: {error}"[:700]], {}
