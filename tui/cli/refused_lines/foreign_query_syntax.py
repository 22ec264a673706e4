"""Translates queries of other programs: `+overdue`, `due.before:eow`, `assignee = me AND state = open`.

Read only where a query is refused, or finds nothing.
"""

from __future__ import annotations

import re

from store.errors import UsageError
from store.query.meaning_of_fields_and_words import FIELDS, OTHER_NAMES, RANGE_FIELDS, WORDS
from store.sanitise_text import visible
from store.translation import tr
from tui.cli.command_aliases import ALIASES, LIST_WORDS
from tui.cli.command_table import COMMANDS
from tui.cli.refused_lines.command_synonyms import INSTEAD, PHRASES
from tui.cli.refused_lines.filled_lines import filled_in, is_number
from tui.cli.refused_lines.guesses_of_several_words import line_meant, why_late
from tui.cli.shell_quoting import in_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.cli.arguments import Arguments

_FIELD = re.compile(r"(?P<name>[A-Za-z-]+)(?:[.](?P<how>[a-z]+))?(?P<sign>==?|:=?|!=|~|=~)(?P<value>.*)", re.DOTALL)
"""`due.before:eow`, `assignee=me`, `state!=closed`."""

_SIGNS = ("=", "==", ":", "!=", "~", "=~", "is")
_APART = re.compile(r"\s(?:=|==|!=|AND|OR|and|or|&&|\|\|)\s")
"""What stands between the terms of a query that was typed in one pair of quotes."""

_UP_TO = ("before", "by", "until", "till", "below", "under", "lt", "le", "lte", "max")
_FROM_ON = ("after", "since", "above", "over", "gt", "ge", "gte", "min")
_NOT = ("not", "isnt", "hasnt", "without", "ne")
_DAYS = {
    **{
        "eow": "end of the week",
        "eom": "end of the month",
        "eoq": "end of the quarter",
        "eoy": "end of the year",
    },
    **{"now": "today", "sow": "today"},
}
"""Days of other programs -> how they are written here."""

_JOINING = {"and": "", "&&": "", "&": "", "||": "or", "or": "or"}
_ORDERS = ("sort", "order", "sort-by", "orderby")


def terms_meant(words: Sequence[str]) -> list[str]:
    """Translate the terms of another program's query, `--sort` last; empty where none is."""
    parts = [part for word in words for part in (word.split() if _APART.search(word) else [word])]
    found: list[str] = []
    order: list[str] = []
    at = 0
    while at < len(parts):
        is_apart = at + 2 < len(parts) and parts[at + 1].lower() in _SIGNS and _field(parts[at]) != ""
        part = "".join(parts[at : at + 3]) if is_apart and parts[at + 1] != "is" else parts[at]
        if is_apart and parts[at + 1] == "is":
            part = f"{parts[at]}:{parts[at + 2]}"
        at += 3 if is_apart else 1
        if part.partition(":")[0].lower() in _ORDERS and ":" in part:
            order = ["--sort", part.partition(":")[2].rstrip("+-")]
        elif part.lower() in _JOINING:
            found += filter(None, [_JOINING[part.lower()]])
        else:
            found.append(_term(part))
    return [*found, *order] if [*found, *order] != list(words) else []


def line_meant_in_query(argv: Sequence[str]) -> str:
    """The whole line for one with a refused query; empty where its syntax is no other program's."""
    from tui.cli.arguments import options_apart
    from tui.cli.refused_lines.kept_options import line_of

    words, values = options_apart(argv)
    command = COMMANDS.get(words[0]) or ALIASES.get(words[0]) if words else None
    terms = terms_meant(words[1:]) if command is not None and command.takes_query else []
    return line_of(words[0], terms, values) if terms and _is_understood(terms) else ""


def query_for_terms(words: Sequence[str]) -> str:
    """The query to type for one that finds nothing; empty where its syntax is no other program's."""
    terms = terms_meant(words)
    return in_shell(terms) if terms and _is_understood(terms) else ""


def _is_understood(terms: Sequence[str]) -> bool:
    from store.query.parse_query import parse_words

    query = terms[: terms.index("--sort")] if "--sort" in terms else terms
    try:
        parse_words(query, today="2024-02-15", me=["me"])
    except UsageError:
        return False
    return True


def _field(name: str) -> str:
    """The field that a word means, also in another program; empty for any other word."""
    name = name.lower()
    return name if name in FIELDS else OTHER_NAMES.get(name, "")


def _term(part: str) -> str:
    bare = part[1:].lower()
    if part[:1] == "+" and bare:
        return bare if bare in WORDS else PHRASES.get(bare, part[1:])
    if part[:1] == "@" and bare:
        return f"party:{part[1:]}"
    match = _FIELD.fullmatch(part)
    if match is None:
        return part
    name, how, value = match["name"].lower(), match["how"] or "", match["value"]
    value = _DAYS.get(value.lower(), value)
    word = value.lower() if value.lower() in WORDS else PHRASES.get(value.lower(), "")
    field = _field(name)
    if name in ("is", "tag", "tags", "label") and word:
        return word
    if not field or not value:
        return part
    is_denied = match["sign"] == "!=" or how in _NOT
    if field == "state" and word:
        return f"not:{word}" if is_denied else word
    if field in RANGE_FIELDS and match["sign"] == ":" and value[0] in "<>":
        return f"{field}{value}"
    if field in RANGE_FIELDS and how in _UP_TO:
        return f"{field}:..{value}"
    if field in RANGE_FIELDS and how in _FROM_ON:
        return f"{field}:{value}.."
    return f"{'not:' if is_denied else ''}{field}:{value}"


def not_a_query(arguments: Arguments) -> str:
    """What to type where the words of a query that finds nothing were no query: `list visits`, `late 6 he is away`."""
    words, typed_as = arguments.words, arguments.typed_as.name
    if typed_as in ("late", "overdue") and len(words) > 2 and is_number(words[1]):
        return tr("nothing late has these words: {line}", line=why_late(visible(words[1].removeprefix("#")), words[2:]))
    if typed_as == "later" and words[1:] and is_number(words[1]):
        return tr("nothing later has these words: {line}", line=line_meant(words))
    if typed_as in ("list", "ls", "find", "search") and (query := query_for_terms(words)):
        return tr("nothing has these words: followup list {query}", query=query)
    if typed_as in LIST_WORDS and len(words) == 2 and is_number(words[1]):
        return tr(
            "nothing {typed_as} has these words: followup show {number} says where it stands",
            typed_as=typed_as,
            number=words[1].removeprefix("#"),
        )
    word = words[0].lower() if len(words) == 1 and typed_as in ("list", "ls", "find", "search") else ""
    if word in COMMANDS and not COMMANDS[word].is_changing and word != "list":
        return tr(
            'nothing has the word "{word}", and {typed_as} is for commitments: followup {word}',
            word=word,
            typed_as=typed_as,
        )
    if word in ("letter", "letters", "reference", "ref", "source", "evidence", "quote"):
        return tr('nothing has the word "{word}": what stands in one is found, as in followup find 12/44', word=word)
    return (
        tr('nothing has the word "{word}": {line}', word=word, line=filled_in(INSTEAD[word], []))
        if word in INSTEAD
        else ""
    )
