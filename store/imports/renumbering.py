"""Whether a row that the list's own number leads to a commitment is about it, or the list was numbered anew.

A list that counts its rows gives each number to another promise as soon as a row is put in; what comes then must not
rename promises.
"""

from __future__ import annotations

from store.errors import NotAllowed
from store.text import fold, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.rows import ImportRow
    from store.model.record_types import Commitment
    from store.transaction import Transaction

_STEM = 5
"""Letters by which a word is known in another form of it: сотрудник, сотрудников."""

_LEAST = 4
"""Letters of a word that says something; `the` and `для` stand in any title."""

_ALIKE = 0.6
"""From this likeness on (difflib's ratio), a title without a word in common is the same one with a slip in it."""


_WAY = "if rows were put in between, take the list's column of numbers out of the file"


class RenumberingCheck:
    """The titles of a file and of the store as it was, looked into when a row would change a title."""

    def __init__(self, tx: Transaction, rows: Sequence[ImportRow]) -> None:
        self._tx = tx
        self._rows = rows
        self._is_read = False
        self._titled: dict[str, list[ImportRow]] = {}
        self._numbered: dict[str, dict[str, str]] = {}
        self._there: dict[tuple[str, str], list[Commitment]] = {}

    def refuse_other(self, row: ImportRow, there: Commitment) -> None:
        """Refuse a row whose title is that of another promise than the one that its number leads to.

        Raises: NotAllowed.
        """
        source, title = row.values.get("source-id"), row.values.get("title")
        if title is None or title == there["title"]:
            return
        if "id" in row.values or source is None or source != there.get("source_id"):
            return
        old, new = _plain(there["title"]), _plain(title)
        if old == new:
            return
        self._read()
        others = [each["id"] for each in self._there.get((there["visit"], new), ()) if each["id"] != there["id"]]
        if others:
            why = f"as #{others[0]} is called"
        elif self._is_elsewhere(row, there, old):
            why = "and the old title stands in another row"
        elif not _are_akin(old, new):
            why = "which has no word in common with it"
        else:
            return
        number = there["id"]
        raise NotAllowed(
            f'it would rename #{number} "{there["title"]}", number {source} of the list, "{title}", {why}: {_WAY}; '
            f"if it is the same promise, give #{number} the new title first",
            code="import.would-rename",
            field="source-id",
        )

    def refuse_moved(self, row: ImportRow, same: Sequence[int]) -> None:
        """Refuse a new row that is called as one of `same`, whose own number stands before another title now.

        Raises: NotAllowed.
        """
        for number in same:
            there = self._tx.commitment(number)
            source = there.get("source_id")
            if source is None or source == row.values.get("source-id"):
                continue
            self._read()
            titles = self._numbered.get(source)
            if titles and _plain(there["title"]) not in titles:
                raise NotAllowed(
                    f'"{there["title"]}" was number {source} of the list (#{number}), where '
                    f'"{next(iter(titles.values()))}" stands now: {_WAY}',
                    code="import.number-moved",
                    field="source-id",
                )

    def _read(self) -> None:
        if self._is_read:
            return
        self._is_read = True
        for row in self._rows:
            title = row.values.get("title", "")
            self._titled.setdefault(_plain(title), []).append(row)
            self._numbered.setdefault(row.values.get("source-id", ""), {})[_plain(title)] = title
        for each in self._tx.commitments().values():
            self._there.setdefault((each["visit"], _plain(each["title"])), []).append(each)

    def _is_elsewhere(self, row: ImportRow, there: Commitment, old: str) -> bool:
        """Whether another row of the visit has the title that is there, and is about no other one called so."""
        theirs = {each.get("source_id") for each in self._there.get((there["visit"], old), ())}
        return any(
            each is not row and each.get("visit") == row.get("visit") and each.values.get("source-id") not in theirs
            for each in self._titled.get(old, ())
        )


def _plain(title: str) -> str:
    return " ".join(words(fold(title)))


def _are_akin(old: str, new: str) -> bool:
    """Whether two titles have a word in common, in whatever form, or differ by a slip."""
    if not _stems(old).isdisjoint(_stems(new)):
        return True
    from difflib import SequenceMatcher

    return SequenceMatcher(None, old, new).ratio() >= _ALIKE


def _stems(title: str) -> set[str]:
    each = title.split()
    return {word[:_STEM] for word in each if len(word) >= _LEAST and not word.isdigit()} or set(each)
