"""Rota files: any bytes are rows or problems, and the order of columns does not matter."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.codes import Role
from domain.duty.posts import Post, Team
from domain.duty.rota import Absence, Shift
from infra.duty.files import read_absences, read_rota, read_staff
from infra.duty.teams import Teams
from infra.reference_data.loading import load_reference_data

TEAMS = Teams(load_reference_data())
ROW = {
    "organisation": "lei",
    "role": "Resettlement",
    "post": "duty",
    "staff": "lei-1",
    "starts_at": "2026-07-01 20:00",
    "ends_at": "",
}
SHIFT = Shift(
    Post.DUTY, Team("LEI", Role.RESETTLEMENT), "s1", datetime(2026, 7, 1, 19, tzinfo=UTC), None
)


def ids(references: Sequence[str]) -> Mapping[str, str]:
    return {each: "s1" for each in references if each == "lei-1"}


def stream(*lines: str) -> io.BytesIO:
    return io.BytesIO("\n".join(lines).encode())


@given(columns=st.permutations(sorted(ROW)))
def test_the_order_of_the_columns_is_free(columns: list[str]) -> None:
    line = ",".join(ROW[each] for each in columns)

    read = read_rota(stream("\ufeff" + ",".join(columns), "", line), TEAMS, ids)

    assert (read.entries, read.lines, read.problems) == ((SHIFT,), (3,), ())
    assert read.name_of(0) == "line 3"


@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_never_crash(content: bytes) -> None:
    for read in (
        read_staff(io.BytesIO(content), TEAMS, allow_drama=True),
        read_rota(io.BytesIO(content), TEAMS, ids),
        read_absences(io.BytesIO(content), ids),
    ):
        assert read.entries == ()
        assert read.problems


CELLS = st.one_of(
    st.text(max_size=12).filter(lambda text: not set(text) & set('\n\r",')),
    st.sampled_from([*ROW.values(), "*", "admin", "2026-10-25 01:30", "death_lead"]),
)


@given(cells=st.tuples(*[CELLS] * len(ROW)))
def test_any_line_is_an_entry_or_has_a_problem_that_repeats_no_cell(
    cells: tuple[str, ...],
) -> None:
    read = read_rota(stream(",".join(ROW), ",".join(cells)), TEAMS, ids)

    assert bool(read.entries) != bool(read.problems) or not any(cells)
    assert all(each.line == 2 for each in read.problems)


def test_every_problem_of_a_line_is_told_at_once() -> None:
    read = read_rota(stream(",".join(ROW), "LEI,governor,porter,lei-1,today,"), TEAMS, ids)

    assert [each.column for each in read.problems] == ["post", "role", "starts_at"]


STAFF = "staff,name,organisation,role,email,mobile"


def test_a_file_of_staff_need_not_have_accounts_and_an_empty_one_is_none() -> None:
    line = "lei-1,Ada Example,LEI,resettlement,,07700 900101"
    without = read_staff(stream(STAFF, line), TEAMS, allow_drama=True)
    with_it = stream(f"{STAFF},Account", f"{line}, Ada.Example", f"{line},".replace("lei-1", "x"))
    read = read_staff(with_it, TEAMS, allow_drama=True)

    assert [each.account for each in without.entries] == [None]
    assert [each.account for each in read.entries] == ["ada.example", ""]


def test_an_account_that_nobody_could_sign_in_with_is_refused() -> None:
    line = "lei-1,Ada Example,LEI,resettlement,,07700 900101"
    for account in ("ada example", "a" * 81, "ada\u202e"):
        read = read_staff(stream(f"{STAFF},account", f"{line},{account}"), TEAMS, allow_drama=True)
        assert [(each.line, each.column) for each in read.problems] == [(2, "account")]
    twice = read_staff(stream(f"{STAFF},account,account"), TEAMS, allow_drama=True)
    assert [each.column for each in twice.problems] == ["account"]


def test_absences_name_two_people_and_either_may_be_unknown() -> None:
    head = "staff,starts_at,ends_at,cover"
    good = read_absences(stream(head, "lei-1,2026-07-01 20:00,2026-07-02 20:00,"), ids)
    bad = read_absences(stream(head, "lei-1,2026-07-01 20:00,,lei-2"), ids)

    ends_at = datetime(2026, 7, 2, 19, tzinfo=UTC)
    assert good.entries == (Absence("s1", SHIFT.starts_at, ends_at, None),)
    assert [each.column for each in bad.problems] == ["cover"]
