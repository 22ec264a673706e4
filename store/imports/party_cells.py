"""Match the names in cells to parties: one name or several, known or new, of an institution or a person."""

from __future__ import annotations

from store.errors import NotAllowed
from store.rules.party_names import may_be_several, split_names
from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.rows import ImportRow, ParsedRows
    from store.rules.party_names import Directory
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
    """Matches the names in the cells of an import to parties; each name is matched once.

    `before` holds the parties before the import: the transaction's own directory grows with the rows.
    """

    def __init__(self, tx: Transaction, parsed: ParsedRows, before: Directory) -> None:
        self._tx = tx
        self._before = before
        self._names: dict[str, list[str]] = {}
        self._single = single_names(parsed)

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
        """The full names of the parties that one name in a cell may list."""
        parts = [part.strip() for part in name.split(",") if part.strip()]
        is_list = len(parts) > 1 and self._tx.parties.find(name) is None and all(map(self._is_known, parts))
        if not is_list:
            self._refuse_several(name, field)
        return [self._tx.parties.canonical(part) for part in (parts if is_list else [name])]

    def _refuse_several(self, name: str, field: str) -> None:
        """Refuse a name that may list several parties: it would become one party. Raises: NotAllowed."""
        if self._tx.parties.find(name) is not None:
            return
        if may_be_several(name, self._before.find, lambda part: fold(part) in self._single):
            parts = split_names(name)
            raise NotAllowed(
                f'"{name}" may be {len(parts)} parties: write them with a semicolon between, '
                f'"{"; ".join(parts)}", or enter it as one party first, with another promise',
                code="import.several-parties",
                field=field,
            )

    def _is_known(self, name: str) -> bool:
        return self._tx.parties.find(name) is not None or fold(name) in self._single


def single_names(parsed: ParsedRows) -> set[str]:
    """The names that stand alone in a cell of the file, folded."""
    cells = {
        value[0]
        for row in parsed.rows
        for field in ROLES
        if (value := row.get(field)) and len(value) == 1 and "," not in value[0]
    }
    return set(map(fold, cells))


def looks_like_a_person(name: str) -> bool:
    """Whether a name is written like a person's: `Col. Smith`, `г-н Иванов`, `Иванов И.И.`, `j.smith@example.org`."""
    first, _, rest = fold(name).replace(".", ". ").strip().partition(" ")
    return "@" in name or (bool(rest.strip()) and first.rstrip(".") in _RANKS.split("|")) or _has_initials(name)


def _has_initials(name: str) -> bool:
    """Whether a name is a single word with initials before or after it; `U.S. Embassy` is not."""
    words = name.replace(",", " ").replace(".", ". ").split()
    initials = [word for word in words if len(word) == 2 and word[0].isupper() and word[1] == "."]
    others = [word for word in words if word not in initials]
    return bool(initials) and len(others) == 1 and others[0].istitle() and "".join(initials) not in _COUNTRIES
