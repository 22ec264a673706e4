"""What to type in the shell where nothing else helps: the hints that the command line and the app both print."""

from __future__ import annotations

SHELL_HINTS = {
    **dict.fromkeys(("foreign.memory", "foreign.too-long"), "; followup config import-memory MEGABYTES gives it more"),
    "backup.record-invalid": ": followup doctor names it",
    "store.damaged": ": bring it back with followup restore",
    "store.not-replaceable": "; its administrator can run followup doctor",
    "store.timezone-unknown": ": followup config timezone NAME --shared sets another",
    "store.record-invalid": ": followup doctor names it; one of followup restore --list is whole",
    "store.record-too-deep": "; one of followup restore --list is whole",
}
"""Code of a refusal -> what stands behind its sentence."""
