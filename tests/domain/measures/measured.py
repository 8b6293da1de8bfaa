"""Invented releases to measure: one that arrived, and any that hypothesis can think of."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from domain.codes import EthnicityGroup, Nation, Sex, SubstanceGroup, TreatmentNeed
from domain.facts import NaloxoneAnswer, RetentionOutcome
from domain.journey import Step
from domain.measures.counting import counts
from domain.measures.counts import EnglandCounts, WalesCounts
from domain.measures.definitions import MeasureId
from domain.measures.membership import Membership, membership
from domain.measures.policy import DEFAULT_MEASURES
from domain.measures.release import Acknowledgement, Cover, MeasuredRelease
from domain.policy import Severity
from tests.domain.bank_holidays import CALENDAR

RELEASED_ON = date(2026, 3, 2)


def a_release(**changes: object) -> MeasuredRelease:
    """Return somebody released to Hartlepool with a need, referred, who never started."""
    facts: dict[str, object] = {
        "release_id": "rel-1",
        "nation": Nation.ENGLAND,
        "destination": "E06000001",
        "prison": "LEI",
        "probation_region": "N54",
        "released_on": RELEASED_ON,
        "group": SubstanceGroup.OPIATE,
        "sex": Sex.MALE,
        "age": 34,
        "ethnicity": EthnicityGroup.WHITE,
        "need": TreatmentNeed.NEEDED,
        "referred_on": RELEASED_ON - timedelta(days=30),
    }
    return MeasuredRelease.model_validate({**facts, **changes})


def after(days: int) -> date:
    """Return a day so many days after the release."""
    return RELEASED_ON + timedelta(days=days)


def counted(release: MeasuredRelease) -> EnglandCounts | WalesCounts:
    """Return a release's counts under the shipped policy."""
    return counts(release, DEFAULT_MEASURES, CALENDAR)


def member(measure: MeasureId, release: MeasuredRelease) -> Membership:
    """Return a release's membership under the shipped policy."""
    return membership(measure, release, DEFAULT_MEASURES, CALENDAR)


def _some_day(first: int, last: int) -> st.SearchStrategy[date | None]:
    return st.none() | st.integers(first, last).map(after)


ANY_RELEASE = st.builds(
    MeasuredRelease,
    release_id=st.just("rel-1"),
    nation=st.sampled_from(Nation),
    destination=st.sampled_from(("E06000001", "E06000002", "W06000015")),
    prison=st.sampled_from(("LEI", "DHI")),
    probation_region=st.sampled_from((None, "N54")),
    released_on=st.integers(0, 60).map(after),
    group=st.none() | st.sampled_from(SubstanceGroup),
    sex=st.none() | st.sampled_from(Sex),
    age=st.none() | st.integers(15, 70),
    ethnicity=st.none() | st.sampled_from(EthnicityGroup),
    need=st.none() | st.sampled_from(TreatmentNeed),
    referred_on=_some_day(-90, 120),
    accepted=st.booleans(),
    appointed=st.booleans(),
    seen=st.booleans(),
    missed=st.booleans(),
    started_on=_some_day(-20, 200),
    retention=st.none() | st.sampled_from(RetentionOutcome),
    retained_on=_some_day(60, 300),
    died_on=_some_day(-20, 120),
    returned_on=_some_day(-20, 120),
    cover=st.sampled_from(Cover),
    uncovered_days=st.integers(0, 9),
    opiate_history=st.booleans(),
    naloxone=st.none() | st.sampled_from(NaloxoneAnswer),
    naloxone_in_hand=st.none() | st.booleans(),
    lapsed=st.frozensets(st.sampled_from(Step)),
    acknowledgements=st.lists(
        st.builds(
            Acknowledgement,
            severity=st.sampled_from(Severity),
            minutes=st.none() | st.integers(0, 10_000),
        ),
        max_size=3,
    ).map(tuple),
    merged=st.sampled_from((False, False, False, True)),
    overlaps=st.sampled_from((False, False, False, True)),
)
