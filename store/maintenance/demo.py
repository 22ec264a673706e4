"""Creates a demo store: the visit that the program was made for, and two invented ones around today.

The first visit follows the published report on it in our own words. In the other two nothing is real but the names
of institutions; between them every band, state and outcome occurs. Texts are in the language of the program.
"""

from __future__ import annotations

from store import operations
from store.maintenance.create_store import make_private
from store.rules.dates.month_arithmetic import add_to_day
from store.rules.dates.parse_date import parse_date
from store.rules.due_dates_and_extensions import DueDate
from store.translation import phrase_in, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from store.database import Database
    from store.transaction import Transaction

MIA, UNODC, INTERPOL, NCB = "MIA Uzbekistan", "UNODC", "INTERPOL", "NCB Tashkent"
PROSECUTOR, IOM = "Prosecutor General's Office of Uzbekistan", "IOM"
REPORT = phrase_in("demo", "UNODC news report on the study visit, December 2022")


class _DemoClock:
    """A clock that is stopped at nine in the morning of a day."""

    def __init__(self, day: str) -> None:
        self._day = day

    def now(self) -> str:
        return f"{self._day}T09:00:00Z"

    def today(self, timezone: str | None) -> str:
        return self._day


class _Story:
    """Opens the store as one of its users on a day, counted from today."""

    def __init__(self, database: Database, today: str) -> None:
        self._database = database
        self.today = today

    def day(self, offset: int) -> str:
        return add_to_day(self.today, days=offset)

    def on(self, day: str, who: str = "adviser") -> AbstractContextManager[Transaction]:
        database = self._database.beside(self._database.path)
        database.clock, database.actor, database.uid = _DemoClock(day), who, None
        return database.transaction()

    def at(self, offset: int, who: str = "adviser") -> AbstractContextManager[Transaction]:
        return self.on(self.day(offset), who)


def make_demo(database: Database) -> list[str]:
    """Create the demo store at the path of the database. Returns warnings. Raises: NotAllowed if there is a file."""
    warnings = make_private(database, {})
    story = _Story(database, database.clock.today(None))
    _lyon(story)
    _tashkent(story)
    _vienna(story)
    return warnings


def _lyon(story: _Story) -> None:
    with story.on("2022-12-12") as tx:
        visit = operations.add_visit(
            tx,
            tr_in("demo", "Study visit to the INTERPOL General Secretariat"),
            place=tr_in("demo", "Lyon"),
            start="2022-12-06",
            end="2022-12-08",
            slug="lyon-2022",
            hosts=["INTERPOL"],
            delegation=tr_in(
                "demo", "Ministry of Internal Affairs of Uzbekistan, with NCB Tashkent and the training institute"
            ),
            programme=tr_in("demo", "UNODC Global Programme against Trafficking in Persons"),
            donor="INL",
        )
        promises = (
            (tr_in("demo", "Take part in and contribute to the TIP Analysis File"), "join-analysis-file"),
            (tr_in("demo", "Nominate officers to the ISON network on migrant smuggling"), "nominate-experts"),
            (tr_in("demo", "Nominate officers to the Human Trafficking Expert Group (HTEG)"), "nominate-experts"),
        )
        for title, kind in promises:
            operations.add(
                tx, title, visit=visit, by=[MIA], to=[INTERPOL], via=NCB, kind=kind, source=tr_in("demo", REPORT)
            )
        operations.add(
            tx,
            tr_in("demo", "Follow up and facilitate the assistance needed for 1 to 3"),
            visit=visit,
            by=[UNODC, INTERPOL],
            to=[MIA],
            kind="facilitate",
            state="agreed",
            source=tr_in("demo", REPORT),
        )
        both = [UNODC, INTERPOL]
        title = tr_in("demo", "Promote cooperation between states on TIP and SOM cases in Central Asia")
        operations.add(
            tx, title, visit=visit, by=both, to=both, kind="cooperate", state="agreed", source=tr_in("demo", REPORT)
        )
        operations.edit_party(
            tx,
            MIA,
            short=tr_in("demo", "MIA UZ"),
            ru="МВД Узбекистана",
            aliases=["Министерство внутренних дел Узбекистана", tr_in("demo", "МВД РУз")],
        )
        operations.edit_party(tx, UNODC, ru="УНП ООН")
        operations.edit_party(tx, INTERPOL, ru="Интерпол", aliases=["ICPO-INTERPOL"])
        operations.edit_party(tx, NCB, ru="НЦБ Ташкент")


