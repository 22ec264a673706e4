"""Parse what the user answered on a list: which column is what, what its words mean, how its dates are written."""

from __future__ import annotations

from store.errors import UsageError
from store.fold_case_and_accents import fold
from store.imports.headings.heading_synonyms import parse_field_name
from store.sanitise_text import visible
from store.translation import phrase, tr, tr_in
from store.words_for_none import says_none

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    Typed = Mapping[str, Sequence[str]]
    Meanings = Mapping[str, Mapping[str, str]]

NONE, ALL = "none", "all"
"""The column of a field that is left out, and the meaning of a word that says nothing; none or all of the events."""

LEAVE_OUT, HOLDS = "leave-out", "holds"
"""The kinds of the answers that name rows: none of the list; rows that hold, though something in them is struck out."""

EACH = "each"
"""The field of columns of dates of which each is until when of a promise of its own."""

PARTS = "parts"
"""The column of a field that the titles of the parts of a list say."""

SEVERAL = frozenset(("by", "to", "support", "reported-by", "confirmed-by", "note", "due"))
"""Fields that several columns can hold: names and notes one beside the other, a date in parts."""

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"
ORDERS = {DAY_FIRST: phrase("day first"), MONTH_FIRST: phrase("month first")}
"""How the days of a list are written -> in words."""


class NewVisit:
    """A visit that an import makes: its slug; title, place, first and last day as typed, None where nothing was."""

    __slots__ = ("end", "place", "slug", "start", "title")

    def __init__(self, slug: str, title: str | None, place: str | None, start: str | None, end: str | None) -> None:
        self.slug = slug
        self.title = title
        self.place = place
        self.start = start
        self.end = end


class ImportAnswers:
    """The answers on a list.

    `columns`: field -> column as typed, or NONE; `left_out`: columns that hold no field, as typed; `rows_left_out`:
    numbers of rows that are none of the list. `defaults`: field -> value where a new row has nothing. `given`:
    field -> value of all rows, whatever stands in them. `meanings`: field -> word -> value, or NONE. `dates` is one of
    ORDERS, None where each date has to say it. `new_parties`: names that are new parties; with `takes_new_names` all
    are that would be refused as near a known one, or as several. `events`: which events of a calendar are commitments,
    as `store.imports.rows.calendar_events` reads it. `new_visits` are the visits that
    are made: one for the rows that name none, several for those that name them. `rows_that_hold`: numbers of rows that
    hold though cells in them are struck through. `each_due`: columns of dates of which each is that of a promise of its
    own, as typed.
    """

    __slots__ = (
        "columns",
        "dates",
        "defaults",
        "each_due",
        "events",
        "given",
        "left_out",
        "meanings",
        "new_parties",
        "new_visits",
        "rows_left_out",
        "rows_that_hold",
        "takes_new_names",
    )

    def __init__(
        self,
        columns: Mapping[str, str] | None = None,
        defaults: Mapping[str, str] | None = None,
        *,
        given: Mapping[str, str] | None = None,
        meanings: Meanings | None = None,
        dates: str | None = None,
        new_parties: Iterable[str] = (),
        takes_new_names: bool = False,
        events: Sequence[str] = (),
        new_visits: Sequence[NewVisit] = (),
        left_out: Sequence[str] = (),
        rows_left_out: Collection[int] = (),
        rows_that_hold: Collection[int] = (),
        each_due: Sequence[str] = (),
    ) -> None:
        self.columns = columns or {}
        self.defaults = defaults or {}
        self.given = given or {}
        self.meanings = meanings or {}
        self.dates = dates
        self.new_parties = tuple(new_parties)
        self.takes_new_names = takes_new_names
        self.events = events
        self.new_visits = new_visits
        self.left_out = left_out
        self.rows_left_out = rows_left_out
        self.rows_that_hold = rows_that_hold
        self.each_due = each_due

    def meanings_of(self, field: str) -> dict[str, str]:
        """Word, folded -> value of this field; an empty value says nothing."""
        meant = self.meanings.get(field, {})
        return {word_key(word): "" if says_none(value) else value for word, value in meant.items()}


