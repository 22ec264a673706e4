"""The accounts and groups of the machine: who uses the program, and the names that an account had."""

from __future__ import annotations

import os

from store.sanitise_text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.model.record_types import Accounts


def names_of_account(name: str, uid: int | None, accounts: Accounts | None) -> frozenset[str]:
    """The names under which an account changed a store: its `name`, and its former ones.

    `accounts` is what the store kept. Another name with the same number was this account's, unless it was on another
    machine, or this one has an account of that name. Root is nobody's: who became root stands in the name.
    Source: docs/rules.md, Events and undo.
    """
    if not uid or accounts is None or accounts["machine"] != os.uname().nodename:
        return frozenset((name,))
    before = [other for other, number in accounts["numbers"].items() if number == uid and other != name]
    return frozenset((name, *(other for other in before[-_MOST_RENAMED:] if number_of_account(other) is None)))


def with_account(accounts: Accounts | None, name: str, uid: int | None) -> Accounts | None:
    """The accounts of a store with this one, as `names_of_account` needs them; the same where nothing is new.

    More names than people have were put there by another program, and are given up: they would fill the first line.
    """
    machine = os.uname().nodename
    if accounts is not None and sum(map(len, accounts["numbers"])) > _MOST_OF_NAMES:
        accounts = {"machine": machine, "numbers": {}}
    if not uid or (accounts is not None and accounts["machine"] == machine and accounts["numbers"].get(name) == uid):
        return accounts
    numbers = accounts["numbers"] if accounts is not None and accounts["machine"] == machine else {}
    return {"machine": machine, "numbers": {**numbers, name: uid}}


_MOST_OF_NAMES = 20_000
"""The letters of all names of accounts that a store keeps."""

_MOST_RENAMED = 10
"""Earlier names of an account that are looked up on the machine, since each may ask a server."""


def number_of_account(name: str) -> int | None:
    """The number of an account by its name; None for one that the machine does not know."""
    import pwd

    try:
        return pwd.getpwnam(name).pw_uid
    except (KeyError, ValueError):
        return None


def number_of_signer(who: str) -> int | None:
    """The number of the account that an event says to be of; None for one that the machine does not know.

    What looks like the name of an account is taken for it, as one with blanks around it or in capitals.
    """
    name = without_sudo(who).strip()
    of_nobody = name.removeprefix("uid ")
    if of_nobody != name and of_nobody.isdecimal():
        return int(of_nobody)
    number = number_of_account(name)
    return number_of_account(name.casefold()) if number is None else number


def without_sudo(who: str) -> str:
    """The account name of an event, without the part on who became root."""
    return who.partition(_UNDER_SUDO)[0]


_UNDER_SUDO = " (SUDO_USER="
"""Stands behind the name of root, before who says to have become root."""


def user_name(environment: Mapping[str, str]) -> str:
    """The name of the operating-system user, not $USER; under sudo with $SUDO_USER, unverified."""
    name = account_name(os.getuid())
    sudo = environment.get("SUDO_USER")
    return f"{name}{_UNDER_SUDO}{visible(sudo)}, unverified)" if sudo and os.getuid() == 0 and sudo != name else name


def account_name(uid: int) -> str:
    """The name of an account by its number; `uid 1001` for one that the machine does not know."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"


def group_name(number: int) -> str:
    """The name of a group by its number; the number itself for one that the machine does not know."""
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def groups_of(uid: int) -> list[int]:
    """The groups that an account is in, by its number; none for one that the machine does not know."""
    import pwd

    try:
        account = pwd.getpwuid(uid)
    except KeyError:
        return []
    return os.getgrouplist(account.pw_name, account.pw_gid)


def is_group_of_one(group: int, uid: int) -> bool:
    """Whether a group has an account's name and nobody else in it: as members, or as the group of their account.

    Most systems make a group for each account. Of accounts that a directory service does not list only the members of
    the group are known.
    """
    import grp
    import pwd

    try:
        account, entry = pwd.getpwuid(uid), grp.getgrgid(group)
    except KeyError:
        return False
    if entry.gr_name != account.pw_name or not set(entry.gr_mem) <= {account.pw_name}:
        return False
    return all(other.pw_uid == uid for other in pwd.getpwall() if other.pw_gid == group)
