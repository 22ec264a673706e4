"""Masks the names of persons in a text by `[name]`, in Russian `[имя]`, wherever it may be stored."""

from __future__ import annotations

import os
import re
from bisect import bisect_left

from store.capture.lazy_pattern import by_letters, has_cyrillic, latin, lazy
from store.capture.parties.country_of_institution import is_country
from store.capture.parties.nouns_of_agents_and_events import AGENTS, PERSONS
from store.capture.parties.participants_and_their_parties import is_statement, represented_in
from store.capture.person_names.person_names_by_position import PLACES, is_of_things, names_by_place, opens_sentence
from store.capture.text_structure.blocks import NO_WORD, BlockKind
from store.capture.text_structure.detect_language import is_russian
from store.capture.text_structure.table_and_list_headings import MEETINGS_HEADING, PERSONS_HEADING, columns_of_persons
from store.fold_case_and_accents import fold
from store.rules.first_names import is_first_name
from store.rules.institution_words import is_institution_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.capture.parties.find_party_names import KnownNames, Mention
    from store.capture.text_structure.blocks import Block
    from store.rules.party_names import Directory

MASK, RUSSIAN_MASK = "[name]", "[имя]"

HIDDEN = "\ue000"
"""Stands for each letter of a name, until the words are shown."""

_HIDDEN = lazy(f"{HIDDEN}+")
_NO_WORD = lazy(f"{NO_WORD}+")

_CAPITALISED = (
    r"[A-ZА-ЯЁӨҮҚҒҲҶҰӘІ](?:[’'][A-Z])?[a-zа-яёөүңқғҳҷұәіӣӯўà-ÿ’'\-]+(?:[A-Z][a-z]+)?(?:-[A-ZА-ЯЁ][a-zа-яё’']+)?"
)
_INITIAL = r"[A-ZА-ЯЁ]\."
_TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Col|Lt|Gen|Maj|Capt|Sgt|Insp|Supt|Amb|Hon|Sen|Rep|Messrs)\.?"
    r"|(?:Colonel|Lieutenant|General|Major|Captain|Sergeant|Inspector|Superintendent|Commissioner|Professor|Doctor|Ambassador"
    r"|Minister|Secretary|President|Director|Madam|Sir|Judge|Prosecutor|Officer|Attorney|Envoy|Chief|Adviser|Advisor|Consul"
    r"|Vice-President|Chancellor|Senator|Governor|Counsellor|Councillor|Attaché|Chairman|Chairperson|Chairwoman)"
)
_TITLES_RU = (
    r"[Гг]-н[аоуме]*|[Гг]-ж[аеуио]й?|[Гг]осподин\w*|[Гг]оспож\w+|[Тт]ов\.|[Тт]оварищ\w*|[Пп]олковник\w*|[Пп]одполковник\w*|[Мм]айор\w*"
    r"|[Кк]апитан\w*|[Лл]ейтенант\w*|[Гг]енерал\w*|министр\w*|директор\w*|начальник\w*|судь[яиеюей]+|прокурор\w*|посол\w*|посл[аоуме]+|консул\w*"
)
_NAME_AFTER = rf"((?:{_INITIAL}\s*)*(?:{_CAPITALISED}|[A-ZА-ЯЁ]{{3,}})(?:\s+(?:{_INITIAL}\s*)*(?:{_CAPITALISED}|[A-ZА-ЯЁ]{{3,}}(?![\w.])))?(?:\s*{_INITIAL})*)"
_OF_ITS_SERVICE = r"(?: (?:юстиции|полиции|милиции|запаса|в отставке|(?:медицинской|внутренней|таможенной|налоговой|пограничной) службы))?"
_AFTER_TITLE = by_letters(
    rf"(?<![\w])(?:{_TITLES}|(?:{_TITLES_RU}){_OF_ITS_SERVICE})\s+{_NAME_AFTER}",
    latin(rf"(?<![\w])(?:{_TITLES})\s+{_NAME_AFTER}"),
)
_OFFICE = lazy(
    r"(?<![\w])(?:Minister|Secretary|President|Director|Ambassador|Envoy|Commissioner|Chief|Head|Representative|Adviser|Advisor|Officer|Attorney|Official|Coordinator)\b"
    r"((?:,? (?:of|for|and|to|on|the|[A-Z][\w’\-]+)){3,14})"
)
"""The words of an office, which a name may end: `Minister for Consular Affairs Pat Sample`."""
_NAME_AT_END = by_letters(rf"{_CAPITALISED} {_CAPITALISED}$")
_INITIALS = by_letters(
    rf"(?<![\w.])(?:{_CAPITALISED}\s+(?:{_INITIAL}\s?){{1,2}}(?![\w])|(?:{_INITIAL}\s?){{1,2}}\s?{_CAPITALISED})"
)
_PATRONYMIC = lazy(
    r"(?:[А-ЯЁ][а-яё\-]+\s+){1,2}[А-ЯЁ][а-яё]+(?:ович|евич|ич|(?<!верх)(?<!дух)(?<!угол)(?<!осн)(?<!церк)овн|евн|иничн|китичн|фомичн)(?:а|у|ем|ом|е|ы|ой|ей)?\b(?:\s+[А-ЯЁ][а-яё\-]+)?"
    r"|[А-ЯЁ][а-яё]+\s+[А-ЯЁ][а-яё]+\s+(?:оглы|кызы|угли|гызы)\b"
)
_LISTED = lazy(
    r"^(?:Present|Participants?|Attendees|Attendance|Attended by|Apologies|In attendance|Also present|(?:Persons|People|Officials) met|List of participants|From|Sent|To|Cc|Bcc"
    r"|В состав(?:е)? (?:[а-яё]+ )?делегации|Состав (?:[а-яё]+ )?делегации|(?:The |Our )?[Dd]elegation (?:included|consisted of|comprised)"
    r"|Участники|Список участников|Присутствовали|Присутствующие|Отсутствовали|От|Кому|Копия)\b[^:]{0,40}:",
    re.IGNORECASE,
)
_PERSON = by_letters(
    rf"(?<![\w])((?:{_INITIAL}\s*)*{_CAPITALISED}(?:\s+(?:{_INITIAL}\s*)*(?:{_CAPITALISED}|[A-ZА-ЯЁ]{{2,}}(?![\w])|(?:al|bin|de|van|von|el)(?!\w))){{1,3}}|{_CAPITALISED}\s+(?:{_INITIAL}\s?){{1,2}}|(?:{_INITIAL}\s*){{1,3}}{_CAPITALISED})"
)
_MAIL = lazy(r"(?<![\w.+\-])[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}")
_PHONE = lazy(
    r"(?:(?:tel|phone|mob|fax|тел|моб|факс)\w{0,6}[.: ]{1,3})?(?<![\w.+])\+?\(?\d[\d \u00a0()\-]{5,24}\d(?!\w)",
    re.IGNORECASE,
)
_COUNTRIES = frozenset(("U.S", "U.N", "U.K", "E.U", "U.A.E"))

