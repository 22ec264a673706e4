"""Every way followup can refuse, each one plain sentence and the exit code of the contract."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.rules.merge import Clash


class FollowUpError(Exception):
    """Something could not be done: the sentence says what, to which record, and what to do.

    `sentence` is true everywhere and names no option and no command; `hint` is what to type in the shell;
    `field` names the parameter of the operation that is wrong or missing, None when it is not one of them.
    `str()` is what the command line prints: the sentence and the hint, which brings its own `: ` or `; ` or `. `.
    Where an option stands in the midst of that text, `printed` is the whole of it, and there is no hint.
    """

    exit_code = 1

    def __init__(self, sentence: str, *, hint: str = "", field: str | None = None, printed: str = "") -> None:
        super().__init__(printed or sentence + hint)
        self.sentence = sentence
        self.hint = hint
        self.field = field


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
    """The record changed under the one who wants to change it; `clashes` are the fields that both changed, if known."""

    exit_code = 6

    def __init__(
        self, sentence: str, *, hint: str = "", field: str | None = None, clashes: tuple[Clash, ...] = ()
    ) -> None:
        super().__init__(sentence, hint=hint, field=field)
        self.clashes = clashes


def reason(error: OSError) -> str:
    """What the operating system says was wrong."""
    return error.strerror or str(error)
