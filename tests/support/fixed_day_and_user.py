"""The fixed day of every test, its users, and the environment of a process: nothing of the day or home outside."""

from __future__ import annotations

import os
import pwd

TODAY = "2023-03-01"
"""The day of every test, a Wednesday, unless the test says another."""

ASEL, BORIS = "asel", "boris"
"""Two people who work on one store."""

ME = pwd.getpwuid(os.getuid()).pw_name
"""The operating-system user who runs the tests."""


class StandingClock:
    """A clock that stands on one day in every time zone; each instant that it returns is a second later."""

    def __init__(self, day: str = TODAY) -> None:
        self.day = day
        self._seconds = 0

    def now(self) -> str:
        self._seconds += 1
        minutes, seconds = divmod(self._seconds, 60)
        return f"{self.day}T{9 + minutes // 60:02}:{minutes % 60:02}:{seconds:02}Z"

    def today(self, timezone: str | None) -> str:
        return self.day


def isolated(home: str, **more: str) -> dict[str, str]:
    """An environment of its own for a process: nothing of the outside but PATH, and the tests' own server."""
    return {
        "HOME": home,
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "FOLLOWUP_TODAY": TODAY,
        **{name: value for name, value in os.environ.items() if name == "PGHOST"},
        **more,
    }
