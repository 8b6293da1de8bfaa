"""An independent query over the same file gives the same numbers, for every cut."""

from __future__ import annotations

from datetime import date

import pytest

from api.measure_records import CountsFound, CountsWanted
from domain.codes import Nation
from domain.measures.cuts import Cut
from domain.measures.periods import Period, PeriodKind
from infra.database.engine import Database
from infra.measures.reading import SqlMeasures
from infra.measures.rebuilding import rebuild_sums
from tests.measures.cohorts import AREAS, a_csv, load
from tests.measures.second_opinion import SecondOpinion

YEAR = Period(PeriodKind.YEAR, date(2026, 6, 1))
FAMILIES = ("days", "furthest", "lapse", "wait", "ack", "excluded")
FIRST, LAST = "2025-07-01", "2026-06-01"


@pytest.fixture(scope="module")
def text() -> str:
    return a_csv(600)


@pytest.fixture(scope="module")
def opinion(text: str, tmp_path_factory: pytest.TempPathFactory) -> SecondOpinion:
    path = tmp_path_factory.mktemp("past") / "past.csv"
    path.write_text(text, encoding="utf-8")
    return SecondOpinion(path)


def counts(database: Database, wanted: CountsWanted) -> CountsFound:
    (found,) = SqlMeasures(database).counts([wanted])
    return found


def test_every_cut_has_the_numbers_of_an_independent_query(
    database: Database, text: str, opinion: SecondOpinion
) -> None:
    load(database, text)
    for cut in Cut:
        expected = opinion.england(cut.value, FIRST, LAST)

        found = counts(database, CountsWanted(Nation.ENGLAND, cut, (YEAR,)))[YEAR]

        assert set(found) == set(expected), cut
        assert len(expected) > 1 or cut is Cut.NATION
        for group, numbers in expected.items():
            assert {name: found[group][name] for name in numbers} == numbers, (cut, group)


def test_sums_built_anew_are_those_that_were_kept(database: Database, text: str) -> None:
    load(database, text)
    wanted = [
        CountsWanted(nation, cut, (YEAR,), area=area, families=FAMILIES if area is None else ())
        for nation in Nation
        for cut in Cut
        for area in (None, AREAS[1])
    ]
    kept = SqlMeasures(database).counts(wanted)

    with database.write() as session:
        rebuild_sums(session, "any")

    assert SqlMeasures(database).counts(wanted) == kept


def test_what_is_counted_row_by_row_equals_the_sums(database: Database, text: str) -> None:
    """By day of knowledge every release is read by itself; today that must change nothing."""
    load(database, text)
    for cut in Cut:
        summed = CountsWanted(Nation.ENGLAND, cut, (YEAR,), families=FAMILIES)
        counted = CountsWanted(
            Nation.ENGLAND, cut, (YEAR,), families=FAMILIES, known_on=date(2099, 1, 1)
        )
        assert counts(database, summed) == counts(database, counted)


def test_the_days_to_start_and_the_welsh_waits_agree_as_well(
    database: Database, text: str, opinion: SecondOpinion
) -> None:
    load(database, text)

    england = counts(database, CountsWanted(Nation.ENGLAND, Cut.NATION, (YEAR,), families=FAMILIES))
    days = england[YEAR]["all"].family("days")
    assert {int(day.removesuffix("+")): n for day, n in days.items()} == opinion.days_to_start(
        FIRST, LAST
    )
    wales = counts(database, CountsWanted(Nation.WALES, Cut.NATION, (YEAR,)))[YEAR]["all"]
    found = (wales["wait_referred"], wales["wait_valid"], wales["wait_within"])
    assert found == opinion.welsh_waits(FIRST, LAST)
    assert min(found) > 0


def test_any_filter_is_the_same_as_adding_up_its_releases(
    database: Database, text: str, opinion: SecondOpinion
) -> None:
    """Filters that no sum stands ready for are counted from releases."""
    load(database, text)
    ((prison, area, group, expected),) = opinion.rows(
        """SELECT prison, local_authority, treatment_group, count(*) FROM past
        WHERE NOT is_wales AND month BETWEEN ? AND ?
        GROUP BY ALL ORDER BY count(*) DESC, prison LIMIT 1""",
        FIRST,
        LAST,
    )

    found = counts(
        database,
        CountsWanted(Nation.ENGLAND, Cut.NATION, (YEAR,), area=area, prison=prison, group=group),
    )

    assert found[YEAR]["all"]["releases"] == expected
