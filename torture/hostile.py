"""Text that people typed is text, in every command and on every screen."""

from collections.abc import Iterator

from torture.lab import Lab
from torture.proof import Proof

CAUGHT = ()


def torture(lab: Lab) -> Iterator[Proof]:
    yield from ()
