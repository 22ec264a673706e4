"""The same commitments put into other programs, each in its own way and a home of its own.

What is finished is finished there too. The due dates lie around the day of the run, as ours lie around TODAY.
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path

from benchmarks.measured_terminal import MeasuredTerminal
from benchmarks.timing import CommandFailed, run
from tests.support.synthetic_stores import TODAY

DatabaseError = sqlite3.Error
"""What a database says whose tables are not those of the version that was known."""

_FINISHED = ("confirmed", "closed")
_ENTERED = "20260101T080000Z"


class Item:
    """One commitment as the others know it: a title, a day or none, finished or not."""

    __slots__ = ("due", "is_finished", "number", "title")

    def __init__(self, number: int, title: str, due: date | None, is_finished: bool) -> None:
        self.number = number
        self.title = title
        self.due = due
        self.is_finished = is_finished


class PeerHome:
    """One program and its home, an empty folder at first."""

    def __init__(self, program: str, home: Path, environment: dict[str, str]) -> None:
        """`program` is the path of the program."""
        self.home = home
        self.environment = {**environment, "HOME": str(home)}
        self._program = program

    def command(self, words: Sequence[str]) -> list[str]:
        """Its command line."""
        return [self._program, *words]

    def run(self, *words: str) -> None:
        """Run it once. Raises: CommandFailed."""
        run(self.command(words), self.environment)

    def write(self, path: str, text: str) -> None:
        """Write a file in its home."""
        full = self.home / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_text(text, encoding="utf-8")

    def insert(self, path: str, tables: dict[str, list[tuple[object, ...]]]) -> None:
        """Put rows into its SQLite database; the key of `tables` is a table and its columns."""
        with closing(sqlite3.connect(self.home / path)) as database, database:
            for into, rows in tables.items():
                marks = ", ".join("?" * len(rows[0]))
                database.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)


Fill = Callable[[PeerHome, Sequence[Item]], None]
"""Puts the items into a program."""


def items(store: Path) -> list[Item]:
    """The commitments of one of our stores."""
    later = date.today() - TODAY
    records = json.loads(store.read_bytes())["commitments"].values()
    return [
        Item(
            record["id"],
            record["title"],
            date.fromisoformat(record["due"]) + later if "due" in record else None,
            record["state"] in _FINISHED,
        )
        for record in records
    ]


def taskwarrior(place: PeerHome, found: Sequence[Item]) -> None:
    """By `task import`; no hints, and no questions."""
    place.write(".taskrc", "data.location=~/.task\nconfirmation=off\nverbose=nothing\nnews.version=9.0.0\n")
    (place.home / ".task").mkdir()
    place.write("items.json", json.dumps([_task(item) for item in found]))
    place.run("import", str(place.home / "items.json"))


def _task(item: Item) -> dict[str, str]:
    task = {"description": item.title, "entry": _ENTERED, "status": "completed" if item.is_finished else "pending"}
    if item.due:
        # Taskwarrior counts a day from its beginning in local time, which the benchmarks leave at UTC.
        task["due"] = f"{item.due:%Y%m%d}T000000Z"
    if item.is_finished:
        task["end"] = _ENTERED
    return task


def vit(place: PeerHome, found: Sequence[Item]) -> None:
    """It shows the tasks of Taskwarrior; what it calls is the first `task` in PATH."""
    place.write(".vit/config.ini", "[vit]\n")
    program = shutil.which("task", path=place.environment["PATH"])
    if not program:
        raise CommandFailed("vit needs Taskwarrior")
    taskwarrior(PeerHome(program, place.home, place.environment), found)


def topydo(place: PeerHome, found: Sequence[Item]) -> None:
    """Its todo.txt and done.txt, where `topydo do` puts what is finished."""
    for name, is_finished in (("todo.txt", False), ("done.txt", True)):
        lines = [_todo_txt(item) for item in found if item.is_finished == is_finished]
        place.write(name, "".join(f"{line}\n" for line in lines))
    paths = f"filename = {place.home}/todo.txt\narchive_filename = {place.home}/done.txt\n"
    place.write(".config/topydo/config", f"[topydo]\n{paths}")


def _todo_txt(item: Item) -> str:
    mark = "x 2026-01-02 " if item.is_finished else ""
    due = f" due:{item.due}" if item.due else ""
    return f"{mark}2026-01-01 {item.title}{due}"


def todoman(place: PeerHome, found: Sequence[Item]) -> None:
    """One iCalendar file for each, as a calendar server's copy has them."""
    place.write(".config/todoman/config.py", 'path = "~/calendars/*"\ndate_format = "%Y-%m-%d"\n')
    for item in found:
        place.write(f"calendars/office/{item.number}.ics", "\r\n".join(_calendar(item)) + "\r\n")


def _calendar(item: Item) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//followup//benchmarks//EN", "BEGIN:VTODO")
    yield from (f"UID:{item.number}@followup", f"CREATED:{_ENTERED}", f"DTSTAMP:{_ENTERED}", f"SUMMARY:{item.title}")
    if item.due:
        yield f"DUE;VALUE=DATE:{item.due:%Y%m%d}"
    if item.is_finished:
        yield from ("STATUS:COMPLETED", "PERCENT-COMPLETE:100", f"COMPLETED:{_ENTERED}")
    else:
        yield "STATUS:NEEDS-ACTION"
    yield from ("END:VTODO", "END:VCALENDAR")


def kanban_tui(place: PeerHome, found: Sequence[Item]) -> None:
    """A board, made by the program, and rows put into its database: by commands they would take ten minutes."""
    place.run("board", "create", "work")
    place.run("task", "create", "first")
    path = ".local/share/kanban_tui/kanban_tui.db"
    with closing(sqlite3.connect(place.home / path)) as database, database:
        places = dict(database.execute("SELECT name, column_id FROM columns"))
        database.execute("DELETE FROM tasks")
    at = "2026-01-01 08:00:00"
    rows: list[tuple[object, ...]] = [
        (
            item.number,
            item.title,
            places["Done" if item.is_finished else "Ready"],
            at,
            at if item.is_finished else None,
            "",
            _midnight(item),
        )
        for item in found
    ]
    place.insert(path, {'tasks (task_id, title, "column", creation_date, finish_date, description, due_date)': rows})


def dooit(place: PeerHome, found: Sequence[Item]) -> None:
    """One workspace in its database, which the program makes when it starts."""
    with MeasuredTerminal(place.command(()), place.environment) as terminal:
        terminal.started("Workspaces")
    workspaces: list[tuple[object, ...]] = [(1, 0, "", True, None), (2, 0, "work", False, 1)]
    rows: list[tuple[object, ...]] = [
        (item.number, place_of, item.title, _midnight(item), 0, 1, not item.is_finished, 2)
        for place_of, item in enumerate(found)
    ]
    place.insert(
        ".local/share/dooit/dooit.db",
        {
            "workspace (id, order_index, description, is_root, parent_workspace_id)": workspaces,
            "todo (id, order_index, description, due, effort, urgency, pending, parent_workspace_id)": rows,
        },
    )


def _midnight(item: Item) -> str | None:
    """As SQLAlchemy and sqlite3 write an instant."""
    return datetime.combine(item.due, time()).isoformat(" ") if item.due else None