def word_key(word: str) -> str:
    """A word of a list, as it is compared with that which was answered."""
    return fold(" ".join(word.split()))


_PAIRS = {
    LEAVE_OUT: "3,7-9",
    HOLDS: "3,7-9",
    "map": "FIELD=COLUMN",
    "default": "FIELD=VALUE",
    "set": "FIELD=VALUE",
    "value": 'FIELD:"WORD"=VALUE',
}
"""Kind of an answer -> how it is typed."""


def parse_answers(typed: Typed) -> ImportAnswers:
    """Parse answers as they are typed: kind (`map`, `default`, `set`, `value`, `dates` ...) -> each of them.

    Raises: UsageError, whose field is the kind.
    """
    columns, defaults, given = (_pairs(typed, kind) for kind in ("map", "default", "set"))
    new_visits = _new_visits(typed)
    if len(new_visits) == 1:
        defaults.setdefault("visit", new_visits[0].slug)
    return ImportAnswers(
        columns,
        defaults,
        given=given,
        meanings=_meanings(typed),
        dates=_last(typed, "dates"),
        new_parties=typed.get("new-party", ()),
        takes_new_names="new-parties" in typed,
        events=typed.get("events", ()),
        new_visits=new_visits,
        left_out=[each.partition("=")[2].strip() for each in typed.get("map", ()) if is_left_out(each)],
        rows_left_out=_rows(LEAVE_OUT, typed.get(LEAVE_OUT, ())),
        rows_that_hold=_rows(HOLDS, typed.get(HOLDS, ())),
        each_due=[each.partition("=")[2].strip() for each in typed.get("map", ()) if _is_each(each)],
    )


def _new_visits(typed: Typed) -> list[NewVisit]:
    """The visits that are made, each with its own of the answers of each kind, in the order of the visits."""
    slugs = list(dict.fromkeys(typed.get("new-visit", ())))
    more = next((kind for kind in OF_VISITS if len(typed.get(kind, ())) > len(slugs)), None)
    if slugs and more is not None:
        sentence = tr("{name} was given more often than there are new visits", name=more)
        raise UsageError(sentence, code="import.answered-too-often", field=more, values={"name": more})
    of_each = {kind: [*(each or None for each in typed.get(kind, ())), *[None] * len(slugs)] for kind in OF_VISITS}
    return [NewVisit(slug, *(of_each[kind][place] for kind in OF_VISITS)) for place, slug in enumerate(slugs)]


OF_VISITS = ("title", "place", "from", "to")
"""The kinds of answers on the visits that are made: the first of a kind is that of the first visit, empty for none."""

_MOST_ROWS = 1_000_000


def _rows(kind: str, typed: Iterable[str]) -> frozenset[int]:
    """The rows of answers of a kind, such as `3,7-9`. Raises: UsageError."""
    found: set[int] = set()
    for each in typed:
        for part in filter(None, each.replace(" ", "").split(",")):
            first, _, last = part.partition("-")
            if not (first.isascii() and first.isdigit() and (last or first).isascii() and (last or first).isdigit()):
                raise _not_understood(kind, each)
            found.update(range(int(first), min(int(last or first), _MOST_ROWS) + 1))
    return frozenset(found)


def is_left_out(typed: str) -> bool:
    """Whether an answer on columns says that one holds no field: `none=C`."""
    field, _, column = typed.partition("=")
    return says_none(field.strip()) and bool(column.strip())


def _is_each(typed: str) -> bool:
    """Whether an answer on columns says that each is until when of a promise of its own: `each=C,D`."""
    field, _, column = typed.partition("=")
    return field.strip().lower() == EACH and bool(column.strip())


def _last(typed: Typed, kind: str) -> str | None:
    values = typed.get(kind, ())
    return values[-1] if values else None


