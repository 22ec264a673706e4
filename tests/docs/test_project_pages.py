"""CHANGELOG, ARCHITECTURE and SECURITY name what is there."""

import re
import tomllib

from tests.docs.pages import ROOT, text_of
from torture.broken import BREAKAGES
from torture.parts import NAMES, all_parts


def test_changelog_has_a_place_for_what_comes_and_the_version_of_the_program() -> None:
    text = text_of("CHANGELOG.md")
    assert text.startswith("# Changelog\n")
    versions = re.findall(r"(?m)^## \[([^\]]+)\]", text)
    assert versions[0] == "Unreleased"
    assert tomllib.loads(text_of("pyproject.toml"))["project"]["version"] == versions[1]
    known = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"(?m)^### (.+)$", text)) <= known


def test_architecture_names_every_module() -> None:
    text = text_of("ARCHITECTURE.md")
    for folder in ("store", "store/*", "tui", "tui/cli", "tui/app", "tui/app/*"):
        for module in ROOT.glob(f"{folder}/*.py"):
            if module.name != "__init__.py":
                assert re.search(rf"\b{re.escape(module.stem)}\b", text), f"{folder}/{module.name}"


def test_security_says_which_part_tries_what() -> None:
    text = text_of("SECURITY.md")
    told = re.findall(r"(?m)\| ((?:`\w+` ?)+)\|$", text)
    assert {name for cell in told for name in re.findall(r"`(\w+)`", cell)} == set(NAMES)
    breakages = {*BREAKAGES, *(each for part in all_parts().values() for each in part.caught)}
    assert set(re.findall(r"--against ([\w-]+)", text)) <= breakages
