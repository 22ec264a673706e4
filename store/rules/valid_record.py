"""Validation of records: of every file that this program did not write, and before every commit.

An unknown state, an impossible day or a wrong type is damage; strange text is not. Unknown keys are kept.
"""

from __future__ import annotations

from itertools import chain

from store.errors import StoreDamaged
from store.model.format_version import FORMAT, TABLES, VERSION
from store.model.required_fields import PAPER_SETTINGS
from store.model.vocabulary_and_signs import Because, Precision, State
from store.rules.days import is_day
from store.rules.refuse_newer_version import refuse_newer
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

_LARGEST = 10**15
_DAY_LONG = 10
"""The length of a day, with which an instant begins."""
COUNTABLE = 10**12
"""The upper bound of the store's own counters: a higher one is damage, and would soon leave no number to give."""
NEVER_REACHED = 10**9
"""A counter that no store reaches by changes: another program wrote it, and near COUNTABLE no change is possible."""


class _Invalid(Exception):
    """A value is invalid; the message says how."""


def _text(value: object) -> None:
    if not isinstance(value, str):
        raise _Invalid(tr("is not a text"))


def _full_text(value: object) -> None:
    _text(value)
    if not value:
        raise _Invalid(tr("is empty"))


_known_valid: set[str] = set()
"""A cache of valid days and instants: many records of one store share them."""

_MOST_KNOWN = 1 << 14
"""The size of that cache, 2 MiB: an app that is open for days meets ever new ones."""


def _remember(value: str) -> None:
    if len(_known_valid) >= _MOST_KNOWN:
        _known_valid.clear()
    _known_valid.add(value)


def _day(value: object) -> None:
    if isinstance(value, str) and value in _known_valid and len(value) == _DAY_LONG:
        return
    if not isinstance(value, str) or not is_day(value):
        raise _Invalid(tr("is not a day of the calendar (YYYY-MM-DD)"))
    _remember(value)


def _instant(value: object) -> None:
    # As this program writes it. Other forms are left to datetime, whose import takes a ninth of a start.
    if isinstance(value, str) and value in _known_valid and len(value) > _DAY_LONG:
        return
    if isinstance(value, str) and is_day(value[:_DAY_LONG]) and _is_time(value[_DAY_LONG:]):
        _remember(value)
        return
    from datetime import datetime

    try:
        if not isinstance(value, str) or not value.endswith("Z") or len(value) != 20:
            raise ValueError
        datetime.fromisoformat(value)
    except ValueError:
        raise _Invalid(tr("is not an instant in UTC")) from None


def _is_time(text: str) -> bool:
    """Whether a text is a time of day written as `T14:03:09Z`."""
    hours, minutes, seconds = text[1:3], text[4:6], text[7:9]
    if len(text) != 10 or text[0] + text[3] + text[6] + text[9] != "T::Z":
        return False
    digits = hours + minutes + seconds
    return digits.isascii() and digits.isdigit() and hours < "24" and minutes < "60" and seconds < "60"


def _count(value: object) -> None:
    if type(value) is not int or not 0 <= value < _LARGEST:
        raise _Invalid(tr("is not a count"))


def _number(value: object) -> None:
    if type(value) is not int or not 1 <= value < _LARGEST:
        raise _Invalid(tr("is not a number from 1 up"))


def _counter(value: object) -> None:
    if type(value) is not int or not 1 <= value < COUNTABLE:
        raise _Invalid(tr("is not a number that was counted up to"))


def _boolean(value: object) -> None:
    if type(value) is not bool:
        raise _Invalid(tr("is neither true nor false"))


def _texts(value: object) -> None:
    if not isinstance(value, list):
        raise _Invalid(tr("is not a list"))
    for item in value:
        _full_text(item)


def _some_texts(value: object) -> None:
    _texts(value)
    if not value:
        raise _Invalid(tr("is empty"))


def _one_of(words: tuple[str, ...], sentence: str) -> Callable[[object], None]:
    known = frozenset(words)

    def check(value: object) -> None:
        if not isinstance(value, str) or value not in known:
            raise _Invalid(tr(sentence))

    return check


