"""Formats rates and shares in a report: `3 of 5 (60%)`, and how a share is rounded."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.reports.report_period import ReportScope
    from store.rules.on_time_rate import Rate


def n_of_d(rate: Rate, scope: ReportScope, *, with_per_cent: bool = False) -> str:
    """Format a rate: `3 of 5`, `3 of 5 (60%)`, or `-` where the total is zero."""
    if with_per_cent:
        return share_of(rate.kept, rate.total, scope)
    return scope.words.tr("{n} of {d}", n=rate.kept, d=rate.total) if rate.total else scope.words.nothing


def share_of(part: int, whole: int, scope: ReportScope) -> str:
    """Format a part of a whole: `3 of 5 (60%)`, or `-` where the whole is zero."""
    if not whole:
        return scope.words.nothing
    return f"{scope.words.tr('{n} of {d}', n=part, d=whole)} ({per_cent(part, whole, scope)})"


def per_cent(part: int, whole: int, scope: ReportScope) -> str:
    """A share as `33%`, rounded; only all is 100, and only nothing 0."""
    half_up = (200 * part + whole) // (2 * whole) if whole else 0
    share = min(max(half_up, 1), 99) if 0 < part < whole else 100 * (part > 0)
    return scope.words.tr("{n}%", n=share)
