"""The closed vocabularies of a store, as they stand in the file, in JSON, in queries and on screens.

The order of the members is the order in which people are shown them. The shapes of the records are in
`store.documents`, which only the type checker imports.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a commitment stands; stored."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in-progress"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    CLOSED = "closed"


class Band(StrEnum):
    """How urgent a commitment is today; computed, most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    LATER = "later"
    NO_DATE = "no-date"
    UNCONFIRMED = "unconfirmed"
    FINISHED = "finished"


class Outcome(StrEnum):
    """How a promise ended, or would end if what was reported is confirmed; computed."""

    MET = "met"
    MET_EXTENDED = "met-extended"
    MET_LATE = "met-late"
    MET_UNDATED = "met-undated"
    NOT_MET = "not-met"


class Because(StrEnum):
    """Why a commitment was closed without being fulfilled."""

    DECLINED = "declined"
    OVERTAKEN = "overtaken"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


class Kind(StrEnum):
    """The kinds of promise the program knows; other words are allowed in a record."""

    NOMINATE_EXPERTS = "nominate-experts"
    JOIN_ANALYSIS_FILE = "join-analysis-file"
    SHARE_DATA = "share-data"
    FACILITATE = "facilitate"
    TRAIN = "train"
    COOPERATE = "cooperate"
    LEGAL = "legal"
    OTHER = "other"


class Precision(StrEnum):
    """How exactly a deadline was agreed; its day is always the last day of the period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"


UNDONE = frozenset({State.PROPOSED, State.AGREED, State.IN_PROGRESS})
"""The states in which the thing promised is still to be done."""

OPEN = UNDONE | {State.REPORTED}
"""The states of a promise that is neither kept nor closed."""
