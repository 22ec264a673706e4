"""Yes and no of a list, and what they mean where a column says whether a row is done."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.imports.grid.grid import cell_text
from store.imports.states.state_meant_by_word import NOT_DONE
from store.model.vocabulary_and_signs import State
from store.sanitise_text import clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.grid.grid import Cell

_YES = frozenset(("yes", "true", "y", "x", "v", "да", "oui", "vrai", "si", "verdadero", "\u2713", "\u2714", "\u2611"))
NO = frozenset(("no", "false", "n", "нет", "non", "faux", "falso", "\u2610"))

ANSWERS = {**dict.fromkeys(_YES, State.REPORTED), **dict.fromkeys(NO, NOT_DONE)}
"""What the cells of a column mean that says whether a row is done, folded -> a state, or NOT_DONE."""


def says_yes(cell: Cell) -> bool:
    """Whether a cell says yes."""
    return folded(cell) in _YES


def folded(cell: Cell) -> str:
    """The text of a cell as it is compared with these words."""
    return fold(clean_line(cell_text(cell)))
