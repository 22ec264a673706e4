"""Finds names of persons by their position: next to a party, before a promise, where somebody is thanked."""

from __future__ import annotations

import re
from functools import cache

from store.capture.lazy_pattern import by_letters, has_cyrillic, latin, lazy
from store.capture.parties.nouns_of_agents_and_events import AGENTS, EVENTS, PERSONS
from store.capture.person_names.person_names_by_form import first_names_in
from store.capture.promises.promise_verbs_ru import FUTURE
from store.capture.promises.weighted_promise_phrases_en import TO_DO_VERBS
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from store.capture.parties.find_party_names import Mention

_CAP = r"[A-ZА-ЯЁ][a-zа-яёà-ÿ’'\-]+(?:[A-Z][a-zà-ÿ]+)?"
_FULL = rf"{_CAP}(?: {_CAP})?"
_SURNAME_RU = r"[А-ЯЁ][а-яё\-]+(?:[оеё]в|ин|ын|ск(?:ий|ой|ая)|енко|юк|чук|ян|дзе|швили|[оеё]ва|ина|ына)"
_DATIVE_RU = r"[А-ЯЁ][а-яё\-]+(?:[оеё]ву|ину|[оеё]вой|иной|скому|ской)"
_ACTS = r"(?!be\b|have\b|include|start|begin|continue|follow|take place|cover\b|focus|improve|increase|remain|allow|enable|help\b|lead|become|need|depend|cost|last|run\b|end\b|open\b|show|apply|serve|bring|mean|mark|grow|rise|fall|expire)[a-z]{2,}"
"""What somebody does, and not what a thing does by itself."""
_LATIN = r"[A-Z][a-zà-ÿ’'\-]+(?:[A-Z][a-zà-ÿ]+)?"
_OF_PARTY = by_letters(rf"({_LATIN}(?: {_LATIN})?|{_SURNAME_RU}(?: {_CAP})?),? (?:of|from|at|из|от) (?:the )?$")
"""Before a party: `Rashidova of UNODC`."""
_BEFORE_BRACKET = by_letters(rf"({_CAP} {_CAP}) \($")
"""Before a party in brackets: `Marie Lefebvre (INTERPOL)`."""
_BRACKETS = by_letters(rf" \(((?:[A-ZА-ЯЁ]\. ?)?{_CAP}(?: {_CAP}){{0,2}})\)")
"""Behind a party: `INTERPOL (Marie Lefebvre)`."""
_WITH_BRACKET = by_letters(rf"({_CAP} {_CAP}) \(([A-ZА-ЯЁ][^()]{{2,80}})\)")
"""Beside what may be an institution that nobody knows: persons, where a line has two of them."""
_PART = lazy(r"[^\W\d_][\w’'\-]*")
_OFFICES = (
    r"adviser|advisor|director|head|chief|officer|coordinator|expert|consultant|representative|minister|secretary|ambassador|manager|colleague"
    r"|trainer|interpreter|counterpart|spokesperson|analyst|prosecutor|judge|assistant|engineer|chemist|specialist|commissioner|inspector|attaché"
)
_OFFICES_RU = (
    r"(?i:эксперт|координатор|советник|специалист|представител|преподавател|сотрудник|руководител|переводчик|консультант|коллег|заместител"
    r"|инспектор|следовател|аналитик|тренер|атташе)[а-яё]{0,3}"
)
"""Nouns in small letters before the name of who holds the office: `our legal adviser, Vera Muster,`."""
_ENGLISH = (
    rf"(?<![\w-])({_FULL}) (?:also |then |further |\w+ly )?(?=(?:(?:will|shall|would)(?: also| then)?|(?:is|has agreed|agreed|promised|undertook|offered|committed|volunteered|is ready) to) {_ACTS}\b)",
    rf"(?<![\w-])({_FULL})(?:,? \w+ly)? (?=(?:said|told|confirmed|explained|replied|recalled|mentioned|wrote)\b)",
    rf"\b[Aa]ccording to ({_FULL})(?=[,.;]|$)",
    rf"\b\w+(?:ed|en|nt|de|ne|wn) by ({_FULL})(?=[ ,.;)]|$)",
    rf"\b(?:{_OFFICES})s?,? ({_CAP} {_CAP})(?=[ ,.;)]|$)",
    rf"\b(?:call|phone|contact|invite|brief|thank|ask|meet|e-?mail|remind|inform|write to|speak to|speak with|talk to|send to|thanks to) ({_FULL})(?=[ ,.;)]|$)",
)
_RUSSIAN = (
    rf"(?<![\w-]){_OFFICES_RU}(?: [а-яё]+){{0,3}},? ({_CAP} {_CAP})(?!\w)",
    rf"(?<![\w-])({_SURNAME_RU}(?: {_CAP})?) (?=(?:(?:также|уже|вскоре) )?(?:{FUTURE}|(?:пообещал|обещал|обязал|взял|намерен|готов|согласил|вызвал|заверил|сообщил|предложил)\w*)(?!\w))",
    rf"\b(?:{FUTURE}) ({_SURNAME_RU}(?: {_CAP})?)(?!\w)",
    rf"\b(?:{FUTURE}) (?:[а-яё]+ ){{0,2}}({_CAP} {_CAP})(?!\w)",
    rf"\b(?:{FUTURE}) (?:[а-яё]+ ){{0,2}}({_DATIVE_RU})(?!\w)",
)
"""The subject of a promise, and who does what is done: `Dupont will send`, `prepared by Olimov`, `подготовит Олимов`."""
_THANKED = (
    r"(?<![\w-])(?i:thank(?:s|ed|ing)?|grateful|gratitude|indebted|obliged|appreciation|dear|congratulat(?:e[sd]?|ions)|kudos|credit)"
    r"(?: (?:you|also|again|especially|particularly|so|very|much|once|too|go|goes|are|is|due|in|particular|my|our|their|its|friends?|colleagues?|and|to|of))*"
    rf"(?:(?:,|:| [–—])(?= {_CAP} {_CAP}))? ({_CAP}(?: {_CAP}){{0,3}})(?![\w-])"
)
_THANKED_RU = (
    r"(?<![\w-])(?i:(?:по|от)?благодар[а-яё]*|признател[а-яё]*|спасибо|обязан[аы]?|поздравл[а-яё]*|выра(?:жа|зи|жен)[а-яё]*|уважаем[а-яё]{2}|дорог(?:ой|ая|ие))"
    r"(?: (?:также|особо|особенно|отдельно|очень|вас|вам|лично|и|большое|огромное|сво[юё]|глубокую|искреннюю|особую|благодарность|признательность"
    r"|наш(?:ему|ей|его|у)|коллег[аеу]|друг|за|помощь|поддержку|содействие))*"
    rf"(?:,|:| [–—])? ({_CAP}(?: {_CAP}){{1,3}})(?![\w-])"
)
"""Who is thanked or addressed: `grateful to Vera Muster`, `благодарю Веру Примерову`."""
_AND_ANOTHER = by_letters(rf"(?:,| and|, and| и) (?:to )?({_CAP}(?: {_CAP}){{1,3}})(?![\w-])")


