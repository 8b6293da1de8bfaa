"""Every cut and every filter at once, with months of the nation, put together and solved.

Overlapping tables are where single people are lost: months of a nation and quarters of its groups,
an authority within its region, groups within authorities beside the same groups of the nation. The
attacker gets all of them, by quarter and by year, and each figure that a filter tells besides.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import Any, NamedTuple

import pytest

from domain.access import Subject
from domain.codes import Role, Sex
from domain.measures.cuts import NOT_RECORDED, AgeBand
from domain.measures.periods import parse_period
from domain.measures.release import MeasuredRelease
from tests.api.conftest import As
from tests.api.fakes import World
from tests.api.test_measures import CONTINUITY, a_release
from tests.domain.measures.attacker import Attacker, Published, Secret

EVERYWHERE = Subject("com-all", Role.COMMISSIONER, areas=None)
REGION = {"E06000001": "N54", "E06000002": "N54", "E08000025": "N52", "E08000035": "N55"}
MONTHS = tuple(date(2025 + (3 + n) // 12, (3 + n) % 12 + 1, 2) for n in range(12))
AGES = {AgeBand.FROM_25_TO_34: 30, AgeBand.FROM_45_TO_54: 50}


class Kind(NamedTuple):
    """People who cannot be told apart by anything that is published."""

    destination: str
    prison: str
    sex: str
    age_band: str
    on: date
    started: bool

    @property
    def probation_region(self) -> str:
        return REGION[self.destination]


KINDS = tuple(
    Kind(*each)
    for each in product(
        REGION, ("LEI", "DHI"), (*Sex, NOT_RECORDED), AGES, MONTHS[::2], (True, False)
    )
)


def a_person(number: int, kind: Kind) -> MeasuredRelease:
    return a_release(
        number,
        kind.on,
        destination=kind.destination,
        prison=kind.prison,
        probation_region=kind.probation_region,
        sex=None if kind.sex == NOT_RECORDED else kind.sex,
        age=AGES[AgeBand(kind.age_band)],
        started_on=kind.on + timedelta(days=4) if kind.started else None,
    )


def people(seed: int) -> dict[Kind, int]:
    """So many of each kind: one sex, one prison and one area are rare, and so are some months."""
    draw = random.Random(seed)
    weight: Mapping[str, float] = {
        Sex.MALE: 1,
        Sex.FEMALE: 0.3,
        NOT_RECORDED: 0.04,
        "LEI": 1,
        "DHI": 0.2,
        "E06000001": 0.2,
    }
    rare = draw.sample(MONTHS, 3)

    def number(kind: Kind) -> int:
        expected = 5.0
        for each in (kind.destination, kind.prison, kind.sex):
            expected *= weight.get(each, 1)
        expected *= 0.15 if kind.on in rare else 1
        return sum(draw.random() < expected / 8 for _ in range(8))

    return {kind: number(kind) for kind in KINDS}


SPAN = {"from": "2025-04", "to": "2026-03"}
OF_AREAS = ("sex", "age_band")
QUESTIONS: tuple[dict[str, str], ...] = (
    {"by": "month"},
    *(
        {"by": by, "per": per}
        for by in ("nation", "probation_region", "destination", "prison", *OF_AREAS)
        for per in ("quarter", "year")
    ),
    *({"area": area, "by": by} for area in REGION for by in OF_AREAS),
    *({"area": area, "sex": sex} for area in REGION for sex in (*Sex, NOT_RECORDED)),
    {"by": "destination", "sex": "female"},
    *(
        {name: key, "per": per}
        for name, key in (("prison", "DHI"), ("region", "N54"), ("sex", "female"))
        for per in ("quarter", "year")
    ),
)
COLUMN = {"area": "destination", "region": "probation_region", "age": "age_band"}


def kinds_of(params: Mapping[str, str], row: Mapping[str, Any]) -> tuple[Kind, ...]:
    """The kinds of people whom a row of an answer counts."""
    given = {
        COLUMN.get(name, name): value
        for name, value in params.items()
        if name not in {"by", "per", "from", "to"}
    }
    by = params.get("by", "nation")
    if by not in {"nation", "month"}:
        given[by] = row["group"]
    period = parse_period(row["period"]["code"])
    return tuple(
        kind
        for kind in KINDS
        if period.contains(kind.on) and all(getattr(kind, n) == v for n, v in given.items())
    )


def told_by(
    params: Mapping[str, str], answer: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[Kind, ...], int | None]]:
    for row in answer["figures"]:
        if row["measure"] != "continuity_need":
            continue
        kinds, x, n = kinds_of(params, row), row["numerator"], row["denominator"]
        name = f"{params} {row['group']} {row['period']['code']}"
        is_empty = row["withheld"] == "no_releases"
        reached, whole = (0, 0) if is_empty else (x, n)
        yield f"{name} reached", tuple(k for k in kinds if k.started), reached
        others = None if whole is None or reached is None else whole - reached
        yield f"{name} not reached", tuple(k for k in kinds if not k.started), others


@pytest.mark.parametrize("seed", range(3))
async def test_no_small_number_comes_out_of_overlapping_cuts(
    world: World, as_: As, seed: int
) -> None:
    count = people(seed)
    kinds = [kind for kind, number in count.items() for _ in range(number)]
    world.measured.regions = REGION
    world.measured.releases = [a_person(n, kind) for n, kind in enumerate(kinds)]
    told: list[Published] = []
    secrets: list[Secret] = []

    for params in QUESTIONS:
        answer = await as_(EVERYWHERE).get(CONTINUITY, **SPAN, **params)
        assert answer.status_code == 200, answer.text
        for name, unknowns, value in told_by(params, answer.json()):
            true = sum(count[kind] for kind in unknowns)
            assert value in {None, true}, name
            if value is not None:
                told.append((unknowns, value))
            elif 1 <= true <= 4:
                secrets.append(Secret(name, unknowns, true))

    known = {kind for unknowns, _ in told for kind in unknowns}
    assert secrets
    assert Attacker(told).worked_out([each for each in secrets if known.issuperset(each.of)]) == []