def _pairs(typed: Typed, kind: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for each in typed.get(kind, ()):
        if kind == "map" and (is_left_out(each) or _is_each(each)):
            continue
        field, equals, value = each.partition("=")
        if not equals or not value.strip():
            raise _not_understood(kind, each)
        name = _field(field, kind)
        if kind == "map" and name in SEVERAL and name in pairs and not says_none(pairs[name]):
            pairs[name] += f",{value.strip()}"
            continue
        if name in pairs:
            sentence = tr("{name} was given twice: give it once", name=name)
            raise UsageError(sentence, code="import.answered-twice", field=kind, values={"name": name})
        pairs[name] = value.strip()
    return pairs


def _meanings(typed: Typed) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for each in typed.get("value", ()):
        field, colon, rest = each.partition(":")
        word, equals, value = rest.rpartition("=")
        word = word.strip()
        word = word.strip('"') or word  # A mark for what stands above is a word as well.
        if not (colon and equals and word and value.strip()):
            raise _not_understood("value", each)
        found.setdefault(_field(field, "value"), {})[word] = value.strip()
    return found


def _not_understood(kind: str, typed: str) -> UsageError:
    pattern = tr_in("placeholder", _PAIRS[kind])
    rule = tr('is {pattern}, not "{typed}"', pattern=pattern, typed=visible(typed))
    return UsageError(f"{kind} {rule}", code="import.answer-not-understood", field=kind, values={"rule": rule})


def _field(text: str, kind: str) -> str:
    try:
        return parse_field_name(text)
    except UsageError as error:
        error.field = kind
        raise


def over(typed: Typed, earlier: Typed) -> dict[str, list[str]]:
    """Answers, and of earlier ones those on what they do not speak of."""
    spoken = {_subject(kind, each) for kind, values in typed.items() for each in values}
    kept = {
        kind: [
            each for each in values if _subject(kind, each) not in spoken and not (kind == "dates" and kind in typed)
        ]
        for kind, values in earlier.items()
    }
    return merged(kept, typed)


def _subject(kind: str, typed: str) -> tuple[str, str]:
    """What an answer is about: a field, or a word of one."""
    before, _, _ = typed.rpartition("=") if kind == "value" else typed.partition("=")
    if (kind == "map" and is_left_out(typed)) or kind in OF_VISITS:
        before = typed  # Many columns may hold no field, and visits may have the same place.
    return kind, fold(before.replace('"', ""))


def with_visit(typed: Typed, slug: str, details: Mapping[str, str]) -> dict[str, list[str]]:
    """Answers with this visit among those that are made, and its `details`: kind of OF_VISITS -> what was typed."""
    slugs = list(dict.fromkeys((*typed.get("new-visit", ()), slug)))
    place = slugs.index(slug)
    found = {**{kind: list(values) for kind, values in typed.items()}, "new-visit": slugs}
    for kind in OF_VISITS:
        values = [*typed.get(kind, ()), *[""] * len(slugs)][: len(slugs)]
        values[place] = details.get(kind, values[place])
        found[kind] = values if any(values) else []
    return {kind: values for kind, values in found.items() if values or kind not in OF_VISITS}


def answered(typed: Typed, more: Typed) -> dict[str, list[str]]:
    """Answers, and those that were given to the questions after them: these count where both speak of one thing.

    Those on visits that are made stand in the order of the visits, and are given as a whole.
    """
    once: dict[str, list[str]] = {}
    for kind, values in more.items():
        for each in values:
            field = each.partition("=")[0].strip()
            is_of_several = kind == "map" and field in SEVERAL and not says_none(each.partition("=")[2].strip())
            kept = [
                other
                for other in once.get(kind, ())
                if kind in OF_VISITS
                or _subject(kind, other) != _subject(kind, each)
                or (is_of_several and other != each and not says_none(other.partition("=")[2].strip()))
            ]
            once[kind] = [*kept, each]
    left_out = {each.partition("=")[2].strip() for each in more.get("map", ()) if is_left_out(each)}
    before = {kind: list(values) for kind, values in typed.items() if kind not in OF_VISITS or kind not in more}
    if left_out and "map" in before:
        before["map"] = [each for each in before["map"] if each.partition("=")[2].strip() not in left_out]
    return over(once, before)


def merged(typed: Typed, more: Typed) -> dict[str, list[str]]:
    """Answers as they are typed, and more of them behind."""
    return {kind: [*typed.get(kind, ()), *more.get(kind, ())] for kind in dict.fromkeys((*typed, *more))}
