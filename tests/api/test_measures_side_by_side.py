"""What one answer withholds, another answer over the same people does not tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.codes import Sex
from domain.measures.release import MeasuredRelease
from tests.api.conftest import As
from tests.api.fakes import World
from tests.api.test_measures import BIRMINGHAM, HARTLEPOOL, YEAR, asked, figures, many

TINY = "E06000004"


def seen(world: World, area: str, every: int) -> None:
    """Let every nth person of an area, who did not start, have been seen."""
    for n, each in enumerate(world.measured.releases):
        if each.destination == area and each.started_on is None and n % every == 1:
            world.measured.releases[n] = each.model_copy(update={"seen": True})


@pytest.fixture
def world_with_a_tiny_area(world: World) -> World:
    many(world, TINY, per_month=3, started=1)
    many(world, HARTLEPOOL, per_month=30, started=12)
    many(world, BIRMINGHAM, per_month=50, started=30)
    many(world, "E08000035", per_month=40, started=20)
    seen(world, TINY, 6)
    seen(world, BIRMINGHAM, 2)
    return world


async def test_a_funnel_does_not_tell_a_rate_that_is_withheld(
    world_with_a_tiny_area: World, as_: As
) -> None:
    params = {"by": "destination", "per": "quarter", **YEAR}
    rates = await asked(as_, **params)
    funnels = await asked(as_, "/api/v1/measures/funnel", **params)

    def withheld(rows: list[dict[str, Any]], name: str) -> set[tuple[str, str]]:
        return {(each["group"], each["period"]["code"]) for each in rows if each[name] is None}

    need = [each for each in rates["figures"] if each["measure"] == "continuity_need"]
    hidden = withheld(need, "numerator")
    assert {group for group, _ in hidden} == {TINY, HARTLEPOOL}
    assert hidden <= withheld(funnels["funnel"], "reached")


def is_a_woman_who_started(release: MeasuredRelease) -> bool:
    in_the_year = date(2025, 4, 1) <= release.released_on < date(2026, 4, 1)
    here = release.destination == HARTLEPOOL and release.sex is Sex.FEMALE
    return here and in_the_year and release.started_on is not None


async def test_a_breakdown_withholds_of_each_measure_what_it_withholds_beside_it(
    world: World, as_: As
) -> None:
    def some(area: str, per_month: int, started: int, sex: str) -> None:
        many(world, area, per_month=per_month, started=started, sex=sex)

    for area in (HARTLEPOOL, BIRMINGHAM, "E08000035"):
        some(area, 30, 12, "male")
        some(area, 12, 5, "female")
    few: list[MeasuredRelease] = world.measured.releases
    started = [n for n, each in enumerate(few) if is_a_woman_who_started(each)]
    for n in started[3:]:
        few[n] = few[n].model_copy(update={"started_on": None})

    answer = await asked(as_, area=HARTLEPOOL, by="sex")

    need = figures(answer)
    assert any(each["numerator"] is None for each in need.values())
    for measure in ("continuity_referred", "continuity_need_stayed"):
        for group, each in figures(answer, measure).items():
            assert each["numerator"] is None or need[group]["numerator"] is not None
