"""The deadlines of a period and of the quarter after it, as a timeline."""

from __future__ import annotations

from store.model.vocabulary import BANDS, State
from store.reports.document import Timeline
from store.rules.due_dates import was_agreed
from store.rules.on_time import By, date_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.reports.report_scope import Scope
    from store.snapshot import Row

_MONTHS_AFTER = 3


def deadlines(scope: Scope) -> list[Timeline]:
    """The agreed dates on which something is or was due; none where there is none.

    A commitment whose date was changed stands at both dates: at the original one its number is in brackets.
    """
    from store.rules.dates.parse import shift

    say = scope.words.say
    last = shift(shift(shift(scope.last, days=1), months=_MONTHS_AFTER), days=-1)
    points = sorted(point for row in scope.rows for point in _points(row) if scope.first <= point[0] <= last)
    if not points:
        return []
    days: dict[str, list[str]] = {}
    for day, _, label, _ in points:
        days.setdefault(day, []).append(label)
    told = "; ".join(f"{scope.words.day(day)} {', '.join(labels)}" for day, labels in days.items())
    explained = say("A number in brackets stands at an original date that was changed.")
    is_changed = any(label.startswith("(") for _, _, label, _ in points)
    return [
        Timeline(
            say("Deadlines from {first} to {last}", first=scope.words.day(scope.first), last=scope.words.day(last)),
            f"{told}. {explained}" if is_changed else f"{told}.",
            first=scope.first,
            last=last,
            today=scope.snapshot.today,
            today_label=say("today"),
            months=_months(scope, last),
            points=[(day, label, style) for day, _, label, style in points],
        )
    ]


def _points(row: Row) -> list[tuple[str, int, str, str]]:
    """Quadruples (ISO day, number, label, style), sorted by day and number."""
    commitment = row.commitment
    if not was_agreed(commitment):
        return []
    number, original, current = commitment["id"], date_of(commitment, By.ORIGINAL), date_of(commitment, By.CURRENT)
    points = []
    if current is not None:
        style = "dim" if commitment["state"] == State.CLOSED else BANDS[row.band].style
        points.append((current, number, f"#{number}", style))
    if original is not None and original != current:
        points.append((original, number, f"(#{number})", "dim"))
    return points


def _months(scope: Scope, last: str) -> list[tuple[str, str]]:
    """The months that begin in the chart; the first of them and each January with its year."""
    from store.rules.dates.parse import shift

    first = scope.first[:8] + "01"
    if first < scope.first:
        first = shift(first, months=1)
    months: list[tuple[str, str]] = []
    while first <= last:
        name = scope.words.month(first)
        months.append((first, f"{name} {first[:4]}" if not months or first[5:7] == "01" else name))
        first = shift(first, months=1)
    return months
