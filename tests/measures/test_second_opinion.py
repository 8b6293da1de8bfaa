"""An independent query over the same file gives the same numbers, for every cut."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from api.measure_records import CountsFound, CountsWanted
from api.narrowing import FILTERS
from domain.codes import Nation
from domain.measures.cuts import NOT_RECORDED, WHOLE, Cut
from domain.measures.periods import Period, PeriodKind
from infra.database.engine import Database
from infra.measures.reading import SqlMeasures
from infra.measures.rebuilding import rebuild_sums
from infra.measures.rows import WITHIN_AN_AREA
from tests.measures.cohorts import AREAS, a_csv, load
from tests.measures.second_opinion import SecondOpinion

YEAR = Period(PeriodKind.YEAR, date(2026, 6, 1))
FAMILIES = ("days", "furthest", "lapse", "wait", "ack", "excluded")
FIRST, LAST = "2025-07-01", "2026-06-01"


def with_gaps(text: str) -> str:
    """The same file, of which every seventh line leaves out what may be left out."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for row in rows[::7]:
        row.update(dict.fromkeys(("treatment_group", "date_of_birth", "probation_unit"), ""))
    changed = io.StringIO()
    writer = csv.DictWriter(changed, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return changed.getvalue()


@pytest.fixture(scope="module")
def text() -> str:
    return with_gaps(a_csv(600))


@pytest.fixture(scope="module")
def opinion(text: str, tmp_path_factory: pytest.TempPathFactory) -> SecondOpinion:
    path = tmp_path_factory.mktemp("past") / "past.csv"
    path.write_text(text, encoding="utf-8")
    return SecondOpinion(path)


def narrowed(wanted: CountsWanted, filters: dict[str, Any]) -> CountsWanted:
    return replace(wanted, **filters)


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


def test_each_filter_is_the_group_of_the_independent_query(
    database: Database, text: str, opinion: SecondOpinion
) -> None:
    """Of the nation, and of an area by every cut that is published within one."""
    load(database, text)
    whole = CountsWanted(Nation.ENGLAND, Cut.NATION, (YEAR,))
    for cut, name in FILTERS.items():
        for area in (None, AREAS[1]) if cut in WITHIN_AN_AREA else (None,):
            expected = opinion.england(cut.value, FIRST, LAST, area)
            for group, numbers in expected.items():
                wanted = narrowed(whole, {"area": area, name: group})
                found = counts(database, wanted)[YEAR][WHOLE]
                assert {each: found[each] for each in numbers} == numbers, (area, cut, group)


def test_the_groups_of_every_cut_add_up_and_nobody_is_in_no_nation(
    database: Database, text: str, opinion: SecondOpinion
) -> None:
    """With those of whom it is not recorded, and with those who went to Wales."""
    load(database, text)
    ((lines,),) = opinion.rows("SELECT count(*) FROM past WHERE month BETWEEN ? AND ?", FIRST, LAST)
    for cut in Cut:
        by_nation = [counts(database, CountsWanted(each, cut, (YEAR,)))[YEAR] for each in Nation]
        assert sum(each["releases"] for found in by_nation for each in found.values()) == lines
        for nation, found in zip(Nation, by_nation, strict=True):
            whole = counts(database, CountsWanted(nation, Cut.NATION, (YEAR,)))[YEAR][WHOLE]
            first, *others = found.values()
            for each in others:
                first += each
            assert dict(first) == dict(whole), (nation, cut)
    for cut in (Cut.SUBSTANCE_GROUP, Cut.AGE_BAND):
        within = counts(database, CountsWanted(Nation.ENGLAND, cut, (YEAR,), area=AREAS[1]))[YEAR]
        assert within[NOT_RECORDED]["releases"] > 0


def test_every_welsh_band_agrees(database: Database, text: str, opinion: SecondOpinion) -> None:
    load(database, text)
    for area in (None, AREAS[3]):
        wanted = CountsWanted(Nation.WALES, Cut.NATION, (YEAR,), area=area, families=("wait",))

        found = counts(database, wanted)[YEAR][WHOLE].family("wait")

        assert found == opinion.welsh_bands(FIRST, LAST, area)
        assert len(found) > 2
