"""Default paths of the store, configuration, crash reports and drafts. Nothing is created.

Which store a run uses (option, variable, setting, default) is decided by `tui.session`.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

SYSTEM_CONFIG = "/etc/followup/config.toml"
SYSTEM_OWNER = 0
"""The number of the account to whom the machine's settings have to belong: root."""


def has_system_config() -> bool:
    """Whether the machine has settings of its own, or something unreadable in their place."""
    try:
        os.lstat(SYSTEM_CONFIG)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _home(environment: Mapping[str, str]) -> str:
    home = environment.get("HOME", "")
    if os.path.isabs(home):
        return home
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_dir
    except KeyError:
        return "/"


def _base(environment: Mapping[str, str], variable: str, below_home: str) -> str:
    """The folder of an XDG variable; a relative one is ignored, as the XDG specification asks."""
    value = environment.get(variable, "")
    return value if os.path.isabs(value) else os.path.join(_home(environment), below_home)


def default_store(environment: Mapping[str, str]) -> str:
    """The path of the store when none is named."""
    return os.path.join(_base(environment, "XDG_DATA_HOME", ".local/share"), "followup", "commitments.json")


def user_config(environment: Mapping[str, str]) -> str:
    """The path of the user's configuration file."""
    return os.path.join(_base(environment, "XDG_CONFIG_HOME", ".config"), "followup", "config.toml")


def state_folder(environment: Mapping[str, str]) -> str:
    """The folder of what the program leaves for its user: crash reports, and drafts below it."""
    return os.path.join(_base(environment, "XDG_STATE_HOME", ".local/state"), "followup")


def drafts_folder(environment: Mapping[str, str]) -> str:
    """The folder of drafts: unfinished forms."""
    return os.path.join(state_folder(environment), "drafts")
