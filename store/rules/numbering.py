"""The numbers of records, which are never reused, and the refusals of numbers that no record has.

Source: docs/rules.md, Numbers.
"""

from __future__ import annotations

from store.errors import NotFound
from store.model.format_version import KEY_OF_TABLE
from store.rules.days import said_day
from store.sanitise_text import visible
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.model.record_types import Event

MOST_DIGITS = 15
"""Digits of a number that a record may have."""


def take_number(next_numbers: dict[str, int], table: str) -> int:
    """Take the next number of a table; the number of a removed record is never reused.

    `next_numbers` holds that of each table, as `_meta` does, and is incremented. Source: docs/rules.md, Numbers.
    """
    number = next_numbers[table]
    next_numbers[table] = number + 1
    return number


SET_BACK = phrase("another program had set back what the store counts ({counters}): it counts on from what is there")
"""The warning of a change that counts on from the highest number that is there, or that the history names."""


def counted_on(
    next_numbers: Mapping[str, int], numbers: Mapping[str, Iterable[int]], events: Iterable[Event]
) -> dict[str, int]:
    """The next number of each table, above all `numbers` of its records and all in `events`.

    Another program can set those of `_meta` back. Source: docs/rules.md, Numbers.
    """
    counted = {name: max(number, 1 + max(numbers[name], default=0)) for name, number in next_numbers.items()}
    for event in events:
        for table, key in KEY_OF_TABLE.items():
            if event.get(key, 0) >= counted[table]:
                counted[table] = event[key] + 1
    return counted


def is_given(next_numbers: Mapping[str, int], table: str, number: int) -> bool:
    """Whether a number was ever given to a record of a table. Source: docs/rules.md, Numbers."""
    return number < next_numbers[table]


def commitment_not_found(number: int, events: Sequence[Event], field: str = "number") -> NotFound:
    """The refusal of a number that no commitment has, or only a removed one.

    `events` are those of this number, `field` is the parameter that gave it.
    """
    if not events:
        return NotFound(tr("there is no commitment {number}", number=number), code="commitment.unknown", field=field)
    from store.rules.history import removal_among  # only a refusal needs it

    removal = removal_among(events)
    return NotFound(
        tr("commitment {number} is not in the store any more", number=number)
        if removal is None  # Another program left it out, or the event is not at hand.
        else tr(
            "commitment {number} was removed by {who} on {day}",
            number=number,
            who=visible(removal["who"]),
            day=said_day(removal["day"]),
        ),
        code="commitment.removed",
        field=field,
        values={"number": number},
    )


def none_in_range(first: int, last: int) -> NotFound:
    """The refusal of a range of numbers that no commitment has."""
    return NotFound(
        tr("there is no commitment from {first} to {last}", first=first, last=last), code="commitment.none-in-range"
    )
