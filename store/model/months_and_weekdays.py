"""The names of months and weekdays, and how a sentence writes a day.

Marked for translation with `phrase`, as the words of `store.model.vocabulary_and_signs`.
"""

from __future__ import annotations

from store.translation import phrase, phrase_in

MONTH_NAMES = (
    *(phrase_in("day", "January"), phrase_in("day", "February"), phrase_in("day", "March")),
    *(phrase_in("day", "April"), phrase_in("day", "May"), phrase_in("day", "June")),
    *(phrase_in("day", "July"), phrase_in("day", "August"), phrase_in("day", "September")),
    *(phrase_in("day", "October"), phrase_in("day", "November"), phrase_in("day", "December")),
)
"""The names of the months as they stand in a day: in Russian in the genitive."""

MONTHS_OF_DAYS = (
    *(phrase_in("of days", "January"), phrase_in("of days", "February"), phrase_in("of days", "March")),
    *(phrase_in("of days", "April"), phrase_in("of days", "May"), phrase_in("of days", "June")),
    *(phrase_in("of days", "July"), phrase_in("of days", "August"), phrase_in("of days", "September")),
    *(phrase_in("of days", "October"), phrase_in("of days", "November"), phrase_in("of days", "December")),
)
"""The same where a month is told to have so many days: in Russian `в феврале`."""

SHORT_MONTH_NAMES = (
    *(phrase("Jan"), phrase("Feb"), phrase("Mar"), phrase("Apr"), phrase("May"), phrase("Jun")),
    *(phrase("Jul"), phrase("Aug"), phrase("Sep"), phrase("Oct"), phrase("Nov"), phrase("Dec")),
)
WEEKDAY_NAMES = (
    *(phrase("Monday"), phrase("Tuesday"), phrase("Wednesday"), phrase("Thursday")),
    *(phrase("Friday"), phrase("Saturday"), phrase("Sunday")),
)
SHORT_WEEKDAY_NAMES = (
    *(phrase("Mon"), phrase("Tue"), phrase("Wed"), phrase("Thu"), phrase("Fri"), phrase("Sat"), phrase("Sun")),
)
WRITTEN_DAYS = (
    phrase("{day:d} Jan {year}"),
    phrase("{day:d} Feb {year}"),
    phrase("{day:d} Mar {year}"),
    phrase("{day:d} Apr {year}"),
    phrase("{day:d} May {year}"),
    phrase("{day:d} Jun {year}"),
    phrase("{day:d} Jul {year}"),
    phrase("{day:d} Aug {year}"),
    phrase("{day:d} Sep {year}"),
    phrase("{day:d} Oct {year}"),
    phrase("{day:d} Nov {year}"),
    phrase("{day:d} Dec {year}"),
)
WRITTEN_SPANS = (
    phrase("{first:d}-{last:d} Jan {year}"),
    phrase("{first:d}-{last:d} Feb {year}"),
    phrase("{first:d}-{last:d} Mar {year}"),
    phrase("{first:d}-{last:d} Apr {year}"),
    phrase("{first:d}-{last:d} May {year}"),
    phrase("{first:d}-{last:d} Jun {year}"),
    phrase("{first:d}-{last:d} Jul {year}"),
    phrase("{first:d}-{last:d} Aug {year}"),
    phrase("{first:d}-{last:d} Sep {year}"),
    phrase("{first:d}-{last:d} Oct {year}"),
    phrase("{first:d}-{last:d} Nov {year}"),
    phrase("{first:d}-{last:d} Dec {year}"),
)
"""A day, and days of one month, as a sentence writes them: in Russian the month stands in the genitive."""
