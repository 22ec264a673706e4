"""Writes to stderr: messages, one sentence a line, and a progress counter."""

from __future__ import annotations

import sys

from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import ClassVar, TypeVar

    _Item = TypeVar("_Item")


_LONGEST_VALUE = 300
"""Characters of a word, or of a text in quotes, above which a message shows its beginning and its end."""

_LONGEST_MESSAGE = 3000
"""Characters of a message, so that one fits a terminal and a mail whatever was typed."""


def shown(sentence: str) -> str:
    """A message as printed: sanitised, one line, of limited length."""
    text = visible(sentence)
    if len(text) <= _LONGEST_VALUE:
        return text
    parts = text.split('"')
    parts[1::2] = map(_shortened, parts[1::2])
    text = " ".join(map(_shortened, '"'.join(parts).split(" ")))
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}..."


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:60]}...{value[-20:]}"


class _Said:
    """The messages so far, and whether repeated ones are dropped."""

    sentences: ClassVar[set[str]] = set()
    is_once = False
    complete: ClassVar[list[Callable[[str], str]]] = []
    """Completes the lines to type in a sentence, where one has to."""


def say_nothing_twice() -> None:
    """Drop repeated messages from now on: work done again gives the same ones."""
    _Said.is_once = True


def complete_lines(complete: Callable[[str], str]) -> None:
    """Complete the lines to type in each message from now on, with the named store."""
    _Said.complete.append(complete)


def say(sentence: str) -> None:
    """Write a message. A closed stderr is ignored."""
    if sys.stderr is None or (_Said.is_once and sentence in _Said.sentences):
        return
    _Said.sentences.add(sentence)
    if "followup " in sentence:
        for complete in _Said.complete:
            sentence = complete(sentence)
    try:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.buffer.write(_encoded(f"followup: {shown(sentence)}\n", encoding))
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        from tui.signs_an_encoding_lacks import encoded  # a terminal that does not take UTF-8 is rare

        return encoded(text, encoding)


_PATIENCE = 1.0
"""Seconds of work before progress is shown."""

_OFTEN = 0.2
"""Seconds between two updates of the progress."""


def with_progress(items: Iterable[_Item], total: int, patience: float = _PATIENCE) -> Iterator[_Item]:
    """Yield the items; on a terminal show, after `patience` seconds, how many are done."""
    if not is_watched():
        yield from items
        return
    with ProgressLine(patience) as line:
        for count, item in enumerate(items):
            line.show(lambda: tr("{count:,} of {total:,}", count=count, total=total))  # noqa: B023  It is called at once, or never.
            yield item


class ProgressLine:
    """One line on a terminal with the progress of the work, erased at the end; a context manager."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        from time import monotonic

        self._now = monotonic
        self._updated_at = monotonic() + patience - _OFTEN
        self._width = 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, *_: object) -> None:
        if self._width:
            _put(f"\r{'':<{self._width}}\r")

    def show(self, words: Callable[[], str]) -> None:
        """Show these words, once the patience is over, and not too often."""
        if self._now() - self._updated_at < _OFTEN or not is_watched():
            return
        line = f"followup: {visible(words())}"
        self._width = max(self._width, len(line))
        _put(f"\r{line:<{self._width}}")
        self._updated_at = self._now()


def is_watched() -> bool:
    """Whether stderr is a terminal."""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:
        return False


def _put(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        return
