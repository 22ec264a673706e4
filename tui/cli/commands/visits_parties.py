"""`visit add`, `visit edit`, `visit aside`, `visit back`, `visit remove`, `party edit`, `party merge`."""

from __future__ import annotations

from store import operations
from store.errors import NotAllowed, UsageError
from store.model.required_fields import VISIT_DETAILS, VISIT_TEXTS
from store.rules.days import days_between, said_day
from store.rules.party_names import known_party, name_in_language
from store.rules.party_renaming import promises_to_itself
from store.rules.set_aside import open_of_visit
from store.sanitise_text import visible
from store.translation import plural, tr
from store.words_for_none import says_none
from tui.cli.argument_values import day_either_way, day_option
from tui.cli.arguments import Arguments, takes_out
from tui.cli.run_change import ChangeResult, changed_or_same
from tui.render.change_words import brought_back, party_merged, promises_entered, set_aside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.transaction import Transaction


def visit_add(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`visit add`: enter a visit; prints its slug. Raises: FollowUpError."""
    like, start = arguments.get("like"), _first_day(arguments, tx)
    fields: dict[str, Any] = {} if like is None else operations.visit_fields_like(tx.visit(like, "like"))
    fields |= {name: arguments.get(name) for name in ("place", *VISIT_DETAILS) if arguments.has(name)}
    if arguments.has("host"):
        fields["hosts"] = arguments.get_all("host")
    assert start is not None, "a line without --from is refused when it is parsed"
    slug = operations.add_visit(
        tx,
        " ".join(arguments.words),
        start=start,
        end=_last_day(arguments, tx, start),
        slug=arguments.get("slug"),
        **fields,
    )
    if like is None:
        return ChangeResult([slug])
    numbers = operations.add_promises_like(tx, like, slug)
    return ChangeResult([slug], hints=[promises_entered(numbers, like)])


def _first_day(arguments: Arguments, tx: Transaction) -> str | None:
    """The first day of a visit, from --from. Raises: DateRefused; UsageError for both days in one."""
    try:
        return day_option(arguments, "from", tx)
    except UsageError:
        from tui.cli.looks_like_a_date import first_and_last_day

        days = first_and_last_day(arguments.get("from") or "")
        if days is None:
            raise
        takes = tr("--from takes one day")
        if arguments.command.name == "visit add":
            from tui.cli.refused_lines.entry_lines import entry_line

            options = (part for name, given in arguments.values.items() for value in given for part in (name, value))
            whole = entry_line("visit add", [*arguments.words, *options])
            raise UsageError(f"{takes}: {whole}", field="from") from None
        raise UsageError(
            tr("{takes}, as in --from {first} --to {last}", takes=takes, first=days[0], last=days[1]), field="from"
        ) from None


_LONGEST_USUAL = 60
"""The days of a visit above which another year was probably meant: `--to` looks forward from `--from`."""


def _last_day(arguments: Arguments, tx: Transaction, start: str) -> str | None:
    """The last day of a visit, from --to, with a warning for a long visit. Raises: DateRefused."""
    end = day_option(arguments, "to", tx, since=start)
    days = 0 if end is None else days_between(start, end)
    if end is not None and days > _LONGEST_USUAL:
        tx.warnings.append(
            plural(
                "{n} day long, from {start} to {end}: was another year meant?",
                "{n} days long, from {start} to {end}: was another year meant?",
                days,
                start=said_day(start),
                end=said_day(end),
            )
        )
    return end


def visit_edit(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`visit edit`: change fields of a visit; the value `none` clears one. Raises: FollowUpError."""
    texts = {name: arguments.get(name) for name in VISIT_TEXTS}
    others = [name for name in ("from", "to", "slug", "host") if arguments.has(name)]
    if not others and all(text is None for text in texts.values()):
        from tui.cli.shell_quoting import quoted_for_shell

        raise UsageError(
            tr(
                "say what to change, as in: followup visit edit {words} --title TEXT (or --place, "
                "--from, --to, --slug, --host, --delegation, --programme, --donor, --grant, --contact)",
                words=quoted_for_shell(arguments.words[0]),
            )
        )
    if any(says_none(texts[name] or "") for name in ("title", "place")):
        raise UsageError(tr("a visit has a title and a place: they cannot be taken out"))
    texts = {name: "" if text and says_none(text) else text for name, text in texts.items()}
    hosts = [] if takes_out(arguments.get_all("host")) else arguments.get_all("host")
    slug = arguments.words[0]
    start = _first_day(arguments, tx)
    end = _last_day(arguments, tx, start or tx.visit(slug, "slug")["start"])
    is_changed = operations.edit_visit(
        tx,
        slug,
        start=start,
        end=end,
        new_slug=arguments.get("slug"),
        hosts=hosts,
        **texts,
    )
    return ChangeResult([changed_or_same(arguments.get("slug") or tx.visit(slug)["slug"], is_changed)])


def visit_remove(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`visit remove`: take out a visit without commitments. Raises: FollowUpError."""
    operations.remove_visit(tx, arguments.words[0])
    return ChangeResult([tr("{slug} removed", slug=arguments.words[0])])


def visit_aside(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`visit aside`: set a visit aside, until a day or until it is brought back. Raises: FollowUpError."""
    slug = tx.visit(arguments.words[0], "slug")["slug"]
    until, reason = day_either_way(arguments, "until", tx), arguments.get("reason")
    is_changed = operations.set_visit_aside(tx, slug, until=until, reason=reason)
    count = open_of_visit(tx.commitments_naming(visits=[slug]).values(), slug)
    return ChangeResult([set_aside(tx.visit(slug), count, said_day, is_changed=is_changed)])


def visit_back(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`visit back`: bring back a visit that was set aside. Raises: FollowUpError."""
    slug = tx.visit(arguments.words[0], "slug")["slug"]
    was_aside = operations.bring_visit_back(tx, slug)
    count = open_of_visit(tx.commitments_naming(visits=[slug]).values(), slug)
    return ChangeResult([brought_back(slug, count, is_changed=was_aside)])


def party_edit(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`party edit`: change the names of a party. Raises: FollowUpError."""
    if not any(arguments.has(name) for name in ("name", "short", "ru", "alias")):
        from tui.cli.shell_quoting import quoted_for_shell

        raise UsageError(
            tr(
                "say what to change, as in: followup party edit {words} --short TEXT (or --name, --ru, --alias)",
                words=quoted_for_shell(arguments.words[0]),
            )
        )
    party, is_changed = operations.edit_party(
        tx,
        arguments.words[0],
        new_name=arguments.get("name"),
        short=arguments.get("short"),
        ru=arguments.get("ru"),
        aliases=arguments.get_all("alias") or (),
    )
    return ChangeResult([changed_or_same(visible(name_in_language(party)), is_changed)])


def owner_rename(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`owner rename`: rename an owner in all commitments. Raises: FollowUpError."""
    old, new = arguments.words
    numbers = operations.rename_owner(tx, old, new)
    if not numbers:
        return ChangeResult([changed_or_same(visible(new), False)])
    return ChangeResult(
        [
            plural(
                "owner {old} -> {new} in {n} commitment",
                "owner {old} -> {new} in {n} commitments",
                len(numbers),
                old=visible(old),
                new=visible(new),
            )
        ],
        numbers,
    )


def party_merge(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`party merge`: merge two entries of one institution; prints what moved. Raises: FollowUpError."""
    old, new = arguments.words
    if not arguments.has("yes"):
        _refuse_promises_to_itself(old, new, tx)
    gone = name_in_language(known_party(tx.parties, old, "old"))
    merge = operations.merge_parties(tx, old, new)
    kept = name_in_language(merge.party)
    return ChangeResult([party_merged(visible(gone), visible(kept), merge.commitments, merge.visits)])


def _refuse_promises_to_itself(old: str, new: str, tx: Transaction) -> None:
    """Refuse a merge after which a party promises itself something. Raises: NotAllowed."""
    gone, kept = known_party(tx.parties, old, "old"), known_party(tx.parties, new, "new")
    own = promises_to_itself(tx.commitments().values(), gone["name"], kept["name"])
    if not own or gone["name"] == kept["name"]:
        return
    from tui.cli.shell_quoting import quoted_for_shell

    names = f"{quoted_for_shell(old)} {quoted_for_shell(new)}"
    *others, last = map(str, own)
    numbers = tr("{others} and {last}", others=", ".join(others), last=last) if others else last
    raise NotAllowed(
        tr(
            "then {kept} would promise itself {numbers}: say first whom it was promised, followup "
            "edit {own} --to PARTY, or merge them all the same, followup party merge {names} --yes",
            kept=visible(name_in_language(kept)),
            numbers=numbers,
            own=own[0],
            names=names,
        )
    )


def party_remove(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`party remove`: take out a party that nothing names. Raises: FollowUpError."""
    return ChangeResult([tr("{slug} removed", slug=visible(operations.remove_party(tx, arguments.words[0])))])
