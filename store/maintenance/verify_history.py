"""Compares the history of a store with the lines of the system's log about its changes."""

from __future__ import annotations

import os
import stat
from functools import partial

from store.errors import NotAllowed, StoreDamaged, StoreNewer
from store.file.file_store import file_of
from store.file.permissions import may_change
from store.file.quick_reader import read_quickly
from store.file.strict_reader import check_strictly, read_strictly
from store.maintenance.backup import whole_of
from store.maintenance.server_of_database import is_on_server
from store.model.format_version import KEY_OF_TABLE
from store.rules.audit_comparison import compare
from store.rules.audit_line_and_chain import parse_line, store_name
from store.sanitise_text import visible
from store.translation import in_english, tr
from store.users_and_groups import number_of_signer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.database import Database
    from store.file.file_store import FileStore
    from store.rules.audit_comparison import Comparison
    from store.rules.audit_line_and_chain import AuditLine


def verify_history(
    database: Database, log: Iterable[bytes], former_path: str | None = None, *, is_for_json: bool = False
) -> Comparison:
    """Compare a store with the lines of a log; other lines are skipped.

    `former_path` is where the store lay when older lines were written; what `is_for_json` is said in English. The store
    is read after the log, so that every change that the log knows can be in it. Raises: NotAllowed when no line is
    about the store; StoreUnusable.
    """
    names = {store_name(path) for path in (database.path, former_path) if path}
    lines: list[AuditLine] = []
    others: set[str] = set()
    for raw in log:
        line = parse_line(raw.decode("utf-8", "replace").rstrip("\n"))
        if line is not None:
            lines.append(line) if line.store in names else others.add(line.store)
    if not lines:
        sentence = tr("the log has no line about a change of {path}", path=database.path)
        if others:
            sentence = tr(
                "the log has no line about a change of {path}: it has lines about {others}",
                path=database.path,
                others=", ".join(sorted(map(visible, others))[:3]),
            )
        raise NotAllowed(sentence, code="history.no-lines")
    try:
        on_server = is_on_server(database)
        raw = whole_of(database.image()) if on_server else file_of(database).read_bytes()
        image = read_quickly(raw)
        if image is None:
            image = read_strictly(raw)
        else:
            check_strictly(image)
    except StoreNewer:
        raise
    except StoreDamaged as damage:
        raise StoreDamaged(
            tr("{path} is not valid: {sentence}", path=database.path, sentence=damage.sentence),
            code="history.store-invalid",
        ) from None
    events = [event for _, event in sorted(image.table("events").items())]
    records = {key: image.table(table) for table, key in KEY_OF_TABLE.items()}
    judge = () if on_server else (partial(_may_change, file_of(database)), number_of_signer)
    compared = partial(compare, events, records, image.meta, lines, *judge)
    return in_english(compared) if is_for_json else compared()


def _may_change(file: FileStore, user: int) -> bool:
    """Whether a user may write to the file of a store, or replace it."""
    try:
        with file.open_folder() as folder:
            store, _ = folder.open_file(file.name)
            above = folder.open_readable()
            try:
                status = os.fstat(above)
                is_closed = status.st_mode & stat.S_ISVTX and user != status.st_uid
                is_owner = user == status.st_uid
                may_replace = is_owner or (not is_closed and may_change(above, user, status))
                return may_replace or may_change(store, user, status)
            finally:
                os.close(store)
                os.close(above)
    except OSError:
        return True
