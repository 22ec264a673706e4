"""The document model: sections, tables, text and charts, in the reader's language, independent of any format.

Texts are as people typed them: each format escapes them and makes unprintable characters visible. A style is that of a
band in `store.model.vocabulary_and_signs.BANDS` (`overdue`, `today`, `week`, `no-date`, `unconfirmed`, `finished`),
`plain`, `strong` or `dim`; what a style says stands in words too.
"""

from __future__ import annotations

from store.rules.redacted_fields_and_mark import without_login
from store.rules.text_length import LONGEST_IN_CELL, LONGEST_TEXT, shortened

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


LONGEST_RUNNING_TITLE = 90
"""The most characters of the title at the foot of a page."""


class Document:
    """A whole document."""

    __slots__ = ("about", "facts", "language", "marks", "parts", "running_title", "title")

    def __init__(
        self,
        title: str,
        about: Sequence[str],
        facts: Sequence[tuple[str, str]],
        marks: Sequence[str],
        parts: Sequence[Section],
        language: str,
        *,
        running_title: str = "",
    ) -> None:
        """`about`: lines under the title; `facts`: pairs (label, value), the day and the store's revision among them;
        `marks`: what is printed on every page (INTERNAL, a handling mark); `language`: `en`, `ru`; `running_title`:
        the title at the foot of each page, one line beside the number of the page, else the title itself.
        """
        self.title = title
        self.running_title = shortened(running_title or title, LONGEST_RUNNING_TITLE)
        self.about = about
        self.facts = facts
        self.marks = marks
        self.parts = parts
        self.language = language


class Section:
    """A heading and its blocks. `level` is 1, or 2 for a subsection of the section before.

    One that `stands_alone` is about one party or visit, and may be handed out without the others. One that
    `begins_page` is the first of a page; one that `holds_before` never is: the last rows before it stand on its page.
    """

    __slots__ = ("begins_page", "blocks", "heading", "holds_before", "level", "stands_alone")

    def __init__(
        self,
        heading: str,
        blocks: Sequence[Block],
        *,
        level: int = 1,
        stands_alone: bool = False,
        begins_page: bool = False,
        holds_before: bool = False,
    ) -> None:
        self.holds_before = holds_before
        self.heading = shortened(without_login(heading), LONGEST_IN_CELL)
        self.blocks = blocks
        self.level = level
        self.stands_alone = stands_alone
        self.begins_page = begins_page


def is_only_a_head(part: Section, following: Section | None) -> bool:
    """Whether a section has no table and is the head of the one that follows: a page does not end with it."""
    return (
        following is not None
        and following.level > part.level
        and not any(isinstance(block, Table | Bars | Timeline) for block in part.blocks)
    )


def is_kept_whole(part: Section) -> bool:
    """Whether a section is a few paragraphs under a heading of the second level, which stand on one page."""
    return part.level > 1 and len(part.blocks) <= _FEW and all(isinstance(block, TextBlock) for block in part.blocks)


def leads_to_a_table(part: Section, place: int) -> bool:
    """Whether behind this block a table or a chart follows after a few paragraphs at most: it stands on their page."""
    for block in part.blocks[place + 1 : place + _FEW]:
        if isinstance(block, Table | Bars | Timeline):
            return True
        if not isinstance(block, TextBlock):
            return False
    return False


_FEW = 4


class TextBlock:
    """A paragraph; `lead` is a run-in heading in bold."""

    __slots__ = ("lead", "style", "text")

    def __init__(self, text: str, style: str = "plain", *, lead: str = "") -> None:
        self.lead = lead
        self.text = without_login(text)
        self.style = style


class Figures:
    """Key figures: triples (count, what is counted, style); in some languages the count stands behind.

    There it stands before what is in brackets: `выполнено: 38 (48 %)`. A text with `{n}` says itself where it stands.
    """

    __slots__ = ("figures", "is_count_behind")

    def __init__(self, figures: Sequence[tuple[str, str, str]], *, is_count_behind: bool = False) -> None:
        self.figures = figures
        self.is_count_behind = is_count_behind

    def in_words(self) -> list[tuple[str, str]]:
        """Pairs (text, style) without markup: `3 overdue`, `просрочено: 3`."""
        return [(f"{before}{count}{after}", style) for before, count, after, style in self.parts()]

    def parts(self) -> list[tuple[str, str, str, str]]:
        """Each figure as what stands before the count, the count, what stands behind it, and the style of the count."""
        found = []
        for count, what, style in self.figures:
            before, place, behind = what.partition("{n}")
            if not place:
                before, behind = "", f" {what}"
                if self.is_count_behind:
                    before, bracket, behind = what.partition(" (")
                    before, behind = f"{before}: ", bracket + behind
            found.append((before, count, behind, style))
        return found


