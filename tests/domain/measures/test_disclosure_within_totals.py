"""What a total withholds, its groups withhold as well."""

from __future__ import annotations

from datetime import date

from domain.measures.counts import Count, EnglandCounts
from domain.measures.cuts import WHOLE
from domain.measures.definitions import MeasureId
from domain.measures.disclosure.deciding import decide_groups, decide_totals
from domain.measures.disclosure.policy import DisclosurePolicy
from domain.measures.disclosure.shown import Within
from domain.measures.periods import Period, PeriodKind

POLICY = DisclosurePolicy()
NEED = MeasureId.CONTINUITY_NEED
QUARTER = Period(PeriodKind.QUARTER, date(2025, 6, 1))
MONTHS = tuple(Period(PeriodKind.MONTH, each) for each in QUARTER.months)


def counts(started: int) -> EnglandCounts:
    return EnglandCounts({Count.NEED: started + 50, Count.NEED_STARTED: started})


SEXES = {QUARTER: {"male": counts(12), "female": counts(8)}}
"""Twenty started: nine, nine and two of them in the months of the quarter."""


def test_a_quarter_hidden_for_one_month_is_not_told_by_its_groups() -> None:
    months = dict(zip(MONTHS, map(counts, (9, 9, 2)), strict=True))
    nation = decide_totals(months, [NEED], POLICY)[NEED]
    assert nation.allows(WHOLE, MONTHS[0])
    assert not nation.allows(WHOLE, MONTHS[2])
    assert not nation.allows(WHOLE, QUARTER)

    alone = decide_groups(SEXES, [NEED], POLICY)[NEED]
    within = {NEED: [Within(nation, lambda _: WHOLE)]}
    both = decide_groups(SEXES, [NEED], POLICY, within=within)[NEED]

    assert [alone.allows(each, QUARTER) for each in SEXES[QUARTER]] == [True, True]
    assert [both.allows(each, QUARTER) for each in SEXES[QUARTER]] == [False, False]


def test_groups_are_shown_within_a_total_that_is() -> None:
    months = dict(zip(MONTHS, map(counts, (7, 7, 6)), strict=True))
    nation = decide_totals(months, [NEED], POLICY)[NEED]
    within = {NEED: [Within(nation, lambda _: WHOLE)]}

    both = decide_groups(SEXES, [NEED], POLICY, within=within)[NEED]

    assert [both.allows(each, QUARTER) for each in SEXES[QUARTER]] == [True, True]
