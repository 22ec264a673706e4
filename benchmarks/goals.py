"""Every goal of the benchmarks, the sizes of the stores that they are of, and how many rounds are measured.

A goal is the most of something, but for those that are called LEAST. Ratios are to a floor, which the row names.
"""

# How often.

ROUNDS = 21
"""Measured runs of each command, where the command line says no other number."""

MOST_ROUNDS = {
    "memory": 5,
    "app-keys": 5,
    "app-slow-line": 5,
    "app-memory": 5,
    "app-growth": 5,
    "export": 5,
    "reports-large": 3,
    "peers-starts": 7,
    "peers-moves": 3,
    "server-far-away": 9,
    "server-growth": 9,
    "server-in-the-app": 9,
}
"""What takes long -> its most rounds."""

# Of which stores: commitments, events of each.

SMALL = (500, 20)
LARGE = (10_000, 5)
HUGE = (100_000, 5)
"""The size at which a key has to cost what it costs in a small store."""

# The command line, in bare starts of Python.

READ_SMALL = {"status --short": 1.8, "status": None, "list": 3.5, "list --json": 2.5, "list --tsv": 2.5}
READ_LARGE = {"status --short": 5.0, "list": None, "list --json": None, "list --tsv": None}
CHANGE_SMALL, CHANGE_LARGE = 3.0, 9.0
MEMORY_LARGE = 100.0
"""MiB that reading the large store may take."""

HISTORY_OF_FIVE_YEARS = 1.1
"""What the quick check over five years of history may take of that over one. Over twenty-five the checksum shows."""

# A durable change in one process.

CHANGE_BESIDE_TINYDB = 1.5
"""Times plain TinyDB's unsafe change of the same records."""

CHANGE_IN_APP = 2.5
"""Times the file's own bytes made durable, for a change in the app."""

# Papers, imports, capture.

REPORTS_SMALL = {
    "sheet": 6.0,
    "export --format csv": 6.0,
    "sheet --lang ru": None,
    "sheet --format html": None,
    "sheet --format docx": None,
    "report": None,
    "export --format json --internal": None,
    "export --format ics": None,
    "export --format xlsx": None,
}
"""What is made every day, in bare starts of Python."""

REPORTS_MEMORY = 300.0
"""MiB that a paper of the large store may take."""

REPORTS_GROWTH = 1.15
"""What a commitment more may cost at the large size, in what it costs at half of it: 1 is linear."""

IMPORT_OF_MANY = 60.0
"""Bare starts of Python that an import of the larger list may take."""

IMPORT_GROWTH = 12.0
"""Times the smaller list that the larger one may take; it has ten times the rows."""

CAPTURE_LONG, CAPTURE_SHORT = 40.0, 10.0
"""Bare starts of Python that 30 pages, and a note of one page, may take."""

LEAST_RECALL, LEAST_RECALL_OF_OWN = 0.97, 0.9
"""Of the promises in the marked texts, how many capture has to find: in the given ones, in our own."""

# The app.


class KeyGoal:
    """What a key may cost: `most` bytes, or their ratio to the curses list; ms to the last of them, to the first."""

    __slots__ = ("first", "last", "most", "ratio")

    def __init__(
        self,
        *,
        most: int = 0,
        ratio: float = 0,
        last: float = 0,
        first: float = 0,
    ) -> None:
        self.most = most
        self.ratio = ratio
        self.last = last
        self.first = first


KEYS = {
    "down": KeyGoal(most=240, last=3),
    "down past the edge": KeyGoal(most=340, last=6),
    "page down": KeyGoal(most=1800, last=8),
    "down at 120x40": KeyGoal(most=500, last=4),
    "open the state menu": KeyGoal(most=900),
    "letter to the filter": KeyGoal(most=1200),
    "open a commitment": KeyGoal(most=2500),
    "open the form of a date": KeyGoal(most=1600),
    "next field of a form": KeyGoal(most=200),
    "Esc of the menu": KeyGoal(first=30),
    "Esc of the filter": KeyGoal(first=30),
    "Esc of the page": KeyGoal(first=30),
    "another's change": KeyGoal(most=600),
}

APP_START_SMALL, APP_START_LARGE = 1.45, 2.0
"""Imports of `textual.app` until the first frame."""

APP_START_BYTES = 2650
"""Bytes until the first screen is settled."""

APP_IDLE = 1.5
"""Milliseconds of CPU a second while nothing happens."""

APP_MEMORY_SMALL, APP_MEMORY_LARGE = 1.25, 1.6
"""The memory at the start, in ratio to that of the least app of Textual."""

APP_GROWTH, APP_GROWTH_BYTES = 1.3, 1.05
"""What a move in the huge store may be of one in the small: time; bytes, where no two rows have the same text."""

SLOW_LINE = 1.0
"""Seconds after the last press until all is drawn on the slow line."""

BEHIND_OVER_SSH = 1.0
"""Seconds, besides the round trip with a page on the line; twice as long below 38,400 bit/s where a
multiplexer answers for the line, or nothing does."""

# A store on a server.

ON_SERVER: dict[tuple[tuple[int, int], str], dict[str, float]] = {
    (SMALL, "status --short"): {"socket": 2.0, "TCP": 2.5},
    (LARGE, "status --short"): {"socket": 1.3},
    (LARGE, "list"): {"socket": 1.3},
    (LARGE, "show 250"): {"socket": 0.8},
    (LARGE, "note 250 the letter is on its way"): {"socket": 0.8},
}
"""Size and command -> way -> what it may take of the file's time, the import of the driver taken off."""

ON_SERVER_WITH_DRIVER = 12.0
"""The same of `status --short` on the small store, the import of the driver included."""

ROUND_TRIPS_TO_CONNECT = 4
"""Round trips to connect over TCP with SCRAM: TCP's own, the start, and the two of SCRAM."""

ROUND_TRIPS = 2
"""Of a read and of a change, beside those of the connection."""

LEAST_CHANGES_AT_20_MS = {1: 20, 8: 35}
"""Writers -> changes a second, at 20 ms there and back."""

LEAST_CHANGES_BESIDE_FILE = {1: (1, 1, "file"), 8: (8, 3, "file"), 32: (8, 2, "file's 8")}
"""Writers on the server -> writers on the file, how many times their changes a second there must be, and its name."""
