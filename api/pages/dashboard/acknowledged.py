"""How soon escalations were acknowledged, by severity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from api.measures.answers import AcknowledgementRow, Answer
from api.pages.dashboard.figures import MATURITY, one_decimal
from domain.measures.disclosure.publishing import Withheld
from domain.measures.maturity import Maturity
from domain.policy import Severity

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.S1: "S1, a life",
    Severity.S2: "S2, today",
    Severity.S3: "S3, the next working day",
    Severity.S4: "S4, a report",
}
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR


class Prompt(NamedTuple):
    """One severity in one period; each part is the symbol in its place when it is withheld.

    Attributes:
        limit: Within which an answer is prompt.
        half: Within which half were acknowledged.
        why: What a symbol stands for; empty for a figure that is shown.
    """

    severity: str
    period: str
    limit: str
    within: str
    of: str
    share: str
    half: str
    why: str


class Acknowledged(NamedTuple):
    """What is shown of acknowledgement times: the latest year, and quarters where there are any."""

    period: str
    maturity: str
    year: tuple[Prompt, ...]
    quarters: tuple[Prompt, ...]


def acknowledged_of(year: Answer, quarters: Answer | None) -> Acknowledged | None:
    """Return acknowledgement times for one group; None without any release."""
    latest = next(iter(year.acknowledged), None)
    by_quarter = _lines(quarters.acknowledged) if quarters else ()
    if latest is None:
        return Acknowledged("", "", (), by_quarter) if by_quarter else None
    words, maturity = latest.period.words, MATURITY[latest.maturity]
    return Acknowledged(words, maturity, _lines(year.acknowledged), by_quarter)


def in_words(minutes: int) -> str:
    """Return a limit as people read it: `15 minutes`, `4 hours`, `3 days`."""
    unit, size = ("day", _DAY) if minutes > _DAY else ("hour", _HOUR)
    if minutes <= _HOUR // 2:
        unit, size = "minute", 1
    number = minutes // size
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _lines(rows: Iterable[AcknowledgementRow]) -> tuple[Prompt, ...]:
    return tuple(_line(each) for each in rows)


def _line(row: AcknowledgementRow) -> Prompt:
    ripe = "" if row.maturity is Maturity.MATURE else f" ({MATURITY[row.maturity].lower()})"
    first = (SEVERITIES[row.severity], f"{row.period.words}{ripe}", in_words(row.within_minutes))
    figure, withheld = row.figure.figure, row.figure.withheld
    if figure is None:
        symbol, why = (withheld.symbol, withheld.words) if withheld else ("", "")
        why = "No escalations" if withheld is Withheld.NO_RELEASES else why
        return Prompt(*first, symbol, symbol, symbol, symbol, why)
    half = "Later, or never" if row.half_within is None else in_words(row.half_within)
    return Prompt(*first, f"{figure.x:,}", f"{figure.n:,}", one_decimal(figure.value), half, "")
