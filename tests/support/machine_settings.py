"""Another file in the place of the machine's settings, for a process under test."""

import os

from store import paths

VARIABLE = "FOLLOWUP_TEST_MACHINE"
"""In the environment: the path of the file."""


def of_another_machine() -> None:
    """Make this process take the file that its environment names for the machine's settings, to be root's as ever."""
    paths.SYSTEM_CONFIG = os.environ[VARIABLE]
