"""The result of one proof: what was tried and counted, and what was wrong."""

from __future__ import annotations

from collections import Counter

MOST_PRINTED = 5
"""Findings that are printed of one goal; the others are counted."""


class Proof:
    """One goal under test. It holds when something was tried and nothing was wrong; to try nothing needs a reason."""

    def __init__(self, goal: str, about: str) -> None:
        """`goal` is its number in docs/proof.md (`R1`), `about` a phrase that names what is tried."""
        self.goal = goal
        self.about = about
        self.wrong: list[str] = []
        self.left_out: str | None = None
        self.notes: list[str] = []
        self._counts: Counter[str] = Counter()

    def count(self, what: str, times: int = 1) -> None:
        """Add to the count that is printed under this name (`kills`, `lost`); 0 makes it appear."""
        self._counts[what] += times

    def counted(self, what: str) -> int:
        """How often it was counted."""
        return self._counts[what]

    def check(self, is_so: object, otherwise: str) -> bool:
        """Record the finding `otherwise` unless `is_so`. Returns whether it holds."""
        if not is_so:
            self.wrong.append(otherwise)
        return bool(is_so)

    def add(self, other: Proof) -> None:
        """Take in what another one, of a share of the work, counted and found wrong."""
        self.wrong += other.wrong
        self._counts.update(other._counts)

    def leave_out(self, reason: str) -> None:
        """This cannot be tried here, and why. What was tried already still counts."""
        self.left_out = reason

    def note(self, words: str) -> None:
        """A measured figure to print beside the counts (`next command at most 0.12 s`)."""
        self.notes.append(words)

    @property
    def has_held(self) -> bool:
        """Whether it was tried and nothing was wrong."""
        return self.verdict == "ok"

    @property
    def verdict(self) -> str:
        """`ok`, `WRONG`, or `left out`."""
        is_tried = any(self._counts.values())
        if self.wrong or not (is_tried or self.left_out):
            return "WRONG"
        return "ok" if is_tried else "left out"

    @property
    def figures(self) -> str:
        """The counts and notes in a line."""
        counts = [f"{number:,} {_singular(what) if number == 1 else what}" for what, number in self._counts.items()]
        return ", ".join([*counts, *self.notes])

    def lines(self) -> list[str]:
        """The proof as it is printed: a line, one below it for what was left out, one for each finding."""
        printed = [f"{self.goal:4} {self.verdict:8} {self.about}: {self.figures}".rstrip(": ")]
        if self.left_out:
            printed.append(f"     left out: {self.left_out}")
        printed += [f"     ! {finding}" for finding in self.wrong[:MOST_PRINTED]]
        if self.verdict == "WRONG" and not self.wrong:
            printed.append("     ! nothing was tried")
        if len(self.wrong) > MOST_PRINTED:
            printed.append(f"     ! and {len(self.wrong) - MOST_PRINTED:,} more")
        return printed


def _singular(what: str) -> str:
    """The words of a count for one: the first of them that is a plural (`file calls that failed`) loses its ending."""
    words = what.split()
    for at, word in enumerate(words):
        if word.endswith("s") and not word.endswith(("ss", "us")):
            ending = next((each for each in ("ies", "sses") if word.endswith(each)), "s")
            words[at] = word.removesuffix(ending) + {"ies": "y", "sses": "ss", "s": ""}[ending]
            break
    return " ".join(words)
