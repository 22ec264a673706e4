"""The answers on a list as one line of options, as it is typed in a shell and in the app's form of an import."""

from __future__ import annotations

from store.errors import UsageError
from store.imports.answers.parse_answers import OF_VISITS
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.answers.parse_answers import Typed

_ALONE = ("new-parties",)
"""Kinds of answers that are given without a value."""

_OF_VISIT = ("new-visit", *OF_VISITS)

_KINDS = (
    *("map", "default", "set", "value", "dates", "events", "leave-out", "holds", "like", "new-party"),
    *_OF_VISIT,
    *_ALONE,
)
"""The kinds of answers, which are the options of the command."""


def split_answers(line: str) -> dict[str, list[str]]:
    """Split a line of answers as they are typed in a shell: `--dates dmy --set to=INTERPOL`. Raises: UsageError."""
    import shlex

    try:
        words = shlex.split(line)
    except ValueError:
        sentence = tr("a quotation mark is not closed")
        raise UsageError(sentence, code="import.quote-not-closed", field="options") from None
    found: dict[str, list[str]] = {}
    rest = iter(words)
    for word in rest:
        kind, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or kind not in _KINDS:
            options = ", ".join(f"--{kind}" for kind in _KINDS)
            sentence = tr('"{word}" is none of {options}', word=visible(word), options=options)
            raise UsageError(sentence, code="import.line-not-understood", field="options")
        found.setdefault(kind, [])
        if kind not in _ALONE:
            found[kind].append(value if equals else next(rest, ""))
    return found


def joined_answers(typed: Typed) -> str:
    """Answers as one line that is typed in a shell."""
    import shlex

    words: list[str] = []
    for kind, values in typed.items():
        words += [f"--{kind}"] if kind in _ALONE else [word for value in values for word in (f"--{kind}", value)]
    return " ".join(map(shlex.quote, words))
