"""The bands of confidence of a proposal, and the score from which each begins."""

from __future__ import annotations


class Confidence:
    """How sure a proposal is."""

    SURE, LIKELY, DOUBTFUL, UNLIKELY = "sure", "likely", "doubtful", "unlikely"
    ORDER = (SURE, LIKELY, DOUBTFUL, UNLIKELY)


LEAST = 1.4
"""The least score of what is proposed."""

_BOUNDS = ((Confidence.SURE, 2.9), (Confidence.LIKELY, 2.0), (Confidence.DOUBTFUL, LEAST))


def band_of(score: float) -> str:
    """The band of a score."""
    return next((band for band, bound in _BOUNDS if score >= bound), Confidence.UNLIKELY)
