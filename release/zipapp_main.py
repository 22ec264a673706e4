"""The start of the zipapp: unpacks it once into a folder of one's own, and runs the program from there.

Python compiles what it imports from a zip anew at each start, which takes seconds; from a folder it does so once. What
is unpacked is compared with its sum first. Later starts ask only who can write in the folder, or in one above it, and
so put another there: who can write in a folder of one's own, 0700, needs no other way in.
"""

import os
import stat
import sys


def _home() -> str:
    """The home of the user whose rights this process has: under sudo `$HOME` may be another's."""
    home = os.environ.get("HOME", "")
    try:
        if os.path.isabs(home) and os.stat(home).st_uid == os.geteuid():
            return home
    except OSError:
        pass
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_dir
    except KeyError:
        return "/"


def _is_own(folder: str) -> bool:
    """Whether a path is a folder that nobody else can write in. Raises: FileNotFoundError."""
    status = os.lstat(folder)
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o022


def _refuse_open_above(folder: str) -> None:
    """Refuse a path below a folder in which others can put something else in the place of what is in it.

    The program goes on to import from there as long as it runs. Raises: OSError, ValueError.
    """
    while (folder := os.path.dirname(folder)) != "/":
        status = os.stat(folder)
        is_theirs = status.st_uid in (0, os.geteuid()) or _is_unmapped(status.st_uid)
        is_open = status.st_mode & 0o002 or (status.st_mode & 0o020 and not _is_of_own_group(folder, status.st_gid))
        if not is_theirs or (is_open and not status.st_mode & stat.S_ISVTX):
            raise ValueError(f"{folder} belongs to another user, or others can write in it: set XDG_CACHE_HOME")


def _is_unmapped(owner: int) -> bool:
    """Whether this is the number that stands in a user namespace for root and all others of the machine."""
    if owner != 65534:
        return False
    try:
        with open("/proc/self/uid_map", encoding="ascii") as file:
            return file.read().split() != ["0", "0", "4294967295"]
    except OSError:
        return False


def _is_of_own_group(folder: str, group: int) -> bool:
    """Whether the group that may write in a folder is root's, or has this user alone; where it has an ACL, never."""
    import grp
    import pwd

    try:
        os.getxattr(folder, "system.posix_acl_access")
        return False
    except (OSError, AttributeError):
        pass  # It has none.
    try:
        account, entry = pwd.getpwuid(os.geteuid()), grp.getgrgid(group)
    except KeyError:
        return group == 0
    if group == 0 or entry.gr_name != account.pw_name or not set(entry.gr_mem) <= {account.pw_name}:
        return group == 0
    return all(other.pw_uid == account.pw_uid for other in pwd.getpwall() if other.pw_gid == group)


def _read(name: str) -> bytes:
    """A file of the zip beside this: what imports from a zip reads it, without the library for zips."""
    data: bytes = __loader__.get_data(os.path.join(os.path.dirname(__file__), name))  # type: ignore[name-defined]
    return data


def _unpacked() -> str:
    """The folder with the files of this build, unpacked now or earlier. Raises: OSError, ValueError."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    base = os.path.join(base if os.path.isabs(base) else os.path.join(_home(), ".cache"), "followup")
    total = _read("files.sha256").decode()
    os.makedirs(base, 0o700, exist_ok=True)
    base = os.path.realpath(base)  # So that no link in it can lead elsewhere by the time of an import.
    folder = os.path.join(base, total[:32])
    _refuse_open_above(base)
    if not _is_own(base):
        raise ValueError(f"{base} belongs to another user, or others can write in it: set XDG_CACHE_HOME")
    try:
        if _is_own(folder):
            return folder
        raise ValueError(f"{folder} belongs to another user, or others can write in it: remove it")
    except FileNotFoundError:
        _unpack(_read("files.zip"), total, base, folder)
        return folder


def _unpack(packed: bytes, total: str, base: str, folder: str) -> None:
    """Unpack all files, under another name until they are complete. Raises: OSError, ValueError."""
    from hashlib import sha256
    from io import BytesIO
    from shutil import rmtree
    from tempfile import mkdtemp
    from zipfile import BadZipFile, ZipFile

    if sha256(packed).hexdigest() != total:
        raise ValueError("the file is damaged: get it anew")
    temporary = mkdtemp(prefix="unpacking-", dir=base)
    usual = os.umask(0o077)
    try:
        with ZipFile(BytesIO(packed)) as files:
            files.extractall(temporary)
        try:
            os.rename(temporary, folder)
        except OSError:
            if not os.path.isdir(folder):
                raise
            # Another start of the program was quicker.
            rmtree(temporary, ignore_errors=True)
    except BadZipFile as error:
        rmtree(temporary, ignore_errors=True)
        raise ValueError(f"the file is damaged: {error}") from None
    except BaseException:
        rmtree(temporary, ignore_errors=True)
        raise
    finally:
        os.umask(usual)


def _behind_the_standard_library(folder: str) -> None:
    """Look for modules in a folder before those of the machine's own packages, as an installed program would.

    What the machine has beside is kept behind it: a script of the user's may need it.
    """
    library = os.path.dirname(os.__file__)
    own = [place for place, each in enumerate(sys.path) if each == library or os.path.basename(each) == "lib-dynload"]
    sys.path.insert(own[-1] + 1 if own else 0, folder)


def _start() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 # A bare machine may have an older one.
        sys.exit("followup needs Python 3.11 or newer: python3.11 " + sys.argv[0])
    # In the zip beside this; in the source it is tui/launcher.py.
    from launcher import leave_out_foreign_folders  # type: ignore[import-not-found]

    leave_out_foreign_folders()
    try:
        folder = _unpacked()
    except (OSError, ValueError) as error:
        sys.exit(f"followup: cannot be unpacked: {error}")
    _behind_the_standard_library(folder)

    from tui.__main__ import main

    main()


if __name__ == "__main__":
    _start()
