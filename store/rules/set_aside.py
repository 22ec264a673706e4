"""Visits that are set aside until a day: their open commitments are in no list and no count meanwhile.

Source: docs/rules.md, Visits set aside.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import OPEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from store.model.record_types import Commitment, Visit


def is_set_aside(visit: Visit, today: str) -> bool:
    """Whether a visit is set aside on the ISO day `today`; on the day until which it is, it is back.

    Source: docs/rules.md, Visits set aside.
    """
    aside = visit.get("aside")
    return aside is not None and ("until" not in aside or today < aside["until"])


def leaves_the_lists(commitment: Commitment, aside: Container[str]) -> bool:
    """Whether a commitment is in no list and no count: an open one of a visit in `aside`, the slugs of those set aside.

    Source: docs/rules.md, Visits set aside.
    """
    return commitment["visit"] in aside and commitment["state"] in OPEN


def open_of_visit(commitments: Iterable[Commitment], slug: str) -> int:
    """How many open commitments a visit has. Source: docs/rules.md, Visits set aside."""
    return sum(leaves_the_lists(commitment, (slug,)) for commitment in commitments)
