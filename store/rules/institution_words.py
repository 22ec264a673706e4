"""Words in the names of institutions, which tell them from names of persons in a list and in a text."""

from __future__ import annotations

import re
from functools import cache

from store.fold_case_and_accents import fold

_LISTED = """
academy administration affairs africa african agency airport al ambassade america american arabia archive archives
army asia asian assembly association attorney authority bank board border branch bureau bureaus cabinet carabinieri
center central centre chamber children city clinic college comite commission committee company corps council county
court crescent crime cross customs delegation department desk direccion direction directorate division drug drugs east
el embassy emirates europe european europol faculty faso federal federation force forces foreign foundation fund
gallery gendarmerie general global government group guard guardia guinea health home hospital hub inspectorate
institute interior international interpol island islands justice kingdom korea la laboratory lanka leone les liaison
library los migration ministere ministerio ministry mission museum national nations navy network new north office
oficina organisation organization parliament police policia polizei polizia port prefecture prison program programme
project prosecutor province region regional registry republic republica rica rights saint salvador san santa school
secretariat secretary section senate service south staff state states task team theatre tribunal union unit united
university watch west women zealand
"""
_WORDS = frozenset(_LISTED.split())
"""Folded."""

_RUSSIAN = (
    r"(?:министерств|управлени|отдел|служб|комитет|центр|бюро|прокуратур|агентств|департамент|академи|институт|посольств|мисси|суд|совет"
    r"|комисси|республик|полици|таможн|секретариат|организаци|фонд|университет|представительств|лиг|союз|банк|област|город|штаб|палат"
    r"|сенат|гварди|милици|лаборатори|музе|дирекци|инспекци|ведомств|федераци|ассоциаци|школ|колледж|училищ|факультет|филиал|канцеляри"
    r"|консульств|парламент|правительств|администраци|учреждени|предприяти|компани|корпораци|офис|отделени|архив|библиотек|интерпол|европол|евроюст"
    r"|мин(?:юст|фин|здрав|соц|обр|труд|эк|энерг|оборон|культ|спорт|транс|цифр|сельхоз|природ|пром|строй|связ|водхоз|инвест|торг|наук|молод)[а-яё]{0,12}?"
    r"|[а-яё]{2,14}(?:служб|комитет|прокуратур|агентств|инспекци|надзор|контрол|комисси|управлени|департамент|полици|разведк)"
    r"|(?:гос|нац)(?:банк|фонд|центр|совет|стат|ком|статком)|(?:каб|сов)мин)"
    r"(?:а|у|ом|е|ы|ам|ами|ах|ем|ей|я|ю|и|й|ям|ями|ях|ь|ью|о)?"
)
"""A Russian one in any case, and one put together: `Минюст`, `Погранслужба`; the endings of surnames are none."""

_COUNTRIES = (
    r"[а-яё]+стана|армении|грузии|азербайджана|киргизии|туркмении|россии|украины|бел[ао]рус(?:и|сии)|молдовы|молдавии|монголии"
    r"|турции|ирана|ирака|китая|индии|латвии|литвы|эстонии|польши|германии|франции|италии|испании|австрии|японии|кореи"
    r"|швеции|норвегии|финляндии|дании|чехии|венгрии|румынии|болгарии|сербии|греции|швейцарии|бельгии|португалии|албании"
    r"|хорватии|словении|словакии|нидерландов|великобритании|таиланда|вьетнама|египта|канады"
)
"""Countries in the genitive, folded: what stands before one is an institution of it."""


@cache
def _russian() -> re.Pattern[str]:
    """The pattern, compiled for the first word that is not of Latin letters."""
    return re.compile(_RUSSIAN)


def is_institution_word(word: str) -> bool:
    """Whether a word occurs in the names of institutions."""
    low = fold(word)
    return low in _WORDS or (not low.isascii() and bool(_russian().fullmatch(low)))


_LISTED_REGIONS = """
asia africa europe america americas arabia pacific caribbean oceania caucasus balkans mediterranean sahel eurasia
азии азия африки африка европы европа америки америка кавказа кавказ балкан евразии
"""
_LISTED_PARTS = """
the central eastern western northern southern north south east west latin middle near far sub-saharan north-eastern
southeast south-east south-eastern центральной центральная восточной восточная западной западная северной северная
южной южная латинской латинская юго-восточной
"""
_REGIONS, _PARTS_OF_REGIONS = frozenset(_LISTED_REGIONS.split()), frozenset(_LISTED_PARTS.split())


def is_region(name: str) -> bool:
    """Whether a name is that of a part of the world, and of no institution: `Central Asia`, `the Caucasus`."""
    *before, last = fold(name).split() or [""]
    return last in _REGIONS and _PARTS_OF_REGIONS.issuperset(before)


def is_of_a_country(word: str) -> bool:
    """Whether a word is a country in the Russian genitive: `Армении`, of `Погранслужба Армении`."""
    return not word.isascii() and re.fullmatch(_COUNTRIES, fold(word)) is not None
