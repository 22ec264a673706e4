"""The named views: queries with a name and a digit key."""

from __future__ import annotations

from typing import NamedTuple


class NamedView(NamedTuple):
    """A view: the digit that shows it in the app, its name, its query (empty: what is open)."""

    key: str
    name: str
    query: str


OPEN = NamedView("1", "Open", "")
OVERDUE = NamedView("2", "Overdue", "overdue")
TO_CONFIRM = NamedView("3", "To confirm", "unconfirmed")
SILENT = NamedView("4", "Silent", "silent")
MINE = NamedView("5", "Mine", "mine")
FINISHED = NamedView("6", "Finished", "finished")

VIEWS = (OPEN, OVERDUE, TO_CONFIRM, SILENT, MINE, FINISHED)
"""Every view, in the order of the digits."""
