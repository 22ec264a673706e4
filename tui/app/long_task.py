"""Work in a thread that takes long: how far it is, and whether the person stopped it."""

from collections.abc import Callable
from threading import Event
from time import monotonic


class LongTask:
    """Shared by the thread that works and the form that waits for it."""

    PATIENCE = 1.0
    """Seconds of work before anything is said of it."""

    def __init__(self) -> None:
        self._words: Callable[[], str] = lambda: ""
        self._stop = Event()
        self._begun = monotonic()

    @property
    def is_stopped(self) -> bool:
        """Whether the work is to end."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Have the work end as soon as it looks."""
        self._stop.set()

    def report(self, words: Callable[[], str]) -> None:
        """Say how far the work is; the words are asked for when they are shown."""
        self._words = words

    @property
    def words(self) -> str:
        """How far the work is; empty while it has not taken long."""
        return self._words() if monotonic() - self._begun >= self.PATIENCE else ""