_NOT_NAMES = frozenset(
    map(
        fold,
        [
            "The",
            "And",
            "For",
            "With",
            "From",
            "This",
            "That",
            "These",
            "Those",
            "Their",
            "Our",
            "All",
            "Both",
            "Each",
            "New",
            "Next",
            "First",
            "Second",
            "Third",
            "Last",
            "Annual",
            "Joint",
            "Regional",
            "National",
            "Federal",
            "State",
            "General",
            "Central",
            "Public",
            "Foreign",
            "Internal",
            "External",
            "Human",
            "International",
            "United",
            "Global",
            "European",
            "Asian",
            "African",
            "American",
            "Nations",
            "Union",
            "Republic",
            "Kingdom",
            "Government",
            "Ministry",
            "Minister",
            "Department",
            "Agency",
            "Office",
            "Service",
            "Services",
            "Bureau",
            "Council",
            "Committee",
            "Commission",
            "Board",
            "Secretariat",
            "Embassy",
            "Mission",
            "Delegation",
            "Police",
            "Court",
            "Centre",
            "Center",
            "Institute",
            "University",
            "Academy",
            "School",
            "Group",
            "Team",
            "Unit",
            "Force",
            "Programme",
            "Program",
            "Project",
            "Plan",
            "Strategy",
            "Action",
            "Agreement",
            "Protocol",
            "Convention",
            "Treaty",
            "Dialogue",
            "Forum",
            "Conference",
            "Meeting",
            "Session",
            "Summit",
            "Affairs",
            "Justice",
            "Interior",
            "Security",
            "Defence",
            "Defense",
            "Health",
            "Education",
            "Energy",
            "Trade",
            "Finance",
            "Labour",
            "Labor",
            "Border",
            "Migration",
            "Customs",
            "Drug",
            "Drugs",
            "Crime",
            "Trafficking",
            "Prosecutor",
            "Prosecutors",
            "Office",
            "Attorney",
            "Directorate",
            "Division",
            "Section",
            "Network",
            "File",
            "Expert",
            "Experts",
            "Analysis",
            "Training",
            "Report",
            "Minutes",
            "Note",
            "Verbale",
            "Study",
            "Visit",
            "Deputy",
            "Head",
            "Chief",
            "Officer",
            "Director",
            "Under",
            "Special",
            "Permanent",
            "Representative",
            "Envoy",
            "Ambassador",
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
            "Chair",
            "Participants",
            "North",
            "South",
            "East",
            "West",
            "Bank",
            "Fund",
            "Organization",
            "Organisation",
            "Association",
            "Society",
            "Red",
            "Cross",
            "Notice",
            "Notices",
            "Diffusion",
            "Diffusions",
            "Board",
            "Министерство",
            "Министр",
            "Управление",
            "Служба",
            "Агентство",
            "Комитет",
            "Центр",
            "Академия",
            "Институт",
            "Бюро",
            "Генеральная",
            "Генеральный",
            "Прокуратура",
            "Республики",
            "Республика",
            "Секретариат",
            "Департамент",
            "Совет",
            "Организация",
            "Национальное",
            "Национальный",
            "Посольство",
            "Международная",
            "Федеральная",
            "Главное",
        ],
    )
)


