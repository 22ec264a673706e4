"""The lines between and under the rows of the list: gaps before headings, wrapped titles, notes on each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store.snapshot import Row
from tui.app.view_filter_and_groups import BLANK, Arrangement, ExtraLine, Heading, ListLine

AIR_FROM = 34
"""Lines of a screen from which a blank line stands before each heading: it hangs on the height alone."""


def laid_out(
    arrangement: Arrangement, height: int, extras: Sequence[Callable[[Row], Sequence[ExtraLine]]]
) -> Arrangement:
    """The lines with gaps where the screen is high enough, and each row's `extras` after it."""
    has_air = height >= AIR_FROM
    if not has_air and not extras:
        return arrangement
    lines: list[ListLine] = []
    for line in arrangement.lines:
        if has_air and isinstance(line, Heading):
            lines.append(BLANK)
        lines.append(line)
        if isinstance(line, Row):
            for extra in extras:
                lines += extra(line)
    return Arrangement(lines, has_stale=arrangement.has_stale)
