"""How soon escalations were acknowledged, as it may be shown, severity by severity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from api.measures.answers import AcknowledgementRow
from api.measures.asking import Asking, summed
from api.measures.deciding import Found, Table
from domain.measures.acknowledging import TOLD_WITHIN, half_within
from domain.measures.counts import Counts
from domain.measures.cuts import WHOLE, Cut
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.disclosure.escalations import (
    decide_escalations,
    escalations_cell,
    hidden_groups,
)
from domain.measures.disclosure.publishing import Disclosed, disclosed
from domain.measures.maturity import maturity
from domain.measures.periods import Period, PeriodKind, period_of
from domain.policy import Severity

FAMILIES: Final = ("ack",)
_DEFINITION: Final = DEFINITIONS[MeasureId.ACKNOWLEDGEMENT]


def acknowledgement_rows(asking: Asking, table: Table) -> Iterator[AcknowledgementRow]:
    """Yield the figure of each severity, period and group of the answer.

    Args:
        asking: What is asked.
        table: Counts of every group, for at least the periods that are asked for. Where the
            nation is withheld, so is everything smaller.
    """
    for severity in Severity:
        shown = decide_escalations(_quarters(table.nation), severity, asking.policy.disclosure)
        for period in asking.asked.periods:
            groups = summed(table.found, period)
            hidden = frozenset(groups)
            if shown.allows(WHOLE, period):
                hidden = _hidden(asking, groups, severity)
            for group in filter(asking.shows, groups):
                figure = _figure(asking, groups[group], severity, shown=group not in hidden)
                yield _row(asking, severity, period, (group, groups[group]), figure)


def _hidden(asking: Asking, groups: Mapping[str, Counts], severity: Severity) -> frozenset[str]:
    if asking.basis.cut is Cut.NATION:
        return frozenset()
    return hidden_groups(groups, severity, asking.policy.disclosure, asking.block_of)


def _quarters(months: Found) -> Mapping[Period, Counts]:
    quarters = sorted({period_of(PeriodKind.QUARTER, each.last_month) for each in months})
    some = next((each for groups in months.values() for each in groups.values()), None)
    if some is None:
        return {}
    return {each: summed(months, each).get(WHOLE, type(some)()) for each in quarters}


def _figure(asking: Asking, counts: Counts, severity: Severity, *, shown: bool) -> Disclosed:
    return disclosed(escalations_cell(counts, severity), asking.policy.disclosure, shown=shown)


def _row(
    asking: Asking,
    severity: Severity,
    period: Period,
    of: tuple[str, Counts],
    figure: Disclosed,
) -> AcknowledgementRow:
    group, counts = of
    half = half_within(counts.family(f"ack.{severity}")) if figure.figure else None
    ripe = maturity(period, _DEFINITION, asking.policy, asking.today)
    return AcknowledgementRow(
        *asking.called(group), period, ripe, severity, TOLD_WITHIN[severity], figure, half
    )
