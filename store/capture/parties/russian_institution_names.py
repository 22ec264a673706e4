"""Finds Russian institutions in any case and gives their names in the nominative: `Министерству финансов`."""

from __future__ import annotations

from typing import NamedTuple

from store.capture.lazy_pattern import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_NEUTER_O = "министерств агентств ведомств посольств представительств правительств"
_NEUTER_E = "управлени учреждени"
_MASCULINE = "комитет департамент центр секретариат банк фонд институт университет совет союз офис суд"
_FEMININE_A = "служб прокуратур палат"
_FEMININE_YA = "комисси инспекци академи мисси организаци администраци ассоциаци полици гварди дирекци лаборатори"

_NOUNS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(_NEUTER_O.split(), ("n", "о")),
    **dict.fromkeys(_NEUTER_E.split(), ("n", "е")),
    **dict.fromkeys(_MASCULINE.split(), ("m", "")),
    **dict.fromkeys(_FEMININE_A.split(), ("f", "а")),
    **dict.fromkeys(_FEMININE_YA.split(), ("f", "я")),
}
"""The stem of a noun -> its gender, and its ending in the nominative."""

_NO_NAME = (
    r"(?i:эт|нов|совместн|рабоч|межведомственн|данн|указанн|названн|перв|втор|треть|следующ|как|люб|сво|наш|ваш|т|очередн|специальн|соответствующ|местн|компетентн|зарубежн|иностранн"
    r"|принимающ|отдельн|общ|един|учебн|друг|кажд|вс|сам|уполномоченн|профильн|временн)(?:ого|его|ому|ему|ым|им|ом|ем|ой|ей|ую|юю|ый|ий|ое|ее|ая|яя|от|о|у|я)(?![а-яё])"
)
"""An adjective that is no part of a name: `Совместной комиссии`, `Этому центру`."""
_ENDINGS = r"(?:ом|ем|ой|ей|[аеиоуыюя])?"
_FIELDS = (
    r"юстиции|обороны|здравоохранения|образования|науки|культуры|финансов|экономики|коммерции|труда|энергетики|транспорта|промышленности|торговли|спорта|туризма|связи|информации"
    r"|строительства|экологии|разведки|мониторинга|миграции|статистики|развития|коммуникаций|технологий|доходов|пробации|водных ресурсов"
)
_OF_A_FIELD = rf"(?:[а-яё-]+(?:ого|его|ых|их|ой|ней) (?!и\b|в\b|на\b|с\b)[а-яё]*(?:а|я|ы|и|ов|ев|ей|ий|дел)(?![а-яё])|(?:{_FIELDS})(?![а-яё]))"
_COUNTRY = r"(?:(?:Кыргызской|Азербайджанской|Чешской|Латвийской|Литовской|Словацкой) Республики|Российской Федерации|Республики [А-ЯЁ][а-яё]+|(?:Казахстан|Узбекистан|Таджикистан|Туркменистан|Кыргызстан|Афганистан)а|[А-ЯЁ][а-яё]+(?:ии|ции)|РК|КР|РТ|РУз|РФ|ООН|ЕС|СНГ|ЕАЭС|ОБСЕ)"
_STEMS = "|".join(_NOUNS)
_NAMED = lazy(
    rf"(?<![А-Яа-яЁё«-])(?=[А-ЯЁ])(?!{_NO_NAME})(?P<adjectives>(?:(?!(?i:{_STEMS}))[А-ЯЁа-яё][а-яё-]+(?:ого|его|ому|ему|ым|им|ом|ем|ой|ей|ую|юю|ый|ий|ое|ее|ая|яя) ){{0,3}})"
    rf"(?P<noun>[А-ЯЁа-яё][а-яё]+?)(?P<case>{_ENDINGS})(?![а-яё])(?P<field>(?: {_OF_A_FIELD}(?:,? (?:и )?{_OF_A_FIELD}){{0,2}}| по делам [а-яё]+(?: и [а-яё]+)?)?)(?P<country>(?: {_COUNTRY}(?![а-яё]))?)"
)


class NamedInstitution(NamedTuple):
    """An institution that a text names: its name in the nominative, without its country, and the country as written."""

    start: int
    end: int
    name: str
    country: str


def institutions_named(words: str) -> Iterator[NamedInstitution]:
    """The institutions in some words whose name has more than the noun that says what they are."""
    for match in _NAMED.finditer(words):
        noun = match["noun"].lower()
        known = _NOUNS.get(noun)
        if known is None or not (match["adjectives"] or match["field"]):
            continue
        gender, ending = known
        adjectives = match["adjectives"].split()
        nominatives = [_nominative(each, gender) for each in adjectives]
        if not all(nominatives) or not _is_of(gender, ending, match["case"]):
            continue
        begun = " ".join((*nominatives, match["noun"] + ending))
        yield NamedInstitution(match.start(), match.end(), f"{begun}{match['field']}", match["country"].strip())


def _is_of(gender: str, ending: str, case: str) -> bool:
    """Whether a noun in the singular has this ending."""
    if gender == "f":
        return case in (("а", "ы", "е", "у", "ой") if ending == "а" else ("я", "и", "ю", "ей"))
    if ending == "е":
        return case in ("е", "я", "ю", "ем", "и")
    return case in (ending, "а", "у", "ом", "е")


_OBLIQUE = {
    "f": (("ой", "ая"), ("ую", "ая"), ("ей", "яя"), ("юю", "яя"), ("ая", "ая"), ("яя", "яя")),
    "n": (("ого", "ое"), ("ому", "ое"), ("ым", "ое"), ("ом", "ое"), ("его", "ее"), ("ему", "ее"), ("им", "ое"), ("ем", "ее"), ("ое", "ое"), ("ее", "ее")),
    "m": (("ого", "ый"), ("ому", "ый"), ("ым", "ый"), ("ом", "ый"), ("его", "ий"), ("ему", "ий"), ("им", "ий"), ("ем", "ий"), ("ый", "ый"), ("ий", "ий")),
}  # fmt: skip
"""Gender -> the endings of an adjective in all cases, and that in the nominative."""


def _nominative(adjective: str, gender: str) -> str:
    """An adjective in the nominative; empty where it does not agree with a noun of this gender."""
    for case, ending in _OBLIQUE[gender]:
        if adjective.endswith(case):
            stem = adjective.removesuffix(case)
            if gender == "f" and ending == "яя" and stem[-1:] in "шщжч":
                ending = "ая"
            if gender == "m" and ending == "ый" and stem[-1:] in "кгхшщжч":
                ending = "ий"
            return stem + ending
    return ""
