"""The preview of an import: the choice of the user, and the result of a dry run."""

from collections.abc import Mapping
from dataclasses import dataclass

from store.imports.apply import ImportResult
from store.imports.rows import ParsedRows


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """A file to be imported: its path; field -> column, and field -> value where nothing stands, as the person says.

    `reason` is the default reason for changed dates; `encoding` and `sheet` None are detected. `answers`
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
    """A file that was read and imported in a dry run: its parsed rows, and the result."""

    import_choice: ImportChoice
    parsed: ParsedRows
    result: ImportResult

    @property
    def bad(self) -> int:
        """The number of bad rows."""
        return self.result.bad

    @property
    def is_empty(self) -> bool:
        """Whether it would change nothing."""
        return not any(change.events for change in self.result.changes)
