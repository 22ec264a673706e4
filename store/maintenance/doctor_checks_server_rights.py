"""Examines the grants on a server store, against those of `init`."""

from __future__ import annotations

from functools import partial

from store.maintenance.finding import Finding
from store.sanitise_text import visible
from store.server import schema, statements
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from store.server.server_store import ServerStore

    Rights = set[tuple[str, str]]

_EVERYBODY = "-"
"""How a server calls everybody in what it lists."""


def examine_rights(server: ServerStore) -> Iterator[tuple[str, Callable[[], Iterator[Finding]]]]:
    """The examinations, each with its subject."""
    yield tr("who may do what"), partial(_grants, server)
    yield tr("row security"), partial(_row_security, server)


def _grants(server: ServerStore) -> Iterator[Finding]:
    rights: dict[str, Rights] = {}
    for role, where, right in server.ask(statements.GRANTS):
        rights.setdefault(role, set()).add((where, right))
    for role, has in rights.items():
        who = tr("everybody on the server") if role == _EVERYBODY else visible(role)
        is_member = ("events", "INSERT") in has and role != _EVERYBODY
        should = schema.MEMBERS_MAY if is_member else schema.READERS_MAY
        if more := has - should if role != _EVERYBODY else has:
            to = "PUBLIC" if role == _EVERYBODY else role
            revokes = [(f"REVOKE {_right(each)} FROM {to}", ()) for each in sorted(more)]
            yield Finding(
                tr("{who} may {rights}, which init grants nobody", who=who, rights=_said(more)),
                partial(server.mend, revokes),
            )
        if is_member and (less := should - has):
            given = [(f"GRANT {_right(each)} TO {role}", ()) for each in sorted(less)]
            yield Finding(
                tr("{who} may change the store, and yet may not {rights}", who=who, rights=_said(less)),
                partial(server.mend, given),
            )


def _said(rights: Rights | frozenset[tuple[str, str]]) -> str:
    return ", ".join(
        tr("{right} in followup.{where}", right=right.lower(), where=visible(where))
        if where
        else tr("{right} in the schema followup", right=right.lower())
        for where, right in sorted(rights)
    )


def _right(right: tuple[str, str]) -> str:
    """A right as GRANT and REVOKE name it."""
    where, what = right
    table, _, column = where.partition(".")
    if not table:
        return f"{what} ON SCHEMA followup"
    return f"{what}{f' ({_quoted(column)})' if column else ''} ON followup.{_quoted(table)}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_CHECKED = (
    *("session_user", "revision", "followup.changes", "'change'", "'seq'", "seq > 0", "next", "max(events.seq)"),
    *("'state'", "'id'", "split_part", "jsonb_strip_nulls", "'note'", "'undoes'"),
)
"""What a policy compares the rows with that are added or changed."""


def _row_security(server: ServerStore) -> Iterator[Finding]:
    policies = server.ask(statements.POLICIES)
    anew = [(f"DROP POLICY {_quoted(name)} ON followup.{_quoted(table)}", ()) for table, name, *_ in policies]
    mend = partial(server.mend, [*anew, *((text, ()) for text in schema.ROW_SECURITY)])
    without = [table for (table,) in server.ask(statements.WITHOUT_ROW_SECURITY)]
    for table in without:
        yield Finding(
            tr("followup.{table} has no row security: who made a change is taken on trust", table=visible(table)), mend
        )
    found = {
        (table, name, command, " ".join(word for word in _CHECKED if word in check.lower()) or check)
        for table, name, command, check in policies
    }
    if found != schema.POLICIES and not without:
        yield Finding(tr("the row security is not that of init: who made a change is taken on trust"), mend)
