"""Crash reports: a private file with the traceback of an unexpected exception, and one sentence about it.

Neither holds data of a record, so the report has neither the values of variables nor the messages of exceptions,
which often quote values.
"""

from __future__ import annotations

import os
import time

from store.atomic_write import write_all
from store.errors import reason
from store.open_folder import OpenFolder, open_own_folder
from store.paths import state_folder
from store.rules.retention import outdated
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def write_crash_report(error: Exception, environment: Mapping[str, str]) -> str:
    """Write the traceback to a file that only the user can read. Returns the sentence for the user."""
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    where = (
        tr(" in {filename}, line {lineno}", filename=os.path.basename(frames[-1].filename), lineno=frames[-1].lineno)
        if frames
        else ""
    )
    what = tr("followup has a fault ({fault}{where})", fault=type(error).__name__, where=where)
    folder = state_folder(environment)
    name = time.strftime("crash-%Y%m%dT%H%M%SZ", time.gmtime()) + f"-{os.getpid()}.txt"
    path = os.path.join(folder, name)
    try:
        report = "".join(_traceback_lines(error)).encode(errors="backslashreplace")
        with open_own_folder(folder) as opened:
            opened.write_new(name, lambda descriptor: write_all(descriptor, report))
            old = _clear_up(opened)
    except OSError as trouble:
        return tr(
            "{what}, and no report could be written to {folder}: {strerror}",
            what=what,
            folder=folder,
            strerror=reason(trouble),
        )
    removed = plural(" ({n} old report removed)", " ({n} old reports removed)", old) if old else ""
    return tr(
        "{what}; please send the report {path} to its makers, after a look at what it holds{removed}",
        what=what,
        path=path,
        removed=removed,
    )


def _clear_up(folder: OpenFolder) -> int:
    """Remove expired reports. Returns how many."""
    import re

    instant = re.compile(r"crash-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-\d+\.txt")
    try:
        found = {name: instant.fullmatch(name) for name in folder.names()}
        left = {name: "{}-{}-{}T{}:{}:{}Z".format(*of.groups()) for name, of in found.items() if of}
        names = outdated(left, time.strftime("%Y-%m-%d", time.gmtime()))
        for name in names:
            folder.unlink(name)
    except (OSError, LookupError, ValueError):
        return 0
    return len(names)


def _traceback_lines(error: BaseException) -> Iterator[str]:
    """The traceback without any values, from the first exception of the chain on."""
    from traceback import format_tb

    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    for each in reversed(chain):
        number = f" (errno {each.errno})" if isinstance(each, OSError) else ""
        yield from (*format_tb(each.__traceback__), f"{type(each).__name__}{number}\n")
