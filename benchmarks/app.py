"""What is measured of the full-screen app, in a terminal of 80x24, and how quick it has to be."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from benchmarks.commands import FOLLOWUP, LARGE, SMALL, Row, Workshop, timed
from benchmarks.terminal import Answer, Terminal
from benchmarks.timing import Sample, Series, Subject, between, rounds, run

HUGE = (100_000, 5)
"""The size at which a key has to cost what it costs in a small store: commitments, events of each."""

MOST_BYTES = 420
MOST_MILLISECONDS = 3.0
"""What one move inside the page may cost."""

MOST_IDLE = 2.0
"""Milliseconds of CPU a second while nothing happens."""

MOST_MEMORY = 1.3
"""The memory at the start, in ratio to that of the least app of Textual."""

MOST_GROWTH = 1.3
MOST_MORE_BYTES = 1.05
"""What a move in the huge store may be of one in the small: time; bytes, where no two rows have the same text."""

_IMPORT = [sys.executable, "-c", "import textual.app"]
_FLOORS = Path(__file__).with_name("floors")
_HELLO = [sys.executable, str(_FLOORS / "hello.py")]
_LOCALE = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}

_DOWN, _PAGE_DOWN, _ENTER, _ESCAPE = "\x1b[B", "\x1b[6~", "\r", "\x1b"
_IS_THERE = ("overdue", "OVERDUE", "quit")
"""What is on the screen when the app is: the counts, the list, the line of keys."""

_FIRST_ROW = 2
"""The line of the screen on which the list begins."""

_INSIDE = 12
"""Moves down from the first commitment that do not reach the end of the page."""

_MOVES = 60
_PROCESSES = 5
_IDLE_SECONDS = 12.0


class _Stage:
    """The programs to be measured on one store, each started by a call."""

    def __init__(self, workshop: Workshop, size: tuple[int, int]) -> None:
        self._store = workshop.store(size)
        self._environment = {**workshop.environment(self._store), **_LOCALE}

    def imports(self) -> Sample:
        """The floor T, once."""
        return run(_IMPORT, self._environment)

    def hello(self) -> Terminal:
        """The least app of Textual; it says READY."""
        return Terminal(_HELLO, self._environment)

    def curses(self) -> Terminal:
        """The list by curses."""
        return Terminal([sys.executable, str(_FLOORS / "curses_list.py"), str(self._store)], self._environment)

    def app(self) -> Terminal:
        """The app."""
        return Terminal([FOLLOWUP], self._environment)

    def opened(self) -> Terminal:
        """The app when all of it is on the screen."""
        terminal = self.app()
        try:
            terminal.started(*_IS_THERE)
        except BaseException:
            terminal.close()
            raise
        return terminal


class _Starts:
    """A subject: a program is started, until its first full frame is there; `counts` are the bytes of each."""

    def __init__(self, program: Callable[[], Terminal], *texts: str, is_weighed: bool = False) -> None:
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


def _figures(values: Sequence[float], unit: str, ratio: float | None = None) -> str:
    """The median, its ratio to something, and how the values themselves spread."""
    digits = 0 if unit == "bytes" else 2
    (low, high), (first, last) = between(values, 10), between(values, 4)
    shown = f"{ratio:7.2f}" if ratio is not None else " " * 7
    spread = f"{low:6.{digits}f}-{high:<6.{digits}f} {first:6.{digits}f}-{last:<6.{digits}f}"
    return f"{median(values):8.{digits}f} {shown}  {spread}"


def _start(workshop: Workshop, size: tuple[int, int], most: float) -> Iterator[Row]:
    stage = _Stage(workshop, size)
    names = ("Textual hello, first frame", "curses list, first frame", "app, first frame")
    subjects = [
        _Starts(stage.hello, "READY"),
        _Starts(stage.curses, "q Quit"),
        _Starts(stage.app, *_IS_THERE),
    ]
    floor, *found = rounds([stage.imports, *subjects], workshop.count)
    yield timed("T: import textual.app", floor)
    for name, series in zip(names, found, strict=True):
        yield timed(name, series, most if name.startswith("app") else None, "T")
    hello, curses, app = (median(subject.counts) for subject in subjects)
    yield Row("app, bytes of its start", f"{app:8.0f}  (hello {hello:.0f}, curses {curses:.0f})")


def start_small(workshop: Workshop) -> Iterator[Row]:
    """From the start of the program to its first full frame."""
    return _start(workshop, SMALL, 1.45)


def start_large(workshop: Workshop) -> Iterator[Row]:
    """The same at twenty times the size."""
    return _start(workshop, LARGE, 2.2)


def _moves(terminal: Terminal, first_row: int) -> dict[str, list[Answer]]:
    """Go down, and part the moves inside the page from those that scroll it; then page by page."""
    found: dict[str, list[Answer]] = {"down": [], "down past the edge": [], "page down": []}
    for _ in range(_MOVES):
        before = terminal.lines()[first_row][1:]
        answer = terminal.key(_DOWN)
        has_scrolled = terminal.lines()[first_row][1:] != before
        found["down past the edge" if has_scrolled else "down"].append(answer)
    found["page down"] += [terminal.key(_PAGE_DOWN) for _ in range(6)]
    return found


def _others(terminal: Terminal) -> dict[str, list[Answer]]:
    """Other keys of the everyday, each a few times."""
    found: dict[str, list[Answer]] = {"open the state menu": [], "Esc of the menu": []}
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
    return found


def keys(workshop: Workshop) -> Iterator[Row]:
    """A key at 500: the bytes, the ms until the last of them; the ratio is to the curses list, the spread its own."""
    stage = _Stage(workshop, SMALL)
    app: dict[str, list[Answer]] = {}
    curses: dict[str, list[Answer]] = {}
    for _ in range(min(workshop.count, _PROCESSES)):
        with stage.curses() as terminal:
            terminal.started("q Quit")
            _gather(curses, _moves(terminal, 0))
        with stage.opened() as terminal:
            _gather(app, {**_moves(terminal, _FIRST_ROW), **_others(terminal)})
    for name, answers in app.items():
        yield from _key_rows(name, answers, curses.get(name, []))


def _gather(into: dict[str, list[Answer]], more: dict[str, list[Answer]]) -> None:
    for name, answers in more.items():
        into.setdefault(name, []).extend(answers)


def _key_rows(name: str, answers: Sequence[Answer], beside: Sequence[Answer]) -> Iterator[Row]:
    """Two rows about a key; `beside` is what the floor makes of the same one."""
    is_move = name == "down"
    if not answers:
        # The move is the one with a goal: an arrow that scrolls the list each time does not meet it.
        yield Row(
            f"{name}, bytes", "    there was none", f"<= {MOST_BYTES} B" if is_move else "", False if is_move else None
        )
        return
    for unit, values, others, most in (
        ("bytes", _counts(answers), _counts(beside), float(MOST_BYTES)),
        ("ms", _milliseconds(answers), _milliseconds(beside), MOST_MILLISECONDS),
    ):
        figures = _figures(values, unit, median(values) / median(others) if others else None)
        if is_move:
            goal = f"<= {most:g} {'B' if unit == 'bytes' else unit}"
            yield Row(f"{name}, {unit}", figures, goal, median(values) <= most, is_binding=unit == "bytes")
        else:
            yield Row(f"{name}, {unit}", figures)


def _counts(answers: Sequence[Answer]) -> list[float]:
    return [float(answer.count) for answer in answers]


def _milliseconds(answers: Sequence[Answer]) -> list[float]:
    return [answer.seconds * 1000 for answer in answers]


def idle(workshop: Workshop) -> Iterator[Row]:
    """What the app does while nobody does anything, for twelve seconds."""
    with _Stage(workshop, SMALL).opened() as terminal:
        count, cpu, wakes = terminal.idle(_IDLE_SECONDS)
    yield Row("bytes", f"{count:8}", "0 B", count == 0)
    milliseconds = cpu * 1000
    goal = f"<= {MOST_IDLE:g} ms"
    yield Row("ms of CPU a second", f"{milliseconds:8.2f}", goal, milliseconds <= MOST_IDLE, is_binding=False)
    yield Row("wake-ups a second", f"{wakes:8.2f}")


def memory(workshop: Workshop) -> Iterator[Row]:
    """The memory (RSS) when the first full frame is there: MiB, and the ratio to the least app of Textual."""
    small, large = _Stage(workshop, SMALL), _Stage(workshop, LARGE)
    subjects: list[Subject] = [_Starts(small.hello, "READY", is_weighed=True)]
    subjects += [_Starts(stage.app, *_IS_THERE, is_weighed=True) for stage in (small, large)]
    hello, at_small, at_large = rounds(subjects, min(workshop.count, 5))
    floor = hello.mebibytes
    yield Row("Textual hello", f"{floor:8.1f} {1:7.2f}")
    yield _memory_row(SMALL[0], at_small, floor, MOST_MEMORY)
    yield _memory_row(LARGE[0], at_large, floor, None)


def _memory_row(size: int, series: Series, floor: float, most: float | None) -> Row:
    ratio = series.mebibytes / floor
    figures = f"{series.mebibytes:8.1f} {ratio:7.2f}"
    if most is None:
        return Row(f"app at {size:,}", figures)
    return Row(f"app at {size:,}", figures, f"<= {most:g} hello", ratio <= most)


def growth(workshop: Workshop) -> Iterator[Row]:
    """A move inside the page at 500 and at 100,000, in turns; the ratio is to the one at 500."""
    sizes = (SMALL, HUGE)
    found: list[list[Answer]] = [[], []]
    with _Stage(workshop, SMALL).opened() as small, _Stage(workshop, HUGE).opened() as huge:
        for _ in range(min(workshop.count, _PROCESSES)):
            for terminal in (small, huge):
                terminal.key("g")
            for _ in range(_INSIDE):
                for terminal, answers in zip((small, huge), found, strict=True):
                    answers.append(terminal.key(_DOWN))
        memory = huge.mebibytes()
    for unit, read, most in (("bytes", _counts, MOST_MORE_BYTES), ("ms", _milliseconds, MOST_GROWTH)):
        floor = median(read(found[0]))
        for size, answers in zip(sizes, found, strict=True):
            values = read(answers)
            ratio = median(values) / floor
            goal = {} if size is SMALL else {"goal": f"<= {most:g} x", "is_met": ratio <= most}
            yield Row(f"down at {size[0]:,}, {unit}", _figures(values, unit, ratio), **goal)  # type: ignore[arg-type]
    yield Row(f"MiB at {HUGE[0]:,}", f"{memory:8.1f}")


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Row]]] = {
    f"app-{SMALL[0]}": start_small,
    f"app-{LARGE[0]}": start_large,
    "app-keys": keys,
    "app-idle": idle,
    "app-memory": memory,
    "app-growth": growth,
}
"""Name -> benchmark of the app, in the order in which they are run."""
