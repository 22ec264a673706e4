"""The days of `this week`, `next month`, `last quarter` and `end of the year`; a week is from Monday to Sunday."""

from __future__ import annotations

from datetime import date

from store.model.vocabulary_and_signs import Precision
from store.rules.dates import date_words_and_tokens as known
from store.rules.dates.date_refusals import Unclear
from store.rules.dates.month_arithmetic import add_clamped, months
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.rules.dates.nearest_day_in_direction import ReferenceDate
    from store.rules.dates.parse_date import Found


def this_and_next_period(words: list[str], reference: ReferenceDate, is_ended: bool) -> Found | None:
    """Parse `this week`, `next month`, `last quarter`, `end of the quarter`; a named month after them is ambiguous."""
    is_pointed = len(words) == 2 and words[0] in known.POINTING
    if not is_pointed and not (is_ended and len(words) == 1):
        return None
    steps = 1 if words[0] in known.NEXT else -1 if words[0] in known.LAST else 0
    if is_pointed and words[1] in known.PERIODS:
        raise _pointed_month(words[1], steps, reference.today)
    if words[-1] not in known.RUNNING:
        return None
    precision, count = known.RUNNING[words[-1]]
    if precision == Precision.WEEK:
        sunday = reference.at(6 - reference.today.weekday() + 7 * steps, 0)
        return date.fromordinal(sunday.toordinal() - 6), sunday, precision, False
    inside = add_clamped(reference.today, 0, count * steps)
    if inside is None:
        raise Unclear(tr("lies past the year {last_year}", last_year=known.LAST_YEAR))
    first, last = months(inside.year, (inside.month - 1) // count * count + 1, count)
    if last < reference.today:
        reference.refuse_past(last)
    return first, last, precision, False


def _pointed_month(word: str, steps: int, today: date) -> Unclear:
    """The refusal of `next March` and `last March`, which can be in either of two years."""
    _, first, count = known.PERIODS[word]
    is_over = months(today.year, first, count)[1] < today
    year = today.year + (1 if is_over and steps else 0) - (2 if steps < 0 else 0)
    name = word.capitalize()
    return Unclear(tr("can be in {year} or {next}", year=year, next=year + 1), f"{name} {year}", f"{name} {year + 1}")
