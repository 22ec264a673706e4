"""The countries in the names of institutions, in English and Russian."""

from __future__ import annotations

from functools import cache

from store.capture.lazy_pattern import lazy

_COUNTRIES = """
afghanistan afghan афган; albania albanian албан; algeria algerian алжир; armenia armenian армен армян; austria austrian австри; azerbaijan azerbaijani азербайджан;
belarus belarusian белорус беларус; belgium belgian бельги; bosnia bosnian босни; brazil brazilian бразил; bulgaria bulgarian болгар; canada canadian канад; china chinese кита;
croatia croatian хорват; cyprus cypriot кипр; czechia czech чеш чех; denmark danish дани датск; egypt egyptian егип; estonia estonian эстон; finland finnish финлянд финск;
france french франц; georgia georgian грузи; germany german герман немец; greece greek грец греческ; hungary hungarian венг; india indian инди; indonesia indonesian индонез; iran iranian иран;
iraq iraqi ирак; ireland irish ирланд; israel israeli израил; italy italian итал; japan japanese япон; jordan jordanian иордан; kazakhstan kazakh казах; kenya kenyan кени; korea korean коре;
kosovo kosovar косов; kyrgyzstan kyrgyz кыргыз киргиз; latvia latvian латви латыш; lithuania lithuanian литв литов; malta maltese мальт; mexico mexican мексик; moldova moldovan молд;
mongolia mongolian монгол; montenegro montenegrin черногор; morocco moroccan марок; macedonia macedonian македон; netherlands dutch нидерланд голланд; nigeria nigerian нигери; norway norwegian норв;
pakistan pakistani пакистан; poland polish польш польск; portugal portuguese португал; romania romanian румын; russia russian росси; serbia serbian серб; slovakia slovak словак словац;
slovenia slovenian slovene словен; spain spanish испан; sweden swedish швед швец; switzerland swiss швейцар; tajikistan tajik таджик; thailand thai таиланд тайск; tunisia tunisian тунис;
turkey turkish türkiye турц турец; turkmenistan turkmen туркмен; ukraine ukrainian укра; uzbekistan uzbek uzb узбек; vietnam vietnamese вьетнам
"""

_FIRST_NAMES_TOO = frozenset(("georgia", "jordan", "israel"))
_NOUNS_RU = """
афганистан албания алжир америка армения австрия австралия азербайджан англия аргентина бангладеш бахрейн беларусь белоруссия бельгия босния бразилия болгария
великобритания венгрия вьетнам германия греция грузия дания египт израиль индия индонезия иордания ирак иран ирландия исландия испания италия йемен казахстан канада
катар кения кипр киргизия кувейт кыргызстан китай корея косово латвия ливан ливия литва люксембург македония малайзия мальта марокко мексика молдавия молдова монголия
непал нигерия нидерланды норвегия оман пакистан палестина польша португалия россия румыния сербия сингапур сирия словакия словения судан таджикистан таиланд тайвань
тунис туркменистан туркмения турция узбекистан украина филиппины финляндия франция хорватия черногория чехия швейцария швеция эстония эфиопия япония
"""
_ENDINGS_RU = {
    "ия": ("ия", "ии", "ию", "ией"),
    "ея": ("ея", "еи", "ею", "еей"),
    "а": ("а", "ы", "и", "е", "у", "ой", "ей"),
    "ы": ("ы", "ов", "", "ам", "ами", "ах"),
    "о": ("о", "а", "у", "ом", "е"),
    "ь": ("ь", "и", "ью", "я", "ю", "ем", "е"),
    "й": ("й", "я", "ю", "ем", "е"),
}
"""The end of a noun in the nominative -> its ends in all cases; behind another letter they are added."""


_SHORT_RU = {
    "РК": "Республики Казахстан", "РУз": "Республики Узбекистан", "РУ": "Республики Узбекистан", "РТ": "Республики Таджикистан", "КР": "Кыргызской Республики",
    "РФ": "Российской Федерации", "РА": "Республики Армения", "РБ": "Республики Беларусь", "РМ": "Республики Молдова", "АР": "Азербайджанской Республики",
}  # fmt: skip


def with_country_in_full(name: str) -> str:
    """The name of an institution with its country written out: `Агентство РК` is `Агентство Республики Казахстан`."""
    return " ".join(_SHORT_RU.get(word, word) for word in name.split())


@cache
def _nouns() -> frozenset[str]:
    found = {line.split()[0] for line in _COUNTRIES.split(";")} - _FIRST_NAMES_TOO | {"türkiye", "египет"}
    for noun in _NOUNS_RU.split():
        end = next((end for end in _ENDINGS_RU if noun.endswith(end)), "")
        found.update(noun.removesuffix(end) + other for other in _ENDINGS_RU.get(end, ("", "а", "у", "ом", "е")))
    return frozenset(found)


def is_country(word: str) -> bool:
    """Whether a word is the noun of a country, in any case, and no name of a person: `Литвы`, not `Литвинов`."""
    return word.lower() in _nouns()


@cache
def _words() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    english: dict[str, str] = {}
    russian: list[tuple[str, str]] = []
    for line in _COUNTRIES.replace("\n", " ").split(";"):
        names = line.split()
        for name in names:
            if name.isascii() or "ü" in name:
                english[name] = names[0]
            else:
                russian.append((name, names[0]))
    return english, tuple(russian)


_WORD = lazy(r"[^\W\d_]+")


def country_of(word: str) -> str | None:
    """The country that a word names, or whose adjective it is; None for any other word."""
    english, russian = _words()
    low = word.lower()
    if low.isascii() or "ü" in low:
        return english.get(low.removesuffix("s") if low not in english else low)
    return next((name for stem, name in russian if low.startswith(stem)), None)


def countries_in(text: str) -> set[str]:
    """The countries that the capitalised words of a text name."""
    return {name for word in _WORD.findall(text) if word[0].isupper() and (name := country_of(word))}
