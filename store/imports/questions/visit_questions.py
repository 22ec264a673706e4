"""What is asked of a visit that an import makes: its title, its place and its first day, one after the other."""

from __future__ import annotations

from store.rules.dates.parse_date import parse_day
from store.rules.days import Direction
from store.rules.visit_slugs import free_slug
from store.translation import phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Mapping

TITLE, PLACE, FIRST_DAY = "title", "place", "from"

VISIT_QUESTIONS = {
    TITLE: phrase("what it was: Study visit to the General Secretariat"),
    PLACE: phrase("the town where it was: Lyon"),
    FIRST_DAY: phrase("its first day: 17 Nov 2027"),
}
"""Kind of an answer on a visit that is made -> what is asked, in their order."""


def day_of_visit(typed: str, today: str) -> str:
    """The ISO day of a visit's first day as it is typed. Raises: UsageError."""
    return parse_day(typed, today, Direction.NEAREST)


def slug_of_new(taken: Container[str], details: Mapping[str, str], today: str) -> str:
    """An unused slug of a visit with these answers, of its place and its year. Raises: UsageError for no day."""
    return free_slug(taken, details[TITLE], details[PLACE], day_of_visit(details[FIRST_DAY], today))
