"""Columns that flag a whole row: it is archived, it is no task, it is done, yes or no."""

from __future__ import annotations

from collections.abc import Callable

from store.imports.grid.empty_cells import is_empty
from store.imports.headings.heading_synonyms import are_of_todoist, normal
from store.imports.sections.section_titles_and_totals import is_line_of_total
from store.imports.states.yes_or_no import ANSWERS, NO, folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from store.imports.grid.grid import GridRow

_ARCHIVED = frozenset(
    (
        *("archived", "is archived", "deleted", "is deleted", "list closed", "list archived"),
        *("в архиве", "архив", "архивировано", "archivado", "archivee"),
    )
)
_ACTIVE = frozenset(("active", "is active", "активна", "активно", "активный", "actif", "activo", "activa"))
"""Columns whose *no* says that a task was taken out of the plan, as Microsoft Project writes it."""

_OF_BOARDS = frozenset(("id list", "id board"))
"""Keys of the cards of a board, whose `closed` says that they are archived."""

_DONE = frozenset(
    (
        *("done", "is done", "completed", "is completed", "complete", "is complete", "due complete", "finished"),
        *("выполнено", "исполнено", "готово", "сделано", "termine", "fait", "tenu", "tenue", "realise"),
        *("hecho", "completado", "cumplido", "cumplida"),
    )
)
_TASK, _DELETED = "task", "deleted"


class FlagColumns:
    """Columns, from 0: `left_out`, whose rows are none of the list when they say so; `done`, which says that it is.

    `left_out` are columns, and what they say then.
    """

    __slots__ = ("done", "left_out")

    def __init__(self, left_out: Mapping[int, Callable[[str], bool]], done: int | None) -> None:
        self.left_out = left_out
        self.done = done

    def why_left_out(self, line: GridRow) -> int | None:
        """The column that says that a row is archived, or is no task; None where none does."""
        cells = line.cells
        return next(
            (at for at, says_so in self.left_out.items() if at < len(cells) and says_so(folded(cells[at]))), None
        )


def flag_columns(headings: Sequence[str], lines: Sequence[GridRow], taken: Collection[int]) -> FlagColumns:
    """The columns of a list that are flags, without those that the user mapped."""
    names = list(map(normal, headings))
    is_board = not _OF_BOARDS.isdisjoint(names)
    is_todoist = are_of_todoist(names)
    is_taskwarrior = {"uuid", "entry"} <= set(names)
    left_out, done = dict[int, Callable[[str], bool]](), None
    for column, name in enumerate(names):
        if is_taskwarrior and name == "status":
            left_out[column] = _DELETED.__eq__
        elif column in taken:
            continue
        elif is_todoist and name == "type":
            left_out[column] = _is_no_task
        elif name in _ARCHIVED or (is_board and name == "closed"):
            left_out[column] = _is_archived
        elif name in _ACTIVE and _are_answers(column, lines):
            left_out[column] = NO.__contains__
        elif done is None and name in _DONE and _are_answers(column, lines):
            done = column
    return FlagColumns(left_out, done)


def _is_archived(text: str) -> bool:
    """Whether a folded text says that a row is archived: yes, or since when."""
    return text not in NO and not is_empty(text)


def _is_no_task(text: str) -> bool:
    """Whether a folded text names another kind of row than a task."""
    return text != _TASK and not is_empty(text)


def _are_answers(column: int, lines: Sequence[GridRow]) -> bool:
    """Whether yes or no stands in a column, and nothing else."""
    said = {folded(line.cells[column]): line for line in lines if column < len(line.cells)}
    # A total says how many are done.
    others = [line for text, line in said.items() if text and text not in ANSWERS]
    return not ANSWERS.keys().isdisjoint(said) and all(map(is_line_of_total, others))
