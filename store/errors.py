"""Every way followup can refuse, each one plain sentence and the exit code of the contract."""


class FollowUpError(Exception):
    """Something could not be done: the sentence says what, to which record, and what to do."""

    exit_code = 1


class NotAllowed(FollowUpError):
    """The request was understood, but this record does not allow it."""


class UsageError(FollowUpError):
    """The request was not understood."""

    exit_code = 2


class NotFound(FollowUpError):
    """No such visit, party or commitment."""

    exit_code = 3


class StoreUnusable(FollowUpError):
    """The store cannot be read or written: damaged, newer, not permitted, or not there."""

    exit_code = 4


class StoreMissing(StoreUnusable):
    """There is no store at the path."""


class StoreDamaged(StoreUnusable):
    """The file is there, but it is not a store this program may trust."""


class StoreNewer(StoreUnusable):
    """A newer version of the program wrote the file."""


class StoreBusy(FollowUpError):
    """Another writer held the lock for longer than this one was willing to wait."""

    exit_code = 5


class Conflict(FollowUpError):
    """The record changed under the one who wants to change it."""

    exit_code = 6


def reason(error: OSError) -> str:
    """What the operating system says was wrong."""
    return error.strerror or str(error)
