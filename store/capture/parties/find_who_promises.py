"""Finds the promiser: the subject of the cue's own clause, and the parties that it means."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_party_names import is_unit_before
from store.capture.parties.nouns_of_agents_and_events import AGENTS, EVENTS, PERSONS
from store.fold_case_and_accents import fold
from store.rules.institution_words import is_institution_word, is_region

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.capture.parties.find_party_names import KnownNames, Mention


class How:
    """The evidence for the promiser."""

    NAMED, VISIT, BEFORE, LIST, AUTHOR, NONE = "named", "visit", "before", "list", "author", "none"


class Sort:
    """What the subject of a clause is."""

    PARTY, INSTITUTION, BOTH, IT, WE, PERSON, EVENT, THING, RELATIVE, EMPTY = (
        "party", "institution", "both", "it", "we", "person", "event", "thing", "relative", "empty"
    )  # fmt: skip


class ClauseSubject(NamedTuple):
    """The subject of a clause: its words, its sort, and the parties that it names; `new` are unknown ones.

    `ruler` is what stands before the clause: the verb on which it depends (`discussed how`).
    """

    words: str
    sort: str
    by: tuple[str, ...] = ()
    how: str = How.NONE
    new: tuple[str, ...] = ()
    ruler: str = ""


_OPENING = lazy(
    r"(?:in|on|at|to|by|for|with|as|after|before|during|following|building|under|through|within|without|throughout|regarding"
    r"|concerning|given|once|when|while|if|should|upon|towards?|further|moreover|finally|lastly|also|additionally|consequently"
    r"|accordingly|therefore|meanwhile|subject|based|recogni[sz]ing|noting|recalling|amid|since|until|because|although|though"
    r"|\w+ing|first|second|third|fourth|fifth|sixth|seventh|last|next|firstly|secondly|thirdly|separately|specifically|together|similarly|likewise|besides|drawing"
    r"|что касается|в|на|по|с|со|о|об|при|для|после|до|к|из|от|за|кроме|также|вместе|согласно|учитывая|если|когда|исходя|отметив|подчеркнув|подводя)\b",
    re.IGNORECASE,
)
_ASIDE = lazy(
    r", (?:which|who|whose|where|together with|along with|represented by|in turn|котор\w+|including|as well as|в лице|совместно с|вместе с) ?[^,;]*?, ?$|, [^,;]{3,80}, ?$"
)
_PARENTHESES = lazy(r"\s*\([^()]*\)")
_CUT = lazy(
    r"[;:] |, (?:and|but|while|whereas|so|yet|with|which|who|where|when|whose) |(?<=\w) (?:and|but|while|whereas|so|as|because) (?=(?:an?|another|it|they|he|she|we|the|this|these|both|will|shall)\b)"
    r"|(?<=\w) (?:that|how|whether|which|who|where|what|if|when|until|once|after|before) | (?:что|как|чтобы|если|когда|где) |, (?:и|а|но|что|котор\w+|чтобы|если|где) ",
    re.IGNORECASE,
)
_RELATIVE_WORD = lazy(r"(?:^|[ ,])(?:which|that|who|where|whose|what|котор\w+)\s+$", re.IGNORECASE)
_BOTH = lazy(
    r"\b(?:both|(?:the )?(?:two|three|four|both)? ?(?:sides|parties|countries|governments|nations|delegations|institutions|agencies|partners|leaders|services|heads|chiefs|directors"
    r"|ministers|presidents|participants|heads of state|allies|members|delegates|signatories|interlocutors|organi[sz]ations|principals|secretaries|ministries|units|offices|teams|authorities)|they|each side|each party|each)\b"
    r"|\b(?:стороны|обе стороны|участники|они|обе делегации|страны|партн[её]ры|министры|руководители|ведомства|службы)\b",
    re.IGNORECASE,
)
_WE = lazy(
    r"^(?:[\w ]*\b)?(?:[Ww]e|I|[Мм]ы|[Нн]ами)\b(?! [a-z]+n[’']t)|^(?:[Oo]ur|[Mm]y|[Нн]аш\w*|[Сс] нашей стороны) ?"
    r"|^(?:(?:[Tt]he )?(?:present )?(?:author|undersigned)|[Аа]втор)(?: (?:of this (?:report|note)|отч[её]та|справки))?$"
)
_THEIR_OFFICE = lazy(
    r"(?:his|her) (?:office|service|agency|department|directorate|unit|ministry|authority|institution|organi[sz]ation)$"
    r"|(?:его|е[её]) (?:ведомство|управление|служба|министерство|агентство|комитет|учреждение|организация)$",
    re.IGNORECASE,
)
"""The party of the person of whom was told before."""
_HE = lazy(r"^(?:he|she|он|она)(?: also| further| then| therefore| также)?$", re.IGNORECASE)
_IT = lazy(r"^(?:it|оно)(?: also| further| then| therefore| также)?$", re.IGNORECASE)
_NEW = lazy(r"(?:the |a |this )?(?:new|newly \w+)\b|нов(?:ый|ая|ое|ые)\b", re.IGNORECASE)
_ROLE = lazy(
    r"\b(?:the|its|their|our|this)\s+(?:(?:host|receiving|visiting|national|local|central|other|requesting)\s+)?"
    r"(?P<role>ministry|agency|service|office|embassy|secretariat|delegation|hosts?|side|party|bureau|prosecution|police|council|committee|board|centre|center|institute|"
    r"academy|department|directorate|mission|authorities|government|inspectorate|authority|guard|organi[sz]ation|unit|bank|court|commission)\b(?!\s+of\b(?! the (?:delegation|ministry)))"
    r"|\b(?P<ru>министерств\w{1,2}|ведомств\w{1,2}|управлени\w|служб\w|агентств\w{1,2}|комитет\w{0,2}|прокуратур\w{1,2}|представительств\w{1,2}|бюро|центр\w{0,2}|делегаци\w{1,2}|посольств\w{1,2}|секретариат\w{0,2}|таможн[яиюе]|принимающ\w+ сторон\w)\b",
    re.IGNORECASE,
)
_PERSON = lazy(
    r"(?:^|\b(?:the|its|our|their|and) )(?:(?:deputy|vice|under|prime|foreign|first|special|acting|permanent|assistant|executive|senior) )*"
    r"(?:minister|secretary|president|ambassador|director|envoy|senator|commissioner|attorney general|chancellor|head|chief|chair|chairman|chairperson|rapporteur|representative|colonel|general|officer|coordinator)\b"
    r"|\b(?:Mr|Mrs|Ms|Dr|Prof|Col|Lt|Gen|Maj|Capt)\b|\b(?:Secretary|President|Minister|Ambassador|Director|Envoy|Senator|Commissioner) [A-Z]|\b(?:his|her)\b|\ue000|\b(?:представител\w+|руководител\w+|начальник\w*|министр\w*|директор\w*|полковник\w*|председател\w*)\b",
)
_IS_LONGER = lazy(r" (?:[A-Z]\w|(?!и\b|также\b|совместно\b)[а-яё])")
"""Behind a role: it is the beginning of another name (`Министерство культуры`, `the Police Academy`)."""
_ONE_PERSON = frozenset(
    (
        "minister",
        "president",
        "secretary",
        "ambassador",
        "director",
        "envoy",
        "chairperson",
        "commissioner",
        "chancellor",
        "senator",
        "министр",
        "директор",
    )
)
_CAPITALISED = lazy(
    r"(?:[Tt]he )?((?:[A-Z][\w’'&.\-]*)(?:(?: (?:of|the|for|and|on|de|to)(?: the)?)? (?:[A-Z][\w’'&.\-]*))*)"
)
_PREPOSITION = lazy(
    r"\b(?:of|in|on|for|to|with|from|at|by|between|under|through|against|across|within|among|that|which|who|as|including|during|after|following"
    r"|после|для|по|о|об|в|на|с|при|между|из|от)\b",
    re.IGNORECASE,
)
_VERB = lazy(
    r"(?<![A-Z])\b(?!(?:organi[sz]ed|armed|advanced|integrated|united|related|limited|interested|affected|based|proposed|specialised|specialized|appointed|combined|unified)\b)"
    r"(?:[a-z]{2,}ed|met|held|took|gave|made|said|told|is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|should|must|saw|spoke|led|went|came|put|set|began|thinks?|considers?|notes?|stresse?s?|welcomes?|recogni[sz]es?|[а-яё]{3,}(?:л|ла|ло|ли|лся|лась|лось|лись)|является|имеет|просит|считает)\b"
)
_AT_WHOSE = frozenset(
    ("просьбе", "поручению", "инициативе", "приглашению", "запросу", "предложению", "request", "invitation")
)
"""Nouns before a party for whom, or by whose will, another one does it: `по просьбе МВД`."""
_BESIDE = frozenset(
    ("with", "to", "for", "from", "by", "against", "in", "on", "at", "с", "со", "для", "от", "в", "к", "на", "при")
)
"""Words before the name of a party that is beside the subject, and is not it."""


def clause_before(words: str, at: int) -> tuple[int, str, bool]:
    """The start of a cue's clause, the words before it, and whether it is a relative one (`which`).

    What stands between two commas directly before the cue is passed over.
    """
    start = condition.end() if (condition := _LEADING_CONDITION.match(words, 0, at)) else 0
    begin = start
    is_relative = bool(_RELATIVE_WORD.search(words[max(0, at - 12) : at]))
    end = at
    aside = _ASIDE.search(words, 0, at)
    if aside and not is_relative:
        end = aside.start()
    for cut in _CUT.finditer(words, begin, end):
        if cut[0] == " and " and _NO_MORE_THAN_A_NAME.fullmatch(words, start, cut.start()):
            continue  # `The Ministry and the Agency will`: two subjects of one verb.
        if (
            cut[0] == " and "
            and words.startswith(("a ", "an ", "another "), cut.end())
            and not _VERB.search(words, start, cut.start())
        ):
            continue  # `A list and a map will be sent.`
        if not words[cut.end() : end].strip(" ,") or _is_in_aside(words, cut.start(), end):
            continue
        if not _is_closed(words, cut, end):
            start = cut.end()
            is_relative = bool(re.match(r"(?:[, ]*)(?:which|who|where|whose|котор)", cut[0], re.IGNORECASE))
    return start, words[:start], is_relative


_NO_MORE_THAN_A_NAME = lazy(
    r"[ ,]*(?:[Bb]oth )?(?:[Tt]he |[Ii]ts |[Oo]ur )?[\w’'\-]+(?: (?:of|for|on|the|[A-Z][\w’'\-]*)){0,8}"
)
_LEADING_CONDITION = lazy(
    r"(?:provided|on (?:the )?condition|in the event|assuming|supposing) that [^,;]+, |(?:при условии|в случае),? (?:если|что) [^,;]+, ",
    re.IGNORECASE,
)
"""At the beginning of a sentence, before who promises."""
_RELATIVE_WORD = lazy(r"(?:[, ]*)(?:which|who|whose|where|that|котор\w+) ", re.IGNORECASE)
_SAYING = lazy(
    r"(?:\w+ed|said|says?|told|\w+es|agree|hope|hopes|note|notes|show|shows|know|believe|think|thinks|felt|understood|saw|made (?:it )?clear|fact|view|idea|word|promise|pledge|guarantee|assurance|decision|agreement|understanding|proposal|clear)"
    r"(?: (?:the|to the)? ?[A-Z]?\w+)?,?$",
)


def _is_closed(words: str, cut: re.Match[str], end: int) -> bool:
    """Whether a relative clause has ended before the cue: `the exhibition that both ministers opened will run`."""
    if not _RELATIVE_WORD.match(cut[0]):
        return False
    if cut[0].strip(" ,").lower() == "that" and _SAYING.search(words[: cut.start()].rstrip()):
        return False
    verb = _VERB.search(words, cut.end(), end)
    return verb is not None and not re.search(r"\b(?:and|or|и)\s*(?:\w+ly )?$", words[:end])


def _is_in_aside(words: str, cut: int, end: int) -> bool:
    """Whether a cut is in brackets closed before the cue."""
    return words.count("(", 0, cut) > words.count(")", 0, cut)


def subject_of(
    words: str, at: int, names: KnownNames, mentions: Sequence[Mention], before: Sequence[str], last: Sequence[str]
) -> ClauseSubject:
    """The subject of the clause of a cue at `at`.

    `before` are the parties of the sentence before where it named two, `last` those who were its subject.
    """
    start, ruler, is_relative = clause_before(words, at)
    if that := _THAT.match(words, start, at):
        start, ruler = that.end(), words[: that.end()]
    if is_relative and not words[start:at].strip():
        return ClauseSubject(words[start:at].strip(), Sort.RELATIVE, ruler=ruler)
    start = _behind_opening(words, start, at)
    if (own := _behind_own_clause(words, start, at, mentions)) > start:
        start, ruler = own, words[:own]
    if _HOPED.match(words, start):
        return ClauseSubject(words[start:at].strip(), Sort.THING, ruler=ruler)
    if _IMPERSONAL.match(words, start):
        return ClauseSubject(words[start:at].strip(), Sort.BOTH, ruler=ruler)
    aside = _ASIDE.search(words, start + 1, at)
    end = _end_of_subject(words, start, aside.start() if aside else at, mentions)
    named = _direct(ruler, 0, [each for each in mentions if each.end <= len(ruler)]) if _SAID.search(ruler) else []
    found = _subject_in_clause(words, start, end, names, mentions, before, named or last)
    if named and found.sort == Sort.IT and len(named) == 1:
        found = ClauseSubject(found.words, Sort.PARTY, tuple(named), How.NAMED)
    elif not named and found.by and found.sort == Sort.IT and _SAID.search(ruler) and _names_agent(ruler):
        # `The Embassy said that it would`: who says it, and nobody from the sentence before.
        outer = main_subject(ruler, names, [], (), ())
        its = outer or ClauseSubject("", Sort.EMPTY)
        found = ClauseSubject(found.words, Sort.IT, its.by, its.how, its.new)
    by, how, new = found.by, found.how, found.new
    return ClauseSubject(found.words, Sort.RELATIVE if is_relative else found.sort, by, how, new, ruler)


def _names_agent(words: str) -> bool:
    """Whether one of these words is a noun for a possible promiser."""
    return any(is_agent(each) for each in re.findall(r"[^\W\d_]+", words))


def has_verb(words: str) -> bool:
    """Whether words form a clause: a verb follows the first of them."""
    return _VERB.search(words, 1) is not None


def stands_before(words: str) -> bool:
    """Whether a possible promiser, or a person, is the subject of a verb in these words."""
    return has_verb(words) and ("\ue000" in words or _names_agent(words))


_CLAUSE_OF_ITS_OWN = lazy(r", (?:[Tt]he )?$")
_MOST_BEFORE_CUE = 25


def _behind_own_clause(words: str, start: int, at: int, mentions: Sequence[Mention]) -> int:
    """Where the party directly before a cue begins, if another clause with its verb ends before it at a comma.

    `Свои анкеты ГП сдала, АФМ пришлёт`: a comma alone stands between them.
    """
    its = next((each.start for each in mentions if start < each.start and words[each.end : at].strip() == ""), 0)
    if not its and (acronym := _ACRONYM_BEFORE.search(words, max(start, at - _MOST_BEFORE_CUE), at)):
        its = acronym.start()
    comma = _CLAUSE_OF_ITS_OWN.search(words, start, its) if its else None
    if comma is None or not words[start : comma.start()].strip() or "," in words[start : comma.start()]:
        return start
    verb = _VERB.search(words, start + 1, comma.start())
    if verb is None or _RELATIVE_WORD.search(words, start, comma.start()):
        return start
    return its


_ACRONYM_BEFORE = lazy(r"(?<!\w)[А-ЯЁ]{2,8} $")


_BESIDE_THE_POINT = lazy(
    r"^(?:and|but|so|then|nevertheless|however|the following:|также|а|и|но|тем не менее|однако|при этом|вместе с тем|затем|далее|наконец)\s+",
    re.IGNORECASE,
)
"""Before a subject, and no part of it."""
_JOINED = lazy(r" (?:and|и) ")
_ADVERBS = lazy(
    r"(?:[ ,]+(?:also|further|then|therefore|both|each|all|again|still|now|in turn|for (?:its|their) part|[a-z]+ly|также|далее|не|(?![а-яё]*ство(?![а-яё]))[а-яё]{3,}(?:но|ко|ски|ло)))+$"
)


_IMPERSONAL = lazy(r"it (?:was|is|has been|had been)\b", re.IGNORECASE)
_HOPED = lazy(
    r"it (?:was|is|has been|had been|would be|will be) (?:[a-z]+ly |also )?(?:hoped|expected|anticipated|believed|assumed|foreseen|thought|wished|likely|possible|desirable)\b(?! to\b)",
    re.IGNORECASE,
)
"""What nobody takes on: `It is hoped that the device, which …, will help`."""
_THAT = lazy(r"(?:that|что)\b(?! касается)[ ,]+(?=\S)", re.IGNORECASE)
"""At the beginning of a clause behind `but`: what was said goes on (`…, but that it would send …`)."""
_SAID = lazy(r"\b(?:that|что)[, ]+$", re.IGNORECASE)


def _subject_in_clause(
    words: str,
    start: int,
    end: int,
    names: KnownNames,
    mentions: Sequence[Mention],
    before: Sequence[str],
    last: Sequence[str],
) -> ClauseSubject:
    """What the words of a subject mean."""
    text = _PARENTHESES.sub("", words[start:end]).strip(" ,–—-*")
    text = _BESIDE_THE_POINT.sub("", text)
    text = _ADVERBS.sub("", text).strip(" ,")
    if not text:
        return ClauseSubject("", Sort.EMPTY)
    inside = [each for each in mentions if start <= each.start and each.end <= end]
    own = [each for each in inside if not names.is_in_other_case(words[each.start : each.end], each.party)]
    inside = own or inside  # `Перечень Пограничной службы Интерпол уточнит`: the nominative is the subject.
    direct = _direct(words, start, inside)
    head = _head(text)
    is_behind_preposition = bool(_OPENING.match(text))
    roles_beside = [
        role_of(each["role"] or each["ru"], names)
        for each in (_ROLE.finditer(text) if direct else ())
        if not _IS_LONGER.match(text, each.end())
    ]
    if direct and re.search(r"\band (?:the )?$|^", text):
        direct = list(
            dict.fromkeys([*direct, *(name for its in roles_beside if its and _JOINED.search(text) for name in its)])
        )
    if direct and (is_behind_preposition or not (head and fold(head) in EVENTS)):
        if is_behind_preposition:
            first = next((each.start for each in inside if each.party in direct), start)
            article = re.search(r"[Tt]he $", words[start:first])
            text = words[first - (len(article[0]) if article else 0) : end].strip(" ,")
        else:
            beside = _unknown_beside(text, names)
            if beside:
                every = sorted(dict.fromkeys([*direct, *beside]), key=lambda each: _at(text, each, inside, start))
                return ClauseSubject(text, Sort.PARTY, tuple(every), How.NAMED, tuple(beside))
        return ClauseSubject(text, Sort.PARTY, tuple(dict.fromkeys(direct)), How.NAMED)
    if _WE.search(text):
        return ClauseSubject(text, Sort.WE)
    if _HE.match(text):
        its = names.subject_before() if text[0] > "\x7f" else ()
        if its:
            return ClauseSubject(text, Sort.IT, its, How.BEFORE)
        return (
            ClauseSubject(text, Sort.PERSON, (names.speaks,), How.LIST)
            if names.speaks
            else ClauseSubject(text, Sort.PERSON)
        )
    if names.speaks and _THEIR_OFFICE.match(text):
        return ClauseSubject(text, Sort.PARTY, (names.speaks,), How.LIST)
    if _NEW.match(text) and not direct:
        return ClauseSubject(text, Sort.THING)
    if _IT.match(text):
        if candidates := names.subject_before():
            return ClauseSubject(text, Sort.IT, candidates, How.BEFORE)
        if len(last) == 1 and names.is_behind_another(last[0]):
            return ClauseSubject(text, Sort.IT)
        return ClauseSubject(
            text, Sort.IT, tuple(last) if len(last) == 1 else (), How.BEFORE if len(last) == 1 else How.NONE
        )
    roles = [
        each
        for each in _ROLE.finditer(text)
        if not is_unit_before(text, each.start("role")) and not _IS_LONGER.match(text, each.end())
    ]
    role = roles[0] if roles else None
    meant = [role_of(each["role"] or each["ru"], names) for each in roles]
    if meant and all(meant):
        return ClauseSubject(text, Sort.PARTY, tuple(dict.fromkeys(name for its in meant for name in its)), How.VISIT)
    if (
        len(roles) == 1
        and roles[0].span() == (0, len(text))
        and (called := names.called.get(fold(roles[0]["role"] or "")))
    ):
        sort = Sort.INSTITUTION if called.is_new else Sort.PARTY
        return ClauseSubject(text, sort, (called.name,), How.BEFORE, (called.name,) if called.is_new else ())
    if _BOTH.match(text) or _BOTH.fullmatch(text.rpartition(", ")[2]) or _is_all(text):
        return _of_both(text, names, before, last)
    if _PERSON.search(text) or fold(head) in _ONE_PERSON:
        return ClauseSubject(
            text, Sort.PERSON, tuple(each.party for each in inside[:1]), How.NAMED if inside else How.NONE
        )
    if fold(head) in EVENTS:
        return ClauseSubject(text, Sort.EVENT)
    new = _institution(text)
    if new and re.sub(r"^[Tt]he ", "", new) in names.things:
        return ClauseSubject(text, Sort.THING)
    is_whole = new is not None and len(new) >= len(re.sub(r"^[Tt]he ", "", text)) - 1
    if is_agent(head) or role:
        is_named = new is not None and (is_whole or not fold(new).endswith(fold(head)) or " " in new)
        several = new.split(" and the ") if new and is_named else []
        return _named(text, [new] if new and any(map(is_region, several)) else several, names)
    if new and re.fullmatch(
        r"(?:[Tt]he )?[A-Z][\w\-. ]+(?:, (?:the )?[A-Z][\w\-. ]+)*,? and (?:the )?[A-Z][\w\-. ]+", text
    ):
        return _named(
            text,
            [re.sub(r"^the ", "", name.strip()) for name in re.split(r",? and |, ", re.sub(r"^[Tt]he ", "", text))],
            names,
        )
    if new and is_whole and not _is_thing(new) and fold(new) not in _THING_HEADS:
        return _named(text, [new], names)
    return ClauseSubject(text, Sort.THING)


_PARTS = lazy(r",? (?:and|и) (?:the )?|, (?:the )?")


def _parts_unknown(text: str, names: KnownNames) -> list[str]:
    """The promisers among several that are no party of the store."""
    text = re.sub(r"^(?:[Bb]oth )?(?:[Tt]he )?", "", text)
    if not _PARTS.search(text):
        return []
    known = names.mentions(text)
    parts, begin = [], 0
    for cut in _PARTS.finditer(text):
        if is_region(text[cut.end() : behind.start() if (behind := _PARTS.search(text, cut.end())) else len(text)]):
            continue  # `the Office for Europe and Central Asia`
        if not any(each.start < cut.end() and cut.start() < each.end for each in known):
            parts.append((begin, cut.start()))
            begin = cut.end()
    return [
        text[start:end]
        for start, end in (*parts, (begin, len(text)))
        if parts
        and not any(start <= each.start < end for each in known)
        and not _ROLE.fullmatch(f"the {text[start:end]}")
        and not _ROLE.fullmatch(text[start:end])
    ]


def _unknown_beside(text: str, names: KnownNames) -> list[str]:
    """The institutions beside a party that promise with it, and that the store does not know: `IOM and UNODC`."""
    unknown = _parts_unknown(text, names)
    return unknown if all(_is_named_whole(part, text) for part in unknown) else []


def is_incomplete(subject: ClauseSubject, names: KnownNames) -> bool:
    """Whether a promiser in the subject is of an unknown institution."""
    if subject.sort != Sort.PARTY or subject.how != How.NAMED:
        return False
    return any(part[:1].isupper() and part not in subject.by for part in _parts_unknown(subject.words, names))


def _is_named_whole(name: str, text: str) -> bool:
    """Whether all of some words is the name of an institution, and not a word of a sentence beside it."""
    if not name[:1].isupper() or _PERSON.search(name) or name.count(" ") > _MOST_SPACES:
        return False
    match = _CAPITALISED.fullmatch(name)
    return bool(match or _INSTITUTION_RU.fullmatch(name) or re.fullmatch(r"[А-ЯЁ]{2,8}", name)) and (
        _is_surely_institution(name, text) or is_institution_word(name.split()[0])
    )


_MOST_SPACES = 7
"""Between the words of the name of an institution."""


def _at(text: str, name: str, inside: Sequence[Mention], start: int) -> int:
    """The position of a promiser: a known party by its mention, another by its words."""
    return next((each.start - start for each in inside if each.party == name), text.find(name))


def _named(text: str, called: Sequence[str], names: KnownNames) -> ClauseSubject:
    """An institution as it is written, a known one under any of its names; a possible person is no party."""
    sure = [name for name in called if _is_surely_institution(name, text)]
    if len(sure) != len(called) or not sure:
        return ClauseSubject(text, Sort.INSTITUTION)
    its = {name: names.meant_by_words(name) for name in sure}
    new = tuple(name for name, known in its.items() if not known)
    by = tuple(dict.fromkeys(known or name for name, known in its.items()))
    return ClauseSubject(text, Sort.INSTITUTION if new else Sort.PARTY, by, How.NAMED, new)


_OFFICES = frozenset(("office", "secretariat", "bureau", "administration", "chancellery"))
"""Nouns behind which the name of a post makes no person of an institution: `Office of the Resident Coordinator`."""


def _is_surely_institution(name: str, text: str) -> bool:
    parts = name.split()
    is_of_an_office = fold(parts[0]) in _OFFICES and len(parts) > 1
    if (len(parts) == 1 and fold(name) in AGENTS) or (not is_of_an_office and not PERSONS.isdisjoint(map(fold, parts))):
        return False
    if any(fold(part.rstrip("s")) in AGENTS or fold(part) in AGENTS for part in parts):
        return True
    if len(parts) > 1 and any(
        part > "\x7f" and is_institution_word(part) and not _OF_LAND.match(part) for part in parts[:3]
    ):
        return True
    is_acronym = any(re.fullmatch(r"[A-ZА-ЯЁ]{2,}[\w\-]*", part) for part in parts)
    return (
        is_acronym or "United" in parts or (len(parts) > 1 and bool(re.match(rf"(?:the|The) {re.escape(name)}", text)))
    )


_OF_LAND = lazy(r"(?:республик|област|город|федераци|регион|район)", re.IGNORECASE)
"""Words of names of countries and lands, which name no institution by themselves."""
_THING_HEADS = frozenset(
    (
        "topics",
        "discussions",
        "this",
        "these",
        "that",
        "those",
        "there",
        "efforts",
        "participation",
        "training",
        "cooperation",
        "work",
        "details",
        "results",
        "activities",
        "such",
        "it",
        "funding",
        "support",
        "priorities",
        "progress",
    )
)


def things_in(words: str) -> set[str]:
    """The short names that a text gives to things: `Clean Energy Initiative (CEI)`."""
    found = re.finditer(
        r"((?:[A-Z][\w\-]*|of|on|for|the|and)(?: (?:[A-Z][\w\-]*|of|on|for|the|and)){1,10}) \([“\"]?(?:the )?[“\"]?([A-Z][\w\-]+)[”\"]?\)",
        words,
    )
    return {each[2] for each in found if _is_thing(each[1]) or fold(each[1].rpartition(" ")[2]) in EVENTS}


def _is_thing(name: str) -> bool:
    """Whether a capitalised name is that of a thing: an initiative, an agreement."""
    last = fold(name.rpartition(" ")[2])
    return last in (
        "initiative", "agreement", "plan", "programme", "program", "project", "strategy", "memorandum", "protocol", "convention", "treaty", "letter", "statement",
        "declaration", "network", "platform", "fund", "act", "framework", "roadmap", "pledge", "partnership", "facility", "mechanism", "system", "report", "action", "file", "list",
    )  # fmt: skip


def _is_all(text: str) -> bool:
    """Whether a subject means all participants: `delegations from both countries`, `the three countries`."""
    return bool(
        re.match(
            r"(?:the |all |our )?(?:\w+ )?(?:participants|parties|sides|countries|members|delegations|governments|partners|leaders)\b",
            text,
            re.IGNORECASE,
        )
    )


def main_subject(
    words: str, names: KnownNames, mentions: Sequence[Mention], before: Sequence[str], last: Sequence[str]
) -> ClauseSubject | None:
    """The subject of the first verb of a sentence."""
    verb = _VERB.search(words, 1)
    return subject_of(words, verb.start(), names, mentions, before, last) if verb else None


_PLURAL_WE = lazy(r"\b(?:we|our|мы|нами|наш\w*|нашей)\b", re.IGNORECASE)


_SEVERAL = lazy(
    r"\b(?:hosts|officers|experts|authorities|representatives|colleagues|counterparts|officials|specialists|хозяева|представители|сотрудники|эксперты|специалисты|коллеги)\b",
    re.IGNORECASE,
)
_CONCERNING = lazy(r"(?:as (?:for|to|regards)|with regard to|regarding|concerning|что касается)\b", re.IGNORECASE)
"""Before what a sentence speaks of, and not its subject."""
_MOST_VERBS = 4
"""Verbs of a sentence of which one may have its subject before it: others stand in clauses beside it."""


def parties_mentioned(
    words: str, names: KnownNames, mentions: Sequence[Mention], *, is_several: bool
) -> tuple[str, ...]:
    """The party of a sentence to which a later `it` or `она` refers; `is_several`: a later `they`."""
    for verb in islice(_VERB.finditer(words, 1), _MOST_VERBS):
        subject = subject_of(words, verb.start(), names, mentions, (), ())
        if subject.sort == Sort.RELATIVE or not subject.words or _CONCERNING.match(subject.words):
            continue
        if not is_several:
            return subject.by if len(subject.by) == 1 and subject.sort == Sort.PARTY else ()
        if subject.by and subject.sort in (Sort.PARTY, Sort.INSTITUTION):
            if any(each.start > verb.start() for each in mentions) or _ROLE.search(words, verb.end()):
                return ()  # Another one is told of too: `The hosts thanked the delegation.`
            return subject.by if len(subject.by) > 1 or _SEVERAL.search(subject.words) else ()
        return ()
    return ()


def is_we(subject: ClauseSubject) -> bool:
    """Whether the authors of a text promise, and not one person alone (`I`)."""
    return subject.sort == Sort.WE and bool(_PLURAL_WE.search(subject.words))


_ADVERB_RU = lazy(r"\S*(?:[нквш]о|же|да|ем|ой|ым|ом)$", re.IGNORECASE)
"""A word alone before a subject that is no object: `Дополнительно`, `Весной`, `Затем`."""


_ADJECTIVE_RU = lazy(r"(?:[кгхшщжч]ий|ый|ая|яя|ое|ее|ые|[кгхшщжч]ие)$")
"""At the end of what stands before a subject: it belongs to it (`Сербские коллеги`)."""


def object_before(
    words: str, at: int, subject: ClauseSubject, names: KnownNames, mentions: Sequence[Mention]
) -> tuple[int, int] | None:
    """The span of the object before a Russian subject: `Список контактов ведомство направит`."""
    start = _behind_opening(words, len(subject.ruler), at)
    its: list[int] = []
    if subject.sort == Sort.PARTY:
        its = [
            each.start
            for each in mentions
            if start <= each.start
            and each.end <= at
            and each.party in subject.by
            and not names.is_in_other_case(words[each.start : each.end], each.party)
        ]
        end = its[0] if its else start
    if not its:
        who = [
            each.start()
            for each in re.finditer(r"[^\W\d_]+", words[:at])
            if each.start() >= start and (is_agent(each[0]) or fold(each[0]) == "мы")
        ]
        is_implied = subject.sort == Sort.WE and not _WE.search(words[start:at])
        end = at if is_implied else start
        if who and re.fullmatch(r"\S+ (?:\w+о |также )?", words[who[-1] : at]):
            end = who[-1]
    front = words[start:end].strip()
    first = re.match(r"[^\W\d_]+", front)
    if first is None or _OPENING.match(front) or _PREPOSITION.search(front.rpartition(" ")[2]) or front.endswith(","):
        return None
    if fold(first[0]) in AGENTS or fold(first[0]) in PERSONS or _PERSON.search(front):
        return None  # `Представитель УНП ООН направит`.
    if subject.sort == Sort.INSTITUTION and subject.by and words.startswith(subject.by[0], start):
        return None  # `Ташкентский учебный институт МВД проведёт`: all of it is the name.
    if _ADJECTIVE_RU.search(front) or (" " not in front and _ADVERB_RU.match(front)):
        return None
    return start, start + len(words[start:end].rstrip())


def _behind_opening(words: str, start: int, end: int) -> int:
    """Where the subject begins, behind `In turn, `, `Building on this trend, `."""
    while True:
        while start < end and words[start] in " ,–—":
            start += 1
        if not _OPENING.match(words, start):
            return start
        comma = words.find(", ", start, end)
        while comma >= 0 and words[:comma].count("(", start) > words[:comma].count(")", start):
            comma = words.find(", ", comma + 1, end)
        if comma < 0 or not words[comma + 2 : end].strip(" ,"):
            return start
        if _is_enumeration(words, start, comma, end):
            comma = words.rfind(", ", start, end) if words.rfind(", ", start, end) > comma else comma
        start = comma + 2


def _is_enumeration(words: str, start: int, comma: int, end: int) -> bool:
    """Whether an opening goes on behind its first comma: `As for Rome, Paris and Bonn, the sides …`."""
    return bool(re.match(r" (?:\w+(?: \w+)?, )*\w+(?: \w+)? and [^,]+, ", words[comma + 1 : end]))


def _end_of_subject(words: str, start: int, at: int, mentions: Sequence[Mention]) -> int:
    """The end of the subject: before the first verb that has somebody before it."""
    for verb in _VERB.finditer(words, start + 1, at):
        if any(each.start < verb.end() and verb.start() < each.end for each in mentions):
            continue
        front = words[start : verb.start()].strip()
        if front and not re.search(r"\b(?:which|that|who|котор\w+)$", front):
            return verb.start()
    return at


def _direct(words: str, start: int, inside: Sequence[Mention]) -> list[str]:
    """The parties that are the subject itself, not only named in it."""
    found: list[str] = []
    for each in inside:
        before = words[start : each.start].strip()
        parts = [part for part in re.split(r"[\s,(]+", fold(before)) if part not in ("the", "a", "an", "")]
        if parts and (parts[-1] in _BESIDE or parts[-1] in _AT_WHOSE):
            continue
        if len(parts) > 1 and parts[-1] == "of" and parts[-2] not in AGENTS and parts[-2] not in _WHO:
            continue
        found.append(each.party)
    return found


_WHO = frozenset(
    (
        "representatives",
        "representative",
        "delegation",
        "delegations",
        "side",
        "part",
        "behalf",
        "head",
        "heads",
        "officers",
        "experts",
        "members",
        "colleagues",
    )
)


def role_of(role: str, names: KnownNames) -> list[str]:
    """The parties of the visit that `the Ministry`, `the delegation`, `the host` mean."""
    role = fold(role)
    if role.startswith(("host", "принимающ")):
        return names.hosts if len(names.hosts) < 2 or role == "hosts" else []
    if role.startswith(("delegation", "делегаци")):
        return names.delegation
    if role in ("side", "party", "authorities"):
        return []
    stem = stem_of(role)
    fitting = [name for name in names.of_visit if is_called(name, stem, names)]
    if not fitting and role.startswith(("ministry", "министерств")):
        fitting = [name for name in names.of_visit if re.match(r"(?:M[A-Z]{1,2}|Mo[A-Z]|М[А-Я]{2}|Мин\w+)\b", name)]
    if not fitting and role[0] > "\x7f":
        fitting = [name for name in names.of_visit if _begins_acronym(role, name)]
    if len(fitting) == 1:
        return fitting
    near = (name for name in reversed(names.near) if (name in fitting if fitting else is_called(name, stem, names)))
    if named := next(near, None):
        return [named]
    if not fitting and role[0] > "\x7f" and not names.author_words:
        # The only one of its kind that a Russian text has named so far; the institutions of one are all known.
        candidates = [name for name in names.mentioned if is_called(name, stem, names) or _may_be(role, name)]
        if len(candidates) == 1:
            return candidates
    return list(names.author) if stem in names.author_words and not fitting else []


def _may_be(role: str, party: str) -> bool:
    """Whether an acronym may mean a role: МВД is a ministry."""
    return role.startswith("министерств") and bool(re.match(r"(?:М[А-Я]{2}|Мин[а-я]+)(?![А-Яа-я])", party))


def stem_of(role: str) -> str:
    """A role, folded, without its ending."""
    stem = re.sub(r"[аеиоуыюяй]{1,2}$", "", role) if re.match(r"[а-яё]", role) else role.rstrip("s")
    return _CALLED.get(stem, stem)


_CALLED = {"таможн": "таможенн"}
"""A role -> how the word begins that stands for it in names of parties."""
_IN_ACRONYM = {"bureau": "NCB", "бюр": "НЦБ"}
"""A role -> the acronym in which it stands."""


def _begins_acronym(role: str, party: str) -> bool:
    """Whether a Russian role is the first word of an acronym: `Управление` of УНП ООН, not of УВД."""
    first = party.partition(" ")[0]
    return len(first) > 2 and first.isupper() and fold(first[0]) == role[0] and not first.endswith("Д")


def is_called(party: str, stem: str, names: KnownNames) -> bool:
    """Whether a role is a word of a party's names, as `the Bureau` of NCB Dushanbe."""
    acronym = _IN_ACRONYM.get(stem)
    return any(word.startswith(stem) for its in names.directory.words_of(party) for word in its) or (
        any(word.startswith(stem) for word in fold(party).split())
        or (acronym is not None and party.startswith(f"{acronym} "))
    )


