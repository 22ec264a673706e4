"""Progress and cancellation of long work in a thread."""

from collections.abc import Callable
from threading import Event
from time import monotonic


class LongTask:
    """Progress and stop flag shared by a working thread and the form that waits for it."""

    PATIENCE = 1.0
    """Seconds of work before anything is said of it."""

    def __init__(self) -> None:
        self._words: Callable[[], str] = lambda: ""
        self._stop = Event()
        self._begun = monotonic()

    @property
    def is_stopped(self) -> bool:
        """Whether the work is to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Stop the work at its next check."""
        self._stop.set()

    def report(self, words: Callable[[], str]) -> None:
        """Report the progress; the words are made when they are shown."""
        self._words = words

    @property
    def words(self) -> str:
        """The progress; empty while the work is short."""
        return self._words() if monotonic() - self._begun >= self.PATIENCE else ""
