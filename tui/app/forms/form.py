"""A form without Textual: its questions, the answers, and the plan that the answers make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import phrase, plural, tr
from tui.render.commitment_numbers import number_text

if TYPE_CHECKING:
    from store.transaction import Transaction
    from tui.app.app import FollowUp
    from tui.app.long_task import LongTask

Hint: TypeAlias = Callable[[str], tuple[str, str]]
"""The text in a field -> what was understood, shown beside it: (harmless text, style name), an empty text for none. A
line break in it begins the next line.
"""


class Button(NamedTuple):
    """The button of a form: its `word`, and the participle for a refusal, `not saved`; both untranslated."""

    word: str
    done: str


SAVE, SHOW, REMOVE = (
    Button(phrase("Save"), phrase("saved")),
    Button(phrase("Show"), phrase("shown")),
    Button(phrase("Remove"), phrase("removed")),
)

LINE, TEXT, CHOICE, PATH = "line", "text", "choice", "path"
"""Kinds of fields: one line, several lines, one of a few words, the path of a file, which Tab completes."""

DAY_WIDTH, NAME_WIDTH, NUMBER_WIDTH = 24, 32, 8
"""Widths of fields in columns; a text has the rest of the line."""


class Candidate(NamedTuple):
    """A completion of a field: the text inserted, its text in the list, the names that find it."""

    text: str
    shown: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form: `name` is the parameter of the operation, and the field of a refusal.

    `value` is its first value; `empty` the placeholder, which says what an empty field means; `help` what the field is
    for, one line; `width` its columns, 0 for the rest of the line. `shown` are the `options` as they are shown.
    `note_lines` are kept free for what was understood, so that the fields below stay where they are.
    """

    name: str
    label: str
    value: str = ""
    empty: str = ""
    kind: str = LINE
    options: tuple[str, ...] = ()
    hint: Hint | None = None
    candidates: Callable[[], Sequence[Candidate]] | None = None
    is_list: bool = False
    is_default: bool = False
    """Whether `value` is only a default, which is no reason to show a further field."""
    help: str = ""
    width: int = 0
    shown: tuple[str, ...] = ()
    note_lines: int = 1
    is_further: bool = False
    """Whether it stands behind `more`, until it is asked for or filled."""
    more: str = ""
    """How `more` names it, where its label says too little."""
    makes_visit: bool = False
    """Whether a visit that is not there can be made from this field."""
    is_choice: bool = False
    """Whether one of the `candidates` is mostly meant, so that Down lists them; else it goes to the next field."""


class Answers:
    """The values of the fields of a form."""

    def __init__(self, questions: Iterable[Question], values: Mapping[str, str]) -> None:
        self._first = {question.name: question.value for question in questions}
        self._values = {**self._first, **values}

    def text(self, name: str) -> str:
        """The value of a field, without blanks at the ends."""
        return self._values.get(name, "").strip()

    def given(self, name: str) -> str | None:
        """The value of a field, None for an empty one."""
        return self.text(name) or None

    @property
    def values(self) -> Mapping[str, str]:
        """Field -> value."""
        return self._values

    @property
    def changed(self) -> dict[str, str]:
        """Field -> value, of the fields that were changed."""
        return {name: value for name, value in self._values.items() if value != self._first.get(name, "")}

    def without(self, names: Iterable[str]) -> Answers:
        """A copy with these fields at their first values."""
        return self.with_values(**{name: self._first.get(name, "") for name in names})

    def with_values(self, **values: str) -> Answers:
        """A copy with other values in these fields."""
        answers = Answers((), {})
        answers._first = self._first
        answers._values = {**self._values, **values}
        return answers


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a form: commitments, with the revisions that the person saw, or a visit."""

    numbers: tuple[int, ...] = ()
    seen_revisions: Mapping[int, int] = field(default_factory=dict)
    visit: str | None = None
    hidden: int = 0
    """How many of the commitments the list does not show."""

    @property
    def number(self) -> int:
        """The number of the first commitment."""
        return self.numbers[0]

    def only(self, numbers: Sequence[int]) -> Subject:
        """The same with only these of its commitments."""
        return Subject(tuple(numbers), {number: self.seen_revisions[number] for number in numbers})

    def words(self) -> str:
        """`#7`, or `3 commitments, 1 not shown`."""
        name = self.name()
        return plural("{name}, {n} not shown", "{name}, {n} not shown", self.hidden, name=name) if self.hidden else name

    def name(self) -> str:
        """`#7`, or `3 commitments`."""
        count = len(self.numbers)
        return number_text(self.number) if count == 1 else plural("{n} commitment", "{n} commitments", count)


NextForm: TypeAlias = Callable[[Answers], tuple[str, Subject]]
"""The answers of a form that was saved -> the name and the subject of the next one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A change to be saved in one transaction, and the message afterwards: `message(result of apply)`.

    `without` gives the plan without some fields of the record, None when nothing is left; it is None itself where the
    fields belong together. `then` is called afterwards. `act` is called in the place of a change of the store, with
    `apply` None; `task` is its progress, by which it can be stopped. `about` names a visit, two people's changes of
    which may conflict. `takes_back`: it is an undo or a redo.
    """

    apply: Callable[[Transaction], Any] | None
    message: Callable[[Any], str]
    seen_revisions: Mapping[int, int] = field(default_factory=dict)
    without: Callable[[frozenset[str]], Plan | None] | None = None
    then: Callable[[FollowUp, Any], None] | None = None
    act: Callable[[], Any] | None = None
    task: LongTask | None = None
    about: str = ""
    takes_back: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its name (for drafts; empty: none are kept), its subject, title and questions.

    `plan` parses the answers. Raises: FollowUpError, whose `field` is the wrong one. `follow`: (changed field, answers)
    -> the values that other fields get by that. `about` says what there is now: facts for one line.
    """

    name: str
    subject: Subject
    title: str
    questions: tuple[Question, ...]
    plan: Callable[[Answers], Plan]
    button: Button = SAVE
    follow: Callable[[str, Answers], Mapping[str, str]] = lambda _, __: {}
    about: tuple[str, ...] = ()
    is_small: bool = False
    """Whether it opens at the foot as a menu does, with the screen above it in sight."""
    first: str = ""
    """The field that the cursor begins in; empty: the first one."""
    next_form: NextForm | None = None
    """What `save and next` opens."""
    keeps_all_in_draft: bool = False
    """Whether a draft keeps fields that were not changed too, whose first values will be others by then."""


@dataclass(frozen=True, slots=True)
class FormContext:
    """The context of a form besides its subject: the store as it is, and the user's name."""

    snapshot: Snapshot
    actor: str

    def title(self, wording: str, subject: Subject) -> str:
        """`Note on #7 Send the list`, or `Note on 3 commitments`; `wording` has `{subject}`, and is translated here."""
        title = tr(wording, subject=subject.words())
        if len(subject.numbers) == 1:
            title += f" {visible(self.snapshot.row(subject.number).commitment['title'])}"
        return title
