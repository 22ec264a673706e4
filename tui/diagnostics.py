"""The only writer of stderr: talk, one sentence a line."""

import sys

from store.text import visible


def say(sentence: str) -> None:
    """Tell the person something; a stderr that is gone is no reason to fail."""
    if sys.stderr is None:
        return
    try:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.buffer.write(f"followup: {visible(sentence)}\n".encode(encoding, "backslashreplace"))
        sys.stderr.flush()
    except (OSError, ValueError):
        return
