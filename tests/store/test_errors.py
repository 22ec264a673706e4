"""What a refusal carries: a sentence for the app too, what to type in the shell, and the field it is about."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from store.database import Database
from store.errors import Conflict, FollowUpError, NotAllowed, NotFound, UsageError
from store.rules.dates.date_refusals import DateRefused
from store.rules.dates.parse_date import parse_date
from store.rules.due_dates_and_extensions import DueDate
from store.rules.recurring_series import series
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC, VISIT, add, add_lyon, beside, do, record, set_due
from tui.cli.hints_after_refusal import printed


class Refusal(NamedTuple):
    """A verb that is refused, and the parts of the refusal; `prints` is the command line's text where it differs."""

    ask: Callable[[Database], Any]
    kind: type[FollowUpError]
    field: str | None
    sentence: str
    hint: str = ""
    prints: str = ""


def ask(verb: str, *arguments: Any, **named: Any) -> Callable[[Database], Any]:
    """The verb, to be asked of a store."""
    return lambda database: do(database, verb, *arguments, **named)


def after(*steps: Callable[[Database], Any]) -> Callable[[Database], Any]:
    """The steps one after the other; the last one is refused."""

    def ask_all(database: Database) -> Any:
        for step in steps[:-1]:
            step(database)
        return steps[-1](database)

    return ask_all


def adding(**named: Any) -> Callable[[Database], Any]:
    return lambda database: add(database, **named)


def visiting(**named: Any) -> Callable[[Database], Any]:
    return ask("add_visit", **{"title": "Follow-up", "place": "Vienna", "start": "2023-02-01", **named})


NEW = [
    Refusal(adding(title=" "), UsageError, "title", "a commitment needs a title: say what was promised"),
    Refusal(adding(by=[]), UsageError, "by", "say who promised it", ": --by PARTY"),
    Refusal(adding(to=[]), UsageError, "to", "say to whom it was promised", ": --to PARTY"),
    Refusal(adding(by=[" "]), UsageError, "by", "a party needs a name"),
    Refusal(adding(to=["none"]), UsageError, "to", '"none" is not a party', ": leave the option out, or name one"),
    Refusal(adding(via="none"), UsageError, "via", '"none" is not a party', ": leave the option out, or name one"),
    Refusal(
        adding(support=[f"{UNODC}, {INTERPOL}"]),
        NotAllowed,
        "support",
        '"UNODC, INTERPOL" may be 2 parties, "UNODC" and "INTERPOL"',
        ': give --support once for each, or say --new-party "UNODC, INTERPOL" if it is one party',
    ),
    Refusal(
        adding(via=f"{UNODC} + IOM"),
        NotAllowed,
        "via",
        '"UNODC + IOM" may be 2 parties, "UNODC" and "IOM"',
        ': name one, or say --new-party "UNODC + IOM" if it is one party',
    ),
    Refusal(
        visiting(hosts=["INTEPROL"]),
        NotAllowed,
        "hosts",
        'there is no party "INTEPROL"; did you mean "INTERPOL"?',
        ' (--new-party "INTEPROL" if not)',
    ),
    Refusal(
        ask("edit_party", UNODC, short="mia"),
        NotAllowed,
        "short",
        '"mia" would be taken for "MIA Uzbekistan"',
        ' (--new-party "mia" if it is meant)',
    ),
    Refusal(
        after(adding(by=["MIA Kazakhstan"]), adding(by=["MIA"])),
        NotAllowed,
        "by",
        '"MIA" may be "MIA Uzbekistan" or "MIA Kazakhstan"',
        ': write it out, or say --new-party "MIA" if it is another one',
    ),
    Refusal(
        adding(kind=" "),
        UsageError,
        "kind",
        "a kind is one of nominate-experts, join-analysis-file, share-data, facilitate, train, cooperate, "
        "legal, other, or a word of your own",
    ),
    Refusal(
        adding(state="closed"),
        UsageError,
        "state",
        "a new commitment is proposed or agreed, not closed: mark it afterwards",
    ),
    Refusal(adding(visit="bonn"), NotFound, "visit", 'there is no visit "bonn"', "; followup visits lists them"),
    Refusal(adding(visit="lyon-2023"), NotFound, "visit", 'there is no visit "lyon-2023"; did you mean "lyon-2022"?'),
    Refusal(adding(after=99), NotFound, "after", "there is no commitment 99", ": followup list --all shows them"),
    Refusal(
        lambda database: list(series(DueDate("2023-05-01", "day"), "month", "2023-04-01")),
        NotAllowed,
        "until",
        "the first date 2023-05-01 is later than the last one may be, 2023-04-01",
        prints="the first date 2023-05-01 is later than --until 2023-04-01",
    ),
]

