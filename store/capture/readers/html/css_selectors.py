"""Selectors that every browser matches as we do (Selectors 4), so that what they show is surely shown.

The library that finds their elements knows more of them than a browser, and takes some that a browser drops with their
whole rule.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    Node = Any
    """A node or token of tinycss2."""

_STATES = frozenset({
    *("root", "first-child", "last-child", "only-child", "first-of-type", "last-of-type", "only-of-type"),
    *("link", "any-link", "visited", "hover", "active", "focus", "focus-within", "focus-visible", "target", "checked"),
})  # fmt: skip
_OF_SELECTORS = frozenset({"is", "where", "not", "has"})
_OF_PLACES = frozenset({"nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"})
_SIGNS = frozenset({"*", ".", ":", ">", "+", "~"})


def parted(selectors: Sequence[Node]) -> Iterator[list[Node]]:
    """The selectors of a list that is parted by commas."""
    one: list[Node] = []
    for node in selectors:
        if node == ",":
            yield one
            one = []
        else:
            one.append(node)
    yield one


def names(selector: Sequence[Node]) -> set[str]:
    """The words in a selector, those in its parentheses as well."""
    found = {node.lower_value for node in selector if node.type == "ident"}
    for node in selector:
        if node.type == "function":
            found |= {node.lower_name} | names(node.arguments)
    return found


def is_plain(selector: Sequence[Node]) -> bool:
    """Whether each part of a selector is one that every browser knows, and with it the selector."""
    before: Node = None
    has_any = False
    for node in selector:
        if node.type in ("whitespace", "comment"):
            continue
        has_any = True
        if node.type == "ident":
            if before == ":" and node.lower_value not in _STATES:
                return False
        elif node.type == "function":
            if before != ":" or not _is_plain_function(node):
                return False
        elif node.type == "[] block":
            if any(each in ("!", "|") for each in node.content):
                return False
        elif node.type == "literal":
            if node.value not in _SIGNS or (node == ":" and before == ":"):
                return False
        elif node.type != "hash":
            return False
        before = node
    return has_any


def _is_plain_function(function: Node) -> bool:
    if function.lower_name in _OF_SELECTORS:
        return all(map(is_plain, parted(function.arguments)))
    return function.lower_name in _OF_PLACES and not any(
        node.type == "ident" and node.lower_value == "of" for node in function.arguments
    )
