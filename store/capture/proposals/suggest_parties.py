"""Suggests parties for a promise that names none, the likeliest first: a person chooses, one key goes through them."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

Names = tuple[str, ...]


class PartyChoices(NamedTuple):
    """The participants and the parties around a promise; none is ever filled in by itself."""

    hosts: Names = ()
    guests: Names = ()
    """Of those who came, without who only came along."""
    asked: Names = ()
    """The party that wrote the text, or the one to whom a quoted mail is written."""
    near: Names = ()
    """The parties named around the promise, the nearest first."""
    meant: Names = ()
    """Those in whose names a word of the subject stands, and those in the heading above."""
    here: Names = ()
    """The parties that the sentence names, and those of its persons."""
    addressed: Names = ()
    """Those behind `to` in the sentence."""
    text: Sequence[str] = ()
    """Those that the text names as far as it was looked through, one list for all of its promises."""

    def receivers(self, by: Sequence[str], before: Sequence[Names] = ()) -> list[Names]:
        """The possible receivers: each other, where participants are of different sides; else the other side's
        likeliest party, all of it, each of it, then each other, then the others.

        `before` are those whom a person chose for other promises of the text, the last one first.
        """
        is_host, is_guest = not set(by).isdisjoint(self.hosts), not set(by).isdisjoint(self.guests)
        hosts, guests = self._sorted(self.hosts, by), self._sorted(self.guests, by)
        each_other = [tuple(by)] if len(by) > 1 else []
        is_one_side = set(by) <= set(self.hosts) or set(by) <= set(self.guests)
        found = [*each_other] if (is_host or is_guest) and not is_one_side else []
        found += [(each,) for each in self.addressed if each not in by]
        found += [each for each in before if set(each).isdisjoint(by)]
        if is_guest and not is_host:
            is_of_other = set(self.asked) <= set(guests)
            if self.asked and is_of_other and set(self.here).isdisjoint(hosts):
                found.append(self.asked)  # Who came along told it to the author of the report.
            sides: tuple[list[str], ...] = (hosts, guests)
        elif is_host or not by:
            sides = (guests, hosts)
        else:
            sides = ([each for each in self.asked if each not in by], guests, hosts)
        if is_host and not self.guests:  # Who came, the visit does not say: one that the text names beside it.
            found += [(each,) for each in self.near if each not in by and each not in self.hosts]
        for side in sides:
            found += [(each,) for each in side[:1]]
            if len(side) > 1:
                found.append(tuple(each for each in (*self.hosts, *self.guests) if each in side))
            found += [(each,) for each in side[1:]]
        found += [(each,) for each in (*self.asked, *self.near, *self.text) if each not in by]
        found += each_other
        return list(dict.fromkeys(found))

    def promisers(self) -> list[Names]:
        """The possible promisers: those the subject may mean, those near it, participants; last the author, as `we`."""
        others = (each for each in (*self.near, *self.hosts, *self.guests, *self.text) if each not in self.asked)
        every = dict.fromkeys((*self.meant, *others, *self.asked))
        return [(each,) for each in every if each not in self.addressed]

    def _sorted(self, side: Names, by: Sequence[str]) -> list[str]:
        """The parties of a side that do not promise: the author, those named near, the others."""
        first = [each for each in (*self.asked, *self.near, *side) if each in side and each not in by]
        return list(dict.fromkeys(first))


def after(choices: Sequence[Names], now: Names) -> Names:
    """The choice after the present one; the first after the last, or after none of them."""
    if not choices:
        return ()
    return choices[(choices.index(now) + 1) % len(choices)] if now in choices else choices[0]
