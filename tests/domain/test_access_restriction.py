from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import NOTHING, Subject
from domain.access_restriction import (
    RecordRestricted,
    Restriction,
    RestrictionReason,
    may_open,
    out_of_reach,
)
from domain.access_table import CASEWORK_ROLES, team_of
from domain.codes import Role
from domain.state import LadderStatus
from tests.builders import Journey, at

ACCOUNTS = st.text("abc", max_size=2)
TODAY = date(2026, 12, 14)


@given(st.none() | st.frozensets(ACCOUNTS), ACCOUNTS, st.sampled_from(RestrictionReason))
def test_a_record_opens_to_exactly_those_it_names(
    readers: frozenset[str] | None, account: str, reason: RestrictionReason
) -> None:
    restriction = None if readers is None else Restriction(reason, readers)

    if readers is None or account in readers:
        may_open(account, restriction)
        return
    with pytest.raises(RecordRestricted) as refused:
        may_open(account, restriction)
    assert refused.value.readers == readers
    assert reason not in refused.value.message


def test_nobody_in_particular_opens_nothing() -> None:
    with pytest.raises(RecordRestricted):
        may_open("", Restriction(RestrictionReason.PERSON_AT_RISK, frozenset({"ada"})))


@pytest.fixture(scope="module")
def late() -> Journey:
    """A release on which everything that falls due before the gate has lapsed."""
    journey = Journey()
    journey.wait_until(at(TODAY))
    return journey


@given(readers=st.sets(st.sampled_from(sorted(CASEWORK_ROLES))), elsewhere=st.booleans())
def test_a_step_is_out_of_reach_when_no_reader_is_of_its_team(
    late: Journey, readers: set[Role], *, elsewhere: bool
) -> None:
    places = NOTHING if elsewhere else None
    subjects = [
        Subject(each, each, prisons=places, units=places, services=places) for each in readers
    ]

    found = out_of_reach(late.state, subjects, TODAY)

    opened = [
        each.step
        for each in late.state.escalations.values()
        if each.status is not LadderStatus.CLOSED
    ]
    able = set() if elsewhere else readers - {Role.PROVIDER}  # nobody has referred anybody yet
    assert opened
    assert set(found) == {each for each in opened if able.isdisjoint(team_of(each, released=False))}
