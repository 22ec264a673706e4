"""The holder of a lock: by the kernel's record, named by the signature only where both agree."""

from __future__ import annotations

import os
import re

from store.file.lock import mark_of, may_be_planted
from store.sanitise_text import visible
from store.translation import phrase, tr
from store.users_and_groups import account_name

UNSIGNED = phrase("a process that did not sign")
_SIGNED = re.compile(r"(.*) \(process (\d+) on (.*)\) since ")


def holder(descriptor: int) -> str:
    """The holder of the lock, and since when; an unsigned one by its number. Empty when unknown.

    Who signed is named when the kernel tells that process as the holder, the process itself says so by its name, and
    the signature is that of its user. The user of another one is told where it is seen to have the lock open: the
    number may be that of a process that ended, and another's by now.
    """
    holders = _holders(descriptor)
    signed = _read_signature(descriptor)
    if (found := _SIGNED.match(signed)) and int(found[2]) in holders and found[3] == os.uname().nodename:
        owner = _owner_of(int(found[2]))
        is_own = owner and (found[1] == owner or found[1].startswith(f"{owner} ("))
        if is_own and _says_it_holds(int(found[2]), descriptor):
            return tr(
                "{who} (process {process} on {machine}) since {instant}",
                who=found[1],
                process=found[2],
                machine=found[3],
                instant=signed[found.end() :],
            )
    facts = [
        tr("{process}, of {owner}", process=process, owner=owner)
        if _has_open(process, descriptor) and (owner := _owner_of(process))
        else str(process)
        for process in holders
    ]
    return f"{tr(UNSIGNED)} ({'; '.join(facts)})" if facts else ""


def is_held_here(descriptor: int) -> bool:
    """Whether this process holds the lock."""
    return os.getpid() in _holders(descriptor)


def _read_signature(descriptor: int) -> str:
    try:
        if may_be_planted(descriptor):
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
    with open(f"/proc/self/fdinfo/{descriptor}", encoding="ascii") as facts:
        mount = next(line.split()[1] for line in facts if line.startswith("mnt_id:"))
    with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as mounts:
        device = next(fields[2] for line in mounts if (fields := line.split(" ", 3))[0] == mount)
    major, minor = map(int, device.split(":"))
    return f"{major:02x}:{minor:02x}"


def _says_it_holds(process: int, descriptor: int) -> bool:
    try:
        with open(f"/proc/{process}/comm", "rb") as name:
            return name.read().rstrip(b"\n") == mark_of(os.fstat(descriptor)).encode()
    except OSError:
        return False


def _has_open(process: int, descriptor: int) -> bool:
    """Whether a process has the file open, as far as the user may see that: of their own processes, and root of all."""
    folder, lock = f"/proc/{process}/fd", os.fstat(descriptor)
    try:
        return any(os.path.samestat(os.stat(f"{folder}/{name}"), lock) for name in os.listdir(folder))
    except OSError:
        return False


def _owner_of(process: int) -> str:
    """The name of the real user of a process; empty when it has ended."""
    try:
        with open(f"/proc/{process}/status", encoding="ascii", errors="replace") as status:
            user = next(int(line.split()[1]) for line in status if line.startswith("Uid:"))
    except (OSError, StopIteration, ValueError):
        return ""
    return account_name(user)
