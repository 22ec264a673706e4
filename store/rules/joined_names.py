"""Several names of parties in one text, and a name with a role in brackets.

Source: docs/rules.md, Parties.
"""

from __future__ import annotations

import re
from re import compile as compile_pattern

from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HELPING = (
    r"(?:with|through)\s+(?:the\s+)?(?:support|assistance|help|participation|backing)\s+(?:of|from|by)"
    r"|(?:support(?:ed)?|assist(?:ed|ance)|help(?:ed)?|backed)\s+(?:by|from)"
    r"|при\s+(?:содействии|поддержке|участии)|с\s+(?:участием|привлечением|помощью)"
    r"|avec\s+(?:l['\u2019]\s*(?:appui|aide|assistance)\s+d|le\s+(?:soutien|concours)\s+d)(?:es?|u|['\u2019])"
    r"|appuy[ée]e?s?\s+par|soutenue?s?\s+par|con\s+(?:el\s+)?apoyo\s+del?|apoyad[oa]s?\s+por"
)
"""What says that the party behind it helps the one before it."""

_ADJECTIVE = r"(?:close\s+|tight\s+|full\s+|direct\s+|тесном\s+|тесной\s+|[ée]troite\s+|estrecha\s+)?"
_STRONG = (
    rf"\s+(?:{_HELPING}"
    rf"|in\s+{_ADJECTIVE}(?:co-?operation|co-?ordination|collaboration|partnership|consultation|association|agreement"
    r"|conjunction|concert|liaison|contact)\s+with|(?:jointly|together|along)\s+with|alongside(?:\s+with)?|as\s+well\s+as"
    r"|(?:(?-i:[a-z]+)\s+)?by(?:\s+agreement\s+with)?|and\s*/\s*or|vs\.?|w/|cc|then|followed\s+by|on\s+behalf\s+of"
    r"|under\s+the\s+(?:lead|leadership|guidance|direction)\s+of"
    r"|совместно\s+со?|вместе\s+со?|наряду\s+со?|а\s+также|и\s*/\s*или|от\s+имени"
    rf"|в[о]?\s+{_ADJECTIVE}(?:сотрудничестве|координации|взаимодействии|партнерстве|партнёрстве|контакте)\s+со?"
    r"|по\s+(?:согласованию|договор[её]нности)\s+со?|по\s+поручению|под\s+(?:руководством|эгидой)"
    r"|(?:conjointement|ensemble)\s+avec|ainsi\s+que|et\s*/\s*ou|au\s+nom\s+d[eu]|sous\s+la\s+direction\s+d[eu]"
    rf"|en\s+{_ADJECTIVE}(?:coop[ée]ration|collaboration|coordination|partenariat|consultation|accord|concertation|lien"
    r"|association|liaison)\s+(?:[ée]troite\s+)?avec|(?:dirig|pilot|assist|mandat|financ)[ée]e?s?\s+par"
    rf"|en\s+{_ADJECTIVE}(?:cooperaci[oó]n|colaboraci[oó]n|coordinaci[oó]n|asociaci[oó]n|consulta|acuerdo)\s+con"
    r"|(?:junto|conjuntamente|juntamente)\s+con|as[ií]\s+como|y\s*/\s*o|de\s+acuerdo\s+con"
    r"|bajo\s+la\s+direcci[oó]n\s+del?|(?:dirigid|liderad|financiad)[oa]s?\s+por"
    r"|\+|/)\s+"
    r"|\s*(?:<?[-=]+>|[\u2190-\u21ff\u27f0-\u27ff\u2900-\u297f\u2794-\u27be]|[\u2022\u25cf\u25aa\u2023\u2219])\s*"
    r"|\s+(?:[\u00b7\u22c5>~=])\s+|(?<=[A-ZА-Я]{2})>(?=[A-ZА-Я]{2})"
)
"""What stands between two names, and never inside of one."""

_AND = r"\s+(?:and|и|plus|or|или)\s+|\s*(?:&|;)\s*|\s+\|\s+"
"""What joins two names, but may stand inside of one: `Ministry of Health and Sport`."""

_AND_OF_OTHERS = r"\s+(?:et|ou|y|und|va|ва)\s+"
"""The same in other languages, where each of the names has to be known or in capitals."""

_ALL_MARKS = f"{_STRONG}|{_AND}"
_ALL_MARKS_AND_COMMAS = rf"{_ALL_MARKS}|\s*,"
_ALL_MARKS_OF_OTHERS = rf"{_ALL_MARKS}|{_AND_OF_OTHERS}|\s*,"

_BESIDE = r"\s+(?:with|via|through|under|со?|через|под|avec|con|sous|bajo|x|per)\s+"
"""What joins a name to the one before it; `Bureau for Cooperation with INTERPOL` is one name."""

