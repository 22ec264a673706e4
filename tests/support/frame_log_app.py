"""Runs followup and logs each frame of Textual: `python -m tests.support.frame_log_app LOG [WORD...]`.

Each text that Textual writes is put into the file LOG as a line of JSON, with the size that the terminal had then.
"""

import json
import sys

from tui.__main__ import main
from tui.app.terminal.frame_reader import FrameDiffer


def log_to(path: str) -> None:
    """Write down all that the mirror takes."""
    log = open(path, "a", buffering=1)  # noqa: SIM115 - as long as the process
    take = FrameDiffer.feed

    def logged(frame_differ: FrameDiffer, text: str) -> None:
        log.write(json.dumps([*frame_differ._size(), text]) + "\n")
        take(frame_differ, text)

    setattr(FrameDiffer, "feed", logged)  # noqa: B010 - a method, which a type checker lets nobody replace


if __name__ == "__main__":
    log_to(sys.argv.pop(1))
    main()
