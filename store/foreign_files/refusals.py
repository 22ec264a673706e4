"""The refusals of a file of others: each says what happened to which file, and what to do."""

from __future__ import annotations

from store.errors import FollowUpError, NotAllowed
from store.text import visible

_PLAIN = "save it plainer, a list as CSV, a report as text"
_SMALLER = f"take out what is not part of it, or {_PLAIN}"


class Stopped(FollowUpError):
    """The person stopped the reading."""

    code = "foreign.stopped"


def too_large(name: str, how: str) -> NotAllowed:
    """The refusal of a file that is more than a list or a report can be: `how` is what it has or is."""
    return NotAllowed(f"{visible(name)} {how}: {_SMALLER}", code="foreign.too-large")


def too_long(name: str, most: int) -> NotAllowed:
    """The refusal of a file of which more comes back than there is room for."""
    sentence = f"{visible(name)} is longer than {most >> 20} MB when it is read: {_SMALLER}"
    return NotAllowed(sentence, code="foreign.too-long")


def too_much_memory(name: str, memory: int) -> NotAllowed:
    """The refusal of a file that cannot be read in so many bytes of memory."""
    megabytes = memory >> 20
    sentence = f"{visible(name)} was not read: that takes more than {megabytes} MB of memory; {_SMALLER}"
    return NotAllowed(sentence, code="foreign.memory")


def too_slow(name: str, seconds: float) -> NotAllowed:
    """The refusal of a file that is not read after so many seconds."""
    sentence = f"{visible(name)} was not read: after {seconds:g} seconds it was not done; {_SMALLER}"
    return NotAllowed(sentence, code="foreign.time")


def broke_off(name: str, why: str) -> NotAllowed:
    """The refusal of a file at which the reading process broke off; why, as the system calls it, or empty."""
    how = f" ({visible(why)})" if why else ""
    sentence = f"{visible(name)} was not read: the process that reads it broke off{how}; {_PLAIN}"
    if why == RecursionError.__name__:
        sentence = f"{visible(name)} is damaged, or nested too deep: {_PLAIN}"
    return NotAllowed(sentence, code="foreign.broke-off")


def no_answer(name: str) -> NotAllowed:
    """The refusal of a file whose reading process answered something else than it was asked for."""
    sentence = f"{visible(name)} was not read: what the process that reads it answered is unfit; {_PLAIN}"
    return NotAllowed(sentence, code="foreign.no-answer")


def not_started(why: str) -> NotAllowed:
    """The refusal when no process can be started."""
    sentence = f"no process can be started to read the file in: {why}; end what else runs, and do it again"
    return NotAllowed(sentence, code="foreign.not-started")


def stopped(name: str) -> Stopped:
    """The refusal of a file whose reading the person stopped."""
    return Stopped(f"{visible(name)} was not read: it was stopped")