@cache
def _thanked(is_russian: bool) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, (_THANKED, _THANKED_RU) if is_russian else (latin(_THANKED),)))


@cache
def _places(is_russian: bool) -> tuple[re.Pattern[str], ...]:
    """The patterns, with the Russian ones for a line that has such words: compiled when the first one comes."""
    return tuple(map(re.compile, (*_ENGLISH, *_RUSSIAN) if is_russian else map(latin, _ENGLISH)))


_NO_NAMES = frozenset(
    """
he she it we they you i this that these those there here who what which each everyone everybody nobody somebody someone anyone another one some many
others most none all both either neither such same please when then also however therefore once if as
interpol europol police parliament cabinet customs donor donors headquarters management
access feedback progress registration transport budget input interest logistics follow hosting work support help guidance content
costa ланка ланке ланку рика рике рику excellency excellencies friend friends sirs reader readers guests чрезвычайный полномочный
азии азию аравии аравию корее корею америке америку африке африку европе европу зеландии зеландию македонии македонию друзья коллеги
снова слова основа готова половина причина картина украина молдова литва аргентина палестина сначала
""".split()
)
"""Words that stand with a capital at the beginning of a sentence, folded."""

PLACES = frozenset(
    """
afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium belize benin bhutan bolivia botswana brazil
britain brunei bulgaria burundi cambodia cameroon canada chad chile china colombia congo croatia cuba cyprus czechia denmark djibouti ecuador egypt england eritrea estonia
eswatini ethiopia fiji finland france gabon gambia georgia germany ghana greece guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel
italy jamaica japan jordan kazakhstan kenya kiribati kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg madagascar malawi
malaysia maldives mali malta mauritania mauritius mexico moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger nigeria
norway oman pakistan palau palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda samoa senegal serbia seychelles singapore slovakia slovenia
somalia spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey türkiye turkmenistan tuvalu uganda ukraine uruguay
uzbekistan vanuatu venezuela vietnam yemen zambia zimbabwe america europe asia africa scotland wales caucasus pacific caribbean balkans mediterranean sahel
tashkent astana almaty bishkek dushanbe ashgabat vienna lyon geneva brussels paris london moscow washington beijing tokyo berlin rome madrid lisbon warsaw kyiv minsk tbilisi
baku yerevan ankara istanbul tehran kabul delhi bangkok singapore seoul canberra ottawa nairobi samarkand bukhara samara termez the hague prague budapest sofia athens
""".split()
)
"""Countries and towns of one word, folded: they promise as states."""