_INSTITUTIONS = (
    AGENTS - PERSONS - frozenset(("prime", "secretary", "president", "prosecutor", "guard", "host", "chair", "king"))
)
"""Words that make capitalised words side by side an institution, folded."""
_COURTESY = lazy(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Messrs|г-н\w*|г-ж\w*)\.?\s+$", re.IGNORECASE)
"""Directly before what is the name of a person, whatever its words."""
_TITLE = by_letters(f"{_TITLES}|{_TITLES_RU}", _TITLES, re.IGNORECASE)
_SMALL = lazy(r"(?<![\w’'\-])[a-zа-яё]{3,}")
"""Words in small letters: with a capital at the beginning of a sentence they are no names."""
_ACRONYM_RU = lazy(r"[А-ЯЁ]{2,5}")


_WORD = lazy(r"[^\W\d_][\w’'\-]*")
_SHORT = 2
"""Letters of the shortest first names."""


_FIRST_WORD = lazy(r"\w+")
_MOST_ENDING, _PIECE = 3, 2_000
"""Letters of the ending of a Russian name, and characters of a text in which names are looked for at once."""


_ENUMERATED = lazy(r",? (?:and |и )?(?:\w{1,4}\.? )?")


def _is_enumerated(words: str, start: int, end: int) -> bool:
    """Whether two persons of one party are listed here, the party only after the last, before a semicolon."""
    if not _ENUMERATED.fullmatch(words, start, end):
        return False
    behind = words.find(";", end)
    group = words[words.rfind(";", 0, start) + 1 : behind if behind >= 0 else len(words)]
    return group.count("(") == 1


_OF_POST = lazy(r"\b(?:of|for|on|in|at)(?: the)? $")
_POST = lazy(
    r"\b(?:manager|assistant|specialist|analyst|analysis|lead|coordinator|programme|program|project|training|risk|desk|legal|senior|deputy|acting|liaison"
    r"|руководител|координатор|менеджер|специалист|помощник|советник|заместител)",
    re.IGNORECASE,
)


def _is_post(words: str, match: re.Match[str]) -> bool:
    """Whether capitalised words behind a person in a list are the post: `Head of Risk Analysis`, `Programme Manager`."""
    if not words.rfind(",", 0, match.start(1)) > 0:
        return False
    return bool(_OF_POST.search(words, 0, match.start(1)) or _POST.search(match[1]))


