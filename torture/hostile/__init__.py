"""Typed text stays text: in every command, on every screen, in every shell's completion.

More than a hundred payloads (escape sequences of every kind, C0 and C1, bidi, invisible characters, towers of marks;
markup, format strings, shell code, options, formulas) and thousands of fuzzed titles are typed, pasted, and put into
every text of the file by hand. Commands answer into pipes and terminals, the app runs in a terminal that keeps what it
was sent, bash, zsh and fish complete. What may be sent, and how a text is to be shown, is written anew here, from the
tables of Unicode: nothing of the program's own sanitiser judges it. Links and actions are clicked, offered names are
entered with Tab, and nothing may run: no file is made, no opener called, the store stays as it was. Marks of every kind
leave INTERNAL on each sheet of a workbook; what is taken of a report is what was shown of it, and no name of a person.
What is hidden or struck through in a file promises nothing. What another program put in the place of each number and
day of a store acts in no look, table, paper or calendar.

Shown to fail against `no-sanitiser` (an escape in the answer of every look), `raw-json` (DEL and bidi overrides in
`--json`), `unquoted-completion` (a party named `$(touch pwned)` runs when it is offered and taken), `markup-messages`
(a message with `[/]` in it ends the app), `no-last-guard` (what stands in a field of a form reaches the terminal
raw), `answers-join-pastes` (a paste ends around an answer of the terminal, and the rest are keys), `marks-as-codes`
(a sheet has no mark), `proposals-unseen` (what others made of a promise is taken), `unseen-words-read`,
`white-words-read` (and what nobody sees is), `values-as-they-are` (a table has the escape that stands in a day) and
`names-in-names-of-files` (a name is in the store).
"""

from collections.abc import Iterator

from torture.broken_builds import captured_texts
from torture.broken_builds import typed_text as broken
from torture.hostile.escapes_in_place_of_numbers import escapes_in_place_of_numbers
from torture.hostile.fuzzed_titles import fuzzed_titles
from torture.hostile.hostile_commands import reads, typed
from torture.hostile.hostile_screens import answers_in_pastes, screens, talk
from torture.hostile.papers_for_the_other_side import captured, marked, unseen
from torture.hostile.shell_completion import completion
from torture.proof import Proof
from torture.testbed import Testbed


def torture(testbed: Testbed) -> Iterator[Proof]:
    """S1, S2 and S4, and of S3 what holds for the list; P1: marks; C1: what is captured."""
    yield fuzzed_titles(testbed)
    yield from reads(testbed)
    yield completion(testbed)
    yield from talk(testbed)
    yield answers_in_pastes(testbed)
    yield screens(testbed)
    yield typed(testbed)
    yield escapes_in_place_of_numbers(testbed)
    yield marked(testbed)
    yield captured(testbed)
    yield unseen(testbed)


FAILS_AGAINST = {
    fuzzed_titles: (broken.no_sanitiser,),
    reads: (broken.no_sanitiser, broken.raw_json),
    completion: (broken.unquoted_completion,),
    talk: (broken.markup_messages,),
    answers_in_pastes: (broken.answers_join_pastes,),
    screens: (broken.no_last_guard,),
    escapes_in_place_of_numbers: (broken.values_as_they_are,),
    marked: (broken.marks_as_codes,),
    unseen: (captured_texts.unseen_words_read, captured_texts.white_words_read),
    captured: (captured_texts.proposals_unseen, captured_texts.names_in_names_of_files),
}
