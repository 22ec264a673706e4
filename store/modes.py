"""Who may open the files of a store: the modes that its folder asks for, and how they are changed."""

import os
import stat


def sharing_group(folder: str) -> int | None:
    """The group that shares what is in a folder: that of one which hands its group on and lets it write."""
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_gid if stat.S_IMODE(status.st_mode) & 0o2020 == 0o2020 else None


def mode_at(path: str) -> int:
    """The mode of what stands at a path itself, not behind a link; 0 when there is nothing."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def set_mode(path: str, mode: int) -> None:
    """Change the mode of a file, never of what a link in its place points to. Raises: OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
    try:
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)
