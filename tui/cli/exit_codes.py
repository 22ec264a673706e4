"""The exit codes of the command line, and those of `check`, as monitoring systems expect them.

| code | meaning |
|---|---|
| 0 | done |
| 1 | not done, or not all: not allowed, a file not written, bad rows of an import, faults found, a copy not redacted |
| 2 | the command line, a query, a date or a value was not understood |
| 3 | there is no such visit, party or commitment |
| 4 | the store cannot be used: missing, damaged, newer, not permitted |
| 5 | others hold the lock |
| 6 | others changed the record meanwhile |
| 7 | it is not known whether it was saved: the server was lost, and nobody could be asked |
| 130 | interrupted with Ctrl-C |
"""

from store.errors import Conflict, FollowUpError, NotFound, SaveUnknown, StoreBusy, StoreUnusable, UsageError

DONE = 0
FAILED = 1
INTERRUPTED = 130

BY_KIND: dict[type[FollowUpError], int] = {
    UsageError: 2,
    NotFound: 3,
    StoreUnusable: 4,
    StoreBusy: 5,
    Conflict: 6,
    SaveUnknown: 7,
}
"""Kind of refusal -> exit code; every other one is `FAILED`."""

CHECK_OK, CHECK_WARNING, CHECK_CRITICAL, CHECK_UNKNOWN = 0, 1, 2, 3
"""What a plugin of Nagios, Icinga and the like exits with."""


def exit_code_of(error: FollowUpError) -> int:
    """The exit code of a refusal."""
    return next((code for kind, code in BY_KIND.items() if isinstance(error, kind)), FAILED)


def refusal_text(error: FollowUpError) -> str:
    """The sentence of a refusal with its hint. Hints are imported when something is refused, not before.

    When the disk that the program itself is on fails at that moment, the sentence has to do.
    """
    try:
        from tui.cli.hints_after_refusal import printed
    except (ImportError, OSError):
        return str(error)
    return printed(error)
