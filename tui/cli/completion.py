"""TAB completion in the shell, by argcomplete: commands, options, and IDs, visits and parties of the store.

argcomplete quotes the names that it prints, so that a shell never runs them. Other generators write names into the
script that the shell evaluates, where a party named `$(...)` would run.
"""

from __future__ import annotations

import os

from store.errors import UsageError
from store.sanitise_text import visible
from store.translation import language, tr
from tui.cli.stdout import write

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from store.snapshot import Snapshot
    from tui.cli.arguments import Arguments
    from tui.session import Session


_PATIENCE = 0.5
"""Seconds that a completion waits for a server."""


def completion_command(arguments: Arguments, session: Session) -> int:
    """`completion`: print the completion script of a shell. Raises: UsageError for a shell that has none."""
    shell = arguments.words[0]
    if shell not in ("bash", "zsh", "fish"):
        raise UsageError(tr('there is no completion for "{shell}": it is bash, zsh or fish', shell=visible(shell)))
    write(script(shell))
    return 0


def script(shell: str) -> str:
    """The completion script of a shell (bash, zsh, fish), which calls this program for each TAB."""
    from argcomplete.shell_integration import shellcode

    text: str = shellcode(["followup"], shell=shell, use_defaults=False)
    return text if text.endswith("\n") else text + "\n"


def complete(environment: Mapping[str, str]) -> None:
    """Print the completions that argcomplete's environment variables ask for, and end the process."""
    from argcomplete.completers import SuppressCompleter
    from argcomplete.finders import CompletionFinder

    is_quoted_by_shell = environment.get("_ARGCOMPLETE_SHELL") == "fish"

    class Finder(CompletionFinder):
        """Quotes also the characters that bash and zsh interpret at the start of a word."""

        def quote_completions(
            self, completions: list[str], cword_prequote: str, last_wordbreak_pos: int | None
        ) -> list[str]:
            quoted: list[str] = super().quote_completions(completions, cword_prequote, last_wordbreak_pos)
            if cword_prequote or is_quoted_by_shell:
                return quoted
            for place, word in enumerate(quoted):
                if word.startswith(("#", "~", "=")):
                    quoted[place] = f"\\{word}"
                    self._display_completions[quoted[place]] = self._display_completions.get(word, "")
            return quoted

    parser = _parser_of_all_commands(environment)
    # It calls os._exit(0) itself; a store that cannot be read gives no completions and no message.
    Finder()(parser, always_complete_options=False, default_completer=SuppressCompleter())


def _give_up_soon() -> None:
    """End the process without completions when a server answers slower than a person waits for a Tab."""
    import signal

    signal.signal(signal.SIGALRM, lambda *_: os._exit(1))
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)


def _parser_of_all_commands(environment: Mapping[str, str]) -> argparse.ArgumentParser:
    """Build the argparse parser of the whole command table, which argcomplete walks."""
    import argparse

    from tui.cli.command_aliases import ALIASES
    from tui.cli.command_table import COMMANDS, GLOBAL_OPTIONS
    from tui.cli.command_types import FLAG, Option
    from tui.cli.help import add_arguments, add_option

    completers = _completers(environment)
    top = argparse.ArgumentParser(prog="followup", add_help=False)
    for option in (*GLOBAL_OPTIONS, Option("--version", about="", kind=FLAG)):
        add_option(top, option, completers, default=argparse.SUPPRESS)
    groups = {"": top.add_subparsers()}
    for name, command in (*COMMANDS.items(), *ALIASES.items()):
        group, _, last = name.rpartition(" ")
        if group not in groups:
            groups[group] = groups[""].add_parser(group, add_help=False).add_subparsers()
        parser = groups[group].add_parser(last, help=tr(command.help), add_help=False)
        add_arguments(parser, command, completers)
    return top


