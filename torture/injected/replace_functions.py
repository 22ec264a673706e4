"""Replace functions of the running program, found by reference, so that an editor and mypy follow them."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # Without typing and all that it imports: this runs in each of hundreds of processes.
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any, ParamSpec, TypeVar

    _Parameters = ParamSpec("_Parameters")
    _Result = TypeVar("_Result")


def replace(
    sound: Callable[_Parameters, _Result],
    broken: Callable[_Parameters, _Result],
    *,
    only_in: ModuleType | None = None,
) -> None:
    """Replace a function or a method wherever it is bound: in its class, its module, all that imported its name.

    The torture's own modules keep the sound one. `only_in`: all others but this module keep it as well.
    Raises: LookupError when it is bound nowhere.
    """
    loaded = [module for name, module in sys.modules.items() if not name.startswith("torture")]
    holders: list[Any] = [only_in] if only_in else [*_classes_of(sound), *loaded]
    found = [(holder, name) for holder in holders for name, value in list(vars(holder).items()) if value is sound]
    if not found:
        raise LookupError(f"{sound} is not bound in {only_in or 'any module'}: there is no such seam any more")
    for holder, name in found:
        setattr(holder, name, broken)


def _classes_of(method: Any) -> list[type]:
    """The class that a method is defined in; nothing for a plain function."""
    owner: Any = sys.modules.get(method.__module__)
    *classes, _ = method.__qualname__.split(".")
    for name in classes:
        owner = getattr(owner, name, None)
    return [owner] if isinstance(owner, type) else []
