"""Fields for names of parties, owners and visits: lists of names, completions, hints."""

from collections.abc import Callable, Iterable, Sequence

from store.errors import UsageError
from store.fold_case_and_accents import fold
from store.rules.kind_words import kind_begun
from store.rules.party_names import Directory, Match, NameMatch, match_name, names_of
from store.sanitise_text import clean_line, visible
from store.snapshot import Snapshot
from store.translation import plural, tr
from tui.app.forms.form import Candidate, Hint
from tui.app.forms.value_fields import NOTHING
from tui.render.day_words import visit_days
from tui.render.lateness_and_outcome_words import kind_text
from tui.render.party_words import typed_name, whole_name


def joined(names: Iterable[str]) -> str:
    """Join names with commas; with semicolons where a name has a comma itself."""
    shown = [visible(name) for name in names]
    return ("; " if any("," in name for name in shown) else ", ").join(shown)


def split(text: str, directory: Directory) -> list[str]:
    """Split a list of names at semicolons, or at commas that are not part of a known name."""
    if ";" in text:
        parts = text.split(";")
    elif directory.find(text):
        parts = [text]
    else:
        parts = text.split(",")
    return [name for part in parts if (name := clean_line(part))]


def last_part(text: str) -> tuple[str, str]:
    """Split a list before the last name, the one being typed: (text before it, name)."""
    cut = text.rfind(";" if ";" in text else ",") + 1
    blanks = len(text[cut:]) - len(text[cut:].lstrip())
    return text[: cut + blanks], text[cut + blanks :]


def shown(snapshot: Snapshot, names: Iterable[str]) -> str:
    """The short names of parties, joined."""
    return joined(typed_name(snapshot.parties, name) for name in names)


def parties(snapshot: Snapshot, *more: str) -> Callable[[], Sequence[Candidate]]:
    """Completions for parties, each found by any of its names, and `more` names that no party has yet."""

    def candidates() -> list[Candidate]:
        found = [Candidate(visible(name), visible(name), (name,)) for name in more]
        for party in snapshot.parties.all():
            text = typed_name(snapshot.parties, party["name"])
            others = [name for name in names_of(party) if name != text]
            found.append(Candidate(visible(text), "  ".join(map(visible, [text, *others])), tuple(names_of(party))))
        return sorted(found, key=lambda candidate: fold(candidate.text))

    return candidates


def owners(snapshot: Snapshot, *more: str) -> Callable[[], Sequence[Candidate]]:
    """Completions for owners: all of the store, and `more`."""

    def candidates() -> list[Candidate]:
        names = sorted({commitment["owner"] for commitment in snapshot.commitments.values()} | set(more), key=fold)
        return [Candidate(visible(name), visible(name), (name,)) for name in names]

    return candidates


def visits(snapshot: Snapshot) -> Callable[[], Sequence[Candidate]]:
    """Completions for visits, the newest first, each found by its slug, title or place."""

    def candidates() -> list[Candidate]:
        newest = sorted(snapshot.visits.values(), key=lambda visit: visit["start"], reverse=True)
        return [
            Candidate(
                visible(visit["slug"]),
                f"{visible(visit['slug'])}  {visible(visit['title'])}, {visit_days(visit['start'], visit['end'])}",
                (visit["slug"], visit["title"], visit.get("place", "")),
            )
            for visit in newest
        ]

    return candidates


def slug_of(snapshot: Snapshot, text: str) -> str:
    """The slug of a visit as stored, from how a field shows it."""
    return next((slug for slug in snapshot.visits if visible(slug) == text), text)


def visit_said(snapshot: Snapshot, text: str) -> str:
    """The slug of the visit in a required field. Raises: UsageError for none."""
    if not text.strip():
        raise UsageError(tr("say at which visit it was promised"), field="visit")
    return slug_of(snapshot, text)