class TableColumn:
    """A column of a table: its heading, its share of the width, and whether it holds numbers (right-aligned).

    One that is `to_fill` is empty on the paper, and filled in by hand; such columns are the last ones.
    """

    __slots__ = ("heading", "is_number", "share", "to_fill")

    def __init__(self, heading: str, share: int, *, is_number: bool = False, to_fill: bool = False) -> None:
        self.heading = heading
        self.share = share
        self.is_number = is_number
        self.to_fill = to_fill


class TableRow:
    """A row of a table: its cells, the style of the one at place `styled`, and remarks below it across all columns.

    `is_filled_in`: what the table has filled in under a row stands under this one.
    """

    __slots__ = ("cells", "is_filled_in", "remarks", "style", "styled")

    def __init__(
        self,
        cells: Sequence[str],
        *,
        style: str = "plain",
        styled: int = 0,
        remarks: Sequence[str] = (),
        is_filled_in: bool = True,
    ) -> None:
        self.is_filled_in = is_filled_in
        self.cells = [shortened(without_login(cell), LONGEST_IN_CELL) for cell in cells]
        self.style = style
        self.styled = styled
        self.remarks = [shortened(without_login(remark), LONGEST_TEXT) for remark in remarks]

    @property
    def styles(self) -> list[str]:
        """The style of each cell."""
        return [self.style if place == self.styled else "plain" for place in range(len(self.cells))]


_MANY_COLUMNS = 8


class Table:
    """A table with at least one row: instead of an empty one a document has a text."""

    __slots__ = ("columns", "entries", "fill_under", "title_place")

    def __init__(
        self,
        columns: Sequence[TableColumn],
        entries: Sequence[TableRow],
        *,
        fill_under: Sequence[tuple[str, int]] = (),
    ) -> None:
        """`title_place` is the column of the titles, under which remarks stand: behind that of the numbers, if any.

        `fill_under` are pairs (label, share of the line): what is written by hand under each row that is filled in.
        """
        self.fill_under = fill_under
        self.columns = columns
        self.entries = entries
        whole = sum(column.share for column in columns)
        self.title_place = 1 if len(columns) > 2 and columns[0].share * 8 <= whole else 0

    @property
    def is_dense(self) -> bool:
        """Whether it has so many columns that they need smaller headings."""
        return len(self.columns) > _MANY_COLUMNS


class Bars:
    """A stacked bar chart. `description` says in words all that it shows.

    `bars` are pairs (label, numbers), one number for each of `pieces`, which are pairs (what it counts, style). Where
    it `is_compact`, the labels are short and stand beside their bars. A single bar has its numbers in its legend;
    of others a table tells them.
    """

    __slots__ = ("bars", "description", "is_compact", "pieces", "title")

    def __init__(
        self,
        title: str,
        description: str,
        pieces: Sequence[tuple[str, str]],
        bars: Sequence[tuple[str, Sequence[int]]],
        *,
        is_compact: bool = False,
    ) -> None:
        self.title = title
        self.description = description
        self.is_compact = is_compact
        self.pieces = pieces
        self.bars = bars

    @property
    def is_single(self) -> bool:
        """Whether it has one bar, whose pieces have their numbers beside their meanings: nothing else is to be told."""
        return len(self.bars) == 1 and any(self.bars[0][1])

    def legend(self) -> list[tuple[int, str]]:
        """The places of the pieces that are drawn, and what they mean; of a single bar with their numbers."""
        if not self.is_single:
            drawn = [any(numbers[place] for _, numbers in self.bars) for place in range(len(self.pieces))]
            return [(place, what) for place, (what, _) in enumerate(self.pieces) if drawn[place]]
        numbers = self.bars[0][1]
        return [(place, f"{what} {numbers[place]}") for place, (what, _) in enumerate(self.pieces) if numbers[place]]


class Timeline:
    """A timeline of the days from `first` to `last` (ISO). `description` says in words what it shows.

    `today` is marked if it is one of these days, `today_label` is the word at its mark. `points` are triples (ISO day,
    label, style), in the order of their days; `months` are pairs (ISO first day, its name), those that begin in the
    period; `legend` are pairs (style, what it means); `note` is what a reader of the drawing has to be told.
    """

    __slots__ = ("description", "first", "last", "legend", "months", "note", "points", "title", "today", "today_label")

    def __init__(
        self,
        title: str,
        description: str,
        *,
        first: str,
        last: str,
        today: str,
        today_label: str,
        months: Sequence[tuple[str, str]],
        points: Sequence[tuple[str, str, str]],
        legend: Sequence[tuple[str, str]] = (),
        note: str = "",
    ) -> None:
        self.title = title
        self.description = description
        self.note = note
        self.first = first
        self.last = last
        self.today = today
        self.today_label = today_label
        self.months = months
        self.points = points
        self.legend = legend


if TYPE_CHECKING:
    Block = TextBlock | Figures | Table | Bars | Timeline
