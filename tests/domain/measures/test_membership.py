"""Who is counted and why, case by case; the numbers behind it are in test_measures_counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.codes import Nation, TreatmentNeed
from domain.facts import NaloxoneAnswer, RetentionOutcome
from domain.journey import Step
from domain.measures.counts import Count
from domain.measures.definitions import DEFINITIONS, MeasureId, measures_of
from domain.measures.membership import Membership, membership
from domain.measures.policy import DEFAULT_MEASURES, MeasuresPolicy
from domain.measures.reasons import Reason
from domain.measures.release import Cover, MeasuredRelease
from domain.measures.waits import WaitBand, wait_band
from tests.domain.bank_holidays import CALENDAR
from tests.domain.measures.measured import RELEASED_ON, a_release, after, counted, member

NEED, REFERRED = MeasureId.CONTINUITY_NEED, MeasureId.CONTINUITY_REFERRED
STAYED = MeasureId.CONTINUITY_NEED_STAYED
WAIT, WAIT_WITH_DNA = MeasureId.WALES_WAIT, MeasureId.WALES_WAIT_WITH_DNA


def reasons(answer: Membership) -> list[Reason]:
    return [each.reason for each in answer.why]


@pytest.mark.parametrize(
    ("days", "reached", "reason"),
    [
        (0, True, Reason.STARTED_IN_WINDOW),
        (21, True, Reason.STARTED_IN_WINDOW),
        (22, False, Reason.STARTED_TOO_LATE),
    ],
)
def test_the_window_has_both_its_ends(days: int, reached: bool, reason: Reason) -> None:
    answer = member(NEED, a_release(started_on=after(days)))

    assert (answer.counted, answer.reached) == (True, reached)
    assert reasons(answer) == [Reason.NEED_IDENTIFIED, reason]


def test_the_words_name_the_day() -> None:
    said = member(NEED, a_release(started_on=after(1))).words

    assert said == (
        "Counted, as reached, because a treatment need was identified; "
        "treatment started 1 day after release, on 3 March 2026."
    )


def test_booked_and_seen_is_not_started() -> None:
    answer = member(NEED, a_release(accepted=True, appointed=True, seen=True))

    assert not answer.reached
    assert Reason.NOT_STARTED in reasons(answer)


@pytest.mark.parametrize(
    ("need", "reason", "count"),
    [
        (TreatmentNeed.NOT_NEEDED, Reason.NO_NEED, Count.NO_NEED),
        (TreatmentNeed.NOT_YET_KNOWN, Reason.NOT_SCREENED, Count.NOT_SCREENED),
        (None, Reason.NOT_SCREENED, Count.NOT_SCREENED),
    ],
)
def test_without_a_known_need_nobody_is_counted(
    need: TreatmentNeed | None, reason: Reason, count: Count
) -> None:
    release = a_release(need=need)

    assert reasons(member(NEED, release)) == [reason]
    assert counted(release)[count] == 1


@pytest.mark.parametrize(("days", "is_counted"), [(-30, True), (21, True), (22, False)])
def test_a_referral_counts_until_the_window_ends(days: int, is_counted: bool) -> None:
    assert member(REFERRED, a_release(referred_on=after(days))).counted is is_counted
    assert not member(REFERRED, a_release(referred_on=None)).counted


@pytest.mark.parametrize("field", ["died_on", "returned_on"])
def test_deaths_and_returns_stay_in_one_rate_and_leave_the_other(field: str) -> None:
    early, late = a_release(**{field: after(21)}), a_release(**{field: after(22)})

    assert member(NEED, early).counted
    assert not member(STAYED, early).counted
    assert member(STAYED, late).counted


def test_who_started_and_then_died_is_left_out_as_well() -> None:
    """Leaving out only those who had not started would raise the rate by itself (R9)."""
    release = a_release(started_on=after(3), died_on=after(10))

    assert member(NEED, release).reached
    assert reasons(member(STAYED, release)) == [Reason.DIED_IN_WINDOW]


def test_retention_has_two_bases() -> None:
    started = a_release(
        started_on=after(5), retention=RetentionOutcome.IN_TREATMENT, retained_on=after(89)
    )

    assert member(MeasureId.RETENTION_ALL, started).reached
    assert member(MeasureId.RETENTION_STARTED, started).reached
    assert member(MeasureId.RETENTION_ALL, a_release()).counted
    assert not member(MeasureId.RETENTION_STARTED, a_release()).counted


@pytest.mark.parametrize(
    ("outcome", "reached", "reason"),
    [
        (RetentionOutcome.LEFT_TREATMENT_COMPLETE, True, Reason.RETAINED),
        (RetentionOutcome.LEFT_EARLY, False, Reason.LEFT_EARLY),
        (None, False, Reason.RETENTION_UNRECORDED),
    ],
)
def test_completing_earlier_is_retained_and_no_answer_is_not(
    outcome: RetentionOutcome | None, reached: bool, reason: Reason
) -> None:
    on = after(60) if outcome else None
    release = a_release(started_on=after(5), retention=outcome, retained_on=on)
    answer = member(MeasureId.RETENTION_STARTED, release)

    assert (answer.counted, answer.reached) == (True, reached)
    assert answer.why[-1].reason is reason


def test_a_late_starter_is_not_retained_of_those_who_started_in_time() -> None:
    release = a_release(
        started_on=after(40), retention=RetentionOutcome.IN_TREATMENT, retained_on=after(124)
    )

    assert not member(MeasureId.RETENTION_STARTED, release).counted
    assert not member(MeasureId.RETENTION_ALL, release).reached


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"merged": True}, Reason.MERGED),
        ({"overlaps": True}, Reason.OVERLAPPING_RELEASE),
        ({"age": 17}, Reason.UNDER_AGE),
        ({"died_on": after(-1)}, Reason.DIED_BEFORE_RELEASE),
        ({"returned_on": after(-1)}, Reason.RETURNED_BEFORE_RELEASE),
        ({"retained_on": after(80)}, Reason.RETENTION_BEFORE_START),
        ({"started_on": after(9), "retained_on": after(8)}, Reason.RETENTION_BEFORE_START),
        ({"started_on": after(-1)}, Reason.STARTED_BEFORE_RELEASE),
    ],
)
def test_what_cannot_be_true_is_excluded_and_counted_as_excluded(
    facts: dict[str, object], reason: Reason
) -> None:
    release = a_release(**facts)

    assert reasons(member(NEED, release)) == [reason]
    assert dict(counted(release)) == {Count.RELEASES: 1, f"excluded.{reason}": 1}


def test_a_start_that_the_policy_tolerates_stays_counted_and_is_not_reached() -> None:
    lenient = MeasuresPolicy.model_validate(
        {**DEFAULT_MEASURES.model_dump(), "tolerated_days_before": 7}
    )
    answer = membership(NEED, a_release(started_on=after(-3)), lenient, CALENDAR)

    assert (answer.counted, answer.reached) == (True, False)
    assert Reason.STARTED_TOO_EARLY in reasons(answer)


@pytest.mark.parametrize("nation", Nation)
def test_each_nation_is_counted_by_its_own_measures_only(nation: Nation) -> None:
    release = a_release(nation=nation, started_on=after(5))

    for each in DEFINITIONS.values():
        if each.is_proportion and nation not in each.nations:
            assert reasons(member(each.id, release)) == [Reason.OTHER_NATION]
    assert {each.id for each in measures_of(Nation.WALES)} & {NEED, REFERRED} == set()
    assert {each.id for each in measures_of(Nation.ENGLAND)} & {WAIT, WAIT_WITH_DNA} == set()


def a_wait(**changes: object) -> MeasuredRelease:
    return a_release(**{"nation": Nation.WALES, "referred_on": RELEASED_ON, **changes})


@pytest.mark.parametrize(
    ("started_on", "band"),
    [
        (date(2026, 3, 2), WaitBand.WITHIN_STANDARD),
        (date(2026, 3, 30), WaitBand.WITHIN_STANDARD),
        (date(2026, 3, 31), WaitBand.TO_THREE_MONTHS),
        (date(2026, 6, 2), WaitBand.TO_THREE_MONTHS),
        (date(2026, 6, 3), WaitBand.TO_SIX_MONTHS),
        (date(2026, 12, 2), WaitBand.TO_NINE_MONTHS),
        (date(2027, 3, 2), WaitBand.TO_TWELVE_MONTHS),
        (date(2027, 3, 3), WaitBand.TO_EIGHTEEN_MONTHS),
        (date(2028, 3, 2), WaitBand.TO_TWO_YEARS),
        (date(2028, 3, 3), WaitBand.OVER_TWO_YEARS),
        (date(2026, 3, 1), WaitBand.INVALID),
        (None, WaitBand.NOT_STARTED),
    ],
)
def test_each_wait_is_in_one_band(started_on: date | None, band: WaitBand) -> None:
    assert wait_band(a_wait(started_on=started_on), DEFAULT_MEASURES, CALENDAR) is band


def test_bank_holidays_do_not_count_as_waiting() -> None:
    """Over Easter 2026, 20 working days from 16 March end on 15 April, two days later."""
    referred_on = date(2026, 3, 16)
    on_time = a_wait(referred_on=referred_on, started_on=date(2026, 4, 15))
    late = a_wait(referred_on=referred_on, started_on=date(2026, 4, 16))

    assert member(WAIT, on_time).reached
    assert not member(WAIT, late).reached


def test_a_day_that_no_month_has_ends_with_the_month() -> None:
    wait = a_wait(referred_on=date(2025, 11, 30), started_on=date(2026, 2, 28))

    assert wait_band(wait, DEFAULT_MEASURES, CALENDAR) is WaitBand.TO_THREE_MONTHS


def test_who_never_came_is_in_the_quarterly_table_and_not_in_the_annual_one() -> None:
    gave_up = a_wait(missed=True)

    assert member(WAIT_WITH_DNA, gave_up).counted
    assert not member(WAIT_WITH_DNA, gave_up).reached
    assert reasons(member(WAIT, gave_up)) == [Reason.DID_NOT_ATTEND]
    assert counted(gave_up)[Count.WAIT_DID_NOT_ATTEND] == 1


def test_a_welsh_start_before_release_is_a_wait_like_any_other() -> None:
    wait = a_wait(referred_on=after(-30), started_on=after(-5))

    assert member(WAIT, wait).reached


@pytest.mark.parametrize(
    ("cover", "is_counted", "reached"),
    [
        (Cover.CONTINUOUS, True, True),
        (Cover.GAP, True, False),
        (Cover.UNRECORDED, True, False),
        (Cover.DECLINED, True, False),
        (Cover.NOT_NEEDED, False, False),
        (Cover.NOT_DUE, False, False),
    ],
)
def test_declined_cover_stays_counted_and_not_needed_does_not(
    cover: Cover, is_counted: bool, reached: bool
) -> None:
    answer = member(MeasureId.COVER_CONTINUOUS, a_release(cover=cover))

    assert (answer.counted, answer.reached) == (is_counted, reached)


@pytest.mark.parametrize(
    ("given", "reached", "count"),
    [
        (NaloxoneAnswer.SUPPLIED_AND_TRAINED, True, Count.NALOXONE_SUPPLIED),
        (NaloxoneAnswer.SUPPLIED_NOT_TRAINED, True, Count.NALOXONE_SUPPLIED),
        (NaloxoneAnswer.DECLINED, False, Count.NALOXONE_DECLINED),
        (None, False, Count.NALOXONE_UNRECORDED),
    ],
)
def test_naloxone_is_due_to_everybody_with_an_opiate_history(
    given: NaloxoneAnswer | None, reached: bool, count: Count
) -> None:
    release = a_release(opiate_history=True, naloxone=given)

    answer = member(MeasureId.NALOXONE_SUPPLIED, release)

    assert (answer.counted, answer.reached) == (True, reached)
    assert counted(release)[count] == 1
    assert not member(MeasureId.NALOXONE_SUPPLIED, a_release(naloxone=given)).counted


def test_the_lapses_before_a_loss_are_those_up_to_the_lost_step() -> None:
    lapsed = frozenset({Step.PLAN, Step.APPOINTMENT, Step.ENGAGEMENT})
    numbers = counted(a_release(accepted=True, lapsed=lapsed))

    assert numbers["furthest.accepted"] == 1
    assert numbers.family("lapse") == {"appointed.plan": 1, "appointed.appointment": 1}


def test_a_release_on_the_referral_day_of_another_month_still_counts_once() -> None:
    release = a_release(referred_on=RELEASED_ON - timedelta(days=400))

    assert counted(release)[Count.REFERRED] == 1


def test_every_measure_says_what_it_counts_and_where_it_comes_from() -> None:
    for each in DEFINITIONS.values():
        assert each.version >= 1
        assert each.source
        assert all(text.endswith(".") for text in (each.counts, each.of, each.leaves_out))
        assert (each.numerator is None) == (each.denominator is None)
    assert set(DEFINITIONS) == set(MeasureId)
