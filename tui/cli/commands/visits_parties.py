"""The commands that change visits and parties, take changes back, or make the store forget."""

from __future__ import annotations

from store import operations
from store.errors import UsageError
from store.text import visible
from tui.cli.argument_values import day_option, number_of
from tui.cli.arguments import Arguments, whole_number
from tui.cli.change_answer import Answer, changed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Event
    from store.transaction import Transaction


def visit_add(arguments: Arguments, tx: Transaction) -> Answer:
    """`visit add`."""
    place, start = arguments.one("place"), day_option(arguments, "from", tx)
    if place is None or start is None:
        raise UsageError("a visit needs --place PLACE and --from DATE")
    slug = operations.add_visit(
        tx,
        " ".join(arguments.words),
        place=place,
        start=start,
        end=day_option(arguments, "to", tx),
        slug=arguments.one("slug"),
        hosts=arguments.many("host") or (),
        delegation=arguments.one("delegation"),
        programme=arguments.one("programme"),
        donor=arguments.one("donor"),
    )
    return Answer([slug])


def visit_edit(arguments: Arguments, tx: Transaction) -> Answer:
    """`visit edit`."""
    texts = {name: arguments.one(name) for name in ("title", "place", "delegation", "programme", "donor")}
    others = [name for name in ("from", "to", "slug", "host") if arguments.has(name)]
    if not others and all(text is None for text in texts.values()):
        raise UsageError("say what to change: followup visit edit --help shows the fields")
    if texts["title"] == "none" or texts["place"] == "none":
        raise UsageError("a visit has a title and a place: they cannot be taken out")
    texts = {name: "" if text == "none" else text for name, text in texts.items()}
    hosts = [] if arguments.many("host") == ["none"] else arguments.many("host")
    slug = arguments.words[0]
    is_changed = operations.edit_visit(
        tx,
        slug,
        start=day_option(arguments, "from", tx),
        end=day_option(arguments, "to", tx),
        new_slug=arguments.one("slug"),
        hosts=hosts,
        **texts,
    )
    return Answer([f"{arguments.one('slug') or tx.visit(slug)['slug']} {changed(is_changed)}"])


def visit_remove(arguments: Arguments, tx: Transaction) -> Answer:
    """`visit remove`."""
    operations.remove_visit(tx, arguments.words[0])
    return Answer([f"{arguments.words[0]} removed"])


def party_edit(arguments: Arguments, tx: Transaction) -> Answer:
    """`party edit`."""
    if not any(arguments.has(name) for name in ("name", "short", "ru", "alias")):
        raise UsageError("say what to change: followup party edit --help shows the fields")
    party, is_changed = operations.edit_party(
        tx,
        arguments.words[0],
        new_name=arguments.one("name"),
        short=arguments.one("short"),
        ru=arguments.one("ru"),
        aliases=arguments.many("alias") or (),
    )
    return Answer([f"{visible(party['name'])} {changed(is_changed)}"])


def party_merge(arguments: Arguments, tx: Transaction) -> Answer:
    """`party merge`."""
    old, new = arguments.words
    party = operations.merge_parties(tx, old, new)
    return Answer([f"{visible(old)} is now {visible(party['name'])}"])


def undo(arguments: Arguments, tx: Transaction) -> Answer:
    """`undo`."""
    change = whole_number(arguments.words[0], "CHANGE", 1) if arguments.words else None
    return _told("taken back", operations.undo(tx, change), tx)


def redo(arguments: Arguments, tx: Transaction) -> Answer:
    """`redo`."""
    return _told("brought back", operations.redo(tx), tx)


def _told(what: str, events: Sequence[Event], tx: Transaction) -> Answer:
    from tui.cli.change_line import told_change
    from tui.render.event_words import Subjects

    subjects = Subjects(tx.visits().values(), tx.parties.all())
    numbers = dict.fromkeys(event["id"] for event in events if "id" in event)
    there = [number for number in numbers if tx.record("commitments", number) is not None]
    return Answer([f"{what}: {told_change(events, subjects)}"], there)


def redact(arguments: Arguments, tx: Transaction) -> Answer:
    """`redact`."""
    passage = arguments.one("passage")
    if passage is None:
        raise UsageError("say which passage: --passage TEXT")
    number = number_of(arguments.words[0])
    found = operations.redact(tx, number, passage)
    hint = "backups made by hand, and stores replaced by restore, still hold it"
    return Answer([f"{number} redacted in {found} {'record' if found == 1 else 'records'}"], [], [hint])
