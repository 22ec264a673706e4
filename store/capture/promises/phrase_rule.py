"""What a rule of capture is: a named pattern with its weight, an example it must match, and one it must not."""

from __future__ import annotations

import re
from functools import cached_property

FIRM, SOFT = "firm", "soft"
"""How strongly something is promised."""


class Rule:
    """A rule with its name `why`: a cue has a strength, and the promise begins where its match ends.

    `stems` are parts of words of which a sentence has one where the pattern matches: most sentences need no pattern. `_`
    in one is a blank.
    In a pattern `<adv>` stands for adverbs between a verb and what belongs to it. A blank is any white space.
    """

    def __init__(
        self,
        name: str,
        weight: float,
        pattern: str,
        example: str,
        not_example: str,
        strength: str | None = None,
        stems: str = "",
    ) -> None:
        self.name = name
        self.weight = weight
        self.pattern = pattern
        self.example = example
        self.not_example = not_example
        self.strength = strength
        self.stems = stems

    @cached_property
    def _stems(self) -> tuple[str, ...]:
        return tuple(each.replace("_", " ") for each in self.stems.split())

    def may_match(self, folded: str) -> bool:
        """Whether the pattern may match a sentence, which is given in small letters."""
        if not self.stems:
            return True
        for stem in self._stems:  # noqa: SIM110  (A loop: this is asked of each rule for each sentence.)
            if stem in folded:
                return True
        return False

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first needed."""
        return re.compile(self.pattern.replace("<adv>", _ADVERBS), re.IGNORECASE)


_ADVERBS = (
    r"(?:(?:[a-z]+ly|also|now|then|both|each|all|together|further|thus|therefore|still|again|soon|always|at once"
    r"|in turn|in principle|in due course|as soon as possible|where possible|as appropriate)\s+)*"
)
