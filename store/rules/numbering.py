"""What a calendar knows a commitment by: `12-20230301T090002Z@followup`, its number and when it was entered."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment

_END = "@followup"
_MOST_DIGITS = 15


def uid_of(commitment: Commitment) -> str:
    """The same for ever and on every machine, and another one in every store."""
    return f"{commitment['id']}-{commitment['created'].replace('-', '').replace(':', '')}{_END}"


def number_of(uid: str) -> int | None:
    """The number in a UID that `uid_of` can have made; None for any other text."""
    if not uid.endswith(_END):
        return None
    number, _, stamp = uid.removesuffix(_END).partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) <= _MOST_DIGITS
    return int(number) if is_number and stamp and _END not in stamp else None