def _add(tx: Transaction, visit: str, title: str, by: list[str], to: list[str], kind: str, due: str | None) -> int:
    date = None
    if due is not None:
        parsed = parse_date(due, tx.today)
        date = DueDate(parsed.day, parsed.precision)  # without words: each language has its own for a month
    return operations.add(tx, title, visit=visit, by=by, to=to, kind=kind, state="agreed", date=date)


def _tashkent(story: _Story) -> None:
    """The quarterly meeting: late, due, returned, reported and kept promises."""
    with story.at(-75) as tx:
        start = story.day(-76)
        visit = operations.add_visit(
            tx,
            tr_in("demo", "Quarterly coordination meeting"),
            place=tr_in("demo", "Tashkent"),
            start=start,
            end=story.day(-75),
            slug=f"tashkent-{start[:4]}",
            hosts=[MIA],
            delegation=tr_in("demo", "INTERPOL HTSM unit, UNODC regional office"),
            programme=tr_in("demo", "UNODC Global Programme against Trafficking in Persons"),
            donor="INL",
        )
        contacts = _add(
            tx,
            visit,
            tr_in("demo", "Send the list of contact points"),
            [UNODC],
            [INTERPOL],
            "share-data",
            story.day(-9),
        )
        plans = _add(
            tx,
            visit,
            tr_in("demo", "Share the lesson plans of the training institute"),
            [MIA],
            [UNODC],
            "train",
            story.day(-20),
        )
        protocol = _add(
            tx, visit, tr_in("demo", "Return the signed data protocol"), [MIA], [INTERPOL], "legal", story.day(0)
        )
        invite = _add(
            tx,
            visit,
            tr_in("demo", "Invite NCB Tashkent to the working group"),
            [INTERPOL],
            [MIA],
            "facilitate",
            story.day(3),
        )
        seats = _add(
            tx,
            visit,
            tr_in("demo", "Nominate three officers to the analysts' course"),
            [MIA],
            [INTERPOL],
            "nominate-experts",
            story.day(21),
        )
        circular = _add(
            tx,
            visit,
            tr_in("demo", "Send the circular on ISON nominations to all regions"),
            [MIA],
            [INTERPOL],
            "nominate-experts",
            story.day(-12),
        )
        statistics = _add(
            tx,
            visit,
            tr_in("demo", "Share the half-year statistics on TIP cases"),
            [PROSECUTOR],
            [UNODC],
            "share-data",
            story.day(-30),
        )
        glossary = _add(
            tx, visit, tr_in("demo", "Translate the glossary of TIP terms"), [UNODC], [MIA], "other", story.day(-40)
        )
        operations.edit_party(tx, PROSECUTOR, short=tr_in("demo", "PGO UZ"), ru="Генпрокуратура Узбекистана")
        operations.set_seats(tx, seats, wanted=3)
    with story.at(-41) as tx:
        operations.mark(tx, glossary, "done", evidence=tr_in("demo", "glossary, version 2"))
    with story.at(-38, "coordinator") as tx:
        operations.mark(tx, glossary, "confirmed", on=story.day(-39))
    with story.at(-25) as tx:
        operations.set_due(
            tx,
            plans,
            DueDate(story.day(-1), "day"),
            reason=tr_in("demo", "the institute moved to a new building"),
            asked_by=MIA,
            agreed_by=UNODC,
        )
        operations.chase(tx, contacts, again=story.day(-2), note=tr_in("demo", "asked the regional office"))
    with story.at(-22) as tx:
        operations.mark(tx, statistics, "done", evidence=tr_in("demo", "letter 14/208"))
        operations.set_miss_reason(tx, statistics, tr_in("demo", "two regions sent their figures late"))
    with story.at(-18, "coordinator") as tx:
        operations.mark(tx, statistics, "confirmed", said_by=[UNODC], on=story.day(-20))
        operations.mark(tx, protocol, "in-progress")
        operations.set_seats(tx, seats, nominated=2, letter=tr_in("demo", "MIA 14/391"))
    with story.at(-14) as tx:
        operations.mark(tx, circular, "done", evidence=tr_in("demo", "circular 77"))
    with story.at(-10) as tx:
        operations.mark(tx, protocol, "done", evidence=tr_in("demo", "scan by mail"))
    with story.at(-6, "coordinator") as tx:
        operations.mark(tx, protocol, "returned", note=tr_in("demo", "page 3 has no signature"))
        operations.note(tx, invite, tr_in("demo", "the invitation is with the director's office"))


