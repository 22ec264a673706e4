"""Asks the open questions of a list on a terminal: each answer is a letter and Enter."""

from __future__ import annotations

import sys

from store.errors import UsageError
from store.imports.answers.parse_answers import LEAVE_OUT, NONE
from store.imports.questions.question_choices import none_of_the_answers
from store.imports.questions.visit_questions import FIRST_DAY, TITLE, VISIT_QUESTIONS, day_of_visit
from store.sanitise_text import visible
from store.translation import tr
from store.words_for_none import says_none
from tui.keyboard_layout import as_it_looks, in_latin
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from store.imports.questions.question_choices import Choice
    from store.imports.questions.questions_before_import import ImportQuestion
    from tui.cli.arguments import Arguments


class Asking:
    """Asks each question once; one without an answer is not asked again."""

    def __init__(self, arguments: Arguments) -> None:
        is_terminal = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
        self.can_ask = is_terminal and not arguments.has("json") and arguments.words[0] != "-"
        self._asked: set[str] = set()
        self.is_answered = False
        """Whether a question was answered."""

    def answers(self, questions: Sequence[ImportQuestion]) -> dict[str, list[str]]:
        """The answers to questions as they are typed in a command; empty where none was given."""
        found: dict[str, list[str]] = {}
        if not self.can_ask:
            return found
        for question in questions:
            is_moot = any(question.is_answered_by(kind, typed) for kind, typed in _said(found))
            if question.asked in self._asked or is_moot:
                continue
            self._asked.add(question.asked)
            say(question.in_one_line)
            choice = _chosen(question)
            if choice is not None:
                found.setdefault(choice.kind, []).append(choice.typed)
                self.is_answered = True
        return found

    def details_of_visit(self, known: Mapping[str, object], today: str) -> dict[str, str]:
        """The title, the place and the first day of a visit that is made, as they are typed; `known` are not asked.

        Raises: UsageError where one is left out.
        """
        details: dict[str, str] = {}
        name = visible(str(known.get("slug") or known.get(TITLE) or ""))
        say(tr("the new visit {name}", name=name) if name else tr("a new visit"))
        for kind, asked in VISIT_QUESTIONS.items():
            while not known.get(kind) and kind not in details:
                sys.stderr.write(f"{tr(asked)}? ")
                sys.stderr.flush()
                line = sys.stdin.readline()
                if not line.strip():
                    raise UsageError(tr("no visit is made without it, and nothing was changed"))
                try:
                    if kind == FIRST_DAY:
                        day_of_visit(line.strip(), today)
                    details[kind] = line.strip()
                except UsageError as error:
                    say(error.sentence)
        self.is_answered = True
        return details

    def take_in(self) -> bool:
        """Ask whether to import the result of the answers, which was shown."""
        say(tr("take this in? yes/no"))
        return sys.stdin.readline().strip().lower() in ("y", "yes", "д", "да")


def _said(found: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The answers so far, each with its kind; those that leave rows out are one, as a question may be about all."""
    for kind, given in found.items():
        yield from ((kind, ",".join(given)),) if kind == LEAVE_OUT else ((kind, typed) for typed in given)


def _chosen(question: ImportQuestion) -> Choice | None:
    """Read a choice from the terminal; None for an empty line or the end of input."""
    while True:
        keys = [each.key for each in question.choices]
        if question.free is not None:
            keys.append(question.free.label)
        sys.stderr.write(tr("({choices}; Enter leaves it open) ", choices=", ".join(keys)))
        sys.stderr.flush()
        words = sys.stdin.readline().strip()
        typed = words.lower()
        choice = _meant(question, typed)
        if choice is None and question.free is not None:
            choice = question.free.choice(words)
        if choice is not None or not typed:
            return choice
        say(question.free.why_not(words) if question.free is not None else none_of_the_answers(words))


def _meant(question: ImportQuestion, typed: str) -> Choice | None:
    """The choice for a key, the beginning of a choice's words, or a Russian letter on or like a key; else None.

    A word is never taken by its first letter: that of the Russian *no* lies on the key of y.
    """
    by_words = [each for each in question.choices if typed and each.label.lower().startswith(typed)]
    if not by_words and says_none(typed):
        by_words = [each for each in question.choices if each.typed.endswith(f"={NONE}")]
    if len(typed) > 1:
        return by_words[0] if len(by_words) == 1 else None
    of_yes_or_no = [each for each in by_words if each.key in ("y", "n")]
    if of_yes_or_no and question.answer(typed) is None:
        return of_yes_or_no[0]
    return question.answer(typed) or question.answer(in_latin(typed)) or question.answer(as_it_looks(typed))
