"""Takes out of a Word document what Word never shows, before its body is read, and counts what had words.

Of alternatives the first that Word knows is shown, nothing of a namespace that may be ignored, no code of a field, no
hidden shape; a paragraph whose mark was deleted goes on in the next one (ECMA-376, 17.13, 17.16, part 3). Marks of runs
and styles are those of `docx_hidden_formatting`.
"""

from __future__ import annotations

import re
from typing import Any

from store.capture.readers.docx.docx_colours import W
from store.capture.readers.docx.docx_hidden_formatting import RunMarks, is_least, marks_of, value_of

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_KNOWN = frozenset(
    _MICROSOFT + name
    for name in (
        *(f"word/2010/{each}" for each in ("wordml", "wordprocessingCanvas", "wordprocessingDrawing")),
        *(f"word/2010/wordprocessing{each}" for each in ("Group", "Ink", "Shape")),
        *("word/2006/wordml", "word/2012/wordml", "word/2012/wordprocessingDrawing", "word/2015/wordml/symex"),
        *("word/2016/wordml/cid", "word/2018/wordml", "word/2018/wordml/cex", "drawing/2010/main", "drawing/2016/ink"),
        *("drawing/2014/chartex", "drawing/2015/9/8/chartex", "drawing/2015/10/21/chartex", "drawing/2017/model3d"),
    )
) | {"urn:schemas-microsoft-com:vml"}
"""Namespaces that Word knows."""

