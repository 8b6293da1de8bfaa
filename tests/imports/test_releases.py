"""Importing releases: what a good file becomes, and how each bad row is reported."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from domain.codes import EthnicityGroup, ReleaseType, Sex, SubstanceGroup, TreatmentNeed
from infra.imports import releases
from infra.imports.cells import LONGEST_CELL, MOST_EXPLAINED
from infra.imports.columns import COLUMNS, OPTIONAL
from infra.imports.report import describe
from infra.imports.rows import ImportRow
from tests.imports.files import GOOD_ROW, Parse, a_file


def test_a_good_row_becomes_typed_values(parse: Parse) -> None:
    result = parse(a_file({"prison_number": "z1234bc"}))

    assert result.problems == ()
    assert result.rows == (
        ImportRow(
            line=2,
            prison_number="Z1234BC",
            crn="Z123456",
            forename="Siân",
            surname="Achebe-Jones",
            born_on=date(1990, 2, 28),
            sex=Sex.FEMALE,
            ethnicity=EthnicityGroup.MIXED,
            prison="EWI",
            scheduled_on=date(2027, 1, 14),
            release_type=ReleaseType.CONDITIONAL,
            reception_on=date(2026, 8, 3),
            local_authority="W06000022",
            probation_unit="WPTGWT",
            treatment_need=TreatmentNeed.NEEDED,
            treatment_group=SubstanceGroup.OPIATE,
            mobile="+447700900123",
        ),
    )


def test_cells_that_may_be_empty_say_not_known(parse: Parse) -> None:
    (row,) = parse(a_file(dict.fromkeys(OPTIONAL, ""))).rows

    assert (row.crn, row.mobile, row.treatment_group) == (None, None, None)
    assert row.ethnicity is EthnicityGroup.NOT_STATED
    assert row.treatment_need is TreatmentNeed.NOT_YET_KNOWN


def test_no_treatment_need_is_not_the_same_as_not_known(parse: Parse) -> None:
    (row,) = parse(a_file({"treatment_group": "none"})).rows

    assert row.treatment_need is TreatmentNeed.NOT_NEEDED
    assert row.treatment_group is None


@pytest.mark.parametrize(("text", "code"), [("E07000207", "E10000030"), ("E08000019", "E08000039")])
def test_a_district_or_an_old_code_is_loaded_as_its_authority(
    parse: Parse,
    text: str,
    code: str,
) -> None:
    (row,) = parse(a_file({"local_authority": text})).rows

    assert row.local_authority == code


def test_a_release_type_may_be_its_abbreviation(parse: Parse) -> None:
    (row,) = parse(a_file({"release_type": "PRRD"})).rows

    assert row.release_type is ReleaseType.POST_RECALL


@pytest.mark.parametrize(
    ("change", "column", "reason"),
    [
        ({"prison_number": "1234"}, "prison_number", "like A1234BC"),
        ({"crn": "12"}, "crn", "like X123456"),
        ({"forename": ""}, "forename", "cannot be empty"),
        ({"surname": "x" * 81}, "surname", "at most 80"),
        ({"surname": "x" * (LONGEST_CELL + 1)}, "surname", "at most 120"),
        ({"date_of_birth": "28/02/1990"}, "date_of_birth", "YYYY-MM-DD"),
        ({"date_of_birth": "1990-02-30"}, "date_of_birth", "no such day"),
        ({"date_of_birth": "1899-01-01"}, "date_of_birth", "year must be"),
        ({"date_of_birth": "2026-11-22"}, "date_of_birth", "in the future"),
        ({"date_of_birth": "2009-01-15"}, "date_of_birth", "under 18"),
        ({"date_of_birth": "1916-01-14"}, "date_of_birth", "over 110"),
        ({"sex": "f"}, "sex", "female, male"),
        ({"ethnicity": "unknown"}, "ethnicity", "not_stated"),
        ({"prison": "HYI"}, "prison", "HMP Holloway is closed"),
        ({"prison": "Eastwood Park"}, "prison", "EWI (HMP/YOI Eastwood Park)"),
        ({"release_date": "2026-08-02"}, "release_date", "before the reception"),
        ({"release_date": "2026-W30-1"}, "release_date", "YYYY-MM-DD"),
        ({"release_type": "early"}, "release_type", "home_detention_curfew"),
        ({"reception_date": "2026-11-22"}, "reception_date", "in the future"),
        ({"local_authority": "E10000006"}, "local_authority", "divided"),
        ({"probation_unit": "WPTGW"}, "probation_unit", "WPTGWT (Gwent)"),
        ({"treatment_group": "heroin"}, "treatment_group", "not known"),
        ({"treatment_group": "x" * (LONGEST_CELL + 1)}, "treatment_group", "at most 120"),
        ({"mobile": "0207 946 0000"}, "mobile", "UK mobile"),
    ],
)
def test_a_wrong_cell_is_reported_by_line_column_and_reason(
    parse: Parse,
    change: Mapping[str, str],
    column: str,
    reason: str,
) -> None:
    result = parse(a_file({}, change, {}))

    (problem,) = result.problems
    assert (problem.line, problem.column) == (3, column)
    assert reason in problem.reason
    assert [row.line for row in result.rows] == [2, 4]


def test_every_wrong_cell_of_a_row_is_reported(parse: Parse) -> None:
    result = parse(a_file({"sex": "", "mobile": "1", "date_of_birth": "x", "prison": "XXX"}))

    assert {problem.column for problem in result.problems} == {
        "sex",
        "mobile",
        "date_of_birth",
        "prison",
    }


@pytest.mark.parametrize("column", sorted(set(COLUMNS) - OPTIONAL))
def test_a_cell_that_must_be_given_is_missed(parse: Parse, column: str) -> None:
    (problem,) = parse(a_file({column: " "})).problems

    assert (problem.column, problem.reason) == (column, "This cell cannot be empty")


def test_the_same_person_and_reception_twice_is_reported_with_the_first_line(parse: Parse) -> None:
    number = {"prison_number": "Z1234BC"}
    result = parse(a_file(number, {}, number, number | {"reception_date": "2026-08-04"}))

    (problem,) = result.problems
    assert (problem.line, problem.column) == (4, "prison_number")
    assert "Line 2" in problem.reason
    assert [row.line for row in result.rows] == [2, 3, 5]


@pytest.mark.parametrize("born", ["2009-01-14", "1916-01-15"])
def test_ages_from_the_eighteenth_birthday_to_the_last_day_of_110_are_read(
    parse: Parse,
    born: str,
) -> None:
    assert parse(a_file({"date_of_birth": born})).problems == ()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_from_a_spreadsheet_is_read(parse: Parse, ending: str) -> None:
    text = a_file({"surname": 'O"Neill, Baptiste'}, {}).replace("\n", ending)
    blank = "," * (len(COLUMNS) - 1) + ending

    result = parse(b"\xef\xbb\xbf" + (ending + text + ending + blank).encode())

    assert [(row.line, row.surname) for row in result.rows] == [
        (3, 'O"Neill, Baptiste'),
        (4, "Achebe-Jones"),
    ]


def test_the_headings_may_come_in_any_order_and_in_capitals(parse: Parse) -> None:
    text = a_file({}, columns=tuple(reversed(COLUMNS)))
    headings, rest = text.split("\n", 1)

    assert len(parse(f"{headings.upper()}\n{rest}").rows) == 1


def test_a_missing_column_is_reported_and_nothing_is_read(parse: Parse) -> None:
    result = parse(a_file({}, columns=COLUMNS[1:]))

    assert result.rows == ()
    assert [(p.line, p.column) for p in result.problems] == [(1, "prison_number")]


def test_an_unknown_column_is_reported_by_its_place_only(parse: Parse) -> None:
    lines = a_file({}).splitlines()
    result = parse(f"{lines[0]},Zebedee\n{lines[1]},x\n")

    assert len(result.rows) == 1
    assert [p.reason for p in result.problems] == ["Heading 16 is not a documented column"]


def test_a_column_given_twice_is_reported(parse: Parse) -> None:
    result = parse(a_file({}, columns=(*COLUMNS, "sex")))

    assert result.rows == ()
    assert [(p.column, p.reason) for p in result.problems] == [
        ("sex", "This column is there more than once"),
    ]


@pytest.mark.parametrize("content", ["", "\n\r\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_reported(parse: Parse, content: str | bytes) -> None:
    assert [p.reason for p in parse(content).problems] == ["The file is empty"]


def test_a_file_without_headings_is_reported_without_its_first_row(parse: Parse) -> None:
    (problem,) = parse(a_file({}).split("\n", 1)[1]).problems

    assert problem.line == 1
    assert "must hold the headings" in problem.reason
    assert "Achebe" not in problem.reason


def test_a_forgotten_quote_spoils_its_own_line_only(parse: Parse) -> None:
    lines = a_file({}, {}, {}).splitlines()
    lines[2] = lines[2].replace("Siân", '"Siân')

    result = parse("\n".join(lines))

    assert [row.line for row in result.rows] == [2, 4]
    assert [(p.line, p.column) for p in result.problems] == [(3, "")]
    assert "quote" in result.problems[0].reason


@pytest.mark.parametrize("cells", ["one", ",".join(["x"] * 16)])
def test_a_line_with_other_cells_than_the_headings_is_reported(parse: Parse, cells: str) -> None:
    (problem,) = parse(a_file() + cells).problems

    assert (problem.line, problem.column) == (2, "")
    assert "headings are 15" in problem.reason


def test_a_line_that_is_not_utf8_is_reported_and_the_next_is_read(parse: Parse) -> None:
    lines = a_file({}, {}).encode().splitlines()
    lines[1] = lines[1].replace("Siân".encode(), "Siân".encode("latin-1"))

    result = parse(b"\n".join(lines))

    assert [row.line for row in result.rows] == [3]
    assert "not UTF-8" in result.problems[0].reason


def test_an_endless_line_is_reported_and_the_next_is_read(parse: Parse) -> None:
    lines = a_file({}, {}).splitlines()
    lines[1] += "x" * 1_000_000

    result = parse("\n".join(lines))

    assert [row.line for row in result.rows] == [3]
    assert [(p.line, p.column) for p in result.problems] == [(2, "")]


def test_a_file_with_too_many_rows_is_refused_whole(parse: Parse) -> None:
    line = a_file({}).splitlines()[1]

    full = parse(a_file() + f"{line}\n" * releases.MOST_ROWS)
    over = parse(a_file() + f"{line}\n" * (releases.MOST_ROWS + 1))

    assert len(full.rows) == 1
    assert over.rows == ()
    assert [(p.line, p.reason[:40]) for p in over.problems] == [
        (releases.MOST_ROWS + 2, "A file can have at most 50000 rows. Spli"),
    ]


def test_a_column_full_of_wrong_codes_is_explained_in_part(parse: Parse) -> None:
    wrong = MOST_EXPLAINED + 10
    result = parse(a_file(*({"prison": f"LE{place}"} for place in range(wrong))))

    assert len(result.problems) == wrong
    assert "Did you mean" in result.problems[0].reason
    assert "Did you mean" not in result.problems[-1].reason


def test_a_report_names_places_and_reasons_and_no_cell(parse: Parse) -> None:
    values = {column: f"qqq{column}zzz" * 2 for column in COLUMNS}
    report = "\n".join(describe(parse(a_file(values | {"mobile": "qqqzzz"}))))

    assert report.startswith("0 rows can be loaded; ")
    assert "line 2, crn: A CRN is a letter and six digits, like X123456." in report
    assert "qqq" not in report


def test_a_long_report_is_cut_and_says_so(parse: Parse) -> None:
    report = describe(parse(a_file({"sex": ""}, {"sex": ""}, {"sex": ""})), most=2)

    assert report == (
        "0 rows can be loaded; 3 problems on 3 lines.",
        "line 2, sex: This cell cannot be empty.",
        "line 3, sex: This cell cannot be empty.",
        "... and 1 more problems.",
    )


def test_a_row_cannot_be_changed_once_read(parse: Parse) -> None:
    (row,) = parse(a_file({})).rows

    with pytest.raises(ValueError, match="frozen"):
        row.prison = "LEI"  # type: ignore[misc]  # the mistake that is tested


def test_the_builder_of_these_tests_fills_each_documented_column() -> None:
    assert tuple(GOOD_ROW) == COLUMNS


def test_the_guide_documents_each_column_and_each_release_type() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (yes|no) \|", guide, flags=re.MULTILINE)

    assert told == [(name, "no" if name in OPTIONAL else "yes") for name in COLUMNS]
    for kind in ReleaseType:
        assert f"| `{kind}` | {kind.abbreviation or ''}".rstrip() in guide
