"""Reference data: a file that cannot be used is refused with its name and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from infra.reference_data.loading import load_reference_data
from infra.reference_data.reading import ReferenceDataError

PRISONS_HEADER = "agency_id,name,name_cy,country,region,postcode,male,female,active,status,estate"


def test_a_newer_list_of_bank_holidays_replaces_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "bank_holidays.csv").write_text("date\n2030-01-01\n2031-12-25\n")

    holidays = load_reference_data(tmp_path).bank_holidays

    assert holidays.holidays == {date(2030, 1, 1), date(2031, 12, 25)}
    assert holidays.covers_until == date(2031, 12, 31)


@pytest.mark.parametrize(
    ("file", "text", "line", "reason"),
    [
        ("bank_holidays.csv", "date\n2030-01-01\n2030-02-30\n", 3, "day"),
        ("bank_holidays.csv", "day\n2030-01-01\n", 1, "'date' is missing"),
        ("bank_holidays.csv", "date\n", None, "no rows"),
        (
            "prisons.csv",
            f"{PRISONS_HEADER}\nLEI,HMP Leeds,,England,,,yes,false,true,open,mens_closed\n",
            2,
            "true or false",
        ),
        (
            "local_authority_code_changes.csv",
            "old_code,new_code\nE10000006,E06000063\nE10000006,E06999999\n",
            None,
            "has the code E06999999",
        ),
        (
            "services.csv",
            "service_id,name,provider_key,local_authority\ncds-x,X,via,E06000001\n",
            None,
            "has no service",
        ),
        (
            "probation_regions.csv",
            "region_code,name,letter_code,country\nN54,North East,A,England\n",
            None,
            "region that the file does not have",
        ),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(
    tmp_path: Path,
    file: str,
    text: str,
    line: int | None,
    reason: str,
) -> None:
    (tmp_path / file).write_text(text)

    with pytest.raises(ReferenceDataError, match=reason) as refused:
        load_reference_data(tmp_path)

    assert (refused.value.file, refused.value.line) == (file, line)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pdus.csv").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(ReferenceDataError, match="UTF-8"):
        load_reference_data(tmp_path)
