"""Entry point of `followup`: runs the command line, then exits without the interpreter's slow shutdown."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.capture.readers.source_text import Texts
    from tui.session import Session


class FullScreenApp:
    """The full-screen app as the command line knows it: imported when it is opened."""

    def refusal(self, environment: Mapping[str, str]) -> str | None:
        """Why the app cannot run on this terminal, with what to do instead; None if it can."""
        from tui.app.terminal.run_and_exit_on_signal import refusal

        return refusal(environment)

    def open(self, session: Session, *, is_drawn_whole: bool = False, texts: Texts | None = None) -> int:
        """Run the app, on `texts` to capture if there are any. Returns the exit code. Raises: FollowUpError."""
        from tui.app.start import open_app

        return open_app(session, is_drawn_whole=is_drawn_whole, texts=texts)


def main() -> None:
    """Run followup and leave with its exit code."""
    # The tables of commands and of a large store are many objects, none of which is garbage before the end: looking
    # for some takes a tenth of a bare interpreter's start.
    gc.disable()
    try:
        from tui.cli.main import run

        code = run(sys.argv[1:], os.environ, FullScreenApp())
    except KeyboardInterrupt:
        os._exit(130)
    # Taking a store of 10,000 commitments apart costs 4 ms, and stdout and stderr are already written.
    os._exit(code)


if __name__ == "__main__":
    # `python -m tui` looks for modules where one stands first, and nothing there shall take the place of one of ours.
    if not sys.flags.safe_path and sys.path[0] != os.path.dirname(os.path.dirname(__file__)):
        del sys.path[0]
    main()
