"""After a power cut at any moment everything acknowledged is there; two fsyncs, in their order.

As root a small ext4 in a file is mounted `noauto_da_alloc`, so that it makes up for no missing fsync, and shut down
without its log (EXT4_IOC_SHUTDOWN) at a random moment under a running batch, one-shot commands, the app, `init` and
`backup`; then unmounted, and mounted again. What was acknowledged must be there, one change more at most, a line that
was refused must not; the next change must work, and doctor find nothing. Whoever may use strace sees the order that
this rests on: the new file written, synced, given its name, its folder synced, and only then the answer, or in the app
the first screen with the message or the new state in its row. No change syncs more than twice.

Shown to fail against `no-fsync` and `no-folder-fsync` (what was acknowledged is gone, or a file is empty; a call is
missing in the order), `early-answer`, `early-answer-once` and `early-screen` (the answer comes before the calls), and
`third-fsync` (one too many).
"""

from collections.abc import Iterator

from torture.broken_builds import durability as broken
from torture.power.call_order import right_order, right_order_in_the_app
from torture.power.power_cuts import power_cuts
from torture.proof import Proof
from torture.testbed import Testbed


def torture(testbed: Testbed) -> Iterator[Proof]:
    """R5: what a power cut leaves, and the order that it comes from."""
    yield from power_cuts(testbed)
    yield from right_order(testbed)
    yield right_order_in_the_app(testbed)


FAILS_AGAINST = {
    power_cuts: (broken.no_fsync, broken.no_folder_fsync, broken.early_answer),
    right_order: (
        *(broken.no_fsync, broken.no_folder_fsync, broken.third_fsync),
        *(broken.early_answer, broken.early_answer_once),
    ),
    right_order_in_the_app: (broken.early_screen,),
}
