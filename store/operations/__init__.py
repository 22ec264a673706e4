"""The operations: each validates its arguments, changes records and records events, in one transaction.

They are plain functions of a `Transaction`, called by the command line, the app and imports; nothing else writes.
`store.operations.refuse_clashing_edits`, which few changes need, compares the revision that a change was meant for.
"""

from store.operations.add_edit import add, edit, existing_numbers, refuse_if_agreed, remove
from store.operations.add_like import add_promises_like
from store.operations.change_due import set_due
from store.operations.change_settings import change_settings, validate_timezone
from store.operations.change_state import StateChange, mark, mark_all, set_miss_reason
from store.operations.chase_note import chase, chase_all, note
from store.operations.count_seats import set_seats
from store.operations.owners import rename_owner
from store.operations.parties import PartyMerge, edit_party, merge_parties, remove_party
from store.operations.redact_passage import redact
from store.operations.undo import redo, undo
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
]
