"""Builds in which a change of a store on a server is lost, done twice, or answered falsely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.server import connection, schema, statements
from store.server.connection import Connection
from store.server.write_transaction import ServerWriteTransaction
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.server.connection import Answer, Statement


def _instead(name: str, old: str, new: str) -> None:
    """Put something else into a statement. Raises: LookupError when it is not there."""
    text = getattr(statements, name)
    if old not in text:
        raise LookupError(f"{old} is not in the statement {name} any more")
    setattr(statements, name, text.replace(old, new))


@broken_build
def clear_to_other_machines() -> None:
    """Wherever a server is, the way to it is one on this machine."""
    replace(connection._is_local, lambda resolved: True)
    setattr(connection, "_KNOWS_REQUIRE_AUTH", 10**9)  # noqa: B010 - it is private


@broken_build
def clear_to_who_listens() -> None:
    """On this machine the password is sent in whatever form it is asked for."""
    setattr(connection, "_KNOWS_REQUIRE_AUTH", 10**9)  # noqa: B010 - it is private


@broken_build
def history_at_any_change() -> None:
    """Members may put down history under their name at any change."""
    at_the_revision = f" AND change = {schema._REVISION}"
    texts = tuple(text.replace(at_the_revision, "").partition(" AND EXISTS")[0] for text in schema.ROW_SECURITY)
    texts = tuple(f"{text})" if text.count("(") > text.count(")") else text for text in texts)
    if texts == schema.ROW_SECURITY:
        raise LookupError("the policies do not name the revision any more")
    setattr(schema, "ROW_SECURITY", texts)  # noqa: B010 - mypy knows how long it is


@broken_build
def revision_set_back() -> None:
    """Members may set the revision behind the last change."""
    behind = f"revision >= coalesce({schema._LAST_CHANGE}, revision)"
    texts = tuple(text.replace(behind, "true") for text in schema.ROW_SECURITY)
    if texts == schema.ROW_SECURITY:
        raise LookupError("no policy compares the revision with the last change any more")
    setattr(schema, "ROW_SECURITY", texts)  # noqa: B010 - mypy knows how long it is


@broken_build
def readers_hold_the_turn() -> None:
    """Whoever has looked at the row of the turn, in a transaction with a number, holds it."""
    _instead("HOLDER", "turn.mode IN ('RowShareLock', 'RowExclusiveLock')", "turn.mode = 'AccessShareLock'")


@broken_build
def operators_of_others() -> None:
    """An operator is looked for wherever the role looks for names."""
    setattr(connection, "_OWN_PATH", "SELECT 1")  # noqa: B010 - it is private


@broken_build
def no_turn_on_a_server() -> None:
    """The row that gives a change its turn is read, and not locked."""
    _instead("META_TURN", " FOR UPDATE", "")


@broken_build
def read_before_the_turn() -> None:
    """What a change is about is read in the moment when its turn is asked for, as in one statement with the lock."""
    sound = Connection.run

    def run(self: Connection, asked: Sequence[Statement], *, within: float | None = None) -> list[Answer]:
        texts = [text for text, _ in asked]
        if statements.META_TURN not in texts:
            return sound(self, asked, within=within)
        at = texts.index(statements.META_TURN)
        answers = sound(self, [*asked[:at], *asked[at + 1 :], asked[at]], within=within)
        return [*answers[:at], answers[-1], *answers[at:-1]]

    replace(Connection.run, run)


@broken_build
def reads_of_several_revisions() -> None:
    """Each statement of a look sees what is there in that moment."""
    _instead("BEGIN_READ", "REPEATABLE READ", "READ COMMITTED")


@broken_build
def no_key_asked_for() -> None:
    """After a lost connection nobody asks whether the change is there: it is done again."""
    _instead("CHANGE_OF_KEY", "WHERE key = %s", "WHERE key = %s AND false")


@broken_build
def resent_blindly() -> None:
    """After a lost connection the change is sent again without comparing the revision, or asking for it."""

    def settle(self: Any, saving: Any, revision: int, key: str, *, is_undone: bool) -> None:
        self._let_go()
        self._held, _, _ = self._store.take_turn([])
        self._commit(self._held, saving)

    replace(ServerWriteTransaction._settle, settle)


@broken_build
def commit_not_read() -> None:
    """A COMMIT counts as done, whatever is answered."""
    replace(ServerWriteTransaction._commit, lambda self, connection, saving: connection.run(saving) and None)


@broken_build
def who_from_the_client() -> None:
    """Who makes a change is what the program says, not whom the server let in."""
    _instead("INSERT_CHANGE", "session_user", "'the minister'")


@broken_build
def sequence_for_numbers() -> None:
    """The number of an event comes from a sequence of the server, which knows no rollback."""
    sound = ServerWriteTransaction.__init__

    def begin(self: Any, store: Any, about: Any, *, takes_back: bool = False) -> None:
        sound(self, store, about, takes_back=takes_back)
        ((number,),) = self._ask([("SELECT nextval('torture.numbers')", ())])[0].rows
        self._meta.meta["next"]["events"] = number

    replace(ServerWriteTransaction.__init__, begin)