_OPENERS = frozenset(
    """
also and at about dear after against although another as because before behind besides both but by despite during each even every finally first for further furthermore
from given hence how in indeed instead last later like meanwhile moreover most nevertheless next no nor not now of on once only or our over perhaps second since so
some soon still than thanks that their then there third through thus to today together tomorrow tonight under unless until upon via what when where whether
while who whom whose why with within without yes yesterday yet
а без благодаря в вскоре вместе вместо во вчера второй вчерашний где да далее для до ещё еще если же завтра за затем здесь и из иначе итак к как какой когда
которая которые который кроме кто ли лишь между мы на над накануне нам наш наша наше него нее нет ни но о об обе оба однако он она они от ответственный ответственная
первый перед по пока поскольку после потом потому поэтому при про против раз ранее с сегодня сейчас со согласно спустя среди так также там тем теперь то тогда тоже
третий тут у уже утром хотя чем через что чтобы эта эти это этот я весной летом осенью зимой днем вечером позже впоследствии соответственно помимо ввиду вслед
""".split()
)
_ENDS_OF_OPENERS = lazy(
    r"(?:[a-z]{2,}ly|[a-z]{2,}ing|[a-z]{2,}ed|[а-яё]{3,}(?:но|ко|во|до|ив|ав|ыв|ев|вши|ясь|вшись|ому|ему|ого|его|ными|ение|ения|ости|ость|ее|ие|ые|ая|ое|ый|ную|ной|[аеиоуыя]л|лся|ли|лись|ла|лась|ло|лось|[аеиуялр]ю|ы|ии|ки|ти|ция|ство|мо|[иеу]м|ет|ут|ют|ит|ат|ят))$"
)


def opens_sentence(word: str) -> bool:
    """Whether a word at the beginning of a sentence may have its capital from there alone: `However`, `Вчера`."""
    low = fold(word)
    return low in _OPENERS or low in _NO_NAMES or low in TO_DO_VERBS or bool(_ENDS_OF_OPENERS.search(low))


_A_THING = lazy(
    r"(?:ing|tion|sion|ment|ness|ity|ance|ence|ship|ures?|ism|work|ware|ings|ions|ents|ers|ies|ils|ors|sts|rts|als|ews|rds|tes|ics|rks|cks|ops|isor|inar)$"
)
"""Ends of nouns that are no names."""


def is_of_things(word: str) -> bool:
    """Whether a folded word ends as nouns do that are no names."""
    return bool(_A_THING.search(word))


def names_by_place(
    words: str, mentions: Sequence[Mention], small: Collection[str], is_usual: Callable[[str], bool]
) -> Iterator[tuple[str, int]]:
    """The names in a line, with their places. `small` are the words that the text has in small letters too."""
    for each in mentions:
        for pattern in (_OF_PARTY(words), _BEFORE_BRACKET(words)):
            match = pattern.search(words, max(0, each.start - _LONGEST), each.start)
            if match and _is_name(match[1], small, is_usual):
                yield match[1], match.start(1)
        match = _BRACKETS(words).match(words, each.end)
        if match and _is_name(match[1], small, is_usual):
            yield match[1], match.start(1)
    beside = [
        match
        for match in (_WITH_BRACKET(words).finditer(words) if "(" in words else ())
        if any(map(is_usual, _PART.findall(match[2]))) and _is_name(match[1], small, is_usual)
    ]
    if len(beside) > 1:
        yield from ((match[1], match.start(1)) for match in beside)
    is_russian = has_cyrillic(words)
    for pattern in _thanked(is_russian):
        behind = 0
        for match in pattern.finditer(words):
            another: re.Match[str] | None = match if match.start() >= behind else None
            while another:
                if _is_name(another[1], small, is_usual):
                    yield another[1], another.start(1)
                behind = another.end()
                another = _AND_ANOTHER(words).match(words, behind)
    yield from first_names_in(words, small, is_usual, opens_sentence)
    for pattern in _places(is_russian):
        for match in pattern.finditer(words):
            if _is_name(match[1], small, is_usual):
                yield match[1], match.start(1)


_LONGEST = 60
"""Characters of a name, with the word that joins it to a party."""


def _is_name(name: str, small: Collection[str], is_usual: Callable[[str], bool]) -> bool:
    """Whether no part of a name is a usual word, a place, or a noun for who can promise or what is held."""
    for part in name.split():
        low = fold(part)
        if low in _NO_NAMES or low in PLACES or low in small or low in AGENTS or low in EVENTS or low in PERSONS:
            return False
        if low.removesuffix("s") in AGENTS or low.removesuffix("s") in TO_DO_VERBS or is_usual(part):
            return False
        if " " not in name and part[0].isascii() and _A_THING.search(low):
            return False
    return True
