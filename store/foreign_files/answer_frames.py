"""The frames in which a limited process answers: a kind, a length, a payload that is JSON or bytes.

Nothing in them can run or refer to anything: who reads them gets numbers, texts, lists and objects, never a pickle.
"""

from __future__ import annotations

from store.quick_json import dumps

HEAD = 5
"""Bytes of a frame before its payload: the kind, and the length in four bytes, the highest first."""

MOST_OF_FRAME = 8 << 20
"""The most bytes of a payload."""

MESSAGE, BYTES, REFUSAL, INPUT_READ, END = b"MBRIE"
"""Kinds of frames: a document, a piece of a file as it is, why it is refused, all of the input read, all said."""


class TooLong(ValueError):
    """A payload is longer than that of a frame can be."""


def frame(kind: int, payload: bytes = b"") -> bytes:
    """Make a frame. Raises: TooLong."""
    if len(payload) > MOST_OF_FRAME:
        raise TooLong(len(payload))
    return bytes([kind]) + len(payload).to_bytes(4, "big") + payload


def json_frame(kind: int, document: object) -> bytes:
    """Make a frame of a document of plain data. Raises: TooLong."""
    return frame(kind, dumps(document).encode("utf-8", "surrogatepass"))