_TEXTS = (f"{W}t", f"{_M}t")
_BOX = f"{W}txbxContent"
_TRACKED = re.compile(r"\}(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|\w+Change)$")
_OF_NO_RESULT = re.compile(r"\s*(?:SET|XE|TC|TA|RD|PRIVATE|ADVANCE)\b", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"visibility\s*:\s*(?:hidden|collapse)|display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_STRIKES = ("strikeH", "strikeV", "strikeBLTR", "strikeTLBR")


class NotShown:
    """The parts removed from a document: `hidden` and `struck` passages; whether it has tracked changes.

    `chunks`: parts in another format that Word shows and that are not read; `folded`: headings below which Word opens
    nothing; `hides_by_table_style`: whether a table has
    a style that hides some of its cells, by where they lie.
    """

    def __init__(self, root: Any, styles: Any) -> None:
        """`root` is the element of the document, which is changed; `styles` that of the styles, or None."""
        self.hidden = self.struck = 0
        self._root = root
        self._choose_alternatives()
        self._leave_out_what_is_ignored()
        self._leave_out_codes_of_fields()
        self._leave_out_shapes_and_frames()
        self._leave_out_of_formulas()
        self.is_tracked = any(isinstance(each.tag, str) and _TRACKED.search(each.tag) for each in root.iter())
        self._join_paragraphs()
        self.chunks = sum(1 for _ in root.iter(f"{W}altChunk"))
        folding = set[Any]() if styles is None else {
            style.get(f"{W}styleId") for style in styles.iter(f"{W}style") if _folds(style.find(f"{W}pPr"))
        }  # fmt: skip
        self.folded = sum(
            1 for each in root.iter(f"{W}pPr") if _folds(each) or value_of(each.find(f"{W}pStyle")) in folding
        )
        hiding = set() if styles is None else {
            style.get(f"{W}styleId") for style in styles.iter(f"{W}style")
            if any(map(_hides, style.iterfind(f"{W}tblStylePr/{W}rPr")))
        }  # fmt: skip
        self.hides_by_table_style = any(value_of(each) in hiding for each in root.iter(f"{W}tblStyle"))

    def _choose_alternatives(self) -> None:
        for each in list(self._root.iter(f"{_MC}AlternateContent")):
            parent, shown = each.getparent(), next(filter(_is_shown, each), ())
            place = parent.index(each)
            parent[place : place + 1] = list(shown)

    def _leave_out_what_is_ignored(self) -> None:
        ignored = set[str]()
        for each in self._root.iter():
            for prefix in str(each.get(f"{_MC}Ignorable", "")).split() if isinstance(each.tag, str) else ():
                if not any(name.startswith(f"{prefix}:") for name in str(each.get(f"{_MC}ProcessContent", "")).split()):
                    ignored.add(each.nsmap.get(prefix, ""))
        for namespace in ignored - _KNOWN:
            for each in list(self._root.iter(f"{{{namespace}}}*")):
                self.hidden += _take_out(each)

    def _leave_out_codes_of_fields(self) -> None:
        """Empty the texts between a field's begin and its result, and the results of fields that show none."""
        ended, begun = set[Any](), list[Any]()
        for mark in self._root.iter(f"{W}fldChar"):
            if mark.get(f"{W}fldCharType") == "begin":
                begun.append(mark)
            elif mark.get(f"{W}fldCharType") == "end" and begun:
                ended.add(begun.pop())
        fields: list[_Field] = []
        for each in self._root.iter(f"{W}fldChar", f"{W}instrText", *_TEXTS):
            type_ = each.get(f"{W}fldCharType")
            if type_ == "begin" and each in ended:
                fields.append(_Field())
            elif type_ == "separate" and fields:
                fields[-1].is_code = False
            elif type_ == "end" and fields:
                self.hidden += fields.pop().had_words
            elif each.tag == f"{W}instrText" and fields:
                fields[-1].code += each.text or ""
            elif each.tag in _TEXTS and (field := next((each for each in fields if each.is_silent), None)):
                field.had_words = field.had_words or bool((each.text or "").strip())
                each.text = ""
        for simple in self._root.iter(f"{W}fldSimple"):
            if _OF_NO_RESULT.match(str(simple.get(f"{W}instr", ""))):
                self.hidden += _empty(simple)

    def _leave_out_shapes_and_frames(self) -> None:
        shapes = [each.getparent() for each in self._root.iter(f"{_WP}docPr") if _is_set(each.get("hidden"))]
        shapes += [each for each in self._root.iter(f"{_WP}anchor") if _is_set(each.get("hidden"))]
        shapes += [
            each
            for each in self._root.iter()
            if isinstance(each.tag, str) and _HIDDEN_STYLE.search(each.get("style", ""))
        ]
        for shape in shapes:
            for box in list(shape.iter(_BOX)):
                self.hidden += _take_out(box)
        for frame in list(self._root.iter(f"{W}framePr")):
            if frame.get(f"{W}hRule") == "exact" and is_least(frame.get(f"{W}h")) and is_least(frame.get(f"{W}w")):
                self.hidden += _take_out(frame.getparent().getparent())
        for height in list(self._root.iter(f"{W}trHeight")):
            if height.get(f"{W}hRule") == "exact" and is_least(height.get(f"{W}val")):
                self.hidden += _take_out(height.getparent().getparent())

    def _leave_out_of_formulas(self) -> None:
        for phantom in list(self._root.iter(f"{_M}phant")):
            show = phantom.find(f"{_M}phantPr/{_M}show")
            if show is not None and show.get(f"{_M}val", "1") in ("0", "false", "off"):
                self.hidden += _take_out(phantom)
        for box in list(self._root.iter(f"{_M}borderBox")):
            strikes = (box.find(f"{_M}borderBoxPr/{_M}{name}") for name in _STRIKES)
            if any(each is not None and each.get(f"{_M}val", "1") not in ("0", "false", "off") for each in strikes):
                self.struck += _take_out(box)

    def _join_paragraphs(self) -> None:
        """Put the words of a paragraph whose mark is deleted before those of the next one, which has the other mark."""
        for paragraph in list(self._root.iter(f"{W}p")):
            marks = [paragraph.find(f"{W}pPr/{W}rPr/{W}{name}") for name in ("del", "moveFrom")]
            following = paragraph.getnext()
            if all(mark is None for mark in marks) or following is None or following.tag != f"{W}p":
                continue
            words = [each for each in paragraph if each.tag != f"{W}pPr"]
            first = 1 if following.find(f"{W}pPr") is not None else 0
            following[first:first] = words
            paragraph.getparent().remove(paragraph)


class _Field:
    """A field that was begun: its `code`, whether what comes is code still, and whether words were left out of it."""

    def __init__(self) -> None:
        self.code = ""
        self.is_code = True
        self.had_words = False

    @property
    def is_silent(self) -> bool:
        """Whether this part is not shown."""
        return self.is_code or _OF_NO_RESULT.match(self.code) is not None


def _folds(properties: Any) -> bool:
    """Whether a paragraph is a heading that Word opens with what is below it folded in."""
    said = properties.find(f"{_W15}collapsed") if properties is not None else None
    return said is not None and str(said.get(f"{_W15}val", said.get(f"{W}val", "1"))) not in ("0", "false", "off")


def _hides(properties: Any) -> bool:
    """Whether properties of a run hide it or strike it through."""
    marks = RunMarks({}, (marks_of(properties),))
    return marks.is_hidden or marks.is_struck


def _is_set(value: str | None) -> bool:
    """Whether an attribute of yes or no is there and says yes."""
    return value is not None and value not in ("0", "false", "off")


def _is_shown(alternative: Any) -> bool:
    if alternative.tag == f"{_MC}Choice":
        required = [alternative.nsmap.get(prefix, "") for prefix in str(alternative.get("Requires", "")).split()]
        return bool(required) and _KNOWN.issuperset(required)
    return bool(alternative.tag == f"{_MC}Fallback")


def _take_out(element: Any) -> bool:
    """Take an element out of the document. Returns whether it had words."""
    had_words = any((each.text or "").strip() for each in element.iter(*_TEXTS))
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
    return had_words


def _empty(element: Any) -> bool:
    """Empty the texts in an element. Returns whether it had words."""
    texts = [each for each in element.iter(*_TEXTS) if (each.text or "").strip()]
    for each in texts:
        each.text = ""
    return bool(texts)