def _of_both(text: str, names: KnownNames, before: Sequence[str], last: Sequence[str]) -> ClauseSubject:
    """Both sides: those of the sentence before where it named two, `they` its subject; else hosts and delegation."""
    is_they = bool(_THEY.match(text))
    if is_they and (several := names.subject_before(is_several=True)):
        return ClauseSubject(text, Sort.BOTH, several, How.BEFORE)
    if is_they and len(last) >= 2:
        return ClauseSubject(text, Sort.BOTH, tuple(last), How.BEFORE)
    is_sides = bool(_SIDES.match(text.rpartition(", ")[2]))
    if is_sides and names.sides:
        return ClauseSubject(text, Sort.BOTH, names.sides, How.BEFORE)
    if len(before) == 2 and not is_sides:
        return ClauseSubject(text, Sort.BOTH, tuple(before), How.BEFORE)
    sides = names.of_visit
    if len(names.hosts) > 1:
        return ClauseSubject(text, Sort.BOTH)  # Which of the hosts, nobody says.
    if len(sides) > 2 and _TWO.search(text):
        sides = [*names.hosts[:1], *names.delegation[:1]]
    if len(sides) >= 2:
        return ClauseSubject(text, Sort.BOTH, tuple(sides), How.VISIT)
    return ClauseSubject(text, Sort.BOTH)


