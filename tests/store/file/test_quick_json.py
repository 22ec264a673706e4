"""What the quick way reads and writes is what `json` reads and writes, and where it gives up, `json` answers."""

import json
import math
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store import quick_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters()), inner),
    max_leaves=8,
)
NO_JSON = [b"", b" ", b"{", b'{"a":1} x', b'{"a":}', b'["\xff"]', b'"\t"', b"01", b"\xef\xbb\xbf[]", b'{"a":1}{', b"-"]
UNUSUAL = [b" [1]\n", b"[NaN, -Infinity]", b'{"a":1,"a":2}', b"[1.5e3]", '["\ud83d"]'.encode("utf-8", "surrogatepass")]
UNUSUAL += [b'[\n"\\ud83d\\ude00" , 1 ]', "[1]".encode("utf-16")]


def without_c_code(monkeypatch: pytest.MonkeyPatch, code: object) -> ModuleType:
    """The module as it is where `_json` is not there (None), or another one."""
    monkeypatch.setitem(sys.modules, "_json", code)
    loader = SourceFileLoader("quick_json_elsewhere", str(quick_json.__file__))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


def outcome(function: Any, *given: Any, **more: Any) -> str:
    """What a call returns, or the error that it raises, written out."""
    try:
        return repr(function(*given, **more))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@settings(max_examples=300)
@given(value=VALUES)
@example(value={"a\x7f\u2028": ["\ud83d", 10**400, -0.0, math.nan]})
def test_it_reads_and_writes_what_json_does(value: object) -> None:
    assert outcome(quick_json.dumps, value) == outcome(json.dumps, value, ensure_ascii=False)
    for_file = {"ensure_ascii": False, "allow_nan": False, "separators": (",", ":")}
    assert outcome(quick_json.dumps, value, is_for_file=True) == outcome(json.dumps, value, **for_file)
    raw = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    assert repr(quick_json.loads(raw)) == repr(json.loads(raw))
    assert repr(quick_json.loads(bytearray(raw))) == repr(json.loads(raw))


@pytest.mark.parametrize("raw", [*NO_JSON, *UNUSUAL])
def test_what_is_no_usual_json_is_left_to_json(raw: bytes) -> None:
    assert outcome(quick_json.loads, raw) == outcome(json.loads, raw)


def test_a_value_that_json_has_not_is_refused_as_json_does() -> None:
    ring: list[object] = []
    ring.append(ring)
    for value in ({"a": {1}}, object(), {(): 1}, {1: None, 2.5: True, None: "keys that become texts"}, ring):
        assert outcome(quick_json.dumps, value) == outcome(json.dumps, value, ensure_ascii=False)
    with pytest.raises(RecursionError):
        quick_json.dumps(ring, is_for_file=True)


@pytest.mark.parametrize("code", [None, ModuleType("_json"), json], ids=["missing", "empty", "another"])
def test_a_python_without_that_code_is_served_by_json(monkeypatch: pytest.MonkeyPatch, code: object) -> None:
    elsewhere = without_c_code(monkeypatch, code)
    value = {"a": [1, "Ў\x7f", None]}
    for is_for_file in (False, True):
        expected = quick_json.dumps(value, is_for_file=is_for_file)
        assert elsewhere.dumps(value, is_for_file=is_for_file) == expected
        assert elsewhere.loads(expected.encode()) == value


@pytest.mark.parametrize("raw", [*NO_JSON, *UNUSUAL])
def test_what_is_no_usual_json_is_left_to_json_that_was_not_imported(raw: bytes) -> None:
    """In a process of its own: here everything is imported already, and that changes what the C code raises."""
    program = f"""
import sys
from store.quick_json import loads
assert "json" not in sys.modules
try:
    result = repr(loads({raw!r}))
except Exception as error:
    result = f"{{type(error).__name__}}: {{error}}"
print(ascii(result))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert (done.stdout, done.stderr) == (f"{outcome(json.loads, raw)!a}\n", "")


def test_this_python_has_it() -> None:
    assert quick_json._scan('{"a": 1}', 0) == ({"a": 1}, 8)
