"""Past releases from a file: good rows once, bad ones named and counted, live ones untouched."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.measure_records import BadLines, CountsWanted
from domain.codes import Nation
from domain.measures.counts import Counts, EnglandCounts
from domain.measures.cuts import Cut
from domain.measures.periods import Period, PeriodKind
from infra.database.engine import Database
from infra.database.people import NewPerson, PeopleStore
from infra.measures.backfill.columns import COLUMNS, OPTIONAL
from infra.measures.reading import SqlMeasures
from infra.release_ids import release_id_for
from tests.measures.cohorts import ID_KEY, TODAY, a_backfill, a_csv, load, read

DOCS = Path(__file__).parents[2] / "docs" / "backfill.md"
ROW = {
    "prison_number": "A1234BC",
    "reception_date": "2025-06-01",
    "exit_date": "2026-02-10",
    "prison": "LEI",
    "local_authority": "E06000001",
    "probation_unit": "N54STHA",
    "treatment_group": "opiate",
    "sex": "male",
    "ethnicity": "white",
    "date_of_birth": "1990-05-17",
    "referral_date": "2026-02-03",
    "treatment_start": "2026-02-20",
    "twelve_week_outcome": "in_treatment",
    "death_date": "",
    "return_to_custody_date": "",
}
MONTH = Period(PeriodKind.MONTH, date(2026, 2, 1))


def a_file(*changes: dict[str, str]) -> str:
    lines = [",".join(COLUMNS)]
    lines += [",".join((ROW | each)[name] for name in COLUMNS) for each in changes]
    return "\n".join(lines) + "\n"


def whole(database: Database) -> Counts:
    wanted = CountsWanted(
        Nation.ENGLAND, Cut.NATION, (MONTH,), families=("excluded", "days", "furthest")
    )
    (found,) = SqlMeasures(database).counts([wanted])
    return found[MONTH].get("all", EnglandCounts())


def bad_lines(database: Database) -> BadLines:
    return SqlMeasures(database).bad_lines(CountsWanted(Nation.ENGLAND, Cut.NATION, (MONTH,)))


def test_a_row_is_counted_as_the_release_it_states(database: Database) -> None:
    loaded = load(database, a_file({}))

    found = whole(database)
    assert (loaded.added, loaded.excluded) == (1, 0)
    assert (found["need"], found["need_started"], found["retained"]) == (1, 1, 1)
    assert (found["referred"], found["days.10"], found["furthest.retained"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"prison_number": "12345"}, "prison_number", "prison number"),
        ({"prison": "XXX"}, "prison", "not in the list"),
        ({"local_authority": "E99999999"}, "local_authority", "not in the list"),
        ({"treatment_group": "crack"}, "treatment_group", "Give one of"),
        ({"sex": ""}, "sex", "cannot be empty"),
        ({"exit_date": "10/02/2026"}, "exit_date", "YYYY-MM-DD"),
        ({"exit_date": "2026-02-30"}, "exit_date", "no such day"),
        ({"exit_date": "2031-01-01"}, "exit_date", "future"),
        ({"reception_date": "2026-02-11"}, "exit_date", "before the reception"),
        ({"treatment_start": "2026-02-09"}, "treatment_start", "before the exit"),
        ({"treatment_start": ""}, "treatment_start", "without a treatment start"),
        ({"treatment_group": "none"}, "treatment_group", "there was a need"),
        ({"death_date": "2026-02-01"}, "death_date", "before the exit"),
        ({"return_to_custody_date": "2026-01-01"}, "return_to_custody_date", "before the exit"),
        ({"referral_date": "2025-01-01"}, "referral_date", "before the reception"),
        ({"date_of_birth": "2010-01-01"}, "date_of_birth", "under 18"),
    ],
)
def test_a_bad_row_is_told_by_line_column_and_reason_and_never_by_its_cells(
    change: dict[str, str], column: str, reason: str
) -> None:
    found = read(a_file({}, {"prison_number": "A9999ZZ"} | change))

    assert [each.line for each in found.rows] == [2]
    assert [each.line for each in found.bad] == [3]
    told = [each for each in found.problems if each.column == column]
    assert told, found.problems
    assert reason in told[0].reason
    (cell,) = change.values()
    assert not cell or cell not in told[0].reason


def test_the_same_release_twice_in_a_file_is_a_bad_row() -> None:
    found = read(a_file({}, {"exit_date": "2026-02-11"}))

    assert "Line 2 has the same prison number" in found.problems[0].reason


def test_loading_twice_changes_nothing(database: Database) -> None:
    text = a_csv(120)
    load(database, text)
    before = [whole(database)]

    again = load(database, text)

    assert (again.added, again.changed, again.unchanged) == (0, 0, 120)
    assert [whole(database)] == before


def test_a_corrected_row_replaces_what_was_loaded(database: Database) -> None:
    load(database, a_file({}))

    again = load(database, a_file({"treatment_start": "2026-04-20"}))

    assert (again.added, again.changed) == (0, 1)
    assert (whole(database)["releases"], whole(database)["need_started"]) == (1, 0)


def test_excluded_lines_are_counted_where_they_belong_until_they_are_corrected(
    database: Database,
) -> None:
    bad = a_file(
        {},
        {"prison_number": "A2222BB", "sex": "unknown"},
        {"prison_number": "A3333BB", "exit_date": "soon"},
    )
    load(database, bad, source="area.csv")
    assert bad_lines(database) == BadLines(placed=1, unplaced=1)
    load(database, bad, source="area.csv")
    assert bad_lines(database) == BadLines(placed=1, unplaced=1)

    load(database, a_file({}, {"prison_number": "A2222BB"}), source="area.csv")

    assert bad_lines(database) == BadLines(placed=0, unplaced=0)
    assert whole(database)["releases"] == 2


def test_overlapping_releases_of_one_person_are_excluded_with_a_count(database: Database) -> None:
    load(database, a_file({}, {"reception_date": "2025-12-01", "exit_date": "2026-02-15"}))

    found = whole(database)
    assert (found["releases"], found["counted"]) == (2, 1)
    assert found.family("excluded") == {"overlapping_release": 1}


def test_what_the_service_follows_itself_is_left_alone(database: Database) -> None:
    person = NewPerson("A1234BC", "Ada", "Example", date(1990, 5, 17))
    release_id = release_id_for(ID_KEY, "A1234BC", date(2025, 6, 1))
    PeopleStore(database).register(person, release_id, date(2025, 6, 1))

    loaded = load(database, a_file({}))

    assert (loaded.live, loaded.added) == (1, 0)
    assert whole(database)["releases"] == 0


def test_a_large_file_is_summed_at_the_end_to_the_same_figures(database: Database) -> None:
    file, small = read(a_csv(300)), a_backfill(database)
    large = replace(small, large=100)

    large.load(file, "large.csv", TODAY)
    summed_at_once = whole(database)
    small.load(read(a_file({})), "one.csv", TODAY)

    assert summed_at_once["releases"] > 0
    assert whole(database)["releases"] == summed_at_once["releases"] + 1


def test_no_prison_number_is_kept(sqlite_database: Database, tmp_path: Path) -> None:
    load(sqlite_database, a_file({}))
    sqlite_database.close()

    stored = b"".join(each.read_bytes() for each in tmp_path.glob("sqlite.db*"))
    assert b"A1234BC" not in stored
    assert b"1990-05-17" not in stored


def test_the_page_describes_every_column() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| (yes|no) \|", DOCS.read_text("utf-8"), re.MULTILINE)

    assert [name for name, _ in rows] == list(COLUMNS)
    assert {name for name, must in rows if must == "no"} == set(OPTIONAL)
    assert f"{1_000_000:,}" in DOCS.read_text("utf-8")
