"""The power goes at any moment, and everything acknowledged is there when it is back; two fsyncs, in their order.

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

from torture.broken import Breakage
from torture.lab import Lab
from torture.power.cuts import power_cuts
from torture.power.order import right_order, right_order_in_the_app
from torture.proof import Proof

EARLY_ANSWER_ONCE = Breakage(
    "early-answer-once",
    "a command answers before its change is written",
    (
        "tui/cli/run_change.py",
        "answer = apply(arguments, tx)\n    except UsageError",
        'answer = apply(arguments, tx)\n            write("".join(f"{line}\\n" for line in answer.lines))\n'
        "    except UsageError",
    ),
)
EARLY_SCREEN = Breakage(
    "early-screen",
    "the app says that a change is saved a moment before it is written",
    (
        "tui/app/sync/save_thread.py",
        "        with self._database.transaction() as tx:\n            try:\n",
        "        tx = self._database.transaction().__enter__()\n        if True:\n            try:\n",
    ),
    (
        "tui/app/sync/save_thread.py",
        "        return Saved(value, tx.revision, merged, tx.warnings)",
        "        from threading import Timer\n\n"
        "        Timer(0.3, tx.__exit__, (None, None, None)).start()\n"
        "        return Saved(value, tx.change, merged, tx.warnings)",
    ),
)
THIRD_FSYNC = Breakage(
    "third-fsync",
    "the new file is synced twice",
    (
        "store/file/file_store.py",
        "            os.fsync(descriptor)\n            os.close(descriptor)\n        except",
        "            os.fsync(descriptor)\n            os.fsync(descriptor)\n            os.close(descriptor)\n"
        "        except",
    ),
)


def torture(lab: Lab) -> Iterator[Proof]:
    """R5: what a power cut leaves, and the order that it comes from."""
    yield from power_cuts(lab)
    yield from right_order(lab)
    yield right_order_in_the_app(lab)


CAUGHT = {
    power_cuts: ("no-fsync", "no-folder-fsync", "early-answer"),
    right_order: ("no-fsync", "no-folder-fsync", "early-answer", EARLY_ANSWER_ONCE, THIRD_FSYNC),
    right_order_in_the_app: (EARLY_SCREEN,),
}
