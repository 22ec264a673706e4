"""Set the numbers of seats of a nomination, its letter and endorsement."""

from __future__ import annotations

from store.errors import NotAllowed
from store.rules.refuse_future_or_past_day import refuse_day_to_come
from store.rules.seats import is_more_acknowledged
from store.sanitise_text import clean_line
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.transaction import Transaction


def set_seats(
    tx: Transaction,
    number: int,
    *,
    wanted: int | None = None,
    is_wanted_unknown: bool = False,
    nominated: int | None = None,
    acknowledged: int | None = None,
    letter: str | None = None,
    endorsed: str | None = None,
) -> bool:
    """Set the seats of a nomination; None keeps a value, an empty text removes it. Returns whether anything changed.

    Raises: NotFound; NotAllowed for a number below 0, or when more are acknowledged than nominated.
    """
    commitment = tx.commitment(number)
    for name, count in (("wanted", wanted), ("nominated", nominated), ("acknowledged", acknowledged)):
        if count is not None and count < 0:
            raise NotAllowed(
                tr("{number}: {name} is {count}: seats are counted from 0", number=number, name=name, count=count),
                code="seats.negative",
                field=name,
            )
    seats: dict[str, Any] = {**commitment.get("seats", {})}
    given = {"wanted": wanted, "nominated": nominated, "acknowledged": acknowledged, "endorsed": endorsed}
    seats.update({name: value for name, value in given.items() if value is not None})
    if letter is not None:
        seats["letter"] = clean_line(letter) or None
    if is_wanted_unknown:
        seats.pop("wanted", None)
    if endorsed == "":
        seats["endorsed"] = None
    refuse_day_to_come(endorsed, tx.today, field="endorsed", subject=f"{number}: ")
    if is_more_acknowledged(seats):
        raise NotAllowed(
            tr(
                "{number}: {acknowledged} acknowledged of {value} nominated: a seat is nominated before "
                "it is acknowledged",
                number=number,
                acknowledged=seats["acknowledged"],
                value=seats.get("nominated", 0),
            ),
            code="seats.more-acknowledged",
            field="nominated" if acknowledged is None else "acknowledged",
        )
    counted = {name: value for name, value in seats.items() if value is not None}
    return tx.write("commitments", number, {"seats": counted}, action="seats")
