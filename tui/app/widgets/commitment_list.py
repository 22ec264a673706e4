"""The list of commitments: a widget of Textual's line API, which draws only the visible lines.

The cursor is on a commitment, not on a line: it follows the number when the lines change. A move repaints two lines;
one past the edge scrolls by a line.
"""

from collections.abc import Callable, Sequence

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from store.model.vocabulary_and_signs import BANDS
from tui.app.theme import Paint
from tui.app.view_filter_and_groups import Arrangement, ExtraLine, Heading, ListLine, StaleRow, number_of
from tui.app.widgets.cursor_on_commitment import nearest_position, next_position, position_after_reload
from tui.app.widgets.rows_under_a_menu import CoveredRows
from tui.app.widgets.segment_strips import strip_of
from tui.render.commitment_numbers import number_sign
from tui.render.commitment_table import CommitmentTable
from tui.render.segments import Segments, columns_of

_FEW = 8
"""The most lines that are repainted one by one; for more the whole list is."""

_INDENT = "    "
"""What stands before the text of an empty list."""


class CommitmentList(CoveredRows, inherit_bindings=False):
    """Commitments in groups, with a cursor and a selection."""

    DEFAULT_CSS = "CommitmentList { height: 1fr; width: 1fr; overflow-x: hidden; scrollbar-size-vertical: 0; }"

    class CommitmentClicked(Message):
        """The commitment under the cursor was clicked."""

    def __init__(self, paint: Paint, pointed: Callable[[], None]) -> None:
        """`pointed` is called when a key has put the cursor on another commitment.

        A message would come one frame later: 28 ms from key to last byte instead of 2.
        """
        super().__init__(id="list")
        self._paint = paint
        self._pointed = pointed
        self._arrangement = Arrangement([])
        self._table: CommitmentTable | None = None
        self._selected: frozenset[int] = frozenset()
        self._position: int | None = None
        self._empty: Sequence[Segments] = ()
        self._is_wrapped = False

    @property
    def number(self) -> int | None:
        """The number of the commitment under the cursor."""
        return None if self._position is None else number_of(self._arrangement.lines[self._position])

    @property
    def stale_row(self) -> StaleRow | None:
        """The row under the cursor, if it is stale."""
        line = None if self._position is None else self._arrangement.lines[self._position]
        return line if isinstance(line, StaleRow) else None

    @property
    def arrangement(self) -> Arrangement:
        """The lines that are shown."""
        return self._arrangement

    def show(
        self,
        arrangement: Arrangement,
        table: CommitmentTable,
        *,
        selected: frozenset[int],
        empty: Sequence[Segments],
        is_wrapped: bool = False,
        keeps_position: bool = True,
    ) -> None:
        """Show these lines, with the cursor on the same commitment or the nearest one.

        `empty` is shown where there is no line. `is_wrapped`: the rest of a long title stands in extra
        lines. The cursor's line stays where it is on the screen (`keeps_position`), or the list is scrolled to its
        top, if the cursor is seen there.
        """
        number, old_position, top = self.number, self._position or 0, self.scroll_offset.y
        self._arrangement, self._table, self._selected, self._empty = arrangement, table, selected, empty
        self._is_wrapped = is_wrapped
        self._position = position_after_reload(arrangement, number, old_position)
        self.virtual_size = self.size_for(len(arrangement.lines))
        moved = 0 if self._position is None else self._position - old_position
        self._scroll_near(top + moved if keeps_position else 0)
        if self.covered and not keeps_position:
            self.was_uncovered_at(0)
        self.refresh()

    def select(self, selected: frozenset[int]) -> None:
        """Show another selection."""
        changed, self._selected = self._selected ^ selected, selected
        if len(changed) > _FEW:
            # A region for each of 50,000 takes 400 ms; those on the screen are drawn either way.
            self.refresh()
            return
        for number in changed:
            if number in self._arrangement.positions:
                self._repaint(self._arrangement.positions[number])

    def point_at(self, number: int) -> bool:
        """Put the cursor on a commitment; False when it is not in the list."""
        position = self._arrangement.positions.get(number)
        if position is None:
            return False
        self._go(position)
        return True

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """One line of the screen; blank for a heading at the foot of what is seen, whose first row is not."""
        width, position = self.size.width, y + self.scroll_offset.y
        if position >= len(self._arrangement.lines):
            empty = [part for line in self._empty for part in _broken_before_keys(line, width - len(_INDENT))]
            is_empty = not self._arrangement.lines and 0 < position <= len(empty)
            said = [(_INDENT, "plain"), *empty[position - 1]] if is_empty else []
            return strip_of(said, width, self._paint)
        line = self._arrangement.lines[position]
        is_alone = isinstance(line, Heading) and 0 < y == self.seen_height - 1
        return strip_of([] if is_alone else self._pieces(line, position), width, self._paint)

    def _pieces(self, line: ListLine, position: int) -> Segments:
        """A line with its styles. The cursor is a flag: it covers the row as far as the state, in one attribute."""
        if isinstance(line, ExtraLine):
            return line.draw()
        assert self._table is not None
        if isinstance(line, Heading):
            return [(f" {line.sign:<2} {self._table.fitted_heading(line.text)}", line.style)]
        is_here = position == self._position
        if isinstance(line, StaleRow):
            return [(">" if is_here else " ", "plain"), (f"   {line.text}", "dim")]
        when, label, rest = self._table.parts_wrapped(line) if self._is_wrapped else self._table.parts(line)
        style = BANDS[line.band].style
        rest_style = style if style == "finished" else "plain"
        if line.commitment["id"] not in self._selected:
            if is_here:
                return [(f">{when} {label}", "cursor"), (rest, rest_style)]
            return [(" ", "plain"), (when, style), (f" {label}{rest}", rest_style)]
        # In the place of `#`, or the mark would touch the `+` of a date that was put off.
        before, after = label.split(number_sign(), 1)
        if is_here:
            return [(f">{when} {before}*{after}", "cursor"), (rest, rest_style)]
        return [(" ", "plain"), (when, style), (f" {before}*", "strong"), (after + rest, rest_style)]

    def _repaint(self, position: int) -> None:
        self.refresh(Region(0, position - self.scroll_offset.y, self.size.width, 1))

    # Moving.

    def move_lines(self, lines: int) -> None:
        """Move the cursor down by so many commitments (negative: up)."""
        position, step = self._position, 1 if lines > 0 else -1
        for _ in range(abs(lines)):
            following = None if position is None else next_position(self._arrangement.lines, position + step, step)
            if following is None:
                break
            position = following
        if position is not None:
            self._go(position)

    def move_half_pages(self, halves: int) -> None:
        """Move the cursor down by so many half pages (negative: up)."""
        if self._position is not None:
            step = 1 if halves > 0 else -1
            self._go(
                nearest_position(
                    self._arrangement.lines, self._position + halves * max(1, self.size.height // 2), -step
                )
            )

    def move_to_end(self, is_last: bool) -> None:
        """Move the cursor to the first commitment or the last."""
        self._go(
            nearest_position(
                self._arrangement.lines, len(self._arrangement.lines) - 1 if is_last else 0, -1 if is_last else 1
            )
        )

    def _go(self, position: int | None) -> None:
        if position is None or position == self._position:
            return
        old, self._position = self._position, position
        top = self.scroll_offset.y
        if not self._scroll_near(top):
            if old is not None:
                self._repaint(old)
            self._repaint(position)
        self._pointed()

    def _scroll_near(self, top: int) -> bool:
        """Scroll to `top`, or as far as the cursor, and the heading above it, need to be visible.

        Returns whether it scrolled.
        """
        lines, height, count = self._arrangement.lines, self.seen_height, len(self._arrangement.lines)
        if not height:
            return False
        before = self.scroll_offset.y
        position = last = self._position or 0
        first = position - 1 if position and isinstance(lines[position - 1], Heading) else position
        if first == 1:
            first = 0  # The blank line above the first heading.
        while last + 1 < min(count, position + height) and _is_of_row(lines[last + 1]):
            last += 1
        if first < top:
            top = first
        elif last >= top + height:
            top = last - height + 1
        top = max(0, min(top, count - height, first))
        if top == before:
            return False
        # With `force`, since Textual learns a moment later that a longer list can be scrolled.
        self.scroll_to(y=top, animate=False, immediate=True, force=True)
        self.refresh()
        return True

    def keep_cursor_in_sight(self) -> None:
        """Scroll no further than the row under the cursor needs to be seen."""
        self._scroll_near(self.scroll_offset.y)

    # Resizing and the mouse.

    def on_resize(self) -> None:
        """Keep the cursor visible."""
        self._scroll_near(self.scroll_offset.y)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to a clicked row; a click on the row under the cursor opens it."""
        position = event.y + self.scroll_offset.y
        if position >= len(self._arrangement.lines):
            return
        while position and _is_of_row(self._arrangement.lines[position]):
            position -= 1
        if isinstance(self._arrangement.lines[position], Heading | ExtraLine):
            return
        if position == self._position and self.number is not None and not self.stale_row:
            self.post_message(self.CommitmentClicked())
        self._go(position)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the cursor with the wheel, so that it stays visible."""
        event.stop()
        self.move_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the cursor with the wheel."""
        event.stop()
        self.move_lines(-3)


def _is_of_row(line: ListLine) -> bool:
    """Whether a line belongs to the row above it."""
    return isinstance(line, ExtraLine) and line.is_of_row


def _broken_before_keys(line: Segments, width: int) -> list[Segments]:
    """Break a line of an empty list where it has no room: before a key, so that each stands with what it does."""
    if columns_of(line) <= width:
        return [line]
    lines: list[Segments] = [[]]
    for text, style in line:
        if style == "key":
            lines.append([])
        lines[-1].append((text, style))
    fitted = [lines[0]]
    for part in lines[1:]:
        if columns_of([*fitted[-1], *part]) <= width:
            fitted[-1] += part
        else:
            fitted.append(part)
    return fitted
