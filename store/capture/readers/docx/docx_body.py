"""What somebody sees of the body of a Word document: its paragraphs and tables as if tracked changes were accepted.

What Word never shows was taken out before (`docx_hidden_parts`).

Words stand in runs, and these in paragraphs, at once or inside of what was inserted, of content controls, smart tags,
links and text boxes (ECMA-376, 17.3 and 17.13). What was deleted or moved away, is hidden or struck through, nobody
would read as a promise: it is left out, and counted. Who hides it is the run, its style, that of its paragraph or
table, or what the document has for all (`docx_hidden_formatting`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from store.capture.readers.docx.docx_colours import W
from store.capture.readers.docx.docx_hidden_formatting import RunMarks, Styles, is_on, points

_W = W
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SYMBOLS = ("symbol", "wingdings", "webdings", "marlett", "zapfdingbats")
"""Fonts whose letters are pictures; a sign of any other font shows the letter of its number."""

_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})
_WITHOUT_WORDS = frozenset(
    {f"{_W}pPr", f"{_W}rPr", f"{_W}tblPr", f"{_W}tcPr", f"{_W}sdtPr", f"{_W}sdtEndPr", f"{_W}rt"}
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LEAST_OF_A_LETTER = 0.5
"""Points of a letter on the line that nobody reads."""
_BOX = f"{_W}txbxContent"
_TEXTS = (f"{_W}t", f"{_M}t")
_RUNS = (f"{_W}r", f"{_M}r")
_SIGN = f"{_W}sym"


class Body:
    """Walks a body. `hidden`, `struck`: how many passages of each were left out.

    `signs`: how many signs of fonts of pictures were not read; `prompts`: how many fields were not filled in.
    """

    def __init__(self, styles: Any) -> None:
        """`styles` is the element of the styles, None where there is none."""
        self.hidden = self.struck = self.signs = 0
        self._prompts = set[Any]()
        self._styles = Styles(styles)

    @property
    def prompts(self) -> int:
        """The fields that were come upon with the prompt in them that is there until somebody fills them in."""
        return len(self._prompts)

    def blocks(self, parent: Any) -> Iterator[Any]:
        """The paragraphs and tables in an element, in their order, whatever they are wrapped in."""
        for each in parent:
            if each.tag in (f"{_W}p", f"{_W}tbl"):
                yield each
            elif self._is_read(each):
                yield from self.blocks(each)

    def rows(self, table: Any) -> Iterator[Any]:
        """The rows of a table."""
        for each in table:
            if each.tag == f"{_W}tr":
                properties = each.find(f"{_W}trPr")
                if properties is not None and properties.find(f"{_W}del") is not None:
                    continue
                if properties is not None and is_on(properties.find(f"{_W}hidden")):
                    self.hidden += 1
                    continue
                yield each
            elif self._is_read(each):
                yield from self.rows(each)

    def cells(self, row: Any) -> Iterator[Any]:
        """The cells of a row."""
        for each in row:
            if each.tag == f"{_W}tc":
                properties = each.find(f"{_W}tcPr")
                if properties is None or properties.find(f"{_W}cellDel") is None:
                    yield each
            elif each.tag != f"{_W}trPr" and self._is_read(each):
                yield from self.cells(each)

    def text(self, paragraph: Any) -> str:
        """The words of a paragraph, without those of text boxes anchored in it."""
        return "".join(self._words(paragraph, self._styles.of_paragraph(paragraph)))

    def text_of_cell(self, cell: Any) -> str:
        """The words of all paragraphs of a cell, those of tables in it as well."""
        texts = []
        for block in self.blocks(cell):
            if block.tag == f"{_W}p":
                texts.append(self.text(block))
                texts += [self.text_of_cell(box) for box in self.boxes(block)]
            else:
                texts += [self.text_of_cell(each) for row in self.rows(block) for each in self.cells(row)]
        return " ".join(texts)

    def boxes(self, paragraph: Any) -> Iterator[Any]:
        """The text boxes that hang on a paragraph, but those on words that are left out."""
        yield from self._boxes(paragraph, self._styles.of_paragraph(paragraph))

    def _boxes(self, parent: Any, marks: RunMarks) -> Iterator[Any]:
        for each in parent:
            if each.tag == _BOX:
                yield each
            elif each.tag in _RUNS and self._marks_of(each, marks).is_hidden:
                self.hidden += sum(1 for box in each.iter(_BOX) if _has_words(box))
            elif self._is_read(each):
                yield from self._boxes(each, marks)

    def _is_read(self, element: Any) -> bool:
        """Whether the content of an element is read; XML comments are not."""
        if element.tag == f"{_W}sdt" and is_on(element.find(f"{_W}sdtPr/{_W}showingPlcHdr")):
            self._prompts.add(element)
            return False
        return isinstance(element.tag, str) and element.tag not in _DELETED and element.tag not in _WITHOUT_WORDS

    def _words(self, parent: Any, marks: RunMarks) -> Iterator[str]:
        for each in parent:
            if each.tag in _TEXTS:
                yield each.text or ""
            elif each.tag == _SIGN:
                yield self._sign(each)
            elif each.tag in _SIGNS:
                yield _SIGNS[each.tag]
            elif each.tag in _RUNS:
                if not self._is_left_out(each, marks):
                    yield from self._words(each, marks)
            elif each.tag != _BOX and self._is_read(each):
                yield from self._words(each, marks)

    def _is_left_out(self, run: Any, marks: RunMarks) -> bool:
        marks = self._marks_of(run, marks)
        text = "".join(each.text or "" for each in run if each.tag in _TEXTS).strip()
        is_hidden = marks.is_hidden or _is_squeezed(run, text)
        is_picture = bool(text) and (marks.pictures[0] or (marks.pictures[1] and not text.isascii()))
        if is_hidden:
            self.hidden += bool(text)
        elif marks.is_struck:
            self.struck += bool(text)
        elif is_picture:
            self.signs += 1
        return is_hidden or marks.is_struck or is_picture

    def _marks_of(self, run: Any, marks: RunMarks) -> RunMarks:
        properties = run.find(f"{_W}rPr")
        return marks if properties is None else self._styles.of_run(properties, marks)

    def _sign(self, sign: Any) -> str:
        font, number = str(sign.get(f"{_W}font", "")).lower(), str(sign.get(f"{_W}char", ""))
        try:
            letter = chr(int(number, 16) & 0xFF if number[:2].upper() == "F0" and len(number) == 4 else int(number, 16))
        except (ValueError, OverflowError):
            letter = ""
        if letter.isprintable() and not any(each in font.replace(" ", "") for each in _SYMBOLS):
            return letter
        self.signs += 1
        return ""


def _is_squeezed(run: Any, text: str) -> bool:
    """Whether the letters of a run are pressed into less than they can be read in."""
    fitted = run.find(f"{_W}rPr/{_W}fitText")
    width = points(fitted.get(f"{_W}val")) if fitted is not None else None
    return width is not None and width <= len(text) * _LEAST_OF_A_LETTER


def _has_words(element: Any) -> bool:
    return any((each.text or "").strip() for each in element.iter(*_TEXTS))
