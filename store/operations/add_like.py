"""Enters copies: a commitment or visit with the values of another, and all promises of a visit again."""

from __future__ import annotations

from store.model.required_fields import VISIT_DETAILS
from store.operations.add_edit import add
from store.rules.promised_again import is_promised_again

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.model.record_types import Commitment, Visit
    from store.transaction import Transaction


def fields_like(commitment: Commitment) -> dict[str, Any]:
    """The values copied to a new commitment: visit, parties, channel, kind, seats wanted, as parameters of `add`."""
    fields: dict[str, Any] = {name: commitment[name] for name in ("visit", "by", "to", "kind")}
    fields |= {name: commitment[name] for name in ("via", "support") if name in commitment}
    wanted = commitment.get("seats", {}).get("wanted")
    return fields if wanted is None else {**fields, "seats": wanted}


def visit_fields_like(visit: Visit) -> dict[str, Any]:
    """What a new visit takes over: place, hosts and details, as parameters of `add_visit`."""
    fields: dict[str, Any] = {**visit}
    return {name: fields[name] for name in ("place", "hosts", *VISIT_DETAILS) if name in fields}


def add_promises_like(tx: Transaction, like: str, slug: str) -> list[int]:
    """Enter the promises of the visit `like` at the visit `slug`, as proposed, without dates, quotes and notes.

    Those declined, superseded or dropped are left out. Returns the new numbers. Raises: NotFound.
    """
    old, new = tx.visit(like, "like")["slug"], tx.visit(slug, "slug")["slug"]
    promised = [each for each in tx.commitments_naming(visits=[old]).values() if is_promised_again(each)]
    return [add(tx, each["title"], **{**fields_like(each), "visit": new}) for each in promised]
