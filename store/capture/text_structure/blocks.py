"""Cuts a text into blocks: paragraphs, list items with their lead-in, rows of tables with their heads, headings.

The words of a block are one line, without wraps, bullets and marks of emphasis; each character knows its place in the
text.
"""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.text_structure.quoted_mail_and_signatures import (
    begins_or_ends_letter,
    begins_quoted_mails,
    begins_signature,
    is_mail_head,
    is_quoted_line,
)
from store.capture.text_structure.table_and_list_headings import ACTION_HEADING, PERSONS_HEADING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class BlockKind:
    """The kinds of blocks."""

    PARAGRAPH, ITEM, ROW, HEADING, MAIL_HEAD, QUOTED = "paragraph", "item", "row", "heading", "mail-head", "quoted"


class Block:
    """A block: its `words` as one line, and `at`: the place of each of their characters in the text.

    `lead` is the line that introduces the list of an item, `section` the heading above. The `cells` of a row are spans
    of its words, and `heads` what stands above them.
    """

    __slots__ = ("at", "cells", "heads", "kind", "lead", "number", "section", "words")

    def __init__(
        self,
        kind: str,
        words: str,
        at: Sequence[int],
        number: int,
        lead: str = "",
        section: str = "",
        cells: Sequence[tuple[int, int]] = (),
        heads: Sequence[str] = (),
    ) -> None:
        self.kind = kind
        self.words = words
        self.at = at
        self.number = number
        self.lead = lead
        self.section = section
        self.cells = cells
        self.heads = heads

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text of a span of the words."""
        return self.at[start], self.at[end - 1] + 1


_BULLET = lazy(
    r"[ \t]*(?:[-*+•–—▪◦·‣●○■□]|\(?\d{1,2}(?:\.\d{1,2}){0,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,2}|\(?[a-zа-яё]\)|\(?[ivx]{1,5}\))[ \t]+(?=\S)"
)
_BULLET_SIGN = lazy(r"[ \t]*[-*+•–—▪◦·‣●○■□][ \t]")
_HEADING = lazy(r"[ \t]{0,3}#{1,6}[ \t]+|[ \t]*(?:[IVX]{1,5}|[A-Z]|\d{1,2})\.[ \t]+(?=[A-ZА-ЯЁ])")
_LABELLED = lazy(r"[ \t]*(?:\*\*)?[A-ZА-ЯЁ][^:.;!?\n]{0,40}:(?:\*\*)?[ \t]+\S")
"""A line that begins with whose it is, or what it is: `UNODC: send the list`."""

_UNDERLINE = lazy(r"[ \t]*(?:={3,}|-{3,}|_{3,}|\*{3,})[ \t]*$")
_OF_TABLE_RULES = frozenset("|:+-= 	")
_EMPHASIS = lazy(r"\*\*|__|(?<![*\w])\*(?=\S)|(?<=\S)\*(?![*\w])|\\(?=[*_\-.()\[\]#])")
_FRONT_MATTER = lazy(r"---\n(?:[^\s:][^:\n]*:[^\n]*\n|[ \t]+[^\n]*\n)+---\n")
"""The fields between dashes at the top. No line fits both halves: one that does doubles the work with each more."""

_SLACK, _LEAST_WIDTH = 4, 60
"""Characters that a wrapped line may be shorter than there was room, and the least width of wrapped lines."""
_UNWRAPPED = 160
"""Characters of a line from which the lines of a text are not wrapped: each is a paragraph."""
_ENDS = ".!?:;…"


NO_WORD = "\ue001"
"""Stands for each character of what is too long to be a word: nothing is looked for in it."""

_LONG_WORD = lazy(r"\S{101,}")
_LONGEST_LEAD = 2_000


def blocks_of(text: str, pages: Sequence[int] = ()) -> list[Block]:
    """The blocks of a text, numbered from 1, on each page anew."""
    found: list[Block] = []
    numbers: dict[int, int] = {}
    for each in _Cutter(text).blocks():
        page = 0
        if pages and each.at:
            from bisect import bisect_right

            page = bisect_right(pages, each.at[0])
        numbers[page] = each.number = numbers.get(page, 0) + 1
        each.words = _LONG_WORD.sub(lambda word: NO_WORD * len(word[0]), each.words)
        if len(each.lead) > _LONGEST_LEAD:
            each.lead = ""
        found.append(each)
    return found


class _Cutter:
    """Goes through the lines of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[tuple[int, int]] = []
        self._kind = BlockKind.PARAGRAPH
        self._lead = self._section = ""
        self._heads: list[str] = []
        self._width = 0
        """The longest line: of wrapped ones, their width."""
        self._last = 0
        """The index of the last line that is not empty."""

    def blocks(self) -> Iterator[Block]:
        """The blocks in the order of the text."""
        at, is_quoted, is_head_of_mail, begun = 0, False, False, False
        front = _FRONT_MATTER.match(self._text)
        if front:
            at = front.end()
        lines = []
        for line in self._text[at:].splitlines(keepends=True):
            lines.append((at, at + len(line.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"))))
            at += len(line)
        self._width = max((end - start for start, end in lines if "|" not in self._text[start:end]), default=0)
        self._last = max((index for index, each in enumerate(lines) if self._text[slice(*each)].strip()), default=0)
        for index, (start, end) in enumerate(lines):
            line = self._text[start:end]
            bare = line.strip()
            if not bare:
                yield from self._flushed()
                is_head_of_mail = False
                self._kind = BlockKind.PARAGRAPH
                if self._heads and not self._is_row_ahead(lines, index):
                    self._heads = []
                continue
            if begins_quoted_mails(line):
                yield from self._flushed()
                is_quoted = True
            if is_quoted or is_quoted_line(line):
                if not is_quoted and self._kind != BlockKind.QUOTED:
                    yield from self._flushed()
                self._kind = BlockKind.QUOTED
                said = line.lstrip("> \t")
                if is_mail_head(said):
                    yield from self._flushed()
                    self._kind = BlockKind.MAIL_HEAD
                    self._lines.append((end - len(said), end))
                elif said:
                    self._lines.append((start, end))
                if not said or is_mail_head(said) or begins_or_ends_letter(said):
                    yield from self._flushed()
                    self._kind = BlockKind.QUOTED
                continue
            if self._kind == BlockKind.QUOTED:
                yield from self._flushed()
                self._kind = BlockKind.PARAGRAPH
            if begins_signature(line):
                yield from self._flushed()
                is_quoted = True
                continue
            if (not begun or is_head_of_mail) and is_mail_head(line):
                yield from self._flushed()
                self._kind, is_head_of_mail = BlockKind.MAIL_HEAD, True
                self._lines.append((start, end))
                yield from self._flushed()
                continue
            begun = True
            if "-" in line and ("|" in line or "+" in line) and _OF_TABLE_RULES.issuperset(line):
                continue
            if _UNDERLINE.match(line):
                if self._lines and len(self._lines) == 1:
                    self._kind = BlockKind.HEADING
                yield from self._flushed()
                self._kind = BlockKind.PARAGRAPH
                continue
            if _is_row(bare):
                yield from self._flushed()
                yield from self._row(start, end)
                continue
            self._heads = []
            if self._is_heading(lines, index):
                yield from self._flushed()
                self._kind = BlockKind.HEADING
                self._lines.append((start, end))
                yield from self._flushed()
                self._kind = BlockKind.PARAGRAPH
                continue
            if _BULLET.match(line):
                yield from self._flushed()
                self._kind = BlockKind.ITEM
            elif self._lines and self._is_new_paragraph(start, end):
                yield from self._flushed()
                if self._kind == BlockKind.ITEM and not line[:1].isspace():
                    self._kind = BlockKind.PARAGRAPH
            self._lines.append((start, end))
        yield from self._flushed()

    def _is_row_ahead(self, lines: Sequence[tuple[int, int]], index: int) -> bool:
        """Whether a table goes on behind an empty line: another row follows, which is not the head of a new one."""
        following = [self._text[slice(*each)].strip() for each in lines[index + 1 : index + 3]]
        is_head = len(following) > 1 and "-" in following[1] and _OF_TABLE_RULES.issuperset(following[1])
        return bool(following) and _is_row(following[0]) and not is_head

    def _is_heading(self, lines: Sequence[tuple[int, int]], index: int) -> bool:
        """Whether a line is alone above others, short and without a full stop, or marked as a heading."""
        start, end = lines[index]
        line = self._text[start:end]
        bare = line.strip()
        if re.match(r"[ \t]{0,3}#{1,6}[ \t]", line):
            return True
        if len(bare) > 80 or bare[-1] in _ENDS or bare[-1] == ",":
            return False
        if _BULLET_SIGN.match(line) or re.match(r"[^:]{2,40}: \S", bare):
            return False
        letters = [each for each in bare if each.isalpha()]
        if len(letters) > 3 and all(map(str.isupper, letters)):
            return not self._lines or self._kind == BlockKind.ITEM
        if self._lines:
            return False
        following = self._text[slice(*lines[index + 1])].strip() if index + 1 < len(lines) else ""
        is_alone = not following or (
            self._width > _UNWRAPPED and len(following) > _LEAST_WIDTH and following[0].isupper()
        )
        if re.fullmatch(r"\*\*[^*]+\*\*:?", bare) or re.fullmatch(r"__[^_]+__", bare):
            return True
        is_short = len(bare.split()) <= 9
        if not is_alone and index + 1 < len(lines) and len(bare.split()) <= 4 and ACTION_HEADING.search(bare):
            following = self._text[slice(*lines[index + 1])]
            return bool(_LABELLED.match(following) or _BULLET.match(following))
        return is_alone and is_short and index < self._last and (not _BULLET.match(line) or bool(_HEADING.match(line)))

    def _is_new_paragraph(self, start: int, end: int) -> bool:
        """Whether the line break before this line was meant: its first word had room on the line before."""
        before = self._text[slice(*self._lines[-1])]
        line = self._text[start:end]
        first = line.split(None, 1)[0]
        if _LABELLED.match(line) and (before.rstrip()[-1] in ".;!?" or _LABELLED.match(before)):
            return True
        if _LISTED_PERSON.match(line) and "," in before and PERSONS_HEADING.match(self._section):
            return True
        if before.rstrip()[-1] == ":" and line.rstrip()[-1] == ";":
            return True  # The first item of a list without signs.
        has_room = len(before.rstrip()) + 1 + len(first) + _SLACK < max(self._width, _LEAST_WIDTH)
        is_unwrapped = self._width > _UNWRAPPED and line.lstrip()[0].isupper()
        return has_room and (is_unwrapped or before.rstrip()[-1] in _ENDS)

    def _flushed(self) -> Iterator[Block]:
        if not self._lines:
            return
        start = self._lines[0][0]
        if self._kind == BlockKind.ITEM and (bullet := _BULLET.match(self._text, start)):
            start = bullet.end()
        elif self._kind == BlockKind.HEADING and (mark := re.compile(r"[ \t]*#{1,6}[ \t]+").match(self._text, start)):
            start = mark.end()
        elif self._kind == BlockKind.QUOTED:
            start += len(self._text[start : self._lines[0][1]]) - len(
                self._text[start : self._lines[0][1]].lstrip("> \t")
            )
        words, at = one_line(self._text, start, self._lines[-1][1], is_quoted=self._kind == BlockKind.QUOTED)
        kind = self._kind
        self._lines = []
        if not words:
            return
        block = Block(kind, words, at, 0, section=self._section)
        if kind == BlockKind.HEADING:
            self._section, self._lead = words, ""
        elif kind == BlockKind.ITEM:
            block.lead = self._lead
            if words.endswith(":"):
                self._lead = words
        elif kind == BlockKind.PARAGRAPH and ACTION_HEADING.search(self._section) and _LABELLED.match(words):
            block.kind, block.lead = BlockKind.ITEM, self._section
        elif kind == BlockKind.PARAGRAPH and self._lead.endswith(":") and words[0].islower():
            block.kind, block.lead = BlockKind.ITEM, self._lead  # An item without a sign before it.
        else:
            self._lead = words if words.endswith((":", " –", " —")) else ""
        yield block

    def _row(self, start: int, end: int) -> Iterator[Block]:
        """The block of a row; the first row of a table gives the heads."""
        line = self._text[start:end]
        sign = "|" if "|" in line else "\t"
        spans, at = [], 0
        for cell in line.split(sign):
            spans.append((start + at, start + at + len(cell)))
            at += len(cell) + 1
        if line.strip().startswith("|"):
            spans = spans[1:]
        if line.strip().endswith("|"):
            spans = spans[:-1]
        words = ""
        places: list[int] = []
        cells: list[tuple[int, int]] = []
        for first, last in spans:
            its, its_at = one_line(self._text, first, last)
            if words and its:
                words += " | "
                places += [places[-1]] * 3
            cells.append((len(words), len(words) + len(its)))
            words += its
            places += its_at
        if not words:
            return
        texts = [words[slice(*cell)] for cell in cells]
        if not self._heads:
            self._heads = texts
            yield Block(BlockKind.HEADING, words, places, 0, section=self._section)
            return
        yield Block(BlockKind.ROW, words, places, 0, self._lead, self._section, cells, list(self._heads))


_LISTED_PERSON = lazy(r"\s*(?:[A-ZА-ЯЁ][\w.’'\-]*|г-н|г-жа)(?: [A-ZА-ЯЁ][\w.’'\-]*){1,4}(?:,| [–—-] )")
"""At the beginning of a line below a heading over persons: `Ms. Vera Muster, UNODC`."""


def _is_row(bare: str) -> bool:
    """Whether a line is a row of cells, between bars or tabs."""
    return "|" in bare or "\t" in bare


def one_line(text: str, start: int, end: int, *, is_quoted: bool = False) -> tuple[str, list[int]]:
    """A span of a text as one line, with the place of each character: white space is one blank, emphasis is left out.

    A word that is cut by a hyphen at the end of a line is put together.
    """
    piece = text[start:end]
    if is_quoted or _NEEDS_CARE.search(piece):
        return _with_care(text, start, end, is_quoted=is_quoted)
    words: list[str] = []
    places: list[int] = []
    for match in _NOT_BLANK.finditer(text, start, end):
        if words:
            places.append(match.start() - 1)
        words.append(match[0])
        places.extend(range(match.start(), match.end()))
    return " ".join(words), places


_NOT_BLANK = lazy(r"\S+")
_NEEDS_CARE = lazy(r"[*_\\\u00ad\u200b\ufeff]|[-\u2010]\s*\n")
"""What is left out, or put together, when a block becomes one line."""


def _with_care(text: str, start: int, end: int, *, is_quoted: bool) -> tuple[str, list[int]]:
    """The same, letter by letter."""
    out: list[str] = []
    at: list[int] = []
    dropped = {place for each in _EMPHASIS.finditer(text, start, end) for place in range(*each.span())}
    place = start
    while place < end:
        sign = text[place]
        if place in dropped or sign in "\u00ad\u200b\ufeff":
            place += 1
            continue
        if sign.isspace():
            after = place
            while after < end and text[after].isspace():
                after += 1
            if is_quoted:
                while after < end and text[after] in "> " and "\n" in text[place:after]:
                    after += 1
            is_cut = (
                "\n" in text[place:after]
                and len(out) > 1
                and out[-1] in "-\u2010"
                and out[-2].islower()
                and after < end
                and text[after].islower()
            )
            if is_cut:
                out.pop()
                at.pop()
            elif out and out[-1] != " ":
                out.append(" ")
                at.append(place)
            place = after
            continue
        out.append(sign)
        at.append(place)
        place += 1
    while out and out[-1] == " ":
        out.pop()
        at.pop()
    return "".join(out), at