EDITING = [
    Refusal(ask("edit", 99), NotFound, "number", "there is no commitment 99", ": followup list --all shows them"),
    Refusal(
        after(ask("remove", 1, "twice"), ask("edit", 1)),
        NotFound,
        "number",
        "commitment 1 was removed by asel on 2023-03-01",
        ": followup history 1 shows it",
    ),
    Refusal(ask("edit", 2, title=""), UsageError, "title", "a commitment needs a title: say what was promised"),
    Refusal(ask("edit", 2, by=[]), UsageError, "by", "say who promised it", ": --by PARTY"),
    Refusal(ask("edit", 2, via=""), UsageError, "via", "a party needs a name"),
    Refusal(ask("edit", 2, after=2), NotAllowed, "after", "2 cannot wait for 2, which waits for it"),
    Refusal(
        ask("edit", 2, clear=["title"]),
        UsageError,
        "clear",
        "2: title cannot be taken out, only via, support, quote, source, words, after",
    ),
    Refusal(
        ask("remove", 1, ""), NotAllowed, "reason", "1: say why it is removed", ": followup remove 1 --reason TEXT"
    ),
    Refusal(
        ask("remove", 2, "why"),
        NotAllowed,
        None,
        "2 is agreed: only one never agreed is removed",
        "; followup mark 2 closed --because dropped closes it",
    ),
    Refusal(after(ask("edit", 2, after=1), ask("remove", 1, "why")), NotAllowed, None, "1 cannot go: 2 names it"),
    Refusal(
        ask("existing_numbers", 7, 9),
        NotFound,
        None,
        "there is no commitment from 7 to 9",
        ": followup list --all shows them",
    ),
]

