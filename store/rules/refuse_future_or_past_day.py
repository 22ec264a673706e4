"""Refuse a future day for what has happened, and a past day for what is to come."""

from __future__ import annotations

from store.errors import NotAllowed
from store.rules.days import said_day
from store.translation import tr


def refuse_day_to_come(day: str | None, today: str, *, field: str, subject: str = "") -> None:
    """Refuse a day after today for something that has happened; None is allowed.

    `field` is the parameter that gave the day, `subject` begins the sentence (`7: `).
    Source: docs/rules.md, Events and undo. Raises: NotAllowed.
    """
    if day is not None and day > today:
        raise NotAllowed(
            tr("{subject}{day} is still to come", subject=subject, day=said_day(day)), code="day.to-come", field=field
        )


def refuse_day_over(until: str | None, today: str) -> None:
    """Refuse a day that would bring the visit back at once; None is no day. Raises: NotAllowed."""
    if until is not None and until <= today:
        raise NotAllowed(
            tr("{until} is no day to come: the visit would be back at once", until=said_day(until)),
            code="aside.until-over",
            field="until",
        )
