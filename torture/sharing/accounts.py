"""Three accounts of one machine where root runs this, else the one account that does."""

from __future__ import annotations

import grp
import json
import os
import pwd
import shutil
import stat
import struct
from collections.abc import Iterator, Sequence
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

from tests.support.fixed_day_and_user import isolated
from tests.support.fork_for_many_commands import PreloadedProgram
from tests.support.program_with_injections import Injection, Program, environment, is_root
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import Result, followup
from torture.testbed import Sandbox, Testbed

NAMES = ("daemon", "bin", "nobody")
"""Accounts that every system has: the first two share a group here, the third is the outsider."""


_WITH_GROUPS = 'mount --make-rprivate / && mount --bind "$0" /etc/group && exec "$@"'
"""Starts a command for which another file says who is in which group."""


class Account:
    """Somebody with a home, who runs the program as his account."""

    def __init__(self, server: Server, account: pwd.struct_passwd, prefix: Sequence[str] = ()) -> None:
        self.name = account.pw_name
        self.uid, self.gid = account.pw_uid, account.pw_gid
        self.home = server.root / f"home-{self.name}"
        self.home.mkdir(mode=0o700)
        os.chown(self.home, self.uid, self.gid)
        self._prefix = prefix
        self._server = server
        self.program = self.as_account(server.program)

    def as_account(self, program: Program) -> Program:
        """The program, started by this account."""
        return program.under(*self._prefix)

    def after(self, *injections: Injection) -> Program:
        """The program under test with functions that run before it."""
        return self.as_account(self._server.program.after(*injections))

    def preloaded(self, store: Path, injections: Sequence[Injection], **more: str) -> PreloadedProgram:
        """The program under test after these functions, in a process that runs many command lines."""
        return PreloadedProgram(self._server.program.after(*injections), self.env(store, **more), self.as_account)

    def out_of_the_group(self) -> Account:
        """The same one, logged in anew after he was taken out of the group."""
        found = copy(self)
        found._prefix = [*self._prefix[:-1], "--clear-groups"]
        found.program = found.as_account(self._server.program)
        return found

    def env(self, store: Path, **more: str) -> dict[str, str]:
        """The surroundings of his processes."""
        return {**environment(self.home, store), "PYTHONDONTWRITEBYTECODE": "1", **more}

    def app(self, store: Path, **more: str) -> PtyScreen:
        """The app in a terminal; `more` is added to the surroundings."""
        return self.program.in_terminal(env=self.env(store, **more))

    def run(
        self, store: Path, *argv: str, umask: int = 0o077, env: dict[str, str] | None = None, **more: Any
    ) -> Result:
        """The program under test, to its end; `env` is added to the surroundings."""
        usual = {"cwd": str(self.home), "umask": umask}
        return self.program.run(*argv, env=self.env(store, **(env or {})), **{**usual, **more})


