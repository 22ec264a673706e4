"""Whether a user's number is what the kernel gave, or one of a user namespace, which anybody can make.

`unshare -U --map-user=N` and `unshare -r` run a program under any number, and so under any name, in a namespace of
one's own. Containers are such namespaces as well. A name is taken there where it can deceive nobody: in a store that
the user alone can change, or where everybody who has to do with the store is inside, in a namespace that is wide enough
to be a machine.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.open_folder import OpenFolder

    Mapping = list[tuple[int, int, int]]

_MAP = "/proc/self/uid_map"
_ALL = (0, 0, 0xFFFFFFFF)
"""The map of the machine's own numbers."""

_UNMAPPED = 65534
"""The number that stands for each one which is not in the namespace."""

_OF_A_MACHINE = 65536
"""Numbers that a namespace has in which a whole system runs."""


def unverified_user(folder: OpenFolder, name: str) -> str:
    """What is signed in the place of a user's name in the store `name`; empty where the name can be taken."""
    if not sys.platform.startswith("linux"):
        return ""
    mapping = _mapping()
    if mapping == [_ALL] or _deceives_nobody(folder, name, mapping):
        return ""
    return f"uid {_outside(os.getuid(), mapping)} (user namespace, unverified)"


def _mapping() -> Mapping:
    """The lines of the map: first number inside, first outside, how many. Empty where the kernel does not tell."""
    try:
        with open(_MAP, "rb", buffering=0) as file:
            lines = file.readall().splitlines()
        return [(int(inside), int(outside), int(count)) for inside, outside, count in map(bytes.split, lines)]
    except (OSError, ValueError):
        return []


def _outside(user: int, mapping: Mapping) -> int:
    return next((outside + user - inside for inside, outside, count in mapping if 0 <= user - inside < count), user)


def _deceives_nobody(folder: OpenFolder, name: str, mapping: Mapping) -> bool:
    above, store = folder.status(), folder.status_of(name)
    there = [above] if store is None else [above, store]
    # An ACL that lets others write shows in the bits of the group.
    if not any(status.st_mode & 0o022 for status in there):
        return all(status.st_uid in (0, os.geteuid()) for status in there)
    is_inside = not any(_UNMAPPED in (status.st_uid, status.st_gid) for status in there)
    return is_inside and sum(count for _, _, count in mapping) >= _OF_A_MACHINE
