"""What all documents have in common: links lead somewhere, commands and targets of make exist, no machine is named."""

import re
import shlex
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, all_pages, anchors, name_of
from tui.cli.arguments import parse_command_line
from tui.cli.command_aliases import alias_of
from tui.cli.command_table import COMMANDS

EACH_PAGE = pytest.mark.parametrize("page", all_pages(), ids=name_of)


def without_code(text: str) -> str:
    return re.sub(r"(?ms)^```.*?^```$", "", text)


@EACH_PAGE
def test_every_link_leads_to_a_page_and_a_heading_of_it(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        assert not anchor or anchor in anchors(linked), target


@EACH_PAGE
def test_every_target_of_make_that_is_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:`|^    |\$ )make ([a-z][a-z-]*)", page.read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"(?m)^{target}:", makefile), target


COMMAND_LINE = re.compile(r"(?:eval \"\$\(|[\d* -]+/\S+/|\S+=/\S+/|/\S+/)?followup ([^)>]+)")
"""A call of the program: alone, by its path, in `eval`, in a line of cron or of a monitoring system."""


def typed_in_blocks(text: str) -> list[str]:
    """The arguments of the commands that stand in code blocks that are not run."""
    fenced = re.findall(r"(?ms)^```(?:sh|text)\n(.*?)^```$", text)
    lines = [line for block in fenced for line in block.splitlines()]
    lines += re.findall(r"(?m)^    (.+)$", without_code(text))
    pieces = [piece.strip() for line in lines for piece in re.split(r"\s(?:\|+|&&)(?:\s|$)", line)]
    return [found[1] for piece in pieces if (found := COMMAND_LINE.match(piece))]


def named_inline(text: str) -> list[str]:
    """The commands in backticks."""
    return re.findall(r"`followup ([^`]+)`", without_code(text))


@EACH_PAGE
def test_every_command_of_a_block_is_understood(page: Path) -> None:
    for typed in typed_in_blocks(page.read_text(encoding="utf-8")):
        parse_command_line(shlex.split(typed, comments=True))


@EACH_PAGE
def test_every_command_in_a_sentence_is_one(page: Path) -> None:
    for typed in named_inline(page.read_text(encoding="utf-8")):
        words = shlex.split(typed)
        is_short = words[0] in ("COMMAND", "КОМАНДА") or words[0].startswith("-") or words[0].isdigit()
        is_known = words[0] in COMMANDS or alias_of(words[0]) is not None or " ".join(words[:2]) in COMMANDS
        assert is_short or is_known, typed


def test_commands_are_found_in_the_pages() -> None:
    texts = [page.read_text(encoding="utf-8") for page in all_pages()]
    typed = {name for text in texts for name in typed_in_blocks(text)}
    assert len(typed) > 15
    assert len({words for text in texts for words in named_inline(text)}) > 15


def files_of_the_project() -> list[Path]:
    """What belongs to the project, not what tools put beside it."""
    folders = [ROOT / name for name in (".ci", "benchmarks", "docs", "release", "store", "tests", "torture", "tui")]
    inside = [path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts]
    # In a worktree `.git` is a file, which says where the repository is.
    return [path for path in (*ROOT.iterdir(), *inside) if path.is_file() and path.name != ".git"]


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    paths = re.compile("/wo" + r"rk\b|/ro" + "ot/")
    for path in files_of_the_project():
        found = paths.search(path.read_text(encoding="utf-8", errors="replace"))
        assert not found, f"{path.relative_to(ROOT)}: {found[0] if found else ''}"


def test_every_section_that_code_cites_is_there() -> None:
    cited = {
        (found[1], found[2], path.relative_to(ROOT))
        for path in files_of_the_project()
        if path.suffix == ".py"
        for found in re.finditer(
            r"docs/([a-z-]+\.md), ([A-Z][\w-]*(?: [a-z][\w-]*)*)", path.read_text(encoding="utf-8")
        )
    }
    for page, heading, path in cited:
        headings = re.findall(r"(?m)^#+ (.+)$", (ROOT / "docs" / page).read_text(encoding="utf-8"))
        assert any(heading.startswith(each) for each in headings), f"{path}: docs/{page}, {heading}"
