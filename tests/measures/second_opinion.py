"""The measures once more, in DuckDB's SQL over the file itself, written from the rules alone.

Nothing of the product is imported but the folder of its public lists.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

LISTS = Path(__file__).parents[2] / "infra" / "reference_data"

_LOAD = """
CREATE TABLE past AS
SELECT
    f.*,
    date_trunc('month', exit_date) AS month,
    la.country = 'Wales' AS is_wales,
    coalesce(pdu.region_code, la.probation_region_code) AS probation_region,
    date_diff('year', date_of_birth, exit_date)
        - CASE WHEN strftime(exit_date, '%m%d') < strftime(date_of_birth, '%m%d')
          THEN 1 ELSE 0 END AS age,
    treatment_group IN
        ('opiate', 'non_opiate_only', 'non_opiate_and_alcohol', 'alcohol_only') AS has_need,
    coalesce(treatment_start - exit_date BETWEEN 0 AND 21, false) AS started,
    coalesce(referral_date <= exit_date + 21, false) AS referred,
    coalesce(death_date <= exit_date + 21, false)
        OR coalesce(return_to_custody_date <= exit_date + 21, false) AS interrupted,
    coalesce(twelve_week_outcome IN ('in_treatment', 'left_treatment_complete'), false) AS stayed_on
FROM read_csv(?, header = true, all_varchar = false, types = {
    'prison_number': 'VARCHAR', 'treatment_start': 'DATE', 'death_date': 'DATE',
    'return_to_custody_date': 'DATE', 'referral_date': 'DATE', 'date_of_birth': 'DATE',
    'exit_date': 'DATE', 'twelve_week_outcome': 'VARCHAR', 'treatment_group': 'VARCHAR',
    'probation_unit': 'VARCHAR', 'ethnicity': 'VARCHAR'}) f
JOIN read_csv(?, header = true) la ON la.ons_code = f.local_authority
LEFT JOIN read_csv(?, header = true) pdu ON pdu.pdu_code = f.probation_unit
"""

GROUPS = {
    "nation": "'all'",
    "probation_region": "probation_region",
    "destination": "local_authority",
    "prison": "prison",
    "substance_group": """CASE WHEN treatment_group IN ('opiate', 'non_opiate_only',
        'non_opiate_and_alcohol', 'alcohol_only') THEN treatment_group ELSE 'not_recorded' END""",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "age_band": """CASE WHEN age IS NULL THEN 'not_recorded'
        WHEN age >= 55 THEN '55+' WHEN age >= 45 THEN '45-54'
        WHEN age >= 35 THEN '35-44' WHEN age >= 25 THEN '25-34' ELSE '18-24' END""",
}

_SUMS = {
    "releases": "true",
    "need": "has_need",
    "need_started": "has_need AND started",
    "referred": "has_need AND referred",
    "referred_started": "has_need AND referred AND started",
    "need_stayed": "has_need AND NOT interrupted",
    "need_stayed_started": "has_need AND NOT interrupted AND started",
    "referred_stayed": "has_need AND referred AND NOT interrupted",
    "referred_stayed_started": "has_need AND referred AND NOT interrupted AND started",
    "retained": "has_need AND started AND stayed_on",
}

HEADLINE = ("releases", "need", "need_started")


class SecondOpinion:
    """A file of past releases in DuckDB."""

    def __init__(self, csv: Path, threads: int = 2) -> None:
        self.connection = duckdb.connect(config={"threads": threads})
        self.connection.execute("SET enable_progress_bar = false")
        places = [str(csv), str(LISTS / "local_authorities.csv"), str(LISTS / "pdus.csv")]
        self.connection.execute(_LOAD, places)

    def rows(self, query: str, *given: object) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(given)).fetchall()

    def england(
        self, cut: str, first: str, last: str, area: str | None = None
    ) -> dict[str, dict[str, int]]:
        """Every proportion's numbers by group, for releases in months from first to last."""
        sums = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in _SUMS.values())
        query = f"""SELECT {GROUPS[cut]} AS own, {sums} FROM past
            WHERE NOT is_wales AND month BETWEEN ? AND ? AND coalesce(local_authority = ?, true)
            GROUP BY own"""  # noqa: S608 - our own words
        found = self.rows(query, first, last, area)
        return {own: dict(zip(_SUMS, numbers, strict=True)) for own, *numbers in found}

    def days_to_start(self, first: str, last: str) -> dict[int, int]:
        """How many started on each day after release; 85 stands for every later day."""
        query = """SELECT least(treatment_start - exit_date, 85) AS days, count(*) FROM past
            WHERE NOT is_wales AND has_need AND treatment_start >= exit_date
            AND month BETWEEN ? AND ? GROUP BY days"""
        return dict(self.rows(query, first, last))

    def welsh_waits(self, first: str, last: str) -> tuple[int, int, int]:
        """Referred, with a start on or after the referral, and started within 20 working days."""
        query = """WITH holidays AS (SELECT date FROM read_csv(?, header = true)),
            waits AS (
                SELECT referral_date, treatment_start,
                    (SELECT count(*) FROM range(
                        referral_date::TIMESTAMP + INTERVAL 1 DAY,
                        treatment_start::TIMESTAMP + INTERVAL 1 DAY, INTERVAL 1 DAY) d(day)
                     WHERE isodow(day) < 6 AND day::DATE NOT IN (SELECT date FROM holidays)
                    ) AS working_days
                FROM past WHERE is_wales AND referral_date IS NOT NULL
                AND month BETWEEN ? AND ?)
            SELECT count(*), count(*) FILTER (WHERE treatment_start >= referral_date),
                count(*) FILTER (WHERE treatment_start >= referral_date AND working_days <= 20)
            FROM waits"""
        ((referred, valid, within),) = self.rows(
            query, str(LISTS / "bank_holidays.csv"), first, last
        )
        return referred, valid, within

    def welsh_bands(self, first: str, last: str, area: str | None = None) -> dict[str, int]:
        """How many waits lie in each band, counted from the referral."""
        query = """WITH holidays AS (SELECT date FROM read_csv(?, header = true)),
            waits AS (
                SELECT referral_date AS r, treatment_start AS t,
                    (SELECT count(*) FROM range(
                        referral_date::TIMESTAMP + INTERVAL 1 DAY,
                        treatment_start::TIMESTAMP + INTERVAL 1 DAY, INTERVAL 1 DAY) d(day)
                     WHERE isodow(day) < 6 AND day::DATE NOT IN (SELECT date FROM holidays)
                    ) AS working_days
                FROM past WHERE is_wales AND month BETWEEN ? AND ?
                AND coalesce(local_authority = ?, true))
            SELECT CASE
                WHEN r IS NULL THEN 'not_referred' WHEN t IS NULL THEN 'not_started'
                WHEN t < r THEN 'invalid' WHEN working_days <= 20 THEN 'within_20_working_days'
                WHEN t <= r + INTERVAL 3 MONTH THEN '4_to_12_weeks'
                WHEN t <= r + INTERVAL 6 MONTH THEN '3_to_6_months'
                ELSE 'longer' END AS band, count(*)
            FROM waits GROUP BY band"""
        holidays = str(LISTS / "bank_holidays.csv")
        return dict(self.rows(query, holidays, first, last, area))
