"""Options by the names of other programs: `--location Lyon` for `--place Lyon`, `--by X` of a query for `by:X`.

Read only where a line is refused. A name with one meaning is taken as if it were the option's own; for any other the
whole line is proposed, with each value in its place.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import FIRST_STATES, Because, State
from store.nearest_word import nearest
from store.query.meaning_of_fields_and_words import FIELDS, WORDS
from store.query.words_as_fields import FIELD_WORDS, with_fields
from store.rules.days import Direction
from store.rules.transitions import step_of
from store.sanitise_text import visible
from store.translation import plural, tr, tr_in
from tui.cli.command_aliases import ALIASES, LIST_WORDS, STATE_VERBS
from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
from tui.cli.command_types import DATE, FLAG, CommandAlias
from tui.cli.looks_like_a_date import first_and_last_day, is_date, length_of_date
from tui.cli.refused_lines.command_synonyms import OPTION_ELSEWHERE, SAME_OPTION
from tui.cli.refused_lines.field_lines import is_due
from tui.cli.refused_lines.shared_sentences import as_a_whole, has_no_option
from tui.cli.refused_lines.state_words import is_state
from tui.cli.shell_quoting import quoted_for_shell

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tui.cli.command_types import Command, Option

OWN_WORDS = "WORDS"
"""In the place of an option: the value is what the command takes without an option, as the title of a visit."""

_FIRST_WORDS = "FIRST"
"""The same, before the words that stand there already."""

_LAST_WORD = "LAST"
"""The same for the first word of the value, behind all others: `--into NEW OLD` is OLD NEW."""

_WORDS = (OWN_WORDS, _FIRST_WORDS, _LAST_WORD)

_WHO_CAME = "participants participant attendees attendee members delegates delegate visitors visitor"
_VISIT = {
    "--place": "location city where venue",
    "--from": "start begin date dates day days when",
    "--to": "end until till",
    "--host": "hosts hosted-by",
    "--delegation": _WHO_CAME,
    "--donor": "funded-by funder sponsor paid-by",
    "--programme": "program",
    "--grant": "grant-number award",
    "--contact": "contact-person focal-point",
}
_WHO_ELSE = "with party parties"

_STEP = {"--on": "date when day", "--note": "comment message remark"}
_WHY = {"--reason": "why because comment message"}
_ONLY_MEANING = {
    "visit add": {**_VISIT, OWN_WORDS: "title name"},
    "visit edit": {**_VISIT, "--title": "name"},
    "visit aside": {**_WHY, "--until": "to till"},
    "add": {
        OWN_WORDS: "title",
        "--visit": "trip mission",
        "--by": "promised-by",
        "--to": "promised-to recipient",
        "--due": "deadline due-date",
        "--state": "status",
        "--kind": "type",
    },
    "edit": {"--visit": "trip mission", "--by": "promised-by", "--to": "promised-to recipient", "--kind": "type"},
    "mark": _STEP,
    "chase": {"--again": "next until remind remind-on", "--note": "comment message how text"},
    "due": {OWN_WORDS: "to until date due new new-date deadline", "--reason": "why because"},
    "note": {OWN_WORDS: "text note message comment"},
    "reason": {OWN_WORDS: "text reason why because"},
    "remove": _WHY,
    "seats": {"--letter": "ref reference", "--wanted": "total"},
    "party merge": {_LAST_WORD: "into", _FIRST_WORDS: "old"},
    "sheet": {OWN_WORDS: "party parties institution"},
}
"""Command -> its option -> the names, with two dashes, that can mean nothing else there."""

_MEANT = {
    "visit add": {
        "--place": "country in at town p l",
        "--from": "d f",
        "--host": f"{_WHO_ELSE} institution partner receiver receiving received-by host-by",
        "--delegation": f"{_WHO_ELSE} by who people guests guest member",
        "--programme": "project under brought-by",
        "--donor": "funding funds budget-of",
        "--slug": "id short shortname short-name",
        OWN_WORDS: "what text description subject topic",
    },
    "add": {
        OWN_WORDS: "name what text description subject promise task",
        "--visit": "meeting event at during place project v p",
        "--by": "b f from who whose party responsible promiser giver institution",
        "--to": "t for whom receiver beneficiary with",
        "--owner": "o who assign assignee assigned-to responsible",
        "--due": "d date when by-date before due-on due-by",
        "--seats": "places count wanted number",
    },
    "mark": {
        "--note": "reason why text with",
        "--said-by": "by who from party",
        "--evidence": "proof letter link",
    },
    "chase": {"--again": "due date when in at", "--note": "reason by via why who"},
    "due": {"--asked-by": "by who from for", "--reason": "note comment message text"},
    "seats": {
        "--nominated": "seats count set given named nominate nominees number names got has",
        "--wanted": "places max requested needed asked of",
        "--acknowledged": "confirmed accepted acknowledge",
        "--letter": "letter-ref by-letter note source evidence nv",
        "--endorsed": "date when endorsed-on",
    },
    "party merge": {_LAST_WORD: "to new name", OWN_WORDS: "and with", _FIRST_WORDS: "from"},
    "sheet": {OWN_WORDS: "for to with by", "--only": "visit query"},
    "report": {"--donor": "for", "--only": "visit query", "--quarter": "period when date"},
}
"""Command -> its option -> the names that may mean it; of several options the first that was not given."""


class Reading:
    """Words parsed with a command's own options: `argv`; `renamed` options; and `unlike` ones, close to none.

    `is_plain` says that no name in it can mean anything else, so that the line may be taken as read.
    """

    __slots__ = ("argv", "is_plain", "renamed", "unlike")

    def __init__(self) -> None:
        self.argv: list[str] = []
        self.renamed: list[tuple[str, str]] = []
        """(name as typed, the option that it means or what stands in its place)."""
        self.unlike: list[list[str]] = []
        """Options that nothing is like, with their values; they stand in no `argv`."""
        self.is_plain = True


def read_as_meant(command: Command, argv: Sequence[str]) -> Reading:
    """Parse the words after a command, its options by any name."""
    reading = Reading()
    own = _own_options(command)
    if command.name in _WITH_COLONS:
        argv = [_without_colon(command, typed) for typed in argv]
    given = {name for name in (typed.partition("=")[0] for typed in argv) if name in own}
    first: list[str] = []
    last: list[str] = []
    position = next((at for at, typed in enumerate(argv) if _is_option(typed, command)), len(argv))
    words = list(argv[:position])
    rest: list[str] = []
    while position < len(argv):
        name, equals, value = argv[position].partition("=")
        if argv[position] == "--" or command.takes_rest:
            rest += argv[position:]
            break
        position += 1
        if name in own or not _is_option(name, command):
            rest.append(argv[position - 1])
            continue
        start = position
        while position < len(argv) and not equals and not _is_option(argv[position], command):
            position += 1
        run = [value] if equals else list(argv[start:position])
        place, tokens, is_plain = _meant_by(command, name.lower(), run, given)
        if place is None:
            reading.unlike.append([name, *run])
            continue
        if place == OWN_WORDS and words and command.words[0][0] == "TITLE":
            is_plain = False
        if place == _LAST_WORD:
            words += tokens[1:]
            last += tokens[:1]
        elif place in _ONE_TEXT and place in rest:
            _join(rest, place, tokens[1:])
            is_plain = is_plain and place == "--delegation"
        else:
            {OWN_WORDS: words, _FIRST_WORDS: first}.get(place, rest).extend(tokens)
        given |= {token for token in tokens if token in own}
        reading.is_plain &= is_plain
        reading.renamed.append((name, OWN_WORDS if place in _WORDS else place or " ".join(tokens)))
    reading.argv = [*first, *words, *last, *rest]
    reading.is_plain &= not reading.unlike
    return reading


_ONE_TEXT = ("--delegation", "--place")
"""Options with one text that may be said in parts, each under a name of its own: `--city Lyon --country France`."""


def _join(rest: list[str], option: str, run: Sequence[str]) -> None:
    """Append words to the value of an option in a line, after a comma."""
    start = rest.index(option) + 1
    end = start
    while end < len(rest) and not rest[end].startswith("--"):
        end += 1
    rest[start:end] = [", ".join((" ".join(rest[start:end]), " ".join(run)))]


_WITH_COLONS = ("add", "visit add", "edit")
"""Commands in which `by:UNODC`, as in a query and in other programs, may be `--by UNODC`."""


def _without_colon(command: Command, typed: str) -> str:
    """Convert `by:UNODC` to `--by=UNODC`; any other word stays."""
    name, colon, value = typed.partition(":")
    if not colon or not value or not name.isalpha() or value.startswith("//"):
        return typed
    option = f"--{name.lower()}"
    is_known = option in _own_options(command) or _of_table(_ONLY_MEANING, command, option, ())
    return f"{option}={value}" if is_known or _of_table(_MEANT, command, option, ()) else typed


def refusal_as_meant(command: Command, reading: Reading, values: Mapping[str, Sequence[str]], *, is_whole: bool) -> str:
    """The refusal of unknown options, with what they were read as.

    `values` are the options before the command; with `is_whole` the line to type stands at the end.
    """
    from tui.cli.arguments import ENTERS

    (name, meant), *others = reading.renamed
    if others or meant == OWN_WORDS:
        said = dict.fromkeys(_said_of(command, each, other) for each, other in reading.renamed)
        begin = plural(
            "followup {command} has no option {names}",
            "followup {command} has no option {names}",
            len(said),
            command=command.name,
            names=tr(" and ").join(said),
        )
    else:
        begin = has_no_option(command.name, name) + tr('; did you mean "{meant}"?', meant=meant)
    if reading.unlike and command.name not in ENTERS:
        # A line that enters something says itself what is left out of it.
        begin += tr(", left out: {options}", options=said_of(reading.unlike))
    if not is_whole:
        return begin
    before = [part for option, given in values.items() for part in (option, *given)]
    if "--because" not in (*reading.argv, *before) and (
        command.name == "close" or (command.name == "mark" and State.CLOSED in reading.argv)
    ):
        before = ["--because", Because.DROPPED, *before]
    line = f"followup {command.name} {' '.join(map(quoted_for_shell, [*reading.argv, *before]))}"
    return as_a_whole(begin, line)


def said_of(unlike: Sequence[Sequence[str]]) -> str:
    """The options that the line to type has no place for: `--budget 5000, --priority high`.

    For what another command puts down, that command: `--review Friday (followup chase ID --again Friday)`.
    """
    said = []
    for name, *run in unlike:
        value = quoted_for_shell(" ".join(run)) if run else ""
        typed = f"{visible(name)} {value}".rstrip()
        line = next((line for line, names in _SAID_BY.items() if name.lower().lstrip("-") in names.split()), "")
        if not line and value and any(option.name == name for option in COMMANDS["visit edit"].options):
            line = f"followup visit edit {tr_in('placeholder', 'SLUG')} {name} {{}}"
        said.append(f"{typed} ({line.format(value)})" if line and value else typed)
    return ", ".join(said)


_SAID_BY = {
    "followup chase ID --again {}": "review again remind remind-on reminder next follow-up check check-on look-again",
    "followup reason ID {}": "reason why because",
}
"""What to type for the value of an option that an entry has no place for -> the names of that option."""


def _said_of(command: Command, name: str, meant: str) -> str:
    if meant == OWN_WORDS:
        return tr(
            '"{name}" (its {words} stands alone)', name=visible(name), words=tr_in("placeholder", command.words[-1][0])
        )
    return tr('"{name}" ({meant}?)', name=visible(name), meant=meant)


def option_meant(command: Command, name: str, given: Collection[str]) -> str | None:
    """The option that a name may mean, or `OWN_WORDS`; None for none."""
    known = [option for option in _own_options(command) if option.startswith("--")]
    return _of_table(_MEANT, command, name, given) or same_option(name, known)


def _meant_by(
    command: Command, name: str, run: Sequence[str], given: Collection[str]
) -> tuple[str | None, list[str], bool]:
    """The option that a name means, how to write it, and whether it can mean nothing else."""
    bare = name.lstrip("-")
    if bare in _FORMAT and run and f"--{run[0].lower()}" in _own_options(command):
        return "", [f"--{run[0].lower()}", *run[1:]], True
    if name == "--to" and command.name == "digest":
        return "--for", ["--for", *run], False
    if name == "--to" and command.name == "export" and run:
        if set(run[0]) & set("./"):
            return "--output", ["--output", *run], False
        if run[0].islower():
            # A party is rarely written so, and a file often.
            return "--output", ["--output", f"{run[0]}.csv", *run[1:]], False
    if command.takes_query and bare in _QUERY_ITSELF:
        terms = [part for each in run for part in each.split()]
        return OWN_WORDS, with_fields(terms) or terms, False
    if command.takes_query and (term := _in_query(bare, run)):
        return "", term, True
    if _base(command) == "mark" and (said := _state_said(command, bare, run)) is not None:
        return said
    if command.name == "seats" and bare in ("add", "plus", "more", "increment") and run and run[0].isdecimal():
        return "--nominated", ["--nominated", f"+{run[0]}", *run[1:]], False
    if command.name == "add" and bare == "t" and len(run) == 1 and " " in run[0].strip():
        return OWN_WORDS, list(run), False
    if command.name == "add" and bare in FIRST_STATES:
        return "", ["--state", bare], not run
    if name == "--by" and _base(command) == "chase" and run:
        return "--note", ["--note", " ".join(("by", *run))], False
    if command.name in _WRITING and bare in _FORMATS and run and run[0].lower().endswith(_FILES):
        return "--output", ["--output", *run], False
    if name == "--to" and command.name == "sheet" and run and (run[0].endswith(_REPORT_SUFFIXES) or is_date(run)):
        option = "--until" if is_date(run) else "--output"
        return option, [option, *run], False
    if (command.name, name) in OPTION_ELSEWHERE or (command.name == "edit" and is_due(bare)):
        return None, [], False
    certain = _of_table(_ONLY_MEANING, command, name, given)
    meant = certain or option_meant(command, name, given)
    if meant is None:
        return None, [], False
    is_alone = meant not in given or meant == "--delegation" or _own_options(command)[meant].is_repeatable
    return meant, _tokens(command, meant, run), certain is not None and is_alone and bool(run)


_FORMAT = ("o", "output", "out", "format", "as")
"""Options of other programs whose value says in which form an answer is printed: `-o json`."""

_REPORT_SUFFIXES = (".docx", ".html", ".md", ".txt")
_FILES = (*_REPORT_SUFFIXES, ".csv", ".xlsx", ".ics", ".json")
_WRITING = ("sheet", "report", "export")
_FORMATS = ("docx", "word", "html", "md", "markdown", "text", "csv", "xlsx", "excel", "ics", "json")
"""Options of other programs that name a format, whose value is the file: `--xlsx plan.xlsx`."""


_FIELDS_ELSEWHERE = {
    "status": "state",
    "trip": "visit",
    "project": "visit",
    "who": "by",
    "institution": "party",
    "assignee": "owner",
}


_QUERY_ITSELF = ("filter", "query", "search", "where", "grep", "find", "match", "text", "view", "only", "q")
"""Options of other programs whose value is the query itself."""


def _in_query(bare: str, run: Sequence[str]) -> list[str]:
    """Convert `--by X` and `--overdue` to terms of a query; None for anything else."""
    field = _FIELDS_ELSEWHERE.get(bare, FIELD_WORDS.get(bare, bare))
    if field in FIELDS and run:
        value = run[0]
        if field == "due" and (length := length_of_date(run)):
            value, run = " ".join(run[:length]), run[length - 1 :]
        if field in ("due", "state") and value.lower() in WORDS:
            return [value.lower(), *run[1:]]
        return [f"{field}:{value}", *run[1:]]
    if bare in LIST_WORDS or bare in WORDS:
        return [*(ALIASES[bare].leading if bare in LIST_WORDS else (bare,)), *run]
    return []


def _state_said(command: Command, bare: str, run: Sequence[str]) -> tuple[str, list[str], bool] | None:
    """`mark 3 --done yesterday`, `mark 3 --state done`, `done 3 --done yesterday`; None for anything else."""
    verb = command.name if command.name in STATE_VERBS else ""
    if not verb and bare in ("state", "status", "as", "to") and run and is_state(run[0]):
        return OWN_WORDS, [run[0].lower(), *run[1:]], len(run) == 1
    step = step_of(bare)
    if step is None or (verb and step != STATE_VERBS[verb][0]):
        return None
    is_plain = not run or is_date(run, Direction.BACK)
    behind = [] if not run else ["--on" if is_plain else "--note", *run]
    return (OWN_WORDS, [bare, *behind], is_plain) if not verb else ("", behind, is_plain)


def _of_table(
    table: Mapping[str, Mapping[str, str]], command: Command, name: str, given: Collection[str]
) -> str | None:
    """The option that a table gives for a name: of several the first not yet given, else the last."""
    own, bare = _own_options(command), name.lstrip("-")
    found = [
        option
        for option, names in table.get(_base(command), {}).items()
        if bare in names.split() and (option in own or option in _WORDS)
    ]
    return next((option for option in found if option not in given), found[-1] if found else None)


def same_option(name: str, known: Collection[str]) -> str | None:
    """The known option of which another is a synonym or a misspelling; None where there is none."""
    same = next((option for option, others in SAME_OPTION.items() if option in known and name in others), None)
    bare = name.lstrip("-").lower()
    by_bare = {option.lstrip("-"): option for option in known}
    near = nearest(bare, list(by_bare), 0.7) if same is None and len(bare) > 1 else None
    return by_bare[near] if near is not None else same


def _tokens(command: Command, meant: str, run: Sequence[str]) -> list[str]:
    """Format an option with its value, or a value that stands alone."""
    if meant in _WORDS:
        return list(run)
    if _own_options(command)[meant].kind == FLAG:
        return [meant, *run]
    if _own_options(command)[meant].kind == DATE and run and not is_date(run):
        # `--in 2 weeks`, `--in a month`
        counted = [f"{before}{' '.join(run)}" for before in ("+", "in ")]
        run = next(([each] for each in counted if is_date([each])), run)
    if meant == "--only" and len(run) == 1 and ":" not in run[0]:
        return [meant, f"visit:{run[0]}"]
    if meant == "--from" and "--to" in _own_options(command):
        length = next((length for length in range(min(len(run), 8), 0, -1) if _both_days(run[:length])), 0)
        if length:
            start, end = first_and_last_day(" ".join(run[:length])) or ("", "")
            return [meant, start, "--to", end, *run[length:]]
    return [meant, *run]


def _both_days(words: Sequence[str]) -> bool:
    return first_and_last_day(" ".join(words)) is not None


def _own_options(command: Command) -> dict[str, Option]:
    """Map each name of an option of a command, long or short, to it."""
    options = {option.name: option for option in (*command.options, *GLOBAL_OPTIONS)}
    return options | {option.short: option for option in options.values() if option.short} | {"-h": options["--help"]}


def _is_option(typed: str, command: Command) -> bool:
    """Whether a word is in the place of an option; in a query one dash negates."""
    is_short = not command.takes_query or typed == "-o"
    return typed.startswith("--") or (is_short and typed[:1] == "-" and typed[1:2].isalpha())


def _base(command: Command) -> str:
    return command.of.name if isinstance(command, CommandAlias) else command.name