_BY_BOUNDS = frozenset((_text, _full_text, _count, _number, _counter))
"""Checks that texts or numbers pass if the least and the largest of them do."""

_ONE_PLAIN_TYPE = ({str}, {int})
_TEXT, _LIST = frozenset((str,)), frozenset((list,))


class Shape:
    """The fields that an object must have and may have, each with its check; a check itself."""

    def __init__(self, required: Checks, optional: Checks) -> None:
        self.required = required.keys()
        self.checks = required | optional

    def __call__(self, value: object) -> None:
        """Raises: _Invalid."""
        if not isinstance(value, dict):
            raise _Invalid(tr("is not an object"))
        if not self.required <= value.keys():
            missing = next(key for key in self.required if key not in value)
            raise _Invalid(tr("has no {field}", field=missing))
        for key, item in value.items():
            test = self.checks.get(key)
            if test is not None:
                try:
                    test(item)
                except _Invalid as wrong:
                    raise _Invalid(tr("{field} {wrong}", field=key, wrong=wrong)) from None

    def fits_all(self, values: Iterable[object]) -> bool:
        """Whether all values pass. Equal texts are checked once: a fifth less time for 10,000 records."""
        alike: dict[tuple[str, ...], list[Iterable[object]]] = {}
        for value in values:
            if not isinstance(value, dict):
                return False
            alike.setdefault(tuple(value), []).append(value.values())
        try:
            for names, rows in alike.items():
                self._check_columns(names, rows)
        except _Invalid:
            return False
        return True

    def _check_columns(self, names: tuple[str, ...], rows: Iterable[Iterable[object]]) -> None:
        """Check objects with these fields, given as rows of values. Raises: _Invalid."""
        if not self.required <= set(names):
            raise _Invalid(tr("lacks a field"))
        for name, column in zip(names, zip(*rows, strict=True), strict=True):
            test = self.checks.get(name)
            if test is None:
                continue
            for item in _to_test(column, test):
                test(item)


def _to_test(column: Sequence[Any], test: Callable[[object], None]) -> Iterable[object]:
    """The values that represent a column in a check: texts, numbers and lists of texts once each, others all.

    Those of one type only: True is equal to 1.
    """
    types = set(map(type, column))
    if types in _ONE_PLAIN_TYPE:
        return (min(column), max(column)) if test in _BY_BOUNDS else set(column)
    if types == _LIST and set(map(type, chain.from_iterable(column))) <= _TEXT:
        return map(list, set(map(tuple, column)))
    return column


class ListOf:
    """A list whose items pass a check; a check itself."""

    def __init__(self, item: Callable[[object], None]) -> None:
        self.item = item

    def __call__(self, value: object) -> None:
        """Raises: _Invalid."""
        if not isinstance(value, list):
            raise _Invalid(tr("is not a list"))
        for each in value:
            self.item(each)


def _fields(value: object) -> None:
    if not isinstance(value, dict):
        raise _Invalid(tr("is not an object"))
    for pair in value.values():
        if type(pair) is not list or len(pair) != 2:
            raise _Invalid(tr("holds something else than pairs of old and new"))


def _counts(value: object) -> None:
    if not isinstance(value, dict):
        raise _Invalid(tr("is not an object"))
    for count in value.values():
        _count(count)


if TYPE_CHECKING:
    Checks = dict[str, Callable[[object], None]]

_STAMPS: Checks = {"id": _number, "created": _instant, "updated": _instant, "revision": _counter}
_VOICE = Shape({"said_by": _some_texts, "on": _day, "recorded_by": _text}, {"evidence": _text, "note": _text})

