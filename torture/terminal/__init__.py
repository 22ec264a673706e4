"""Whatever ends the app or happens to its terminal, the terminal is restored and drafts are kept.

The real app on the demo store runs as a job of a small shell in a pty. It is brought into each of its states (`STATES`:
the list, a half-typed form, a menu, a save that waits for another, ...) and left, interrupted, broken or cut off there.
Afterwards the attributes of the terminal are what they were, all that was ever asked of it was taken back (each mode,
the keyboard protocol, the cursor, colours), the exit code tells why, what was typed is a private draft which the next
start offers, and the store is byte for byte the same. What cannot take the full-screen app gets a sentence and no
escape, and so does every command whose streams are closed, full, or of a poor locale. Over ssh on a slow line the
screen is two frames behind at most.

Shown to fail against `signals-kill`, `raw-mode-stays`, `screen-stays` and `drafts-lost` (a signal leaves the terminal
as the app had it, or nothing is offered), `deaf-to-hang-up` (it runs on at full speed), `report-leaks` and
`report-readable` (what records hold, or for all to read), `shows-the-fault` (the same on the terminal), `dumb-terminal`
(escapes for a dumb terminal), `pipe-reported` (`| head -1` is a failure) and `saved-unreported` (saved, and nothing
says so), `paced-by-the-kernel` (frames pile up in sshd), `answers-left` (the shell gets what the terminal answered).
"""

from collections.abc import Iterator

from torture.broken_builds import terminal_handling as broken
from torture.proof import Proof
from torture.terminal.app_ends import ends, lost_lines, moments
from torture.terminal.app_faults import faults
from torture.terminal.app_interruptions import interruptions
from torture.terminal.poor_terminals import poor_terminals, refusals
from torture.terminal.shell_streams import changes, not_waited_for, reads
from torture.terminal.slow_lines import slow_lines
from torture.testbed import Testbed


def torture(testbed: Testbed) -> Iterator[Proof]:
    """T1: ends, faults, interruptions, moments; T2: lost lines; T3: poor terminals or none, shells; T4: slow lines."""
    yield refusals(testbed)
    yield ends(testbed)
    yield from faults(testbed)
    yield reads(testbed)
    yield changes(testbed)
    yield not_waited_for(testbed)
    yield lost_lines(testbed)
    yield poor_terminals(testbed)
    yield interruptions(testbed)
    yield from moments(testbed)
    yield slow_lines(testbed)


FAILS_AGAINST = {
    refusals: (broken.dumb_terminal,),
    ends: (broken.signals_kill, broken.raw_mode_stays, broken.screen_stays, broken.drafts_lost),
    faults: (broken.shows_the_fault, broken.report_leaks, broken.report_readable),
    reads: (broken.pipe_reported,),
    changes: (broken.saved_unreported,),
    lost_lines: (broken.deaf_to_hang_up,),
    interruptions: (broken.raw_mode_stays,),
    slow_lines: (broken.paced_by_the_kernel, broken.answers_left),
}
