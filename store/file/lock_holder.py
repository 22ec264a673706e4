"""Who holds the lock of a store: told by the kernel, and named as the lock is signed only where that agrees."""

from __future__ import annotations

import os
import re

from store.file.lock import has_other_names
from store.text import visible

UNSIGNED = "a process that did not sign"
_SIGNED = re.compile(r"(.*) \(process (\d+) on (.*)\) since ")


def holder(descriptor: int) -> str:
    """The holder of the lock, and since when; one who did not sign is told by process and user. Empty when unknown."""
    signed = _read_signature(descriptor)
    holders = _holders(descriptor)
    if (found := _SIGNED.match(signed)) and int(found[2]) in holders and found[3] == os.uname().nodename:
        owner = _owner_of(int(found[2]))
        is_own = found[1] == owner or found[1].startswith(f"{owner} (")
        return signed if is_own else f"{signed}, as a process of {owner} says"
    told = [f"{process}, of {owner}" for process in holders if (owner := _owner_of(process))]
    return f"{UNSIGNED} ({'; '.join(told)})" if told else ""


def _read_signature(descriptor: int) -> str:
    try:
        if has_other_names(descriptor):
            return ""
        note = os.pread(descriptor, 200, 0).partition(b"\n")[0]
        return visible(note.decode("utf-8", "replace").strip(" \0"))
    except OSError:
        return ""


def _holders(descriptor: int) -> list[int]:
    """The processes that hold a lock (flock) on an open file, as the kernel tells."""
    try:
        inode = os.fstat(descriptor).st_ino
        place = f"{_device_of(descriptor)}:{inode}"
        with open("/proc/locks", encoding="ascii", errors="replace") as locks:
            lines = [line.split() for line in locks]
    except (OSError, LookupError, ValueError):
        return []
    return [int(line[4]) for line in lines if line[1:2] == ["FLOCK"] and line[5] == place and line[4].isdecimal()]


def _device_of(descriptor: int) -> str:
    """The device of an open file as /proc/locks writes it: that of its mount, which is not `st_dev` on btrfs."""
    with open(f"/proc/self/fdinfo/{descriptor}", encoding="ascii") as told:
        mount = next(line.split()[1] for line in told if line.startswith("mnt_id:"))
    with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as mounts:
        device = next(fields[2] for line in mounts if (fields := line.split(" ", 3))[0] == mount)
    major, minor = map(int, device.split(":"))
    return f"{major:02x}:{minor:02x}"


def _owner_of(process: int) -> str:
    """The name of the user whose process this is; empty when it has ended."""
    import pwd

    try:
        user = os.stat(f"/proc/{process}").st_uid
    except OSError:
        return ""
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"uid {user}"
