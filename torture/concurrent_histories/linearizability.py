"""Check whether a history of overlapping operations has a sequential explanation.

The search of Wing and Gong ("Testing and Verifying Concurrent Objects", 1993) with the memory of Lowe ("Testing for
Linearizability", 2017), as in the checker porcupine: of the operations that are left, one that was called before any
of them had returned may be the next; it is tried on a sequential model; what was tried already (the set of operations
that are done, and the state after them) is not tried again.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

UNKNOWN = None
"""The answer of an operation of which nobody knows whether it was done: who asked was killed."""


class Operation(NamedTuple):
    """Something that `who` asked for, the times when it was called and had returned, and what was answered."""

    who: str
    called: float
    returned: float
    asked: Any
    answer: Any


Step = Callable[[Any, Operation], Iterable[Hashable]]
"""The states in which a model can be after an operation with this answer; none when it cannot answer so."""


class Explained(NamedTuple):
    """The longest order that was found, and whether it holds all operations."""

    order: list[Operation]
    is_whole: bool


def explained(operations: Sequence[Operation], begun: Hashable, step: Step) -> Explained:
    """Look for an order that respects the times, in which each answer is what a sequential model says."""
    waiting = sorted(operations, key=lambda operation: operation.called)
    everything = (1 << len(waiting)) - 1
    tried: set[tuple[int, Hashable]] = set()
    longest: tuple[int, Any] = (0, ())
    to_try: list[tuple[int, Hashable, Any]] = [(0, begun, ())]
    while to_try:
        done, state, order = to_try.pop()
        if done.bit_count() > longest[0]:
            longest = (done.bit_count(), order)
        if done == everything:
            return Explained(_unrolled(order), True)
        if (done, state) in tried:
            continue
        tried.add((done, state))
        left = [(at, operation) for at, operation in enumerate(waiting) if not done >> at & 1]
        first_return = min(operation.returned for _, operation in left)
        for at, operation in reversed(left):
            if operation.called <= first_return:
                to_try += [(done | 1 << at, after, (operation, order)) for after in step(state, operation)]
    return Explained(_unrolled(longest[1]), False)


def _unrolled(order: Any) -> list[Operation]:
    found = []
    while order:
        operation, order = order
        found.append(operation)
    return found[::-1]
