"""Controls one job as a shell does: foreground, stop, continue. `job_shell.py EVENTS ASKED IGNORES ARGV...`

It writes the events of the job (started, stopped, ended) to the pipe EVENTS, and outlives it: the end of
a session's leader hangs its terminal up.
"""

import contextlib
import fcntl
import os
import signal
import sys
import termios


def main() -> None:
    """Run a job in this terminal. SIGHUP is ignored by both, or passed on to the job as shells do."""
    events, asked, ignores = (int(word) for word in sys.argv[1:4])
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        # Whatever started the tests, in the background perhaps: a job at a terminal has the signals of its keys.
        for number in (signal.SIGTTOU, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGHUP, signal.SIG_IGN if ignores else signal.SIG_DFL)
        os.execvp(sys.argv[4], sys.argv[4:])
    signal.signal(signal.SIGHUP, signal.SIG_IGN if ignores else lambda *_: os.killpg(job, signal.SIGHUP))
    os.write(events, f"started {job}\n".encode())
    status = 0x7F
    while os.WIFSTOPPED(status):
        _, status = os.waitpid(job, os.WUNTRACED)
        with contextlib.suppress(OSError):
            os.tcsetpgrp(0, os.getpgrp())
        if os.WIFSTOPPED(status):
            os.write(events, b"stopped\n")
            if os.read(asked, 1) == b"f":
                os.tcsetpgrp(0, job)
            os.killpg(job, signal.SIGCONT)
    os.write(events, f"ended {os.waitstatus_to_exitcode(status)}\n".encode())
    os.read(asked, 1)


main()
