"""Finds who promises: the subject of the cue's own clause, and the parties that it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.capture.known_names import KnownNames, Mention


class How:
    """How it is known who promises."""

    NAMED, VISIT, BEFORE, LIST, NONE = "named", "visit", "before", "list", "none"


class Sort:
    """What the subject of a clause is."""

    PARTY, INSTITUTION, BOTH, WE, PERSON, THING, RELATIVE, EMPTY = (
        "party", "institution", "both", "we", "person", "thing", "relative", "empty"
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a clause: its words, what it is, and the parties that it names; `new` are not known ones."""

    words: str
    sort: str
    by: tuple[str, ...] = ()
    how: str = How.NONE
    new: tuple[str, ...] = ()


_OPENING = re.compile(
    r"(?:in|on|at|to|by|for|with|as|after|before|during|following|building|under|through|within|without|throughout|regarding"
    r"|concerning|given|once|when|while|if|upon|towards?|further|moreover|finally|lastly|also|additionally|consequently"
    r"|accordingly|therefore|meanwhile|subject|based|recogni[sz]ing|noting|recalling|amid|since|until|because|although|though"
    r"|в|на|по|с|со|при|для|после|до|к|из|от|кроме|также|вместе|согласно|учитывая|если|когда|исходя)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:\b(?:which|that|who|where|whose)|котор\w+)(?: \w+ly| also)?\s*$", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:] |, (?:and|but|while|whereas|which|who|where) |(?<=\w) (?:and|but|while|whereas|so) (?=(?:it|they|he|she|we|the)\b)| (?:а|но|что) |, (?:и|а|но|что|котор\w+) "
)
_BOTH = re.compile(
    r"\b(?:both|(?:the )?(?:two|three|four|both)? ?(?:sides|parties|countries|governments|nations|delegations|institutions|agencies|partners|leaders"
    r"|ministers|presidents|participants|heads of state|allies|members|delegates|signatories|interlocutors|organi[sz]ations|principals|secretaries)|they|each side|each party)\b"
    r"|\b(?:стороны|обе стороны|участники|они|обе делегации|страны|партн[её]ры|министры|руководители)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|I|мы)\b|\b(?:we|I)(?=['’]ll)")
