"""Importing any bytes whatever: it ends, and every problem is where it says."""

from __future__ import annotations

import csv
import io

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.imports.columns import COLUMNS
from tests.imports.files import GOOD_ROW, Parse, a_file

modestly = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=30)
CELLS = st.one_of(TEXT, st.sampled_from(sorted(GOOD_ROW.values())))
# Each spoils one cell of a good row in a way that the column must notice.
FAULTS = st.sampled_from(
    [
        ("prison_number", "12"),
        ("sex", ""),
        ("prison", "none such"),
        ("release_date", "2027-02-30"),
        ("date_of_birth", "2020-01-01"),
        ("mobile", "x"),
        ("treatment_group", "tea"),
    ],
)


@modestly
@given(content=st.binary(max_size=400))
def test_no_bytes_crash_it(parse: Parse, content: bytes) -> None:
    result = parse(content)

    assert result.rows == ()
    assert result.problems


@modestly
@given(tail=st.lists(st.lists(CELLS, max_size=17), max_size=6))
def test_every_row_is_loaded_or_reported_on_its_own_line(
    parse: Parse,
    tail: list[list[str]],
) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(tail)
    content = a_file({}) + text.getvalue()

    result = parse(content)

    lines = content.encode().split(b"\n")
    held = {place for place, line in enumerate(lines[1:], start=2) if line.strip(b' ",\r\t')}
    told = {row.line for row in result.rows} | {problem.line for problem in result.problems}
    assert held <= told <= set(range(2, len(lines) + 1))
    assert not {row.line for row in result.rows} & {p.line for p in result.problems}


@modestly
@given(faults=st.lists(st.one_of(st.none(), FAULTS), min_size=1, max_size=12), data=st.data())
def test_the_problems_are_exactly_the_faults_put_in(
    parse: Parse,
    faults: list[tuple[str, str] | None],
    data: st.DataObject,
) -> None:
    columns = tuple(data.draw(st.permutations(COLUMNS)))
    content = a_file(*({} if fault is None else dict([fault]) for fault in faults), columns=columns)

    result = parse(content)

    lines = list(enumerate(faults, start=2))
    assert [(p.line, p.column) for p in result.problems] == [
        (line, fault[0]) for line, fault in lines if fault
    ]
    assert [row.line for row in result.rows] == [line for line, fault in lines if not fault]