def _completers(environment: Mapping[str, str]) -> dict[str, Callable[..., list[str] | dict[str, str]]]:
    """Map each completable name of a word, metavar or `Option.complete` to its completer; `command word` where it
    differs.
    """
    from argcomplete.completers import FilesCompleter

    from store.config import KEYS, MACHINE_KEYS, SHARED_KEYS
    from store.model.vocabulary_and_signs import STATE_WORDS
    from store.translation_catalogue_and_plurals import AUTO, languages
    from tui.cli.command_aliases import ALIASES
    from tui.cli.command_table import COMMANDS

    def from_store(find: Callable[[Snapshot], dict[str, str]]) -> Callable[..., dict[str, str]]:
        return _from_store(find, environment)

    terms = from_store(_query_terms)

    def query_terms(prefix: str = "", **given: object) -> dict[str, str]:
        """The query terms in the script of the word begun: both scripts together are twice as many."""
        return {term: about for term, about in terms(**given).items() if term[0].isascii() == prefix[:1].isascii()}

    def states(prefix: str = "", **_: object) -> list[str]:
        """The words for states in the script of the word begun; without one, in the language of the program."""
        if prefix[:1].isascii() and (prefix or language() != "ru"):
            return list(STATE_WORDS)
        from store.rules.russian_twins_of_typed_words import RUSSIAN_STEPS

        return list(RUSSIAN_STEPS)

    def values_of_setting(parsed_args: object = None, **_: object) -> list[str]:
        from store.errors import FollowUpError
        from tui.session import Session

        try:
            views = Session(None, None, environment).views if getattr(parsed_args, "KEY", "") == "view" else ()
        except FollowUpError:
            return []
        return [visible(view.name) for view in views]

    ids = from_store(lambda snapshot: {str(number): each["title"] for number, each in snapshot.commitments.items()})
    visits = from_store(lambda snapshot: {slug: visit["title"] for slug, visit in snapshot.visits.items()})
    owners = from_store(lambda snapshot: {each["owner"]: "" for each in snapshot.commitments.values()})
    parties = from_store(lambda snapshot: {each["name"]: each.get("short", "") for each in snapshot.parties.all()})
    return {
        **dict.fromkeys(("ids", "ID"), ids),
        **dict.fromkeys(("visits", "SLUG"), visits),
        **dict.fromkeys(("parties", "NAME", "OLD", "NEW", "PARTY"), parties),
        **dict.fromkeys(("owner rename OLD", "owner rename NEW"), owners),
        **dict.fromkeys(("files", "PATH", "FILE", "ARGS"), FilesCompleter()),
        "COMMAND": lambda **_: [*COMMANDS, *ALIASES],
        "STATE": states,
        "QUERY": query_terms,
        "languages": lambda **_: languages(),
        "languages and auto": lambda **_: [*languages(), AUTO],
        "VALUE": values_of_setting,
        "KEY": lambda **_: list(dict.fromkeys((*KEYS, *SHARED_KEYS, *MACHINE_KEYS))),
        "SHELL": lambda **_: ["bash", "zsh", "fish"],
    }


def _from_store(
    find: Callable[[Snapshot], dict[str, str]], environment: Mapping[str, str]
) -> Callable[..., dict[str, str]]:
    """The completer that looks in the store: value -> what stands beside it; nothing where it cannot be read."""

    def completer(parsed_args: object = None, **_: object) -> dict[str, str]:
        from store.errors import FollowUpError
        from tui.session import Session

        try:
            session = Session(getattr(parsed_args, "store", None), None, environment)
            if session.database.is_remote:
                _give_up_soon()
            return {visible(value): visible(about) for value, about in find(session.snapshot()).items()}
        except FollowUpError:
            return {}

    return completer


def _query_terms(snapshot: Snapshot) -> dict[str, str]:
    """Every term of a query: words, fields, and fields with the values that the store holds."""
    from store.model.vocabulary_and_signs import Band, Outcome, State
    from store.query.parse_query import FIELDS, WORDS

    roles = ("by", "to", "via", "support", "party")
    values: dict[str, Iterable[str]] = {
        "state": State.ALL,
        "band": Band.ALL,
        "outcome": Outcome.ALL,
        "visit": snapshot.visits,
        "kind": {commitment["kind"] for commitment in snapshot.commitments.values()},
        "owner": {commitment["owner"] for commitment in snapshot.commitments.values()},
        **dict.fromkeys(roles, tuple(party["name"] for party in snapshot.parties.all())),
    }
    terms = [f"{field}:{value}" for field, several in values.items() for value in several]
    return dict.fromkeys([*WORDS, *(f"{field}:" for field in FIELDS), *terms, *_russian_terms(values)], "")


def _russian_terms(values: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The same in Russian, each term once: a shell offers them where the word begun is Cyrillic."""
    from store.query.russian_keywords import RUSSIAN_FIELDS, RUSSIAN_VALUES, RUSSIAN_WORDS

    yield from RUSSIAN_WORDS
    for twin, field in RUSSIAN_FIELDS.items():
        yield f"{twin}:"
        yield from (f"{twin}:{value}" for value in RUSSIAN_VALUES.get(field, values.get(field, ())))
