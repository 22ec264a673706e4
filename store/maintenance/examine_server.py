"""Examines the server of a store: its version, the connection, what a power cut or a lost disk would lose."""

from __future__ import annotations

import re
import time
from functools import partial

from store.maintenance.finding import Finding
from store.sanitise_text import visible
from store.server import statements
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.server.server_store import ServerStore

_OLDEST = 14
"""The oldest PostgreSQL that it is written for."""

_MOST_SECONDS_OFF = 5
"""Seconds by which the clocks of two machines may differ: less is nothing that people see."""

_POSTGRESQL, _YUGABYTE = "PostgreSQL", "-YB-"


def examine_engine(server: ServerStore) -> Iterator[tuple[str, Callable[[], Iterator[Finding]]]]:
    """The examinations, each with its subject."""
    yield tr("whether it is a standby"), partial(_recovery, server)
    yield tr("settings of the server"), partial(_settings, server)
    yield tr("settings of roles"), partial(_settings_of_roles, server)
    yield tr("what the server is"), partial(_engine, server)
    yield tr("its standbys"), partial(_standbys, server)
    yield tr("how it isolates changes"), partial(_isolation, server)
    yield tr("its clock"), partial(_clock, server)


def _note(sentence: str, *, code: str = "") -> Finding:
    """What is good to know of the server, and no fault."""
    return Finding(tr("server: {sentence}", sentence=sentence), code=code, is_fault=False)


def _recovery(server: ServerStore) -> Iterator[Finding]:
    if server.ask(statements.IN_RECOVERY) == [(True,)]:
        yield Finding(tr("the server is a standby: the store can be looked at here, and not changed"))


def _settings(server: ServerStore) -> Iterator[Finding]:
    for name, setting in server.ask(statements.SETTINGS):
        if setting == "off":
            yield Finding(tr("the server has {name} = off: what was acknowledged is lost in a power cut", name=name))


def _settings_of_roles(server: ServerStore) -> Iterator[Finding]:
    for role, given in server.ask(statements.OWN_SETTINGS):
        name, _, setting = given.partition("=")
        if setting in ("off", "false", "0", "no"):
            sentence = (
                phrase("the changes of {role} are made with {name} = off: what was acknowledged is lost in a power cut")
                if role
                else phrase(
                    "all changes in this database are made with {name} = off: what was acknowledged is lost in a power "
                    "cut"
                )
            )
            yield Finding(tr(sentence, role=visible(role), name=name))


def _engine(server: ServerStore) -> Iterator[Finding]:
    version, way = _version(server), server.way()
    where = phrase("{server} on this machine")
    if way.host:
        where = phrase("{server} at {host}, encrypted") if way.is_encrypted else phrase("{server} at {host}")
    yield _note(tr(where, server=visible(version), host=visible(way.host)))
    if not _is_postgresql(version):
        yield _note(tr("followup is written for it, and was tried on PostgreSQL only"))
    elif (number := re.search(r"\d+", version)) and int(number[0]) < _OLDEST:
        yield _note(tr("followup is written for PostgreSQL {oldest} and newer", oldest=_OLDEST))
    if way.host and not way.is_encrypted:
        yield _note(
            tr(
                "the way to {host} is not encrypted: whoever is on it can read, and change what is sent",
                host=visible(way.host),
            ),
            code="doctor.not-encrypted",
        )
    elif way.host and not way.is_checked:
        yield _note(
            tr("its certificate is not checked: whoever takes its place on the way is not found out"),
            code="doctor.certificate-not-checked",
        )


def _version(server: ServerStore) -> str:
    ((version,),) = server.ask(statements.VERSION)
    name = str(version).partition(" (")[0].partition(" on ")[0].partition(",")[0]
    return f"YugabyteDB ({name})" if _YUGABYTE in name else name


def _is_postgresql(version: str) -> bool:
    return version.startswith(_POSTGRESQL)


def _standbys(server: ServerStore) -> Iterator[Finding]:
    if not _is_postgresql(_version(server)):
        return  # What the others have acknowledged stands on several machines.
    settings = dict(server.ask(statements.SETTINGS))
    if not settings.get("synchronous_standby_names") or settings.get("synchronous_commit") == "local":
        yield _note(tr("no synchronous standby: what is acknowledged is lost with this server's disk"))
    elif server.ask(statements.STANDBYS) == [(0,)]:
        yield Finding(tr("no standby is connected, and one has to confirm each change: changes wait until it is there"))


def _isolation(server: ServerStore) -> Iterator[Finding]:
    ((level, effective),) = server.ask_as_a_change(statements.ISOLATION)
    if (level_in_force := (effective or level).lower()) != "read committed":
        yield _note(
            tr(
                "READ COMMITTED is taken as {level}: changes at the same time work by trying again, and "
                "who waits longest is not the next",
                level=visible(level_in_force).upper(),
            )
        )


def _clock(server: ServerStore) -> Iterator[Finding]:
    before = time.time()
    ((instant,),) = server.ask(statements.CLOCK)
    ahead, behind = instant - time.time(), before - instant
    if max(ahead, behind) > _MOST_SECONDS_OFF:
        sentence = (
            phrase("its clock is {seconds:.0f} s ahead of this machine's: changes are dated by the server's")
            if ahead > 0
            else phrase("its clock is {seconds:.0f} s behind this machine's: changes are dated by the server's")
        )
        yield _note(tr(sentence, seconds=max(ahead, behind)))
