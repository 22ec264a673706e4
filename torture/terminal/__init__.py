"""Whatever ends the app or happens to its terminal: the terminal comes back, drafts are kept.

The real app on the demo store runs as a job of a small shell in a pty. It is brought into each of its states (`STATES`:
the list, a half-typed form, a menu, a save that waits for another, ...) and left, interrupted, broken or cut off there.
Afterwards the attributes of the terminal are what they were, all that was ever asked of it was taken back (each mode,
the keyboard protocol, the cursor, colours), the exit code tells why, what was typed is a private draft which the next
start offers, and the store is byte for byte the same. What cannot take the full-screen app gets a sentence and no
escape, and so does every command whose streams are closed, full, or of a poor locale.

Shown to fail against `signals-kill`, `raw-mode-stays`, `screen-stays` and `drafts-lost` (a signal leaves the terminal
as the app had it, or nothing is offered), `deaf-to-hang-up` (it runs on at full speed), `report-tells` and
`report-for-all` (what records hold, or for all to read), `shows-the-fault` (the same on the terminal), `dumb-taken`
(escapes for a dumb terminal), `pipe-told` (`| head -1` is a failure) and `saved-unsaid` (saved, and nothing says so).
"""

from collections.abc import Iterator

from torture.lab import Lab
from torture.proof import Proof
from torture.terminal import broken
from torture.terminal.between import interruptions
from torture.terminal.ends import ends, lost_lines, moments
from torture.terminal.faults import faults
from torture.terminal.poor import poor_terminals, refusals
from torture.terminal.shell import changes, looks, not_waited_for


def torture(lab: Lab) -> Iterator[Proof]:
    """T1: ends, faults, interruptions, unlucky moments; T2: lost lines; T3: poor terminals or none, shells."""
    yield refusals(lab)
    yield ends(lab)
    yield from faults(lab)
    yield looks(lab)
    yield changes(lab)
    yield not_waited_for(lab)
    yield lost_lines(lab)
    yield poor_terminals(lab)
    yield interruptions(lab)
    yield from moments(lab)


CAUGHT = {
    refusals: (broken.DUMB_TAKEN,),
    ends: (broken.SIGNALS_KILL, broken.RAW_MODE_STAYS, broken.SCREEN_STAYS, broken.DRAFTS_LOST),
    faults: (broken.SHOWS_THE_FAULT, broken.REPORT_TELLS, broken.REPORT_FOR_ALL),
    looks: (broken.PIPE_TOLD,),
    changes: (broken.SAVED_UNSAID,),
    lost_lines: (broken.DEAF_TO_HANG_UP,),
    interruptions: (broken.RAW_MODE_STAYS,),
}
