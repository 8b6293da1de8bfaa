"""`throughcare measures`: history in, figures out, and nothing half loaded."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from infra.database.engine import Database
from tests.cli.conftest import Operator
from tests.measures.cohorts import a_csv


@pytest.fixture
def past(tmp_path: Path) -> Path:
    path = tmp_path / "past.csv"
    path.write_text(a_csv(60), encoding="utf-8")
    return path


def spoilt(path: Path) -> Path:
    lines = path.read_text("utf-8").splitlines()
    lines[3] = lines[3].replace(",male,", ",unknown,").replace(",female,", ",unknown,")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_past_releases_are_loaded_once(operator: Operator, database: Database, past: Path) -> None:
    first = operator.types("measures", "backfill", str(past))
    again = operator.types("measures", "backfill", str(past))

    assert (first.code, again.code) == (0, 0)
    assert "60 past releases were added" in first.out
    assert "0 past releases were added, 0 changed and 60 were there already" in again.out


def test_nothing_of_a_bad_file_is_loaded_and_its_rows_are_named(
    operator: Operator, database: Database, past: Path
) -> None:
    said = operator.types("measures", "backfill", str(spoilt(past)))

    assert said.code == 1
    assert "line 4, sex: Give one of: female, male." in said.out
    assert "Nothing was loaded" in said.err
    assert "There are no releases" in operator.types("measures", "show").err


def test_good_rows_are_loaded_on_request_and_the_others_counted(
    operator: Operator, database: Database, past: Path
) -> None:
    said = operator.types("measures", "backfill", str(spoilt(past)), "--skip-bad")

    assert said.code == 0
    assert "59 past releases were added" in said.out
    assert "1 lines are excluded" in said.out


def test_figures_are_shown_as_a_table_and_as_a_file(
    operator: Operator, database: Database, past: Path
) -> None:
    operator.types("measures", "backfill", str(past))

    shown = operator.types("measures", "show", "--from", "2024-04", "--to", "2026-03")
    table = operator.types("measures", "show", "--from", "2025-04", "--to", "2026-03", "--csv")

    assert "Started treatment within three weeks" in shown.out
    assert "Excluded: 0 releases" in shown.err
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert {each["period"] for each in rows} == {"year-to-2026-03"}
    assert {each["nation"] for each in rows} == {"england"}


def test_without_a_command_both_nations_are_shown_apart(
    operator: Operator, database: Database, past: Path
) -> None:
    operator.types("measures", "backfill", str(past))

    said = operator.types("measures")

    assert said.code == 0
    assert said.out.index("England, measured") < said.out.index("Wales, measured")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--area", "ZZ"), "--area: This is not in the list"),
        (("--from", "soon"), "--from: Give a month as YYYY-MM"),
        (("--by", "destination", "--per", "month"), "are not published for each month"),
    ],
)
def test_a_wrong_option_is_named(
    operator: Operator, database: Database, words: tuple[str, ...], told: str
) -> None:
    said = operator.types("measures", "show", *words)

    assert said.code == 1
    assert told in said.err


def test_counting_again_changes_nothing(operator: Operator, database: Database, past: Path) -> None:
    operator.types("measures", "backfill", str(past))
    words = ("measures", "show", "--from", "2025-04", "--to", "2026-03", "--csv")
    before = operator.types(*words).out

    assert operator.types("measures", "recount").code == 0
    assert operator.types(*words).out == before


def test_figures_are_narrowed_by_each_option(
    operator: Operator, database: Database, past: Path
) -> None:
    operator.types("measures", "backfill", str(past))
    words = ("measures", "show", "--from", "2025-04", "--to", "2026-03", "--csv")

    for option, value, column in (
        ("--region", "N54", "probation_region"),
        ("--sex", "male", "sex"),
        ("--age", "55+", "age_band"),
        ("--ethnicity", "not_recorded", "ethnicity"),
    ):
        said = operator.types(*words, option, value)
        assert said.code == 0, said.err
        rows = list(csv.DictReader(io.StringIO(said.out)))
        assert {each[column] for each in rows} <= {value}
    both = operator.types(*words, "--sex", "male", "--age", "55+")
    assert both.code == 1
    assert "single people could be worked out by subtraction" in both.err


def test_waits_and_acknowledgement_times_are_shown(
    operator: Operator, database: Database, past: Path
) -> None:
    operator.types("measures", "backfill", str(past))

    waits = operator.types("measures", "show", "waits", "--from", "2025-04", "--to", "2026-03")
    times = operator.types("measures", "show", "acknowledgement", "--nation", "england")

    assert (waits.code, times.code) == (0, 0)
    assert "within 20 working days" in waits.out
    assert "invalid (no wait)" in waits.out
    assert "Half within" in times.out


def test_figures_are_shown_as_known_on_an_earlier_day(
    operator: Operator, database: Database, past: Path
) -> None:
    operator.types("measures", "backfill", str(past))

    now = operator.types("measures", "show", "--from", "2025-04", "--to", "2026-03")
    then = operator.types(
        *("measures", "show", "--from", "2025-04", "--to", "2026-03"),
        *("--as-known-on", "2026-09-30"),
    )

    assert "Started treatment within three weeks" in now.out
    assert then.code == 0
    assert "There are no releases" in then.err
