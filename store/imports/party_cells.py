"""Match the names in cells to parties: one name or several, known or new, of an institution or a person."""

from __future__ import annotations

from store.errors import NotAllowed
from store.imports.headings import OF_PERSONS, normal
from store.operations.parties import resolve_party
from store.rules.party_names import names_of
from store.text import fold, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.rows import ImportRow, ParsedRows
    from store.transaction import Transaction

ROLES = ("by", "to", "support")
"""The fields of a row that hold names of parties."""

_RANKS = (
    "mr|mrs|ms|miss|dr|prof|sir|col|lt|maj|gen|capt|cpt|sgt|insp|supt|colonel|lieutenant|sergeant|captain"
    "|г-н|г-жа|господин|госпожа|тов|товарищ|полковник|подполковник|майор|капитан|лейтенант|генерал|генерал-майор"
    "|генерал-лейтенант|генерал-полковник|сержант|проф|д-р"
)
"""Titles and ranks before the name of a person, folded."""

_COUNTRIES = frozenset(("U.S.", "U.S.A.", "U.K.", "U.N.", "E.U.", "U.A.E.", "С.Ш.А."))
"""Initials that are not a person's."""


class PartyMatcher:
    """Matches the names in the cells of an import to parties; each name is matched once."""

    def __init__(self, tx: Transaction, parsed: ParsedRows) -> None:
        self._tx = tx
        self._names: dict[str, list[str]] = {}
        self._single = single_names(parsed)
        known = [name for party in tx.parties.all() for name in names_of(party)]
        self._known_words = {word for name in known for word in fold(name).split()}
        columns = parsed.columns
        self._of_persons = {
            field
            for field, column in columns.fields.items()
            if column < len(columns.headings) and normal(columns.headings[column]) in OF_PERSONS
        }

    def match(self, row: ImportRow, field: str) -> list[str] | None:
        """The full names of the parties of a role, new ones as they are written; None when the row has none.

        A comma separates names only if each of them is known, or stands alone in another row.
        """
        given: list[str] | None = row.get(field)
        if given is None:
            return None
        found: list[str] = []
        for name in given:
            if name not in self._names:
                self._names[name] = self._match_name(name, field)
            found += self._names[name]
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _match_name(self, name: str, field: str) -> list[str]:
        """The full names of the parties that one name in a cell may list. Raises: NotAllowed, UsageError."""
        parts = [part.strip() for part in name.split(",") if part.strip()]
        is_list = len(parts) > 1 and self._tx.parties.find(name) is None and all(map(self._is_known, parts))
        try:
            return [self._party(part, field) for part in (parts if is_list else [name])]
        except NotAllowed as error:
            if error.code != "party.joined":
                raise
            names = error.values["names"]
            assert isinstance(names, list), "the refusal lists the names that are joined"
            raise _several(name, names, field) from None

    def _party(self, name: str, field: str) -> str:
        """The full name of the party that one name means. Raises: NotAllowed, UsageError."""
        found = resolve_party(self._tx, name, field, self._is_alone)
        if self._tx.parties.find(found) is not None or self._tx.is_meant_as_new(name):
            return found
        is_institution = looks_like_an_institution(found) or not self._known_words.isdisjoint(fold(found).split())
        if looks_like_a_person(found) or (
            not is_institution and (field in self._of_persons or _has_a_persons_form(found))
        ):
            shown = visible(found)
            raise NotAllowed(
                f'"{shown}" looks like a person: officers\' names have no field, name the institution',
                code="import.person",
                field=field,
                values={"name": shown},
            )
        if not self._tx.takes_new_names and not _JOINING.isdisjoint(found):
            names = [visible(part) for part in _parts(found)]
            if len(names) > 1:
                raise _several(found, names, field)
        return found

    def _is_alone(self, name: str) -> bool:
        return fold(name) in self._single

    def _is_known(self, name: str) -> bool:
        return self._tx.parties.find(name) is not None or self._is_alone(name)


def single_names(parsed: ParsedRows) -> set[str]:
    """The names that stand alone in a cell of the file, folded."""
    cells = {
        value[0]
        for row in parsed.rows
        for field in ROLES
        if (value := row.get(field)) and len(value) == 1 and "," not in value[0]
    }
    return set(map(fold, cells))


_JOINING = frozenset("+&")


def _parts(name: str) -> list[str]:
    """The names that a text joins by a sign."""
    for mark in _JOINING:
        name = name.replace(mark, "\n")
    return list(filter(None, map(str.strip, name.split("\n"))))


def _several(name: str, names: list[str], field: str) -> NotAllowed:
    return NotAllowed(
        f'"{visible(name)}" may be {len(names)} parties: write them with a semicolon between, "{"; ".join(names)}"',
        code="import.several-parties",
        field=field,
        values={"name": visible(name), "names": names},
    )