_UNSPACED = r"\s*[/+]\s*"
"""What joins two names without blanks, but may stand inside of one: the office `UNODC/ROCA`."""

_JOINING_WORDS_LISTED = """
jointly with|together with|along with|as well as|in cooperation with|in coordination with|in collaboration with
in partnership with|in consultation with|with support of|with the support of|supported by|w/|and|plus|or|with|and/or
совместно с|совместно со|вместе с|вместе со|а также|при содействии|при поддержке|при участии|с участием|и|или|с|и/или
во взаимодействии с|в сотрудничестве с|в координации с|conjointement avec|en collaboration avec|et|avec
en coordination avec|avec l'appui de|junto con|en colaboracion con|en coordinacion con|con el apoyo de|y|con
"""
_JOINING_WORDS = frozenset(
    (
        "+",
        "/",
        "&",
        ";",
        "|",
        *(word for line in _JOINING_WORDS_LISTED.strip().splitlines() for word in line.split("|")),
    )
)

_WORDS_THAT_JOIN_LISTED = """
with by from behalf alongside as vs vs. cc then under and plus or via through per x support assistance help
participation backing с со также имени поручению руководством эгидой содействии поддержке участии участием привлечением
помощью
и или через под ва avec que nom direction par et ou sous y con como por bajo dirección direccion und va
"""
_WORDS_THAT_JOIN = frozenset(_WORDS_THAT_JOIN_LISTED.split())
"""Each joining phrase has one of them."""

_LONGEST_ACRONYM = 8

_ROLES = frozenset(
    (
        *("lead", "co-lead", "leading", "lead agency", "chair", "co-chair", "host", "co-host", "donor", "partner"),
        *("implementing partner", "support", "supporting", "observer", "coordinator", "secretariat", "tbc", "tbd"),
        *("main", "primary", "responsible", "leader", "support agency", "supported by", "focal point", "contributing"),
        *("ведущий", "головной", "координатор", "соисполнитель", "исполнитель", "поддержка", "партнер", "наблюдатель"),
        *("отв", "ответственный", "ответственный исполнитель", "головной исполнитель", "основной исполнитель"),
        *("основной", "соисп", "свод", "созыв", "координация", "содействие", "уточняется"),
        *("chef de file", "pilote", "responsable", "appui", "soutien", "coordinateur", "coordination"),
        *("apoyo", "lider", "coordinador", "coordinadora", "a confirmer", "por confirmar"),
        *("supports", "leads", "both", "joint", "jointly", "together", "each", "cc", "only", "coordination lead"),
        *("co-responsible", "assisting", "in charge", "совместно", "вместе", "копия", "только", "отв. исполнитель"),
        *("в копии", "conjointement", "ensemble", "en copie", "conjuntamente", "en copia", "coordinacion"),
    )
)
"""Roles that people write in brackets behind a name, or with a colon before it, folded."""


_SUPPORTING = frozenset(
    (
        *("support", "supports", "supporting", "support agency", "partner", "implementing partner", "contributing"),
        *("assisting", "supported by"),
        *("соисполнитель", "поддержка", "партнер", "соисп", "содействие", "appui", "soutien", "apoyo"),
    )
)
"""Roles of those who help, folded."""

_BEHIND_BRACKETS = compile_pattern(r"(?<=\))\s*(?:[,;+/&]|\b(?:and|и|et|y)\b)\s*")

_BARE_ROLES = (
    r"co-?lead(?:er|ing|s)?|lead(?:er|ing|s)?|led|main|primary|responsible|support(?:s|ing|ed)?|assist(?:ed|ing)|both"
    r"|joint(?:ly)?|together|each|cc|c/c|only|also|mainly|including|incl\.?|all\s+of|either"
    r"|совместно|вместе|оба|обе|только|включая|копия|свод|созыв|головной|ведущий|отв\.?|ответственный|исполнитель"
    r"|соисполнитель|ответственный\s+исполнитель|головной\s+исполнитель"
    r"|conjointement|ensemble|y\s+compris|pilote|chef\s+de\s+file|responsable|appui|soutien"
    r"|conjuntamente|junto|incluid[oa]|l[ií]der|apoyo"
)
_PREPOSITIONS = (
    r"(?:with|by|from|of|through|via|со?|от|при\s+(?:поддержке|содействии|участии)|avec|par|de|du|con|por|del|entre"
    r"|(?:with\s+)?(?:the\s+)?support\s+(?:of|from))"
)

