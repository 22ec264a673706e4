"""Match the names in cells to parties: one name or several, known or new, of an institution or a person."""

from __future__ import annotations

from functools import cached_property

from store.errors import NotAllowed, NotFound, UsageError
from store.fold_case_and_accents import fold
from store.imports.headings.heading_synonyms import OF_PERSONS, normal
from store.imports.parties.latin_cyrillic_lookalikes import in_one_alphabet, in_the_other_alphabet
from store.imports.parties.placeholder_parties import has_a_day, names_no_institution
from store.imports.parties.posts_and_persons_as_parties import (
    institutions_beside_a_person,
    is_a_person,
    is_a_persons_first_name,
    names_a_person_of_a_post,
    names_a_post_or_anybody,
    names_only_persons,
    without_label,
)
from store.operations.parties import resolve_party
from store.rules.joined_names import lead_and_support, says_who_helps
from store.rules.party_names import names_of
from store.rules.person_or_institution import (
    has_a_persons_form,
    looks_like_a_login,
    looks_like_a_person,
    looks_like_an_institution,
    without_number_behind,
)
from store.sanitise_text import visible
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.errors import FollowUpError
    from store.imports.rows.parse_rows import ImportRow, ParsedRows
    from store.transaction import Transaction

ROLES = ("by", "to", "support")
"""The fields of a row that hold names of parties."""


