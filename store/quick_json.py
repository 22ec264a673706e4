"""JSON parsing and writing by the C code of the standard library, without importing `json`.

`json` imports `re` and `enum`: 5 ms, half of a bare interpreter's start, which every list and every change would
pay. `_json` is where `json` itself sends the same work, but it is no documented module. So whatever is not done here
(a Python without it or with another one, text that is no JSON, a value that JSON has not) is left to `json`, which
does it or says what is wrong.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


def _refused(value: object) -> NoReturn:
    """The callback for every case that is left to `json`."""
    raise TypeError(value)


class _Usual:
    """The attributes of a default `JSONDecoder`, which the C code reads; the last name is new in 3.15."""

    strict = True
    parse_int = int
    parse_float = float
    parse_constant = _refused
    object_hook = object_pairs_hook = array_hook = None


try:
    from _json import encode_basestring, make_encoder, make_scanner

    _scan = make_scanner(_Usual)  # type: ignore[arg-type]
    # Without the check for circular objects, which is half of the time: no record of a store is one.
    _encode_for_file = make_encoder(None, _refused, encode_basestring, None, ":", ",", False, False, False)
except (ImportError, AttributeError, TypeError):
    make_encoder = encode_basestring = _scan = _encode_for_file = _refused  # type: ignore[assignment, misc]


def loads(raw: bytes | bytearray) -> Any:
    """Parse JSON, as `json.loads(raw)` does. Raises: as it does."""
    try:
        text = raw.decode("utf-8", "surrogatepass")
        value, end = _scan(text, 0)
        if end == len(text):
            return value
    except (StopIteration, SystemError, TypeError, ValueError):
        pass  # Up to Python 3.12 it is a SystemError where the error is one of a module that is not imported.
    import json

    return json.loads(raw)


def dumps(document: object, *, is_for_file: bool = False) -> str:
    """Write JSON in one line, not escaped to ASCII; for the file without blanks, and never NaN.

    Raises: as `json.dumps` does; but for the file a RecursionError for a circular object.
    """
    try:
        if is_for_file:
            return "".join(_encode_for_file(document, 0))
        encoder = make_encoder({}, _refused, encode_basestring, None, ": ", ", ", False, False, True)
        return "".join(encoder(document, 0))
    except TypeError:
        import json

        between, after_key = (",", ":") if is_for_file else (", ", ": ")
        return json.dumps(document, ensure_ascii=False, allow_nan=not is_for_file, separators=(between, after_key))
