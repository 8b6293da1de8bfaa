"""Comparison with a fixed reference, and of two periods with each other."""

from __future__ import annotations

from enum import StrEnum
from math import hypot
from typing import NamedTuple

from domain.measures.statistics.proportion import Proportion
from domain.measures.statistics.wilson import Confidence, Interval


class Comparison(StrEnum):
    """How a rate of which high is good stands against a reference."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"


class Change(StrEnum):
    """What may be said of two periods; `NO_CLEAR_CHANGE` is not "stayed the same"."""

    ROSE = "rose"
    FELL = "fell"
    NO_CLEAR_CHANGE = "no_clear_change"


class Difference(NamedTuple):
    """The later rate less the earlier one, in percentage points of unrounded rates."""

    points: float
    lower: float
    upper: float
    change: Change


def compare(rate: Proportion, reference: float) -> Comparison:
    """Return how a rate stands against a reference that is taken as fixed.

    The rate's 95% interval is held against the reference, as Fingertips does; two intervals are
    never held against each other (rules, Comparison).

    Args:
        rate: Of which high is good.
        reference: A proportion from 0 to 1, such as England's rate, or 0.75 for the ambition.
    """
    lower, upper = rate.interval()
    if lower > reference:
        return Comparison.BETTER
    return Comparison.WORSE if upper < reference else Comparison.SIMILAR


def difference(
    earlier: Proportion, later: Proportion, confidence: Confidence = Confidence.NINETY_FIVE
) -> Difference:
    """Return how a rate changed between two periods that share no release.

    Newcombe's hybrid score interval of a difference (Statistics in Medicine 17, 1998, p. 873,
    method 10), which is made of the two Wilson intervals and so holds for few releases and for
    none or all of them. It rose, or fell, only when the interval leaves out zero.
    """
    points = later.value - earlier.value
    limits = _newcombe(later, earlier, confidence)
    change = Change.NO_CLEAR_CHANGE
    if limits.lower > 0:
        change = Change.ROSE
    elif limits.upper < 0:
        change = Change.FELL
    return Difference(100 * points, 100 * limits.lower, 100 * limits.upper, change)


def _newcombe(one: Proportion, other: Proportion, confidence: Confidence) -> Interval:
    points = one.value - other.value
    low_one, high_one = one.interval(confidence)
    low_other, high_other = other.interval(confidence)
    below = hypot(one.value - low_one, high_other - other.value)
    above = hypot(high_one - one.value, other.value - low_other)
    return Interval(points - below, points + above)
