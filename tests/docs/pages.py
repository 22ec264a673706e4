"""The pages of the documents, and what is looked up in them: sections, tables, words in backticks."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
DOCS = ROOT / "docs"


def user_pages() -> list[Path]:
    """README in both languages and every page of docs/, whose `console` blocks are run."""
    return [README, ROOT / "README.ru.md", *sorted(DOCS.glob("*.md"))]


def all_pages() -> list[Path]:
    """Every document of the project."""
    return sorted({*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "benchmarks" / "README.md"})


def name_of(page: Path) -> str:
    """The path of a page in the project, for a test's name and its messages."""
    return str(page.relative_to(ROOT))


def text_of(page: str) -> str:
    """The text of a page, by its path in the project."""
    return (ROOT / page).read_text(encoding="utf-8")


def section(page: str, heading: str) -> str:
    """What stands below a heading of a page, down to the next heading of its level or a higher one."""
    found = re.search(rf"(?m)^(#+) {re.escape(heading)}$", text_of(page))
    assert found, f"{page} has no section {heading}"
    rest = text_of(page)[found.end() :]
    following = re.search(rf"(?m)^#{{1,{len(found[1])}}} ", rest)
    return rest[: following.start()] if following else rest


def rows(text: str, number: int = 0) -> list[list[str]]:
    """The cells of a Markdown table, without its head: the first table of a text, or the one with this number."""
    tables = re.findall(r"(?m)(?:^\|.*\n)+", text + "\n")
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in tables[number].splitlines()[2:]]


def words(cell: str) -> list[str]:
    """What stands in backticks in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
