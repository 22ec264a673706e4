"""The words of dates in English. A language is one such module, listed in `store.rules.dates.date_words_and_tokens`.

Words stand in lower case, forms of one meaning in one text. Source: docs/reference.md, Dates.
"""

LETTERS = frozenset[str]()
"""The characters of the language other than ASCII that a phrase may contain."""

FOLDED = ()
"""Pairs (spelling, the spelling in the tables)."""

MONTHS = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sep sept",
    "october oct",
    "november nov",
    "december dec",
)
WEEKDAYS = (
    "monday mon",
    "tuesday tue tues",
    "wednesday wed",
    "thursday thu thur thurs",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
ORDINALS = ("first i", "second ii", "third iii", "fourth iv")
"""The ordinals of quarters and halves, from the first; those in figures have one of `ORDINAL_ENDINGS`."""

ORDINAL_ENDINGS = ("st", "nd", "rd", "th")

COUNTS = (
    "a an one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
"""Counts in words, from one."""

NEAR = ("today", "tomorrow", "day after tomorrow")
"""Today, tomorrow and the day after."""

RECENT = ("yesterday", "day before yesterday")
"""The day before today and the one before that."""

DAYS, WEEKS, MONTH_SPANS, YEARS = "d day days", "w week weeks", "m month months", "y year years"
"""The units of a span."""

IS_ONE_UNSAID = False
"""Whether a unit alone is one of it, as in `через неделю`."""

AHEAD = ("in", "within")
"""The phrases before a span from today; the first one is used in examples."""

AGO = ("ago",)
"""The phrases behind a span back from today; the first one is used in examples."""

WEEK, MONTH, QUARTER, HALF, YEAR = "week", "month", "quarter", "half half-year", "year"
"""The units that `this`, `next` and `end of` go with."""

IS_FIGURE_ORDINAL = False
"""Whether a bare figure before a quarter or a half is an ordinal; in English `1 quarter` is a span."""

SPRING, SUMMER, AUTUMN = "spring", "summer", "autumn fall"
THIS, NEXT, LAST = "this current", "next", "last previous"
SMALL = "the of"
"""Words that have no effect anywhere."""

YEAR_NOUNS = ""
"""Words that have no effect after a year."""

ENDS = "end"
LEADS = (
    *("no later than", "not later than", "on or before", "at latest", "before end"),
    *("by", "on", "in", "until", "till", "due"),
)
"""The phrases before a date that do not change it, beside `ENDS`."""

UNTIL = ""
"""Those of `LEADS` after which a period may mean its first or its last day."""

TAILS = ("at latest", "inclusive")
"""The phrases after a date that do not change it."""

END_OF = "end of"
"""The words before a period in examples of its last day."""

MIDDLE, BEGINNING = "mid middle", "early start beginning"
"""The words for a part of a month that names no day."""

UNCLEAR = {
    "boundary": "before",
    "opening": "after",
    "winter": "winter",
    "inexact": "mid middle early late start beginning asap soon",
    "working": "working business workdays",
    "calendar": "yesterday ago",
    "several": "and or to through between from -",
    "time": "am pm noon midnight o'clock",
    "which": "next last",
}
"""Reason why a phrase cannot be parsed (`date_words_and_tokens` has the sentence) -> words that give it."""