_THEY = lazy(r"(?:they|они)\b", re.IGNORECASE)
_SIDES = lazy(r"стороны\b", re.IGNORECASE)
"""Of a protocol or an agreement: who they are, only a definition says, not the names in the sentence before."""
_TWO = lazy(r"\b(?:both|two|sides|стороны|обе)\b", re.IGNORECASE)


def is_longer_name(words: str, at: int) -> bool:
    """Whether a role that ends at a place is the beginning of another name: `the Ministry of Culture`."""
    return bool(_IS_LONGER.match(words, at) or _OF_ITS_FIELD.match(words, at))


_OF_ITS_FIELD = lazy(
    r" of (?:the )?(?:[A-Z]|(?:foreign|internal|home|economic|social|finance|justice|health|labou?r|education|agriculture|defen[cs]e|interior|economy|energy|trade|transport)\b)"
)
"""Behind a role, its field: `the Ministry of Culture`, and not `inform the Ministry of the outcome`."""


def is_agent(word: str) -> bool:
    """Whether a noun is a possible promiser; a Russian one also within names of institutions."""
    return fold(word) in AGENTS or (word[:1] > "\x7f" and is_institution_word(word))


def _head(text: str) -> str:
    """The word on which the others depend: the last one before the first preposition."""
    cut = _PREPOSITION.search(text, 1)
    front = text[: cut.start()] if cut and cut.start() > 0 else text
    front = front.partition(",")[0] or front
    if re.match(r"[А-ЯЁа-яё]", front):
        found = re.findall(r"[^\W\d_][\w’'\-]*", front)
        return next((each for each in found if is_agent(each) or fold(each) in EVENTS), found[0] if found else "")
    found = re.findall(r"[^\W\d_][\w’'\-]*", front)
    return found[-1].removesuffix("’s").removesuffix("'s") if found else ""


