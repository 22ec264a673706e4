"""Whether an output has colours: never in a pipe or a file, with NO_COLOR, or with TERM=dumb."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def has_colours(environment: Mapping[str, str], *, is_terminal: bool) -> bool:
    """Whether colours are used; NO_COLOR is that of https://no-color.org."""
    if not is_terminal or environment.get("NO_COLOR"):
        return False
    return (environment.get("TERM") or "dumb") not in ("dumb", "unknown")
