"""What somebody sees of the body of a Word document: its paragraphs and tables as if tracked changes were accepted.

Words stand in runs, and these in paragraphs, at once or inside of what was inserted, of content controls, smart tags,
links and text boxes (ECMA-376, 17.3 and 17.13). What was deleted or moved away, is hidden or struck through, nobody
would read as a promise: it is left out, and counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"

_INSERTED = frozenset({f"{_W}ins", f"{_W}moveTo"})
_DELETED = frozenset({f"{_W}del", f"{_W}moveFrom"})
_WITHOUT_WORDS = frozenset(
    {f"{_W}pPr", f"{_W}rPr", f"{_W}tblPr", f"{_W}tcPr", f"{_W}sdtPr", f"{_W}sdtEndPr", f"{_W}rt"}
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_BOX = f"{_W}txbxContent"
_HIDING = (f"{_W}vanish",)
_STRIKING = (f"{_W}strike", f"{_W}dstrike")


class Body:
    """Walks a body. `hidden`, `struck`: how many passages of each were left out; `is_tracked`: whether it has changes."""

    def __init__(self, styles: Any) -> None:
        """`styles` is the element of the styles, None where there is none."""
        self.hidden = self.struck = 0
        self.is_tracked = False
        self._marks = {} if styles is None else _marks_of_styles(styles)

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
                    self.is_tracked = True
                    continue
                if properties is not None and properties.find(f"{_W}ins") is not None:
                    self.is_tracked = True
                if properties is not None and _is_on(properties.find(f"{_W}hidden")):
                    self.hidden += 1
                    continue
                yield each
            elif self._is_read(each):
                yield from self.rows(each)

    def cells(self, row: Any) -> Iterator[Any]:
        """The cells of a row."""
        for each in row:
            if each.tag == f"{_W}tc":
                yield each
            elif each.tag != f"{_W}trPr" and self._is_read(each):
                yield from self.cells(each)

    def text(self, paragraph: Any) -> str:
        """The words of a paragraph, without those of the boxes that hang on it."""
        properties = paragraph.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        return "".join(self._words(paragraph, self._marks.get(_value(style), {})))

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
        """The text boxes that hang on a paragraph; of two drawings of the same one the newer."""
        for each in _chosen(paragraph):
            if each.tag == _BOX:
                yield each
            elif self._is_read(each):
                yield from self.boxes(each)

    def _is_read(self, element: Any) -> bool:
        """Whether what is in an element is read; comments in the XML are none."""
        if element.tag in _INSERTED or element.tag in _DELETED:
            self.is_tracked = True
        return isinstance(element.tag, str) and element.tag not in _DELETED and element.tag not in _WITHOUT_WORDS

    def _words(self, parent: Any, marks: dict[str, bool]) -> Iterator[str]:
        for each in _chosen(parent):
            if each.tag == f"{_W}t":
                yield each.text or ""
            elif each.tag in _SIGNS:
                yield _SIGNS[each.tag]
            elif each.tag == f"{_W}r":
                if not self._is_left_out(each, marks):
                    yield from self._words(each, marks)
            elif each.tag != _BOX and self._is_read(each):
                yield from self._words(each, marks)

    def _is_left_out(self, run: Any, marks: dict[str, bool]) -> bool:
        properties = run.find(f"{_W}rPr")
        if properties is not None:
            marks = {**marks, **self._marks.get(_value(properties.find(f"{_W}rStyle")), {}), **_marks_of(properties)}
        has_words = any((each.text or "").strip() for each in run.iter(f"{_W}t"))
        if marks.get("hidden"):
            self.hidden += has_words
        elif marks.get("struck"):
            self.struck += has_words
        return marks.get("hidden", False) or marks.get("struck", False)


def _chosen(parent: Any) -> Iterator[Any]:
    """What is in an element; of alternatives the first."""
    for each in parent:
        if each.tag == _ALTERNATIVES:
            yield from (_chosen(each[0]) if len(each) else ())
        else:
            yield each


def _value(element: Any) -> str:
    return str(element.get(f"{_W}val", "")) if element is not None else ""


def _is_on(element: Any) -> bool:
    return element is not None and _value(element) not in ("0", "false", "off")


def _marks_of(properties: Any) -> dict[str, bool]:
    """Whether runs of these properties are hidden or struck, where they say so."""
    found = {}
    for name, tags in (("hidden", _HIDING), ("struck", _STRIKING)):
        said = [each for each in map(properties.find, tags) if each is not None]
        if said:
            found[name] = any(map(_is_on, said))
    return found


_MOST_STYLES = 20
"""Styles that stand on one another."""


def _marks_of_styles(styles: Any) -> dict[str, dict[str, bool]]:
    own: dict[str, dict[str, bool]] = {}
    above: dict[str, str] = {}
    for style in styles.iter(f"{_W}style"):
        name = str(style.get(f"{_W}styleId", ""))
        properties = style.find(f"{_W}rPr")
        own[name] = _marks_of(properties) if properties is not None else {}
        above[name] = _value(style.find(f"{_W}basedOn"))
    found = {}
    for name in own:
        marks: dict[str, bool] = {}
        at: str = name
        for _ in range(_MOST_STYLES):
            marks = {**own.get(at, {}), **marks}
            if not (at := above.get(at, "")):
                break
        if marks:
            found[name] = marks
    return found
