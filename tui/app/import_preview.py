"""The options of an import, and its preview: the result of a dry run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.imports.answers.kept_answers import KeptList
from store.imports.apply.apply_rows import ImportResult
from store.imports.questions.questions_before_import import ImportQuestion, questions_of
from store.imports.rows.parse_rows import ParsedRows


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The options of an import: path; `typed`, the answers on the list (`store.imports.answers.parse_answers`).

    `reason` explains changed dates in rows that give none. `encoding` and `sheet`: None is detected. `answers` are
    the values of the form's fields.
    """

    path: str
    typed: Mapping[str, Sequence[str]]
    reason: str | None
    encoding: str | None
    sheet: str | None
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The dry run of an import: the rows as they were parsed, and what saving them would change."""

    import_options: ImportOptions
    parsed: ParsedRows
    result: ImportResult
    kept: KeptList | None = None
    """The answers on an earlier list with these headings, if they say more."""

    @property
    def questions(self) -> list[ImportQuestion]:
        """The open questions of the list."""
        return questions_of(self.result.problems, self.parsed, self.kept)

    @property
    def bad(self) -> int:
        """The number of rows that cannot be imported."""
        return self.result.bad

    @property
    def is_empty(self) -> bool:
        """Whether the import would change nothing."""
        return not any(change.events for change in self.result.changes)
