"""Capture: reads a text and shows its proposals; each is taken, changed, merged or refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from store import operations
from store.capture.fields.date_of_text import day_of_text
from store.capture.fields.deadline_of_promise import days_near
from store.capture.person_names.mask_person_names import mask_in, possible_names
from store.capture.proposals.propose_commitments import announces_event, each_once, promises_in, propose, with_parties
from store.capture.proposals.suggest_visits import likely_visits
from store.capture.proposals.take_proposal import take as take_proposal
from store.capture.readers.source_text import SourceText, Texts
from store.capture.readers.text_refusals_and_warnings import other_language
from store.capture.text_structure.detect_language import is_known_language
from store.errors import FollowUpError, NotAllowed
from store.foreign_files.refusals import stopped
from store.sanitise_text import visible
from store.translation import plural, tr
from tui.app.capture_review import MERGED, REFUSED, TAKEN, CaptureReview, Decision
from tui.app.forms.capture_form import date_form, file_form, find_form, proposal_form, visit_form
from tui.app.forms.form import FormContext, Plan
from tui.app.screens.capture_screen import CaptureScreen, remembered_by
from tui.app.screens.save_form_in_background import save_in_background
from tui.render.commitment_numbers import number_text
from tui.render.day_words import day as shown_day

if TYPE_CHECKING:
    from store.capture.proposals.propose_commitments import Proposal
    from store.model.record_types import Visit
    from store.rules.due_dates_and_extensions import DueDate
    from store.rules.party_names import Directory
    from store.transaction import Transaction
    from tui.app.app import FollowUp
    from tui.app.long_task import LongTask
    from tui.session import Session


# Opening a text.


def capture(app: FollowUp) -> None:
    """Open the form that asks for a text; on a visit, of that visit."""
    from tui.app.actions.open_form import show
    from tui.app.screens.visits_screen import VisitsScreen

    screen = app.base_screen
    visit = app.list_screen.list_state.visit
    if isinstance(screen, VisitsScreen) and app.snapshot.visits:
        visit = screen.slug

    def then(app: FollowUp, found: object, visit: str | None, dated: str | None) -> None:
        app.show_list()
        assert isinstance(found, SourceText)
        begin(app, Texts(iter([found]), visit, dated, None, []))

    show(app, file_form(app.snapshot, visit, partial(_read, app.session), then))


def _read(session: Session, path: str, task: LongTask) -> SourceText:
    """Read a file. Raises: FollowUpError for a bad one, or when the task was stopped."""
    from store.capture.readers.read_text_in_child import read_path
    from store.foreign_files.limits import Limits

    def watch(name: str, seconds: float) -> None:
        if task.is_stopped:
            raise stopped(name)
        task.report(lambda: tr("reading {file}, {seconds} s", file=visible(name), seconds=f"{seconds:.0f}"))

    source = read_path(path, None, Limits(session.config.import_memory), watch)
    if not is_known_language(source.text):
        raise other_language(source.name)
    return source


def begin(app: FollowUp, texts: Texts, last: str | None = None) -> None:
    """Show the proposals of these texts, one text after the other; ask for the visit where it is unknown.

    `last` is the visit of the text before, which is offered first. A mail in which nothing is promised is passed over.
    Each text is read in a thread when it is due.
    """
    app.run_worker(_begin(app, texts, last), exit_on_error=True)


async def _begin(app: FollowUp, texts: Texts, last: str | None) -> None:
    try:
        source = await asyncio.to_thread(_next, app, texts)
    except FollowUpError as error:
        texts.notices.append(error.sentence)
        source = None
    if source is not None:
        _ask(app, source, texts, last)
    elif texts.notices:
        app.say("; ".join(map(visible, texts.notices)))


def _next(app: FollowUp, texts: Texts) -> SourceText | None:
    """The next text to be shown. Raises: FollowUpError."""
    for source in texts.sources:
        if source.mark is None or _promises(app, source, texts):
            return source
        with suppress(OSError):  # Then it is read once more.
            remembered_by(app.session).see_mails([source.mark])
    return None


def _ask(app: FollowUp, source: SourceText, texts: Texts, last: str | None) -> None:
    """Show the proposals of a text, once its visit is known."""
    dated, lang = texts.dated, texts.lang
    following = partial(begin, app, texts)
    if texts.visit is not None:
        visit = app.snapshot.visit(texts.visit)
        day = dated or (day_of_text(source, visit) or (visit["end"], ""))[0]
        _show(app, source, visit["slug"], day, lang, partial(following, visit["slug"]))
        return
    if dated:
        day, how = dated, tr("as you said")
    else:
        day, how = day_of_text(source, None) or ("", "")
    likely = likely_visits(source.text, app.snapshot.visits.values(), app.snapshot.parties)
    likely = [last, *likely] if last in likely else likely

    def chosen(app: FollowUp, slug: str, said: str | None) -> None:
        _show(app, source, slug, said or app.snapshot.visit(slug)["end"], lang, partial(following, slug))

    from tui.app.actions.open_form import show

    show(app, visit_form(app.snapshot, source.name, likely, day, how, chosen))


def _show(
    app: FollowUp, source: SourceText, visit: str, dated: str, lang: str | None, following: Callable[[], None]
) -> None:
    review = CaptureReview(source, visit, dated)

    def search_again() -> None:
        review.search_with(app.snapshot.parties)
        app.run_worker(_search_again(app, review, lang), exit_on_error=True)

    app.push_screen(CaptureScreen(review, lang, following, search_again))
    app.run_worker(_search_promises(app, review, lang), exit_on_error=True)


async def _search_again(app: FollowUp, review: CaptureReview, lang: str | None) -> None:
    """Find the proposals of a text again with the parties known by now, in a thread, and show them."""
    snapshot = app.snapshot
    work = partial(
        propose,
        review.source,
        snapshot.parties,
        snapshot.visits.get(review.visit),
        review.dated,
        lang,
        is_every_sentence=review.has_left_out,
    )
    found = await asyncio.to_thread(work)
    if not review.is_left:
        review.propose_anew(found)
        _redraw(app, review)


async def _search_promises(app: FollowUp, review: CaptureReview, lang: str | None) -> None:
    """Find the proposals of a text, in a thread, and show them."""
    source, visit = review.source, app.snapshot.visit(review.visit)
    review.search_with(app.snapshot.parties)
    searching = tr("looking for what it promises ...")
    app.say(searching)
    loop = asyncio.get_running_loop()

    def show(found: list[Proposal]) -> None:
        loop.call_soon_threadsafe(partial(_show_proposals, app, review, found, is_all=False))

    found = await asyncio.to_thread(_find_proposals, review, app.snapshot.parties, visit, lang, show)
    if review.is_left:
        return
    _show_proposals(app, review, found, is_all=True)
    if not review.shown:
        # The screen says how many sentences there are to choose from.
        every = partial(propose, source, app.snapshot.parties, visit, review.dated, lang, is_every_sentence=True)
        review.leave_out(await asyncio.to_thread(every))
        _redraw(app, review)
    warnings = [f"{visible(source.name)}: {visible(warning)}" for warning in source.warnings]
    if announces_event(review.blocks):
        warnings.append(tr("this text announces an event: what will happen there is no promise"))
    if warnings or app.message[0] == searching:
        app.say("; ".join(warnings))


def _find_proposals(
    review: CaptureReview,
    parties: Directory,
    visit: Visit,
    lang: str | None,
    show: Callable[[list[Proposal]], None],
) -> list[Proposal]:
    """Find the proposals of a text, in a thread; `show` gets the first ones of a long text, then ever more."""
    found: list[Proposal] = []
    begun, patience, offered = monotonic(), _FIRST, 0
    for each in promises_in(review.source, review.blocks, parties, visit, review.dated, lang):
        if review.is_left:
            break
        found.append(each)
        offered += each.is_offered
        if offered >= _FEW and monotonic() - begun >= patience:
            show(each_once(found))
            patience = max(_NEXT, 2 * (monotonic() - begun))
    return each_once(found)


_FEW, _FIRST, _NEXT = 6, 0.25, 1.0
"""Promises of a long text that are shown first, the seconds after which they are, and the least to the next ones."""


def _show_proposals(app: FollowUp, review: CaptureReview, found: list[Proposal], *, is_all: bool) -> None:
    """Show the proposals found; the cursor goes to the first only where none was shown before."""
    is_first = not review.shown
    review.propose(found, is_all=is_all)
    for screen in _redraw(app, review):
        if is_first:
            screen.point_at_first()
        screen.show_message()


def _promises(app: FollowUp, source: SourceText, texts: Texts) -> bool:
    """Whether a text has any proposal, at whatever visit."""
    proposals = propose(source, app.snapshot.parties, None, texts.dated or app.snapshot.today, texts.lang)
    return any(each.is_offered for each in proposals)


# Decisions.


def _screen(app: FollowUp) -> CaptureScreen:
    screen = app.base_screen
    assert isinstance(screen, CaptureScreen)
    return screen


def _here(app: FollowUp) -> tuple[CaptureScreen, CaptureReview, Proposal]:
    """The screen, its review, and the proposal under the cursor. Raises: NotAllowed where there is none."""
    screen = _screen(app)
    return screen, screen.review, screen.proposal


def _to_decide(app: FollowUp) -> tuple[CaptureScreen, CaptureReview, Proposal]:
    """The same. Raises: NotAllowed where it was decided."""
    screen, review, proposal = _here(app)
    decision = review.decision(proposal)
    if decision is not None:
        what = f"{number_text(decision.number)} {tr(decision.sort)}" if decision.number else tr(decision.sort)
        raise NotAllowed(tr("it is {what}: u takes that back", what=what))
    if proposal.source_id in screen.being_saved:
        raise NotAllowed(tr("it is being saved"))
    return screen, review, proposal


def take(app: FollowUp) -> None:
    """Enter the proposal as it is; open its form where a party is missing."""
    screen, review, proposal = _to_decide(app)
    if not proposal.by or not proposal.to:
        edit(app)
        return

    def apply(tx: Transaction) -> tuple[int, int]:
        return take_proposal(tx, proposal, visit=review.visit, dated=review.dated), tx.change

    plan = Plan(
        apply,
        lambda done: tr("#{n} taken: {title}", n=done[0], title=visible(proposal.title)),
        then=partial(_entered, review, proposal),
    )
    _save(app, screen, review, proposal, plan)


def _save(app: FollowUp, screen: CaptureScreen, review: CaptureReview, proposal: Proposal, plan: Plan) -> None:
    """Save a decision in the background, and go on to the next proposal meanwhile."""
    screen.being_saved.add(proposal.source_id)
    screen.go_on()
    save_in_background(app, plan, lambda: screen.being_saved.discard(proposal.source_id))


def _entered(review: CaptureReview, proposal: Proposal, app: FollowUp, done: tuple[int, int]) -> None:
    review.decide(proposal, Decision(TAKEN, *done))
    review.say_who(proposal, app.snapshot.parties)
    _redraw(app, review)


def _redraw(app: FollowUp, review: CaptureReview) -> list[CaptureScreen]:
    """Redraw the screen of these proposals. Returns it, or nothing once it was left."""
    shown = [screen for screen in app.screen_stack if isinstance(screen, CaptureScreen) and screen.review is review]
    for screen in shown:
        screen.show_snapshot(app.snapshot)
    return shown


def edit(app: FollowUp) -> None:
    """Open the form of a commitment, filled with the proposal: it begins in the first party that is missing."""
    from tui.app.actions.open_form import show

    screen, review, proposal = _to_decide(app)

    def taken(app: FollowUp, done: tuple[int, int]) -> None:
        review.decide(proposal, Decision(TAKEN, *done))
        entered = review.as_it_is(proposal, app.snapshot)
        fields = ("title", "by", "to", "kind", "due", "due_precision", "due_words", "seats", "suggest_to", "new")
        # Once it is taken back, it stands there as it was entered.
        review.change(proposal, **{name: getattr(entered, name) for name in (*fields, "warnings")})
        _entered(review, entered, app, done)
        screen.point_at(proposal.source_id)
        screen.go_on()

    context = FormContext(app.snapshot, app.session.actor)
    show(app, proposal_form(context, review, proposal, taken))


def once_more(app: FollowUp) -> None:
    """Open the form for a second commitment from the same sentence."""
    from tui.app.actions.open_form import show

    screen, review, proposal = _here(app)

    def taken(app: FollowUp, done: tuple[int, int]) -> None:
        _redraw(app, review)
        if review.decision(proposal) is not None:
            screen.go_on()

    context = FormContext(app.snapshot, app.session.actor)
    show(app, proposal_form(context, review, proposal, taken, is_once_more=True))


def refuse(app: FollowUp) -> None:
    """Refuse the proposal; capturing this text again does not show it."""
    screen, review, proposal = _to_decide(app)
    _remember(screen.remembered.refuse, review, proposal.source_id)
    review.decide(proposal, Decision(REFUSED))
    _redraw(app, review)
    screen.go_on()


def _remember(keep: Callable[[str, str], None], review: CaptureReview, identity: str) -> None:
    """Store a decision. Raises: NotAllowed when it cannot be stored."""
    try:
        keep(review.visit, identity)
    except OSError as error:
        raise NotAllowed(tr("it cannot be remembered beside the drafts: {why}", why=error.strerror)) from None


def later(app: FollowUp) -> None:
    """Leave the proposal undecided, and go to the next one."""
    screen, _, _ = _here(app)
    screen.go_on()


def merge(app: FollowUp) -> None:
    """Add the promise as a note to the commitment that it resembles."""
    screen, review, proposal = _to_decide(app)
    number = proposal.like
    if number is None:
        raise NotAllowed(tr("it is like no commitment of this visit: a takes it, x refuses it"))

    def apply(tx: Transaction) -> tuple[int, int]:
        quote = tr('"{value}"', value=proposal.quote)
        operations.note(tx, number, f"{quote} ({proposal.source_in_words})")
        return number, tx.change

    def merged(app: FollowUp, done: tuple[int, int]) -> None:
        _remember(screen.remembered.merge, review, proposal.source_id)
        review.decide(proposal, Decision(MERGED, *done))
        _redraw(app, review)

    its_due = app.snapshot.commitments[number].get("due")

    def said(done: tuple[int, int]) -> str:
        if proposal.due is None or proposal.due == its_due:
            return tr("noted on #{n}", n=done[0])
        if its_due is None:
            return tr("noted on #{n}, which has no date still", n=done[0])
        return tr("noted on #{n}; its date stays {day}", n=done[0], day=shown_day(its_due))

    _save(app, screen, review, proposal, Plan(apply, said, then=merged))


def undo(app: FollowUp) -> None:
    """Undo the decision on the proposal under the cursor, else the last one made on this screen."""
    screen, review, proposal = _here(app)
    found = review.decided_here(proposal)
    if found is None:
        raise NotAllowed(tr("nothing was decided here yet: u on the list takes back an older change"))
    identity, decision = found
    if decision.change is None:
        _remember(screen.remembered.take_back, review, identity)
        _undone(review, identity, app)
        return
    change = decision.change

    def undone(app: FollowUp, _: object) -> None:
        if decision.sort == MERGED:
            _remember(screen.remembered.take_back, review, identity)
        _undone(review, identity, app)

    number = decision.number or 0  # A decision that is a change has one.
    is_note, what = decision.sort == MERGED, number_text(number)
    message = tr("taken back: the note on #{n}", n=number) if is_note else tr("taken back: {what}", what=what)
    save_in_background(app, Plan(lambda tx: operations.undo(tx, change), lambda _: message, then=undone))


def _undone(review: CaptureReview, identity: str, app: FollowUp) -> None:
    review.take_back(identity)
    for screen in _redraw(app, review):
        screen.point_at(identity)


# What is proposed.


def to_whom(app: FollowUp) -> None:
    """Set the receiver: the other side of the visit, then with each further press the next likely one."""
    _, review, proposal = _to_decide(app)
    if review.has_receivers(proposal):
        raise NotAllowed(tr("it says to whom: e changes it"))
    to = review.next_receiver(proposal)
    if not to:
        raise NotAllowed(tr("no other side is known: e says to whom"))
    _choose(app, review, proposal, with_parties(proposal, to=to, new=_unknown(app, to)))


def by_whom(app: FollowUp) -> None:
    """Set the promiser: the party named next to it, then with each further press the next likely one."""
    _, review, proposal = _to_decide(app)
    by = review.next_promiser(proposal)
    if not by:
        raise NotAllowed(tr("nobody is known who may have promised it: e says who"))
    receivers = review.receivers_of(proposal)
    to = receivers if set(by).isdisjoint(receivers) else ()
    _choose(app, review, proposal, with_parties(proposal, by=by, to=to, new=_unknown(app, by)))


def _unknown(app: FollowUp, names: tuple[str, ...]) -> list[str]:
    return [name for name in names if app.snapshot.parties.find(name) is None]


def _choose(app: FollowUp, review: CaptureReview, proposal: Proposal, chosen: Proposal) -> None:
    fields = ("by", "by_words", "to", "suggest_to", "new", "warnings")
    review.change(proposal, **{name: getattr(chosen, name) for name in fields})
    _redraw(app, review)


def date(app: FollowUp) -> None:
    """Ask for the date of the proposal."""
    from tui.app.actions.open_form import show

    _, review, proposal = _to_decide(app)

    def changed(app: FollowUp, date: DueDate) -> None:
        said = proposal.due_words
        if date.day and said and (proposal.due is None or days_near(said, review.dated)):
            date = date.in_other_words(said)  # They name no day: the one that is meant stands beside them.
        review.change(proposal, due=date.day, due_precision=date.precision, due_words=date.words)
        _redraw(app, review)

    show(app, date_form(app.snapshot, review, proposal, changed))


def mask_name(app: FollowUp) -> None:
    """Mask a likely name of a person in the words to be stored."""
    _, review, proposal = _to_decide(app)
    names = possible_names(f"{proposal.quote} {proposal.title}", app.snapshot.parties)
    if not names:
        raise NotAllowed(tr("nothing in it looks like a name that is not masked"))

    mask = mask_in(proposal.quote)

    def masked(text: str) -> str:
        for name in names:
            text = text.replace(name, mask)
        return text

    by = tuple(name for name in proposal.by if name not in names)
    review.change(proposal, quote=masked(proposal.quote), title=masked(proposal.title), by=by)
    _redraw(app, review)


# What is shown.


def left_out(app: FollowUp) -> None:
    """Show the sentences not proposed among the others, or hide them again."""
    screen = _screen(app)
    review = screen.review
    if review.shows_left_out or review.has_left_out:
        review.shows_left_out = not review.shows_left_out
        _redraw(app, review)
        if review.shows_left_out:
            _say_sentences(app, review)
        return
    app.say(tr("looking at every sentence ..."))
    app.run_worker(_find_left_out(app, review, screen.lang), exit_on_error=True)


async def _find_left_out(app: FollowUp, review: CaptureReview, lang: str | None) -> None:
    visit = app.snapshot.visits.get(review.visit)
    work = partial(propose, review.source, app.snapshot.parties, visit, review.dated, lang, is_every_sentence=True)
    review.leave_out(await asyncio.to_thread(work))
    review.shows_left_out = True
    _redraw(app, review)
    _say_sentences(app, review)


def _say_sentences(app: FollowUp, review: CaptureReview) -> None:
    app.say(plural("{n} sentence: a takes any of them", "{n} sentences: a takes any of them", len(review.shown)))


def find(app: FollowUp) -> None:
    """Ask for words, and go to the next sentence that has them, whether it was proposed or not."""
    from tui.app.actions.open_form import show

    review = _screen(app).review

    def found(app: FollowUp, words: str) -> None:
        review.sought = words
        find_next(app)

    show(app, find_form(review.sought, found))


def find_next(app: FollowUp) -> None:
    """Go to the next sentence with the words searched for last."""
    screen = _screen(app)
    if not screen.review.sought:
        find(app)
        return
    app.run_worker(_find_next(app, screen), exit_on_error=True)


async def _find_next(app: FollowUp, screen: CaptureScreen) -> None:
    review = screen.review
    if not review.has_left_out:
        await _find_left_out(app, review, screen.lang)
    review.shows_left_out = True
    _redraw(app, review)
    found = review.next_with(review.sought, screen.picker.key)
    if found is None:
        app.say(tr('no sentence has "{words}"', words=visible(review.sought)))
    else:
        app.say("")
        screen.point_at(found.source_id)


def order(app: FollowUp) -> None:
    """Sort the proposals as in the text, or by confidence."""
    review = _screen(app).review
    review.is_in_order_of_text = not review.is_in_order_of_text
    _redraw(app, review)
    app.say(tr("in the order of the text") if review.is_in_order_of_text else tr("the surest first"))


def text(app: FollowUp) -> None:
    """On a narrow screen, switch between the text and the proposal."""
    _screen(app).turn_over()
