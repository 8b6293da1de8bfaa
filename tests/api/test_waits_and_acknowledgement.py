"""Welsh waits by band and acknowledgement times: right, withheld where small, of their nation."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest

from domain.access import Subject
from domain.codes import Nation, Role
from domain.measures.release import Acknowledgement
from domain.measures.waits import WaitBand
from domain.policy import Severity
from tests.api.conftest import As
from tests.api.fakes import World
from tests.api.test_measures import (
    BIRMINGHAM,
    CARDIFF,
    HARTLEPOOL,
    YEAR,
    a_release,
    asked,
)

EVERYWHERE = Subject("com-all", Role.COMMISSIONER, areas=None)
SWANSEA = "W06000011"
WAITS = "/api/v1/measures/waits"
ACKNOWLEDGEMENT = "/api/v1/measures/acknowledgement"
TO_MARCH = {"from": "2025-04", "to": "2026-03"}


def to_wales(
    world: World, area: str, starts_after: int | None, number: int, **facts: object
) -> None:
    """So many releases in each quarter of the year to March, referred on the day of release."""
    for on in (date(2025, 4, 2), date(2025, 7, 2), date(2025, 10, 2), date(2026, 1, 6)):
        start = None if starts_after is None else on + timedelta(days=starts_after)
        for _ in range(number):
            found: dict[str, Any] = {
                "nation": Nation.WALES,
                "destination": area,
                "probation_region": "N03",
                "referred_on": on,
                "started_on": start,
            }
            each = a_release(len(world.measured.releases), on, **(found | facts))
            world.measured.releases.append(each)


@pytest.fixture
def waited(world: World) -> World:
    for area, times in ((CARDIFF, 2), (SWANSEA, 1)):
        to_wales(world, area, 5, 20 * times)
        to_wales(world, area, 60, 6 * times)
        to_wales(world, area, 120, 7 * times)
        to_wales(world, area, -3, 5 * times)
        to_wales(world, area, None, 6 * times)
        to_wales(world, area, None, 5 * times, missed=True)
        to_wales(world, area, None, 8 * times, referred_on=None)
    return world


async def test_wales_is_told_band_by_band_with_its_invalid_rows(waited: World, as_: As) -> None:
    answer = await asked(as_, WAITS, **TO_MARCH)

    (row,) = answer["waits"]
    assert (answer["nation"], row["group"], row["period"]["code"]) == (
        *("wales", "all", "year-to-2026-03"),
    )
    expected = dict.fromkeys(map(str, WaitBand), 0) | {
        "within_20_working_days": 240,
        "4_to_12_weeks": 72,
        "3_to_6_months": 84,
        "invalid": 60,
        "not_started": 72,
        "did_not_attend_before_assessment": 60,
        "not_referred": 96,
    }
    assert row["bands"] == expected
    (rate,) = (each for each in answer["figures"] if each["measure"] == "wales_wait")
    assert (rate["numerator"], rate["denominator"]) == (240, 240 + 72 + 84)


async def test_bands_are_a_file_with_a_line_for_each(waited: World, as_: As) -> None:
    answer = await as_(Role.COMMISSIONER).get(f"{WAITS}.csv", **TO_MARCH)

    lines = [each for each in csv.DictReader(io.StringIO(answer.text)) if each["band"]]
    assert {each["band"]: each["numerator"] for each in lines}["invalid"] == "60"
    assert {each["measure"] for each in lines} == {"wales_wait"}
    assert {each["denominator"] for each in lines} == {""}


async def test_a_welsh_area_is_told_for_the_year_to_march(waited: World, as_: As) -> None:
    answer = await as_(EVERYWHERE).get(WAITS, area=SWANSEA)

    (row,) = answer.json()["waits"]
    assert row["period"]["code"] == "year-to-2026-03"
    assert row["bands"]["invalid"] == 20
    assert row["bands"]["3_to_6_months"] == 28


async def test_a_few_long_waits_of_an_area_are_not_told_by_those_of_wales(
    waited: World, as_: As
) -> None:
    on = date(2025, 4, 2)
    facts = {"nation": Nation.WALES, "destination": SWANSEA, "referred_on": on}
    for n in range(2):
        late = a_release(90_000 + n, on, started_on=on + timedelta(days=300), **facts)
        waited.measured.releases.append(late)

    wales = (await asked(as_, WAITS, **TO_MARCH))["waits"][0]["bands"]
    table = (await as_(EVERYWHERE).get(WAITS, by="destination")).json()["waits"]
    area = {row["group"]: row["bands"] for row in table}

    assert wales["9_to_12_months"] is None
    hidden = [band for band, number in wales.items() if number is None]
    assert len(hidden) > 1
    for band in hidden:
        assert {each[band] for each in area.values()} == {None}


@pytest.mark.parametrize(
    "params",
    [
        {"per": "month"},
        {"prison": "LEI"},
        {"sex": "male"},
        {"by": "prison"},
        {"area": CARDIFF, "sex": "male"},
        {"area": CARDIFF, "per": "quarter", **TO_MARCH},
        {"by": "destination", "per": "quarter", **TO_MARCH},
    ],
)
async def test_bands_that_are_published_for_nobody_are_refused_with_what_is(
    waited: World, as_: As, params: dict[str, str]
) -> None:
    answer = await as_(EVERYWHERE).get(WAITS, **params)

    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] in {"not_published", "no_period"}


async def test_england_has_no_waits_and_another_areas_are_refused(waited: World, as_: As) -> None:
    for params in ({"nation": "england"}, {"area": HARTLEPOOL}):
        england = await as_(Role.AUDITOR).get(WAITS, **params)
        assert (england.status_code, england.json()["code"]) == (422, "no_such_measure")
    for params in ({"area": SWANSEA}, {"by": "destination"}):
        others = await as_(Role.COMMISSIONER).get(WAITS, **params)
        assert (others.status_code, others.json()["code"]) == (403, "area_not_yours")


def escalated(world: World, area: str, *minutes: int | None, times: int = 1) -> None:
    """In each quarter so many releases, with an escalation about a life for each answer."""
    answers = tuple(Acknowledgement(severity=Severity.S1, minutes=each) for each in minutes)
    for on in (date(2025, 4, 2), date(2025, 7, 2), date(2025, 10, 2), date(2026, 1, 6)):
        for _ in range(times):
            facts = {"destination": area, "acknowledgements": answers}
            each = a_release(len(world.measured.releases), on, **facts)
            world.measured.releases.append(each)


def of(answer: dict[str, Any], severity: str = "S1") -> dict[str, dict[str, Any]]:
    return {each["group"]: each for each in answer["acknowledged"] if each["severity"] == severity}


@pytest.fixture
def acknowledged(world: World) -> World:
    escalated(world, HARTLEPOOL, 4, 12, 90, times=6)
    escalated(world, BIRMINGHAM, 4, None, times=7)
    return world


async def test_acknowledgement_is_told_by_severity_within_its_limit(
    acknowledged: World, as_: As
) -> None:
    answer = await asked(as_, ACKNOWLEDGEMENT, **TO_MARCH)

    found = of(answer)["all"]
    assert (found["acknowledged_within"], found["escalations"]) == (48 + 28, 72 + 56)
    assert (found["within_minutes"], found["half_within_minutes"]) == (15, 15)
    assert of(answer, "S2")["all"]["withheld"] == "no_releases"
    assert {each["id"] for each in answer["definitions"]} == {"acknowledgement"}


async def test_areas_are_told_for_the_year_to_march_and_a_small_one_is_not(
    acknowledged: World, as_: As
) -> None:
    escalated(acknowledged, "E08000035", 4, None, times=5)
    by_area = of(await asked(as_, ACKNOWLEDGEMENT, by="destination"))
    assert (by_area[HARTLEPOOL]["acknowledged_within"], by_area[HARTLEPOOL]["escalations"]) == (
        *(48, 72),
    )

    on = date(2025, 4, 3)
    one = (Acknowledgement(severity=Severity.S1, minutes=None),)
    few = a_release(90_000, on, destination="E06000004", acknowledgements=one)
    acknowledged.measured.releases.append(few)
    by_area = of(await asked(as_, ACKNOWLEDGEMENT, by="destination"))

    hidden = {area for area, each in by_area.items() if each["withheld"] == "small_numbers"}
    assert "E06000004" in hidden
    assert len(hidden) > 1
    assert all(by_area[each]["half_within_minutes"] is None for each in hidden)


async def test_acknowledgement_is_a_file(acknowledged: World, as_: As) -> None:
    answer = await as_(Role.COMMISSIONER).get(f"{ACKNOWLEDGEMENT}.csv", area=HARTLEPOOL)

    rows = {each["severity"]: each for each in csv.DictReader(io.StringIO(answer.text))}
    assert (rows["S1"]["numerator"], rows["S1"]["denominator"]) == ("48", "72")
    assert rows["S1"]["within_minutes"] == "15"
    assert rows["S4"]["withheld"] == "no_releases"


@pytest.mark.parametrize(
    "params",
    [
        {"by": "month", **YEAR},
        {"by": "sex", "per": "quarter", **YEAR},
        {"area": HARTLEPOOL, "by": "sex"},
        {"prison": "LEI", "sex": "male"},
    ],
)
async def test_times_that_are_published_for_nobody_are_refused_with_what_is(
    acknowledged: World, as_: As, params: dict[str, str]
) -> None:
    answer = await as_(Role.COMMISSIONER).get(ACKNOWLEDGEMENT, **params)

    assert (answer.status_code, answer.json()["code"]) == (422, "not_published")
    assert "for the year to March" in answer.json()["detail"]