def _vienna(story: _Story) -> None:
    """The regional workshop: dates far off and near, extensions, a refusal, and a silence."""
    with story.at(-120) as tx:
        start = story.day(-124)
        visit = operations.add_visit(
            tx,
            tr_in("demo", "Regional workshop on financial investigations"),
            place=tr_in("demo", "Vienna"),
            start=start,
            end=story.day(-121),
            slug=f"vienna-{start[:4]}",
            hosts=[UNODC],
            delegation=tr_in("demo", "Investigators and prosecutors of Uzbekistan"),
            donor="INL",
        )
        later = story.day(75)[:7]
        plan = _add(
            tx,
            visit,
            tr_in("demo", "Draft a plan for joint financial investigations"),
            [MIA, PROSECUTOR],
            [UNODC],
            "cooperate",
            later,
        )
        trainers = _add(
            tx, visit, tr_in("demo", "Send two trainers to the spring course"), [UNODC], [MIA], "train", story.day(27)
        )
        handbook = _add(
            tx,
            visit,
            tr_in("demo", "Provide the handbook on tracing assets"),
            [UNODC],
            [PROSECUTOR],
            "train",
            story.day(-60),
        )
        officer = _add(
            tx,
            visit,
            tr_in("demo", "Appoint a liaison officer for cash couriers"),
            [MIA],
            [INTERPOL],
            "nominate-experts",
            story.day(-50),
        )
        memo = _add(
            tx, visit, tr_in("demo", "Sign a memorandum on shared databases"), [PROSECUTOR], [IOM], "legal", None
        )
        letter = _add(
            tx,
            visit,
            tr_in("demo", "Thank-you letter with the list of participants"),
            [UNODC],
            [PROSECUTOR],
            "other",
            None,
        )
        course = _add(
            tx,
            visit,
            tr_in("demo", "Name the participants of the spring course"),
            [MIA],
            [UNODC],
            "train",
            story.day(40),
        )
        operations.edit(tx, course, after=trainers)
        operations.edit_party(tx, IOM, ru="МОМ")
        operations.mark(tx, memo, "in-progress")
        operations.edit(
            tx, memo, quote=tr_in("demo", "we shall look into a memorandum\nas soon as the new law is in force")
        )
    with story.at(-100) as tx:
        operations.mark(tx, letter, "confirmed")
    with story.at(-70) as tx:
        moved = DueDate(story.day(-35), "day")
        operations.set_due(
            tx, handbook, moved, reason=tr_in("demo", "the Russian edition was not printed yet"), asked_by=UNODC
        )
        operations.set_due(
            tx,
            trainers,
            DueDate(story.day(28), "day"),
            reason=tr_in("demo", "the programme says one day later"),
            is_correction=True,
        )
    with story.at(-36) as tx:
        operations.mark(tx, handbook, "done", evidence=tr_in("demo", "parcel of 40 copies"))
    with story.at(-34, "coordinator") as tx:
        operations.mark(tx, handbook, "confirmed")
    with story.at(-33) as tx:
        operations.mark(tx, officer, "closed", because="declined", note=tr_in("demo", "no post is free this year"))
        operations.set_miss_reason(tx, officer, tr_in("demo", "no post is free this year"))
        operations.mark(tx, plan, "in-progress")
