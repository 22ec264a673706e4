"""Several names of parties in one text, and a name with a role in brackets.

Source: docs/rules.md, Parties.
"""

from __future__ import annotations

from re import compile as compile_pattern

from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_JOINING = (
    *(" jointly with ", " together with ", " along with ", " as well as ", " in cooperation with "),
    *(" in coordination with ", " in collaboration with ", " in partnership with ", " in consultation with "),
    *(" with support of ", " with the support of ", " supported by ", " w/ "),
    *(" совместно с ", " совместно со ", " вместе с ", " вместе со ", " а также ", " + ", " / "),
    *(" при содействии ", " при поддержке ", " при участии ", " с участием ", " во взаимодействии с "),
    *(" в сотрудничестве с ", " в координации с "),
    *(" conjointement avec ", " en collaboration avec ", " en coordination avec ", " avec l'appui de "),
    *(" junto con ", " en colaboración con ", " en coordinación con ", " con el apoyo de "),
)
"""What stands between two names, and never inside of one."""

_ALSO_INSIDE = (" and ", " и ", "&", " plus ", " or ", " или ", ";", " | ")
"""What joins two names, but may stand inside of one: `Ministry of Health and Sport`."""

_UNSPACED = ("/", "+")
"""What joins two names without blanks, but may stand inside of one: the office `UNODC/ROCA`."""

_WITH = " with "
"""Joins a name to the one before it; `Bureau for Cooperation with INTERPOL` is one name."""

_JOINING_WORDS = frozenset(mark.strip() for mark in (*_JOINING, *_ALSO_INSIDE, _WITH))

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
    )
)
"""Roles that people write in brackets behind a name, or with a colon before it, folded."""


_SUPPORTING = frozenset(
    (
        *("support", "supporting", "support agency", "partner", "implementing partner", "contributing"),
        *("соисполнитель", "поддержка", "партнер", "соисп", "содействие", "appui", "soutien", "apoyo"),
    )
)
"""Roles of those who help, folded."""

_BEHIND_BRACKETS = compile_pattern(r"(?<=\))\s*(?:[,;+/&]|\b(?:and|и|et|y)\b)\s*")


def lead_and_support(name: str) -> tuple[list[str], list[str]] | None:
    """The leading and the helping parties of `UNODC (lead), OSCE (support)`; None where roles are unclear."""
    lead: list[str] = []
    support: list[str] = []
    for part in _BEHIND_BRACKETS.split(name):
        before, role = without_role(part)
        is_helping = role.rstrip(".") in _SUPPORTING
        (support if is_helping else lead).append(before if is_helping else _without_a_role(part))
    return (lead, support) if lead and support and all((*lead, *support)) else None


def joined_names(text: str, is_known: Callable[[str], bool], is_alone: Callable[[str], bool]) -> list[str]:
    """The names that a text joins; empty when it is one name.

    Names are joined by a word that says so, or by `and` and the like when one of them `is_known`, all `is_alone` in
    other cells of a list, or all are acronyms; by commas when each is known or an acronym, or
    one has a role. The names are told without their roles.
    """
    return [_without_a_role(part) for part in _joined(text, is_known, is_alone)]


def _joined(text: str, is_known: Callable[[str], bool], is_alone: Callable[[str], bool]) -> list[str]:
    text = " ".join(text.split())
    folded = fold(text)
    marks = [mark for mark in _JOINING if mark in folded]
    may_join = [mark for mark in (*_JOINING, *_ALSO_INSIDE) if mark in folded]
    parts = _split(text, may_join)
    if len(_split(text, marks)) > 1 or (len(parts) > 1 and _are_names(parts, is_known, is_alone)):
        return _split(text, [*may_join, ","])
    parts = _split(text, [_WITH])
    if len(parts) > 1 and is_known(parts[0]):
        return parts
    parts = _split(text, _UNSPACED)
    if len(parts) > 1 and all(is_known(part) or is_alone(part) for part in parts):
        return parts
    parts = _split(text, [","])
    bare = list(map(_without_a_role, parts))
    has_roles = bare != parts
    return parts if len(parts) > 1 and (has_roles or all(map(is_known, bare)) or all(map(_is_acronym, bare))) else []


def _without_a_role(text: str) -> str:
    name, role = without_role(text)
    return name if is_role(role) and name else text


def without_role(text: str) -> tuple[str, str]:
    """Split a text before its final brackets: (name, their content, folded); itself without brackets.

    A role with a colon before the name is as good: `lead: UNODC`.
    """
    name, bracket, rest = text.rstrip().partition("(")
    if bracket and rest.endswith(")"):
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
    """Whether both sides of an `and` are names: one known, or all alone elsewhere, or in capitals."""
    return any(map(is_known, parts)) or all(map(is_alone, parts)) or all(map(_is_acronym, parts))


def _is_acronym(part: str) -> bool:
    return part.isupper() and 1 < len(part) <= _LONGEST_ACRONYM and " " not in part


def _split(text: str, marks: Sequence[str]) -> list[str]:
    """Split a text at each mark, in any case."""
    for mark in marks:
        folded = text.casefold()
        while (at := folded.find(mark)) >= 0 and len(folded) == len(text):
            text = f"{text[:at]}\n{text[at + len(mark) :]}"
            folded = text.casefold()
    return list(filter(None, map(str.strip, text.split("\n"))))
