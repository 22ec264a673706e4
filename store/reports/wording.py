"""The languages of the papers: English stands in the code, every other language in a gettext catalogue.

A third language is one more folder: copy `locale/ru` to `locale/XX`, translate its `followup.po`, run `make catalogue`.
"""

from __future__ import annotations

import os

from store.errors import UsageError
from store.model.vocabulary import phrase
from store.text import did_you_mean, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gettext import GNUTranslations

ENGLISH = "en"
DOMAIN = "followup"
"""The name of the catalogues: `locale/XX/LC_MESSAGES/followup.mo`."""

_FOLDER = os.path.join(os.path.dirname(__file__), "locale")


MONTHS = (
    *(phrase("Jan"), phrase("Feb"), phrase("Mar"), phrase("Apr"), phrase("May"), phrase("Jun")),
    *(phrase("Jul"), phrase("Aug"), phrase("Sep"), phrase("Oct"), phrase("Nov"), phrase("Dec")),
)


class Words:
    """The words of one language; `language` is its folder's name, `en` for the words of the code."""

    __slots__ = ("_catalogue", "_days", "language")

    def __init__(self, language: str, catalogue: GNUTranslations | None = None) -> None:
        self.language = language
        self._catalogue = catalogue
        self._days: dict[str, str] = {}

    def say(self, text: str, /, **values: object) -> str:
        """The text in this language, `{name}` replaced by the value of that name."""
        said = self._catalogue.gettext(text) if self._catalogue else text
        return said.format(**values) if values else said

    def plural(self, one: str, many: str, number: int, **values: object) -> str:
        """The form that goes with a number, which stands in it as `{n}`."""
        chosen = one if number == 1 else many
        said = self._catalogue.ngettext(one, many, number) if self._catalogue else chosen
        return said.format(n=number, **values)

    def day(self, iso: str) -> str:
        """An ISO day as offices write it: `16 Jan 2023`, `16.01.2023`. A catalogue may use `number`, the month's."""
        told = self._days.get(iso)
        if told is None:
            told = self._days[iso] = self._day(iso)
        return told

    def _day(self, iso: str) -> str:
        month = int(iso[5:7])
        return self.say("{day} {month} {year}", day=int(iso[8:]), month=self.month(iso), number=month, year=iso[:4])

    def month(self, iso: str) -> str:
        """The short name of the month of an ISO day."""
        return self.say(MONTHS[int(iso[5:7]) - 1])

    def period(self, first: str, last: str) -> str:
        """From one ISO day to another, or the one day that both are; a catalogue may use `number`, the month's."""
        if first == last:
            return self.day(first)
        if first[:7] == last[:7]:
            return self.say(
                "{first}-{last} {month} {year}",
                first=int(first[8:]),
                last=int(last[8:]),
                month=self.month(last),
                number=int(last[5:7]),
                year=last[:4],
            )
        return self.say("{first} - {last}", first=self.day(first), last=self.day(last))


def _catalogue_of(language: str) -> str:
    return os.path.join(_FOLDER, language, "LC_MESSAGES", f"{DOMAIN}.mo")


def languages() -> list[str]:
    """The languages that a paper can be written in: English, and every folder that has a catalogue."""
    return [ENGLISH, *sorted(name for name in os.listdir(_FOLDER) if os.path.isfile(_catalogue_of(name)))]


def speak(language: str) -> Words:
    """The words of a language. Raises: UsageError for one that there is no catalogue of."""
    if language == ENGLISH:
        return Words(ENGLISH)
    known = languages()
    if language not in known:
        near = did_you_mean(language, known)
        sentence = f'there are no papers in the language "{visible(language)}", only in {", ".join(known)}{near}'
        raise UsageError(sentence, code="report.language-unknown", field="language")
    import gettext

    with open(_catalogue_of(language), "rb") as file:
        return Words(language, gettext.GNUTranslations(file))
