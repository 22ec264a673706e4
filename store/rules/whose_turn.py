"""Whose turn it is: the step that comes next for a commitment, and the parties that can take it.

Source: docs/rules.md, Whose turn it is.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import State
from store.rules.transitions import default_voice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment

_NEXT = {
    State.PROPOSED: State.AGREED,
    State.AGREED: State.REPORTED,
    State.IN_PROGRESS: State.REPORTED,
    State.REPORTED: State.CONFIRMED,
}


def next_step(commitment: Commitment) -> tuple[str, Sequence[str]] | None:
    """The state that comes next and the full names of those whose word brings it; None where it is finished.

    Source: docs/rules.md, Whose turn it is.
    """
    step = _NEXT.get(commitment["state"])
    if step is None:
        return None
    if step == State.AGREED:
        return step, list(dict.fromkeys((*commitment["by"], *commitment["to"])))
    return step, default_voice(commitment, step)
