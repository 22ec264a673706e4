"""The machine's clock and the operating-system user, with which a session or a script opens a store."""

from __future__ import annotations

import os
import time

from store.errors import StoreUnusable
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


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
                f'the store asks for the time zone "{visible(timezone)}", which this machine does not know',
                code="store.timezone-unknown",
            ) from None


def user_name(environment: Mapping[str, str]) -> str:
    """The name of the operating-system user, not $USER; under sudo with $SUDO_USER, unverified."""
    import pwd

    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        name = f"uid {os.getuid()}"
    sudo = environment.get("SUDO_USER")
    return f"{name} (SUDO_USER={visible(sudo)}, unverified)" if sudo and os.getuid() == 0 and sudo != name else name
