"""Fields for dates, days and numbers: parsed when the form is saved, with a hint while they are typed."""

from collections.abc import Callable

from store.errors import FollowUpError, UsageError
from store.model.vocabulary_and_signs import Precision
from store.rules.dates.parse_date import parse_date, parse_day
from store.rules.days import days_between
from store.rules.due_dates_and_extensions import DueDate, is_too_far_ahead
from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import ENGLISH, language, plural, tr, tr_in
from tui.app.forms.form import CHOICE, Answers, Hint, Question
from tui.render import day_words
from tui.render.day_words import short_day_with_weekday

NOTHING = ("", "plain")

_YES, _NO = "yes", "no"


def distance(day: str, today: str) -> str:
    """`in 84 d`, `today`, `12 d ago`."""
    days = days_between(today, day)
    if days == 0:
        return tr_in("when", "today")
    return plural("in {n} d", "in {n} d", days) if days > 0 else plural("{n} d ago", "{n} d ago", -days)


def day_with_distance(day: str, today: str) -> str:
    """`Fri 31 Mar 2023, in 84 d`."""
    return tr("{day}, {distance}", day=short_day_with_weekday(day), distance=distance(day, today))


def _understood(day: str, precision: str, today: str) -> str:
    """The same with the precision of a deadline; in another language there is no room for `day`, nor for a weekday."""
    if language() == ENGLISH:
        return f"{day_with_distance(day, today)} ({precision})"
    if precision == Precision.DAY:
        return day_with_distance(day, today)
    exact = tr_in("precision", precision)
    return f"{tr('{day}, {distance}', day=day_words.day(day), distance=distance(day, today))} ({exact})"


def due_date_hint(
    today: str, change: Callable[[DueDate], str] = lambda _: "", *, counted_from: str | None = None
) -> Hint:
    """How a due date was understood; `change` adds a line on the kind of change.

    Its words count from the ISO day `counted_from`, if that is not today.
    """

    def hint(text: str) -> tuple[str, str]:
        if not text.strip():
            return NOTHING
        try:
            date = parse_date(text.strip(), counted_from or today)
        except UsageError as error:
            return error.spoken, "plain"
        shown = tr("= no date")
        if date.day is not None:
            shown = f"= {_understood(date.day, date.precision or Precision.DAY, today)}"
            if is_too_far_ahead(date.day, today):
                shown = tr("{day}: was another year meant?", day=shown)
        return f"{shown}\n{change(date)}".rstrip(), "plain"

    return hint


def words_of_date(now: str = "", *, is_further: bool = False) -> Question:
    """The question for the due date in words; `now` are the present ones."""
    help_ = tr("the due date as it was agreed in words, where they say more")
    return Question("words", tr_in("label", "date in words"), now, is_further=is_further, help=help_)


def day_hint(today: str, direction: str, since: Callable[[], str | None] = lambda: None, *, usual: str = "") -> Hint:
    """How a day was understood in a `Direction`, from the ISO day `since` on.

    An empty field means the `usual` one.
    """

    def hint(text: str) -> tuple[str, str]:
        if not text.strip():
            return (f"= {day_with_distance(usual, today)}", "plain") if usual else NOTHING
        try:
            day = parse_day(text.strip(), today, direction, since=since())
            return f"= {day_with_distance(day, today)}", "plain"
        except FollowUpError as error:
            return error.spoken, "plain"

    return hint


def _about(name: str, read: Callable[[], str]) -> str:
    """Call `read`. Raises: its FollowUpError, with this field."""
    try:
        return read()
    except FollowUpError as error:
        error.field = name
        raise


def day_in(answers: Answers, name: str, today: str, direction: str, *, since: str | None = None) -> str | None:
    """Parse a day in a `Direction`: ISO, None for an empty field.

    Raises: DateRefused; NotAllowed for a day to come where it looks back.
    """
    text = answers.given(name)
    return None if text is None else _about(name, lambda: parse_day(text, today, direction, since=since))


def date_in(answers: Answers, name: str, today: str, words: str | None) -> DueDate | None:
    """Parse a due date; None for an empty field. Raises: DateRefused."""
    text = answers.given(name)
    if text is None:
        return None
    try:
        return parse_date(text, today).in_other_words(words)
    except FollowUpError as error:
        error.field = name
        raise


def count_in(answers: Answers, name: str) -> int | None:
    """Parse a whole number; None for an empty field. Raises: UsageError."""
    text = answers.given(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise UsageError(tr('"{typed}" is not a number: write 0, 1, 2 ...', typed=visible(text)), field=name)
    return int(text)


def number_in(answers: Answers, name: str) -> int | None:
    """Parse the number of a commitment, `12` or `#12`; None for an empty field. Raises: UsageError."""
    text = (answers.given(name) or "").removeprefix("#")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        sentence = tr('"{typed}" is not the number of a commitment: write 12', typed=visible(text))
        raise UsageError(sentence, field=name)
    return int(text)


def for_us_only(*, is_internal: bool = False) -> Question:
    """The question whether a file or report includes internal content."""
    return _yes_or_no(
        "internal",
        tr_in("label", "for us only"),
        is_internal,
        yes=tr("yes, with notes, owner, quote"),
        help=tr("yes: with what is not handed over; for us only"),
    )


def is_for_us_only(answers: Answers) -> bool:
    """The answer to `for_us_only`."""
    return answers.text("internal") == _YES


def to_decide_on(*, has_decisions: bool) -> Question:
    """The question whether a sheet is filled in at the meeting."""
    return _yes_or_no(
        "decisions",
        tr_in("label", "to fill in"),
        has_decisions,
        yes=tr("yes, decisions and signatures"),
        help=tr("yes: cells for decision and new date, and signatures"),
    )


def is_to_decide_on(answers: Answers) -> bool:
    """The answer to `to_decide_on`."""
    return answers.text("decisions") == _YES


def commitment_hint(snapshot: Snapshot) -> Hint:
    """The hint of a commitment's number: its title."""

    def hint(text: str) -> tuple[str, str]:
        try:
            number = number_in(Answers((), {"it": text}), "it")
            return NOTHING if number is None else (visible(snapshot.row(number).commitment["title"]), "plain")
        except FollowUpError as error:
            return error.sentence, "plain"

    return hint


def _yes_or_no(name: str, label: str, value: bool, *, yes: str, help: str) -> Question:  # noqa: A002
    """A yes-or-no question; `yes` is its wording."""
    return Question(
        name,
        label,
        _YES if value else _NO,
        kind=CHOICE,
        options=(_NO, _YES),
        shown=(tr("no"), yes),
        help=help,
    )