_FIELD_OF_POST = lazy(
    r"(?:^|[:;|]) ?(?:(?:[A-Z][\w’'\-]*|of|for|and|the) ){0,4}(?i:advis[eo]r|director|officer|head|chief|manager|coordinator|specialist|analyst|representative|consultant|expert|assistant)"
    r"(?:, | (?:on|for|of|in) )(?:the )?(?:(?:[A-Z][\w’'\-]*,?|of|for|and|on|the) ){0,4}$"
)
"""Before what may be the field of a post that names nobody: `From: Regional Adviser, Agricultural and`."""
_UNIT = r"(?:Divisions?|Departments?|Sections?|Directorates?|Units?|Branch|Services?|Offices?|Bureau)"
_WORD_OF_UNIT = by_letters(rf"(?<![\w’'\-])({_CAPITALISED})(?=(?: {_CAPITALISED}){{0,2}} {_UNIT}(?!\w))")
"""A word in the name of a unit: `the Trade Policy Division`."""
_UNIT_BEHIND = by_letters(rf"(?: {_CAPITALISED}){{0,2}} {_UNIT}(?!\w)")
_ARTICLE_BEFORE = lazy(rf"\b[Tt]he (?:{_CAPITALISED} ){{0,3}}$")


def _is_in_unit(words: str, start: int, end: int) -> bool:
    """Whether a word is in the name of a unit, which no person has: `the Statistics Division`."""
    return bool(
        _UNIT_BEHIND(words).match(words, end) and _ARTICLE_BEFORE.search(words, max(0, start - _LONGEST_NAME), start)
    )


_WORD_BEFORE = by_letters(rf"(?<![\w’'\-.])({_CAPITALISED}) $")
_WORD_BEHIND = by_letters(rf" ({_CAPITALISED})(?![\w’'\-])")
"""A word with a capital directly beside a name."""
_MASK_BESIDE = by_letters(
    rf"(?<![\w’'\-.])({_CAPITALISED}) (?=\[(?:name|имя)\])|\[(?:name|имя)\] ({_CAPITALISED})(?![\w’'\-])"
)
_SENTENCE_BEGINS = lazy(r"(?:^|[.!?…:;|•*\n] ?|[«“\"(] ?|[–—-] )$")
_MOST_BESIDE = 40
"""Characters of a word beside a name."""


def _is_no_name_beside(word: str, words: str, at: int) -> bool:
    """Whether a word with a capital beside the name of a person belongs to no name: a rank, a place, an opening word."""
    low = fold(word)
    begins = bool(_SENTENCE_BEGINS.search(words, max(0, at - 3), at))
    return (
        low in _NOT_NAMES
        or low in PLACES
        or low in AGENTS
        or low.removesuffix("s") in AGENTS
        or low in PERSONS
        or is_country(word)
        or is_institution_word(word)
        or bool(_TITLE(word).fullmatch(word) or _POST.match(word))
        or _is_adjective(words, at)
        or (begins and not is_first_name(word) and opens_sentence(word))
    )


def _cell(block: Block, column: int) -> tuple[int, int]:
    return block.cells[column] if column < len(block.cells) else (0, 0)


_BRACKET_BEHIND = lazy(r" \([^()]{2,100}\)")


