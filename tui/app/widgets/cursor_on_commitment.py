"""Where the cursor of the list goes: to the next commitment; after a reload to the same one, or the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app.view_filter_and_groups import ExtraLine, Heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.app.view_filter_and_groups import Arrangement, ListLine


def position_after_reload(arrangement: Arrangement, number: int | None, old_position: int) -> int | None:
    """The position, in new lines, of the commitment that the cursor was on; if it is gone, of the nearest."""
    position = arrangement.positions.get(number) if number is not None else None
    return nearest_position(arrangement.lines, old_position, 1) if position is None else position


def next_position(lines: Sequence[ListLine], position: int, step: int) -> int | None:
    """The position of the first commitment from a line on, up or down."""
    while 0 <= position < len(lines):
        if not isinstance(lines[position], Heading | ExtraLine):
            return position
        position += step
    return None


def nearest_position(lines: Sequence[ListLine], position: int, step: int) -> int | None:
    """The position of the commitment nearest to a line, in the direction of `step` first."""
    position = max(0, min(position, len(lines) - 1))
    found = next_position(lines, position, step)
    return next_position(lines, position, -step) if found is None else found
