"""Add, edit and remove visits."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.operations.parties import enter_parties
from store.rules.days import said_day
from store.rules.refuse_future_or_past_day import refuse_day_over
from store.rules.set_aside import is_set_aside
from store.sanitise_text import clean_line, visible
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.model.record_types import Visit
    from store.transaction import Transaction


def _checked_slug(tx: Transaction, slug: str, own: Visit | None = None) -> str:
    from store.rules.visit_slugs import is_slug  # most changes name no visit

    field = "slug" if own is None else "new_slug"
    if not is_slug(slug):
        sentence = tr('"{slug}" cannot be a slug: letters a to z, digits and hyphens, as lyon-2022', slug=visible(slug))
        raise UsageError(sentence, code="visit.slug-not-understood", field=field)
    if slug in tx.visits() and (own is None or slug != own["slug"]):
        raise NotAllowed(tr("there is a visit {slug} already", slug=slug), code="visit.slug-taken", field=field)
    return slug


def _refuse_backwards(start: str, end: str, field: str = "end") -> None:
    if end < start:
        sentence = tr("a visit from {start} cannot end on {end}", start=said_day(start), end=said_day(end))
        raise NotAllowed(sentence, code="visit.ends-before-it-begins", field=field)


def _refuse_the_same(tx: Transaction, title: str, place: str, start: str, end: str) -> None:
    """Refuse a visit of the title, place and days of another one: a slug of its own says that it is meant."""
    from store.rules.duplicate_visits_and_promises import same_visit
    from store.rules.visit_slugs import free_slug

    same = same_visit(tx.visits().values(), title, place, start, end)
    if same is not None:
        raise NotAllowed(
            tr("there is that visit already, {slug}, of the same title, place and days", slug=same["slug"]),
            code="visit.there-already",
            field="slug",
            values={"slug": same["slug"], "free": free_slug(tx.visits(), title, place, start)},
        )


def _incomplete(field: str) -> UsageError:
    return UsageError(tr("a visit needs a title and a place"), code="visit.title-or-place-empty", field=field)


def add_visit(
    tx: Transaction,
    title: str,
    *,
    place: str,
    start: str,
    end: str | None = None,
    slug: str | None = None,
    hosts: Iterable[str] = (),
    delegation: str | None = None,
    programme: str | None = None,
    donor: str | None = None,
    grant: str | None = None,
    contact: str | None = None,
) -> str:
    """Add a visit (`start`, `end`: ISO days). Returns its slug.

    Raises: UsageError for an empty title or a bad slug; NotAllowed for a slug that is taken, and without a slug for a
    visit that is there already.
    """
    from store.rules.visit_slugs import free_slug

    title, place = clean_line(title), clean_line(place)
    if not title or not place:
        raise _incomplete("place" if title else "title")
    _refuse_backwards(start, end or start)
    if slug is None:
        _refuse_the_same(tx, title, place, start, end or start)
    chosen = _checked_slug(tx, slug) if slug is not None else free_slug(tx.visits(), title, place, start)
    fields: dict[str, object] = {
        "slug": chosen,
        "title": title,
        "place": place,
        "start": start,
        "end": end or start,
        "hosts": enter_parties(tx, filter(clean_line, hosts), "hosts") or None,
        "delegation": clean_line(delegation or "") or None,
        "programme": clean_line(programme or "") or None,
        "donor": clean_line(donor or "") or None,
        "grant": clean_line(grant or "") or None,
        "contact": clean_line(contact or "") or None,
    }
    tx.add("visits", {name: value for name, value in fields.items() if value is not None})
    return chosen


def edit_visit(
    tx: Transaction,
    slug: str,
    *,
    start: str | None = None,
    end: str | None = None,
    new_slug: str | None = None,
    hosts: Iterable[str] | None = None,
    **texts: str | None,
) -> bool:
    """Change fields of a visit; `texts` are fields of `VISIT_TEXTS` (empty: removed).

    Returns whether anything changed. Raises: NotFound, NotAllowed, UsageError.
    """
    visit = tx.visit(slug, "slug")
    changes: dict[str, object] = {name: clean_line(text) or None for name, text in texts.items() if text is not None}
    for field in ("title", "place"):
        if changes.get(field, "") is None:
            raise _incomplete(field)
    if start is not None:
        changes["start"] = start
        # A visit of one day that is moved stays a visit of one day.
        if end is None and visit["start"] == visit["end"]:
            end = start
    if end is not None:
        changes["end"] = end
    if hosts is not None:
        changes["hosts"] = enter_parties(tx, filter(clean_line, hosts), "hosts") or None
    if new_slug is not None:
        changes["slug"] = _checked_slug(tx, new_slug, visit)
    _refuse_backwards(start or visit["start"], end or visit["end"], "end" if end is not None else "start")
    changed = tx.write("visits", visit["id"], changes, action="edit")
    if new_slug is not None and new_slug != visit["slug"]:
        for number in tx.commitments_naming(visits=[visit["slug"]]):
            tx.write("commitments", number, {"visit": new_slug}, action="edit")
    return changed


def remove_visit(tx: Transaction, slug: str) -> None:
    """Remove an empty visit. Raises: NotFound; NotAllowed if it has commitments."""
    visit = tx.visit(slug, "slug")
    its = list(tx.commitments_naming(visits=[visit["slug"]]))
    if its:
        numbers = ", ".join([*map(str, its[:5]), *(["..."] if len(its) > 5 else [])])
        sentence = plural(
            "{slug} has {n} commitment ({numbers}): only an empty visit is removed",
            "{slug} has {n} commitments ({numbers}): only an empty visit is removed",
            len(its),
            slug=visit["slug"],
            numbers=numbers,
        )
        raise NotAllowed(sentence, code="visit.not-empty")
    tx.remove("visits", visit["id"], action="remove")


def set_visit_aside(tx: Transaction, slug: str, *, until: str | None = None, reason: str | None = None) -> bool:
    """Set a visit aside until the ISO day `until`, or until it is brought back; of one set aside, change day or reason.

    Returns whether anything changed. Raises: NotFound; NotAllowed for a day that is over.
    """
    visit = tx.visit(slug, "slug")
    refuse_day_over(until, tx.today)
    given = {"until": until, "reason": clean_line(reason or "") or None}
    before = visit.get("aside") if is_set_aside(visit, tx.today) else None
    aside = {**(before or {"on": tx.day}), **{name: text for name, text in given.items() if text is not None}}
    return tx.write("visits", visit["id"], {"aside": aside}, action="aside")


def bring_visit_back(tx: Transaction, slug: str) -> bool:
    """Bring back a visit that was set aside. Returns whether it was. Raises: NotFound."""
    visit = tx.visit(slug, "slug")
    was_aside = is_set_aside(visit, tx.today)
    if was_aside:
        tx.write("visits", visit["id"], {"aside": None}, action="back")
    return was_aside
