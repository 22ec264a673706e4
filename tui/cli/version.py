"""`--version`: the number of this version, and with `--verbose` what a bug report needs."""

from __future__ import annotations

import os
import sys
from importlib.metadata import PackageNotFoundError, requires, version

from store.model.format_version import FORMAT, VERSION
from store.sanitise_text import visible
from store.translation import tr

_SIGNS = "><=!~;[ ("
"""What may stand behind the name in a requirement."""


def version_text(*, is_verbose: bool) -> str:
    """The version; verbose with Python, both their paths, the system, the store format, and each library."""
    lines = [f"followup {version('followup')}"]
    if is_verbose:
        facts = [*_surroundings(), *_libraries()]
        width = max(len(name) for name, _ in facts)
        lines += [f"{name:{width}}  {visible(text)}" for name, text in facts]
    return "\n".join(lines) + "\n"


def _surroundings() -> list[tuple[str, str]]:
    import platform

    implementation, number = platform.python_implementation(), platform.python_version()
    return [
        (tr("installed in"), os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))),
        ("Python", f"{implementation} {number}, {sys.executable}"),
        (tr("system"), platform.platform()),
        (tr("store format"), f"{FORMAT} {VERSION}"),
    ]


def _libraries() -> list[tuple[str, str]]:
    """The libraries that the package requires, with their versions here."""
    found = []
    names = (
        requirement[: next((at for at, sign in enumerate(requirement) if sign in _SIGNS), len(requirement))]
        for requirement in requires("followup") or ()
    )
    for name in sorted(names):
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, tr("not installed")))
    return found
