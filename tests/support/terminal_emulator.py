"""A terminal emulator (pyte): the screen, all that was ever written to it, and its answers to queries."""

import re
import unicodedata
from codecs import getincrementaldecoder

import pyte
from rich.cells import cell_len

_QUESTION = re.compile(rb"\x1b\[(?:(6n)|0?c|\?(\d+)\$p)")
_NOT_FOR_PYTE = re.compile(r"\x1b\[[<>=?][0-9;]*u|\x1b\[\?[0-9;]*\$p")
_CUT_SHORT = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?$")
_MODE = re.compile(rb"\x1b\[\?(\d+)([hl])")
_BEGIN_FRAME, _END_FRAME = "\x1b[?2026h", "\x1b[?2026l"


class Screen(pyte.Screen):
    """A screen that deletes lines as terminals do: pyte leaves one standing where the next one was never written."""

    def delete_lines(self, count: int | None = None) -> None:
        for y in range(self.lines):
            self.buffer[y]  # Looking at a line makes it one.
        super().delete_lines(count)


class TerminalEmulator:
    """Of the modes that it is asked for it knows synchronised output (2026) alone: shows a frame once it is whole."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = Screen(columns or 80, rows or 24)
        self._stream = pyte.Stream(self._screen)
        self.raw = bytearray()
        self._answered, self._held, self._frame = 0, "", ""
        self._decode = getincrementaldecoder("utf-8")("replace").decode

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._screen.columns, self._screen.lines

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows or 24, columns or 80)

    def lines(self) -> list[str]:
        return [line.rstrip() for line in self._screen.display]

    def cells(self) -> list[list[tuple[object, ...]]]:
        """Each cell with its style; half a wide character is none, as on terminals (pyte leaves it)."""
        columns, rows = self.size
        return [
            _row([self._screen.buffer[y][x] for x in range(columns)], self._screen.default_char) for y in range(rows)
        ]

    def end_frame(self) -> None:
        """Show the frame that has been begun: nobody will end it."""
        self._show(self._frame)
        self._frame = ""

    def modes(self) -> set[int]:
        """The modes that are on: of each the last word counts."""
        last = {int(mode): word for mode, word in _MODE.findall(bytes(self.raw))}
        return {mode for mode, word in last.items() if word == b"h"}

    def take(self, data: bytes) -> bytes:
        """Show what was written. Returns what the terminal answers to it."""
        self.raw += data
        answers = []
        for question in _QUESTION.finditer(self.raw, self._answered):
            self._answered = question.end()
            cursor = self._screen.cursor
            answer = f"{cursor.y + 1};{cursor.x + 1}R" if question[1] else "?62;22c"
            if question[2]:
                answer = f"?{question[2].decode()};{2 if question[2] == b'2026' else 0}$y"
            answers.append(f"\x1b[{answer}")
        text = self._held + self._decode(data).replace("\0", "")  # pyte ends a sequence at it, terminals do not.
        cut = _CUT_SHORT.search(text)
        self._held = cut[0] if cut else ""
        text = self._frame + text[: len(text) - len(self._held)]
        begun = text.rfind(_BEGIN_FRAME)
        whole = begun if begun > text.rfind(_END_FRAME) else len(text)
        self._frame = text[whole:]
        self._show(text[:whole])
        return "".join(answers).encode()

    def _show(self, text: str) -> None:
        self._stream.feed(_known(_NOT_FOR_PYTE.sub("", text)))


def _row(row: list[pyte.screens.Char], blank: pyte.screens.Char) -> list[tuple[object, ...]]:
    for x, cell in enumerate(row):
        is_half = cell_len(cell.data) == 2 and (x + 1 == len(row) or row[x + 1].data)
        is_rest = not cell.data and (x == 0 or cell_len(row[x - 1].data) != 2)
        if is_half or is_rest:
            row[x] = blank
    return [tuple(cell) for cell in row]


def _known(text: str) -> str:
    """The text without marks that pyte does not know, and forgets all that stands after them in a line."""
    return text if text.isascii() else "".join(each for each in text if each < "\u0300" or not _is_unknown(each))


def _is_unknown(character: str) -> bool:
    is_mark = unicodedata.category(character) in ("Mn", "Me")
    return character in "\u200c\u200d" or (is_mark and not unicodedata.combining(character))