_AGENTS = frozenset(
    map(
        fold,
        [
            "ministry",
            "ministries",
            "agency",
            "agencies",
            "government",
            "governments",
            "side",
            "party",
            "delegation",
            "office",
            "secretariat",
            "embassy",
            "service",
            "council",
            "board",
            "committee",
            "bureau",
            "police",
            "directorate",
            "department",
            "commission",
            "organization",
            "organisation",
            "union",
            "state",
            "states",
            "company",
            "institute",
            "university",
            "academy",
            "prosecutor",
            "prosecutors",
            "prosecution",
            "mission",
            "host",
            "hosts",
            "chair",
            "authorities",
            "authority",
            "ncb",
            "center",
            "centre",
            "court",
            "parliament",
            "bank",
            "fund",
            "administration",
            "unit",
            "team",
            "group",
            "taskforce",
            "force",
            "division",
            "section",
            "border",
            "customs",
            "administration",
            "presidency",
            "president",
            "minister",
            "prime",
            "secretary",
            "ambassador",
            "chairperson",
            "expert",
            "experts",
            "official",
            "officials",
            "member",
            "members",
            "partner",
            "partners",
            "leader",
            "leaders",
            "country",
            "countries",
            "donor",
            "donors",
            "coordinator",
            "focal",
            "points",
            "point",
            "counterparts",
            "counterpart",
            "colleagues",
            "colleague",
            "consultant",
            "consultants",
            "representative",
            "representatives",
            "economies",
            "signatories",
            "interlocutors",
            "participants",
            "ministers",
            "presidents",
            "delegations",
            "institution",
            "institutions",
            "association",
            "federation",
            "kingdom",
            "republic",
            "society",
            "foundation",
            "bureaus",
            "consulate",
            "headquarters",
            "command",
            "guard",
            "inspectorate",
            "ombudsman",
            "trainers",
            "trainer",
            "adviser",
            "advisers",
            "secretaries",
            "staff",
            "officers",
            "officer",
            "министерство",
            "управление",
            "служба",
            "агентство",
            "комитет",
            "прокуратура",
            "бюро",
            "центр",
            "делегация",
            "сторона",
            "посольство",
            "секретариат",
            "академия",
            "институт",
            "совет",
            "организация",
            "департамент",
            "комиссия",
            "представители",
            "представитель",
            "офис",
            "суд",
            "полиция",
            "правительство",
            "мвд",
            "мид",
            "штаб-квартира",
            "генсекретариат",
            "нцб",
        ],
    )
)
_DETERMINED = re.compile(
    r"\b(?:the|its|their|our)\s+(?:(?:host|receiving|visiting|national|local|central|other|requesting)\s+)?"
    r"(?P<role>ministry|agency|service|office|embassy|secretariat|delegation|hosts?|side|party|bureau|prosecution|police|council|committee|board|centre|center|institute|"
    r"academy|department|directorate|mission|authorities|government|organi[sz]ation)\b"
    r"|\b(?P<ru>министерств\w{1,2}|управлени\w|служб\w|агентств\w{1,2}|комитет\w?|прокуратур\w|бюро|центр\w?|делегаци\w|посольств\w{1,2}|секретариат\w?|принимающ\w+ сторон\w)\b",
    re.IGNORECASE,
)
_PERSON_HEAD = re.compile(
    r"\b(?:he|she|his|her|I|он|она)\b|\b(?:minister|secretary|president|ambassador|director|envoy|mr|mrs|ms|dr|senator|vice president|prime minister|adviser|advisor|commissioner|attorney)\b[. ]",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(
    r"(?:[Tt]he )?((?:[A-Z][\w’'&.\-]*|[A-Z]{2,})(?:(?: (?:of|the|for|and|on|de|to)(?: the)?)? (?:[A-Z][\w’'&.\-]*))*)"
)
_PREPOSITION = re.compile(
    r"\b(?:of|in|on|for|to|with|from|at|by|between|under|through|against|across|within|among|that|which|who|as|including|during|после|для|по|о|об|в|на|с|при|между)\b",
    re.IGNORECASE,
)


def clause_before(words: str, at: int) -> tuple[int, int]:
    """The span of the words of the clause that stand before a cue."""
    start = 0
    for cut in _CLAUSE.finditer(words, 0, at):
        if cut.end() <= at and words[cut.end() : at].strip():
            start = cut.end()
    return start, at


def subject_of(
    words: str, span: tuple[int, int], names: KnownNames, mentions: Sequence[Mention], before: Sequence[str]
) -> Subject:
    """The subject in a span of a sentence; `before` are the parties of the sentence before."""
    start, end = span
    text = words[start:end]
    start += len(text) - len(text.lstrip())
    if _RELATIVE.search(words[start:end]):
        return Subject(words[start:end].strip(), Sort.RELATIVE)
    start = _behind_opening(words, start, end)
    text = words[start:end].strip(" ,")
    if not text:
        return Subject("", Sort.EMPTY)
    inside = [each for each in mentions if start <= each.start and each.end <= end]
    direct = _direct(words, start, end, inside)
    if direct:
        return Subject(text, Sort.PARTY, tuple(dict.fromkeys(direct)), How.NAMED)
    if _WE.search(text):
        return _of_both(text, Sort.WE, names, ())
    role = _DETERMINED.search(text)
    if role and not _of_something(text, role.end(), inside):
        found = _of_role(role["role"] or role["ru"], names)
        if found:
            return Subject(text, Sort.PARTY, tuple(found), How.VISIT)
    if _BOTH.search(text):
        return _of_both(text, Sort.BOTH, names, before)
    head = _head(text)
    if _PERSON_HEAD.search(text + " "):
        return Subject(text, Sort.PERSON)
    new = _institution(text)
    if (
        fold(head) in _AGENTS
        or (new and fold(new.split()[-1]) in _AGENTS)
        or (new and new.split()[0].isupper() and fold(new) == fold(head))
    ):
        if new:
            return Subject(text, Sort.INSTITUTION, (new,), How.NAMED, (new,))
        return Subject(text, Sort.INSTITUTION)
    if new and len(new) >= len(text.removeprefix("The ").removeprefix("the ")) - 1:
        return Subject(text, Sort.INSTITUTION, (new,), How.NAMED, (new,))
    if re.fullmatch(r"(?:it|it was|it is|there|this|these|that|those|это|этот|оно)", text, re.IGNORECASE):
        return Subject(text, Sort.THING if fold(text) != "it" else Sort.BOTH)
    return Subject(text, Sort.THING)


def _behind_opening(words: str, start: int, end: int) -> int:
    """Where the subject begins, behind `In turn, `, `Building on this trend, `."""
    while (
        _OPENING.match(words, start) and (comma := words.find(", ", start, end)) >= 0 and words[comma + 2 : end].strip()
    ):
        start = comma + 2
    return start


_BESIDE = frozenset(("with", "to", "for", "from", "by", "against", "in", "on", "at", "с", "со", "для", "от", "в", "к"))
"""Words before the name of a party that is beside the subject, and is not it."""


def _direct(words: str, start: int, end: int, inside: Sequence[Mention]) -> list[str]:
    """The parties that are the subject itself, not only named in it."""
    found: list[str] = []
    for each in inside:
        before = words[start : each.start].strip()
        last = before.rpartition(" ")[2].casefold().strip(",(")
        if before and last in _BESIDE and (found or last != "by"):
            continue
        found.append(each.party)
    return found


def _of_something(text: str, at: int, inside: Sequence[Mention]) -> bool:
    return bool(re.match(r"\s+of\b", text[at:])) and not inside


def _of_role(role: str, names: KnownNames) -> list[str]:
    """The parties of the visit that `the Ministry`, `the delegation`, `the host` mean."""
    role = fold(role)
    if role.startswith(("host", "принимающ")):
        return names.hosts
    if role.startswith(("delegation", "делегаци")):
        return names.delegation
    stem = role[:-1] if re.match(r"[а-яё]", role) else role.rstrip("s")
    fitting = [name for name in names.of_visit if any(stem in " ".join(its) for its in names.directory.words_of(name))]
    if not fitting and role == "ministry":
        fitting = [name for name in names.of_visit if name.split()[0].isupper() and name.split()[0].startswith("M")]
    return fitting if len(fitting) == 1 else []


def _of_both(text: str, sort: str, names: KnownNames, before: Sequence[str]) -> Subject:
    if len(before) >= 2 and sort == Sort.BOTH:
        return Subject(text, sort, tuple(before), How.BEFORE)
    if len(names.of_visit) >= 2 and sort == Sort.BOTH:
        return Subject(text, sort, tuple(names.of_visit), How.VISIT)
    return Subject(text, sort)


def _head(text: str) -> str:
    """The word on which the others depend: the last one before the first preposition."""
    cut = _PREPOSITION.search(text, 1)
    front = text[: cut.start()] if cut and cut.start() > 0 else text
    found = re.findall(r"[^\W\d_][\w’'\-]*", front.partition(",")[0] or front)
    return found[-1].removesuffix("’s").removesuffix("'s") if found else ""


def _institution(text: str) -> str | None:
    """An institution as it is written, where the subject is nothing else."""
    match = _CAPITALISED.match(text)
    if not match or len(match[1]) < 2:
        return None
    return match[1].strip(" .,")
