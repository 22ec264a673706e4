"""Writes the output of commands, the generated tables and the manual page in the documents anew: `make docs`."""

import sys
import tempfile
from pathlib import Path

from tests.docs import man_page
from tests.docs.generated import with_generated
from tests.docs.pages import name_of, user_pages
from tests.docs.run_console_blocks import with_output


def write_anew(names: list[str]) -> None:
    """Write the pages anew: those whose names contain one of these words, or all."""
    for page in user_pages():
        if not names or any(name in name_of(page) for name in names):
            lines = with_generated(page.read_text(encoding="utf-8")).splitlines()
            with tempfile.TemporaryDirectory() as folder:
                lines = with_output(lines, Path(folder))
            page.write_text("\n".join(lines) + "\n", encoding="utf-8")
    man_page.main()


if __name__ == "__main__":
    write_anew(sys.argv[1:])
