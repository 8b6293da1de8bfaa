"""The Wilson score interval, as public health statistics in England print it."""

from __future__ import annotations

from enum import Enum
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from domain.errors import ThroughcareError


class ProportionError(ThroughcareError):
    """Two counts that are no proportion."""

    def __init__(self) -> None:
        super().__init__(
            "A proportion needs a denominator above zero and a numerator from zero to it. "
            "With no releases there is no rate, which is not 0%.",
        )


class Confidence(Enum):
    """The two levels in use; the value is the normal quantile on each side."""

    NINETY_FIVE = NormalDist().inv_cdf(0.975)
    NINETY_NINE_POINT_EIGHT = NormalDist().inv_cdf(0.999)


class Interval(NamedTuple):
    """Limits as proportions from 0 to 1, not rounded."""

    lower: float
    upper: float


def wilson(x: int, n: int, confidence: Confidence = Confidence.NINETY_FIVE) -> Interval:
    """Return the interval of `x` out of `n`.

    Wilson 1927; the form is that of PHEindicatormethods, whose published values it equals. It
    holds at none and at all of `n`, where simpler intervals have no width.

    Raises:
        ProportionError: `n` is not above zero, or `x` not between zero and `n`.
    """
    if n <= 0 or not 0 <= x <= n:
        raise ProportionError
    z = confidence.value
    middle = 2 * x + z * z
    reach = z * sqrt(z * z + 4 * x * (1 - x / n))
    whole = 2 * (n + z * z)
    # At the edges the exact limit is 0 or 1; rounding of the root must not pass it.
    lower = 0.0 if x == 0 else (middle - reach) / whole
    upper = 1.0 if x == n else (middle + reach) / whole
    return Interval(lower, upper)
