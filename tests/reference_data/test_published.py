"""The published series as shipped: complete, with its conflicts and its vintages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain.codes import Nation
from domain.measures.definitions import DEFINITIONS, MeasureId
from domain.measures.published import PublishedPeriod, Standing, disagree, series
from infra.reference_data.published import FILE, published_figures
from infra.reference_data.reading import ReferenceDataError

YEARS = PublishedPeriod.FINANCIAL_YEAR
HEADINGS = (
    "measure,nation,area,period_type,period,percent,numerator,denominator,denominator_exact,"
    "status,vintage,source,certainty,note"
)


def england(known_on: date | None = None) -> dict[str, list[str]]:
    found = series(published_figures(), MeasureId.CONTINUITY_NEED, "England", YEARS, known_on)
    return {period: [str(each.shown_percent) for each in of] for period, of in found.items()}


def test_the_national_series_is_complete_and_conflicts_stand_side_by_side() -> None:
    assert england() == {
        "2015-16": ["30", "30.3"],
        "2019-20": ["34.5", "35", "34"],
        "2020-21": ["38.1"],
        "2021-22": ["37"],
        "2022-23": ["43"],
        "2023-24": ["53"],
    }


def test_a_conflict_names_its_sources() -> None:
    found = series(published_figures(), MeasureId.CONTINUITY_NEED, "England", YEARS)["2019-20"]

    assert disagree(found)
    assert len({each.source for each in found}) == 3
    assert {each.standing for each in found} == {Standing.OFFICIAL, Standing.INSPECTION}


def test_a_vintage_leaves_out_what_was_published_later() -> None:
    assert england(date(2021, 12, 31)) == {"2019-20": ["35", "34"]}
    assert list(england(date(2022, 1, 27))) == ["2015-16", "2019-20", "2020-21"]


def test_months_never_stand_in_a_series_of_years() -> None:
    months = series(
        published_figures(), MeasureId.CONTINUITY_NEED, "England", PublishedPeriod.MONTH
    )

    assert list(months) == ["2021-04", "2025-06"]
    assert all(of[0].standing is Standing.MANAGEMENT_INFORMATION for of in months.values())


def test_welsh_figures_belong_to_a_welsh_measure() -> None:
    for each in published_figures():
        assert each.nation in DEFINITIONS[each.measure].nations
        assert (each.nation is Nation.WALES) == (each.area == "Wales")


def test_every_figure_names_its_source() -> None:
    assert all(each.source and each.period for each in published_figures())


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "continuity_need,england,England,financial_year,2024-25,much,,,,official,2026-01-01,x,high,",
            "a percentage must be",
        ),
        (
            "continuity_need,england,England,financial_year,2024-25,,5,25000,false,official,2026-01-01,x,high,",
            "exact denominator",
        ),
        (
            "continuity,england,England,financial_year,2024-25,5,,,,official,2026-01-01,x,high,",
            "MeasureId",
        ),
    ],
)
def test_a_row_that_cannot_be_used_names_its_line(tmp_path: Path, row: str, reason: str) -> None:
    (tmp_path / FILE).write_text(f"{HEADINGS}\n{row}\n")

    with pytest.raises(ReferenceDataError, match=f"line 2.*{reason}"):
        published_figures(tmp_path)


def test_a_newer_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    row = (
        "continuity_need,england,England,financial_year,2024-25,55.5,,,,official,2026-01-29,x,high,"
    )
    (tmp_path / FILE).write_text(f"{HEADINGS}\n{row}\n")

    assert [each.percent for each in published_figures(tmp_path)] == [Decimal("55.5")]
