"""Names in a field: parties, owners and visits that are known, and lists of them."""

from collections.abc import Callable, Iterable, Sequence

from store.rules.party_names import Directory, names_of
from store.snapshot import Snapshot
from store.text import clean_line, fold, visible
from tui.app.forms.date_fields import NOTHING
from tui.app.forms.form import Candidate, Live
from tui.render.labels import days_of


def joined(names: Iterable[str]) -> str:
    """Names as they stand in a field; semicolons, where a name has a comma itself."""
    shown = [visible(name) for name in names]
    return ("; " if any("," in name for name in shown) else ", ").join(shown)


def split(text: str, directory: Directory) -> list[str]:
    """The names in a list: between semicolons, or between commas that are not inside of a known name."""
    if ";" in text:
        parts = text.split(";")
    elif directory.find(text):
        parts = [text]
    else:
        parts = text.split(",")
    return [name for part in parts if (name := clean_line(part))]


def last_part(text: str) -> tuple[str, str]:
    """A list cut before its last name, which is what is being typed: (what stands before, the name)."""
    cut = text.rfind(";" if ";" in text else ",") + 1
    blanks = len(text[cut:]) - len(text[cut:].lstrip())
    return text[: cut + blanks], text[cut + blanks :]


def shown(snapshot: Snapshot, names: Iterable[str]) -> str:
    """Parties by the names that people are shown."""
    return joined(snapshot.parties.shown(name) for name in names)


def parties(snapshot: Snapshot) -> Callable[[], Sequence[Candidate]]:
    """Every party, found by any of its names."""

    def candidates() -> list[Candidate]:
        found = []
        for party in snapshot.parties.all():
            text = party.get("short") or party["name"]
            others = [name for name in names_of(party) if name != text]
            found.append(Candidate(visible(text), "  ".join(map(visible, [text, *others])), tuple(names_of(party))))
        return sorted(found, key=lambda candidate: fold(candidate.text))

    return candidates


def owners(snapshot: Snapshot, *more: str) -> Callable[[], Sequence[Candidate]]:
    """Everybody who chases something."""

    def candidates() -> list[Candidate]:
        names = sorted({commitment["owner"] for commitment in snapshot.commitments.values()} | set(more), key=fold)
        return [Candidate(visible(name), visible(name), (name,)) for name in names]

    return candidates


def visits(snapshot: Snapshot) -> Callable[[], Sequence[Candidate]]:
    """Every visit, the newest first, found by its slug, title or place."""

    def candidates() -> list[Candidate]:
        newest = sorted(snapshot.visits.values(), key=lambda visit: visit["start"], reverse=True)
        return [
            Candidate(
                visible(visit["slug"]),
                f"{visible(visit['slug'])}  {visible(visit['title'])}, {days_of(visit['start'], visit['end'])}",
                (visit["slug"], visit["title"], visit.get("place", "")),
            )
            for visit in newest
        ]

    return candidates


def slug_of(snapshot: Snapshot, text: str) -> str:
    """The name of a visit as it stands in the store, from what a field shows of it."""
    return next((slug for slug in snapshot.visits if visible(slug) == text), text)


def words(texts: Iterable[str]) -> Callable[[], Sequence[Candidate]]:
    """A few words."""
    return lambda: [Candidate(visible(text), visible(text), (text,)) for text in texts]


def live_parties(snapshot: Snapshot, *, is_list: bool = True, is_new_taken: bool = True) -> Live:
    """Says which names are of no party yet, and what was perhaps meant."""

    def live(text: str) -> tuple[str, str]:
        directory = snapshot.parties
        parts = split(text, directory) if is_list else [clean_line(text)]
        new = [name for name in parts if name and not directory.find(name)]
        if not new:
            return NOTHING
        told = "new party" if is_new_taken else "not a known party"
        close = directory.close_to(new[-1])
        maybe = f"; did you mean {visible(close)}?" if close else ""
        return f"{told}: {joined(new)}{maybe}", "dim"

    return live


def live_near(snapshot: Snapshot) -> Live:
    """Asks whether a known party was meant; somebody else may have asked or agreed as well."""

    def live(text: str) -> tuple[str, str]:
        name = clean_line(text)
        close = None if not name or snapshot.parties.find(name) else snapshot.parties.close_to(name)
        return (f"did you mean {visible(close)}?", "dim") if close else NOTHING

    return live


def live_visit(snapshot: Snapshot) -> Live:
    """Which visit a slug is."""

    def live(text: str) -> tuple[str, str]:
        visit = snapshot.visits.get(slug_of(snapshot, text.strip()))
        return (visible(visit["title"]), "dim") if visit else NOTHING

    return live
