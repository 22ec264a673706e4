"""Sheet: what one form asks, and the plan that its answers make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from store.snapshot import Snapshot

if TYPE_CHECKING:
    from store.transaction import Transaction
    from tui.app.app import FollowUp

Live: TypeAlias = Callable[[str], tuple[str, str]]
"""What is typed -> what is said under the field: (harmless text, style name), empty for nothing."""


class Button(NamedTuple):
    """What a form does with its answers: the `word` on its button, and what was `done` when it worked."""

    word: str
    done: str


SAVE, SHOW = Button("Save", "saved"), Button("Show", "shown")

LINE, TEXT, CHOICE = "line", "text", "choice"
"""Kinds of fields: one line, several lines, one of a few words."""


class Candidate(NamedTuple):
    """What a field can be completed to: the text that is put there, how the list shows it, what finds it."""

    text: str
    shown: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One field of a form: `name` is the parameter of the operation, which a refusal names too.

    `value` stands there when the form opens; `empty` is what holds when nothing is typed.
    """

    name: str
    label: str
    value: str = ""
    empty: str = ""
    kind: str = LINE
    options: tuple[str, ...] = ()
    live: Live | None = None
    candidates: Callable[[], Sequence[Candidate]] | None = None
    is_list: bool = False
    is_default: bool = False
    """Whether `value` is only what is usual: the first letter typed takes its place."""


class Answers:
    """What stands in the fields of a form."""

    def __init__(self, questions: Iterable[Question], values: Mapping[str, str]) -> None:
        self._first = {question.name: question.value for question in questions}
        self._values = {**self._first, **values}

    def text(self, name: str) -> str:
        """What stands there, without blanks at the ends."""
        return self._values.get(name, "").strip()

    def given(self, name: str) -> str | None:
        """The same, None for nothing."""
        return self.text(name) or None

    @property
    def values(self) -> Mapping[str, str]:
        """What stands in each of them."""
        return self._values

    @property
    def changed(self) -> dict[str, str]:
        """The fields that the person changed, as they stand there."""
        return {name: value for name, value in self._values.items() if value != self._first.get(name, "")}

    def without(self, names: Iterable[str]) -> Answers:
        """The same answers with these fields as they were."""
        answers = Answers((), {})
        answers._first = self._first
        answers._values = {**self._values, **{name: self._first.get(name, "") for name in names}}
        return answers


@dataclass(frozen=True, slots=True)
class Subject:
    """What a form is about: commitments with the revisions that were seen, or a visit."""

    numbers: tuple[int, ...] = ()
    looked_at: Mapping[int, int] = field(default_factory=dict)
    visit: str | None = None
    hidden: int = 0
    """How many of the commitments are not in the list at present."""

    @property
    def number(self) -> int:
        """The commitment, where there is one."""
        return self.numbers[0]

    def words(self) -> str:
        """`#7`, or `3 commitments, 1 not shown`."""
        return self.name() + (f", {self.hidden} not shown" if self.hidden else "")

    def name(self) -> str:
        """`#7`, or `3 commitments`."""
        return f"#{self.number}" if len(self.numbers) == 1 else f"{len(self.numbers)} commitments"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be saved in one transaction, and what is said of it when it is.

    `without` gives the plan without some fields of the record, None when nothing is left of it; where it is None
    itself all of them belong together. `then` is what follows, a question why it was late perhaps. `act` is done
    in the place of a change of the store. `about` names a visit, two people's changes of which may clash.
    """

    apply: Callable[[Transaction], Any] | None
    told: Callable[[Any], str]
    looked_at: Mapping[int, int] = field(default_factory=dict)
    without: Callable[[frozenset[str]], Plan | None] | None = None
    then: Callable[[FollowUp, Any], None] | None = None
    act: Callable[[], Any] | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its name (for drafts, empty for none), what it is about, its title, its fields.

    `plan` reads the answers. Raises: FollowUpError, whose `field` is the one that is wrong. `button` is what it does
    with them. `follow` is told the field that the person changed, and gives what other fields come to by that.
    """

    form: str
    subject: Subject
    title: str
    questions: tuple[Question, ...]
    plan: Callable[[Answers], Plan]
    button: Button = SAVE
    follow: Callable[[str, Answers], Mapping[str, str]] = lambda _, __: {}


@dataclass(frozen=True, slots=True)
class FormContext:
    """What the one who fills in a form has before them: the store as it is, and who they are."""

    snapshot: Snapshot
    actor: str