# The patterns are compiled for the first new name.
_ROLE_BEFORE = (
    rf"(?P<role>(?:{_BARE_ROLES})(?:\s+{_PREPOSITIONS})?(?=\W)|{_PREPOSITIONS}(?=\s))"
    r"(?:\s*[:,\u2013\u2014-]\s+|\s*[:\u2013\u2014]\s*|\s+)(?P<name>\S.*)"
)
_ROLE_BEHIND = rf"(?P<name>.*\S)(?:\s*[:,\u2013\u2014]\s*|\s+-\s*|-\s+|\s+)(?P<role>{_BARE_ROLES})\.?"
_ROLE_BEHIND_A_MARK = r"(?P<name>.*\S)(?:\s*[:,\u2013\u2014]\s*|\s+-\s*|-\s+)(?P<role>[^:,\u2013\u2014]+)"
_ROLE_BEFORE_A_MARK = r"(?P<role>[^:,\u2013\u2014]+?)(?:\s*[:\u2013\u2014]\s*|\s+-\s*|-\s+)(?P<name>\S.*)"


_WORDS_OF_ROLES_LISTED = """
lead leader leaders leading leads led co-lead co-leader co-leading colead coleader main primary responsible support
supports supporting supported assisted assisting both joint jointly together each cc c/c only also mainly including
incl incl. all either with by from of through via the совместно вместе оба обе только включая копия свод созыв
головной ведущий отв отв. ответственный исполнитель соисполнитель с со от при conjointement ensemble compris pilote
chef responsable appui soutien avec par de du conjuntamente junto incluido incluida lider líder apoyo con por del entre
y file
"""
_WORDS_OF_ROLES = frozenset(_WORDS_OF_ROLES_LISTED.split())
"""A role without a mark begins or ends with one of them."""


def _may_have_a_role(text: str) -> bool:
    """Check cheaply whether a role may stand around a name: most new names have none."""
    words = text.casefold().split()
    if not words or (len(words) == 1 and words[0].isalnum()):
        return False
    if words[0].strip(_MARKS) in _WORDS_OF_ROLES or words[-1].strip(_MARKS) in _WORDS_OF_ROLES:
        return True
    return any(mark in text for mark in (":", ",", "\u2013", "\u2014", " -", "- "))


_MARKS = ":,-\u2013\u2014."


def _may_join(text: str) -> bool:
    """Check cheaply whether a text may join names: most new names do not."""
    words = text.casefold().split()
    if len(words) == 1 and words[0].isalnum():
        return False
    if not _WORDS_THAT_JOIN.isdisjoint(words):
        return True
    marks = "".join(words).translate(_INSIDE_WORDS)
    return marks != "" and not marks.isalnum()


_INSIDE_WORDS = str.maketrans("", "", "'\u2019\".()\u00ab\u00bb-\u2013")
"""Signs that join no names."""


def bare_role(text: str) -> tuple[str, str, bool]:
    """Split a role off a name: (name, role, whether a mark stands between them); the text alone without one.

    `UNODC – lead`, `Lead UNODC`, `UNODC, support`.
    """
    if not _may_have_a_role(text):
        return text, "", False
    for pattern in (_ROLE_BEHIND_A_MARK, _ROLE_BEFORE_A_MARK):
        found = re.fullmatch(pattern, text, re.IGNORECASE)
        if found is not None and is_role(role := fold(found["role"].strip())):
            return found["name"].strip(), role, True
    for pattern in (_ROLE_BEFORE, _ROLE_BEHIND):
        found = re.fullmatch(pattern, text, re.IGNORECASE)
        if found is not None:
            return found["name"].strip(), fold(found["role"]), False
    return text, "", False


