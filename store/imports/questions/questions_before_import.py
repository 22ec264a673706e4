"""Which questions are asked before a list is imported, in the preview as in the shell: each answer is one key."""

from __future__ import annotations

from store.imports.answers.parse_answers import LEAVE_OUT, NONE, parse_answers
from store.imports.grid.describe_bad_rows import describe_problem
from store.imports.questions.question_choices import (
    Choice,
    FreeAnswer,
    choices_of,
    choices_of_refusal,
    free_answer_of,
)
from store.sanitise_text import visible
from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.errors import UsageError
    from store.imports.answers.kept_answers import KeptList
    from store.imports.grid.grid import Problem
    from store.imports.rows.parse_rows import ParsedRows


class ImportQuestion:
    """A question on a list: its `text`, the `choices` that answer it, and the `free` answer in words.

    `field` is the one that it is about, `name` the name of a party in it that it asks about. `details` is what the list
    says of the visit that is asked about, `rows` are the rows with the problem.
    """

    __slots__ = ("choices", "details", "field", "free", "name", "rows", "text")

    def __init__(
        self,
        text: str,
        choices: Sequence[Choice],
        free: FreeAnswer | None = None,
        *,
        field: str | None = None,
        name: str | None = None,
        details: Mapping[str, str] | None = None,
        rows: Iterable[int] = (),
    ) -> None:
        self.text = text
        self.choices = choices
        self.free = free
        self.field = field
        self.name = name
        self.details = details or {}
        self.rows = frozenset(rows)

    @property
    def subject(self) -> str:
        """What it is about: two questions of one subject have one answer."""
        if self.name is not None:
            return ":".join((str(self.field), self.name))
        first = self._first
        if first is None:
            assert self.free is not None, "it has an answer"
            return f"{self.free.kind} {self.free.before}"
        return f"{first.kind} {first.typed.partition('=')[0]}" if first.kind != "dates" else first.kind

    @property
    def asked(self) -> str:
        """What it asks: of two with the same, the second is not asked again. Each column is asked about."""
        first = self._first
        if first is None or self.name is not None:
            return self.subject
        return f"{first.kind} {first.typed}" if first.kind == "map" else self.subject

    @property
    def _first(self) -> Choice | None:
        """The first choice that says what it is about; None where only words do, besides that a row is none."""
        others = (each for each in self.choices if each.kind != LEAVE_OUT)
        return next(others, None if self.free is not None else self.choices[0])

    def is_answered_by(self, kind: str, typed: str) -> bool:
        """Whether an answer to another question leaves nothing to ask: that the whole column is left out, or
        its rows are.

        Where a column says until when, another one with dates is asked about otherwise.
        """
        is_due_there = any(each.typed.startswith(f"{NONE}=") for each in self.choices) and typed.startswith("due=")
        if kind == LEAVE_OUT:
            return bool(self.rows) and self.rows <= set(parse_answers({LEAVE_OUT: [typed]}).rows_left_out)
        return kind == "map" and (typed == f"{self.field}={NONE}" or (self.field == "due" and is_due_there))

    def answer(self, key: str) -> Choice | None:
        """The choice that a key makes."""
        return next((each for each in self.choices if each.key == key), None)

    @property
    def in_one_line(self) -> str:
        """The question with its keys: `... ?  p proposed  a agreed`."""
        return self.with_keys()

    def with_keys(self, free_key: str = "") -> str:
        """The question with its keys in one line; `free_key` stands before an answer in words that needs a key."""
        choices = [tr_in("choice", "{key} {label}", key=each.key, label=visible(each.label)) for each in self.choices]
        if self.free is not None:
            choices.append(
                tr_in("choice", "{key} {label}", key=free_key, label=self.free.label) if free_key else self.free.label
            )
        return f"{self.text}  {tr_in('choices', '  ').join(choices)}"


def questions_of(problems: Sequence[Problem], parsed: ParsedRows, kept: KeptList | None = None) -> list[ImportQuestion]:
    """The questions on a list, one for each subject; first whether it is read as an earlier one (`kept`) was."""
    found: dict[str, ImportQuestion] = {}
    all_rows = len(parsed.rows) + len(parsed.bad)
    if kept is not None:
        text = tr('the headings are those of "{name}": is it read as that was?', name=visible(kept.name))
        choices = [Choice("y", tr("yes"), LIKE, kept.name), Choice("n", tr("no"), LIKE, NONE)]
        found[LIKE] = ImportQuestion(text, choices)
    for problem in problems:
        free = free_answer_of(problem)
        choices = choices_of(problem, all_rows)
        if choices or free is not None:
            name = problem.values.get("name")
            text = describe_problem(problem, parsed)
            details = problem.values.get("details")
            question = ImportQuestion(
                text,
                choices,
                free,
                field=problem.field,
                name=name if isinstance(name, str) else None,
                details=details if isinstance(details, dict) else None,
                rows=problem.rows,
            )
            found.setdefault(question.subject, question)
    return list(found.values())


def question_of_refusal(error: UsageError) -> ImportQuestion | None:
    """The question that a refusal of a whole list asks: which column is what; None where nothing can be chosen."""
    choices = choices_of_refusal(error)
    return ImportQuestion(error.sentence, choices, field=str(error.values["asks"])) if choices else None


LIKE = "like"
"""The kind of the answer that names an earlier list."""
