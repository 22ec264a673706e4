"""What to type where that depends on the store: a state, a date, a party, a visit.

Read only where a command line is refused. Where the store cannot be read, the refusal stays as it is.
"""

from __future__ import annotations

from store.errors import FollowUpError, UsageError
from store.sanitise_text import visible
from store.translation import tr, tr_in
from tui.cli.refused_lines.command_synonyms import NO_PARTY_ADD, SAME_VERB
from tui.cli.refused_lines.named_store_and_today import session_of, store_and_day
from tui.cli.refused_lines.put_off_by_span import put_off_meant, refusal_of_span
from tui.cli.refused_lines.shared_sentences import no_command
from tui.cli.shell_quoting import quoted_for_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.snapshot import Snapshot


def by_the_store(refused: UsageError, argv: Sequence[str], environment: Mapping[str, str]) -> UsageError:
    """The refusal with the line that depends on the store."""
    from tui.cli.refused_lines.entry_lines import ENTRY_MEANT, of_this_store
    from tui.cli.refused_lines.reopen_by_its_state import REOPENED, by_its_state
    from tui.cli.refused_lines.report_with_words import REPORT_MEANT, by_what_is_known

    known = {REOPENED: by_its_state, REPORT_MEANT: by_what_is_known}.get(refused.code or "")
    if known is not None:
        return known(refused, argv, environment)
    put_off = put_off_meant(argv)
    is_of_party, visit = tr(NO_PARTY_ADD) in refused.sentence, _visit_to_show(argv)
    if put_off is None and not is_of_party and visit is None:
        return of_this_store(refused, argv, environment) if refused.code == ENTRY_MEANT else refused
    from tui.cli.arguments import options_apart
    from tui.cli.refused_lines.kept_options import with_options

    words, values = options_apart(argv)
    try:
        snapshot = session_of(store_and_day(argv), environment).snapshot()
    except FollowUpError:
        return refused
    if put_off is not None:
        return UsageError(refusal_of_span(put_off, refused.sentence, values, snapshot))
    line = _party_line(words, values, snapshot) if visit is None else _line_that_shows_visit(visit, snapshot)
    if not line:
        return refused
    return UsageError(
        with_options(
            f"{no_command(' '.join(words[:2]))}: {line}",
            store_and_day(argv),
        )
    )


def _visit_to_show(argv: Sequence[str]) -> str | None:
    """The name of the visit in `visit show lyon`, `visit show 1`; None for any other line."""
    from tui.cli.arguments import options_apart

    words = options_apart(argv)[0]
    is_show = [word.lower() for word in words[:1]] == ["visit"] and words[2:]
    return " ".join(words[2:]) if is_show and words[1].lower() in ("show", *SAME_VERB["show"]) else None


def _line_that_shows_visit(typed: str, snapshot: Snapshot) -> str:
    from store.rules.visit_slugs import slug_of_part

    slugs = list(snapshot.visits)
    slug = typed if typed in slugs else slug_of_part(snapshot.visits, typed)
    if slug is None and len(slugs) == 1 and typed.removeprefix("#").isdecimal():
        [slug] = slugs
    if slug is None:
        return tr('no visit is called "{typed}": followup visits lists them', typed=visible(typed))
    return tr("followup visits {slug} shows it, followup list --all visit:{slug} what was promised there", slug=slug)


_OF_PARTY = ("--name", "--short", "--ru", "--alias")


def _party_line(words: Sequence[str], values: Mapping[str, Sequence[str]], snapshot: Snapshot) -> str:
    """What to type for `party add IOM --short IOM`: its names where it exists, else how to enter one."""
    from store.rules.party_names import match_name
    from tui.cli.refused_lines.entry_lines import FILLERS, PARTY_NOUNS

    passed = ("add", "new", *SAME_VERB["add"], *PARTY_NOUNS, "parties", *FILLERS)
    rest = list(words)
    while rest and rest[0].lower() in passed:
        rest = rest[1:]
    given = [(name, each) for name in _OF_PARTY for each in values.get(name, ())]
    names = [" ".join(rest)] if rest else [each for name, each in given if name == "--name"]
    if not names:
        return ""
    name = names[0]
    more = [part for option, each in given if option != "--name" for part in (option, quoted_for_shell(each))]
    match = match_name(snapshot.parties, name)
    if match.is_party:
        full = quoted_for_shell(match.names[0])
        known = tr("{name} is there already", name=visible(match.names[0]))
        if more:
            return f"{known}: followup party edit {full} {' '.join(more)}"
        return tr("{known}: followup list party:{full} lists what it owes and is owed", known=known, full=full)
    typed = quoted_for_shell(name)
    slug = (
        max(snapshot.visits.values(), key=lambda visit: (visit["start"], visit["id"]))["slug"]
        if snapshot.visits
        else tr_in("placeholder", "SLUG")
    )
    edit = f" && followup party edit {typed} {' '.join(more)}" if more else ""
    return tr(
        "{no_party_add}, as followup add TITLE --visit {slug} --by {typed} --to PARTY{edit}",
        no_party_add=tr(NO_PARTY_ADD),
        slug=slug,
        typed=typed,
        edit=edit,
    )