_VISIT = Shape(
    {**_STAMPS, "slug": _full_text, "title": _full_text, "start": _day, "end": _day},
    {
        "place": _text,
        "hosts": _texts,
        "delegation": _text,
        "programme": _text,
        "donor": _text,
        "grant": _text,
        "contact": _text,
        "aside": Shape({"on": _day}, {"until": _day, "reason": _text}),
    },
)
_PARTY = Shape({**_STAMPS, "name": _full_text}, {"short": _text, "ru": _text, "aliases": _texts})
_COMMITMENT = Shape(
    {
        **_STAMPS,
        "title": _full_text,
        "visit": _full_text,
        "kind": _full_text,
        "by": _some_texts,
        "to": _some_texts,
        "owner": _full_text,
        "state": _one_of(State.ALL, phrase("is not a state")),
    },
    {
        "via": _text,
        "support": _texts,
        "agreed_on": _day,
        "due": _day,
        "due_words": _text,
        "due_precision": _one_of(Precision.ALL, phrase("is not a precision")),
        "original_due": _day,
        "due_changes": ListOf(
            Shape(
                {"on": _day, "reason": _text, "extension": _boolean, "correction": _boolean},
                {"old": _day, "new": _day, "asked_by": _text, "agreed_by": _text},
            )
        ),
        "reported": _VOICE,
        "confirmed": _VOICE,
        "returned": _VOICE,
        "closed": Shape(
            {"because": _one_of(Because.ALL, phrase("is not a reason for closing")), "on": _day},
            {"agreed_by": _text, "by_id": _number},
        ),
        "miss_reason": _text,
        "chase_on": _day,
        "after": _number,
        "seats": Shape(
            {},
            {"wanted": _count, "nominated": _count, "acknowledged": _count, "letter": _text, "endorsed": _day},
        ),
        "quote": _text,
        "source": _text,
        "source_id": _text,
        "news_on": _day,
        "chased": _count,
        "last_chased": _day,
    },
)
_EVENT = Shape(
    {"seq": _counter, "change": _counter, "at": _instant, "day": _day, "who": _text, "action": _full_text},
    {
        "id": _number,
        "visit": _number,
        "party": _number,
        "revision": _counter,
        "fields": _fields,
        "note": _text,
        "reason": _text,
        "undoes": _number,
        "redoes": _number,
        "imported": _text,
        "captured": _text,
        "script": _text,
    },
)
SHAPES = {"visits": _VISIT, "parties": _PARTY, "commitments": _COMMITMENT, "events": _EVENT}
"""Table -> the shape of its records."""
_META = Shape(
    {
        "revision": _counter,
        "next": Shape(dict.fromkeys(TABLES, _counter), {}),
        "settings": Shape(
            {}, {"timezone": _text, "lang": _text, "silent_after": _number, **dict.fromkeys(PAPER_SETTINGS, _text)}
        ),
    },
    {"accounts": Shape({"machine": _text, "numbers": _counts}, {})},
)


def check_meta(meta: object) -> None:
    """Validate the `_meta` record. Raises: StoreDamaged; StoreNewer if a newer version wrote it."""
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise StoreDamaged(tr("it is not a followup store (no _meta that says so)"))
    refuse_newer(meta)
    version = meta.get("schema")
    if version != VERSION or type(version) is not int:
        raise StoreDamaged(tr("_meta has no usable schema"))
    try:
        _META(meta)
    except _Invalid as wrong:
        raise StoreDamaged(tr("in _meta, {wrong}", wrong=wrong)) from None


def check_records(table: str, records: Mapping[int, Any]) -> None:
    """Validate records of a table. Raises: StoreDamaged with the table, number and field of the first invalid one."""
    shape, key = SHAPES[table], "seq" if table == "events" else "id"
    if shape.fits_all(records.values()) and all(record[key] == number for number, record in records.items()):
        return
    for number, record in records.items():
        try:
            shape(record)
            if record[key] != number:
                raise _Invalid(tr("says that its number is {number}", number=record[key]))
        except _Invalid as wrong:
            raise StoreDamaged(
                tr("in {table}, record {number}: {sentence}", table=table, number=number, sentence=wrong)
            ) from None


def check_references(tables: Mapping[str, Mapping[int, Mapping[str, Any]]]) -> None:
    """Validate the visits that commitments name. Raises: StoreDamaged for an unknown one."""
    slugs = {visit["slug"] for visit in tables.get("visits", {}).values()}
    for number, commitment in tables.get("commitments", {}).items():
        if commitment["visit"] not in slugs:
            raise StoreDamaged(
                tr(
                    "in commitments, record {number}: there is no visit {slug!r}",
                    number=number,
                    slug=commitment["visit"][:60],
                )
            )