def kinds(every: Iterable[str]) -> Callable[[], Sequence[Candidate]]:
    """Completions for kinds; in another language than English each is shown in its words, and found by both."""

    def candidate(kind: str) -> Candidate:
        text = visible(kind_text(kind))
        return Candidate(text, text, (kind, kind_text(kind)))

    return lambda: [candidate(kind) for kind in every]


def kind_hint(snapshot: Snapshot) -> Hint:
    """The hint of an abbreviated kind: `= train`, as `kind_said` completes it."""

    def hint(text: str) -> tuple[str, str]:
        kind = _kind_begun(snapshot, text)
        return (f"= {visible(kind_text(kind))}", "dim") if kind else NOTHING

    return hint


def kind_said(snapshot: Snapshot, text: str) -> str:
    """The kind in a field, completed; any other word itself."""
    return _kind_begun(snapshot, text) or text


def _kind_begun(snapshot: Snapshot, text: str) -> str | None:
    return kind_begun(text, {commitment["kind"] for commitment in snapshot.commitments.values()})


def words(texts: Iterable[str]) -> Callable[[], Sequence[Candidate]]:
    """Completions for these words."""
    return lambda: [Candidate(visible(text), visible(text), (text,)) for text in texts]


def party_hint(snapshot: Snapshot, *, is_list: bool = True, is_new_allowed: bool = True) -> Hint:
    """The hint of a party field: `= MIA Uzbekistan`, `new party`, or what a name may mean instead."""

    def hint(text: str) -> tuple[str, str]:
        directory = snapshot.parties
        parts = split(text, directory) if is_list else list(filter(None, [clean_line(text)]))
        matches = [match_name(directory, part) for part in parts]
        doubt = next((_doubt(match) for match in matches if not match.is_party and match.kind != Match.NEW), "")
        new = [name for match in matches if match.kind == Match.NEW for name in match.names]
        if not matches or doubt:
            return (doubt, "plain") if doubt else NOTHING
        if not new:
            return f"= {joined(whole_name(directory, match.names[0]) for match in matches)}", "dim"
        message = tr("new party") if is_new_allowed else tr("no known party")
        close = _begun(directory, new[-1]) or directory.suggestion(new[-1])
        if len(parts) > 1:
            message = f"{message}: {joined(new)}"
        return tr("{what}, or {name}?", what=message, name=visible(close)) if close else message, "plain"

    return hint


def _begun(directory: Directory, typed: str) -> str | None:
    """The one party with a name or word that begins so; None for several."""
    start = fold(typed)
    found = [party for party in directory.all() if any(fold(name).startswith(start) for name in names_of(party))]
    return typed_name(directory, found[0]["name"]) if len(found) == 1 else None


def _doubt(match: NameMatch) -> str:
    """The parties that a name may mean: a near one, one of several, or several."""
    if match.kind == Match.JOINED:
        return plural("{n} party? ; between them", "{n} parties? ; between them", len(match.names))
    return tr("did you mean {names}?", names=tr(" or ").join(map(visible, match.names)))


def asker_hint(snapshot: Snapshot) -> Hint:
    """The hint of who asked or agreed: the party that is meant, if it is one; other words stay as typed."""
    of_party = party_hint(snapshot, is_list=False)

    def hint(text: str) -> tuple[str, str]:
        name = clean_line(text)
        if name and match_name(snapshot.parties, name).kind == Match.NEW:
            begun = _begun(snapshot.parties, name)
            if begun:
                return tr("kept as typed, or {name}?", name=visible(begun)), "plain"
            return tr("no party: kept as typed"), "dim"
        return of_party(text)

    return hint


def visit_hint(snapshot: Snapshot) -> Hint:
    """The hint of a visit's slug: its title."""

    def hint(text: str) -> tuple[str, str]:
        visit = snapshot.visits.get(slug_of(snapshot, text.strip()))
        return (visible(visit["title"]), "dim") if visit else NOTHING

    return hint
