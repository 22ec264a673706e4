"""Match a row to a commitment: by our number, else by the list's number, else by visit, parties and title."""

from __future__ import annotations

from store.errors import NotAllowed
from store.rules.calendar_uids import number_of, uid_of
from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.imports.rows.parse_rows import ImportRow
    from store.model.record_types import Commitment
    from store.transaction import Transaction

    Key = tuple[str, tuple[str, ...], tuple[str, ...], str]


def _folded(title: str) -> str:
    """Normalize a title for comparison. `fold` takes ten times as long, on ten thousand titles."""
    return " ".join(title.casefold().replace("ё", "е").split())


def _key(visit: str, by: Sequence[str], to: Sequence[str], title: str) -> Key:
    return visit, _in_any_order(by), _in_any_order(to), _folded(title)


def _in_any_order(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names) if len(names) == 1 else tuple(sorted(set(names)))


def number_twice(number: str, row: str, title: str) -> NotAllowed:
    """The refusal of a number that an earlier row of the list has, whose title is another."""
    return NotAllowed(
        tr(
            'its number "{number}" is that of {row} as well, "{title}", which is another promise: give each a number '
            "of its own",
            number=number,
            row=row,
            title=title,
        ),
        code="import.number-twice",
        field="source-id",
    )


class ResolvedNames:
    """The visit and the parties of a row under their names in the store; None where the row has none."""

    __slots__ = ("by", "to", "visit")

    def __init__(self, visit: str | None, by: Sequence[str] | None, to: Sequence[str] | None) -> None:
        self.visit = visit
        self.by = by
        self.to = to


class CommitmentIndex:
    """An index of the commitments: those in the store, and those that earlier rows added."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._by_source: dict[str, list[int]] = {}
        self._by_text: dict[Key, list[int]] = {}
        for number, commitment in tx.commitments().items():
            self.add(number, commitment)

    def add(self, number: int, commitment: Commitment, key: Key | None = None) -> None:
        """Index a commitment for later rows; `key` if it was computed already."""
        if "source_id" in commitment:
            self._by_source.setdefault(commitment["source_id"], []).append(number)
        key = key or _key(commitment["visit"], commitment["by"], commitment["to"], commitment["title"])
        self._by_text.setdefault(key, []).append(number)

    def with_key(self, key: Key | None) -> Sequence[int]:
        """The numbers of the commitments under a key that `find` returned for a new row."""
        return self._by_text.get(key, ()) if key is not None else ()

    def find(
        self, row: ImportRow, names: ResolvedNames, earlier: Mapping[int, ImportRow]
    ) -> tuple[int | None, Key | None]:
        """The number of the matching commitment (None: a new one), and the key that was searched for, if one was.

        `earlier`: number of a commitment -> the row of the list that it was matched with.

        Raises: NotFound; NotAllowed when several match, or the list's number is that of another commitment.
        """
        number: int | None = row.values.get("id")
        if number is not None:
            return self._tx.commitment(number, "id")["id"], None
        source: str | None = row.values.get("source-id")
        if source is not None and (own := number_of(source)) is not None and self._is_in_our_export(own, source):
            return own, None
        of_source = self._by_source.get(source) if source else None
        found = [each for each in of_source if self._is_of_visit(each, names)] if of_source else ()
        if found:
            if found[0] not in earlier:
                self._refuse_other(found, row, names)
            return found[0], None
        if names.visit is None or names.by is None or names.to is None or "title" not in row.values:
            return None, None
        key = _key(names.visit, names.by, names.to, row.values["title"])
        # Another number in the same list is another commitment, even with the same title.
        same = self._by_text.get(key, [])
        if not same:
            return None, key
        same = [each for each in same if not source or "source_id" not in self._commitment(each)]
        same = [each for each in same if self._still_has_key(each, key)]
        if len(same) > 1:
            same = [each for each in same if self._has_date(each, row)] or same
        if len(same) > 1:
            listed = ", ".join(tr_in("record", "#{n}", n=each) for each in same[:5])
            sentence = tr(
                "it can be {listed}, which are called the same: give their numbers in a column id", listed=listed
            )
            raise NotAllowed(sentence, code="import.row-matches-several")
        return (same[0] if same else None), key

    def _is_in_our_export(self, number: int, source: str) -> bool:
        """Whether our own calendar export writes this UID for a commitment."""
        return self._tx.record("commitments", number) is not None and uid_of(self._commitment(number)) == source

    def _commitment(self, number: int) -> Commitment:
        return self._tx.commitment(number)

    def _is_of_visit(self, number: int, names: ResolvedNames) -> bool:
        return names.visit is None or self._commitment(number)["visit"] == names.visit

    def _still_has_key(self, number: int, key: Key) -> bool:
        """Whether a commitment still has this key: earlier rows may have changed it."""
        commitment = self._commitment(number)
        return _key(commitment["visit"], commitment["by"], commitment["to"], commitment["title"]) == key

    def _has_date(self, number: int, row: ImportRow) -> bool:
        date = row.values.get("due")
        return date is not None and self._commitment(number).get("due") == date.day

    def _refuse_other(self, found: list[int], row: ImportRow, names: ResolvedNames) -> None:
        """Refuse the number of another list: its row has neither the title nor the parties of the commitment."""
        source = row.values["source-id"]
        if len(found) > 1:
            raise NotAllowed(
                tr(
                    '"{source}" is the list\'s number of {numbers}: give our numbers in a column id',
                    source=source,
                    numbers=tr(" and ").join(tr_in("record", "#{n}", n=each) for each in found[:5]),
                ),
                code="import.number-matches-several",
                field="source-id",
            )
        commitment = self._commitment(found[0])
        is_named = "title" not in row.values or _folded(row.values["title"]) == _folded(commitment["title"])
        parties = ((names.by, commitment["by"]), (names.to, commitment["to"]))
        if not is_named and any(mine is not None and set(mine) != set(its) for mine, its in parties):
            raise NotAllowed(
                tr(
                    '"{source}" is what #{found} "{title}" was called when it was imported, and this is '
                    "another promise: if it is of another list, leave that column out, or make its numbers "
                    "differ",
                    source=source,
                    found=found[0],
                    title=commitment["title"],
                ),
                code="import.number-of-another-list",
                field="source-id",
            )