class PartyMatcher:
    """Matches the names in the cells of an import to parties; each name is matched once."""

    def __init__(self, tx: Transaction, parsed: ParsedRows) -> None:
        self._tx = tx
        self._names: dict[str, list[str]] = {}
        self._parsed = parsed
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
        if field != "to":
            given = self._by_role(row, field, given)
        if given is None:
            return None
        found: list[str] = []
        for name in given:
            if name not in self._names:
                self._names[name] = self._match_name(name, field)
            found += self._names[name]
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def further_errors(self, row: ImportRow, field: str) -> list[FollowUpError]:
        """What is refused of the other names of a role, where one was refused: each is named at once."""
        found: list[FollowUpError] = []
        for name in row.get(field) or ():
            if name not in self._names:
                try:
                    self._names[name] = self._match_name(name, field)
                except (NotAllowed, NotFound, UsageError) as error:
                    found.append(error)
        return found

    def _by_role(self, row: ImportRow, field: str, given: list[str] | None) -> list[str] | None:
        """The names of those who promise without those who help, or those of the helpers with them."""
        promising: list[str] = row.get("by") or []
        if len(promising) < 2 and "(" not in "".join(promising):
            return given
        parts = lead_and_support(promising)
        if parts is None:
            return given
        lead, support = parts
        if field == "by":
            name = visible("; ".join(promising))
            self._tx.warn(tr('"{name}": {names} (support)', name=name, names=visible("; ".join(support))))
            return lead
        return [*(given or []), *support]

    def _match_name(self, name: str, field: str) -> list[str]:
        """The full names of the parties that one name in a cell may list. Raises: NotAllowed, UsageError."""
        parts = [part.strip() for part in name.split(",") if part.strip()]
        if not all(map(self._is_party, parts)):
            self._refuse_person_beside(name, field, surely=True)
            if names_only_persons(name):
                raise _person(name, field)
            if "(" in name or "[" in name:
                self._refuse_second(name, field)
        is_list = len(parts) > 1 and self._tx.parties.find(name) is None and all(map(self._is_known, parts))
        try:
            return [self._party(part, field) for part in (parts if is_list else [name])]
        except NotAllowed as error:
            if error.code != "party.joined":
                raise
            names = error.values["names"]
            assert isinstance(names, list), "the refusal lists the names that are joined"
            raise _several(name, names, field) from None

    def _refuse_second(self, name: str, field: str) -> None:
        """Refuse a name with a second party in brackets. Raises: NotAllowed."""
        if self._tx.takes_new_names or self._is_party(name):
            return
        from store.imports.parties.joined_party_names import parties_with_brackets  # few names have one

        names = parties_with_brackets(name, self._is_known)
        if len({fold(known["name"] if (known := self._tx.parties.find(each)) else each) for each in names}) > 1:
            raise _several(name, list(map(visible, names)), field)

    def _party(self, name: str, field: str) -> str:
        """The full name of the party that one name means. Raises: NotAllowed, UsageError."""
        if not any(map(str.isalnum, name)):
            raise _no_name(name, field)  # A mark for what stands above.
        if self._is_no_name(name):
            raise _no_name(name, field)
        found = resolve_party(self._tx, name, field, self._is_alone)
        if self._tx.parties.find(found) is not None or self._tx.is_meant_as_new(name):
            return found
        is_institution = looks_like_an_institution(found) or not self._known_words.isdisjoint(fold(found).split())
        if not self._tx.takes_new_names:
            self._refuse_doubtful(found, field)
        if (
            looks_like_a_person(found)
            or is_a_persons_first_name(without_number_behind(found))
            or names_a_person_of_a_post(found)
            or (looks_like_a_login(found) and not is_institution)
            or (not is_institution and (field in self._of_persons or has_a_persons_form(found)))
        ):
            raise _person(found, field)
        if not self._tx.takes_new_names and not _JOINING.isdisjoint(found):
            names = [visible(part) for part in _parts(found)]
        elif not self._tx.takes_new_names and "," in found:
            # Of a list one part is a party surely, and of `Ministry of Justice, Legal Department` none is.
            parts = [part for each in found.split(",") if (part := each.strip())]
            names = list(map(visible, parts)) if any(map(self._is_known, parts)) else []
        else:
            names = []
        if len(names) > 1:
            raise _several(found, names, field)
        return found

    def _is_no_name(self, name: str) -> bool:
        """Whether a text in the place of a party names none, and is not the beginning of a known name."""
        tx = self._tx
        if tx.parties.find(name) is not None or tx.takes_new_names or tx.is_meant_as_new(name):
            return False
        return names_no_institution(name) and not tx.parties.beginning_with(name)

    def _refuse_doubtful(self, name: str, field: str) -> None:
        """Refuse a new name that may mean a known party or another institution, or none. Raises: NotAllowed."""
        from store.imports.parties.joined_party_names import known_names_joined, new_names_joined  # few are new

        shown = visible(name)
        if has_a_day(name):
            sentence = tr(
                '"{name}" has a day in it beside a name: write until when into a column of its own', name=shown
            )
            raise NotAllowed(sentence, code="import.day-beside-name", field=field, values={"name": shown})
        if joined := known_names_joined(name, self._is_known) or new_names_joined(name):
            raise _several(name, list(map(visible, joined)), field)
        other = in_the_other_alphabet(name)
        meant = in_one_alphabet(name) or (other if other and self._tx.parties.find(other) is not None else None)
        if meant is not None:
            sentence = tr(
                '"{name}" has letters of another alphabet, which look the same: did you mean "{meant}"?',
                name=shown,
                meant=visible(meant),
            )
            values = {"name": shown, "names": [visible(meant)]}
            raise NotAllowed(sentence, code="import.letters-of-two-alphabets", field=field, values=values)
        label = without_label(name) or (name.rstrip("? ") if name.endswith("?") else None)
        if label is not None:
            sentence = (
                tr('"{name}" has a question mark behind it: is it "{meant}"?', name=shown, meant=visible(label))
                if name.endswith("?")
                else tr(
                    '"{name}" says what it is with a label: did you mean "{meant}"?', name=shown, meant=visible(label)
                )
            )
            values = {"name": shown, "names": [visible(label)]}
            raise NotAllowed(sentence, code="import.labelled-name", field=field, values=values)
        self._refuse_person_beside(name, field)
        if names_a_post_or_anybody(name):
            raise NotAllowed(
                tr('"{name}" is a post, or any institution of its kind: name the one that is meant', name=shown),
                code="import.no-one-party",
                field=field,
                values={"name": shown},
            )

    def _refuse_person_beside(self, name: str, field: str, *, surely: bool = False) -> None:
        """Refuse a name that has a person beside an institution. Raises: NotAllowed."""
        if self._is_party(name):
            return
        institutions = institutions_beside_a_person(name, self._is_no_person, surely=surely)
        if institutions:
            shown = visible(name)
            names = [visible(each) for each in institutions]
            sentence = tr(
                '"{name}" seems to name a person beside "{meant}": officers\' names have no field',
                name=shown,
                meant=names[0],
            )
            values = {"name": shown, "names": names}
            raise NotAllowed(sentence, code="import.person-beside", field=field, values=values)

    def _is_party(self, name: str) -> bool:
        """Whether a name is a known party's, or said to be a new one's."""
        return self._tx.parties.find(name) is not None or self._tx.is_meant_as_new(name)

    def _is_no_person(self, name: str) -> bool:
        return self._is_party(name) or (self._is_alone(name) and not is_a_person(name))

    @cached_property
    def _single(self) -> set[str]:
        return single_names(self._parsed)

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


def _no_name(name: str, field: str) -> NotAllowed:
    shown = visible(name)
    return NotAllowed(
        tr('"{name}" names no institution: name the one that is meant', name=shown),
        code="import.no-name",
        field=field,
        values={"name": shown},
    )


def _person(name: str, field: str) -> NotAllowed:
    shown = visible(name)
    return NotAllowed(
        tr('"{shown}" looks like a person: officers\' names have no field, name the institution', shown=shown),
        code="import.person",
        field=field,
        values={"name": shown},
    )


def _several(name: str, names: list[str], field: str) -> NotAllowed:
    return NotAllowed(
        plural(
            '"{name}" may be {n} party: write them with a semicolon between, "{names}"',
            '"{name}" may be {n} parties: write them with a semicolon between, "{names}"',
            len(names),
            name=visible(name),
            names="; ".join(names),
        ),
        code="import.several-parties",
        field=field,
        values={"name": visible(name), "names": names, "says_who_helps": field == "by" and says_who_helps(name)},
    )
