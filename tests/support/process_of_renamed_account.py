"""A process whose account has a number and a name of its own, as after `usermod -l`."""

import os
import pwd

VARIABLE = "FOLLOWUP_TEST_NAME"
"""In the environment: the name of the account."""

UID = 54321
"""The number of the account."""


def named_account() -> None:
    """Make this process one of an account with the number `UID`, under the name that its environment says."""
    name = os.environ[VARIABLE]
    sound = pwd.getpwuid

    def entry(uid: int) -> pwd.struct_passwd:
        return pwd.struct_passwd((name, "x", UID, UID, "", "/", "/bin/sh")) if uid == UID else sound(uid)

    os.getuid = lambda: UID
    pwd.getpwuid = entry
