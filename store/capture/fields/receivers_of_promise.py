"""Finds the receivers of a promise among the parties in a sentence."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.parties.country_of_institution import country_of
from store.capture.parties.find_who_promises import is_longer_name, role_of
from store.capture.promises.conditions_of_promise import condition_in
from store.capture.promises.promise_in_table_row import receivers_in_cell
from store.capture.promises.promises_below_lead_in import RECOMMENDED
from store.capture.text_structure.blocks import BlockKind
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.parties.find_party_names import Mention
    from store.capture.promises.scored_sentence import ScoredSentence
    from store.capture.promises.sentence_in_context import Sentence


def receivers_of(sentence: Sentence, scored: ScoredSentence) -> tuple[str, ...]:
    """The receivers: parties named after the cue that do not promise; the promisers, where they promise each other."""
    by = scored.subject.by
    if scored.to and sentence.block.kind == BlockKind.ROW:
        return receivers_in_cell(sentence, scored.to)
    if scored.to:
        return tuple(
            dict.fromkeys(each.party for each in sentence.mentions if scored.to[0] <= each.start < scored.to[1])
        )
    start, end = scored.act
    if not scored.why or scored.why[0] == RECOMMENDED:
        return ()  # Nobody promises in it: who is named there is told of.
    condition = condition_in(sentence.words, start)
    if aside := _SUBORDINATE.search(sentence.words, start, end):
        end = aside.start()
    named = [
        each
        for each in sentence.mentions
        if start <= each.start < end and each.party not in by and not condition[0] <= each.start < condition[1]
    ]
    found: list[str] = []
    for each in named:
        if TOGETHER_WITH.search(sentence.words, 0, each.start) or (
            _DOES_BESIDES.match(sentence.words, each.end) and _WITH.search(sentence.words, start, each.start)
        ):
            continue
        if _is_genitive(sentence.words[each.start : each.end], sentence.words[start : each.start]):
            continue
        if sentence.is_russian and _is_of_a_noun(sentence.words, scored.start, each):
            continue
        if _IN_ITS_CAUSE.search(sentence.words, start, each.start) or _FOR_ITS_COURSE.match(
            sentence.words[start : each.end + _COURSE]
        ):
            found.append(each.party)
            continue
        if _is_adjective(sentence.words, start, each) or _is_owner(sentence.words, scored.start, each):
            continue
        before = sentence.words[start : each.start].split()[-2:]
        if _BESIDE.search(" ".join(before) + " "):
            continue
        if (
            re.match(
                r"[’']s?\b| (?:course|file|database|premises|experts?|channels?|regulations|standards|rules|system)\b",
                sentence.words[each.end :],
            )
            and not found
        ):
            continue
        found.append(each.party)
    if (
        not found
        and sentence.names.hosts
        and "all" in sentence.words[start:end]
        and _TO_ALL_HOSTS.search(sentence.words, start, end)
    ):
        return tuple(sentence.names.hosts) if set(sentence.names.hosts).isdisjoint(by) else ()
    if not found and (role := _TO_A_ROLE.search(sentence.words, start, condition[0] if condition[0] > start else end)):
        its = role_of(role[1] or role[2], sentence.names)
        its = its if set(its).isdisjoint(by) else []  # One of the hosts, to the hosts: which others, nobody says.
        if its and not is_longer_name(sentence.words, role.end()):
            return tuple(its) if len(its) == 1 else ()
    role = _TO_A_ROLE_RU.search(sentence.words, start, end) if sentence.is_russian and not found else None
    if role and not any(each.start <= role.start() < each.end for each in sentence.mentions):
        its = role_of(_NOMINATIVE[role[1].lower()], sentence.names)
        if len(its) == 1 and its[0] not in by:
            return tuple(its)
    names = sentence.names
    if not found and names.reader and _YOU.search(sentence.words, start, end):
        return tuple(names.reader) if set(names.reader).isdisjoint(by) else ()
    guests, begin = (_GUESTS_RU, scored.start) if sentence.is_russian else (_GUESTS, start)
    if not found and (guest := guests.search(sentence.words, begin, end)):
        its = role_of(guest["role"], names)
        is_longer = not sentence.is_russian and is_longer_name(sentence.words, guest.end())
        if len(its) == 1 and its[0] not in by and not is_longer and not _ITS_FIELD.match(sentence.words, guest.end()):
            return tuple(its)
    if not found and not sentence.is_russian and _RECEIVES_PEOPLE.match(sentence.words, start):
        theirs = [
            each.party
            for each in sentence.mentions
            if start < each.start < end
            and each.party not in by
            and _PEOPLE_OF.search(sentence.words, start, each.start)
        ]
        if len(set(theirs)) == 1:
            return (theirs[0],)
    if not found and (country := _FOR_COUNTRY.search(sentence.words, start, end)):
        its = [each for each in names.of_visit if each not in by and country_of(country[1]) in names.countries_of(each)]
        if len(its) == 1:
            return tuple(its)
    if not found and len(scored.patients) == 1:
        return scored.patients
    if not found and len(by) > 1 and _EACH_OTHER.search(sentence.words, start):
        return by
    return tuple(dict.fromkeys(found))


def _is_owner(words: str, start: int, mention: Mention) -> bool:
    """Whether a Russian acronym belongs to the noun before it: `изучит руководство МОМ`, not `направит МОМ анкету`."""
    name = words[mention.start : mention.end]
    if not (name[0] > "\x7f" and name.split()[0].isupper()):
        return False
    before = words[start : mention.start].split()
    if _HANDED_ON.search(words, start, mention.start):
        return False
    return len(before) > 1 and before[-1] not in _RU_SMALL_WORDS and bool(_TRANSPARENT.match(before[0]))


_HANDED_ON = lazy(r" (?:и|а также|а затем) (?:направ|переда|предста|предоста|разо|выш|высл)[а-яё]+ ")
"""Behind a verb that looks through something: what comes of it is given to the party (`обновить перечень и направить его в МОМ`)."""
_RU_SMALL_WORDS = frozenset("для к ко с со от из по при до о об у через и или а совместно вместе".split())
_TRANSPARENT = lazy(
    r"изуч|перев[её]д|перевест|провер|рассмотр|внедр|адаптир|учт|учест|примен|использ|обнов|доработ|проч[тё]|проанализ",
    re.IGNORECASE,
)
"""Verbs behind which no party receives: what stands there is its (`изучит руководство МОМ`)."""


def _is_adjective(words: str, start: int, mention: Mention) -> bool:
    """Whether a name only tells what a thing is: `translate the INTERPOL guidelines`, not `send the Ministry a list`."""
    behind = _NOUN_BEHIND.match(words, mention.end)
    article = _ARTICLE_BEFORE.search(words, start, mention.start)
    if behind is None or article is None or fold(behind[1]) in _NO_NOUNS:
        return False
    verb = words[start : article.start()].split()
    return not (verb and fold(verb[-1]) in _GIVES)


_NOUN_BEHIND = lazy(r" ([a-z][a-z\-]+)")
_ARTICLE_BEFORE = lazy(
    r"(?:^| )(?:the|an?|all|its|their|existing|new|current|relevant|of|on|under|\d+|two|three|four|five) $",
    re.IGNORECASE,
)
_NO_NOUNS = frozenset(
    "with on about of in by to a an the and or all any every for as at from that which who whether how when where what its their his her our your if once until before"
    " after during via through into under over within without between against towards upon per not also jointly is are was were will would shall can may has have"
    " on behalf monthly weekly quarterly regularly promptly directly officially accordingly".split()
)
"""Words behind the name of who receives something, folded, which are no nouns."""
_GIVES = frozenset(
    "give send grant offer provide lend show tell hand assign allot allow promise bring notify inform supply".split()
)
"""Verbs with whom it is given to directly behind them."""
_YOU = lazy(r"\b(?:you|your|вам|вас)\b", re.IGNORECASE)
_GUESTS = lazy(
    r"\b(?:invite|host|receive|accept|admit|train|welcome|second)\b[^,;]{0,60}? (?:officers?|experts?|representatives?|specialists?|staff|employees|officials?|analysts?|prosecutors?|trainees?|candidates?)"
    r" (?:of|from) the (?P<role>ministry|agency|service|office|bureau|delegation|academy|institute|committee)\b",
    re.IGNORECASE,
)
_RECEIVES_PEOPLE = lazy(r"(?:to )?(?:invite|host|receive|accept|admit|train|welcome|mentor)\b", re.IGNORECASE)
_PEOPLE_OF = lazy(
    r" (?:officers?|experts?|representatives?|specialists?|staff|employees|officials?|analysts?|prosecutors?|trainees?|candidates?|statisticians?|colleagues|students?"
    r"|lawyers?|inspectors?|engineers?|teachers?|trainers?|interns?|fellows|participants?|investigators?|chemists?) (?:of|from) (?:the )?$"
)
"""Around the party whose people are received: `host two statisticians of the NSC`."""
_GUESTS_RU = lazy(
    r"(?<![а-яё])(?:сотрудник|эксперт|представител|специалист|офицер|следовател|кандидат|стаж[её]р|аналитик)[а-яё]{1,3} (?P<role>министерства|агентства|ведомства|службы|прокуратуры|комитета|управления|делегации)(?![а-яё])",
    re.IGNORECASE,
)
"""Those whose people are received or invited."""
_FOR_COUNTRY = lazy(
    r"\b(?:for|to) (?:the )?(?:Republic of )?([A-Z][a-z]+)\b(?! (?!(?:in|on|at|by|and|or|for|to|of|with|from|before|until|under|as|this|next|during|within|through)\b)[a-z])"
)
"""For a country, and not for somebody of it (`for Kyrgyz candidates`)."""


def _is_genitive(name: str, before: str) -> bool:
    """Whether a Russian name belongs to the noun before it: `руководство Интерпола`, not `направит Интерполу`."""
    its = name.split()
    noun = next((word for word in its if not _ADJECTIVE.search(word)), its[0])
    is_genitive = _GENITIVE.search(its[0]) or (noun is not its[0] and noun.endswith("ы"))
    return bool(is_genitive) and not re.search(r"\b(?:для|до|у|от) $", before)


_GENITIVE = lazy(r"[а-яё](?:а|ы|ия|ого|его)$")
_ADJECTIVE = lazy(r"(?:ой|ей|ого|его|ому|ему|ым|им|ая|яя|ое|ее|ый|ий)$")


def _is_of_a_noun(words: str, start: int, mention: Mention) -> bool:
    """Whether a Russian name belongs to a noun that is no receiver: `в штаб-квартире МТЦ`, `виз экспертам ЕЭК ООН`.

    A name in the dative that shows its case receives, wherever it stands.
    """
    before = words[start : mention.start]
    first = words[mention.start : mention.end].split()[0]
    if re.search(r"(?:ому|ему|ству|ению)$", first):
        return False
    its = words[mention.start : mention.end].split()
    noun = next((word for word in its if not _ADJECTIVE.search(word)), first)
    if not noun.isupper() and _WITHIN.search(before) and _PREPOSITIONAL.search(noun):
        return True
    if _BEFORE_WITH.search(before):
        return True
    if _AND_BEFORE.search(before):
        before = _AND_BEFORE.sub("", before)
    return bool(_IN_ITS_PLACE.search(before) or _OF_ITS_PEOPLE.search(before))


_WITHIN, _PREPOSITIONAL = lazy(r"(?<![а-яё])(?:в|во|на|при) $", re.IGNORECASE), lazy(r"[а-яё](?<!и)е$|ии$")
"""Around a name: what is done there (`курс в Министерстве юстиции`), and is not sent to it (`в Министерство юстиции`)."""
_IN_ITS_PLACE = lazy(
    r"(?<![а-яё])(?:(?:в|во|на|при) (?![а-яё]+ [тм]есяц)(?:[а-яё-]+(?:ой|ей|ом|ем|ых|их) )?(?!мае|марте|срок|июне|июле|ведение|течени|июл|август|сентябр|октябр|ноябр|декабр|январ|феврал|апрел|квартал|дн|недел|год|язык)[а-яё-]{3,}(?:е|и|ах|ях)"
    r"|(?:к|ко) (?:[а-яё-]+(?:ой|ей|ому|ему|ым|им) )?(?!концу|началу|середине|маю|марту)[а-яё-]{3,}(?:е|у|ю|и|ам|ям)) $",
    re.IGNORECASE,
)
"""Before a name: the place, or the thing, that is its (`на базе МТЦ`, `к системе ЕЭК ООН`)."""
_OF_ITS_PEOPLE = lazy(
    r"(?:(?:выдач|оказани|предоставлени|обучени|организаци|проведени|направлени|порядк|услови|поддержк|помощ)[а-яё]{1,3} (?:[а-яё-]+ ){0,3})(?:эксперт|сотрудник|представител|специалист|офицер|граждан|кандидат|участник|делегат)[а-яё]{1,3} $",
    re.IGNORECASE,
)
"""Before a name: people of whom an act tells that is not promised itself (`порядок выдачи виз экспертам МТЦ`)."""
_BEFORE_WITH = lazy(
    r"(?:ций|ений|аний|ения|ания|встреч|переговоров|сотрудничества|взаимодействия|контактов|связей|диалога|обмена)(?: [а-яё-]+(?:и|а|ов|ей))? (?:с|со) $"
)
"""Before a name: an act with it that something else is for (`в организации консультаций с Секретариатом`)."""
_AND_BEFORE = lazy(r"[А-ЯЁA-Z][\w-]*(?: [А-ЯЁA-Z][\w-]*)? и $")
"""Another name before it, with which it stands."""


_BESIDE = lazy(
    r"\b(?:through|via|by|of|from|in|at|behalf of|support of|under|between|about|on|within|after|через|от|при|из|о|об|у|под)(?: the)? $",
    re.IGNORECASE,
)
TOGETHER_WITH = lazy(
    r"(?:совместно|вместе|во взаимодействии|together|jointly|in cooperation|in coordination) (?:со?|with)(?: the)? $",
    re.IGNORECASE,
)
"""Before who takes part, and does not receive."""
_WITH, _DOES_BESIDES = lazy(r"\bwith(?: the)? $"), lazy(r" (?:(?:[a-z]+ly )?[a-z]{2,}ing\b|as (?:its|their|the|an?) )")
"""Around who does a part of it: `with UNODC providing the interpreters`."""
_SUBORDINATE = lazy(r", (?:which|котор\w+) | whether |, (?:[а-яё]+ )?ли ", re.IGNORECASE)
"""What is told of the promised thing, or asked: who stands there does not receive (`…, which SBS considers useful`)."""
_TO_ALL_HOSTS = lazy(r"\bto all (?:of )?(?:the )?hosts\b", re.IGNORECASE)
_TO_A_ROLE = lazy(
    r"\b(?:to|with|inform|notify|provide|brief|send) (?:the|its) (hosts|host|ministry|agency|embassy|secretariat|delegation|bureau|committee|institute|academy|office|service|inspectorate|authority|guard)\b"
    r"|\b(?:в|для|с) (министерств[оау]м?|комитет\w?|посольство|секретариат|делегацией)\b",
    re.IGNORECASE,
)
"""A receiver that is named by its role in the visit."""
_NOMINATIVE = {
    "министерству": "министерство", "агентству": "агентство", "ведомству": "ведомство", "комитету": "комитет", "управлению": "управление", "секретариату": "секретариат",
    "посольству": "посольство", "прокуратуре": "прокуратура", "службе": "служба", "делегации": "делегация",
}  # fmt: skip
_FIELD = r" (?:культур|юстици|оборон|здравоохранен|образован|наук|финанс|экономик|труда|энергетик|транспорт|внутренн|иностранн|сельск|природн|социальн|чрезвычайн|промышленност|торговл|спорт|молод[её]ж|связи|информац|таможн|полици|республик)"
_ITS_FIELD = lazy(_FIELD, re.IGNORECASE)
"""Behind a role: it is the beginning of another name."""
_TO_A_ROLE_RU = lazy(
    rf"(?<![а-яё])(?<! в )(?<! на )(?<! о )(?<! при )(?<! по )(?<! об )(?<! к )({'|'.join(_NOMINATIVE)})(?![а-яё])(?!{_FIELD})",
    re.IGNORECASE,
)
"""The same in the dative: `поставить министерству`."""
_COURSE = 12
_IN_ITS_CAUSE = lazy(
    r"\b(?:support|assist|help|facilitat)\w* (?:\w+ )?the (?:work|efforts|activities|mandate) of (?:the )?$",
    re.IGNORECASE,
)
"""Before a party: what is done is done for it (`support the work of INTERPOL`)."""
_FOR_ITS_COURSE = lazy(
    r"(?:to )?(?:name|nominate|nominating|appoint|second|send|identify|select)\b.* (?:for|to) (?:the )?\S+ (?:course|training|worksh|seminar)",
    re.IGNORECASE,
)
"""Somebody is named for what a party holds: `name three prosecutors for the UNODC course`."""
_EACH_OTHER = lazy(
    r"\b(?:each other|one another|mutual\w*|exchange|exchanging|quarterly|meet again|consultations?|консультаци\w+|друг другу|друг с другом|обмен\w*|взаимн\w+)\b",
    re.IGNORECASE,
)
