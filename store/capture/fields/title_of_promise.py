"""Makes the title of a promise: an order, without party, date and subordinate tail."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.promises.promise_verbs_ru import FUTURE, infinitive_of
from store.capture.promises.weighted_promise_phrases_en import TO_DO_VERBS
from store.sanitise_text import clean_line

LONGEST = 200
"""Characters of a title that is proposed: what is longer is cut at a word."""

_CLAUSE = lazy(
    r",? (?:(?:provided|on (?:the )?condition) that|provided (?=(?:the|its?|they|we|he|she|[A-Z]{2,})\b)|subject to|should the|unless|if|once|as long as|при условии|при наличии|если|в случае)\b(?! necessary| need be| possible)[^;]*$"
    r"|, (?:which|who|whose|where|although|but|because|since (?:the|it|they)|котор\w+|причем|хотя|но|поскольку|так как|потому что)\b[^;]*$|, (?:а|однако) [^;]*$|,? (?:and|but) that (?:the|it|they|[A-Z])[^;]*$|; .*$",
    re.IGNORECASE,
)
"""A clause that depends on what is promised, or comes behind it: no part of the order."""

_IRREGULAR = {
    "sent": "send", "held": "hold", "made": "make", "set": "set", "put": "put", "given": "give", "done": "do", "drawn": "draw", "built": "build", "paid": "pay",
    "brought": "bring", "sought": "seek", "taken": "take", "written": "write", "found": "find", "kept": "keep", "led": "lead", "met": "meet", "told": "tell",
    "bought": "buy", "sold": "sell", "carried": "carry", "run": "run", "shown": "show", "handed": "hand", "dealt": "deal", "forwarded": "forward", "signed": "sign",
}  # fmt: skip

_TAIL = lazy(r"[\s,;:.–—(-]+$")
_LOOSE_END = lazy(
    r"(?:,? (?:starting|beginning|commencing|as of|at the (?:very )?latest|with effect|начиная)|, (?:and )?(?:the )?first(?: one)?(?: of (?:them|these|which))?"
    r"|, перв(?:ый|ая|ое|ые|ого|ой)(?: из (?:них|которых))?|[ ,]+(?:i\.e\.?|that is|namely|то есть|т\. ?е\.?|а именно|including|with|and|or|to|of|for|in|by|at|from|the))+$",
    re.IGNORECASE,
)
"""What is left at the end where a party or a date was taken out."""
_LEADING = lazy(
    r"^(?:also|then|further|jointly|soon|now|both|additionally|again|в том числе|также|совместно)\s+", re.IGNORECASE
)


def title_of(
    words: str,
    *,
    rest: str = "",
    is_passive: bool = False,
    is_event: bool = False,
    is_russian: bool = False,
    is_whole: bool = False,
) -> str:
    """Reword a promise as an order; `rest` is the subject of what is done or held.

    `is_whole`: nothing was promised, and the words stay as they are.
    """
    text = clean_line(words).strip(" .,;:–—-|")
    if is_whole:
        return _cut(text)
    text = re.sub(r"^(?:that|что)\s+", "", text)
    if clause := _CLAUSE.search(text, 12):
        text = text[: clause.start()]
    text = _LEADING.sub("", text)
    text = (
        _russian(text, rest, is_passive=is_passive, is_event=is_event)
        if is_russian
        else _english(text, rest, is_passive=is_passive, is_event=is_event)
    )
    text = re.sub(r"\s*\(\s*[,;]?\s*\)", "", text).rstrip(" .,")
    text = re.sub(r",(?:\s*,)+", ",", _LOOSE_END.sub("", text))
    text = re.sub(r"\s+([,.;)])", r"\1", re.sub(r"\s{2,}", " ", text)).strip(" .,;:–—-|*")
    bare = text.strip(' .,;:–—-|*"“”')
    is_cut = bare.count('"') % 2 or bare.count("“") > bare.count("”")
    text = _TAIL.sub("", bare + text[-1] if is_cut and text[-1] in '"”' else bare)
    if text.count("(") > text.count(")"):
        text = text.replace("(", "", 1) if text.rstrip().endswith("(") else text
    return _cut(text[:1].upper() + text[1:])


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    cut = text.rfind(" ", 0, LONGEST)
    return _TAIL.sub("", text[: cut if cut > LONGEST // 2 else LONGEST])


def _english(text: str, rest: str, *, is_passive: bool, is_event: bool) -> str:
    thing = re.sub(r"^(?:and|but|that|the following:)\s+", "", rest.strip(" ,"), flags=re.IGNORECASE)
    thing = (
        thing[:1].lower() + thing[1:]
        if re.match(r"(?:The|A|An|This|That|All|Its|Their|Next|Any|Each)\b", thing)
        else thing
    )
    if re.match(r"[A-Z][a-z]+(?: [a-z]|$)", thing):
        thing = thing[0].lower() + thing[1:]  # It began the sentence.
    if (
        is_event
        and thing
        and (held := re.match(r"(?:take place|be held|held|convene|be convened|be organi[sz]ed|happen|meet)\b", text))
    ):
        return f"Hold {thing}{text[held.end() :]}"
    if is_passive and thing:
        verb, _, behind = text.partition(" ")
        behind = _SECOND_DONE.sub(
            lambda its: f"{its[1]}{base_of(its[2])} {'them' if thing.split(' of ')[0].endswith('s') else 'it'}",
            behind,
            count=1,
        )
        if verb == "ready":
            return f"Have {thing} ready {behind}"
        if text.startswith(_WITH_US):
            return f"Send {thing} {' '.join(text.split(' ')[2:])}"
        particle = re.match(r"(?:out|off|up|over|available|down)\b", behind)
        if particle:
            return f"{base_of(verb)} {particle[0]} {thing}{behind[particle.end() :]}"
        return f"{base_of(verb)} {thing} {behind}"
    if gerund := re.match(r"(?:the |an? )?([a-z]+ing) of (?=\w)", text, re.IGNORECASE):
        return f"{base_of(gerund[1])} {text[gerund.end() :]}"
    text = re.sub(r"^(?:the|an?) (?=\w)", "", text, flags=re.IGNORECASE)
    first, _, behind = text.partition(" ")
    if first.lower().endswith("s") and first[:-1].lower() in TO_DO_VERBS:
        return f"{first[:-1]} {behind}"
    if first.lower().endswith("ing") and len(first) > 5:
        return f"{base_of(first)} {behind}"
    return text


_WITH_US, _WITH_US_RU = ("with us", "with you"), ("у нас", "у вас")
"""Behind what will be with those who write or read: it is sent."""
_SECOND_DONE = lazy(
    r"^((?:[^,;]{0,40} )?and (?:then )?)([a-z]{3,}ed|sent|put|made)\b(?! (?:by the|officers|staff|persons)\b)"
)
"""Behind what is done first: `and shared`."""


def base_of(word: str) -> str:
    """The base of an English participle or gerund: `sent`, `sharing`, `submitted`."""
    low = word.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    for ending in ("ing", "ed"):
        if low.endswith(ending):
            stem = low[: -len(ending)]
            for base in (
                stem + "e",
                stem,
                stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem,
                stem[:-1] + "y" if stem.endswith("i") else stem,
            ):
                if base in TO_DO_VERBS:
                    return base
            if stem.endswith("i") and ending == "ed":
                return stem[:-1] + "y"
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
                return stem[:-1]
            return stem + "e" if re.search(r"(?:at|iz|is|uc|ov|ur|ag|rg|uir|id|ut|ar|in[gc]|as)$", stem) else stem
    return low


_NOUNS = (
    (r"([нт])и[ию]$", r"\1ие"),
    (r"ству$", "ство"),
    (r"мену$", "мен"),
    (r"ции$", "ция"),
    (r"овк[еу]$", "овка"),
    (r"ацию$", "ация"),
    (r"мене$", "мен"),
    (r"даче$", "дача"),
    (r"боте$", "бота"),
    (r"ске$", "ск"),
)


def _russian(text: str, rest: str, *, is_passive: bool, is_event: bool) -> str:
    if is_event and rest:
        return f"{rest.strip(' ,')} {text}"
    if is_passive and rest:
        return _done_by_order(rest.strip(" ,"), text)
    text = re.sub(r"^(?:бер[её]т|берут) на себя\b", "взять на себя", text)
    first, _, behind = text.partition(" ")
    infinitive = infinitive_of(first)
    if infinitive:
        return f"{infinitive} {_coordinated(behind)}"
    if lead := re.match(r"(?:к|в|о|об|по) (?=\S)", text):
        first, _, behind = text[lead.end() :].partition(" ")
    for pattern, instead in _NOUNS:
        if re.search(pattern, first):
            return f"{re.sub(pattern, instead, first)} {behind}"
    verb = re.match(rf"((?:\S+ ){{1,6}}?)({FUTURE})\b ?", text)
    if verb and len(verb[1].split()) <= 6 and (its := infinitive_of(verb[2])):
        return f"{its} {verb[1]}{_coordinated(text[verb.end() :])}"
    return text


_PARTICIPLES = (
    (r"(пла|тра|встре|ме|све)чен$", r"\1тить"),
    (r"([вбпмф])л[её]н$", r"\1ить"),
    (r"жд[её]н$", "дить"),
    (r"вед[её]н$", "вести"),
    (r"несен$|несён$", "нести"),
    (r"смотрен$", "смотреть"),
    (r"([чшнрлз])[её]н$", r"\1ить"),
    (r"ложен$", "ложить"),
    (r"должен$", "должить"),
    (r"мещен$|мещён$", "местить"),
    (r"ослан$", "ослать"),
    (r"([дсзлт]|ов|еч)ан$", r"\1ать"),
    (r"нят$", "нять"),
    (r"крыт$", "крыть"),
)
"""Ending of a participle, without that of its gender -> that of the infinitive."""
_DONE = lazy(r"([а-яё]+?(?:[её]н|ан|ят|ыт))([аоы]?)\b ?")


def _done_by_order(thing: str, text: str) -> str:
    """Reword a passive as an order: `Отчёт будет`, `подготовлен` -> `подготовить отчёт`; unchanged where unclear."""
    if text.startswith(_WITH_US_RU):
        what = _accusative(re.sub(r" ?\bбуд(?:ет|ут)\b.*$", "", thing))
        return f"передать {what[:1].lower() if what[1:2].islower() else what[:1]}{what[1:]} {' '.join(text.split(' ')[2:])}"
    match = _DONE.match(text)
    second = _AND_DONE.match(text, match.end()) if match else None
    bare = re.sub(r" ?\b(?:буд(?:ет|ут)|долж(?:ен|на|но|ны) быть)\b.*$", "", thing)
    verb = _infinitive_of_participle(match[1]) if match else ""
    also = _infinitive_of_participle(second[1]) if second else ""
    is_listed = match is not None and match[2] == "ы" and bool(_LISTED_THINGS.search(bare))
    if match is None or not verb or is_listed or (not also and re.match(r"и ", text[match.end() :])):
        return f"{thing} {text}"
    behind = text[second.end() if second else match.end() :]
    verb = f"{verb} и {also}" if also else verb
    what, behind = (bare, behind) if bare else (behind, "")
    if match[2] == "а":
        what = _accusative(what)
    elif not match[2]:
        what = _OF_A_PERSON.sub(lambda its: f"{its[1]}{its[2]}а" if its[2] != "ь" else f"{its[1]}я", what, count=1)
    begun = what[:1].lower() if what[1:2].islower() else what[:1]
    return f"{verb} {begun}{what[1:]} {behind}"


_AND_DONE = lazy(r"(?:и|а затем|и затем) ([а-яё]+?(?:[её]н|ан|ят|ыт))[аоы]?\b ?")
_LISTED_THINGS = lazy(r"(?:^|\bи |\bили )(?:\S+(?:ые|ие|ая|яя) )*\S+[ая](?= (?:и|или)\b|$)", re.IGNORECASE)
"""Things that are done, of which one may be in two cases: `места и анкеты`."""


def _infinitive_of_participle(participle: str) -> str:
    """The infinitive of a participle without its ending; empty where unknown."""
    return next((re.sub(end, to, participle) for end, to in _PARTICIPLES if re.search(end, participle)), "")


_OF_A_PERSON = lazy(
    r"(?i)^(координатор|сотрудник|эксперт|специалист|кандидат|переводчик|(?:представ|препода|наблюд|следов|руковод)[а-яё]*тел)(ь?)(?!\w)"
)


def _accusative(what: str) -> str:
    """A feminine noun, with the adjectives before it, in the case of what is done: `новую анкету`."""
    words = what.split(" ")
    for place, word in enumerate(words):
        if adjective := re.fullmatch(r"(\w+)(ая|яя)", word):
            words[place] = f"{adjective[1]}{'ую' if adjective[2] == 'ая' else 'юю'}"
            continue
        if word.endswith(("а", "я")):
            words[place] = f"{word[:-1]}{'у' if word[-1] == 'а' else 'ю'}"
        break
    return " ".join(words)


def _coordinated(behind: str) -> str:
    """The words after a verb, a second verb as an infinitive too: `разработает и направит`."""
    second = re.search(rf"(?:^|(?<=\s))(и (?:[^\s,;]+ ){{0,4}}?)({FUTURE})(?![\w])", behind)
    its = infinitive_of(second[2]) if second else None
    return f"{behind[: second.start(2)]}{its}{behind[second.end() :]}" if second and its else behind


def is_made(title: str) -> bool:
    """Whether the first word of a Russian title is a verb or a noun in the nominative, and no other case."""
    return not re.match(r"\S+(?:ых|их|ом|ой|ей|ах|ях)\b", title)
