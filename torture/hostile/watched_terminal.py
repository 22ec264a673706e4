"""An app in a terminal that checks every byte sent to it and every screen after a key.

What the app may send is a short grammar: places within the screen, its styles, lines that move, how a frame begins and
ends, how it takes the terminal, and the clipboard when that was asked for. Every payload that is a sequence is outside
of it.
"""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager

from tests.support.hostile_texts import MARKUPS, strange
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import PATIENCE
from torture.proof import Proof
from torture.testbed import Sandbox
from tui.app.terminal.output_pacing import QUESTIONS

LARGE, USUAL = (160, 100), (100, 40)
"""Terminals: one that has room for every row of the list, and one as people have it."""

_CONTROL = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b.?", re.DOTALL)
_STYLE = re.compile(r"\x1b\[;?(?:(?:[01247]|2[247]|30|39|47|49|[34]8;5;\d{1,3})(?:;(?!m)|(?=m)))*m")
_POSITION = re.compile(
    r"\x1b\[(?P<line>\d*);?(?P<column>\d*)H|\x1b\[(?P<along>\d*)[CG]|\x1b\[(?P<first>\d+);(?P<last>\d+)r"
)
_SHIFT = re.compile(r"\x1b\[\d*[LM]|\x1b\[r|\x1b\[K")
_UNFINISHED = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*)?$|[\xc0-\xff][\x80-\xbf]{0,2}$|\r$")
_CLIPBOARD = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
_START = (
    "\x1b[?1049h", "\x1b[?1000h", "\x1b[?1006h", "\x1b[?25l", "\x1b[?1004h", "\x1b[>25u", "\x1b[?2026$p",
    "\x1b[?2004h", "\x1b[?7l", "\x1b[2J", *QUESTIONS.values(),
)  # fmt: skip
_FRAME = ("\x1b[?2026h", "\x1b[?2026l", "\x1b]22;default\x07", "\x1b]22;text\x07", "\x1b]22;pointer\x07")
_CLICKABLE = re.compile(r"\[?@click=\S+|\[link=\S+|https?://\S+|\[/\S*|<script\S+|\$\(touch \S+")
ESC = "\x1b"
_TRIES = 5
_SOON = 2.0
"""How often, and for how many seconds, an answer is waited for that something else may take away."""


class WatchedTerminal:
    """Somebody before the app, who knows what must stand there after each key."""

    def __init__(self, screen: PtyScreen, size: tuple[int, int], proof: Proof) -> None:
        self.screen = screen
        self.seen: set[str] = set()
        self.copied = 0
        self._size = size
        self._proof = proof
        self._checked = 0

    def press(self, keys: str, until: str) -> None:
        """Press keys, wait for their result, and check the screen."""
        self.screen.send(keys)
        self.wait_for(until)
        self.check_screen(keys)

    def wait_for(self, text: str, timeout: float = PATIENCE) -> None:
        """Until a text stands on the screen, or the app has ended."""
        screen = self.screen

        def is_there() -> bool:
            self._check_wire()
            return screen.has_ended or text in screen.text()

        screen.wait_for(is_there, timeout)
        assert not screen.has_ended, f"the app ended on the way to {text!r}:\n{screen.text()}"

    def check_screen(self, about: str) -> None:
        """Nothing on the screen is more than text; remember which payloads stand there as they were written."""
        text = self.screen.text()
        self._proof.check(not strange(text), f"after {about!r} on the screen: {strange(text)[:80]}")
        self.seen |= {payload for payload in MARKUPS if payload in text}
        self._proof.count("screens")
        self._check_wire()

    def _check_wire(self) -> None:
        """Check that all output since the last check follows the grammar."""
        raw = self.screen.raw()
        cut = _UNFINISHED.search(raw, max(len(raw) - 200, 0))
        begun, self._checked = self._checked, cut.start() if cut else len(raw)
        sent = raw[begun : self._checked].decode(errors="surrogateescape")
        wrong = {found for found in _CONTROL.findall(sent) if not self._may_be_sent(found)}
        wrong |= set(strange(_CONTROL.sub("", sent).replace("\r\n", "\n")))
        self._proof.count("bytes on the wire", len(sent))
        assert not wrong, f"sent to the terminal: {sorted(wrong)}"

    def _may_be_sent(self, sequence: str) -> bool:
        if position := _POSITION.fullmatch(sequence):
            lines = [int(position[name] or 1) for name in ("line", "first", "last")]
            columns = [int(position[name] or 1) for name in ("column", "along")]
            return max(lines) <= self._size[1] and max(columns) <= self._size[0]
        if clip := _CLIPBOARD.fullmatch(sequence):
            self.copied -= 1
            return self.copied >= 0 and not strange(base64.b64decode(clip[1]).decode(), "")
        is_drawing = _STYLE.fullmatch(sequence) or _SHIFT.fullmatch(sequence)
        return sequence in (*_FRAME, *_START) or is_drawing is not None

    def settle(self) -> None:
        """Until all that was typed and pasted is dealt with: a key that is answered everywhere is answered."""
        self._ask("\x03", "q quits, on another screen")

    def _ask(self, key: str, answer: str) -> None:
        """Press a key until its answer stands there: what a click opens behind it takes the answer away."""
        for tries in range(_TRIES, 0, -1):
            self.screen.send(key)
            try:
                self.wait_for(answer, timeout=_SOON if tries > 1 else PATIENCE)
                return
            except AssertionError:
                if tries == 1 or self.screen.has_ended:
                    raise

    def home(self, back: str = "", gone: str = "") -> None:
        """Back to the list, all that was done before being dealt with: two messages in turn prove it.

        After Esc the text `gone` must be gone before the next key, or both would be read as one.
        """
        self.screen.send(back)
        self.screen.wait_for(lambda: not gone or gone not in self.screen.text())
        is_there = False
        while not is_there:  # What a click opens, it can open behind the keys that were typed after it.
            self.screen.send("hhh")
            self.settle()
            self._ask("\x1b[D", "left works on the timeline")
            is_there = self.screen.lines()[-1].startswith(" Enter open")

    def click(self, most: int) -> None:
        """Click on each payload that something might take for a link or an action."""
        targets = []
        for y, line in enumerate(self.screen.lines(), 1):
            for found in _CLICKABLE.finditer(line):
                targets += [(x + 1, y) for x in range(found.start(), found.end(), 3)]
        for x, y in targets[:: max(1, len(targets) // most)]:
            self.screen.send(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m")
            self._proof.count("clicks")


@contextmanager
def opened(sandbox: Sandbox, proof: Proof, size: tuple[int, int], until: str = "0 Now") -> Iterator[WatchedTerminal]:
    with sandbox.terminal(size=size) as screen:
        screen.wait_for(until)
        person = WatchedTerminal(screen, size, proof)
        person.check_screen("the start")
        if until == "0 Now":
            person.press("1", "1 Open")
        yield person
        person.home()
        person.check_screen("the end")
        proof.check(person.copied == 0, "less was sent to the clipboard than was asked for")
        screen.send("q")
        proof.check(screen.wait_exit() == 0, "the app did not end well")
