"""Help on topics that many commands share: dates, queries, states, numbers."""

from __future__ import annotations

import textwrap

from store.model.vocabulary_and_signs import CLOSING_REASONS, RETURNED, STATES, State
from store.translation import language, phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_QUERIES = phrase("""\
Terms stand side by side and all must hold; or joins the two terms beside it; not:TERM or -TERM turns one round. \
list, status, visits, check and export take a query, and so does the filter bar of the app.

  minister letter            both words, anywhere in what is recorded
  by:MIA to:INTERPOL         who promised, to whom; also via: support: party:
  by:me owner:me mine        mine, as followup config me says
  visit:lyon owner:asel      the visit, who chases it; also kind: text:
  state:agreed,in-progress   the state; also band: outcome:
  due:2023-03 due:..2w       due then, due up to then; due:none has no date
  late:10.. silent:30..      so many days or more; id:3-7 numbers
  overdue or silent          also now today week month later no-date
                             unconfirmed chase mine open finished closed

followup list overdue or silent to:INTERPOL
followup list due:2023-Q1 -by:me""")

_DATES = phrase("""\
A date is written as you say it, without quotes; what was understood is printed back.

  31 March 2023, 31.3.2023, 2023-03-31, March 31, 2023, 31.3.
  today, tomorrow, Friday, +10d, +2w, in 2 weeks, within a month
  end of the week, 2023-W13          the Sunday
  March 2023, end of March           the last day of the month
  Q1 2023, H1 2023, spring 2023, end of 2023
  31 марта, до конца марта, через 2 недели
  none                               no date

A day without a year is the next such day for a deadline, the nearest one for a visit, the last one for what was done.

  yesterday, 2 days ago, last Tuesday     not for a deadline

Not understood, and never guessed: 03/04/2023 (day or month first?), next Friday, asap, two dates, a time of day.

followup due 3 end of March
followup done 3 --on 30 March 2023""")

_IDS = phrase("""\
ID is the number of a commitment, as followup list shows it: 3, several of them: 3 5 8, or a range: 3-7.

followup show 3
followup chase 3 5-7 --note called the assistant""")


_STATES = {
    State.PROPOSED: phrase("it was said, and not agreed yet"),
    State.AGREED: phrase("it was agreed"),
    State.IN_PROGRESS: phrase("it was begun"),
    State.REPORTED: phrase("who promised it says that it is done"),
    State.CONFIRMED: phrase("who was to receive it says so too: it is kept"),
    State.CLOSED: phrase("it was ended without being kept"),
    "done": phrase("the same as reported"),
    RETURNED: phrase("a reported one is sent back to who promised it"),
}
"""Word for a state -> what it says."""


_STATES_ABOVE = phrase(
    "Each commitment is in one of six states. followup mark ID STATE gives it another one; followup done, confirm, "
    "agree, start and close are shorter."
)
_STATES_EXAMPLES = (phrase("followup mark 3 5-7 agreed"), phrase("followup close 3 --because dropped"))


def _as_typed(words: tuple[str, ...]) -> dict[str, str]:
    """Map each word for a state to how it may be typed: in Russian by its twin as well."""
    if language() != "ru":
        return dict(zip(words, words, strict=True))
    from store.rules.russian_twins_of_typed_words import first_twins

    both = {word: f"{twin} ({word})" for word, twin in first_twins(words).items()}
    width = max(map(len, both.values()), default=0)
    return {word: both.get(word, word).ljust(width) for word in words}


def _states() -> str:
    words = (*STATES, "done", RETURNED)
    lines = [f"  {said:<12} {tr(_STATES[word])}" for word, said in _as_typed(words).items()]
    reasons = ", ".join(said.strip() for said in _as_typed(tuple(CLOSING_REASONS)).values())
    needs = tr("closed needs --because: {reasons}. returned needs --note.", reasons=reasons)
    return "\n".join([tr(_STATES_ABOVE), "", *lines, "", needs, "", *map(tr, _STATES_EXAMPLES)])


TOPICS: dict[str, Callable[[], str]] = {
    **dict.fromkeys(("dates", "date", "when", "даты", "дата"), lambda: tr(_DATES)),
    **dict.fromkeys(("queries", "query", "filter", "filters", "запросы", "запрос", "отбор"), lambda: tr(_QUERIES)),
    **dict.fromkeys(("states", "state", "состояния", "состояние"), _states),
    **dict.fromkeys(("ids", "id", "numbers", "номера", "номер"), lambda: tr(_IDS)),
}
"""Name -> what makes the text of its help."""


def topic_text(name: str, width: int) -> str:
    """The help on a topic, wrapped; the lines of a table are kept."""
    lines: list[str] = []
    for line in TOPICS[name]().split("\n"):
        hang = " " * (len(line) - len(line.lstrip(" ")))
        lines += textwrap.wrap(line, width, subsequent_indent=hang and hang + "  ", break_on_hyphens=False) or [""]
    return "\n".join(lines) + "\n"