_INSTITUTION_RU = lazy(
    r"(?=[А-ЯЁ])(?=\S+ \S)(?:[А-ЯЁа-яё][а-яё-]+(?:ий|ый|ое|ая|ее) ){0,2}(?:НЦБ|(?P<noun>[А-ЯЁа-яё]+))"
    r"(?: (?!(?:и|что|на|с|для|до|от|за|уже|также|долж\w+|в (?![А-ЯЁ]))\b)[а-яёА-ЯЁa-zA-Z«»\-]+){0,7}"
)
"""An institution as the subject of a Russian clause: two words at least, of which one says what it is."""


_ACRONYM_RU = lazy(r"(?!СМИ|НПА|ТМЦ|ГСМ)[А-ЯЁ]{3,8}")
"""A Russian acronym alone, but for those of things: `ГТС направит`."""


def _institution(text: str) -> str | None:
    """An institution as it is written, at the start of the subject."""
    russian = _INSTITUTION_RU.fullmatch(text) if text[:1] > "\x7f" else None
    if russian and (russian["noun"] is None or is_institution_word(russian["noun"])):
        return text
    if _ACRONYM_RU.fullmatch(text):
        return text
    match = _CAPITALISED.match(text)
    if not match or len(match[1]) < 2:
        return None
    return match[1].strip(" .,")
