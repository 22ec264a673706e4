"""The preloaded program answers as the one that people start."""

from __future__ import annotations

from tests.support.fork_for_many_commands import PreloadedProgram
from tests.support.program_with_injections import Program
from torture.testbed import Testbed

LINES = [["list", "--json"], ["show", "2"], ["check"], ["note", "2", "Письмо"], ["mark", "99", "done"], ["nothing"]]


def test_it_answers_as_a_process_does() -> None:
    testbed = Testbed(Program(), is_short=True, seed=7)
    with testbed.sandbox() as one, testbed.sandbox() as other:
        one.make()
        other.make()
        program = PreloadedProgram(Program(), one.env)
        try:
            answers, ended = program.run(LINES, one.env)
        finally:
            program.end()
        assert ended == [0]
        assert [answer.result for answer in answers] == [other.run(*argv) for argv in LINES]
        assert (one.seen("status")["store_revision"], one.leftovers()) == (other.seen("status")["store_revision"], [])


def test_a_command_line_that_ends_the_process_is_told_and_the_next_one_works() -> None:
    with Testbed(Program(), is_short=True, seed=7).sandbox() as sandbox:
        sandbox.make()
        program = PreloadedProgram(Program(), sandbox.env)
        try:
            assert program.run([["list", "--ids"], 5], sandbox.env)[1] != [0]  # type: ignore[list-item]
            answers, ended = program.run([["list", "--ids"]], sandbox.env)
        finally:
            program.end()
        assert ended == [0]
        assert answers[0].result == sandbox.run("list", "--ids")
