"""The operations: each validates its arguments, changes records and records events, in one transaction.

They are plain functions of a `Transaction`, called by the command line, the app and imports; nothing else writes.
`store.operations.refuse_clashing_edits`, which few changes need, compares the revision that a change was meant for.

A module of operations is imported when the first of its names is asked for: a command needs one or two of twelve, and
all of them take a third of the time of a bare interpreter.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.operations.add_edit import add, edit, existing_numbers, refuse_if_agreed, remove
    from store.operations.add_like import add_promises_like, fields_like, visit_fields_like
    from store.operations.change_due import set_due
    from store.operations.change_state import StateChange, mark, mark_all, set_miss_reason
    from store.operations.change_store_settings import change_settings, validate_timezone
    from store.operations.chase_note import chase, chase_all, note
    from store.operations.count_seats import set_seats
    from store.operations.owners import rename_owner
    from store.operations.parties import PartyMerge, edit_party, merge_parties, remove_party
    from store.operations.redact_passage import redact
    from store.operations.undo_redo import redo, undo
    from store.operations.visits import add_visit, bring_visit_back, edit_visit, remove_visit, set_visit_aside

__all__ = [
    "PartyMerge",
    "StateChange",
    "add",
    "add_promises_like",
    "add_visit",
    "bring_visit_back",
    "change_settings",
    "chase",
    "chase_all",
    "edit",
    "edit_party",
    "edit_visit",
    "existing_numbers",
    "fields_like",
    "mark",
    "mark_all",
    "merge_parties",
    "note",
    "redact",
    "redo",
    "refuse_if_agreed",
    "remove",
    "remove_party",
    "remove_visit",
    "rename_owner",
    "set_due",
    "set_miss_reason",
    "set_seats",
    "set_visit_aside",
    "undo",
    "validate_timezone",
    "visit_fields_like",
]

_NAMES = {
    "add_edit": ("add", "edit", "existing_numbers", "refuse_if_agreed", "remove"),
    "add_like": ("add_promises_like", "fields_like", "visit_fields_like"),
    "change_due": ("set_due",),
    "change_store_settings": ("change_settings", "validate_timezone"),
    "change_state": ("StateChange", "mark", "mark_all", "set_miss_reason"),
    "chase_note": ("chase", "chase_all", "note"),
    "count_seats": ("set_seats",),
    "owners": ("rename_owner",),
    "parties": ("PartyMerge", "edit_party", "merge_parties", "remove_party"),
    "redact_passage": ("redact",),
    "undo_redo": ("redo", "undo"),
    "visits": ("add_visit", "bring_visit_back", "edit_visit", "remove_visit", "set_visit_aside"),
}
"""Module -> its names that are asked for here; a test compares them with what an editor sees."""


def __getattr__(name: str) -> Any:
    """Import the module that has a name, and keep it here under it (PEP 562)."""
    for module, names in _NAMES.items():
        if name in names:
            # `importlib` would do the same, and takes as long to be imported as a module of ours.
            found = getattr(__import__(f"{__name__}.{module}", fromlist=names), name)
            globals()[name] = found
            return found
    raise AttributeError(name)
