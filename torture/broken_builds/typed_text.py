"""Builds in which what people typed reaches a terminal, a shell or markup as it is."""

from __future__ import annotations

from store import sanitise_text
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace
from tui.cli.stdout import printable_json


@broken_build
def no_sanitiser() -> None:
    """Text goes to the terminal as it was typed."""

    def as_typed(text: str, kept: str, *, drops_unseen: bool = False) -> str:
        return text

    replace(sanitise_text._escape_unprintable, as_typed)
    replace(sanitise_text.visible, lambda text: text)


@broken_build
def values_as_they_are() -> None:
    """Tables and calendars have each value as it stands in the file."""
    from store.formats import csv_export, ics_export, xlsx_export

    for module in (csv_export, ics_export, xlsx_export):
        replace(module.printable, lambda text: text, only_in=module)


@broken_build
def raw_json() -> None:
    """JSON holds the characters that do not print as they are."""
    replace(printable_json, lambda text: text)


@broken_build
def unquoted_completion() -> None:
    """Names are offered to the shell without quotes."""
    from argcomplete.finders import CompletionFinder

    def unquoted(self: object, completions: list[str], cword_prequote: str, last_wordbreak_pos: object) -> list[str]:
        return completions

    replace(CompletionFinder.quote_completions, unquoted)


@broken_build
def markup_messages() -> None:
    """Messages are toasts as well, in which markup is read."""
    from tui.app.app import FollowUp

    sound = FollowUp.say

    def say(self: FollowUp, text: str, style: str = "plain") -> None:
        sound(self, text, style)
        self.notify(text)

    replace(FollowUp.say, say)


@broken_build
def no_last_guard() -> None:
    """The fields of a form are drawn as they come, and one is filled with what stands in the file."""
    from tui.app.forms import commitment_form
    from tui.app.widgets.segment_strips import harmless

    replace(harmless, lambda strip: strip)
    replace(sanitise_text.visible, lambda text: text, only_in=commitment_form)


@broken_build
def answers_join_pastes() -> None:
    """What stood before and behind an answer of the terminal is one text."""
    from tui.app.terminal.paste_filter import PasteFilter

    replace(PasteFilter.cleaned_apart, lambda self, texts: self.cleaned("".join(texts)))


@broken_build
def marks_as_codes() -> None:
    """A mark stands in the head of a page as it was typed."""
    from store.formats import xlsx_export

    replace(xlsx_export._of_header, lambda text: text)
