"""Measures over the API: right figures, nothing small, nobody else's area, one nation at a time."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from api.measure_records import BadLines
from api.measures.files import COLUMNS
from domain.access import Subject
from domain.codes import Nation, Role, Sex, SubstanceGroup, TreatmentNeed
from domain.facts import RetentionOutcome
from domain.measures.release import MeasuredRelease
from domain.measures.statistics.wilson import Confidence, wilson
from tests.api.conftest import SUBJECTS, As
from tests.api.fakes import World

HARTLEPOOL, BIRMINGHAM, CARDIFF = "E06000001", "E08000025", "W06000015"
FIRST = date(2024, 4, 1)
CONTINUITY = "/api/v1/measures/continuity"
YEAR = {"from": "2025-10", "to": "2026-09"}


def a_release(number: int, on: date, **changes: object) -> MeasuredRelease:
    facts: dict[str, Any] = {
        "release_id": f"rel-{number}",
        "nation": Nation.ENGLAND,
        "destination": HARTLEPOOL,
        "prison": "LEI",
        "probation_region": "N54",
        "released_on": on,
        "group": SubstanceGroup.OPIATE,
        "sex": Sex.MALE,
        "age": 30,
        "need": TreatmentNeed.NEEDED,
        "referred_on": on - timedelta(days=3),
    }
    return MeasuredRelease.model_validate(facts | changes)


def many(world: World, area: str, per_month: int, started: int, **changes: object) -> None:
    """So many releases on the second of each month for two and a half years."""
    for month in range(30):
        on = date(
            FIRST.year + (FIRST.month + month - 1) // 12, (FIRST.month + month - 1) % 12 + 1, 2
        )
        for each in range(per_month):
            start = on + timedelta(days=4) if each < started else None
            found = a_release(
                len(world.measured.releases), on, destination=area, started_on=start, **changes
            )
            world.measured.releases.append(found)


@pytest.fixture
def measured(world: World) -> World:
    many(world, HARTLEPOOL, per_month=30, started=12)
    many(world, BIRMINGHAM, per_month=50, started=30)
    many(world, "E08000035", per_month=40, started=20)
    return world


async def asked(as_: As, path: str = CONTINUITY, **params: str) -> dict[str, Any]:
    answer = await as_(Role.COMMISSIONER).get(path, **params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def figures(answer: dict[str, Any], measure: str = "continuity_need") -> dict[str, Any]:
    return {each["group"]: each for each in answer["figures"] if each["measure"] == measure}


async def test_a_nation_has_its_rate_with_its_interval(measured: World, as_: As) -> None:
    answer = await asked(as_, **YEAR)

    found = figures(answer)["all"]
    assert (found["numerator"], found["denominator"]) == (62 * 12, 120 * 12)
    assert found["percent"] == pytest.approx(100 * 62 / 120)
    expected = wilson(62 * 12, 120 * 12, Confidence.NINETY_FIVE)
    assert found["lower_95"] == pytest.approx(100 * expected.lower)
    assert found["against_target"] == "worse"
    assert {each["id"] for each in answer["definitions"]} >= {"continuity_need"}
    assert answer["days_to_start"][0]["days"] == 4


async def test_without_months_the_latest_year_that_can_be_judged_is_told(
    measured: World, as_: As
) -> None:
    (period,) = {each["period"]["code"] for each in (await asked(as_))["figures"]}

    assert period == "year-to-2026-09"


async def test_every_area_is_in_the_published_table_by_name(measured: World, as_: As) -> None:
    found = figures(await asked(as_, by="destination", **YEAR))

    assert {area: each["numerator"] for area, each in found.items()} == {
        HARTLEPOOL: 144,
        BIRMINGHAM: 360,
        "E08000035": 240,
    }
    assert found[HARTLEPOOL]["group_name"] == f"Name of {HARTLEPOOL}"


async def test_another_areas_breakdown_is_refused_and_not_empty(measured: World, as_: As) -> None:
    for params in (
        {"area": BIRMINGHAM},
        {"area": BIRMINGHAM, "by": "sex"},
        {"by": "destination", "group": "opiate"},
    ):
        for path in (CONTINUITY, f"{CONTINUITY}.csv"):
            answer = await as_(Role.COMMISSIONER).get(path, **params)

            assert (answer.status_code, answer.json()["code"]) == (403, "area_not_yours"), params


async def test_the_own_area_is_answered(measured: World, as_: As) -> None:
    found = figures(await asked(as_, area=HARTLEPOOL, **YEAR))

    assert (found["all"]["numerator"], found["all"]["denominator"]) == (144, 360)


async def test_a_commissioner_of_all_areas_sees_each(measured: World, as_: As) -> None:
    everywhere = Subject("com-all", Role.COMMISSIONER, areas=None)

    answer = await as_(everywhere).get(CONTINUITY, area=BIRMINGHAM, **YEAR)

    assert figures(answer.json())["all"]["numerator"] == 360


async def test_a_small_number_is_withheld_everywhere_with_all_that_is_said_of_it(
    measured: World, as_: As
) -> None:
    many(measured, "E06000004", per_month=2, started=0)
    by_area = await asked(as_, by="destination", per="quarter", **YEAR)

    small = [each for each in by_area["figures"] if each["group"] == "E06000004"]
    assert small
    for each in small:
        if each["denominator"] is None:
            assert each["withheld"] == "small_numbers"
            said = ("numerator", "percent", "lower_95", "upper_95", "against_target")
            assert [each[name] for name in said] == [None] * 5
    referred = [each for each in small if each["measure"] == "continuity_need"]
    shown = [each["numerator"] for each in referred if each["numerator"] is not None]
    assert all(number == 0 or number > 4 for number in shown)


async def test_two_deaths_are_not_told_by_two_rates_side_by_side(measured: World, as_: As) -> None:
    dead = {"died_on": date(2026, 9, 10)}
    measured.measured.releases += [
        a_release(90_000 + n, date(2026, 9, 2), **dead) for n in range(2)
    ]

    answer = await asked(as_, by="month", **{"from": "2026-09", "to": "2026-09"})

    assert figures(answer)["all"]["denominator"] == 122
    assert figures(answer, "continuity_need_stayed")["all"]["withheld"] == "small_numbers"


async def test_groups_within_an_area_are_published_for_the_year_to_march(
    measured: World, as_: As
) -> None:
    many(measured, HARTLEPOOL, per_month=20, started=8, sex=Sex.FEMALE)
    many(measured, BIRMINGHAM, per_month=20, started=8, sex=Sex.FEMALE)
    many(measured, "E08000035", per_month=20, started=8, sex=Sex.FEMALE)

    found = figures(await asked(as_, area=HARTLEPOOL, by="sex"))

    assert {each["period"]["code"] for each in found.values()} == {"year-to-2026-03"}
    assert {sex: each["numerator"] for sex, each in found.items()} == {"male": 144, "female": 96}


@pytest.mark.parametrize(
    "params",
    [
        {"by": "destination", "per": "month"},
        {"by": "sex", "per": "month"},
        {"by": "prison", "group": "opiate"},
        {"prison": "LEI", "area": HARTLEPOOL},
        {"prison": "LEI", "group": "opiate"},
        {"by": "prison", "area": HARTLEPOOL},
        {"sex": "male", "age": "25-34"},
        {"region": "N54", "prison": "LEI"},
        {"by": "sex", "ethnicity": "white"},
        {"area": HARTLEPOOL, "sex": "male", "age": "25-34"},
        {"area": HARTLEPOOL, "region": "N54"},
        {"area": HARTLEPOOL, "sex": "male", "by": "age_band"},
        {"area": HARTLEPOOL, "sex": "male", "per": "quarter"},
        {"area": HARTLEPOOL, "by": "sex", "per": "quarter"},
    ],
)
async def test_what_is_finer_than_published_is_refused_with_what_to_ask(
    measured: World, as_: As, params: dict[str, str]
) -> None:
    answer = await as_(Role.COMMISSIONER).get(CONTINUITY, **params)

    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] in {"not_published", "no_period"}
    assert "published" in answer.json()["detail"]


async def test_a_recent_month_is_provisional_and_compared_with_nothing(
    measured: World, as_: As
) -> None:
    measured.time = measured.time.replace(month=10)

    answer = await asked(as_, by="month", **{"from": "2026-07", "to": "2026-09"})

    need = [each for each in answer["figures"] if each["measure"] == "continuity_need"]
    assert [each["period"]["maturity"] for each in need] == ["mature", "mature", "provisional"]
    assert need[-1]["against_target"] is None


async def test_wales_is_answered_by_its_own_measure_and_never_with_england(
    measured: World, as_: As
) -> None:
    many(measured, CARDIFF, per_month=20, started=10, nation=Nation.WALES)

    wales = await asked(as_, nation="wales", **YEAR)

    assert {each["measure"] for each in wales["figures"]} == {"wales_wait", "wales_wait_with_dna"}
    assert figures(wales, "wales_wait")["all"]["denominator"] == 120
    assert figures(await asked(as_, **YEAR))["all"]["denominator"] == 120 * 12
    refused = await as_(Role.COMMISSIONER).get("/api/v1/measures/retention", nation="wales")
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_measure")
    mixed = await as_(Role.AUDITOR).get(CONTINUITY, nation="england", area=CARDIFF)
    assert mixed.json()["errors"][0]["field"] == "nation"


async def test_what_is_excluded_is_counted_by_reason_in_every_answer(
    measured: World, as_: As
) -> None:
    early = {"started_on": date(2026, 9, 1)}
    measured.measured.releases += [
        *(a_release(80_000 + n, date(2026, 9, 2), **early) for n in range(6)),
        *(a_release(81_000 + n, date(2026, 9, 2), age=17) for n in range(2)),
    ]
    measured.measured.lines = BadLines(placed=7, unplaced=3)

    for path in (CONTINUITY, "/api/v1/measures/funnel", "/api/v1/measures/retention"):
        found = (await asked(as_, path, **YEAR))["excluded"]
        assert found == {
            "releases": 8,
            "by_reason": {"started_before_release": None, "under_age": None},
            "file_lines": 7,
            "file_lines_unplaced": 3,
        }
    assert figures(await asked(as_, **YEAR))["all"]["denominator"] == 120 * 12


async def test_retention_is_told_on_both_bases(world: World, as_: As) -> None:
    many(
        world,
        HARTLEPOOL,
        per_month=30,
        started=20,
        retention=None,
    )
    for n, each in enumerate(world.measured.releases):
        if each.started_on is not None and n % 2:
            kept = {"retention": RetentionOutcome.IN_TREATMENT}
            world.measured.releases[n] = each.model_copy(update=kept)

    answer = await asked(as_, "/api/v1/measures/retention", **YEAR)

    assert figures(answer, "retention_all")["all"]["denominator"] == 360
    assert figures(answer, "retention_started")["all"]["denominator"] == 240
    assert figures(answer, "retention_started")["all"]["numerator"] == 120


async def test_the_funnel_tells_where_people_are_lost(measured: World, as_: As) -> None:
    answer = await asked(as_, "/api/v1/measures/funnel", **YEAR)

    (funnel,) = answer["funnel"]
    assert list(funnel["reached"]) == [
        *("screened", "referred", "accepted", "appointed", "seen", "started", "retained")
    ]
    assert funnel["reached"]["screened"] == 120 * 12
    assert funnel["reached"]["started"] == 62 * 12


async def test_a_file_has_the_figures_of_the_json_under_documented_headings(
    measured: World, as_: As
) -> None:
    params = {"by": "destination", **YEAR}
    answer = await as_(Role.COMMISSIONER).get(f"{CONTINUITY}.csv", **params)

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(rows[0]) == [each.name for each in COLUMNS]
    told = figures(await asked(as_, **params))
    for row in (each for each in rows if each["measure"] == "continuity_need"):
        expected = told[row["group"]]
        assert int(row["numerator"]) == expected["numerator"]
        assert float(row["percent"]) == pytest.approx(expected["percent"], abs=1e-4)
    dictionary = await as_(Role.COMMISSIONER).get("/api/v1/measures/data-dictionary.csv")
    described = [each["name"] for each in csv.DictReader(io.StringIO(dictionary.text))]
    assert described == list(rows[0])


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"from": "2026-13"}, "from"),
        ({"from": "October"}, "from"),
        ({"from": "2026-05", "to": "2026-01"}, "from"),
        ({"area": "E99999999"}, "area"),
        ({"prison": "XXX"}, "prison"),
        ({"by": "postcode"}, "by"),
        ({"group": "crack"}, "group"),
        ({"sex": "unknown"}, "sex"),
        ({"age": "30"}, "age"),
        ({"ethnicity": "any"}, "ethnicity"),
        ({"region": "N99"}, "region"),
        ({"colour": "red"}, "colour"),
        ({"as_known_on": "2026-10-15"}, "as_known_on"),
    ],
)
async def test_a_wrong_parameter_is_named(
    measured: World, as_: As, params: dict[str, str], field: str
) -> None:
    answer = await as_(Role.COMMISSIONER).get(CONTINUITY, **params)

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]


async def test_a_day_stands_for_its_month(measured: World, as_: As) -> None:
    by_day = await asked(as_, **{"from": "2025-10-01", "to": "2026-09-30"})

    assert by_day == await asked(as_, **YEAR)


async def test_a_commissioner_without_areas_still_sees_the_nation(measured: World, as_: As) -> None:
    nobody = replace(SUBJECTS[Role.COMMISSIONER], id="none", areas=frozenset())

    assert (await as_(nobody).get(CONTINUITY, **YEAR)).status_code == 200
    assert (await as_(nobody).get(CONTINUITY, area=HARTLEPOOL)).status_code == 403


async def test_a_release_says_why_it_is_counted_to_clinicians_in_scope(
    world: World, as_: As
) -> None:
    state = world.has("rel-1")
    on = date(2026, 3, 2)
    world.measured.releases.append(
        a_release(1, on, started_on=on + timedelta(days=4)).model_copy(
            update={"release_id": state.release_id}
        )
    )

    answer = await as_(Role.HEALTHCARE).get("/api/v1/releases/rel-1/measures")

    told = {each["measure"]: each for each in answer.json()["items"]}
    need = told["continuity_need"]
    assert (need["counted"], need["reached"]) == (True, True)
    assert need["because"].startswith("Counted, as reached, because")
    assert [each["code"] for each in need["reasons"]] == ["need_identified", "started_in_window"]
    assert "wales_wait" not in told


@pytest.mark.parametrize(
    ("name", "by", "key"),
    [
        ("prison", "prison", "LEI"),
        ("region", "probation_region", "N54"),
        ("area", "destination", HARTLEPOOL),
        ("group", "substance_group", "opiate"),
        ("sex", "sex", "female"),
        ("age", "age_band", "45-54"),
        ("ethnicity", "ethnicity", "not_recorded"),
    ],
)
async def test_each_filter_tells_what_the_table_tells_of_its_group(
    measured: World, as_: As, name: str, by: str, key: str
) -> None:
    many(measured, BIRMINGHAM, per_month=20, started=9, sex=Sex.FEMALE, age=50)

    filtered = await asked(as_, **{name: key}, **YEAR)
    table = await asked(as_, by=by, **YEAR)

    for measure in ("continuity_need", "continuity_referred_stayed"):
        ours, theirs = figures(filtered, measure)["all"], figures(table, measure)[key]
        for told in ("numerator", "denominator", "withheld"):
            assert ours[told] == theirs[told]
    assert figures(filtered)["all"]["numerator"]
    assert filtered[name] == key


async def test_an_area_is_narrowed_by_what_is_published_within_it(measured: World, as_: As) -> None:
    for area in (HARTLEPOOL, BIRMINGHAM, "E08000035"):
        many(measured, area, per_month=20, started=8, sex=Sex.FEMALE)

    women = await asked(as_, area=HARTLEPOOL, sex="female")

    found = figures(women)["all"]
    assert (found["period"]["code"], found["numerator"]) == ("year-to-2026-03", 96)
    assert women["funnel"] == []
    others = await as_(Role.COMMISSIONER).get(CONTINUITY, area=BIRMINGHAM, sex="female")
    assert (others.status_code, others.json()["code"]) == (403, "area_not_yours")


async def test_what_is_left_out_of_one_group_is_not_told_by_another(
    measured: World, as_: As
) -> None:
    """Six left out of a nation, of whom five are men: the sixth is not told by subtraction."""
    many(measured, BIRMINGHAM, per_month=20, started=9, sex=Sex.FEMALE)
    for n, sex in enumerate([Sex.MALE] * 5 + [Sex.FEMALE]):
        left_out = a_release(80_000 + n, date(2026, 9, 2), sex=sex, age=17)
        measured.measured.releases.append(left_out)

    nation = await asked(as_, **YEAR)
    by_sex = [(await asked(as_, sex=sex, **YEAR))["excluded"] for sex in ("male", "female")]

    assert nation["excluded"]["releases"] == 6
    assert [each["releases"] for each in by_sex] == [None, None]
    assert [each["by_reason"] for each in by_sex] == [{}, {}]