class Persons:
    """The persons of a text: the places of their names, and of each part of a name elsewhere."""

    def __init__(self, blocks: Sequence[Block], names: KnownNames) -> None:
        self._parts: set[str] = set()
        self._short: set[str] = set()
        """Names of two letters, which are names only beside a longer part: `Ян Новак`."""
        self._names = names
        self._of: dict[str, set[str]] = {}
        """Part of a name -> the parties with which the lists of those present name it."""
        self._found: tuple[str, list[tuple[int, int]]] = ("", [])
        """The last words that were looked through, and the names in them."""
        is_listing = lists_meetings = False
        small = set(map(fold, {word for block in blocks for word in _SMALL.findall(block.words)}))
        self._small = small
        self._of_units: set[str] | None = None
        """The words in names of units of the text, once somebody asks."""
        for block in blocks:
            words = block.words
            if block.kind == BlockKind.HEADING and is_listing and " | " in words:
                if columns_of_persons(words.split(" | ")):
                    continue  # The heads of a table of persons.
            elif block.kind == BlockKind.HEADING:
                is_listing = bool(PERSONS_HEADING.match(words))
                lists_meetings = not is_listing and bool(MEETINGS_HEADING.match(words))
                if not _LISTED.match(words):
                    continue
            if (
                is_listing
                or (block.kind == BlockKind.ROW and columns_of_persons(block.heads))
                or (lists_meetings and block.kind in (BlockKind.ITEM, BlockKind.ROW))
                or (
                    block.kind == BlockKind.ITEM
                    and (PERSONS_HEADING.match(block.lead) or MEETINGS_HEADING.match(block.lead))
                )
                or _LISTED.match(words)
                or block.kind == BlockKind.MAIL_HEAD
            ):
                if is_listing and (len(words) > 120 and words.endswith(".")):
                    is_listing = False
                else:
                    listed = [
                        each
                        for each in _PERSON(words).finditer(words)
                        if not _is_post(words, each) and not self._is_field_of_post(words, each, blocks)
                    ]
                    columns = columns_of_persons(block.heads) if block.kind == BlockKind.ROW else None
                    if columns:
                        start, end = _cell(block, columns[0])
                        listed = [each for each in listed if start <= each.start() < end]
                    for match in listed:
                        self._learn(match[1], words, match.start(1))
                    if columns:
                        self._learn_of_row(listed, words, _cell(block, columns[1]))
                    elif block.kind != BlockKind.PARAGRAPH or not is_statement(words) or _LISTED.match(words):
                        self._learn_parties(listed, words)
            for match in _AFTER_TITLE(words).finditer(words):
                self._learn(match[1], words, match.start(1))
            for office in _OFFICE.finditer(words):
                name = _NAME_AT_END(office[1]).search(office[1][-_LONGEST_NAME:])
                if name and _is_name_behind_office(office[1], name[0]):
                    self._learn(name[0], words, office.end() - len(name[0]))
            for pattern in (_INITIALS(words), _PATRONYMIC) if has_cyrillic(words) else (_INITIALS(words),):
                for match in pattern.finditer(words):
                    self._learn(match[0], words, match.start())
            if block.kind != BlockKind.HEADING:
                for unlisted, at in names_by_place(words, names.mentions(words), small, self._is_usual):
                    self._learn(unlisted, words, at)
        self._learn_represented(blocks)
        self._by_word: dict[str, list[str]] = {}
        """The first word of a part, of a Russian one without its ending -> patterns of such parts."""
        for part in sorted(self._parts, key=len, reverse=True):
            its, stem = re.escape(part), part
            if re.match(r"[А-ЯЁ]", part):
                stem = re.sub(r"[аеиоуыьэюяй]{1,2}$", "", part)
                its = re.escape(stem) + "[а-яё]{0,3}"
            first = _FIRST_WORD.match(stem)
            self._by_word.setdefault(first[0] if first else stem, []).append(its)

    def _is_field_of_post(self, words: str, match: re.Match[str], blocks: Sequence[Block]) -> bool:
        """Whether capitalised words behind a post alone are its field: `Regional Adviser, Rural Statistics`.

        The last of them is a noun: the text has it in small letters, or in the name of a unit, or it ends as one.
        """
        if not _FIELD_OF_POST.search(words, 0, match.start(1)):
            return False
        first, *_, last = match[1].split() * 2
        if is_first_name(first):
            return False
        if self._of_units is None:
            self._of_units = {
                fold(each[1]) for block in blocks for each in _WORD_OF_UNIT(block.words).finditer(block.words)
            }
        low = fold(last)
        return low in self._small or low in self._of_units or is_of_things(low)

    def _learn(self, name: str, words: str, at: int) -> None:
        """Learn the parts of a name, except those of institutions."""
        known = self._names.mentions(words)
        if is_within(known, at):
            return
        parts = [part[0] for part in re.finditer(r"[^\W\d_][\w’'\-]*", name) if not is_within(known, at + part.start())]
        if len(parts) > 1 and any(fold(part) in _INSTITUTIONS for part in parts):
            return  # `Investigation Department` in a list of those present.
        for match in _WORD.finditer(name):
            part = match[0]
            if part not in parts or self._is_usual(part) or _TITLE(part).fullmatch(part):
                continue
            if _is_adjective(words, at + match.start()):
                continue
            if len(part) > _SHORT:
                self._parts.add(part)
            elif len(part) == _SHORT and part[1].islower() and len(parts) > 1:
                self._short.add(part)

    def _learn_parties(self, listed: Sequence[re.Match[str]], words: str) -> None:
        """Learn the parties of persons in a list: the one named after each, before the next person."""
        people = [match for match in listed if any(part in self._parts for part in _WORD.findall(match[1]))]
        named = self._names.parties_in(words)
        starts = [each.start for each in named]
        following: set[str] = set()
        for place, match in reversed(list(enumerate(people))):
            end = people[place + 1].start() if place + 1 < len(people) else len(words)
            its = {each.party for each in named[bisect_left(starts, match.end()) : bisect_left(starts, end)]}
            its = its or (following if _is_enumerated(words, match.end(), end) else set())
            following = its
            if len(its) == 1:
                for part in _WORD.findall(match[1]):
                    self._of.setdefault(part, set()).update(its)

    def _learn_of_row(self, listed: Sequence[re.Match[str]], words: str, cell: tuple[int, int]) -> None:
        """Learn the parties of persons in a row, from its cell of institutions."""
        its = {each.party for each in self._names.parties_in(words) if cell[0] <= each.start < cell[1]}
        parts = [part for match in listed for part in _WORD.findall(match[1]) if part in self._parts]
        for part in parts if len(its) == 1 else ():
            self._of.setdefault(part, set()).update(its)

    def _learn_represented(self, blocks: Sequence[Block]) -> None:
        """Learn the parties of the representatives named in a line, or of persons with one in brackets."""
        for block in blocks:
            words = block.words
            spans = represented_in(words, self._names)
            of_brackets = self._names.parties_in(words) if "(" in words else ()
            if not spans and not of_brackets:
                continue
            for match in _PERSON(words).finditer(words):
                its = {each.party for each in spans if each.start <= match.start() < each.end}
                if bracket := _BRACKET_BEHIND.match(words, match.end()):
                    named = {each.party for each in of_brackets if bracket.start() < each.start < bracket.end()}
                    its = named or its
                parts = [part for part in _WORD.findall(match[1]) if part in self._parts]
                if parts and len(its) == 1:
                    for part in parts:
                        self._of.setdefault(part, set()).update(its)

    def parties_of(self, words: str) -> list[tuple[int, str]]:
        """The places of the names of persons whose party a list gives, with that party."""
        found = []
        for start, end in self.spans(words) if self._of else ():
            its = [self._of[part] for part in _WORD.findall(words[start:end]) if len(part) > 1 and part in self._of]
            if its and len(every := set.union(*its)) == 1:
                found.append((start, next(iter(every))))
        return found

    def _is_usual(self, part: str) -> bool:
        return (
            fold(part) in _NOT_NAMES
            or is_institution_word(part)
            or is_country(part)
            or self._names.directory.find(part) is not None
        )

    def _pattern_for(self, words: str) -> re.Pattern[str] | None:
        """A pattern of the names in these words: only the parts that may occur, for speed."""
        parts = dict.fromkeys(
            pattern
            for word in dict.fromkeys(_FIRST_WORD.findall(words))
            for length in range(max(1, len(word) - _MOST_ENDING), len(word) + 1)
            for pattern in self._by_word.get(word[:length], ())
        )
        if not parts:
            return None
        one = f"(?:{'|'.join(sorted(parts, key=len, reverse=True))})"
        each_short = f"(?:{'|'.join(map(re.escape, sorted(self._short)))})"
        short, short_behind = (f"(?:{each_short}\\s+)?", f"(?:\\s+{each_short})?") if self._short else ("", "")
        return re.compile(
            rf"(?<![\w]){short}(?:{_INITIAL}\s*)*{one}(?:[\s\-]+(?:{_INITIAL}\s*)*{one}|\s*{_INITIAL})*{short_behind}(?![\w])"
        )

    def _known_parts(self, words: str) -> Iterator[tuple[int, int]]:
        """The spans of the names with known parts, searched piece by piece."""
        at = 0
        while at < len(words):
            end = len(words)
            if end - at > _PIECE:
                cut = words.rfind(" ", at + _PIECE // 2, at + _PIECE)
                end = cut if cut > 0 else at + _PIECE
            if pattern := self._pattern_for(words[at:end]):
                yield from (each.span() for each in pattern.finditer(words, at, end))
            at = end

    def spans(self, words: str) -> list[tuple[int, int]]:
        """The spans of the names of persons, addresses and numbers in the words of a block."""
        if self._found[0] != words:
            self._found = (words, self._spans(words))
        return self._found[1]

    def _spans(self, words: str) -> list[tuple[int, int]]:
        addresses = [each.span() for each in _MAIL.finditer(words)] if "@" in words else []
        addresses += [each.span() for each in _PHONE.finditer(words) if _is_number(each[0])]
        found: list[tuple[int, int]] = []
        for match in _AFTER_TITLE(words).finditer(words):
            if self._is_person(match[1], words, match.start(1)):
                found.append(match.span(1))
        for pattern in (_INITIALS(words), _PATRONYMIC) if has_cyrillic(words) else (_INITIALS(words),):
            found += [each.span() for each in pattern.finditer(words) if self._is_person(each[0], words, each.start())]
        if self._by_word:
            known = self._names.mentions(words)
            found += [
                span
                for span in self._known_parts(words)
                if not is_within(known, span[0]) and not _is_in_unit(words, *span)
            ]
        return _joined([*addresses, *(self._with_words_beside(span, words) for span in _joined(found))])

    def _with_words_beside(self, span: tuple[int, int], words: str) -> tuple[int, int]:
        """A name with the word before and behind it, where that can only be a part of it: `Зураб` of `Зураб Кипиани`."""
        start, end = span
        before = _WORD_BEFORE(words).search(words, max(0, start - _MOST_BESIDE), start)
        is_whole = " " in words[start:end].strip()
        if before and self._is_name_beside(before[1], words, before.start(1), is_whole=is_whole):
            start = before.start(1)
        behind = _WORD_BEHIND(words).match(words, end)
        if behind and self._is_name_beside(behind[1], words, behind.start(1)):
            end = behind.end(1)
        return start, end

    def _is_name_beside(self, word: str, words: str, at: int, *, is_whole: bool = False) -> bool:
        """Whether a word beside a name belongs to it; `is_whole`: the name has two words, and a third one is rare."""
        if not is_first_name(word):
            is_opening = bool(_SENTENCE_BEGINS.search(words, max(0, at - 3), at))
            if fold(word) in self._small or (is_whole and is_opening):
                return False
        return not (
            _is_no_name_beside(word, words, at) or self._is_usual(word) or is_within(self._names.mentions(words), at)
        )

    def _is_person(self, name: str, words: str, at: int) -> bool:
        if name.rstrip(". ") in _COUNTRIES or re.match(r"(?:U\.S|U\.N|U\.K|E\.U)\.", name):
            return False
        parts = [part for part in _WORD.finditer(name) if len(part[0]) > 1]
        if len(parts) > 1 and fold(parts[-1][0]) in _INSTITUTIONS and not _COURTESY.search(words, 0, at):
            return False  # `The Prosecutor General's Office`.
        return not all(
            fold(part[0]) in _NOT_NAMES
            or is_institution_word(part[0])
            or is_country(part[0])
            or _is_adjective(words, at + part.start())
            for part in parts
        ) and not is_within(self._names.mentions(words), at)

    def hidden(self, words: str) -> str:
        """The words with each name made `HIDDEN`, letter by letter: every place stays where it is."""
        out, at = [], 0
        for start, end in self.spans(words):
            out += [words[at:start], HIDDEN * (end - start)]
            at = end
        return "".join([*out, words[at:]])

    def masked_name(self, file: str) -> str:
        """The name of a file, in which the names of persons are masked as in its text."""
        words, ending = os.path.splitext(file)
        words = words.replace("_", " ")
        return f"{masked(self.hidden(words), mask_in(words))}{ending}" if self.spans(words) else file


def is_within(mentions: Sequence[Mention], at: int) -> bool:
    """Whether a place is within one of these names, which stand in their order."""
    from bisect import bisect_right

    index = bisect_right(mentions, at, key=lambda each: each.start)
    return index > 0 and at < mentions[index - 1].end


_LEAST_DIGITS = 9
"""Digits of a telephone number that is not called one: a day has eight."""


def _is_number(text: str) -> bool:
    """Whether digits are a telephone number: called one, with a plus, or too many for a day."""
    return text[0].isalpha() or text[0] == "+" or sum(map(str.isdigit, text)) >= _LEAST_DIGITS


_LONGEST_NAME = 60


def _is_name_behind_office(office: str, name: str) -> bool:
    """Whether the last two words are no part of the office: none is a usual one, and none belongs to an `of`."""
    before = office.removesuffix(name).split()
    is_usual = any(fold(part) in _NOT_NAMES for part in name.split() if len(part) > 2)
    return bool(before) and before[-1][0].isupper() and not is_usual


_ADJECTIVE = lazy(
    r"[А-ЯЁ][а-яё-]+(?:[ео]го (?=\S+[ая]\b)|[ео]му (?=\S+[ую]\b)|[ео]й (?=\S+[еиы]\b)|[ую]ю (?=\S+[ую]\b)|[ая]я (?=\S+[ая]\b)|[ео]е (?=\S+[оея]\b)|[иы]й (?=\S+[б-щь]\b)"
    r"|[иы]м (?=\S+м\b)|[иы]е (?=\S+[аиы]\b)|[иы]х (?=\S+)|[иы]ми (?=\S+ми\b))([А-ЯЁа-яё]+)(?!\w)"
)
_COMMON_NOUN = lazy(r"(?i:стран|сторон|групп|конвенци|конференци|программ|сообществ|делегаци|форум|саммит)[а-яё]{0,3}")


def _is_adjective(words: str, at: int) -> bool:
    """Whether a Russian adjective here agrees with the noun of an institution: `Европейскому союзу`."""
    match = _ADJECTIVE.match(words, at) if words[at] > "\x7f" else None
    return match is not None and (is_institution_word(match[1]) or bool(_COMMON_NOUN.fullmatch(match[1])))


def lists_persons(words: str) -> bool:
    """Whether a line lists participants."""
    return bool(_LISTED.match(words))


def mask_in(words: str) -> str:
    """The mask for a name in these words: a word of their language, whoever reads them."""
    return RUSSIAN_MASK if is_russian(words) else MASK


def masked(hidden: str, mask: str) -> str:
    """Words with their names hidden as they are shown: `mask` for each, an ellipsis for overlong words."""
    return _NO_WORD.sub("…", _HIDDEN.sub(mask, hidden))


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


_ABSTRACT = lazy(r"(?:[a-z]{3,}[ts]ion|[a-z]{4,}ment|[a-z]{3,}(?:ness|ics|ship)|(?<= )[A-Z]?[a-z]{3,}ity)(?![\w’'\-])")
"""A noun in what is no name of a person: `Seed Production`, `Digital Development`."""


def _is_about_a_thing(words: str, start: int, end: int) -> bool:
    """Whether capitalised words in a Russian text are a part of the world, an institution's adjective, or a title."""
    if not has_cyrillic(words):
        return False
    its = list(_WORD.finditer(words, start, end))
    if words[start:end].isascii():
        is_long = len(its) > _MOST_OF_A_LATIN_NAME or bool(_CALLED_SO.search(words, 0, start))
        return is_long and not any(is_first_name(each[0]) for each in its)
    return any(_REGION.fullmatch(each[0]) or _is_adjective(words, each.start()) for each in its)


_MOST_OF_A_LATIN_NAME = 2
"""Words of a name of a person in Latin letters within a Russian text: what has more is a title (`Market Access Map`)."""
_CALLED_SO = lazy(
    r"(?<![а-яё])(?:баз|систем|программ|платформ|проект|инструмент|курс|портал|сайт|приложени|сервис|реестр|стандарт|журнал|сет|модел|данных|формат)[а-яё]{0,3} [«“\"]?$",
    re.IGNORECASE,
)
_REGION = lazy(r"(?i:ази|европ|америк|африк|кавказ|балкан|сибир|прибалтик|скандинави|океани|восток|запад)[а-яё]{0,3}")
_ORDER = lazy(r"^[А-ЯЁ][а-яё]{2,}(?:ить|ать|ять|еть|уть|сти|чь|ться)\s+")
"""A verb at the beginning of a title, before a name."""


def possible_names(words: str, parties: Directory) -> list[str]:
    """What in a masked text may still be the name of a person: capitalised words side by side that are no party."""
    found = []
    for match in _PERSON(words).finditer(words):
        name = _ORDER.sub("", match[1], count=1)
        parts = _WORD.findall(name)
        is_name = sum(part[0].isupper() for part in parts) > 1 or "." in name
        is_name = is_name and not (_ABSTRACT.search(name) and not any(map(is_first_name, parts)))
        is_name = is_name and not any(
            fold(part) in _NOT_NAMES
            or parties.find(part)
            or is_institution_word(part)
            or is_country(part)
            or _ACRONYM_RU.fullmatch(part)
            for part in parts
        )
        is_name = is_name and not _is_about_a_thing(words, match.end(1) - len(name), match.end(1))
        if is_name and parties.find(name) is None and not {MASK[1:-1], RUSSIAN_MASK[1:-1]} & {*parts}:
            found.append(name.strip())
    for match in _MASK_BESIDE(words).finditer(words) if "]" in words else ():
        word = match[1] or match[2]
        if not _is_no_name_beside(word, words, match.start(match.lastindex or 1)) and parties.find(word) is None:
            found.append(word)
    return list(dict.fromkeys(found))
