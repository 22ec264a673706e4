"""Shorten how long the program waits for a server, so that a proof of the long waits takes seconds."""

from __future__ import annotations

SECONDS = 1


def little_patience_with_a_server() -> None:
    """Wait a second for an answer to a save, and let the server end a turn that stands still for one."""
    from store.server import statements, write_transaction

    limits = statements.LIMITS.replace("'30s'", f"'{SECONDS}s'")
    if limits == statements.LIMITS:
        raise LookupError("there is no limit of 30 s in the statement of the turn")
    statements.LIMITS = limits
    write_transaction._ANSWER_SECONDS = float(SECONDS)
