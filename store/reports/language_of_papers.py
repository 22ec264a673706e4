"""The words of documents, whose language need not be the one in which the program speaks (`store.translation`)."""

from __future__ import annotations

from store.errors import UsageError
from store.model.months_and_weekdays import SHORT_MONTH_NAMES, WRITTEN_DAYS, WRITTEN_SPANS
from store.model.vocabulary_and_signs import Precision
from store.nearest_word import did_you_mean
from store.sanitise_text import visible
from store.translation import phrase, tr
from store.translation_catalogue_and_plurals import languages, load_catalogue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.translation_catalogue_and_plurals import Catalogue

_MONTHS = (
    *(phrase("January {year}"), phrase("February {year}"), phrase("March {year}"), phrase("April {year}")),
    *(phrase("May {year}"), phrase("June {year}"), phrase("July {year}"), phrase("August {year}")),
    *(phrase("September {year}"), phrase("October {year}"), phrase("November {year}"), phrase("December {year}")),
)
_WEEK = phrase("the week to {day}")

_PERIODS = {
    Precision.WEEK: dict.fromkeys(range(1, 13), _WEEK),
    Precision.MONTH: dict(enumerate(_MONTHS, 1)),
    Precision.QUARTER: {
        3: phrase("Q1 {year}"),
        6: phrase("Q2 {year}"),
        9: phrase("Q3 {year}"),
        12: phrase("Q4 {year}"),
    },
    Precision.HALF: {6: phrase("first half of {year}"), 12: phrase("second half of {year}")},
    Precision.SEASON: {5: phrase("spring {year}"), 8: phrase("summer {year}"), 11: phrase("autumn {year}")},
    Precision.YEAR: {12: phrase("the year {year}")},
}
"""Precision -> month in which such a period ends -> the period in words."""


class Words:
    """Translates the texts of documents; `language` is the name of its folder, `en` for the texts in the code."""

    __slots__ = ("_catalogue", "_days", "_written_days", "language")

    def __init__(self, language: str, catalogue: Catalogue | None = None) -> None:
        self.language = language
        self._catalogue = catalogue
        self._days: dict[str, str] = {}
        self._written_days: dict[str, str] = {}

    def tr(self, text: str, /, **values: object) -> str:
        """Translate a text, and replace `{name}` by the value of that name."""
        translated = self._catalogue.text(text) if self._catalogue else text
        return translated.format(**values) if values else translated

    def tr_in(self, context: str, text: str, /, **values: object) -> str:
        """Translate a text that means something else elsewhere, as `store.translation.tr_in` does."""
        translated = self._catalogue.text(text, context) if self._catalogue else text
        return translated.format(**values) if values else translated

    @property
    def nothing(self) -> str:
        """What a cell of a table has where there is nothing: `-`, `—`."""
        return self.tr_in("nothing", "-")

    @property
    def is_count_behind(self) -> bool:
        """Whether a count stands behind what it counts: `просрочено: 3`; a noun in front needs no declension then."""
        return self.language == "ru"

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """Translate a text in the plural form of a number, which replaces `{n}`.

        Which form that is, `Plural-Forms` of the catalogue says.
        """
        form = one if number == 1 else many
        translated = self._catalogue.plural(one, many, number) if self._catalogue else form
        return translated.format(n=number, **values)

    def day(self, iso: str) -> str:
        """Format an ISO day: `16 Jan 2023`, `16.01.2023`. A catalogue may use `number`, that of the month."""
        shown = self._days.get(iso)
        if shown is None:
            shown = self._days[iso] = self._day(iso)
        return shown

    def written_day(self, iso: str) -> str:
        """Format an ISO day for a heading or a sentence: `16 Jan 2023`, `16 января 2023 г.`."""
        shown = self._written_days.get(iso)
        if shown is None:
            text = WRITTEN_DAYS[int(iso[5:7]) - 1]
            shown = self._written_days[iso] = self.tr(text, day=int(iso[8:]), year=iso[:4])
        return shown

    def written_period(self, first: str, last: str) -> str:
        """Format a period of ISO days, or one day, for a heading or a sentence."""
        if first == last:
            return self.written_day(first)
        if first[:7] == last[:7]:
            return self.tr(WRITTEN_SPANS[int(first[5:7]) - 1], first=int(first[8:]), last=int(last[8:]), year=last[:4])
        return self.tr("{first} - {last}", first=self.written_day(first), last=self.written_day(last))

    def number(self, number: int | str) -> str:
        """Name a commitment, or a range of them, in a sentence: `#7`, `№ 7`."""
        return self.tr("#{n}", n=number)

    def numbers(self, numbers: Iterable[int]) -> str:
        """Name commitments, three or more consecutive ones as a range: `#1-#4, #7`, `№ 1–4, 7`."""
        runs: list[list[int]] = []
        for number in sorted(numbers):
            if runs and number == runs[-1][1] + 1:
                runs[-1][1] = number
            else:
                runs.append([number, number])
        named: list[str] = []
        for first, last in runs:
            if last - first < 2:
                named += [self.tr("#{n:d}", n=number) for number in range(first, last + 1)]
            else:
                named.append(self.tr("#{first}-#{last}", first=first, last=last))
        return self.tr("{numbers}", numbers=", ".join(named)) if named else ""

    def _day(self, iso: str) -> str:
        month = int(iso[5:7])
        return self.tr("{day} {month} {year}", day=int(iso[8:]), month=self.month(iso), number=month, year=iso[:4])

    def agreed_date(self, iso: str, precision: str | None) -> str:
        """A date as it was agreed: its period, where one was agreed and ends on this ISO day; else the day."""
        text = _PERIODS.get(precision or Precision.DAY, {}).get(int(iso[5:7]))
        if text is None or (text != _WEEK and not _is_end_of_month(iso)):
            return self.day(iso)
        return self.tr(text, day=self.day(iso), year=iso[:4])

    def month(self, iso: str) -> str:
        """The short name of the month of an ISO day."""
        return self.tr(SHORT_MONTH_NAMES[int(iso[5:7]) - 1])

    def written_month(self, month: str) -> str:
        """Format a month (`2023-01`) for a sentence: `January 2023`, `январь 2023 г.`."""
        return self.tr(_MONTHS[int(month[5:7]) - 1], year=month[:4])

    def period(self, first: str, last: str) -> str:
        """Format a period of ISO days, or one day; a catalogue may use `number`, that of the month."""
        if first == last:
            return self.day(first)
        if first[:7] == last[:7]:
            return self.tr(
                "{first}-{last} {month} {year}",
                first=int(first[8:]),
                last=int(last[8:]),
                month=self.month(last),
                number=int(last[5:7]),
                year=last[:4],
            )
        return self.tr("{first} - {last}", first=self.day(first), last=self.day(last))


def _is_end_of_month(iso: str) -> bool:
    from store.rules.dates.month_arithmetic import month_length

    return int(iso[8:]) == month_length(int(iso[:4]), int(iso[5:7]))


def load_words(language: str) -> Words:
    """Load the catalogue of a language. Raises: UsageError if there is none."""
    known = languages()
    if language not in known:
        near = did_you_mean(language, known)
        sentence = tr(
            'there are no papers in the language "{language}", only in {known}{near}',
            language=visible(language),
            known=", ".join(known),
            near=near,
        )
        raise UsageError(sentence, code="report.language-unknown", field="language")
    return Words(language, load_catalogue(language))
