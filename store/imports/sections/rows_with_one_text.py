"""Texts alone in a line, in a list whose rows have more: titles of sections, notes on the list, what is asked.

A promise can stand alone in its line as well, with nothing beside it: so only what surely is none is left out.
"""

from __future__ import annotations

from store.imports.answers.parse_answers import word_key
from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import Problem
from store.imports.headings.heading_synonyms import ALL_HEADINGS
from store.imports.headings.one_or_two_heading_rows import are_headings, repeats
from store.imports.sections.section_titles_and_totals import is_a_note, is_blank, is_line_of_total
from store.imports.sections.state_in_section_title import state_in_title
from store.sanitise_text import clean_line, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import GridRow

TITLE, NOTE = "title", "note"
"""What a text alone surely is."""

_SAMPLE_SIZE = 200
"""Lines by which it is told whether the rows of a list have more than one cell."""


class TextsAlone:
    """Tells what the texts are that stand alone in the lines of a list."""

    def __init__(self, columns: ColumnMapping, lines: Sequence[GridRow]) -> None:
        self._columns = columns
        self._lines = lines
        self._set_apart = columns.grid.set_apart
        self._end = _end_of_rows(lines)
        counts = [count for line in lines[:_SAMPLE_SIZE] if (count := _filled(line))]
        self._is_recognised = columns.grid.headings is None and 3 * sum(count > 1 for count in counts) >= len(counts)
        self._meant = columns.answers.meanings_of("title")
        self._is_legend = False

    def of_line(self, place: int) -> tuple[str, str] | None:
        """The text alone in a line, and what it surely is; None where it may be a row."""
        text = self._text(place)
        if text is None:
            return None
        was_legend, self._is_legend = self._is_legend and place > 0 and not is_blank(self._lines[place - 1]), False
        if is_a_note(text) or (was_legend and place >= self._end):
            self._is_legend = place >= self._end
            return text, NOTE
        is_label = place >= self._end and clean_line(text).endswith(":")
        if is_label:
            self._is_legend = True
            return text, NOTE
        if self._set_apart.get(self._lines[place].number) or state_in_title(text) or self._stands_above_headings(place):
            return text, TITLE
        return None

    def asked(self, place: int) -> list[Problem]:
        """The problem of a text alone that may be a promise or none: below the list, or in bold."""
        text, line = self._text(place), self._lines[place]
        if text is None:
            return []
        shown = visible(clean_line(text))
        values = {"word": shown, "rows": str(line.number)}
        if line.number in self._set_apart:
            sentence = tr('only "{text}" stands in it, in bold: is it a promise?', text=shown[:60])
        elif place >= self._end:
            sentence = tr('only "{text}" stands in it, below the list: is it a promise?', text=shown[:60])
        else:
            return []
        return [Problem(line.number, sentence, code="import.text-alone", field="title", values=values)]

    def _text(self, place: int) -> str | None:
        """The text that is all in a line, where the rows have more; None for another one, and for what was answered."""
        if not self._is_recognised:
            return None
        filled = [cell for cell in self._lines[place].cells if not is_empty(cell)]
        if len(filled) != 1 or not isinstance(filled[0], str) or word_key(filled[0]) in self._meant:
            return None
        return filled[0]

    def _stands_above_headings(self, place: int) -> bool:
        """Whether the next line that is not empty has headings."""
        below = next((line for line in self._lines[place + 1 : place + 1 + _SAMPLE_SIZE] if not is_blank(line)), None)
        if below is None or not any(
            isinstance(cell, str) and cell.strip().lower() in ALL_HEADINGS for cell in below.cells
        ):
            return False  # To understand all of them takes long.
        return repeats(below, self._columns.headings) or are_headings(below)


def _end_of_rows(lines: Sequence[GridRow]) -> int:
    """The place of the first line below the list: behind an empty line or a total, and none below it has more cells."""
    end = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        count = _filled(lines[place])
        if count > 1 and not is_line_of_total(lines[place]):
            break
        if not count or count > 1 or is_line_of_total(lines[place]):
            end = place + 1
    return end


def _filled(line: GridRow) -> int:
    return sum(not is_empty(cell) for cell in line.cells)
