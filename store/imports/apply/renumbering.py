"""Detect that a list was renumbered: its number matches a commitment that the row is not about.

A list that counts its rows gives each number to another commitment as soon as a row is inserted; importing it then must
not rename commitments.
"""

from __future__ import annotations

from store.errors import NotAllowed
from store.fold_case_and_accents import fold, words
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.rows.parse_rows import ImportRow
    from store.model.record_types import Commitment
    from store.transaction import Transaction

_STEM = 5
"""Letters that the forms of a word share: сотрудник, сотрудников."""

_LEAST = 4
"""The fewest letters of a significant word; `the` and `для` stand in any title."""

_ALIKE = 0.6
"""From this ratio of difflib on, titles without a common word are the same, misspelt."""


_WAY = phrase("if rows were put in between, take the list's column of numbers out of the file")


class RenumberingCheck:
    """An index of the titles in a file and in the store, built when a row would first change a title."""

    def __init__(self, tx: Transaction, rows: Sequence[ImportRow]) -> None:
        self._tx = tx
        self._rows = rows
        self._is_built = False
        self._titled: dict[str, list[ImportRow]] = {}
        self._numbered: dict[str, dict[str, str]] = {}
        self._stored: dict[tuple[str, str], list[Commitment]] = {}

    def refuse_other(self, row: ImportRow, stored: Commitment) -> None:
        """Refuse a row whose title is that of another commitment than its number.

        Raises: NotAllowed.
        """
        source, title = row.values.get("source-id"), row.values.get("title")
        if title is None or title == stored["title"]:
            return
        if "id" in row.values or source is None or source != stored.get("source_id"):
            return
        old, new = _plain(stored["title"]), _plain(title)
        if old == new:
            return
        self._build()
        others = [each["id"] for each in self._stored.get((stored["visit"], new), ()) if each["id"] != stored["id"]]
        if others:
            why = tr("as #{other} is called", other=others[0])
        elif self._is_in_another_row(row, stored, old):
            why = tr("and the old title stands in another row")
        elif not _are_similar(old, new):
            why = tr("which has no word in common with it")
        else:
            return
        number = stored["id"]
        raise NotAllowed(
            tr(
                'it would rename #{number} "{title}", number {source} of the list, "{new_title}", {why}: '
                "{way}; if it is the same promise, give #{number} the new title first",
                number=number,
                title=stored["title"],
                source=source,
                new_title=title,
                why=why,
                way=tr(_WAY),
            ),
            code="import.would-rename",
            field="source-id",
        )

    def refuse_moved(self, row: ImportRow, same: Sequence[int]) -> None:
        """Refuse a new row with the title of one of `same`, whose number in the list has another title now.

        Raises: NotAllowed.
        """
        for number in same:
            stored = self._tx.commitment(number)
            source = stored.get("source_id")
            if source is None or source == row.values.get("source-id"):
                continue
            self._build()
            titles = self._numbered.get(source)
            if titles and _plain(stored["title"]) not in titles:
                raise NotAllowed(
                    tr(
                        '"{title}" was number {source} of the list (#{number}), where "{new_title}" stands now: {way}',
                        title=stored["title"],
                        source=source,
                        number=number,
                        new_title=next(iter(titles.values())),
                        way=tr(_WAY),
                    ),
                    code="import.number-moved",
                    field="source-id",
                )

    def _build(self) -> None:
        if self._is_built:
            return
        self._is_built = True
        for row in self._rows:
            title = row.values.get("title", "")
            self._titled.setdefault(_plain(title), []).append(row)
            self._numbered.setdefault(row.values.get("source-id", ""), {})[_plain(title)] = title
        for each in self._tx.commitments().values():
            self._stored.setdefault((each["visit"], _plain(each["title"])), []).append(each)

    def _is_in_another_row(self, row: ImportRow, stored: Commitment, old: str) -> bool:
        """Whether another row of the visit has the stored title, and matches no other commitment with it."""
        theirs = {each.get("source_id") for each in self._stored.get((stored["visit"], old), ())}
        return any(
            each is not row and each.get("visit") == row.get("visit") and each.values.get("source-id") not in theirs
            for each in self._titled.get(old, ())
        )


def _plain(title: str) -> str:
    return " ".join(words(fold(title)))


def _are_similar(old: str, new: str) -> bool:
    """Whether two titles have a word in common, in whatever form, or differ by a spelling mistake."""
    if not _stems(old).isdisjoint(_stems(new)):
        return True
    from difflib import SequenceMatcher

    return SequenceMatcher(None, old, new).ratio() >= _ALIKE


def _stems(title: str) -> set[str]:
    each = title.split()
    return {word[:_STEM] for word in each if len(word) >= _LEAST and not word.isdigit()} or set(each)
