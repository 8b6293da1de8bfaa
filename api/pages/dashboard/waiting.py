"""The Welsh waits from referral to treatment, band by band, with those that have no wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from api.measures.answers import Answer
from api.pages.dashboard.figures import MATURITY, rows_of
from api.pages.dashboard.quality import starred
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.publishing import Withheld
from domain.measures.waits import VALID, WaitBand

BANDS: Final[Mapping[WaitBand, str]] = {
    WaitBand.WITHIN_STANDARD: "Within 20 working days",
    WaitBand.TO_THREE_MONTHS: "4 to 12 weeks",
    WaitBand.TO_SIX_MONTHS: "3 to 6 months",
    WaitBand.TO_NINE_MONTHS: "6 to 9 months",
    WaitBand.TO_TWELVE_MONTHS: "9 to 12 months",
    WaitBand.TO_EIGHTEEN_MONTHS: "12 to 18 months",
    WaitBand.TO_TWO_YEARS: "18 to 24 months",
    WaitBand.OVER_TWO_YEARS: "Over 24 months",
    WaitBand.INVALID: "Invalid: treatment recorded before the referral",
    WaitBand.NOT_STARTED: "Referred, treatment not started",
    WaitBand.DID_NOT_ATTEND: "Referred, did not attend before assessment",
    WaitBand.NOT_REFERRED: "No referral recorded",
}


class Band(NamedTuple):
    """One row of the table; `share` is of the sub-total, empty where there is none."""

    name: str
    number: str
    share: str


class Waits(NamedTuple):
    """What is shown of waits.

    Attributes:
        bands: Those that have a wait; they add up to the sub-total.
        subtotal: The denominator of the rate, or the symbol in its place.
        without: Releases without a wait, which are in no sub-total.
    """

    period: str
    maturity: str
    bands: tuple[Band, ...]
    subtotal: str
    without: tuple[Band, ...]


def waits_of(answer: Answer) -> Waits | None:
    """Return the table of an answer for one group and period; None without any release."""
    row = next(iter(answer.waits), None)
    if row is None:
        return None
    figure = next((each.figure for each in rows_of(answer, MeasureId.WALES_WAIT)), None)
    rate = figure.rate if figure else None
    symbol = figure.shown.withheld.symbol if figure and figure.shown.withheld else "0"
    return Waits(
        period=row.period.words,
        maturity=MATURITY[row.maturity],
        bands=tuple(_band(each, row.bands[each], rate.n if rate else 0) for each in VALID),
        subtotal=f"{rate.n:,}" if rate else symbol,
        without=tuple(_band(each, row.bands[each], 0) for each in WaitBand if each not in VALID),
    )


def _band(band: WaitBand, number: int | None, of: int) -> Band:
    share = ""
    if of:
        share = Withheld.SMALL_NUMBERS.symbol if number is None else f"{100 * number / of:.1f}%"
    return Band(BANDS[band], starred(number), share)
