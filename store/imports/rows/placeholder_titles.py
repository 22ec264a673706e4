"""Placeholders in the place of what was promised, which name nothing: `ditto`, `None`, a figure, a day."""

from __future__ import annotations

from store.fold_case_and_accents import fold

_NO_TITLES_LISTED = """
none|nil|no action|no action required|no action needed|ditto|idem|same|as above|see above|same as above|tbc|tbd|tba
to be confirmed|to be determined|нет|то же|не требуется|см. выше|уточняется|aucun|aucune|neant|a confirmer|ninguno
ninguna|nada|sin accion|por confirmar
"""
_NO_TITLES = frozenset(word for line in _NO_TITLES_LISTED.strip().splitlines() for word in line.split("|"))
"""Texts in the place of what was promised that name nothing, folded."""

_LONGEST = 20
_OF_FIGURES = "0123456789.,-/: "
_DITTO = frozenset(('"', "''", "\u3003", "\u00bb", "\u201d", '-"-', '- " -', '\u2014 " \u2014'))
"""Marks for what stands above."""


def names_nothing(title: str) -> bool:
    """Whether a title, without blanks around it, names nothing that was promised."""
    if len(title) > _LONGEST:
        return False
    return not title.strip(_OF_FIGURES) or title in _DITTO or fold(title).strip(" .!") in _NO_TITLES
