"""The calendar UIDs of commitments, by which a calendar knows an event again, and an import the commitment.

Source: docs/rules.md, Numbers.
"""

from __future__ import annotations

from store.rules.numbering import MOST_DIGITS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment

_END = "@followup"


def uid_of(commitment: Commitment) -> str:
    """The calendar UID of a commitment, from its number and creation time: `12-20230301T090002Z@followup`.

    It never changes, and differs between stores. Source: docs/rules.md, Numbers.
    """
    return f"{commitment['id']}-{commitment['created'].replace('-', '').replace(':', '')}{_END}"


def number_of(uid: str) -> int | None:
    """The number in a UID of `uid_of`; None for any other text."""
    if not uid.endswith(_END):
        return None
    number, _, stamp = uid.removesuffix(_END).partition("-")
    is_number = number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
    return int(number) if is_number and stamp and _END not in stamp else None