MARKING = [
    Refusal(
        ask("mark", 2, "finished"),
        UsageError,
        "state",
        '"finished" is not a state; did you mean "reported"?',
    ),
    Refusal(
        ask("mark", 2, "frozen"),
        UsageError,
        "state",
        '"frozen" is not a state: '
        "it is one of proposed, agreed, in-progress, reported, confirmed, closed, done, returned",
    ),
    Refusal(
        ask("mark", 2, "done", on="2023-03-02"),
        NotAllowed,
        "on",
        "2023-03-02 is still to come",
        " (--on is the day it happened)",
    ),
    Refusal(
        ask("mark", 2, "agreed", because="dropped"),
        NotAllowed,
        "because",
        "2: why it was closed goes with closed, not with agreed",
        prints="2: --because, --agreed-by and --by-id go with closed, not with agreed",
    ),
    Refusal(
        ask("mark", 2, "agreed", by_id=1),
        NotAllowed,
        "by_id",
        "2: what superseded it goes with closed, not with agreed",
        prints="2: --because, --agreed-by and --by-id go with closed, not with agreed",
    ),
    Refusal(
        ask("mark", 2, "agreed", agreed_by=MIA),
        NotAllowed,
        "agreed_by",
        "2: who agreed to close it goes with closed, not with agreed",
        prints="2: --because, --agreed-by and --by-id go with closed, not with agreed",
    ),
    Refusal(
        ask("mark", 2, "agreed", evidence="a letter"),
        NotAllowed,
        "evidence",
        "2: evidence goes with reported and confirmed, not with agreed",
        prints="2: --evidence goes with reported and confirmed, not with agreed",
    ),
    Refusal(
        ask("mark", 2, "agreed", said_by=[MIA]),
        NotAllowed,
        "said_by",
        "2: who said so goes with reported, confirmed and returned, not with agreed",
        prints="2: --said-by goes with reported, confirmed and returned, not with agreed",
    ),
    Refusal(
        ask("mark", 2, "done", said_by=["Zzz"]),
        NotFound,
        "said_by",
        'there is no party "Zzz"',
        ': followup party list shows them, --new-party "Zzz" enters a new one',
    ),
    Refusal(
        ask("mark", 2, "done", said_by=["INTEPROL"]),
        NotAllowed,
        "said_by",
        'there is no party "INTEPROL"; did you mean "INTERPOL"?',
        ' (--new-party "INTEPROL" if not)',
    ),
    Refusal(
        ask("mark", 2, "done", said_by=[INTERPOL]),
        NotAllowed,
        "said_by",
        "2 was promised to INTERPOL, who can confirm it but not report it done",
    ),
    Refusal(
        after(ask("set_seats", 2, wanted=3, nominated=1), ask("mark", 2, "done")),
        NotAllowed,
        "note",
        "2: 1 of 3 seats are nominated: say in the note why it is done all the same, or count them",
        prints="2: 1 of 3 seats are nominated: say in --note why it is done all the same, "
        "or count them with followup seats 2 --nominated N",
    ),
    Refusal(
        after(ask("mark", 4, "done"), ask("mark", 4, "confirmed")),
        NotAllowed,
        "said_by",
        "4: UNODC, INTERPOL reported it, and nobody else is there to confirm it",
        ": name who did with --said-by PARTY",
    ),
    Refusal(
        after(ask("mark", 4, "done", said_by=[UNODC]), ask("mark", 4, "confirmed", said_by=[UNODC])),
        NotAllowed,
        "said_by",
        "4: UNODC reported it and cannot confirm it as well",
    ),
    Refusal(
        ask("mark", 2, "confirmed", said_by=[MIA]),
        NotAllowed,
        "said_by",
        "2 was promised by MIA Uzbekistan, who can report it but not confirm it",
    ),
    Refusal(
        ask("mark", 2, "closed"),
        NotAllowed,
        "because",
        "2: say why it is closed",
        ": followup close 2 --because dropped (or declined, overtaken, superseded)",
    ),
    Refusal(
        ask("mark", 2, "closed", because="dropped", by_id=1),
        NotAllowed,
        "by_id",
        "2: what superseded it is named only when it is closed as superseded",
        prints="2: --by-id names what superseded it, and goes with --because superseded",
    ),
    Refusal(
        ask("mark", 2, "closed", because="superseded", by_id=2),
        NotAllowed,
        "by_id",
        "2 cannot be superseded by itself",
    ),
    Refusal(
        ask("mark", 2, "closed", because="superseded", by_id=99),
        NotFound,
        "by_id",
        "there is no commitment 99",
        ": followup list --all shows them",
    ),
    Refusal(
        ask("mark", 2, "returned"),
        NotAllowed,
        "note",
        "2: say what is missing",
        ": followup mark 2 returned --note TEXT",
    ),
    Refusal(
        ask("mark", 1, "returned", note="a list"),
        NotAllowed,
        "state",
        "1 was never agreed nor reported, so nothing can be returned",
        ": followup done 1 says first that it was done, followup note 1 TEXT puts down a note",
    ),
    Refusal(
        ask("mark", 2, "returned", note="a list", said_by=[MIA]),
        NotAllowed,
        "said_by",
        "2 was promised by MIA Uzbekistan, who cannot return it",
    ),
]

