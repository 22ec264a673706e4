"""Benchmarks of the full-screen app in a terminal of 80x24."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import goals
from benchmarks.bench_commands import FOLLOWUP, Workshop, timed
from benchmarks.compare_with_goals import Compared, Measurement, at_most, no_bytes
from benchmarks.goals import HUGE, LARGE, MOST_ROUNDS, SMALL
from benchmarks.measured_terminal import COLUMNS, ROWS, MeasuredTerminal, ScreenResponse
from benchmarks.timing import Sample, Series, Subject, between, rounds, run

MOVE = "a move in the app"
"""The name of its curve."""

WIDE = (120, 40)
"""Columns and rows of a wide terminal."""

_IMPORT = [sys.executable, "-c", "import textual.app"]
_FLOORS = Path(__file__).with_name("floors")
_HELLO = [sys.executable, str(_FLOORS / "hello.py")]
_LOCALE = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}

_DOWN, _PAGE_DOWN, _ENTER, _TAB, _ESCAPE, _OPEN = "\x1b[B", "\x1b[6~", "\r", "\t", "\x1b", "1"
_IS_THERE = ("OVERDUE", "quit")
"""What is on the screen when the app is: the list, the line of keys."""

_FIRST_ROW = 2
"""The line of the screen on which the list begins."""

_INSIDE = 12
"""Moves down from the first commitment that do not reach the end of the page."""

_MOVES = 60
_IDLE_SECONDS = 12.0

_MOTIONS = 60
"""Motions of the pointer."""

_SLOW_LINE = 3840
"""Bytes a second: 38,400 bit/s with a start and a stop bit."""

_PRESSES, _EACH = 30, 1 / 30
"""A key that is held down for a second."""


class Stage:
    """The programs to be measured on one store, each started by a call."""

    def __init__(self, workshop: Workshop, size: tuple[int, int], own: str = "") -> None:
        """`own` names a copy of the store that is to be changed."""
        self._store = workshop.own_store(size, own) if own else workshop.store(size)
        self._environment = {**workshop.environment(self._store), **_LOCALE}

    def imports(self) -> Sample:
        """The floor T, once."""
        return run(_IMPORT, self._environment)

    def hello(self) -> MeasuredTerminal:
        """The least app of Textual; it says READY."""
        return MeasuredTerminal(_HELLO, self._environment)

    def curses(self) -> MeasuredTerminal:
        """The list by curses."""
        return MeasuredTerminal([sys.executable, str(_FLOORS / "curses_list.py"), str(self._store)], self._environment)

    def app(self, size: tuple[int, int] = (COLUMNS, ROWS)) -> MeasuredTerminal:
        """The app in a terminal of so many columns and rows."""
        return MeasuredTerminal([FOLLOWUP], self._environment, size)

    def change(self, *words: str) -> Sample:
        """A command that changes the store."""
        return run([FOLLOWUP, *words], self._environment)

    def opened(self, size: tuple[int, int] = (COLUMNS, ROWS)) -> MeasuredTerminal:
        """The app when all of it is on the screen, with the list of all that is open."""
        terminal = self.app(size)
        try:
            terminal.started(*_IS_THERE)
            terminal.key(_OPEN)
        except BaseException:
            terminal.close()
            raise
        return terminal


class Starts:
    """A subject: a program is started, until its first full frame is there; `counts` are the bytes of each."""

    def __init__(self, program: Callable[[], MeasuredTerminal], *texts: str, is_weighed: bool = False) -> None:
        """All `texts` are on the screen then; `is_weighed` says whether the memory is asked for too."""
        self._program = program
        self._texts = texts
        self._is_weighed = is_weighed
        self.counts: list[int] = []

    def __call__(self) -> Sample:
        with self._program() as terminal:
            answer = terminal.started(*self._texts)
            self.counts.append(answer.count)
            return Sample(answer.seconds, terminal.mebibytes() if self._is_weighed else 0)


def figures(values: Sequence[float], unit: str, ratio: float | None = None) -> str:
    """The median, its ratio to something, and how the values themselves spread."""
    digits = 0 if unit == "bytes" else 2
    (low, high), (first, last) = between(values, 10), between(values, 4)
    shown = f"{ratio:7.2f}" if ratio is not None else " " * 7
    spread = f"{low:6.{digits}f}-{high:<6.{digits}f} {first:6.{digits}f}-{last:<6.{digits}f}"
    return f"{median(values):8.{digits}f} {shown}  {spread}"


def _start(workshop: Workshop, size: tuple[int, int], most: float) -> Iterator[Measurement]:
    stage = Stage(workshop, size)
    names = ("Textual hello, first frame", "curses list, first frame", "app, first frame")
    subjects = [
        Starts(stage.hello, "READY"),
        Starts(stage.curses, "q Quit"),
        Starts(stage.app, *_IS_THERE),
    ]
    floor, *found = rounds([stage.imports, *subjects], workshop.count)
    yield timed("T: import textual.app", floor)
    for name, series in zip(names, found, strict=True):
        yield timed(name, series, most if name.startswith("app") else None, "T")
    hello, curses, app = (median(subject.counts) for subject in subjects)
    shown = f"{app:8.0f} {app / curses:7.2f}  (hello {hello:.0f}, curses {curses:.0f})"
    yield Measurement("app, bytes of its start", shown, at_most(app, goals.APP_START_BYTES, "B"))


def start_small(workshop: Workshop) -> Iterator[Measurement]:
    """From the start of the program to its first full frame."""
    return _start(workshop, SMALL, goals.APP_START_SMALL)


def start_large(workshop: Workshop) -> Iterator[Measurement]:
    """The same at twenty times the size."""
    return _start(workshop, LARGE, goals.APP_START_LARGE)


def _moves(terminal: MeasuredTerminal, first_row: int) -> dict[str, list[ScreenResponse]]:
    """Measure moves down, inside the page and past its edge, then page by page."""
    found: dict[str, list[ScreenResponse]] = {"down": [], "down past the edge": [], "page down": []}
    for _ in range(_MOVES):
        before = terminal.lines()[first_row][1:]
        answer = terminal.key(_DOWN)
        has_scrolled = terminal.lines()[first_row][1:] != before
        found["down past the edge" if has_scrolled else "down"].append(answer)
    found["page down"] += [terminal.key(_PAGE_DOWN) for _ in range(6)]
    return found


def _others(terminal: MeasuredTerminal) -> dict[str, list[ScreenResponse]]:
    """Other keys of the everyday, each a few times."""
    found: dict[str, list[ScreenResponse]] = {"open the state menu": [], "Esc of the menu": []}
    for _ in range(3):
        found["open the state menu"].append(terminal.key("s"))
        found["Esc of the menu"].append(terminal.key(_ESCAPE))
    terminal.key("/")
    found["letter to the filter"] = [terminal.key(letter) for letter in "train"]
    found["Esc of the filter"] = [terminal.key(_ESCAPE)]
    found["open a commitment"], found["Esc of the page"] = [], []
    for _ in range(3):
        found["open a commitment"].append(terminal.key(_ENTER))
        found["Esc of the page"].append(terminal.key(_ESCAPE))
    found["open the form of a date"], found["next field of a form"] = [], []
    for _ in range(3):
        found["open the form of a date"].append(terminal.key("d"))
        found["next field of a form"] += [terminal.key(_TAB) for _ in range(3)]
        terminal.key(_ESCAPE)
    return found


def keys(workshop: Workshop) -> Iterator[Measurement]:
    """A key at 500: the bytes, the ms until the last of them; the ratio is to the curses list, the spread its own."""
    stage = Stage(workshop, SMALL)
    app: dict[str, list[ScreenResponse]] = {}
    curses: dict[str, list[ScreenResponse]] = {}
    for _ in range(min(workshop.count, MOST_ROUNDS["app-keys"])):
        with stage.curses() as terminal:
            terminal.started("q Quit")
            _gather(curses, _moves(terminal, 0))
        with stage.opened() as terminal:
            _gather(app, {**_moves(terminal, _FIRST_ROW), **_others(terminal)})
        with stage.opened(WIDE) as terminal:
            _gather(app, {"down at 120x40": [terminal.key(_DOWN) for _ in range(_INSIDE)]})
    for name, answers in app.items():
        yield from _key_rows(name, answers, curses.get(name, []))


def change_by_another(workshop: Workshop) -> Iterator[Measurement]:
    """Another person's change arrives; then the pointer moves over the list, whose reports the app does not ask for."""
    stage = Stage(workshop, SMALL, own="news")
    answers = []
    with stage.opened() as terminal:
        for _ in range(6):
            for state in ("in-progress", "agreed"):
                words = ("mark", str(SMALL[0] // 2), state, "--take-back")
                answers.append(terminal.after(partial(stage.change, *words), 4.0))
        count = terminal.point(_MOTIONS)
    yield from _key_rows("another's change", answers, [])
    yield Measurement(f"{_MOTIONS} motions of the pointer", f"{count:8} bytes", no_bytes(count))


def slow_line(workshop: Workshop) -> Iterator[Measurement]:
    """Down, held for a second at the edge of the page, on a line of 38,400 bit/s: until all is drawn."""
    found: dict[str, list[ScreenResponse]] = {"curses list": [], "app": []}
    stage = Stage(workshop, SMALL)
    for _ in range(min(workshop.count, MOST_ROUNDS["app-slow-line"])):
        for name, program in (("curses list", stage.curses), ("app", stage.app)):
            with program() as terminal:
                terminal.started(*(_IS_THERE if name == "app" else ("q Quit",)))
                for _ in range(ROWS):
                    terminal.key(_DOWN)
                found[name].append(terminal.on_a_slow_line(_DOWN, _PRESSES, _EACH, _SLOW_LINE))
    for name, answers in found.items():
        settled = median(answer.seconds for answer in answers)
        shown = f"{settled * 1000:8.0f} ms, {median(_counts(answers)):.0f} bytes"
        compared = at_most(settled, goals.SLOW_LINE, "s") if name == "app" else None
        yield Measurement(f"{name}, settled after the last", shown, compared)


def _gather(into: dict[str, list[ScreenResponse]], more: dict[str, list[ScreenResponse]]) -> None:
    for name, answers in more.items():
        into.setdefault(name, []).extend(answers)


def _key_rows(name: str, answers: Sequence[ScreenResponse], beside: Sequence[ScreenResponse]) -> Iterator[Measurement]:
    """Rows about a key; `beside` is what the floor makes of the same one."""
    goal = goals.KEYS[name]
    counts, seconds = _counts(answers), _milliseconds(answers)
    if not answers:
        # An arrow that scrolls the list each time never moves inside of the page.
        yield Measurement(f"{name}, bytes", "    there was none", Compared("some", is_met=False))
        return
    ratio = median(counts) / median(_counts(beside)) if beside else None
    shown = figures(counts, "bytes", ratio)
    if goal.ratio and ratio is not None:
        yield Measurement(f"{name}, bytes", shown, at_most(ratio, goal.ratio, "C"))
    elif goal.most:
        yield Measurement(f"{name}, bytes", shown, at_most(median(counts), goal.most, "B"))
    else:
        yield Measurement(f"{name}, bytes", shown)
    time_ratio = median(seconds) / median(_milliseconds(beside)) if beside else None
    yield _timed_row(f"{name}, ms", seconds, goal.last, time_ratio)
    if goal.first:
        yield _timed_row(f"{name}, ms to the first", [answer.first * 1000 for answer in answers], goal.first, None)


def _timed_row(name: str, values: Sequence[float], most: float, ratio: float | None) -> Measurement:
    if not most:
        return Measurement(name, figures(values, "ms", ratio))
    compared = at_most(median(values), most, "ms", is_binding=False)
    return Measurement(name, figures(values, "ms", ratio), compared)


def _counts(answers: Sequence[ScreenResponse]) -> list[float]:
    return [float(answer.count) for answer in answers]


def _milliseconds(answers: Sequence[ScreenResponse]) -> list[float]:
    return [answer.seconds * 1000 for answer in answers]


def idle(workshop: Workshop) -> Iterator[Measurement]:
    """What the app does while nobody does anything, for twelve seconds."""
    with Stage(workshop, SMALL).opened() as terminal:
        count, cpu, wakes = terminal.idle(_IDLE_SECONDS)
    yield Measurement("bytes", f"{count:8}", no_bytes(count))
    milliseconds = cpu * 1000
    compared = at_most(milliseconds, goals.APP_IDLE, "ms", is_binding=False)
    yield Measurement("ms of CPU a second", f"{milliseconds:8.2f}", compared)
    yield Measurement("wake-ups a second", f"{wakes:8.2f}")


def memory(workshop: Workshop) -> Iterator[Measurement]:
    """The memory (RSS) when the first full frame is there: MiB, and the ratio to the least app of Textual."""
    small, large = Stage(workshop, SMALL), Stage(workshop, LARGE)
    subjects: list[Subject] = [Starts(small.hello, "READY", is_weighed=True)]
    subjects += [Starts(stage.app, *_IS_THERE, is_weighed=True) for stage in (small, large)]
    hello, at_small, at_large = rounds(subjects, min(workshop.count, MOST_ROUNDS["app-memory"]))
    floor = hello.mebibytes
    yield Measurement("Textual hello", f"{floor:8.1f} {1:7.2f}")
    yield _memory_row(SMALL[0], at_small, floor, goals.APP_MEMORY_SMALL)
    yield _memory_row(LARGE[0], at_large, floor, goals.APP_MEMORY_LARGE)


def _memory_row(size: int, series: Series, floor: float, most: float) -> Measurement:
    ratio = series.mebibytes / floor
    figures = f"{series.mebibytes:8.1f} {ratio:7.2f}"
    return Measurement(f"app at {size:,}", figures, at_most(ratio, most, "hello"))


def growth(workshop: Workshop) -> Iterator[Measurement]:
    """A move inside the page at 500 and at 100,000, in turns; the ratio is to the one at 500."""
    sizes = (SMALL, HUGE)
    found: list[list[ScreenResponse]] = [[], []]
    floors = []
    with Stage(workshop, SMALL).opened() as small, Stage(workshop, HUGE).opened() as huge:
        for _ in range(min(workshop.count, MOST_ROUNDS["app-growth"])):
            for terminal in (small, huge):
                terminal.key("g")
            for _ in range(_INSIDE):
                floors.append(workshop.floor().seconds)
                for terminal, answers in zip((small, huge), found, strict=True):
                    answers.append(terminal.key(_DOWN))
        memory = huge.mebibytes()
    for unit, read, most in (("bytes", _counts, goals.APP_GROWTH_BYTES), ("ms", _milliseconds, goals.APP_GROWTH)):
        floor = median(read(found[0]))
        for size, answers in zip(sizes, found, strict=True):
            values = read(answers)
            ratio = median(values) / floor
            compared = None if size is SMALL else at_most(ratio, most, "x")
            yield Measurement(f"down at {size[0]:,}, {unit}", figures(values, unit, ratio), compared)
    bare = median(floors)
    curve = [
        (size[0], median(answer.seconds for answer in answers) / bare)
        for size, answers in zip(sizes, found, strict=True)
    ]
    workshop.curves[MOVE] = curve
    yield Measurement("down, ratios to F", " " * 9 + ", ".join(f"{ratio:.2f} at {size:,}" for size, ratio in curve))
    yield Measurement(f"MiB at {HUGE[0]:,}", f"{memory:8.1f}")


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {
    f"app-{SMALL[0]}": start_small,
    f"app-{LARGE[0]}": start_large,
    "app-keys": keys,
    "app-news": change_by_another,
    "app-slow-line": slow_line,
    "app-idle": idle,
    "app-memory": memory,
    "app-growth": growth,
}
"""Name -> benchmark of the app, in the order in which they are run."""
