"""Damaged files and thousands of mutants are refused with the place and the way out, and left byte for byte.

A store with every kind of record, field and event is spoiled: by a table of faults (what disks, editors, other
programs and people do to a file), and by mutants of every table of it, in the lines of our program and as another JSON
writer lays it out. Every command is run on each, most of them in a process that has the program loaded, some started as
people start them: exit 4, one sentence that names the place and the newest good copy, the file untouched, nothing of it
echoed. Then `restore` must bring back the state before the last change and keep the bad file. A mutant that is still a
store, read strictly, must be seen whole, survive changes and lose nothing by them. What is no file at all stands in
the store's place, and pipes in that of the other files that commands read. Doctor must find each kind of trouble that
it knows, told from its source, and mend only what is safe. The app is opened on bad files, and has its file turned bad
while it runs.

A first line that hides the settings, sets counters back or is filled up misleads no look and loses nothing, nor do
lines out of their order.

Files to import that are bombs, or that their reader breaks on in every way, are refused with one sentence, at the
command line and in the app: no process takes more memory than it may, nothing of what a library prints is seen. Texts
and pages that are made to take long, and mailboxes without end, are looked through within limits of the processor and
of memory.

Shown to fail against `duplicate-keys`, `no-validation`, `empty-is-new`, `no-checksum` (a bad file passes for a
store), `no-way-out` (the sentence ends too early, in the app as well), `oldest-back` (restore loses what came later),
`doctor-misses` (a leftover is not found), `history-not-compared` (nor an altered record), `lines-as-they-are` (nor
lines that a quick look misreads), `numbers-not-counted` (nor a missing event), `repair-loses` (a mended record lost a
field), `settings-searched` (a setting is hidden), `set-back-believed`, `order-believed` (a record is written over),
`removed-forgotten` (the number of a removed one is given again),
`first-line-of-any-length` (a change makes the store unreadable), `end-unlooked-at` (what is no JSON passes),
`reads-in-process` (a bomb ends the program),
`reader-keeps-the-terminal` (what a library prints is on the screen), `pipes-waited-for` (a command waits),
`files-of-the-kernel` (one is called damaged), `words-of-any-length` (a text takes minutes), `pages-of-any-depth`
(as does a page), `mailbox-held-whole` (all memory) and `mail-folders-followed` (somebody's mails are read).
"""

from collections.abc import Iterator

from torture.broken_builds import bad_files as broken
from torture.broken_builds import captured_texts, foreign_files
from torture.files.app_on_bad_files import opening, running
from torture.files.captured_files import captured_files
from torture.files.commands_on_bad_files import bad_files, spoiled_by_mutants
from torture.files.doctor_findings import findings
from torture.files.forged_first_line import forged_first_lines
from torture.files.import_bombs import bombs, hostile_readers, in_the_app
from torture.files.special_files import pipes, strange_things
from torture.proof import Proof
from torture.testbed import Testbed


def torture(testbed: Testbed) -> Iterator[Proof]:
    """R6, R11: bad files, mutants, no file, bombs, the app on bad files, what doctor finds."""
    yield findings(testbed)
    yield bad_files(testbed)
    yield strange_things(testbed)
    yield pipes(testbed)
    yield spoiled_by_mutants(testbed)
    yield forged_first_lines(testbed)
    yield bombs(testbed)
    yield hostile_readers(testbed)
    yield in_the_app(testbed)
    yield captured_files(testbed)
    yield opening(testbed)
    if not testbed.is_short:  # test_watch.py has it.
        yield running(testbed)


FAILS_AGAINST = {
    findings: (
        broken.no_validation,
        broken.no_checksum,
        broken.doctor_misses,
        broken.history_not_compared,
        broken.lines_as_they_are,
        broken.numbers_not_counted,
        broken.repair_loses,
    ),
    bad_files: (broken.duplicate_keys, broken.empty_is_new, broken.no_way_out, broken.oldest_back),
    spoiled_by_mutants: (broken.no_validation,),
    forged_first_lines: (
        broken.settings_searched,
        broken.set_back_believed,
        broken.order_believed,
        broken.removed_forgotten,
        broken.first_line_of_any_length,
        broken.end_unlooked_at,
    ),
    opening: (broken.no_way_out,),
    bombs: (foreign_files.reads_in_process,),
    hostile_readers: (foreign_files.reader_keeps_the_terminal,),
    in_the_app: (foreign_files.reader_keeps_the_terminal,),
    strange_things: (foreign_files.files_of_the_kernel,),
    pipes: (foreign_files.pipes_waited_for,),
    captured_files: (
        captured_texts.words_of_any_length,
        captured_texts.pages_of_any_depth,
        captured_texts.mailbox_held_whole,
        captured_texts.mail_folders_followed,
    ),
}