MOVING = [
    Refusal(
        lambda database: set_due(database, 2, "2023-04-30"),
        NotAllowed,
        "reason",
        "2: its date was agreed (2023-03-31), so changing it needs the reason",
        ": add --reason TEXT (or --correct with a reason, if it was mistyped)",
    ),
    Refusal(
        lambda database: set_due(database, 2, "2023-04-30", is_correction=True),
        NotAllowed,
        "reason",
        "2: its date was agreed (2023-03-31), so changing it needs the reason",
        ": add --reason TEXT",
    ),
    Refusal(
        lambda database: set_due(database, 2, None, reason="why", is_correction=True),
        NotAllowed,
        "is_correction",
        "2: a correction puts the right date in the place of a mistyped one; without a date it is a change",
        prints="2: --correct puts the right date in the place of a mistyped one; without a date it is a change",
    ),
    Refusal(
        lambda database: set_due(database, 1, "2023-04-30", is_correction=True),
        NotAllowed,
        "is_correction",
        "1 has no date to correct",
        ": set its first one without --correct",
    ),
    Refusal(
        after(ask("mark", 2, "confirmed"), ask("chase", 2, again=None)),
        NotAllowed,
        None,
        "2 is confirmed: there is nothing left to chase",
    ),
    Refusal(ask("note", 2, " "), UsageError, "text", "a note needs a text"),
    Refusal(ask("set_miss_reason", 2, ""), UsageError, "text", "say why it was missed"),
    Refusal(
        ask("set_seats", 2, endorsed="2023-03-02"),
        NotAllowed,
        "endorsed",
        "2: 2023-03-02 is still to come",
        " (--endorsed is the day it was endorsed)",
    ),
    Refusal(
        ask("set_seats", 2, nominated=1, acknowledged=2),
        NotAllowed,
        "acknowledged",
        "2: 2 acknowledged of 1 nominated: a seat is nominated before it is acknowledged",
    ),
    Refusal(
        after(ask("set_seats", 2, nominated=2, acknowledged=2), ask("set_seats", 2, nominated=1)),
        NotAllowed,
        "nominated",
        "2: 2 acknowledged of 1 nominated: a seat is nominated before it is acknowledged",
    ),
    Refusal(ask("redact", 2, " "), UsageError, "passage", "say which passage", ": --passage TEXT"),
    Refusal(ask("redact", 2, "Zzz"), NotAllowed, "passage", '2 has no passage "Zzz": it is compared letter by letter'),
    Refusal(
        ask("redact", 2, "Uzbek"),
        NotAllowed,
        "passage",
        '2: "Uzbek" stands in the name of a party (by), where redact does not reach; nothing was changed. '
        "Merge that party into another",
        ", and see the limits in docs/sharing-on-a-server.md",
    ),
]

VISITS_AND_PARTIES = [
    Refusal(visiting(title=""), UsageError, "title", "a visit needs a title and a place"),
    Refusal(visiting(place=""), UsageError, "place", "a visit needs a title and a place"),
    Refusal(visiting(end="2023-01-31"), NotAllowed, "end", "a visit from 2023-02-01 cannot end on 2023-01-31"),
    Refusal(
        visiting(slug="A b"),
        UsageError,
        "slug",
        '"A b" cannot be a slug: letters a to z, digits and hyphens, as lyon-2022',
    ),
    Refusal(visiting(slug=VISIT), NotAllowed, "slug", "there is a visit lyon-2022 already", ": give another --slug"),
    Refusal(ask("edit_visit", "bonn"), NotFound, "slug", 'there is no visit "bonn"', "; followup visits lists them"),
    Refusal(ask("edit_visit", VISIT, place=""), UsageError, "place", "a visit needs a title and a place"),
    Refusal(
        ask("edit_visit", VISIT, start="2023-01-01"),
        NotAllowed,
        "start",
        "a visit from 2023-01-01 cannot end on 2022-12-08",
    ),
    Refusal(
        after(visiting(slug="vienna"), ask("edit_visit", VISIT, new_slug="vienna")),
        NotAllowed,
        "new_slug",
        "there is a visit vienna already",
        ": give another --slug",
    ),
    Refusal(
        ask("remove_visit", VISIT),
        NotAllowed,
        None,
        "lyon-2022 has 4 commitments (1, 2, 3, 4): only an empty visit is removed",
    ),
    Refusal(ask("edit_party", "Zzz"), NotFound, "name", 'there is no party "Zzz"', "; followup party list shows them"),
    Refusal(ask("edit_party", MIA, new_name="none"), UsageError, "new_name", "a party needs a name"),
    Refusal(
        ask("edit_party", MIA, aliases=[UNODC]),
        NotAllowed,
        "aliases",
        '"UNODC" is already a name of UNODC',
        ': merge the two with followup party merge UNODC "MIA Uzbekistan"',
    ),
    Refusal(
        ask("edit_party", MIA, new_name=UNODC),
        NotAllowed,
        "new_name",
        '"UNODC" is already a name of UNODC',
        ': merge the two with followup party merge "MIA Uzbekistan" UNODC',
    ),
    Refusal(
        ask("merge_parties", MIA, "Zzz"),
        NotFound,
        "new",
        'there is no party "Zzz"',
        "; followup party list shows them",
    ),
    Refusal(
        ask("merge_parties", MIA, MIA), NotAllowed, "new", '"MIA Uzbekistan" and "MIA Uzbekistan" are one party already'
    ),
    Refusal(
        ask("change_settings", timezone="Mars"),
        UsageError,
        "timezone",
        '"Mars" is not a time zone this machine knows: write it as Asia/Tashkent',
    ),
    Refusal(
        ask("change_settings", silent_after="0"),
        UsageError,
        "silent_after",
        '"0" is not a number of days from 1 to 3650',
    ),
]


