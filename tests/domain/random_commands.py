"""A command of every kind, valid or not, from a day and a number: fuel for random journeys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from domain import commands as asked
from domain.codes import HandoverParty, NeedSource, Pathway, Role, SubstanceGroup, TreatmentNeed
from domain.cover import Depot, Formulation, TakeHome
from domain.facts import (
    ActionOutcome,
    DrugCondition,
    Essential,
    EssentialAnswer,
    EssentialItem,
    ExploitationSign,
    LicenceCriteria,
    NaloxoneAnswer,
    NearMissKind,
    PathwayAnswer,
    PathwayStatus,
    PlanAction,
    RejectionReason,
    ReleaseRoute,
    RetentionOutcome,
    ReviewOutcome,
    TreatmentPicture,
)
from domain.journey import Step
from tests.builders import (
    SERVICE,
    a_plan,
    a_screening,
    all_essentials,
    an_opiate_picture,
    the_rules,
)

Item = TypeVar("Item")
Build = Callable[[date, int], Any]

STEPS = tuple(Step)
REASONS = (
    *("already_in_treatment", "no_medicine", "already_has_naloxone", "going_abroad"),
    *("not_at_risk", "wants_no_contact", "wants_no_treatment", "no_such_reason"),
)
PICTURES = (
    an_opiate_picture(),
    an_opiate_picture(opiate_treatment=False, believed_drug_free=True),
    TreatmentPicture(need=TreatmentNeed.NEEDED, stated_group=SubstanceGroup.ALCOHOL_ONLY),
    TreatmentPicture(need=TreatmentNeed.NOT_NEEDED),
    TreatmentPicture(need=TreatmentNeed.NOT_YET_KNOWN),
)


def pick(options: Sequence[Item], number: int) -> Item:
    return options[number % len(options)]


def _moment(on: date, number: int) -> datetime:
    return datetime.combine(on, time(number % 24), UTC)


def _some_screening(on: date, number: int) -> asked.RecordScreening:
    if number % 3:
        return a_screening(on, pick(PICTURES, number))
    answer = PathwayAnswer(
        pathway=pick(tuple(Pathway), number),
        status=pick(tuple(PathwayStatus), number),
        sources=(NeedSource.SELF_REPORT,),
        why_note="why-1",
    )
    return asked.RecordScreening(on=on, answers=(answer,) * (number % 2 + 1))


def _some_plan(on: date, number: int) -> asked.RecordPlan:
    action = PlanAction(
        id=f"act-{number % 3}", pathway=pick(tuple(Pathway), number), owner=Role.PROVIDER, due_on=on
    )
    return a_plan(on) if number % 2 else asked.RecordPlan(on=on, actions=(action,), contingency="c")


def _some_supply(on: date, number: int) -> asked.ArrangePrescription:
    leaves_on = date(2026, 12, 1)
    days = number % 20 + 1
    supply = (
        Depot(formulation=Formulation.MONTHLY, given_on=on, next_booked_on=on + timedelta(28))
        if number % 5 == 0
        else TakeHome(from_on=on if number % 2 else leaves_on, days=days)
    )
    prescriber_on = None if number % 7 == 0 else leaves_on + timedelta(days=days - 1)
    return asked.ArrangePrescription(on=on, supplies=(supply,), prescriber_on=prescriber_on)


def _some_criteria(on: date, number: int) -> asked.EvidenceLicenceCondition:
    criteria = LicenceCriteria(
        linked_to_offending=True,
        dependent_or_propensity=True,
        requires_and_susceptible_to_treatment=number % 5 != 0,
        appointment_known_and_confirmed=True,
        type_set_on_health_advice=True,
        necessity_note="n1",
        proportionality_note="n2",
    )
    condition = pick(tuple(DrugCondition), number)
    return asked.EvidenceLicenceCondition(on=on, condition=condition, criteria=criteria)


def _some_policy(_: date, number: int) -> asked.AdoptPolicy:
    policy = the_rules().policy
    step = pick((Step.PRESCRIPTION, Step.NALOXONE, Step.HANDOVER), number)
    rule = policy.steps[step].due.model_copy(update={"count": -(number % 9)})
    steps = {**policy.steps, step: policy.steps[step].model_copy(update={"due": rule})}
    update = {"version": f"trial-{number}", "steps": steps}
    return asked.AdoptPolicy(policy=policy.model_copy(update=update), reason="trial")


def _some_calendar(on: date, number: int) -> asked.SetCalendar:
    calendar = the_rules().calendar
    holidays = calendar.holidays | {on + timedelta(days=number % 9)}
    return asked.SetCalendar(calendar=calendar.model_copy(update={"holidays": holidays}))


def _some_review(on: date, number: int) -> asked.RecordReview:
    return asked.RecordReview(
        on=on,
        review=f"n{number % 2 + 1}",
        contacted_on=on if number % 3 else None,
        agencies=("a", "b") if number % 4 else ("a",),
        outcome=ReviewOutcome.LEARNING_SHARED if number % 5 else None,
        told=(Role.PROVIDER,) if number % 6 else (),
    )


BUILD: dict[type[Any], Build] = {
    asked.RecordScreening: _some_screening,
    asked.RecordPlan: _some_plan,
    asked.RecordActionOutcome: lambda on, n: asked.RecordActionOutcome(
        on=on, action=f"act-{n % 3}", outcome=pick(tuple(ActionOutcome), n)
    ),
    asked.SendReferral: lambda on, n: asked.SendReferral(on=on, service=f"cds-{n % 2}"),
    asked.RecordReferralReceived: lambda on, _: asked.RecordReferralReceived(on=on),
    asked.AcceptReferral: lambda on, _: asked.AcceptReferral(on=on),
    asked.RejectReferral: lambda on, n: asked.RejectReferral(
        on=on, reason=pick(tuple(RejectionReason), n)
    ),
    asked.WithdrawReferral: lambda on, _: asked.WithdrawReferral(on=on),
    asked.ArrangePrescription: _some_supply,
    asked.ConfirmLastDose: lambda on, n: asked.ConfirmLastDose(
        on=on, with_prescriber=n % 4 != 0, with_pharmacy=n % 2 == 0
    ),
    asked.RecordNaloxone: lambda on, n: asked.RecordNaloxone(
        on=on,
        answer=pick(tuple(NaloxoneAnswer), n),
        declined_reason="enough" if n % 2 else None,
        conversation_by="nurse-1" if n % 5 else None,
    ),
    asked.BookAppointment: lambda on, n: asked.BookAppointment(
        on=on,
        service=SERVICE,
        at=_moment(max(on, date(2026, 12, 1)) + timedelta(days=n % 30), n),
        place="p1" if n % 4 else None,
        with_prescriber=n % 3 == 0,
        told_on=on if n % 5 else None,
    ),
    asked.TellAppointment: lambda on, n: asked.TellAppointment(on=on, appointment=f"a{n % 3 + 1}"),
    asked.CancelAppointment: lambda on, n: asked.CancelAppointment(
        on=on, appointment=f"a{n % 3 + 1}"
    ),
    asked.RecordEssentials: lambda on, n: (
        all_essentials(on)
        if n % 2
        else asked.RecordEssentials(
            on=on,
            items=(
                EssentialItem(
                    item=pick(tuple(Essential), n), answer=EssentialAnswer.DECLINED, reason="r"
                ),
            ),
        )
    ),
    asked.RequestLicenceCondition: lambda on, n: asked.RequestLicenceCondition(
        on=on, condition=pick(tuple(DrugCondition), n)
    ),
    asked.EvidenceLicenceCondition: _some_criteria,
    asked.WithdrawLicenceCondition: lambda on, n: asked.WithdrawLicenceCondition(
        on=on, condition=pick(tuple(DrugCondition), n)
    ),
    asked.SendHandover: lambda on, n: asked.SendHandover(on=on, pack=f"pack-{n % 3}"),
    asked.AcknowledgeHandover: lambda on, n: asked.AcknowledgeHandover(
        on=on, party=pick(tuple(HandoverParty), n)
    ),
    asked.RecordRelease: lambda on, n: asked.RecordRelease(
        at=_moment(on, n), route=pick(tuple(ReleaseRoute), n), naloxone_in_hand=n % 2 == 0
    ),
    asked.RecordContact: lambda on, n: asked.RecordContact(
        on=on, appointment=f"a{n % 3 + 1}", attended=n % 2 == 0
    ),
    asked.RecordContactAttempt: lambda on, n: asked.RecordContactAttempt(on=on, reached=n % 2 == 0),
    asked.RecordTreatmentStart: lambda on, _: asked.RecordTreatmentStart(on=on, service=SERVICE),
    asked.RecordRetention: lambda on, n: asked.RecordRetention(
        on=on, outcome=pick(tuple(RetentionOutcome), n)
    ),
    asked.ReportObstacle: lambda on, n: asked.ReportObstacle(
        on=on, step=pick(STEPS, n), reason=pick(tuple(asked.Obstacle), n)
    ),
    asked.MarkNotNeeded: lambda on, n: asked.MarkNotNeeded(
        on=on, step=pick(STEPS, n), reason=pick(REASONS, n // 3)
    ),
    asked.RecordDeclined: lambda on, n: asked.RecordDeclined(
        on=on, step=pick(STEPS, n), reason=pick(REASONS, n // 3)
    ),
    asked.ReopenStep: lambda on, n: asked.ReopenStep(on=on, step=pick(STEPS, n)),
    asked.MoveReleaseDate: lambda on, n: asked.MoveReleaseDate(
        on=on, scheduled_on=on + timedelta(days=n % 120), as_given=n % 2 == 0
    ),
    asked.Transfer: lambda on, n: asked.Transfer(on=on, prison=pick(("LEI", "HMI"), n)),
    asked.ChangeDestination: lambda on, n: asked.ChangeDestination(
        on=on,
        destination=pick(("E06000001", "W06000015"), n),
        probation_unit="N54CLD",
        service=SERVICE,
        nation="wales" if n % 2 else "england",
    ),
    asked.Recall: lambda on, _: asked.Recall(on=on),
    asked.RecordHospitalAdmission: lambda on, _: asked.RecordHospitalAdmission(on=on),
    asked.RecordHospitalDischarge: lambda on, _: asked.RecordHospitalDischarge(on=on),
    asked.RecordDeath: lambda on, _: asked.RecordDeath(on=on),
    asked.CancelRelease: lambda on, _: asked.CancelRelease(on=on, reason="new_sentence"),
    asked.Merge: lambda on, n: asked.Merge(on=on, into=f"rel-{n % 2 + 1}"),
    asked.EndJourney: lambda on, _: asked.EndJourney(on=on, reason="cannot_be_found"),
    asked.CorrectRelease: lambda on, n: asked.CorrectRelease(at=_moment(on, n), reason="wrong"),
    asked.CorrectTreatmentStart: lambda on, n: asked.CorrectTreatmentStart(
        on=on if n % 3 else None, reason="wrong"
    ),
    asked.CorrectTreatmentPicture: lambda _, n: asked.CorrectTreatmentPicture(
        treatment=pick(PICTURES, n), reason="wrong"
    ),
    asked.RecordNearMiss: lambda on, n: asked.RecordNearMiss(
        on=on, near_miss=pick(tuple(NearMissKind), n)
    ),
    asked.RecordReview: _some_review,
    asked.FlagExploitation: lambda on, n: asked.FlagExploitation(
        on=on, sign=pick(tuple(ExploitationSign), n)
    ),
    asked.RecordSafeguardingReferral: lambda on, _: asked.RecordSafeguardingReferral(on=on),
    asked.AcknowledgeEscalation: lambda _, n: asked.AcknowledgeEscalation(step=pick(STEPS, n)),
    asked.PassOnEscalation: lambda _, n: asked.PassOnEscalation(step=pick(STEPS, n)),
    asked.EscalateUnreached: lambda _, n: asked.EscalateUnreached(
        step=pick(STEPS, n),
        number=n % 4 + 1,
        level=n % 3 + 1,
        reason=pick(tuple(asked.Unreached), n),
    ),
    asked.AdoptPolicy: _some_policy,
    asked.SetCalendar: _some_calendar,
}
"""How to make one command of each kind from the day it is about and any number."""
