"""The forms with which a visit is entered and edited."""

from typing import TYPE_CHECKING

from store import operations
from store.errors import UsageError
from store.text import visible
from tui.app.sheets import names
from tui.app.sheets.sheet import Answers, Desk, Plan, Question, Sheet, Subject
from tui.app.sheets.understood import day_in, live_day

if TYPE_CHECKING:
    from store.transaction import Transaction

_TEXTS = ("title", "place", "delegation", "programme", "donor")


def _questions(desk: Desk, now: dict[str, str], slug: Question) -> tuple[Question, ...]:
    live = live_day(desk.ledger.today)
    return (
        Question("title", "title", now.get("title", "")),
        Question("place", "place", now.get("place", "")),
        Question("start", "from", now.get("start", ""), live=live),
        Question("end", "to", now.get("end", ""), empty="if empty: one day", live=live),
        slug,
        Question("hosts", "hosts", now.get("hosts", ""), is_list=True, candidates=names.parties(desk.ledger)),
        *(Question(name, name, now.get(name, "")) for name in ("delegation", "programme", "donor")),
    )


def add_visit(desk: Desk, subject: Subject) -> Sheet:
    """Enter a visit."""
    today = desk.ledger.today
    slug = Question("slug", "short name", empty="made from place and year, as lyon-2022")
    questions = _questions(desk, {}, slug)

    def plan(answers: Answers) -> Plan:
        start, end = day_in(answers, "start", today), day_in(answers, "end", today)
        if start is None:
            raise UsageError("say the day on which it began", field="start" if answers.text("title") else "title")

        def apply(tx: "Transaction") -> str:
            return operations.add_visit(
                tx,
                answers.text("title"),
                place=answers.text("place"),
                start=start,
                end=end,
                slug=answers.given("slug"),
                hosts=names.split(answers.text("hosts"), tx.parties),
                **{name: answers.given(name) for name in ("delegation", "programme", "donor")},
            )

        return Plan(apply, lambda slug: f"visit {visible(slug)} added")

    return Sheet("add-visit", subject, "A new visit", questions, plan)


def edit_visit(desk: Desk, subject: Subject) -> Sheet:
    """Edit a visit: only what the person changes is sent."""
    today = desk.ledger.today
    visit = desk.ledger.visit(subject.visit or "")
    now = {name: visible(str(visit.get(name, ""))) for name in (*_TEXTS, "start", "end")}
    now["hosts"] = names.joined(visit.get("hosts", []))
    questions = _questions(desk, now, Question("new_slug", "short name", visit["slug"]))

    def plan(answers: Answers) -> Plan:
        changed = answers.changed
        days = {name: day_in(answers, name, today) for name in ("start", "end") if name in changed}
        for name, day in days.items():
            if day is None:
                raise UsageError("a visit has a first and a last day", field=name)

        def apply(tx: "Transaction") -> str:
            fields: dict[str, object] = {name: answers.text(name) for name in (*_TEXTS, "new_slug") if name in changed}
            if "hosts" in changed:
                fields["hosts"] = names.split(answers.text("hosts"), tx.parties)
            is_changed = operations.edit_visit(tx, visit["slug"], **days, **fields)  # type: ignore[arg-type]
            return "changed" if is_changed else "was so already"

        return Plan(apply, lambda told: f"visit {visible(answers.text('new_slug'))} {told}")

    return Sheet("edit-visit", subject, f"Edit the visit {visible(visit['slug'])}", questions, plan)
