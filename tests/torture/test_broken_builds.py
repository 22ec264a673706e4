"""Replacing functions of the program: everywhere they are bound, or not at all."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from torture.broken_builds import BrokenBuild, broken_build
from torture.injected.replace_functions import replace


def sound() -> str:
    return "sound"


def broken() -> str:
    return "broken"


class Base:
    def method(self) -> str:
        return "sound"


class Derived(Base):
    pass


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> list[ModuleType]:
    """Two modules that bind a function of this one."""
    made = [ModuleType("first_importer"), ModuleType("second_importer")]
    for module in made:
        vars(module)["sound"] = sound
        monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(vars(sys.modules[__name__]), "sound", sound)
    return made


def test_a_function_is_replaced_in_its_module_and_in_all_that_imported_it(modules: list[ModuleType]) -> None:
    replace(sound, broken)
    assert sound() == "broken"
    assert [module.sound() for module in modules] == ["broken", "broken"]


def test_a_function_is_replaced_in_one_module_only(modules: list[ModuleType]) -> None:
    replace(sound, broken, only_in=modules[0])
    assert sound() == "sound"
    assert [module.sound() for module in modules] == ["broken", "sound"]


def test_a_method_is_replaced_in_the_class_that_defines_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Base, "method", Base.method)
    replace(Derived.method, lambda self: "broken")
    assert (Base().method(), Derived().method(), "method" in vars(Derived)) == ("broken", "broken", False)


def test_what_is_not_bound_any_more_is_refused(modules: list[ModuleType]) -> None:
    vars(modules[0])["sound"] = broken
    with pytest.raises(LookupError, match="first_importer"):
        replace(sound, broken, only_in=modules[0])
    with pytest.raises(LookupError, match="any module"):
        replace(lambda: "bound to no name", broken)


def test_a_broken_build_is_called_as_its_function_and_describes_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torture.broken_builds.REGISTERED", {})
    calls = []

    def two_words() -> None:
        """What is broken."""
        calls.append("applied")

    build = broken_build(two_words)
    build()
    assert isinstance(build, BrokenBuild)
    assert (build.name, build.about, calls) == ("two-words", "What is broken", ["applied"])
    with pytest.raises(ValueError, match="two-words"):
        broken_build(two_words)
