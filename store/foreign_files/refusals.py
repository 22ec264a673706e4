"""The refusals of a file of others: each says what happened to which file, and what to do."""

from __future__ import annotations

from store.errors import FollowUpError, NotAllowed
from store.sanitise_text import visible
from store.translation import phrase, tr

_PLAIN = phrase("save it plainer, a list as CSV, a report as text")
_SMALLER = phrase("take out what is not part of it, or save it plainer, a list as CSV, a report as text")


class Stopped(FollowUpError):
    """The person stopped the reading."""

    code = "foreign.stopped"


def too_large(name: str, how: str) -> NotAllowed:
    """The refusal of a file that is more than a list or a report can be: `how` is what it has or is."""
    return NotAllowed(f"{visible(name)} {how}: {tr(_SMALLER)}", code="foreign.too-large")


def too_long(name: str, most: int) -> NotAllowed:
    """The refusal of a file whose content exceeds the limit."""
    sentence = tr(
        "{name} is longer than {most} MB when it is read: {smaller}",
        name=visible(name),
        most=most >> 20,
        smaller=tr(_SMALLER),
    )
    return NotAllowed(sentence, code="foreign.too-long")


def too_much_memory(name: str, memory: int) -> NotAllowed:
    """The refusal of a file that needs more than these bytes of memory."""
    megabytes = memory >> 20
    sentence = tr(
        "{name} was not read: that takes more than {megabytes} MB of memory; {smaller}",
        name=visible(name),
        megabytes=megabytes,
        smaller=tr(_SMALLER),
    )
    return NotAllowed(sentence, code="foreign.memory")


def too_slow(name: str, seconds: float) -> NotAllowed:
    """The refusal of a file that takes longer than these seconds."""
    sentence = tr(
        "{name} was not read: after {seconds:g} seconds it was not done; {smaller}",
        name=visible(name),
        seconds=seconds,
        smaller=tr(_SMALLER),
    )
    return NotAllowed(sentence, code="foreign.time")


def broke_off(name: str, why: str) -> NotAllowed:
    """The refusal of a file at which the reading process broke off; why, as the system calls it, or empty."""
    how = f" ({visible(why)})" if why else ""
    sentence = tr(
        "{name} was not read: the process that reads it broke off{how}; {plain}",
        name=visible(name),
        how=how,
        plain=tr(_PLAIN),
    )
    if why == RecursionError.__name__:
        sentence = tr("{name} is damaged, or nested too deep: {plain}", name=visible(name), plain=tr(_PLAIN))
    return NotAllowed(sentence, code="foreign.broke-off")


def no_answer(name: str) -> NotAllowed:
    """The refusal of a file whose reading process answered something else than it was asked for."""
    sentence = tr(
        "{name} was not read: what the process that reads it answered is unfit; {plain}",
        name=visible(name),
        plain=tr(_PLAIN),
    )
    return NotAllowed(sentence, code="foreign.no-answer")


def not_started(why: str) -> NotAllowed:
    """The refusal when no process can be started."""
    sentence = tr("no process can be started to read the file in: {why}; end what else runs, and do it again", why=why)
    return NotAllowed(sentence, code="foreign.not-started")


def without_advice(sentence: str) -> str:
    """The sentence of a refusal without what to do."""
    for advice in (_SMALLER, _PLAIN):
        sentence = sentence.removesuffix(tr(advice))
    return sentence.rstrip(" :;")


def stopped(name: str) -> Stopped:
    """The refusal of a file whose reading the person stopped."""
    return Stopped(tr("{name} was not read: it was stopped", name=visible(name)))
