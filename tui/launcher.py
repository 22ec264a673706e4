#!python
"""The installed command `followup`: neither the current folder nor Python's variables can replace our modules.

`pip` writes its interpreter into the first line. An entry point of a package would not do: what `pip` makes of one
imports modules before anything of ours runs.
"""

import os
import sys


def leave_out_foreign_folders() -> None:
    """Look for modules in the folders of the interpreter and its environment first.

    The time zones come from the system as well, whatever PYTHONTZPATH says: a forged one would count another day.
    Before those stand the folder of this file and what PYTHONPATH names, in which an empty or a relative entry is
    the current folder. Its whole paths come last, since `pip install --target` needs them; the others go.
    """
    os.environ.pop("PYTHONTZPATH", None)
    library = os.path.dirname(os.__file__)
    first = sys.path.index(library) if library in sys.path else 0
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    whole = [os.path.normpath(each) for each in named if each[:1] == "/"]
    sys.path[:] = sys.path[first:] + [each for each in sys.path[:first] if each in whole]


if __name__ == "__main__":
    leave_out_foreign_folders()

    from tui.__main__ import main

    main()
