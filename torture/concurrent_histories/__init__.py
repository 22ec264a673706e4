"""Random histories of several processes are linearizable; whoever edits what another changed is asked.

Some people run one command after the other, each a process, and one keeps a batch open; they mark, note, edit, change
dates, count seats, add, take back, ask for a revision that is gone, are refused, and look. Some are killed amid it:
such a command was done or not. What each was told, with the times when it asked and when it was answered, must be
explained by some order of all the commands on a small sequential model (`model_store`), the whole store as it is in
the end included; the search is that of `linearizability`. Then two people on one record, from the command line and with
two apps in terminals, and an app beside a command line.

Shown to fail against `no-lock` and `stale-read` (no order explains what was told), `numbers-reused` (a new commitment
has the number of one that was taken back), `no-revision-check` (the second of two who expect one revision is taken)
and `no-merge-check` (the app writes over what another changed while a form was open).
"""

from collections.abc import Iterator

from torture.broken_builds.concurrency import no_lock, no_merge_check, no_revision_check, numbers_reused, stale_read
from torture.concurrent_histories.explained_histories import histories
from torture.concurrent_histories.two_people import app_beside_command_line, two_apps, two_command_lines
from torture.proof import Proof
from torture.testbed import Testbed


def torture(testbed: Testbed) -> Iterator[Proof]:
    """R3: random histories; then R9 and R10: two people, and an app beside the command line."""
    yield histories(testbed)
    yield two_apps(testbed)
    yield two_command_lines(testbed)
    if not testbed.is_short:  # test_watch.py shows what others save.
        yield app_beside_command_line(testbed)


FAILS_AGAINST = {
    histories: (no_lock, stale_read, numbers_reused, no_revision_check),
    two_apps: (no_merge_check,),
    two_command_lines: (no_revision_check,),
}
