"""What is promised once more at a visit that is entered like another one.

Source: docs/rules.md, A visit like another.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import Because, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment

_NOT_AGAIN = frozenset({Because.DECLINED, Because.SUPERSEDED, Because.DROPPED})
"""The reasons of closing after which nobody promises the same once more."""


def is_promised_again(commitment: Commitment) -> bool:
    """Whether a promise of the other visit is entered at the new one."""
    return commitment["state"] != State.CLOSED or commitment["closed"]["because"] not in _NOT_AGAIN
