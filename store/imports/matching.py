"""Which commitment a row means: by our number, else by the list's own, else by visit, by, to and title."""

from __future__ import annotations

from store.errors import NotAllowed
from store.rules.numbering import number_of, uid_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.rows import ImportRow
    from store.model.record_types import Commitment
    from store.transaction import Transaction

    Key = tuple[str, tuple[str, ...], tuple[str, ...], str]


def _folded(title: str) -> str:
    """A title as two lists may write it. Full folding takes ten times as long, and is asked for ten thousand titles."""
    return " ".join(title.casefold().replace("ё", "е").split())


def _key(visit: str, by: Sequence[str], to: Sequence[str], title: str) -> Key:
    return visit, _in_any_order(by), _in_any_order(to), _folded(title)


def _in_any_order(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(names) if len(names) == 1 else tuple(sorted(set(names)))


class Meant:
    """Who and where a row speaks of, in the store's own names; None where the row says nothing."""

    __slots__ = ("by", "to", "visit")

    def __init__(self, visit: str | None, by: Sequence[str] | None, to: Sequence[str] | None) -> None:
        self.visit = visit
        self.by = by
        self.to = to


class Known:
    """The commitments that rows are matched with: those that are there, and those that came with rows before."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._by_source: dict[str, list[int]] = {}
        self._by_text: dict[Key, list[int]] = {}
        for number, commitment in tx.commitments().items():
            self.add(number, commitment)

    def add(self, number: int, commitment: Commitment, key: Key | None = None) -> None:
        """Let rows that follow be matched with this one, whose `key` may be known already."""
        if "source_id" in commitment:
            self._by_source.setdefault(commitment["source_id"], []).append(number)
        key = key or _key(commitment["visit"], commitment["by"], commitment["to"], commitment["title"])
        self._by_text.setdefault(key, []).append(number)

    def called_so(self, key: Key | None) -> Sequence[int]:
        """The commitments that have the title and the parties of a row that `find` found to be a new one."""
        return self._by_text.get(key, ()) if key is not None else ()

    def find(self, row: ImportRow, meant: Meant) -> tuple[int | None, Key | None]:
        """The number of the commitment that a row means (None: a new one), and the key that was looked for, if one was.

        Raises: NotFound; NotAllowed when it can be several, or the list's number is that of another promise.
        """
        number: int | None = row.values.get("id")
        if number is not None:
            return self._tx.commitment(number, "id")["id"], None
        source: str | None = row.values.get("source-id")
        if source is not None and (own := self._of_our_export(source)) is not None:
            return own, None
        found = [each for each in self._by_source.get(source, []) if self._is_of(each, meant)] if source else []
        if found:
            self._refuse_other(found, row, meant)
            return found[0], None
        if meant.visit is None or meant.by is None or meant.to is None or "title" not in row.values:
            return None, None
        key = _key(meant.visit, meant.by, meant.to, row.values["title"])
        # Another number in the same list is another promise, though it may be called the same.
        same = self._by_text.get(key, [])
        if not same:
            return None, key
        same = [each for each in same if not source or "source_id" not in self._there(each)]
        same = [each for each in same if self._has_not_changed(each, key)]
        if len(same) > 1:
            same = [each for each in same if self._has_date(each, row)] or same
        if len(same) > 1:
            listed = ", ".join(f"#{each}" for each in same[:5])
            sentence = f"it can be {listed}, which are called the same: give their numbers in a column id"
            raise NotAllowed(sentence, code="import.row-matches-several")
        return (same[0] if same else None), key

    def _of_our_export(self, source: str) -> int | None:
        """The commitment that a calendar of ours called so: its number, and when it was entered."""
        number = number_of(source)
        if number is None or self._tx.record("commitments", number) is None:
            return None
        return number if uid_of(self._there(number)) == source else None

    def _there(self, number: int) -> Commitment:
        return self._tx.commitment(number)

    def _is_of(self, number: int, meant: Meant) -> bool:
        return meant.visit is None or self._there(number)["visit"] == meant.visit

    def _has_not_changed(self, number: int, key: Key) -> bool:
        """Whether it still stands under this key: rows before this one may have changed it."""
        there = self._there(number)
        return _key(there["visit"], there["by"], there["to"], there["title"]) == key

    def _has_date(self, number: int, row: ImportRow) -> bool:
        date = row.values.get("due")
        return date is not None and self._there(number).get("due") == date.day

    def _refuse_other(self, found: list[int], row: ImportRow, meant: Meant) -> None:
        """Refuse the number of another list: its row has neither the title nor the parties of what is there."""
        source = row.values["source-id"]
        if len(found) > 1:
            raise NotAllowed(
                f'"{source}" is the list\'s number of {" and ".join(f"#{each}" for each in found[:5])}: '
                "give our numbers in a column id",
                code="import.number-matches-several",
                field="source-id",
            )
        there = self._there(found[0])
        is_named = "title" not in row.values or _folded(row.values["title"]) == _folded(there["title"])
        parties = ((meant.by, there["by"]), (meant.to, there["to"]))
        if not is_named and any(mine is not None and set(mine) != set(its) for mine, its in parties):
            raise NotAllowed(
                f'"{source}" is what #{found[0]} "{there["title"]}" was called when it was imported, and this is '
                "another promise: if it is of another list, leave that column out, or make its numbers differ",
                code="import.number-of-another-list",
                field="source-id",
            )
