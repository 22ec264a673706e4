"""What is signed in a user namespace, which anybody can make, with the numbers in it that they like.

No number in it can be believed: one that stands for itself there may be another one's in a namespace around it.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.open_folder import OpenFolder

    Mapping = list[tuple[int, int, int]]

_MAP = "/proc/self/uid_map"
_STATUS = "/proc/self/status"
_SIGNED = "uid {} (user namespace, unverified)"
_ALL = (0, 0, 0xFFFFFFFF)
"""The map of the machine's own numbers."""


def unverified_user() -> str:
    """The signature in place of a user's name; empty where the machine's own numbers verify the name."""
    if not sys.platform.startswith("linux"):
        return ""
    mapping = _mapping()
    if mapping == [_ALL]:
        return ""
    return _SIGNED.format(_outside(os.getuid(), mapping))


def number_signed_in_namespace(name: str) -> int | None:
    """The number in such a signature; None for any other name, and in a namespace, where files have other owners."""
    begin, end = _SIGNED.split("{}")
    number = name.removeprefix(begin).removesuffix(end)
    is_signed = name == _SIGNED.format(number) and number.isascii() and number.isdecimal()
    return int(number) if is_signed and not unverified_user() else None


def is_users_alone(folder: OpenFolder, name: str) -> bool:
    """Whether only the user and root may now write to a store and in its folder."""
    above, store = folder.status(), folder.status_of(name)
    there = [above] if store is None else [above, store]
    # An ACL that lets others write shows in the bits of the group.
    return all(status.st_uid in (0, os.geteuid()) and not status.st_mode & 0o022 for status in there)


def _mapping() -> Mapping:
    """The lines of the map: first number inside, first outside, how many. Empty where the kernel does not tell."""
    try:
        with open(_MAP, "rb", buffering=0) as file:
            lines = file.readall().splitlines()
        return [(int(inside), int(outside), int(count)) for inside, outside, count in map(bytes.split, lines)]
    except FileNotFoundError:
        return [_ALL] if os.path.exists(_STATUS) else []  # A kernel that has no namespaces of users.
    except (OSError, ValueError):
        return []


def _outside(user: int, mapping: Mapping) -> int:
    return next((outside + user - inside for inside, outside, count in mapping if 0 <= user - inside < count), user)
