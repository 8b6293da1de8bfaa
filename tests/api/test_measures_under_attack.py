"""Everything the API answers about areas and their nation, put together and solved.

The attacker asks for every rate, the retention and the funnel, of the nation and of each area, by
quarter and by year, and tries to find each number of people that any of the answers withholds.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

import pytest

from domain.facts import RetentionOutcome
from domain.measures.funnel import Stage
from domain.measures.periods import parse_period
from domain.measures.release import MeasuredRelease
from tests.api.conftest import As
from tests.api.fakes import World
from tests.api.test_measures import a_release, asked
from tests.domain.measures.attacker import Attacker, Published, Secret

AREAS = ("E06000001", "E06000002", "E06000003", "E06000004")
DAYS = (date(2025, 4, 2), date(2025, 7, 2), date(2025, 10, 2), date(2026, 1, 2))
STARTED = (Stage.STARTED, Stage.RETAINED)


class Kind(NamedTuple):
    """People who cannot be told apart by anything that is published."""

    area: str
    on: date
    stage: Stage
    referred: bool
    stayed: bool


KINDS = tuple(
    Kind(*each)
    for each in product(AREAS, DAYS, Stage, (True, False), (True, False))
    if each[2] is not Stage.SCREENED or not each[3]
)


def in_denominator(kind: Kind, measure: str) -> bool:
    if measure == "retention_started":
        return kind.stage in STARTED
    referred = kind.referred or "referred" not in measure
    return referred and (kind.stayed or not measure.endswith("stayed"))


def in_numerator(kind: Kind, measure: str) -> bool:
    reached = (Stage.RETAINED,) if measure.startswith("retention") else STARTED
    return in_denominator(kind, measure) and kind.stage in reached


def a_person(number: int, kind: Kind) -> MeasuredRelease:
    """A release of exactly this kind."""
    on, at = kind.on, list(Stage).index(kind.stage)
    late = on + timedelta(days=30) if kind.stage is Stage.REFERRED else None
    retained = kind.stage is Stage.RETAINED
    return a_release(
        number,
        on,
        destination=kind.area,
        referred_on=on - timedelta(days=9) if kind.referred else late,
        accepted=at >= 2,
        appointed=at >= 3,
        seen=at >= 4,
        started_on=on + timedelta(days=4) if at >= 5 else None,
        retention=RetentionOutcome.IN_TREATMENT if retained else None,
        retained_on=on + timedelta(days=88) if retained else None,
        returned_on=None if kind.stayed else on + timedelta(days=9),
    )


def people(seed: int) -> dict[Kind, int]:
    """So many of each kind: areas of different sizes, most kinds rare."""
    draw = random.Random(seed)
    size = dict(zip(AREAS, (2, 6, 14, 30), strict=True))
    return {
        kind: draw.randint(0, size[kind.area])
        if draw.random() < (0.8 if kind.stayed else 0.2)
        else 0
        for kind in KINDS
    }


async def answers(as_: As) -> list[dict[str, Any]]:
    span = {"from": "2025-04", "to": "2026-03"}
    topics = ("continuity", "retention", "funnel")
    ways = product(topics, ("nation", "destination"), ("quarter", "year"))
    return [
        await asked(as_, f"/api/v1/measures/{topic}", by=by, per=per, **span)
        for topic, by, per in ways
    ]


def of(row: dict[str, Any]) -> tuple[Kind, ...]:
    """The kinds of a row's group and period."""
    period = parse_period(row["period"]["code"])
    group = row["group"]
    return tuple(k for k in KINDS if group in {"all", k.area} and period.contains(k.on))


def sums_of(row: dict[str, Any]) -> Iterator[tuple[str, tuple[Kind, ...], int | None]]:
    """Each number of people that a row is about, with what is told of it."""
    kinds, name = of(row), f"{row['group']} {row['period']['code']} {row.get('measure', 'funnel')}"
    if "measure" in row:
        x, n = row["numerator"], row["denominator"]
        reached = tuple(k for k in kinds if in_numerator(k, row["measure"]))
        whole = tuple(k for k in kinds if in_denominator(k, row["measure"]))
        yield f"{name} reached", reached, x
        others = tuple(k for k in whole if k not in reached)
        yield f"{name} not reached", others, None if n is None else n - x
        return
    stages = list(Stage)
    for n, stage in enumerate(stages):
        told = row["reached"]
        after = told[stages[n + 1]] if told and n + 1 < len(stages) else 0
        exactly = tuple(k for k in kinds if k.stage is stage)
        yield f"{name} {stage}", exactly, None if told is None else told[stage] - after


def rows_of(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for answer in found:
        clinical = ("cover_continuous", "naloxone_supplied")
        yield from (row for row in answer["figures"] if row["measure"] not in clinical)
        yield from answer["funnel"]


@pytest.mark.parametrize("seed", range(3))
async def test_no_small_number_comes_out_of_all_answers_together(
    world: World, as_: As, seed: int
) -> None:
    count = people(seed)
    kinds = [kind for kind, number in count.items() for _ in range(number)]
    world.measured.releases = [a_person(n, kind) for n, kind in enumerate(kinds)]
    told: list[Published] = []
    secrets: list[Secret] = []

    for row in rows_of(await answers(as_)):
        for name, unknowns, value in sums_of(row):
            true = sum(count[kind] for kind in unknowns)
            assert value in {None, true}, name
            if value is not None:
                told.append((unknowns, value))
            elif 1 <= true <= 4:
                secrets.append(Secret(name, unknowns, true))

    assert secrets
    known = {kind for unknowns, _ in told for kind in unknowns}
    can_be_asked = [each for each in secrets if known.issuperset(each.of)]
    assert Attacker(told).worked_out(can_be_asked) == []
