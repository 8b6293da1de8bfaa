"""One story of every kind of journey, told to a real server; its history is kept for replays.

A new kind of journey, or a new command that a workflow treats in its own way, adds a story here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from temporalio.client import WorkflowUpdateStage
from temporalio.exceptions import ApplicationError

from domain.codes import Role, TreatmentNeed
from domain.commands import (
    AcknowledgeEscalation,
    AdoptPolicy,
    CancelRelease,
    CorrectTreatmentPicture,
    EndJourney,
    FlagExploitation,
    MarkNotNeeded,
    Merge,
    MoveReleaseDate,
    PassOnEscalation,
    Recall,
    RecordContact,
    RecordContactAttempt,
    RecordDeath,
    RecordHospitalAdmission,
    RecordHospitalDischarge,
    RecordNearMiss,
    RecordRelease,
    RecordReview,
    RecordSafeguardingReferral,
    RejectReferral,
    SendReferral,
    SetCalendar,
    Transfer,
)
from domain.facts import (
    ExploitationSign,
    NearMissKind,
    RejectionReason,
    ReleaseRoute,
    ReviewOutcome,
    TreatmentPicture,
)
from domain.journey import Step
from domain.london_time import london_date
from tests.builders import (
    SERVICE,
    Journey,
    a_plan,
    a_screening,
    a_submission,
    all_essentials,
    an_appointment,
    an_opiate_picture,
    at,
    sittings,
    the_rules,
)
from tests.driving import Running, an_engine
from tests.replay.lateness import late_sittings
from workflows.release import ReleaseWorkflow

Tell = Callable[[Running], Awaitable[None]]


@dataclass(frozen=True)
class Story:
    """How a journey goes, and what is different about the release it starts with."""

    tell: Tell
    release: dict[str, Any] = field(default_factory=dict)


STORIES: Final[dict[str, Story]] = {}
"""Every story by its name, which is its file's name as well."""

OPIATES_NOT_NEEDED: Final = TreatmentPicture(need=TreatmentNeed.NOT_NEEDED)


def story(**release: Any) -> Callable[[Tell], Tell]:  # noqa: ANN401 - facts of every type
    """Register the function below as the story of a release with these facts."""

    def register(tell: Tell) -> Tell:
        STORIES[tell.__name__] = Story(tell, release)
        return tell

    return register


async def _days_before(release: Running, days: int, hour: int = 12) -> None:
    await release.wait_until(at(release.leaves_on - timedelta(days=days), hour))


async def _prepare(release: Running, sittings_held: int) -> None:
    await release.live_through(sittings(release.leaves_on)[:sittings_held])


async def _to_the_gate(release: Running) -> None:
    await _prepare(release, 8)


@story()
async def no_lapse(release: Running) -> None:
    await release.live_through(sittings(release.leaves_on))


@story()
async def everything_lapses(release: Running) -> None:
    status = await release.status()
    journey = Journey(now=status.release.recorded_at, rules=status.rules, **release.facts)
    await release.live_through(late_sittings(journey))


@story()
async def date_moved(release: Running) -> None:
    await _prepare(release, 2)
    today = london_date(await release.now())
    for earlier in (54, 24):
        scheduled_on = release.leaves_on - timedelta(days=earlier)
        await release.submit(MoveReleaseDate(on=today, scheduled_on=scheduled_on, as_given=True))
    await release.wait_until(at(today + timedelta(days=40)))


@story()
async def transferred(release: Running) -> None:
    await _prepare(release, 3)
    today = london_date(await release.now())
    await release.submit(Transfer(on=today, prison="HMI"))
    await release.wait_until(at(today + timedelta(days=60)))


@story(release_type="court")
async def released_from_court(release: Running) -> None:
    await _prepare(release, 1)
    now = await release.now()
    left = RecordRelease(at=now, route=ReleaseRoute.FROM_COURT, naloxone_in_hand=False)
    await release.submit(left)
    await release.wait_until(now + timedelta(days=2))
    await release.submit(PassOnEscalation(step=Step.REFERRAL))
    await release.wait_until(now + timedelta(days=4))


@story()
async def recalled(release: Running) -> None:
    await _to_the_gate(release)
    await release.wait_until(at(release.leaves_on + timedelta(days=5)))
    await release.submit(Recall(on=release.leaves_on + timedelta(days=5)))


@story()
async def in_hospital(release: Running) -> None:
    await _to_the_gate(release)
    await release.submit(RecordHospitalAdmission(on=release.leaves_on))
    discharged_on = release.leaves_on + timedelta(days=9)
    await release.wait_until(at(discharged_on))
    await release.submit(RecordHospitalDischarge(on=discharged_on))
    await release.wait_until(at(discharged_on + timedelta(days=2)))


@story()
async def died(release: Running) -> None:
    await _to_the_gate(release)
    died_on = release.leaves_on + timedelta(days=3)
    await release.wait_until(at(died_on))
    await release.submit(RecordDeath(on=died_on))


@story()
async def cancelled(release: Running) -> None:
    await _prepare(release, 2)
    today = london_date(await release.now())
    await release.submit(CancelRelease(on=today, reason="new_sentence"))


@story()
async def merged(release: Running) -> None:
    today = london_date(await release.now())
    await release.submit(Merge(on=today, into="rel-other"))