def lead_and_support(names: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Those who lead and those who help, of `UNODC (lead), OSCE (support)`; None where the roles do not tell them.

    Each name of a cell may have its role: `UNODC – lead`, `Support: OSCE`.
    """
    lead: list[str] = []
    support: list[str] = []
    for part in (part for name in names for part in _BEHIND_BRACKETS.split(name)):
        before, role = without_role(part)
        if not role and len(names) > 1:
            bare, role, is_marked = bare_role(part)
            before, role = (bare, role) if is_marked else (part, "")
        is_helping = role.rstrip(".") in _SUPPORTING
        (support if is_helping else lead).append(before if is_helping or is_role(role) else part)
    return (lead, support) if lead and support and all((*lead, *support)) else None


def with_roles(lead: str, helping: Sequence[str]) -> list[str]:
    """Name the parties with their roles, as `lead_and_support` reads them."""
    roles = ["lead"] + ["support"] * len(helping)
    return [f"{name} ({role})" for name, role in zip((lead, *helping), roles, strict=True)]


def says_who_helps(text: str) -> bool:
    """Whether a text that joins names says that those behind the first help: `UNODC with support from OSCE`."""
    return re.search(rf"\s(?:{_HELPING})(?:\s|$|(?<=['\u2019]))", text, re.IGNORECASE) is not None


def joined_names(text: str, is_known: Callable[[str], bool], is_alone: Callable[[str], bool]) -> list[str]:
    """The names that a text joins; empty when it is one name.

    Names are joined by a word that says so, or by `and` and the like when one of them `is_known`, all `is_alone` in
    other cells of a list, or all are acronyms; by commas when each is known or an acronym, or
    one has a role. The names are told without their roles.
    """
    return [part for each in _joined(text, is_known, is_alone) if (part := bare_name(each))]


def _joined(text: str, is_known: Callable[[str], bool], is_alone: Callable[[str], bool]) -> list[str]:
    text = " ".join(text.split())
    if not _may_join(text):
        return []
    parts = _split(text, _ALL_MARKS)
    if len(parts) > 1 and (len(_split(text, _STRONG)) > 1 or _are_names(_bare(parts), is_known, is_alone)):
        return _split(text, _ALL_MARKS_AND_COMMAS)
    parts = _split(text, _ALL_MARKS_OF_OTHERS)
    bare = _bare(parts)
    if len(parts) > 1 and any(map(is_known, bare)) and all(is_known(part) or is_acronym(part) for part in bare):
        return parts
    parts = _split(text, _BESIDE)
    if len(parts) > 1 and (is_known(parts[0]) or all(map(is_acronym, parts))):
        return parts
    parts = _split(text, _UNSPACED)
    if len(parts) > 1 and all(is_known(part) or is_alone(part) for part in parts):
        return parts
    parts = _split(text, r"\s*,\s*")
    bare = list(map(_without_a_role, parts))
    has_roles = bare != parts
    return parts if len(parts) > 1 and (has_roles or all(map(is_known, bare)) or all(map(is_acronym, bare))) else []


def _bare(parts: list[str]) -> list[str]:
    return [bare_name(part) or part for part in parts]


def bare_name(text: str) -> str:
    """A part of a text that joins names without the words of roles around it: `jointly by UNODC` is UNODC."""
    text = _without_a_role(text)
    for _ in range(_MOST_ROLES):
        name, role, _ = bare_role(text)
        if not role:
            return "" if is_role(fold(text)) else text.strip(" ,;:")
        text = _without_a_role(name)
    return text.strip(" ,;:")


_MOST_ROLES = 4


def _without_a_role(text: str) -> str:
    name, role = without_role(text)
    return name if is_role(role) and name else text


def without_role(text: str) -> tuple[str, str]:
    """Split a text before its final brackets: (name, their content, folded); itself without brackets.

    A role with a colon before the name is as good: `lead: UNODC`.
    """
    name, bracket, rest = text.rstrip().partition("(")
    if bracket and rest.endswith(")") and ")" not in rest[:-1]:
        return name.strip(), fold(rest[:-1].strip())
    role, colon, name = text.partition(":")
    role = fold(role.strip())
    return (name.strip(), role) if colon and is_role(role) else (text, "")


def is_role(folded: str) -> bool:
    """Whether a word is a role that people write in brackets behind a name, or before it."""
    return folded.rstrip(".") in _ROLES


def is_joining_word(folded: str) -> bool:
    """Whether a text only joins names, as `and`, and is none."""
    return folded in _JOINING_WORDS


def _are_names(parts: list[str], is_known: Callable[[str], bool], is_alone: Callable[[str], bool]) -> bool:
    """Whether what stands on both sides of an `and` are names.

    One is known, or all are alone elsewhere, or in capitals, or the last is and another begins with a known one:
    `UNODC ROCA and HQ`.
    """
    if any(map(is_known, parts)) or all(map(is_alone, parts)) or all(map(is_acronym, parts)):
        return True
    first, last = parts[0].split(), parts[-1]
    return is_acronym(last) and len(first) > 1 and is_acronym(first[-1]) and is_known(first[0])


def is_acronym(part: str) -> bool:
    """Whether a text is one word in capitals, as the short name of an institution is."""
    return part.isupper() and 1 < len(part) <= _LONGEST_ACRONYM and " " not in part and any(map(str.isalpha, part))


_WORD = r"[^\W_]+(?:['\u2019][^\W_]+)*"
_NUMBER_BESIDE = r"^\W*\d{1,2}[\W_]+|[\W_]+\d{1,2}\W*$"
"""A number of one or two digits before or behind a name."""


def spans_of_words(name: str) -> list[tuple[int, int]]:
    """Where each word of a name begins and ends."""
    return [each.span() for each in re.finditer(_WORD, name)]


def without_number_beside(name: str) -> str:
    """A name without a number before or behind it: `UNODC 1` is UNODC."""
    return re.sub(_NUMBER_BESIDE, "", name).strip() if any(map(str.isdigit, name)) else name


def _split(text: str, pattern: str) -> list[str]:
    """Split a text at each mark, in any case."""
    return list(filter(None, map(str.strip, re.split(pattern, text, flags=re.IGNORECASE))))
