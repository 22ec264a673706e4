"""Finds the texts to translate in a module, for `make catalogue` (`[tool.babel]` in pyproject.toml) and the tests.

Babel goes by tokens: where a function is only named, as in `tr = words.tr`, it takes the next brackets for its call.
This goes by the syntax tree.
"""

import ast
from collections.abc import Collection, Iterator
from typing import IO, Any

KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    "tr": None,
    "tr_in": ((1, "c"), 2),
    "plural": (1, 2),
    "phrase": None,
    "phrase_in": ((1, "c"), 2),
    "CommitmentColumn": (2,),
    "Command": (2,),
    "CommandAlias": (3,),
    "Option": (2,),
    "_party": (2,),
}
"""Function -> which of its arguments are a text, and `c` a context, as Babel writes it; the Makefile names them too."""

Found = tuple[int, str, tuple[str | None, ...], list[str]]


def extract(file: IO[bytes], keywords: Collection[str], _tags: object = (), options: object = None) -> Iterator[Found]:
    """Yield line, function and literal arguments of each call of a keyword, in the order of the text."""
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = name_of(call.func)
        if name in keywords and call.args:
            yield call.lineno, name, tuple(map(_literal, call.args)), []


def name_of(function: ast.expr) -> str:
    """`tr` of `tr(...)` and of `words.tr(...)`."""
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literal(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None