def looks_like_a_person(name: str) -> bool:
    """Whether a name is written like a person's: `Col. Smith`, `г-н Иванов`, `Иванов И.И.`, `j.smith@example.org`."""
    first, _, rest = fold(name).replace(".", ". ").strip().partition(" ")
    is_ranked = bool(rest.strip()) and first.rstrip(".") in _RANKS.split("|")
    return "@" in name or is_ranked or _has_initials(name) or _has_patronymic(name)


def may_be_a_person(name: str) -> bool:
    """Whether a name is written as a person's may be, and has no word of an institution."""
    return looks_like_a_person(name) or (_has_a_persons_form(name) and not looks_like_an_institution(name))


def _has_a_persons_form(name: str) -> bool:
    """Whether a name is two words that begin with a capital, and nothing else: `Lola Sample`, `Лола Образцова`."""
    words = name.split()
    return len(words) == 2 and all(word.istitle() and word.replace("-", "").isalpha() for word in words)


def _has_patronymic(name: str) -> bool:
    """Whether one of two or three capitalized words is a patronymic: `Иванов Иван Иванович`."""
    words = name.split()
    return len(words) in (2, 3) and all(map(str.istitle, words)) and any(word.endswith(_PATRONYMICS) for word in words)


_PATRONYMICS = ("ович", "евич", "овна", "евна", "ична", "ovich", "evich", "ovna", "evna")

_INSTITUTIONS = frozenset(
    (
        *(
            "agency",
            "office",
            "ministry",
            "department",
            "unit",
            "bureau",
            "center",
            "centre",
            "police",
            "guard",
            "group",
        ),
        *(
            "service",
            "embassy",
            "mission",
            "committee",
            "commission",
            "council",
            "court",
            "academy",
            "institute",
            "team",
        ),
        *(
            "university",
            "school",
            "bank",
            "union",
            "nations",
            "fund",
            "programme",
            "program",
            "secretariat",
            "division",
        ),
        *("branch", "section", "directorate", "general", "prosecutor", "customs", "border", "delegation", "network"),
        *("organization", "organisation", "association", "federation", "foundation", "interpol", "europol", "task"),
        *("force", "government", "republic", "kingdom", "states", "authority", "registry", "desk", "hub", "project"),
        *("министерство", "управление", "отдел", "служба", "комитет", "центр", "бюро", "прокуратура", "агентство"),
        *("департамент", "академия", "институт", "посольство", "миссия", "суд", "совет", "комиссия", "республика"),
        *("полиция", "таможня", "секретариат", "организация", "фонд", "университет", "представительство"),
        *("affairs", "interior", "justice", "health", "foreign", "home", "rights", "watch", "international", "global"),
        *("national", "federal", "state", "regional", "central", "european", "african", "asian", "american", "united"),
        *(
            "north",
            "south",
            "east",
            "west",
            "new",
            "saint",
            "san",
            "santa",
            "republica",
            "el",
            "la",
            "les",
            "los",
            "al",
        ),
        *("arabia", "africa", "asia", "america", "europe", "korea", "zealand", "lanka", "rica", "salvador", "leone"),
        *("faso", "guinea", "emirates", "islands", "island", "city", "region", "province", "county", "prefecture"),
        *("cross", "crescent", "children", "women", "migration", "crime", "drug", "drugs", "liaison", "staff", "board"),
        *("secretary", "attorney", "chamber", "parliament", "senate", "assembly", "tribunal", "inspectorate", "corps"),
        *(
            "forces",
            "army",
            "navy",
            "gendarmerie",
            "carabinieri",
            "guardia",
            "policia",
            "polizia",
            "polizei",
            "company",
        ),
        *("лига", "союз", "банк", "область", "город", "университета", "штаб", "палата", "сенат", "гвардия", "милиция"),
        *("ministere", "bureau", "direction", "service", "ambassade", "comite", "ministerio", "oficina", "direccion"),
    )
)
"""Words in the names of institutions, folded."""


def looks_like_an_institution(name: str) -> bool:
    """Whether a name in a column of persons is none of a person: an acronym or a word of institutions is in it."""
    words = name.replace(",", " ").replace("-", " ").split()
    return any((len(word) > 1 and word.isupper()) or fold(word) in _INSTITUTIONS for word in words)


def _has_initials(name: str) -> bool:
    """Whether a name is a single word with initials before or after it; `U.S. Embassy` is not."""
    words = name.replace(",", " ").replace(".", ". ").split()
    initials = [word for word in words if len(word) == 2 and word[0].isupper() and word[1] == "."]
    others = [word for word in words if word not in initials]
    return bool(initials) and len(others) == 1 and others[0].istitle() and "".join(initials) not in _COUNTRIES
