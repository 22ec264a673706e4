"""The stores that restores replaced: their names beside the store, and which are removed after a time."""

from __future__ import annotations

import re

from store.rules.retention import outdated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.open_folder import OpenFolder

_INSTANT = re.compile(r"\.replaced-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-\d+)?\.json")


def name_for_replaced(store: str, folder: OpenFolder, now: str, what: str = "replaced") -> str:
    """A free name for the store of this name that is replaced, or `what` else, at this instant (ISO)."""
    stem = f"{store.removesuffix('.json')}.{what}-{now.replace('-', '').replace(':', '')}"
    name, count = f"{stem}.json", 1
    while folder.status_of(name) is not None:
        count += 1
        name = f"{stem}-{count}.json"
    return name


def outdated_stores(store: str, folder: OpenFolder, today: str) -> list[str]:
    """The names of replaced stores that lie there for too long, the oldest first."""
    stem = store.removesuffix(".json")
    found = {name: _INSTANT.fullmatch(name, len(stem)) for name in folder.names() if name.startswith(stem)}
    return outdated({name: "{}-{}-{}T{}:{}:{}Z".format(*of.groups()) for name, of in found.items() if of}, today)
