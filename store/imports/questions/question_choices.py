"""What can be answered to a question on a list: each choice is one key, and an answer as it is typed."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.imports.answers.parse_answers import ALL, DAY_FIRST, EACH, HOLDS, LEAVE_OUT, MONTH_FIRST, NONE, PARTS
from store.imports.grid.describe_bad_rows import rows_typed
from store.imports.headings.russian_field_names import field_typed
from store.imports.states.state_meant_by_word import NOT_DONE, word_typed_for
from store.model.vocabulary_and_signs import CLOSING_REASONS, Because, State
from store.rules.days import said_day
from store.rules.joined_names import with_roles
from store.rules.visit_slugs import slug_from
from store.sanitise_text import visible
from store.translation import language, phrase, plural, tr
from store.words_for_none import NONE_TYPED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.errors import UsageError
    from store.imports.grid.grid import Problem


class Choice:
    """One answer to a problem: the `key` that gives it, its `label`, its `kind` and how it is `typed`."""

    __slots__ = ("key", "kind", "label", "typed")

    def __init__(self, key: str, label: str, kind: str, typed: str) -> None:
        self.key = key
        self.label = label
        self.kind = kind
        self.typed = typed

    def shown(self) -> str:
        """How it is typed in the language of the program: `due:asap=none`, in Russian `срок:asap=нет`."""
        if language() != "ru" or self.kind not in ("map", "set", "value"):
            return self.typed
        left, _, value = self.typed.rpartition("=")
        field, colon, word = left.partition(":") if self.kind == "value" else (left, "", "")
        field = NONE_TYPED[1] if field == NONE else field_typed(field)
        return f"{field}{colon}{word}={word_typed_for(value)}"


def none_of_the_answers(text: str) -> str:
    """Why a question is asked again."""
    return tr('"{text}" is none of the answers', text=visible(text))


class FreeAnswer:
    """An answer in words: its `label`, its `kind`, and what stands `before` the words as they are typed.

    `columns`: heading of a column that may say it -> the column as it is typed. Who types a heading means the column.
    """

    __slots__ = ("before", "columns", "is_date", "kind", "label", "shortest")

    def __init__(
        self,
        label: str,
        kind: str,
        before: str,
        *,
        is_date: bool,
        columns: Mapping[str, str] | None = None,
        shortest: int = 2,
    ) -> None:
        """`shortest`: characters of an answer at least; where one can be a key, it is none."""
        self.label = label
        self.kind = kind
        self.before = before
        self.is_date = is_date
        self.shortest = shortest
        self.columns = {fold(heading): column for heading, column in (columns or {}).items()}

    def choice(self, text: str) -> Choice | None:
        """The choice that words make; None where they are too short, or no day."""
        if (column := self.columns.get(fold(text))) is not None:
            return Choice("", text, "map", f"{self.before}{column}")
        if (
            len(text) < self.shortest
            or "=" in text
            or text.casefold() in _NO_ANSWERS
            or (self.is_date and not _is_date(text))
        ):
            return None
        return Choice("", text, self.kind, f"{self.before}{text}")

    def why_not(self, text: str) -> str:
        """Why words make no choice."""
        if self.is_date:
            return tr('"{text}" is no day with its year, as 3 May 2027', text=visible(text))
        return none_of_the_answers(text)


_NO_ANSWERS = frozenset(("yes", "no", "none", "да", "нет", "quit", "exit"))
"""Words that answer another question, and name no party."""


def _is_date(text: str) -> bool:
    """Whether a text is a date with its year, whatever day it is today."""
    from store.imports.dates.date_in_cell import DateReader, due_date
    from store.imports.grid.invalid_cell import InvalidCell

    try:
        return due_date(text, DateReader("2000-01-01")) is not None
    except InvalidCell:
        return False


_NAMED = frozenset(
    (
        *("import.labelled-name", "import.letters-of-two-alphabets", "import.no-name", "import.no-one-party"),
        *("import.person", "import.person-beside", "import.several-parties", "party.near", "party.several-fit"),
    )
)
"""Codes of problems that the name of a party answers."""


def free_answer_of(problem: Problem) -> FreeAnswer | None:
    """How a problem is answered in words; None where it is not."""
    field, values = problem.field or "", problem.values
    if problem.code in ("import.date-unknown", "import.date-in-other-order") and "word" in values:
        return FreeAnswer(tr("type the day"), "value", f"{field}:{values['word']}=", is_date=True)
    if problem.code in _NAMED and "name" in values:
        return FreeAnswer(tr("type the party"), "value", f"{field}:{values['name']}=", is_date=False)
    if problem.code in ("import.no-column", "import.field-missing") and field in ("by", "to"):
        more = len(_dict_of(values.get("columns"))) - len(_DIGITS)
        label = tr("type the party for all such rows")
        if more > 0:
            label = plural(
                "type the party for all such rows, or the heading of {n} more column",
                "type the party for all such rows, or the heading of one of {n} more columns",
                more,
            )
        return FreeAnswer(label, "default", f"{field}=", is_date=False, columns=_dict_of(values.get("headings")))
    if problem.code == "import.done-without-day":
        day = values["day_field"]
        return FreeAnswer(tr("type the day for all such rows"), "default", f"{day}=", is_date=True)
    if problem.code == "day.to-come" and "word" in values:
        before = f"{field}:{values['word']}="
        before = " ".join((f"{before}{_DONE}", "")) if field == "state" else before
        return FreeAnswer(tr("type the day"), "value", before, is_date=True)
    if problem.code in ("import.no-column", "import.field-missing") and field == "visit":
        return FreeAnswer(tr("type the visit"), "default", "visit=", is_date=False)
    if problem.code == "import.no-number" and "word" in values:
        return FreeAnswer(tr("type the number"), "value", f"{field}:{values['word']}=", is_date=False, shortest=1)
    if problem.code == "due.reason-needed":
        return FreeAnswer(tr("type the reason for all such rows"), "default", "reason=", is_date=False)
    return None


_DONE = "done"
"""The word for a state behind which its day stands."""

_STATES = (
    ("p", State.PROPOSED, phrase("proposed")),
    ("a", State.AGREED, phrase("agreed")),
    ("i", State.IN_PROGRESS, phrase("in progress")),
    ("r", State.REPORTED, phrase("done")),
    ("c", State.CONFIRMED, phrase("confirmed")),
    ("d", Because.DROPPED, phrase("dropped")),
    ("e", Because.DECLINED, phrase("declined")),
    ("o", NOT_DONE, phrase("open")),
    ("n", NONE, phrase("it says nothing")),
)


def _of_word(field: str, values: Mapping[str, object]) -> list[Choice]:
    return [Choice(key, tr(label), "value", f"{field}:{values['word']}={value}") for key, value, label in _STATES]


def _of_reason(field: str, values: Mapping[str, object]) -> list[Choice]:
    reasons = [
        Choice(reason.key, tr(reason.text), "value", f"{field}:{values['word']}={word}")
        for word, reason in CLOSING_REASONS.items()
    ]
    return [*reasons, Choice("n", tr("it says nothing"), "value", f"{field}:{values['word']}={NONE}")]


def _of_closed(field: str, values: Mapping[str, object]) -> list[Choice]:
    """How what is closed ended; nothing where no cell says that it is."""
    if "word" not in values:
        return []
    done = Choice("r", tr("it was done"), "value", f"{field}:{values['word']}={State.REPORTED}")
    return [done, *_of_reason(field, values)]


def _of_reason_undone(field: str, values: Mapping[str, object]) -> list[Choice]:
    return [Choice("n", tr("it says nothing"), "value", f"{field}:{values['word']}={NONE}")]


def _of_closing_day(_: str, values: Mapping[str, object]) -> list[Choice]:
    column = values.get("column")
    if column is None:
        return []
    done = [] if values["has_day_done"] else [Choice("r", tr("the day it was done"), "map", f"reported-on={column}")]
    return [*done, Choice("n", tr("it says nothing"), "map", f"closed-on={NONE}")]


def _of_two_days(_: str, values: Mapping[str, object]) -> list[Choice]:
    names, columns = values["names"], values["columns"]
    assert isinstance(names, list), "the refusal names both columns"
    assert isinstance(columns, list), "the refusal tells both columns"
    return [Choice(key, name, "map", f"due={column}") for key, name, column in zip("ab", names, columns, strict=True)]


def _of_date(field: str, values: Mapping[str, object]) -> list[Choice]:
    word, readings = values["word"], values.get("readings", ())
    assert isinstance(readings, list | tuple), "the refusal lists what the cell may mean"
    known = [
        Choice(key, _said(str(each)), "value", f"{field}:{word}={each}")
        for key, each in zip("ab", readings, strict=False)
    ]
    if (order := values.get("order")) is not None:
        text = tr("day first") if order == DAY_FIRST else tr("month first")
        known.append(Choice("d" if order == DAY_FIRST else "m", text, "dates", str(order)))
    text = tr("no day: the words are kept") if field == "due" else tr("it says nothing")
    return [*known, Choice("n", text, "value", f"{field}:{word}={NONE}")]


def _said(reading: str) -> str:
    """What a cell may mean, a day as people write it."""
    is_iso = len(reading) == len("2027-02-28") and reading[4] == reading[7] == "-"
    return said_day(reading) if is_iso else reading


def _of_order(_: str, values: Mapping[str, object]) -> list[Choice]:
    return [Choice("d", tr("day first"), "dates", DAY_FIRST), Choice("m", tr("month first"), "dates", MONTH_FIRST)]


def _of_dates(_: str, values: Mapping[str, object]) -> list[Choice]:
    column = values["column"]
    return [
        Choice("u", tr("until when it is due"), "map", f"due={column}"),
        Choice("r", tr("the day it was done"), "map", f"reported-on={column}"),
        Choice("n", tr("none of both"), "map", f"{NONE}={column}"),
    ]


def _of_period(_: str, values: Mapping[str, object]) -> list[Choice]:
    columns = values["columns"]
    return [
        Choice("u", tr("until when it is due"), "map", f"due={columns}"),
        Choice("n", tr("not that"), "map", f"{NONE}={columns}"),
    ]


def _of_dates_beside(_: str, values: Mapping[str, object]) -> list[Choice]:
    column = values["column"]
    done = [Choice("r", tr("the day it was done"), "map", f"reported-on={column}")] if values["can_be_done"] else []
    return [
        Choice("u", tr("yes: the last day of a row counts"), "map", f"due={values['both']}"),
        Choice("2", tr("no, these are two promises, each with its day"), "map", f"{EACH}={values['both']}"),
        *done,
        Choice("n", tr("it says nothing"), "map", f"{NONE}={column}"),
    ]


def _of_months_over_columns(_: str, values: Mapping[str, object]) -> list[Choice]:
    columns = values["columns"]
    until = [Choice("u", tr("until when: the last month that is marked"), "map", f"due={columns}")]
    return [
        *(until if values["is_marked"] else []),
        _leave_out(columns),
    ]


def _leave_out(columns: object) -> Choice:
    return Choice("n", tr("leave these columns out"), "map", f"{NONE}={columns}")


def _of_months_in_titles(_: str, values: Mapping[str, object]) -> list[Choice]:
    return [
        Choice("u", tr("until when it is due"), "map", f"due={PARTS}"),
        Choice("n", tr("not that"), "map", f"due={NONE}"),
    ]


def _of_states(_: str, values: Mapping[str, object]) -> list[Choice]:
    names, columns = values["names"], values["columns"]
    assert isinstance(names, list), "the refusal names the columns"
    assert isinstance(columns, list), "the refusal tells the columns"
    return [
        *(
            Choice(key, name, "map", f"state={column}")
            for key, name, column in zip("abcdefg", names, columns, strict=False)
        ),
        Choice(
            "n",
            tr("none of them says it"),
            "map",
            f"state={values['share']}" if values["share"] else f"{NONE}={','.join(columns)}",
        ),
    ]


def _of_unheaded(_: str, values: Mapping[str, object]) -> list[Choice]:
    return [
        Choice("t", tr("a note"), "map", f"note={values['as_note']}"),
        Choice("n", tr("leave the column out"), "map", f"{NONE}={values['column']}"),
    ]


def _of_matrix(_: str, values: Mapping[str, object]) -> list[Choice]:
    columns = values["columns"]
    by = [Choice("b", tr("who promised it: the institutions over the marks"), "map", f"by={columns}")]
    return [
        *(by if values["is_of_marks"] else []),
        _leave_out(columns),
    ]


def _of_names(field: str, values: Mapping[str, object]) -> list[Choice]:
    name, names = values["name"], values["names"]
    assert isinstance(names, list), "the refusal lists the names"
    choices = [
        Choice(
            "s",
            plural("{n} party: {names}", "{n} parties: {names}", len(names), names="; ".join(names)),
            "value",
            f"{field}:{name}={'; '.join(names)}",
        ),
    ]
    if values.get("says_who_helps") and not any("(" in each for each in names):
        lead, *helping = names
        said = ", ".join(with_roles(lead, helping))
        label = tr("{lead}; who helps (support): {names}", lead=lead, names="; ".join(helping))
        choices.append(Choice("h", label, "value", f"{field}:{name}={said}"))
    return [*choices, *_nobody(field, values), Choice("o", tr("one new party"), "new-party", f"{name}")]


def _of_near(field: str, values: Mapping[str, object]) -> list[Choice]:
    names = values["names"]
    assert isinstance(names, list), "the refusal lists the names"
    known = [
        Choice(key, str(each), "value", f"{field}:{values['name']}={each}")
        for key, each in zip("abcde", names, strict=False)
    ]
    new = Choice("o", tr("another one, a new party"), "new-party", f"{values['name']}")
    return [*known, *_nobody(field, values), new]


def _nobody(field: str, values: Mapping[str, object]) -> list[Choice]:
    """That a name is left out: a row that has to have one is asked about then."""
    return [Choice("n", tr("leave it out: nobody"), "value", f"{field}:{values['name']}={NONE}")]


def _of_nobody(field: str, values: Mapping[str, object]) -> list[Choice]:
    return [
        *_nobody(field, values),
        Choice("o", tr("it is an institution"), "new-party", f"{values['name']}"),
    ]


def _of_person(field: str, values: Mapping[str, object]) -> list[Choice]:
    return [
        *_nobody(field, values),
        Choice("c", tr("leave the whole column out"), "map", f"{field}={NONE}"),
        Choice("o", tr("it is an institution"), "new-party", f"{values['name']}"),
    ]


def _of_event(_: str, values: Mapping[str, object]) -> list[Choice]:
    number = values["number"]
    return [
        Choice("y", tr("yes"), "events", str(number)),
        Choice("n", tr("no"), "events", f"-{number}"),
        Choice("a", tr("all of them are"), "events", ALL),
        Choice("x", tr("no other is"), "events", NONE),
    ]


def _of_visit(_: str, values: Mapping[str, object]) -> list[Choice]:
    """The visit that was meant, if one is near; a new one, whose place and days are asked for next."""
    typed, meant = str(values["typed"]), values["meant"]
    assert isinstance(meant, list), "the refusal lists the visits"
    known = [Choice("k", tr("it is {each}", each=each), "value", f"visit:{typed}={each}") for each in meant]
    return [*known, Choice("v", tr("make this visit"), "new-visit", slug_from(typed))]


def _of_no_visit(visits: Mapping[str, str]) -> list[Choice]:
    """Which visit it is where nothing says so: one that is there, by its number, or a new one."""
    known = [
        Choice(key, f"{slug} ({title})", "default", f"visit={slug}")
        for key, (slug, title) in zip(_DIGITS, visits.items(), strict=False)
    ]
    return [*known, Choice("v", tr("make a visit"), NEW_VISIT, "")]


def _of_missing(field: str, values: Mapping[str, object]) -> list[Choice]:
    return _of_no_visit(_dict_of(values.get("visits"))) if field == "visit" else []


NEW_VISIT = "new-visit"
"""The kind of the answer that makes a visit; without a slug it is made of the place and the year that are asked for."""


def _of_titles(field: str, values: Mapping[str, object]) -> list[Choice]:
    """What says a field that no known column says: another column, by its letter, or the titles of the parts."""
    if field == "visit":
        visits = _dict_of(values.get("visits"))
        return [*_of_no_visit(visits), *_titles_of_parts(field, values)]
    return [*_of_columns(field, values), *_titles_of_parts(field, values)]


def _of_columns(field: str, values: Mapping[str, object]) -> list[Choice]:
    """Each of the columns that may say a field, by its letter."""
    columns = _dict_of(values.get("columns"))
    return [
        Choice(key, name, "map", f"{field}={column}")
        for (column, name), place in zip(columns.items(), _DIGITS, strict=False)
        if (key := column.lower() if len(column) == 1 and column.lower() not in _KEYS_OF_TITLES else place)
    ]


def _of_columns_alike(field: str, values: Mapping[str, object]) -> list[Choice]:
    both = ",".join(_dict_of(values.get("columns")))
    all_of_them = [Choice("x", tr("all of them"), "map", f"{field}={both}")] if values["of_both"] else []
    return [*_of_columns(field, values), *all_of_them]


def choices_of_refusal(error: UsageError) -> list[Choice]:
    """What can be answered to a refusal of a whole list; nothing where it has to be typed, or the list mended."""
    make = _CHOICES.get(error.code)
    return make(str(error.values["asks"]), error.values) if make is not None and "asks" in error.values else []


def _titles_of_parts(field: str, values: Mapping[str, object]) -> list[Choice]:
    titles = values.get("titles")
    if not isinstance(titles, list) or not titles:
        return []
    listed = ", ".join(map(str, titles[:_MOST_TITLES]))
    return [Choice("t", tr("the titles of the parts: {titles}", titles=listed), "map", f"{field}={PARTS}")]


def _dict_of(value: object) -> dict[str, str]:
    return value if isinstance(value, dict) else {}


_DIGITS = "123456789"
_KEYS_OF_TITLES = "tx"
"""Keys of other answers to the question on a column: no letter of a column."""


def _of_other_title(field: str, values: Mapping[str, object]) -> list[Choice]:
    return [
        Choice("t", tr("what the titles of the parts say"), "map", f"{field}={PARTS}"),
        Choice("s", tr("{said} in all rows", said=values["said"]), "set", f"{field}={values['said']}"),
    ]


def _of_states_in_titles(_: str, __: Mapping[str, object]) -> list[Choice]:
    return [
        Choice("t", tr("what the titles of the parts say"), "map", f"state={PARTS}"),
        Choice("n", tr("it says nothing"), "map", f"state={NONE}"),
    ]


def _of_done_and_not(_: str, values: Mapping[str, object]) -> list[Choice]:
    """Which of two columns counts where one says that a row is done: the answer is on the heading of that one."""
    names, word = values["names"], values["word"]
    assert isinstance(names, list), "the refusal names both columns"
    return [
        Choice("r", tr("it is done, as {name} says", name=names[0]), "value", f"state:{word}={State.REPORTED}"),
        Choice("i", tr("it stands as {name} says", name=names[1]), "value", f"state:{word}={NONE}"),
    ]


def _of_done_of_several(_: str, values: Mapping[str, object]) -> list[Choice]:
    return [
        Choice("y", tr("yes, each of them"), HOLDS, str(values["row"])),
        Choice("n", tr("leave the column out"), "map", f"{NONE}={values['column']}"),
    ]


def _of_number_twice(_: str, __: Mapping[str, object]) -> list[Choice]:
    return [Choice("n", tr("leave the numbers of the list out"), "map", f"source-id={NONE}")]


def _of_state_before_title(_: str, __: Mapping[str, object]) -> list[Choice]:
    return [Choice("n", tr("it says nothing"), "map", f"state={NONE}")]


def _of_title(field: str, values: Mapping[str, object]) -> list[Choice]:
    word = values["word"]
    return [Choice("y", tr("yes"), "value", f"{field}:{word}={word}")]


def _of_struck(_: str, values: Mapping[str, object]) -> list[Choice]:
    row = str(values["row"])
    return [
        Choice("h", tr("it holds"), HOLDS, row),
        Choice("x", tr("leave the row out"), LEAVE_OUT, row),
    ]


def _of_day_to_come(field: str, values: Mapping[str, object]) -> list[Choice]:
    """That it is not done yet; another day is typed."""
    if "word" not in values or field not in ("state", "reported-on", "confirmed-on"):
        return []
    return [Choice("o", tr("it is not done yet"), "value", f"{field}:{values['word']}={NOT_DONE}")]


def _of_other_headings(_: str, values: Mapping[str, object]) -> list[Choice]:
    return [Choice("x", tr("leave these rows out"), LEAVE_OUT, str(values["rows"]))]


_MOST_TITLES = 3
"""The most titles of parts that an answer names."""

_CHOICES: Mapping[str, Callable[[str, Mapping[str, object]], list[Choice]]] = {
    "day.to-come": _of_day_to_come,
    "import.dates-alike": _of_order,
    "import.cell-behind": _of_unheaded,
    "import.column-unheaded": _of_unheaded,
    "import.columns-alike": _of_columns_alike,
    "import.closed-is-unclear": _of_closed,
    "import.date-in-other-order": _of_date,
    "import.date-unknown": _of_date,
    "import.dates-beside": _of_dates_beside,
    "import.dates-unknown": _of_dates,
    "import.done-and-not": _of_done_and_not,
    "import.done-of-several": _of_done_of_several,
    "import.done-has-closing-day": _of_closing_day,
    "import.event-asked": _of_event,
    "import.field-missing": _of_missing,
    "import.matrix": _of_matrix,
    "import.months-in-titles": _of_months_in_titles,
    "import.months-over-columns": _of_months_over_columns,
    "import.other-headings": _of_other_headings,
    "import.period-unknown": _of_period,
    "import.no-column": _of_titles,
    "import.labelled-name": _of_near,
    "import.letters-of-two-alphabets": _of_near,
    "import.no-name": _of_nobody,
    "import.no-number": _of_reason_undone,
    "import.no-title": _of_columns,
    "import.number-twice": _of_number_twice,
    "import.no-one-party": _of_nobody,
    "import.person": _of_person,
    "import.person-beside": _of_near,
    "import.reason-unknown": _of_reason,
    "import.several-parties": _of_names,
    "import.state-before-title": _of_state_before_title,
    "import.states-in-titles": _of_states_in_titles,
    "import.states-unknown": _of_states,
    "import.names-nothing": _of_title,
    "import.share-unknown": _of_word,
    "import.struck-through": _of_struck,
    "import.text-alone": _of_title,
    "import.title-names-party": _of_other_title,
    "import.title-of-part": _of_title,
    "import.two-days": _of_two_days,
    "import.undone-has-reason": _of_reason_undone,
    "import.word-unknown": _of_word,
    "party.near": _of_near,
    "party.several-fit": _of_near,
    "visit.unknown": _of_visit,
}
"""Code of a problem -> what can be answered."""


MAY_BE_NO_ROW = frozenset(
    (
        *("import.closed-is-unclear", "import.date-unknown", "import.done-without-day", "import.field-missing"),
        *("import.labelled-name", "import.no-name", "import.no-one-party", "import.person", "import.person-beside"),
        *("import.several-parties", "import.text-alone", "import.title-of-part", "import.word-unknown", "party.near"),
        *("import.names-nothing", "import.share-unknown", "import.no-number", "day.to-come"),
    )
)
"""Codes of problems by which a single row may be told that is none of the list."""


def choices_of(problem: Problem, all_rows: int = 0) -> list[Choice]:
    """What can be answered to a problem; nothing where the list itself has to be mended.

    `all_rows`: how many rows the list has; several are none of the list only where there are others.
    """
    make = _CHOICES.get(problem.code)
    choices = make(problem.field or "", problem.values) if make is not None else []
    rows = sorted(set(problem.rows))
    if problem.code in MAY_BE_NO_ROW and (len(rows) == 1 or len(rows) < all_rows):
        label = plural("it is no row of the list", "they are no rows of the list", len(rows))
        choices.append(Choice("x", label, LEAVE_OUT, rows_typed(rows)))
    return choices
