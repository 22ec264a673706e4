"""Sentences that several refusals begin or end with, and those by which they are taken apart again."""

from __future__ import annotations

from store.text import visible
from store.translation import tr, tr_in


def no_command(typed: str) -> str:
    """The beginning of the refusal of a word that is no command."""
    return tr('there is no command "{typed}"', typed=visible(typed))


def is_no_command(sentence: str) -> bool:
    """Whether a refusal begins so."""
    return sentence.startswith(no_command("\0").partition(visible("\0"))[0])


def has_no_option(command: str, name: str) -> str:
    """The beginning of the refusal of an option that a command does not have; of no command: that of the program."""
    if not command:
        return tr('followup has no option "{name}"', name=visible(name))
    return tr('followup {command} has no option "{name}"', command=command, name=visible(name))


def as_a_whole(begin: str, line: str) -> str:
    """A refusal with the whole line to type behind it: behind a question a language may begin anew."""
    if begin.endswith("?"):
        return tr_in("question", "{begin}; as a whole: {line}", begin=begin, line=line)
    return tr("{begin}; as a whole: {line}", begin=begin, line=line)


def shows_what_there_is(command: str) -> str:
    """The end of a refusal after which nothing else helps; the program itself is called an empty command."""
    return tr(": {line} --help shows what there is", line=f"followup {command}".rstrip())
