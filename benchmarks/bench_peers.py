"""The same work in other programs, as far as they are installed; without goals."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median

from benchmarks import peer_stores
from benchmarks.bench_app import Stage, Starts, figures
from benchmarks.bench_commands import Workshop, timed
from benchmarks.compare_with_goals import Measurement
from benchmarks.goals import MOST_ROUNDS, SMALL
from benchmarks.measured_terminal import MeasuredTerminal, ScreenResponse
from benchmarks.peer_stores import Fill, Item, PeerHome
from benchmarks.timing import CommandFailed, Subject, rounds, run

ROOT = Path(__file__).parent.parent
"""The folder of the project; `.peers/NAME` in it is the environment of a peer."""

NOT_INSTALLED = "not installed: see benchmarks/README.md"

_SETTLE = 1.0
"""Seconds that a program has after its first frame, before the first key."""

_MOVES = 10
_DOWN = "\x1b[B"
_TEXT = "the letter is on its way"


class PeerScreen:
    """The full screen of a peer: what is on it when it is there, the keys to its list, the key that goes down."""

    __slots__ = ("down", "texts", "to_list")

    def __init__(self, *texts: str, to_list: Sequence[str] = (), down: str = _DOWN) -> None:
        self.texts = texts
        self.to_list = to_list
        self.down = down


class Peer:
    """A program: its name, that of its file, how it gets the data, and what is measured of it.

    `readings` are command lines; the lines of `change` take turns, so that each of them changes something.
    """

    __slots__ = ("change", "fill", "name", "program", "readings", "screen")

    def __init__(
        self,
        name: str,
        program: str,
        fill: Fill,
        readings: Sequence[str] = (),
        change: Sequence[str] = (),
        screen: PeerScreen | None = None,
    ) -> None:
        self.name = name
        self.program = program
        self.fill = fill
        self.readings = readings
        self.change = change
        self.screen = screen

    def path(self) -> str | None:
        """Where it is installed: in its own environment, or in PATH."""
        return shutil.which(self.program, path=f"{ROOT}/.peers/{self.name}/bin") or shutil.which(self.program)


PEERS = (
    Peer("taskwarrior", "task", peer_stores.taskwarrior, ("+OVERDUE count", "list"), (f"250 annotate {_TEXT}",)),
    Peer("vit", "vit", peer_stores.vit, screen=PeerScreen("tasks shown", "Urg")),
    Peer("topydo", "topydo", peer_stores.topydo, ("ls due:<today", "ls"), (f"append 250 {_TEXT}",)),
    Peer(
        "todoman",
        "todo",
        peer_stores.todoman,
        ("list --due 1", "list"),
        ("edit 250 --priority high", "edit 250 --priority low"),
    ),
    Peer(
        "kanban-tui",
        "ktui",
        peer_stores.kanban_tui,
        ("task list --json",),
        ("task update 250 --description one", "task update 250 --description two"),
        PeerScreen("Active Board", "Ready", "Doing", "Done", "📆"),
    ),
    Peer("dooit", "dooit", peer_stores.dooit, screen=PeerScreen("work", "Dooit", to_list=("j", "\t"), down="j")),
)
"""All that are looked for, in the order in which they are shown."""


def prepared(workshop: Workshop, peer: Peer, items: Sequence[Item]) -> PeerHome | Measurement:
    """A home with the data in it, or a row that says why there is none."""
    path = peer.path()
    if not path:
        return Measurement(peer.name, NOT_INSTALLED)
    home = workshop.folder / f"peer-{peer.name}"
    home.mkdir()
    environment = {**workshop.environment(Path(os.devnull)), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    # vit calls Taskwarrior by its name.
    environment["PATH"] = f"{ROOT}/.peers/taskwarrior/bin{os.pathsep}{environment.get('PATH', os.defpath)}"
    place = PeerHome(path, home, environment)
    try:
        peer.fill(place, items)
    except (CommandFailed, OSError, LookupError, peer_stores.DatabaseError) as failure:
        return Measurement(peer.name, f"left out, it could not be filled: {failure}")
    return place


def _lines(place: PeerHome, lines: Sequence[str]) -> Subject:
    """Command lines of a peer that take turns."""
    commands = cycle([place.command(line.split()) for line in lines])
    return lambda: run(next(commands), place.environment)


def peers(workshop: Workshop) -> Iterator[Measurement]:
    """Other programs with the same commitments, as far as they are installed, and ours; no goals."""
    items = peer_stores.items(workshop.store(SMALL))
    places: list[tuple[Peer, PeerHome]] = []
    for peer in PEERS:
        place = prepared(workshop, peer, items)
        if isinstance(place, Measurement):
            yield place
        else:
            places.append((peer, place))
    yield from _command_lines(workshop, places)
    yield from _screens(workshop, [(peer, place) for peer, place in places if peer.screen])


def _command_lines(workshop: Workshop, places: Sequence[tuple[Peer, PeerHome]]) -> Iterator[Measurement]:
    store, number = workshop.store(SMALL), SMALL[0] // 2
    subjects: dict[str, Subject] = {
        f"followup {words}": workshop.reading(store, words) for words in ("status --short", "list", "list --tsv")
    }
    note = workshop.change(workshop.own_store(SMALL, "peers"), [f"note {number} {_TEXT}"])
    subjects[f"followup note {number} ..."] = note
    for peer, place in places:
        for reading in peer.readings:
            subjects[f"{peer.program} {reading}"] = _lines(place, [reading])
        if peer.change:
            shown = " ".join(peer.change[0].split()[:3]).removesuffix(" the").removesuffix(" --description")
            subjects[f"{peer.program} {shown} ..."] = _lines(place, peer.change)
    floor, *found = workshop.measured(list(subjects.values()))
    yield timed("F: python -I -c pass", floor)
    for name, series in zip(subjects, found, strict=True):
        yield timed(name, series)


def _screens(workshop: Workshop, places: Sequence[tuple[Peer, PeerHome]]) -> Iterator[Measurement]:
    """Measure the first frame, as a ratio to T; the bytes of the start and of a move, to those of the curses list."""
    stage = Stage(workshop, SMALL)
    screens: dict[str, tuple[Callable[[], MeasuredTerminal], PeerScreen]] = {
        "curses list": (stage.curses, PeerScreen("q Quit")),
        "followup": (stage.app, PeerScreen("overdue", "OVERDUE", "quit")),
    }
    for peer, place in places:
        if peer.screen:
            screens[peer.name] = (_opener(place), peer.screen)
    starts = [Starts(program, *screen.texts) for program, screen in screens.values()]
    floor, *found = rounds([stage.imports, *starts], min(workshop.count, MOST_ROUNDS["peers-starts"]))
    yield timed("T: import textual.app", floor)
    for name, series in zip(screens, found, strict=True):
        yield timed(f"{name}, first frame", series)
    counts = [[float(count) for count in start.counts] for start in starts]
    for name, values in zip(screens, counts, strict=True):
        yield Measurement(f"{name}, start, bytes", figures(values, "bytes", median(values) / median(counts[0])))
    moves: dict[str, list[ScreenResponse]] = {name: [] for name in screens}
    for _ in range(min(workshop.count, MOST_ROUNDS["peers-moves"])):
        for name, (program, screen) in screens.items():
            moves[name] += _moves(program, screen)
    least = median(answer.count for answer in moves["curses list"])
    for name, answers in moves.items():
        values = [float(answer.count) for answer in answers]
        yield Measurement(f"{name}, down, bytes", figures(values, "bytes", median(values) / least))
    quickest = median(answer.seconds for answer in moves["curses list"])
    for name, answers in moves.items():
        times = [answer.seconds * 1000 for answer in answers]
        yield Measurement(f"{name}, down, ms", figures(times, "ms", median(times) / quickest / 1000))


def _opener(place: PeerHome) -> Callable[[], MeasuredTerminal]:
    return lambda: MeasuredTerminal(place.command(()), place.environment)


def _moves(program: Callable[[], MeasuredTerminal], screen: PeerScreen) -> list[ScreenResponse]:
    """Moves down from the first of the list."""
    with program() as terminal:
        terminal.started(*screen.texts)
        terminal.idle(_SETTLE)
        for key in screen.to_list:
            terminal.key(key)
        return [terminal.key(screen.down) for _ in range(_MOVES)]


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {"peers": peers}
"""Name -> benchmark."""
