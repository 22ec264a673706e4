"""The closed vocabularies of a store, as they stand in the file, in JSON, in queries and on screens.

The order of the words is the order in which people are shown them. They are plain texts: `enum` and what it brings
take a third of a bare interpreter's start, which the quick check has not got. The shapes of the records are in
`store.model.record_types`, which only the type checker imports.
"""


class State:
    """Where a commitment stands; stored."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in-progress"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    ALL = (PROPOSED, AGREED, IN_PROGRESS, REPORTED, CONFIRMED, CLOSED)


class Band:
    """How urgent a commitment is today; computed, most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    LATER = "later"
    NO_DATE = "no-date"
    UNCONFIRMED = "unconfirmed"
    FINISHED = "finished"
    ALL = (OVERDUE, TODAY, WEEK, MONTH, LATER, NO_DATE, UNCONFIRMED, FINISHED)


class Outcome:
    """How a promise ended, or would end if what was reported is confirmed; computed."""

    MET = "met"
    MET_EXTENDED = "met-extended"
    MET_LATE = "met-late"
    MET_UNDATED = "met-undated"
    NOT_MET = "not-met"
    ALL = (MET, MET_EXTENDED, MET_LATE, MET_UNDATED, NOT_MET)


class Because:
    """Why a commitment was closed without being fulfilled."""

    DECLINED = "declined"
    OVERTAKEN = "overtaken"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"
    ALL = (DECLINED, OVERTAKEN, SUPERSEDED, DROPPED)


class Kind:
    """The kinds of promise the program knows; other words are allowed in a record."""

    NOMINATE_EXPERTS = "nominate-experts"
    JOIN_ANALYSIS_FILE = "join-analysis-file"
    SHARE_DATA = "share-data"
    FACILITATE = "facilitate"
    TRAIN = "train"
    COOPERATE = "cooperate"
    LEGAL = "legal"
    OTHER = "other"
    ALL = (NOMINATE_EXPERTS, JOIN_ANALYSIS_FILE, SHARE_DATA, FACILITATE, TRAIN, COOPERATE, LEGAL, OTHER)


class Precision:
    """How exactly a deadline was agreed; its day is always the last day of the period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    SEASON = "season"
    YEAR = "year"
    ALL = (DAY, WEEK, MONTH, QUARTER, HALF, SEASON, YEAR)


RETURNED = "returned"
"""The counterpart's no to what was reported: not a state, but a way back to in-progress."""

STATE_WORDS = {**{state: state for state in State.ALL}, "done": State.REPORTED, RETURNED: RETURNED}
"""What people write for a state -> what it means."""

UNDONE = frozenset((State.PROPOSED, State.AGREED, State.IN_PROGRESS))
"""The states in which the thing promised is still to be done."""

OPEN = UNDONE | {State.REPORTED}
"""The states of a promise that is neither kept nor closed."""
