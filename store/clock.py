"""The machine's clock, with which a session or a script opens a store: the instant, and which day is today."""

from __future__ import annotations

import time

from store.errors import StoreUnusable
from store.sanitise_text import visible
from store.translation import tr


class MachineClock:
    """The machine's clock; `today` is fixed when a day is given."""

    def __init__(self, fixed_day: str | None = None) -> None:
        self._fixed_day = fixed_day

    def now(self) -> str:
        """The instant, as an ISO string in UTC."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def today(self, timezone: str | None) -> str:
        """The calendar day, as an ISO string: the fixed one, else that of the time zone, else the machine's."""
        if self._fixed_day is not None:
            return self._fixed_day
        if timezone is None:
            return time.strftime("%Y-%m-%d")
        from datetime import datetime
        from zoneinfo import ZoneInfo

        try:
            return datetime.now(ZoneInfo(timezone)).date().isoformat()
        except (ValueError, OSError, LookupError):
            raise StoreUnusable(
                tr(
                    'the store asks for the time zone "{timezone}", which this machine does not know',
                    timezone=visible(timezone),
                ),
                code="store.timezone-unknown",
            ) from None
