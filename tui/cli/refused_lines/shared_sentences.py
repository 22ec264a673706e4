"""Sentences with which several refusals begin or end, and functions that recognise them."""

from __future__ import annotations

from store.sanitise_text import visible
from store.translation import tr, tr_in


def no_command(typed: str) -> str:
    """The beginning of the refusal of a word that is no command."""
    return tr('there is no command "{typed}"', typed=visible(typed))


def is_no_command(sentence: str) -> bool:
    """Whether a refusal is of a word that is no command."""
    return sentence.startswith(no_command("\0").partition(visible("\0"))[0])


def has_no_option(command: str, name: str) -> str:
    """The beginning of the refusal of an unknown option; without a command, of the program."""
    if not command:
        return tr('followup has no option "{name}"', name=visible(name))
    return tr('followup {command} has no option "{name}"', command=command, name=visible(name))


def as_a_whole(begin: str, line: str) -> str:
    """The refusal with the whole line to type after it: after a question a language may begin anew."""
    if begin.endswith("?"):
        return tr_in("question", "{begin}; as a whole: {line}", begin=begin, line=line)
    return tr("{begin}; as a whole: {line}", begin=begin, line=line)


def shows_what_there_is(command: str) -> str:
    """The last hint of a refusal: the list of commands; an empty command is the program."""
    return tr(": {line} --help shows what there is", line=f"followup {command}".rstrip())
