"""Which kind a word means that somebody types: its beginning is enough, where one kind alone begins so."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.model.vocabulary_and_signs import Kind
from store.sanitise_text import clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection


def kind_begun(typed: str, used: Collection[str]) -> str | None:
    """The one kind that an abbreviation begins; None for a whole kind, and for a user's own word.

    `used` are the kinds of the store, words of its own among them: who keeps `leg` there means it.
    """
    known = {fold(kind): kind for kind in (*Kind.ALL, *used)}
    word = fold(clean_line(typed))
    if not word or word in known:
        return None
    fitting = {kind for its, kind in known.items() if its.startswith((word, word.replace(" ", "-")))}
    if not word.isascii():
        from store.rules.russian_twins_of_typed_words import RUSSIAN_KINDS, plain

        if plain(word) in RUSSIAN_KINDS:
            return None
        fitting |= {kind for twin, kind in RUSSIAN_KINDS.items() if twin.startswith(plain(word))}
    return next(iter(fitting)) if len(fitting) == 1 else None
