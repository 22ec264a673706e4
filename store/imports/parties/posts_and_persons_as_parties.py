"""Names in a list that may be no institution's: of a post, of anybody, of a person, or with a person beside it."""

from __future__ import annotations

import re
from re import compile as compile_pattern

from store.fold_case_and_accents import fold
from store.rules.first_names import is_first_name
from store.rules.person_or_institution import (
    has_a_persons_form,
    looks_like_a_person,
    looks_like_an_institution,
    person_at_the_end,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_POSTS_LISTED = """
director head chief deputy secretary coordinator officer manager minister ambassador adviser advisor expert attache
dg sg srsg undersecretary points
commander chair chairman chairperson chairwoman president spokesperson representative point rapporteur consultant
директор начальник руководитель глава заместитель зам министр посол советник эксперт секретарь председатель
координатор специалист сотрудник менеджер представитель атташе консультант замминистра лицо докладчик directeur
directrice chef ministre coordinateur coordinatrice conseiller conseillere secretaire presidente ambassadeur directora
jefe jefa ministro ministra coordinador coordinadora secretario secretaria presidenta consejero embajador punto
"""
_POSTS = frozenset(_POSTS_LISTED.split())
"""Nouns of posts, folded."""

_OF_POSTS_LISTED = """
board co vice under
general deputy senior technical national regional executive permanent acting focal liaison project programme program
first desk legal chief генеральный генеральная первый исполнительный ответственный ответственное контактное главный
старший национальный региональный постоянный generale adjoint adjointe executif adjunto adjunta ejecutivo ejecutiva
nacional
"""
_OF_POSTS = frozenset(_OF_POSTS_LISTED.split())
"""Words beside them."""

_ANYBODY_LISTED = """
ministry department agency office government authorities authority country countries state states side party parties
host participating participant participants member partner competent relevant national beneficiary beneficiaries
delegation delegations stakeholders counterpart counterparts experts team colleagues министерство ведомство ведомства
правительство сторона стороны страна страны государства государство принимающая принимающее компетентные
заинтересованные органы участники участницы делегация делегации эксперты коллеги хозяйка ministere gouvernement
autorites competentes pays hote etats etat membres partenaires ministerio gobierno autoridades pais anfitrion estados
participantes miembros socios
"""
_ANYBODY = frozenset(_ANYBODY_LISTED.split())
"""Words that name no one institution, folded: *the Ministry*, *Host country*."""

_KINDS_LISTED = """
ministries agencies bodies authorities institutions organisations organizations departments governments
ncbs lea leas fiu fius units offices entities partners donors counterparts services
ministeres agences organismes organes autorites gouvernements services ministerios agencias autoridades instituciones
organos organizaciones gobiernos servicios entidades
министерства ведомства органы организации агентства учреждения службы структуры институты подразделения власти
министерств ведомств органов организаций министерствам ведомствам органам
"""
_KINDS = frozenset(_KINDS_LISTED.split())
"""Nouns that name several institutions of a kind, folded."""

_OF_KINDS_LISTED = """
all relevant respective concerned involved interested appropriate competent responsible other related designated
participating beneficiary national local foreign international regional central governmental government public state
law enforcement judicial security donor partner implementing line sector sectoral un civil society and or
concerne concernes concernee concernees competent competents competente competentes interesse interesses interessee
interessees pertinents pertinentes nationaux nationales national nationale internationales locales publics publiques
autres et ou toutes tous charges application loi
pertinentes competentes interesados interesadas nacionales internacionales publicos publicas otros otras y o
correspondientes responsables involucrados involucradas
и или страны стран власти
"""
_OF_KINDS = frozenset(_OF_KINDS_LISTED.split())
_RUSSIAN_OF_KINDS = (
    r"(?:все|(?:заинтересованн|соответствующ|компетентн|уполномоченн|правоохранительн|государственн|местн|указанн|вышеуказанн"
    r"|профильн|ответственн|национальн|судебн|международн|зарубежн|иностранн|друг|причастн|вовлеченн|участвующ|отраслев"
    r"|специальн|силов|донорск|партнерск|следственн)(?:ые|ие|ых|их|ым|им|ыми|ими))"
)
"""Words beside them, folded."""

_ALL_LISTED = """
all every each both все каждый каждая каждое оба обе tous toutes chaque todos todas cada ambos
"""
_ALL = frozenset(_ALL_LISTED.split())
_ARTICLES_LISTED = """
the a an of le la les l el los las un une des de du del
"""
_ARTICLES = frozenset(_ARTICLES_LISTED.split())

_OF_THE_USA = ["state", "department"]
"""One institution, though its words are anybody's."""

_BETWEEN = compile_pattern(
    r"\s+[-\u2013\u2014]\s*|[-\u2013\u2014]\s+|[\u2013\u2014]|\s*[/(),:;|\[\]]\s*"
    r"|(?<=[A-ZА-ЯЁ]{2})-(?=[A-ZА-ЯЁ](?:[a-zа-яё]|\.))"
)
"""What stands between an institution and a person of it."""

_JOINING_PERSONS = compile_pattern(r"\s*[&+]\s*|\s+(?:and|и|et|y)\s+")

_MOST_PERSONS = 12
"""Persons taken off the end of a name: each look at a cell of many thousand letters takes its time."""

_JOINING_AT_THE_END = compile_pattern(r"(?:\s*[&+,]|\s+(?:and|и|et|y))?\s*$")

_OF_PLACES_LISTED = """
northern southern eastern western центральная северная южная восточная западная средняя северный южный восточный
западный новый новая нижний верхний великий санкт
"""
_OF_PLACES = frozenset((*_OF_PLACES_LISTED.split(), *_ARTICLES))
"""First words of the names of places."""

_CITY = ("г.", "гор.")

_SURNAME = (
    r"[A-Z][a-z]{1,}(?:ov|ova|ev|eva|yev|yeva|enko|yan|chuk|shvili|dze|zade|zoda|ovich|evich|skiy|skaya)"
    r"|[А-ЯЁ][а-яё]{1,}(?:[оеё]в|[оеё]ва|енко|ян|чук|швили|дзе|заде|зода|ович|евич)"
)
_SHORTEST_SURNAME = 5

_LABEL = compile_pattern(r"[a-zа-я]+\s?:\s*(\S.*)")
"""A label that says what a name is: `by:UNODC`."""


def names_a_post_or_anybody(name: str) -> bool:
    """Whether a name is that of a post, or of any institution of a kind: `Director General`, `the Ministry`."""
    words = fold(name.replace("-", " ").replace("'", " ").replace("\u2019", " ")).split()
    if words and words[0] in _ALL and len(words) > 1:
        return True
    rest = [word for word in words if word not in _ARTICLES]
    if words and words[0] in _ARTICLES and _has_a_post(rest):
        return True
    if rest and rest != _OF_THE_USA and all(word in _ANYBODY for word in rest):
        return True
    return _has_a_post(words) or _names_a_kind(name, rest)


def _names_a_kind(name: str, words: list[str]) -> bool:
    """Whether words name institutions of a kind: `relevant ministries`, `NCBs`, «правоохранительные органы»."""
    if len(words) == 1 and re.fullmatch(r"[A-ZА-ЯЁ]{2,7}s", name.strip()) is not None:
        return True
    last = max((at for at, word in enumerate(words) if word in _KINDS), default=None)
    if last is None or not all(
        word in _KINDS or word in _OF_KINDS or re.fullmatch(_RUSSIAN_OF_KINDS, word) is not None for word in words
    ):
        return False
    return all(not word.isascii() or word.endswith(("s", "d")) for word in words[last + 1 :])


def _is_a_post(name: str) -> bool:
    """Whether what stands beside an institution is a post of it: `начальник отдела`."""
    return _has_a_post(fold(name.replace("-", " ").replace("'", " ").replace("\u2019", " ")).split())


def _has_a_post(words: list[str]) -> bool:
    before = words[
        : next((at for at, word in enumerate(words) if word in ("of", "for", "de", "du", "del")), len(words))
    ]
    if any(word in _POSTS for word in before) and all(word in _POSTS or word in _OF_POSTS for word in before):
        return True
    if len(words) == 1 and words[0].removesuffix("s") in _POSTS:
        return True  # `Consultants`
    is_russian = bool(words) and words[0] > "\u0400"
    return is_russian and (words[0] in _POSTS or (words[0] in _OF_POSTS and words[1:2] != [] and words[1] in _POSTS))


def institutions_beside_a_person(name: str, is_known: Callable[[str], bool], *, surely: bool = False) -> list[str]:
    """The institutions that a name has a person beside: `UNODC - Lola Sample`, `MIA/Obraztsov`; none for another one.

    `surely`: only one whose initials, title or first name tell the person, whatever stands beside.
    """
    words = name.split()
    if is_a_persons_first_name(name) and not (words[0].isupper() and not words[-1].isupper()):
        return []  # `LOLA SAMPLE`; but `UNODC Lola` has an acronym.
    parts = _parts_of(name)
    if len(parts) == 1:
        before = _before_persons(name)
        if before != name:
            return [before] if is_known(before) or looks_like_an_institution(before) else []
        if len(words) == 2 and words[0].isupper() and len(words[0]) > 1:
            parts = words
    if len(parts) < 2:
        return []
    others = [part for part in parts if is_known(part) or not _names_surely(part)]
    evident = [part for part in others if is_known(part) or (looks_like_an_institution(part) and not _is_a_post(part))]
    if len(others) < len(parts):
        return evident or [part for part in others if len(part) > 1][:1]
    if surely or not evident:
        return []
    return evident if any(_is_a_post(part) or is_a_person(part) for part in others if part not in evident) else []


def names_only_persons(name: str) -> bool:
    """Whether a name is several persons', each with initials, a title or a first name: `Sample L., Muster O.`."""
    parts = [each for part in _parts_of(name) for each in _JOINING_PERSONS.split(part)]
    return len(parts) > 1 and all(looks_like_a_person(each) or is_a_persons_first_name(each) for each in parts)


def names_a_person_of_a_post(name: str) -> bool:
    """Whether a person with initials or a title stands behind a post: `Consultant L. Sample`."""
    before = _before_persons(name)
    return before not in ("", name) and _is_a_post(before)


def _parts_of(name: str) -> list[str]:
    """The text between the marks that separate an institution from its persons."""
    return [part for part in map(str.strip, _BETWEEN.split(name)) if part]


def _before_persons(name: str) -> str:
    """A name without the persons with which it ends: `МВД` of `МВД Образцова О. и Примеров П.`."""
    before = name
    for _ in range(_MOST_PERSONS):
        person = person_at_the_end(before)
        if person is None:
            break
        before = _JOINING_AT_THE_END.sub("", before.removesuffix(person))
    return before


def _names_surely(part: str) -> bool:
    """Whether what stands beside a name is a person, or several, by initials, a title or a first name."""
    return any(
        looks_like_a_person(each) or is_a_persons_first_name(each) or person_at_the_end(each) is not None
        for each in map(_without_role, _JOINING_PERSONS.split(part))
    )


def _without_role(part: str) -> str:
    """A part without the words in small letters before a name: `отв. Образцова`; a title is a part of it."""
    words = part.split()
    while len(words) > 1 and words[0].islower() and not looks_like_a_person(" ".join(words)):
        del words[0]
    return " ".join(words)


def is_a_person(name: str) -> bool:
    """Whether a name is a person's: by its form, by a first name in it, or by how a surname ends."""
    if name.startswith(_CITY):
        return False
    name = _without_role(name)
    words = name.split()
    if looks_like_a_person(name) or any(len(word) > 2 and word.isalpha() and is_first_name(word) for word in words):
        return True
    if has_a_persons_form(name):
        return fold(words[0]) not in _OF_PLACES
    return len(words) == 1 and len(name) >= _SHORTEST_SURNAME and re.fullmatch(_SURNAME, name) is not None


def is_a_persons_first_name(name: str) -> bool:
    """Whether a name is a first name, alone or with one word beside it, in whatever letters: `Lola`, `LOLA SAMPLE`."""
    words = name.replace(",", " ").split()
    return (
        len(words) in (1, 2)
        and all(map(str.isalpha, words))
        and any(len(word) > 2 and is_first_name(word) for word in words)
    )


def without_label(name: str) -> str | None:
    """The name behind a label in small letters: `by:UNODC`; None for another name."""
    found = _LABEL.fullmatch(name)
    return found[1].strip() if found is not None else None
