"""A member's own program, which signs its changes with the name of another account."""

from __future__ import annotations

from collections.abc import Mapping

from store import users_and_groups
from torture.injected.replace_functions import replace

ANOTHER = "daemon"
"""An account that every machine has, and that is nobody's."""


def signed_as_another() -> None:
    """Make this process take itself for another account's when it signs."""

    def name(environment: Mapping[str, str]) -> str:
        return ANOTHER

    replace(users_and_groups.user_name, name)
