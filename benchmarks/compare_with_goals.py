"""Compare what was measured with its goal: whether that is met, how it is printed, and whether a miss fails the run."""


class Compared:
    """A figure beside its goal: the goal in words, and whether it is met.

    `is_binding` says whether a missed goal makes the run fail: one in milliseconds does not.
    """

    __slots__ = ("goal", "is_binding", "is_met")

    def __init__(self, goal: str, is_met: bool, *, is_binding: bool = True) -> None:
        self.goal = goal
        self.is_met = is_met
        self.is_binding = is_binding


def at_most(found: float, most: float, unit: str = "", *, times: float = 1, is_binding: bool = True) -> Compared:
    """Met up to `most` units; `times` is how much of `found` one unit is."""
    return Compared(f"<= {most:g} {unit}".rstrip(), found <= most * times, is_binding=is_binding)


def at_least(found: float, least: float, unit: str = "", *, times: float = 1) -> Compared:
    """Met from `least` units on; `times` is how much of `found` one unit is."""
    return Compared(f">= {least:g} {unit}".rstrip(), found >= least * times)


def no_bytes(count: int) -> Compared:
    """Met when nothing at all was written."""
    return Compared("0 B", count == 0)


class Measurement:
    """One line of the report: what was measured, its figures, and how they compare with a goal, if there is one."""

    __slots__ = ("_compared", "figures", "name")

    def __init__(self, name: str, figures: str, compared: Compared | None = None) -> None:
        self.name = name
        self.figures = figures
        self._compared = compared

    @property
    def goal(self) -> str:
        """The goal in words; empty when there is none."""
        return self._compared.goal if self._compared else ""

    @property
    def verdict(self) -> str:
        """`ok`, `OVER`, or `over` for a miss that does not count; empty when there is no goal."""
        if not self._compared:
            return ""
        if self._compared.is_met:
            return "ok"
        return "OVER" if self._compared.is_binding else "over"

    @property
    def fails_the_run(self) -> bool:
        """Whether it misses a goal that counts."""
        return self.verdict == "OVER"
