"""Render the problems of bad rows: which rows, which column, why, and what to do."""

from __future__ import annotations

from store.imports.grid.row_nouns import rows_counted, rows_named
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.imports.grid.grid import Problem
    from store.imports.rows.parse_rows import ParsedRows

_MOST_SHOWN = 600
"""The most characters of a reason that are shown: a cell in it can have any length."""

_MOST_RUNS = 12
"""The most rows, or runs of them, that are named where many have the same problem."""


_WORDS = ("import.word-unknown", "import.share-unknown", "import.reason-unknown")
"""Codes of problems of words, which are told with their count."""

_FEW_ROWS = 3
"""Rows that are counted at sight."""


def merge_same(problems: Iterable[Problem]) -> list[Problem]:
    """Merge the problems that are the same in the same column, in the order of their rows."""
    few: dict[tuple[str, int | None, str, str | None], Problem] = {}
    for problem in sorted(problems, key=lambda problem: (problem.row, problem.column or 0)):
        same = few.setdefault((problem.why, problem.column, problem.code, problem.field), problem)
        if same is not problem:
            same.rows += problem.rows
    return list(few.values())


def describe_problem(problem: Problem, parsed: ParsedRows) -> str:
    """Render a problem as one sentence: `row 7, column D "Deadline": ...`."""
    noun, reason = parsed.columns.grid.noun, reason_of(problem, parsed)
    where = rows_named(noun, rows_in_words(problem.rows))
    if problem.code in _WORDS and len(problem.rows) > _FEW_ROWS:
        where = f"{where} ({rows_counted(noun, len(problem.rows))})"
    return f"{where}, {reason}" if problem.column is not None else f"{where}: {reason}"


def notice_lines(parsed: ParsedRows) -> list[str]:
    """A sentence for the cells that were not taken as they stand: `row 4, column D "Due": ...`."""
    return [describe_problem(each, parsed) for each in merge_same(parsed.notices)]


def reason_of(problem: Problem, parsed: ParsedRows) -> str:
    """Render a problem without its rows: `column D "Deadline": ...`."""
    why = visible(problem.why)
    if len(why) > _MOST_SHOWN:
        why = f"{why[:_MOST_SHOWN]}..."
    return why if problem.column is None else f"{parsed.columns.name(problem.column)}: {why}"


def runs_of(rows: Iterable[int]) -> list[range]:
    """Numbers of rows as runs of those that follow one another."""
    runs: list[range] = []
    for row in rows:
        if runs and row == runs[-1].stop:
            runs[-1] = range(runs[-1].start, row + 1)
        else:
            runs.append(range(row, row + 1))
    return runs


def rows_typed(rows: Iterable[int]) -> str:
    """Row numbers as an answer names them: `3,7-9`."""
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs_of(sorted(set(rows))))


def rows_in_words(rows: Sequence[int]) -> str:
    """Render row numbers: `7`, `2-21, 23 and 30-32`; of very many the first ones, and how many more."""
    each = list(dict.fromkeys(rows))
    runs = runs_of(each)
    texts = [
        text
        for run in runs
        for text in ([tr("{first}-{last}", first=run[0], last=run[-1])] if len(run) > 2 else map(str, run))
    ]
    if len(runs) > _MOST_RUNS:
        texts = [*map(str, each[:_MOST_RUNS]), tr("{count} more", count=len(each) - _MOST_RUNS)]
    *first, last = texts
    return tr("{first} and {last}", first=", ".join(first), last=last) if first else last
