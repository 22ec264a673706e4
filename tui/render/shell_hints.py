"""The last resort of a hint, which the command line and the app both print: where to find what to type."""

from __future__ import annotations

from store.translation import phrase

SHELL_HINTS = {
    **dict.fromkeys(
        ("foreign.memory", "foreign.too-long"), phrase("; followup config import-memory MEGABYTES gives it more")
    ),
    "backup.record-invalid": phrase(": followup doctor names it"),
    "store.damaged": phrase(": bring it back with followup restore"),
    "store.not-replaceable": phrase("; its administrator can run followup doctor"),
    "store.timezone-unknown": phrase(": followup config timezone NAME --shared sets another"),
    "store.record-invalid": phrase(": followup doctor names it; one of followup restore --list is whole"),
    "store.record-too-deep": phrase("; one of followup restore --list is whole"),
}
"""Code of a refusal -> what stands behind its sentence."""