@story()
async def no_treatment_need(release: Running) -> None:
    await _days_before(release, 83)
    on = release.leaves_on - timedelta(days=83)
    await release.submit(a_screening(on, OPIATES_NOT_NEEDED), a_plan(on))


@story()
async def not_engaged(release: Running) -> None:
    await _to_the_gate(release)
    missed_on = release.leaves_on + timedelta(days=1)
    await release.wait_until(at(missed_on, 15))
    await release.submit(
        RecordContact(on=missed_on, appointment="a1", attended=False),
        RecordContactAttempt(on=missed_on, reached=False),
    )
    ended_on = release.leaves_on + timedelta(days=30)
    await release.wait_until(at(ended_on))
    await release.submit(EndJourney(on=ended_on, reason="lost_contact"))


@story()
async def near_miss(release: Running) -> None:
    await _to_the_gate(release)
    on = release.leaves_on + timedelta(days=1)
    await release.wait_until(at(on))
    await release.submit(RecordNearMiss(on=on, near_miss=NearMissKind.NON_FATAL_OVERDOSE))
    await release.wait_until(at(on + timedelta(days=3), 13))
    await release.submit(AcknowledgeEscalation(step=Step.REVIEW))
    await release.wait_until(at(on + timedelta(days=3), 18))
    reviewed_on = on + timedelta(days=3)
    await release.submit(
        RecordReview(
            on=reviewed_on,
            review="n1",
            contacted_on=reviewed_on,
            agencies=("prison-health", SERVICE),
            outcome=ReviewOutcome.LEARNING_SHARED,
            told=(Role.PROBATION,),
        )
    )


@story()
async def exploitation(release: Running) -> None:
    await _prepare(release, 3)
    today = london_date(await release.now())
    await release.submit(FlagExploitation(on=today, sign=ExploitationSign.CUCKOOING))
    await release.submit(FlagExploitation(on=today, sign=ExploitationSign.COUNTY_LINES))
    await release.wait_until(at(today + timedelta(days=3)))
    await release.submit(RecordSafeguardingReferral(on=today + timedelta(days=3)))


@story()
async def rejected_referral(release: Running) -> None:
    await _prepare(release, 2)
    on = release.leaves_on - timedelta(days=78)
    await release.wait_until(at(on))
    await release.submit(RejectReferral(on=on, reason=RejectionReason.NO_CAPACITY))
    await release.submit(SendReferral(on=on, service="cds-stockton"))
    await release.wait_until(at(on + timedelta(days=14)))
    await release.submit(
        MarkNotNeeded(on=on + timedelta(days=14), step=Step.REFERRAL, reason="already_in_treatment")
    )


@story()
async def rolled_over(release: Running) -> None:
    await _prepare(release, 4)
    await release.roll_over()
    await release.live_through(sittings(release.leaves_on)[4:])


@story()
async def corrected_after_closing(release: Running) -> None:
    await release.live_through(sittings(release.leaves_on))
    await release.handle.result()
    # Without a day in it: the new run's clock has not been moved into the story's future.
    right = CorrectTreatmentPicture(treatment=an_opiate_picture(), reason="wrong_substance")
    await an_engine(release.bench).submit(release.release_id, a_submission(right))


@story()
async def policy_adopted(release: Running) -> None:
    await _prepare(release, 2)
    policy = the_rules().policy.model_copy(update={"version": "2027-01-pilot"})
    release.bench.read_model.policies[policy.version] = policy
    await release.submit(AdoptPolicy(policy=policy, reason="pilot"))
    await release.submit(SetCalendar(calendar=the_rules().calendar))
    await release.wait_until(at(release.leaves_on - timedelta(days=50)))


@story()
async def projected_again(release: Running) -> None:
    await _prepare(release, 2)
    await release.project_again(after_seq=0)
    await release.live_through(sittings(release.leaves_on)[2:3])


@story()
async def read_model_away(release: Running) -> None:
    release.bench.read_model.next_error = ConnectionError("away")
    await _days_before(release, 80)
    await release.shows_everything()
    release.bench.read_model.next_error = ApplicationError("damaged", non_retryable=True)
    update = await release.handle.start_update(
        ReleaseWorkflow.submit,
        a_submission(all_essentials(release.new.reception_on)),
        wait_for_stage=WorkflowUpdateStage.ACCEPTED,
    )
    await release.wait_until(await release.now() + timedelta(minutes=2))
    await update.result()


@story()
async def open_at_the_start(release: Running) -> None:
    assert (await release.status()).release.is_open


@story()
async def open_with_an_escalation(release: Running) -> None:
    await _days_before(release, 79)
    await release.submit(AcknowledgeEscalation(step=Step.SCREENING))
    await _days_before(release, 70)


@story()
async def open_in_the_community(release: Running) -> None:
    await release.live_through(sittings(release.leaves_on)[:9])


@story()
async def open_with_another_appointment(release: Running) -> None:
    await _to_the_gate(release)
    missed_on = release.leaves_on + timedelta(days=1)
    await release.wait_until(at(missed_on, 15))
    await release.submit(
        RecordContact(on=missed_on, appointment="a1", attended=False),
        RecordContactAttempt(on=missed_on, reached=True),
        an_appointment(missed_on, release.leaves_on, days=4),
    )
    await release.wait_until(at(missed_on + timedelta(days=2)))


@story(half_way=True)
async def brought_in_half_way(release: Running) -> None:
    await release.submit(all_essentials(london_date(await release.now())))
