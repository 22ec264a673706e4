"""The lock files pin what pyproject.toml asks for: exact versions, with hashes, and no address to fetch them from."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
RUN_TIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"


def pins(lock: str) -> dict[str, Requirement]:
    """The libraries of a lock file by their names."""
    text = (ROOT / lock).read_text("utf-8")
    found = [Requirement(line.partition("\\")[0]) for line in text.splitlines() if re.match(r"\w", line)]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def version(pin: Requirement) -> str:
    (specifier,) = pin.specifier
    assert specifier.operator == "=="
    return specifier.version


def ranges(lock: str) -> list[Requirement]:
    """What pyproject.toml asks of the libraries in a lock file."""
    asked: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = asked["dependency-groups"]
    texts = [*asked["project"]["dependencies"], *asked["build-system"]["requires"], *groups["build"]]
    if lock == DEVELOPMENT:
        texts += [text for text in groups["dev"] if isinstance(text, str)]
    return [Requirement(text) for text in texts]


@pytest.mark.parametrize("lock", [RUN_TIME, DEVELOPMENT])
def test_each_range_has_its_pin(lock: str) -> None:
    pinned = pins(lock)
    for asked in ranges(lock):
        pin = pinned.get(canonicalize_name(asked.name))
        assert pin is not None, f"{asked} is not in {lock}: make lock"
        assert asked.specifier.contains(version(pin)), f"{pin} is not {asked}: make lock"
        assert pin.marker is None


@pytest.mark.parametrize("lock", [RUN_TIME, DEVELOPMENT])
def test_each_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    lines = [line.strip() for line in text.splitlines() if not line.startswith("#")]
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert re.fullmatch(r"(--hash=sha256:[0-9a-f]{64}|[a-z0-9-]+==[^\s;]+( ; [^\\]+)?)( \\)?", line)
        assert line.endswith("\\") == following.startswith("--hash="), line


@pytest.mark.parametrize("lock", [RUN_TIME, DEVELOPMENT])
def test_each_library_has_one_version_whatever_python_fetches_it(lock: str) -> None:
    """`pip download --python-version` weighs a marker by the Python that runs it."""
    names = re.findall(r"(?m)^([\w.-]+)==", (ROOT / lock).read_text("utf-8"))
    assert len(names) == len(set(names))
    assert not [pin for pin in pins(lock).values() if re.search("python_(full_)?version", str(pin.marker))]


def test_development_has_the_versions_of_run_time() -> None:
    run_time, development = pins(RUN_TIME), pins(DEVELOPMENT)
    assert {name: str(pin) for name, pin in development.items() if name in run_time} == {
        name: str(pin) for name, pin in run_time.items()
    }
