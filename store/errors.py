"""Exceptions: a class for each kind of refusal, with a code, a sentence, and the field that is wrong."""

from __future__ import annotations

from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.rules.which_edits_clash import Clash


class FollowUpError(Exception):
    """A refusal: the sentence says what could not be done, to which record, and what to do.

    `sentence` (also `str()`) names no option and no command: `tui.cli.hints_after_refusal` has those, by `code`.
    `code` stands for one sentence of the store ("party.unknown"); it is empty where a face refuses in its own words.
    `field` names the parameter of the operation that is wrong or missing, None when it is not one of them.
    `values` are the parts of the sentence that a face needs for words of its own.
    """

    code = ""

    def __init__(
        self,
        sentence: str,
        *,
        code: str = "",
        field: str | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or self.code
        self.field = field
        self.values = values or {}

    @property
    def spoken(self) -> str:
        """The sentence with its days as people write them, `11 Dec 2026`, for a screen."""
        return str(self.values.get("spoken", self.sentence))


class NotAllowed(FollowUpError):
    """The request was understood, but a rule or the current state does not allow it."""


class UsageError(FollowUpError):
    """The request was not understood."""


class NotFound(FollowUpError):
    """No such visit, party or commitment."""


class StoreUnusable(FollowUpError):
    """The store cannot be read or written: damaged, newer, not permitted, or not there."""


class ChangedWhileRead(StoreUnusable):
    """The store changed while it was read over a connection that was lost: read it again."""

    code = "server.changed-while-read"


class StoreMissing(StoreUnusable):
    """There is no store at the path."""

    code = "store.missing"


class StoreLost(StoreUnusable):
    """There is no store at the path, and copies of one that was there lie beside it."""

    code = "store.lost"


class StoreMoved(StoreUnusable):
    """The store was moved elsewhere: `to` names where."""

    code = "store.moved"


class StoreDamaged(StoreUnusable):
    """The file is not a valid store: the sentence names the fault and its place."""

    code = "store.invalid"


class StoreNewer(StoreUnusable):
    """A newer version of the program wrote the file."""

    code = "store.newer"


class StoreBusy(FollowUpError):
    """The lock was held by another writer until the timeout."""

    code = "store.busy"


class TryAgain(StoreBusy):
    """Others changed the store first, or the way to it was lost, before anything was saved: it may be done again."""

    code = "store.try-again"


class SaveUnknown(FollowUpError):
    """The way to the server was lost while a change was being saved, and nobody could be asked whether it is there."""

    code = "store.save-unknown"


class NotAtHand(Exception):
    """The rest of the history is not in memory, and fetching it waits for a network; never shown."""


class Conflict(FollowUpError):
    """The record was changed by another user meanwhile; `clashes` are the fields that both changed, if known."""

    def __init__(
        self,
        sentence: str,
        *,
        code: str = "",
        field: str | None = None,
        values: Mapping[str, object] | None = None,
        clashes: tuple[Clash, ...] = (),
    ) -> None:
        super().__init__(sentence, code=code, field=field, values=values)
        self.clashes = clashes


OF_THE_SYSTEM = (
    phrase("Connection refused"),
    phrase("Device or resource busy"),
    phrase("Directory not empty"),
    phrase("Disk quota exceeded"),
    phrase("File exists"),
    phrase("File name too long"),
    phrase("File too large"),
    phrase("Input/output error"),
    phrase("[Errno -2] Name or service not known"),
    phrase("Invalid argument"),
    phrase("Is a directory"),
    phrase("No such file or directory"),
    phrase("No space left on device"),
    phrase("Not a directory"),
    phrase("Operation not permitted"),
    phrase("Permission denied"),
    phrase("Read-only file system"),
    phrase("Resource temporarily unavailable"),
    phrase("Too many levels of symbolic links"),
    phrase("Too many open files"),
)
"""What the operating system says most, in the words of its C library; the rest of what it says stays English."""


def reason(error: OSError) -> str:
    """The operating system's message for an error."""
    return tr(error.strerror or str(error))


def unreadable(path: str, error: OSError, kind: type[FollowUpError] = StoreUnusable) -> FollowUpError:
    """The refusal of a file that cannot be read."""
    return kind(tr("{path} cannot be read: {error}", path=path, error=reason(error)), code="file.unreadable")


def too_large(path: str, size: int) -> StoreUnusable:
    """The refusal of a file with more bytes than a store can have."""
    return StoreUnusable(
        tr("{path} is larger than a store can be ({size} bytes)", path=path, size=size), code="store.too-large"
    )


def not_built_in(what: str, error: ModuleNotFoundError) -> NotAllowed:
    """The refusal of what needs a library that this build of the program lacks, as the zipapp does some."""
    sentence = tr(
        "{what} needs the library {name}, which this followup came without: take one that was installed",
        what=what,
        name=error.name,
    )
    return NotAllowed(sentence, code="library.missing", values={"what": what})


def already_there(path: str, *, code: str) -> NotAllowed:
    """The refusal to write over a file; `code` says whether force would be allowed."""
    return NotAllowed(tr("{path} is there already; it was left as it is", path=path), code=code)


def no_folder(folder: str) -> FollowUpError:
    """The refusal to write a file into a folder that is not there."""
    sentence = tr("there is no folder {folder}: make it, or name a file in another one", folder=folder)
    return FollowUpError(sentence, code="output.no-folder")


def unwritable(path: str, error: OSError, kind: type[FollowUpError] = StoreUnusable) -> FollowUpError:
    """The refusal of a file that cannot be written; another `kind` where it is no part of the store."""
    return kind(tr("{path} cannot be written: {error}", path=path, error=reason(error)), code="file.unwritable")
