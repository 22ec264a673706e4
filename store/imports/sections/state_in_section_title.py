"""The state that the title of a section says of its rows: `COMPLETED ACTIONS`, `Annulé`, «Выполнено»."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.imports.grid.grid import Problem
from store.imports.sections.section_titles_and_totals import without_number
from store.imports.states.state_meant_by_word import NOT_DONE, state_of
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import GridRow

_NOUNS = frozenset(
    (
        *(
            "action",
            "actions",
            "item",
            "items",
            "task",
            "tasks",
            "point",
            "points",
            "commitment",
            "commitments",
            "promises",
        ),
        *("activity", "activities", "recommendations", "decisions", "issues", "already", "the", "all"),
        *("действия", "задачи", "поручения", "мероприятия", "пункты", "обязательства", "рекомендации", "решения"),
        *("taches", "mesures", "engagements", "activites", "points", "acciones", "tareas", "compromisos", "medidas"),
        *("actividades", "acuerdos", "les", "las", "los"),
    )
)
"""What a title has beside the word for a state, folded."""

_MOST_WORDS = 5


def state_in_title(title: str) -> str | None:
    """The word for a state that a title says; None where it says another thing as well, or none."""
    words = without_number(title).split()
    if len(words) > _MOST_WORDS:
        return None
    word = " ".join(each for each in words if fold(each).strip(".:,()") not in _NOUNS)
    return word if word and state_of(word) is not None else None


class StateOfPart:
    """The title that says the state of the rows that follow; titles of parts of such a part do not end it."""

    def __init__(self) -> None:
        self.title: str | None = None
        self._is_of_more = False
        self._has_rows = False

    def read(self, title: str) -> None:
        """Read the next title."""
        if state_in_title(title) is not None:
            self.title, self._is_of_more, self._has_rows = title, False, False
        elif self.title is not None and not self._has_rows:
            self._is_of_more = True
        elif not self._is_of_more:
            self.title = None

    def of_row(self) -> str | None:
        """The title that says the state of the next row."""
        self._has_rows = True
        return self.title


def titles_problems(columns: ColumnMapping, lines: Iterable[GridRow], titles: Mapping[int, str]) -> list[Problem]:
    """The problem that titles say where the rows below them stand, and no column does."""
    answers = columns.answers
    if "state" in columns.fields or "state" in answers.columns or "state" in answers.given:
        return []
    part, rows, said = StateOfPart(), list[int](), dict[str, None]()
    numbers = sorted(titles)
    for line in lines:
        while numbers and numbers[0] < line.number:
            part.read(titles[numbers.pop(0)])
        title = part.of_row()
        if title is not None and _state(title) != NOT_DONE:
            rows.append(line.number)
            said.setdefault(title)
    if not rows:
        return []
    return [
        Problem(
            rows[0],
            tr("titles say where they stand ({titles}), and no column does (state)", titles=_listed(list(said))),
            code="import.states-in-titles",
            field="state",
            rows=rows,
        )
    ]


def _state(title: str) -> str | None:
    found = state_of(state_in_title(title) or "")
    return None if found is None else found[0]


def _listed(titles: Sequence[str]) -> str:
    return ", ".join(tr('"{text}"', text=visible(each)[:60]) for each in titles)
