"""How many seconds a change waits for that of another, in a file or on a server, and its refusal after them.

It is imported only where something waits, or where the variable is set.
"""

from __future__ import annotations

from store.errors import StoreBusy, UsageError
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LOCK_TIMEOUT = 10.0
"""Seconds, where nothing else is said."""

_VARIABLE = "FOLLOWUP_LOCK_TIMEOUT"
_LONGEST = 86_400


def lock_timeout_of(environment: Mapping[str, str]) -> float:
    """The seconds that FOLLOWUP_LOCK_TIMEOUT says; 0 tries once. Raises: UsageError."""
    given = environment.get(_VARIABLE)
    if not given:
        return LOCK_TIMEOUT
    try:
        seconds = float(given)
        if not 0 <= seconds <= _LONGEST:
            raise ValueError
    except ValueError:
        sentence = tr('{name} is "{given}", which is not a number of seconds', name=_VARIABLE, given=visible(given))
        raise UsageError(sentence, code="lock-timeout.not-seconds") from None
    return seconds


def seconds_to_wait(given: float | None) -> float:
    """The seconds to wait: those `given`, or the default for None."""
    return LOCK_TIMEOUT if given is None else given


def busy(store: str, who: str) -> StoreBusy:
    """The refusal of a change that waited too long for that of another person, `who`."""
    return StoreBusy(tr("{store} is being changed by {who}; nothing was changed, try again", store=store, who=who))
