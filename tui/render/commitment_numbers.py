"""How the number of a commitment is written: `#7`, in Russian `№ 7`."""

from __future__ import annotations

from store.translation import tr_in


def number_text(number: int) -> str:
    """The number of a commitment in a sentence: `#7`, `№ 7`."""
    return tr_in("record", "#{n}", n=number)


def number_sign() -> str:
    """The sign before a number where there is little room: `#7`, `№7`."""
    return tr_in("record", "#")
