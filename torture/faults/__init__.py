"""Failing file calls, a full disk, a file size limit: the store is old or new, and the answer is true.

A first run under strace writes down the calls that a change makes on files from its first look at its folder on. Then
each of them fails with EIO, ENOSPC, EACCES, once and from then on, with what else it may meet (a quota, no
descriptors left, a disk turned read-only), or is where the process is killed. What the files then say must be
what they said before or after the change, read strictly by sound code; exit 0 exactly when it is after (a lost answer
is "saved, but"), never "not saved" when it is; one sentence, no traceback. The next change must work and sweep, doctor
find nothing, every copy be good. In the app the same calls fail in the thread that saves; it must say what is so, show
what is stored, and save the next key. Disks of some pages or files, and limits on the size of files, are tried with the
same changes and the same judge.

Shown to fail against `in-place` (killed between write and truncate, the file is torn), `not-saved-after-all` (a folder
that cannot be synced: "not saved", and it is), `not-swept` (a killed writer's file stays for good) and `copies-stay`
(refused, though old copies could make room).
"""

from collections.abc import Iterator

from torture.broken_builds.durability import copies_stay, in_place, not_saved_after_all, not_swept
from torture.faults.calls_in_the_app import calls_fail_in_the_app
from torture.faults.fail_or_kill_at_each_call import each_call_fails
from torture.faults.full_disk import no_room, old_copies_give_way
from torture.proof import Proof
from torture.testbed import Testbed


def torture(testbed: Testbed) -> Iterator[Proof]:
    """R2: calls that fail; then R7: a full disk."""
    yield from each_call_fails(testbed)
    yield calls_fail_in_the_app(testbed)
    yield from no_room(testbed)


FAILS_AGAINST = {
    each_call_fails: (in_place, not_saved_after_all, not_swept),
    calls_fail_in_the_app: (not_saved_after_all,),
    old_copies_give_way: (copies_stay,),
}