class Server:
    """A folder that all can reach, with homes and stores. `alone` says why there is one person only, or is None."""

    def __init__(self, testbed: Testbed, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.root = sandbox.folder.parent
        self.root.chmod(0o755)
        self.program = testbed.program
        sandbox.make()
        self._sound = sandbox.store.read_bytes()
        self._groups = self.root / "group"
        self._listed: tuple[str, ...] = ()
        self.accounts: list[Account] = []
        self.alone = self._find_accounts() if is_root() else "other accounts need root"
        self.me = Account(self, pwd.getpwuid(os.geteuid()), self._listed if self.accounts else ())
        self.group = _spare_group(self.accounts) if self.accounts else os.getegid()
        self._made = 0

    @property
    def first(self) -> Account:
        """The one who owns the stores: not root, if that can be helped."""
        return self.accounts[0] if self.accounts else self.me

    def _find_accounts(self) -> str | None:
        if (setpriv := shutil.which("setpriv")) is None:
            return "there is no setpriv to become another account with"
        try:
            entries = [pwd.getpwnam(name) for name in NAMES]
        except KeyError:
            return f"this system has not the accounts {', '.join(NAMES)}"
        group = _spare_group(entries)
        self.list_members(group, NAMES[:-1])
        self._listed = ("unshare", "--mount", "sh", "-c", _WITH_GROUPS, str(self._groups))
        if not _may_start_python(self._listed):
            return "this machine lets nobody say who is in a group for some processes (unshare --mount)"
        for entry in entries:
            is_member = entry.pw_name != NAMES[-1]
            groups = f"--groups={group}" if is_member else "--clear-groups"
            prefix = (*self._listed, setpriv, f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", groups)
            if not _may_start_python(prefix):
                self.accounts = []
                return "another account may not start the interpreter"
            self.accounts.append(Account(self, entry, prefix))
        return None

    def list_members(self, group: int, names: Sequence[str]) -> None:
        """Have the accounts of these names, and no others, be members of a group, for all that is started here."""
        lines = [line.split(":") for line in Path("/etc/group").read_text().splitlines() if line.count(":") == 3]
        lines = [[*line[:3], ",".join(names) if line[2] == str(group) else line[3]] for line in lines]
        self._groups.write_text("".join(":".join(line) + "\n" for line in lines))
        self._groups.chmod(0o644)

    def folder(self, owner: Account, mode: int, group: int | None = None) -> Path:
        """A new folder of somebody."""
        self._made += 1
        path = self.root / f"srv{self._made}"
        path.mkdir()
        os.chown(path, owner.uid, self.group if group is None else group)
        path.chmod(mode)
        return path

    def store(self, owner: Account, folder: int = 0o2770, mode: int = 0o660, group: int | None = None) -> Path:
        """A store of somebody in a new folder, as it was moved there: without lock and copies."""
        path = self.folder(owner, 0o700, group) / "commitments.json"
        path.write_bytes(self._sound)
        os.chown(path, owner.uid, self.group if group is None else group)
        path.chmod(mode)
        path.parent.chmod(folder)
        return path

    def last_who(self, store: Path) -> str:
        """Who made the last change, as the history says."""
        events = json.loads(followup("history", "--json", env=self.me.env(store)).out)
        return str(events[-1]["who"])


@cache
def _may_start_python(prefix: tuple[str, ...]) -> bool:
    """Whether the account that these words make of a process may run what is installed here."""
    return Program().under(*prefix).run("--version", env=isolated("/"), cwd="/").code == 0


def _spare_group(accounts: Sequence[Any]) -> int:
    """A group in which none of the accounts is by itself."""
    own = {0, *(getattr(each, "pw_gid", None) or getattr(each, "gid", 0) for each in accounts)}
    return next(entry.gr_gid for entry in grp.getgrall() if entry.gr_gid not in own)


# Who may open a file.

ACL, DEFAULT_ACL = "system.posix_acl_access", "system.posix_acl_default"
_USER_OBJ, _USER, _GROUP_OBJ, _GROUP, _MASK, _OTHER = 1, 2, 4, 8, 16, 32
_EVERYBODY = "everybody"


def acl(status: os.stat_result, user: int, rights: int) -> bytes:
    """An ACL as the kernel keeps it: the owner's and the group's rights as they are, and those of one more user."""
    mode = stat.S_IMODE(status.st_mode)
    nobody = 0xFFFFFFFF
    entries = [(_USER_OBJ, mode >> 6 & 7, nobody), (_USER, rights, user), (_GROUP_OBJ, mode >> 3 & 7, nobody)]
    entries += [(_MASK, 7, nobody), (_OTHER, mode & 7, nobody)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def who_may(path: str | Path) -> set[str]:
    """Who may do anything at all with a file or folder, by its mode and its ACL."""
    status = os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        return set()
    entries = list(_entries(path))
    if not entries:
        mode = status.st_mode
        entries = [(_USER_OBJ, mode >> 6 & 7, 0), (_GROUP_OBJ, mode >> 3 & 7, 0), (_OTHER, mode & 7, 0)]
    mask = next((rights for tag, rights, _ in entries if tag == _MASK), 7)
    found = {f"user {status.st_uid}"}
    for tag, rights, number in entries:
        if tag in (_USER, _GROUP_OBJ, _GROUP) and rights & mask:
            found.add({_USER: f"user {number}", _GROUP: f"group {number}"}.get(tag, f"group {status.st_gid}"))
        elif tag == _OTHER and rights:
            found.add(_EVERYBODY)
    return found


def _entries(path: str | Path) -> Iterator[tuple[int, int, int]]:
    try:
        raw = os.getxattr(path, ACL)
    except OSError:
        return
    yield from struct.iter_unpack("<HHI", raw[4:])


def below(*folders: Path) -> Iterator[str]:
    """Every file and folder below some folders."""
    for folder in folders:
        for where, names, files in os.walk(folder):
            yield from (os.path.join(where, name) for name in (*names, *files))
