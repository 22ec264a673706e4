"""CHANGELOG has the version of the program, and a place for what comes."""

import re
import tomllib

from tests.docs.pages import text_of


def test_changelog_has_a_place_for_what_comes_and_the_version_of_the_program() -> None:
    text = text_of("CHANGELOG.md")
    assert text.startswith("# Changelog\n")
    versions = re.findall(r"(?m)^## \[([^\]]+)\]", text)
    assert versions[0] == "Unreleased"
    assert tomllib.loads(text_of("pyproject.toml"))["project"]["version"] == versions[1]
    known = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert set(re.findall(r"(?m)^### (.+)$", text)) <= known
