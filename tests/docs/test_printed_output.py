"""README and the pages of docs/ show what the program prints: their commands are run, their tables compared.

`make docs` (tests/docs/write_anew.py) writes the output of the commands, the tables and the manual page anew. What else
is said in the documents is held to the program by the other tests here.
"""

from pathlib import Path

import pytest

from tests.docs.generated import GENERATED, marked, with_generated
from tests.docs.pages import name_of, user_pages
from tests.docs.run_console_blocks import run_page, steps_of, timeless

RENEW = "make docs writes it anew"
EACH_PAGE = pytest.mark.parametrize("page", user_pages(), ids=name_of)


@EACH_PAGE
def test_the_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    for step, printed in run_page(page.read_text(encoding="utf-8").splitlines(), tmp_path):
        assert timeless(printed) == timeless(step.shown), f"{step.command}: {RENEW}"


@EACH_PAGE
def test_the_generated_parts_of_a_page_are_what_the_program_says(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == with_generated(text), RENEW


@EACH_PAGE
def test_the_commands_of_a_page_fit_a_terminal(page: Path) -> None:
    for step in steps_of(page.read_text(encoding="utf-8").splitlines()):
        assert max(map(len, step.command.splitlines())) <= 78


def test_each_generated_part_stands_on_one_page_and_the_tour_is_played_by_two() -> None:
    texts = [page.read_text(encoding="utf-8") for page in user_pages()]
    for name in GENERATED:
        assert sum(bool(marked(name).search(text)) for text in texts) == 1, name
    steps = [step for text in texts for step in steps_of(text.splitlines())]
    assert len(steps) > 30
    assert any(step.shell == "2" for step in steps)
