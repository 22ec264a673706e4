"""Preview: which file is to be imported, and what it would do."""

from collections.abc import Mapping
from dataclasses import dataclass

from store.imports.apply import ImportResult
from store.imports.rows import ParsedRows


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """A file to be imported: its path; field -> column, and field -> value where nothing stands, as the person says.

    `reason` is why dates change, for rows that say none; `encoding` and `sheet` None are told from the file. `answers`
    is what stood in the fields of the form.
    """

    path: str
    columns: Mapping[str, str]
    defaults: Mapping[str, str]
    reason: str | None
    encoding: str | None
    sheet: str | None
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """A file that was read and tried on the store as it was: what was understood of it, what it would do."""

    import_choice: ImportChoice
    understood: ParsedRows
    taken: ImportResult

    @property
    def bad(self) -> int:
        """How many rows cannot be taken."""
        return self.taken.bad

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""
        return not any(change.events for change in self.taken.changes)
