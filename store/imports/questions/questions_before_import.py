"""Which questions are asked before a list is imported, in the preview as in the shell: each answer is one key."""

from __future__ import annotations

from store.imports.answers.parse_answers import LEAVE_OUT, NONE
from store.imports.grid.describe_bad_rows import describe_problem
from store.imports.questions.question_choices import MAY_BE_NO_ROW, Choice, FreeAnswer, choices_of, free_answer_of
from store.text import visible
from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.answers.kept_answers import KeptList
    from store.imports.grid.grid import Problem
    from store.imports.rows.parse_rows import ParsedRows


class ImportQuestion:
    """A question on a list: its `text`, the `choices` that answer it, and the `free` answer in words.

    `field` is the one that it is about, `name` the name of a party in it that it asks about.
    """

    __slots__ = ("choices", "field", "free", "name", "text")

    def __init__(
        self,
        text: str,
        choices: Sequence[Choice],
        free: FreeAnswer | None = None,
        *,
        field: str | None = None,
        name: str | None = None,
    ) -> None:
        self.text = text
        self.choices = choices
        self.free = free
        self.field = field
        self.name = name

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
        """Whether an answer to another question leaves nothing to ask: that the whole column is left out."""
        return kind == "map" and typed == f"{self.field}={NONE}"

    def answer(self, key: str) -> Choice | None:
        """The choice that a key makes."""
        return next((each for each in self.choices if each.key == key), None)

    @property
    def in_one_line(self) -> str:
        """The question with its keys: `... ?  p proposed  a agreed`."""
        choices = [tr_in("choice", "{key} {label}", key=each.key, label=visible(each.label)) for each in self.choices]
        choices += [] if self.free is None else [self.free.label]
        return f"{self.text}  {tr_in('choices', '  ').join(choices)}"


def questions_of(
    problems: Sequence[Problem], parsed: ParsedRows, kept: KeptList | None = None, *, is_free: bool = False
) -> list[ImportQuestion]:
    """The questions on a list, one for each subject; first whether it is read as an earlier one (`kept`) was.

    `is_free`: whether they can be answered in words too, as the name of a party and a day are.
    """
    found: dict[str, ImportQuestion] = {}
    if kept is not None:
        text = tr('the headings are those of "{name}": is it read as that was?', name=visible(kept.name))
        choices = [Choice("y", tr("yes"), LIKE, kept.name), Choice("n", tr("no"), LIKE, NONE)]
        found[LIKE] = ImportQuestion(text, choices)
    for problem in problems:
        free = free_answer_of(problem) if is_free else None
        choices = choices_of(problem)
        if choices or free is not None:
            if problem.code in MAY_BE_NO_ROW and len(problem.rows) == 1:
                choices.append(Choice("x", tr("it is no row of the list"), LEAVE_OUT, str(problem.row)))
            name = problem.values.get("name")
            text = describe_problem(problem, parsed)
            question = ImportQuestion(
                text, choices, free, field=problem.field, name=name if isinstance(name, str) else None
            )
            found.setdefault(question.subject, question)
    return list(found.values())


LIKE = "like"
"""The kind of the answer that names an earlier list."""
