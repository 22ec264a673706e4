"""Many writers at once: no change is lost, every read is whole, and who waits learns for whom.

Eight shell loops of 50 one-shot changes and sixteen of 25, on one record and on many, with a batch that is fed line by
line, a script through TinyDB, an app with a person before it, and readers all the time. Then every tag must be in the
history once, in the order of its writer; the changes and the revisions of each record without a gap; each event's old
value the new one of the event before (so nothing was written over unseen); and whatever was acknowledged before another
was asked for comes before it, looks included. Then a script through TinyDB and the command line, each overtaken by the
other between its read and its write; a holder of the lock that stands still, and one that is killed; and the waits of a
one-shot change beside eight writers that never pause.

Shown to fail against `no-lock` (changes lost), `own-lock` (the same: each process locks a file of its own),
`stale-read` (what another saved between the read and the lock is lost), `in-place` (readers see a torn file) and
`no-swap-check` (a script writes over what was saved since it read).
"""

from collections.abc import Iterator

from torture.broken_builds.concurrency import no_lock, no_swap_check, own_lock, stale_read
from torture.broken_builds.durability import in_place
from torture.many_writers.held_lock import killed_holder, starving, stopped_holder
from torture.many_writers.tinydb_script import counted_by_two
from torture.many_writers.writers_at_once import at_once
from torture.proof import Proof
from torture.testbed import Testbed


def torture(testbed: Testbed) -> Iterator[Proof]:
    """R3 on one record, on many; a holder that stands still or is killed; long waits."""
    yield from at_once(testbed)
    yield counted_by_two(testbed)
    yield stopped_holder(testbed)
    yield killed_holder(testbed, testbed.amount(20, 2))
    yield starving(testbed, testbed.amount(60, 2))


FAILS_AGAINST = {at_once: (no_lock, own_lock, stale_read, in_place), counted_by_two: (no_swap_check,)}
