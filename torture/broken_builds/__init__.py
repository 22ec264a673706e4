"""Builds of the program that are broken on purpose: a proof that does not fail against them proves nothing.

Each is a function that replaces functions of the program, or calls to the system, when the program under test starts.
"""

from __future__ import annotations

from collections.abc import Callable

REGISTERED: dict[str, BrokenBuild] = {}
"""Name -> build, of all modules that were imported; `torture.parts` imports every one."""


class BrokenBuild:
    """A way to break the program. Call it in the process of the program, before that does anything."""

    def __init__(self, apply: Callable[[], object]) -> None:
        self.apply = apply
        self.name = apply.__name__.replace("_", "-")
        self.about = (apply.__doc__ or "").strip().rstrip(".")
        self.__module__, self.__name__ = apply.__module__, apply.__name__

    def __call__(self) -> None:
        """Break the program that runs in this process. Raises: LookupError, AttributeError when a seam is gone."""
        self.apply()


def broken_build(apply: Callable[[], object]) -> BrokenBuild:
    """Register a broken build: its name is that of the function, and what is broken is its docstring."""
    build = BrokenBuild(apply)
    if build.name in REGISTERED:
        raise ValueError(f"there are two broken builds {build.name}")
    REGISTERED[build.name] = build
    return build