def redact_the_last(database: Database) -> None:
    do(database, "note", 2, "secret")
    do(database, "redact", 2, "secret")


UNDOING = [
    Refusal(
        ask("redo"),
        NotAllowed,
        None,
        "there is nothing to redo: only an undo that is your last change can be taken back",
    ),
    Refusal(ask("undo", 99), NotAllowed, "change", "there is no change 99", ": followup undo --list shows yours"),
    Refusal(
        lambda database: do(beside(database, who=BORIS), "undo", 3),
        NotAllowed,
        "change",
        "change 3 was made by asel: only they can take it back",
    ),
    Refusal(
        lambda database: do(beside(database, who=BORIS), "undo"),
        NotAllowed,
        None,
        "there is no change of yours to take back",
    ),
    Refusal(
        after(redact_the_last, ask("undo")),
        NotAllowed,
        None,
        "your change 8 is a redaction and stays",
        ": followup undo 7 takes back the one before",
    ),
    Refusal(
        after(
            ask("edit", 2, title="Another"),
            lambda database: do(beside(database, who=BORIS), "edit", 2, title="A third"),
            ask("undo"),
        ),
        Conflict,
        None,
        "change 7 cannot be taken back: boris changed title of 2 in change 8 on 2023-03-01",
        "; followup history shows it",
    ),
]

REFUSALS = [*NEW, *EDITING, *MARKING, *MOVING, *VISITS_AND_PARTIES, *UNDOING]


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.sentence)
def test_a_refusal_has_its_sentence_its_hint_and_its_field(database: Database, refusal: Refusal) -> None:
    with pytest.raises(refusal.kind) as refused:
        refusal.ask(database)
    error = refused.value
    assert printed(error) == (refusal.prints or refusal.sentence + refusal.hint)
    assert (error.sentence, error.field) == (refusal.sentence, refusal.field)


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.sentence)
def test_a_sentence_can_be_gone_on_with(database: Database, refusal: Refusal) -> None:
    with pytest.raises(FollowUpError) as refused:
        refusal.ask(database)
    sentence = refused.value.sentence
    assert sentence.strip(" :;,.") == sentence


def test_the_seats_that_are_refused_are_not_counted(database: Database) -> None:
    with pytest.raises(NotAllowed):
        do(database, "set_seats", 2, nominated=1, acknowledged=2)
    assert "seats" not in record(database, 2)


def test_a_refused_date_is_the_same_sentence_everywhere() -> None:
    with pytest.raises(DateRefused) as refused:
        parse_date("soon", "2023-03-01")
    assert refused.value.sentence == str(refused.value)
    assert (printed(refused.value), refused.value.field) == (refused.value.sentence, None)


def test_a_voice_that_both_parties_would_have_is_about_no_one_field(empty: Database) -> None:
    add_lyon(empty)
    add(empty, by=[MIA], to=[NCB], state="agreed")
    do(empty, "mark", 1, "done")
    do(empty, "mark", 1, "confirmed")
    with pytest.raises(NotAllowed) as refused:
        do(empty, "merge_parties", NCB, MIA)
    assert refused.value.field is None


def test_a_conflict_has_no_clashes_unless_it_is_told_them() -> None:
    assert Conflict("7 changed").clashes == ()
