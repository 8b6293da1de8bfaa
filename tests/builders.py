"""Builders of invented facts for tests: every one is valid until a test changes it."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta

from domain.codes import HandoverParty, NeedSource, Pathway, Role, Substance, TreatmentNeed
from domain.commands import (
    AcceptReferral,
    AcknowledgeHandover,
    Actor,
    ArrangePrescription,
    BookAppointment,
    Command,
    ConfirmLastDose,
    RecordContact,
    RecordEssentials,
    RecordNaloxone,
    RecordPlan,
    RecordRelease,
    RecordRetention,
    RecordScreening,
    RecordTreatmentStart,
    SendHandover,
    SendReferral,
    Submission,
)
from domain.cover import TakeHome
from domain.deciding import NewRelease, decide, start
from domain.deciding.deciding import rules_after
from domain.events import Event
from domain.evolve import evolve, replay
from domain.facts import (
    Essential,
    EssentialAnswer,
    EssentialItem,
    NaloxoneAnswer,
    PathwayAnswer,
    PathwayStatus,
    PlanAction,
    RetentionOutcome,
    TreatmentPicture,
)
from domain.falling_due import fall_due
from domain.london_time import london_instant
from domain.rules import Rules
from domain.state import Release
from infra.policies.loading import default_policy
from infra.reference_data.loading import load_reference_data

SERVICE = "cds-hartlepool"
WORKER = Actor(id="staff-1", role=Role.RESETTLEMENT)
_KEYS = itertools.count(1)
_RULES: list[Rules] = []


def the_rules() -> Rules:
    """Return the default policy with the real bank holidays."""
    if not _RULES:
        calendar = load_reference_data().bank_holidays
        _RULES.append(Rules(policy=default_policy(), calendar=calendar))
    return _RULES[0]


def at(on: date, hour: int = 12) -> datetime:
    """Return a London hour of a day as a UTC instant."""
    return london_instant(on, time(hour))


def a_new_release(**changes: object) -> NewRelease:
    """Return a release to start: conditional, Leeds to Hartlepool, on Tuesday 1 December 2026."""
    facts: dict[str, object] = {
        "release_id": "rel-1",
        "nation": "england",
        "prison": "LEI",
        "destination": "E06000001",
        "probation_unit": "N54STHA",
        "service": SERVICE,
        "release_type": "conditional",
        "reception_on": date(2026, 6, 1),
        "scheduled_on": date(2026, 12, 1),
    }
    return NewRelease.model_validate({**facts, **changes})


def an_opiate_picture(**changes: object) -> TreatmentPicture:
    """Return the need of somebody on opioid substitution treatment."""
    facts: dict[str, object] = {
        "need": TreatmentNeed.NEEDED,
        "substances": (Substance.HEROIN,),
        "opiate_treatment": True,
        "opiate_history": True,
    }
    return TreatmentPicture.model_validate({**facts, **changes})


def a_submission(*commands: Command, key: str | None = None, by: Actor = WORKER) -> Submission:
    """Return a submission with a key of its own."""
    return Submission(key=key or f"key-{next(_KEYS)}", actor=by, commands=commands)


def a_screening(on: date, treatment: TreatmentPicture | None = None) -> RecordScreening:
    """Return a complete screening with one need, on drugs and alcohol."""
    answers = tuple(_answer(each) for each in Pathway)
    return RecordScreening(on=on, answers=answers, treatment=treatment or an_opiate_picture())


def _answer(pathway: Pathway) -> PathwayAnswer:
    need = pathway is Pathway.DRUGS_AND_ALCOHOL
    required, not_required = PathwayStatus.SUPPORT_REQUIRED, PathwayStatus.SUPPORT_NOT_REQUIRED
    return PathwayAnswer(
        pathway=pathway,
        status=required if need else not_required,
        sources=(NeedSource.SELF_REPORT, NeedSource.PRISON_RECORD),
        why_note="why-1" if need else None,
    )


def a_plan(on: date) -> RecordPlan:
    """Return a plan that answers the screening's one need."""
    action = PlanAction(
        id="act-1",
        pathway=Pathway.DRUGS_AND_ALCOHOL,
        owner=Role.RESETTLEMENT,
        due_on=on + timedelta(days=14),
    )
    return RecordPlan(on=on, actions=(action,))


def a_prescription(on: date, leaves_on: date, days: int = 7) -> ArrangePrescription:
    """Return a supply from the gate for `days`, and the prescriber on its last day."""
    last_on = leaves_on + timedelta(days=days - 1)
    supply = TakeHome(from_on=leaves_on, days=days)
    return ArrangePrescription(on=on, supplies=(supply,), prescriber_on=last_on)


def an_appointment(on: date, leaves_on: date, days: int = 1) -> BookAppointment:
    """Return an appointment at 11:00, `days` after release, told to the person."""
    when = at(leaves_on + timedelta(days=days), 11)
    return BookAppointment(
        on=on, service=SERVICE, at=when, place="place-1", with_prescriber=True, told_on=on
    )


def all_essentials(on: date) -> RecordEssentials:
    """Return every essential arranged."""
    arranged = EssentialAnswer.ARRANGED
    items = tuple(EssentialItem(item=each, answer=arranged) for each in Essential)
    return RecordEssentials(on=on, items=items)


def naloxone_given(on: date) -> RecordNaloxone:
    """Return naloxone supplied with training and the conversation held."""
    answer = NaloxoneAnswer.SUPPLIED_AND_TRAINED
    return RecordNaloxone(on=on, answer=answer, conversation_by="nurse-1")


def sittings(leaves_on: date) -> list[tuple[datetime, tuple[Command, ...]]]:
    """Return the journey in which nothing lapses: when each sitting is held, and what it records.

    Ten sittings after the start, each by the person who would hold it.
    """

    def before(days: int) -> date:
        return leaves_on - timedelta(days=days)

    started_on = leaves_on + timedelta(days=1)
    retained_on = started_on + timedelta(days=84)
    plan_on, accepted_on, cover_on = before(80), before(77), before(30)
    pack_on = before(15)
    return [
        (at(before(83)), (a_screening(before(83)),)),
        (at(plan_on), (a_plan(plan_on), SendReferral(on=plan_on, service=SERVICE))),
        (
            at(accepted_on),
            (AcceptReferral(on=accepted_on), an_appointment(accepted_on, leaves_on)),
        ),
        (at(cover_on), (a_prescription(cover_on, leaves_on),)),
        (at(pack_on), (all_essentials(pack_on), SendHandover(on=pack_on, pack="pack-1"))),
        (
            at(before(14)),
            (
                AcknowledgeHandover(on=before(14), party=HandoverParty.COMMUNITY_DRUG_SERVICE),
                AcknowledgeHandover(on=before(14), party=HandoverParty.PROBATION),
            ),
        ),
        (
            at(before(13)),
            (
                AcknowledgeHandover(on=before(13), party=HandoverParty.PRISON_DRUG_SERVICE),
                naloxone_given(before(13)),
                ConfirmLastDose(on=before(13), with_prescriber=True, with_pharmacy=True),
            ),
        ),
        (
            at(leaves_on, 10),
            (RecordRelease(at=at(leaves_on, 9), naloxone_in_hand=True),),
        ),
        (
            at(started_on, 13),
            (
                RecordContact(on=started_on, appointment="a1", attended=True),
                RecordTreatmentStart(on=started_on, service=SERVICE),
            ),
        ),
        (
            at(retained_on, 10),
            (RecordRetention(on=retained_on, outcome=RetentionOutcome.IN_TREATMENT),),
        ),
    ]


class Journey:
    """A release driven through the pure domain, clock in hand.

    Attributes:
        now: The clock; `wait_until` moves it and lets everything fall due on the way.
        events: Everything that happened so far.
    """

    def __init__(
        self, *, now: datetime | None = None, rules: Rules | None = None, **new: object
    ) -> None:
        self.rules = rules or the_rules()
        self.now = now or datetime(2026, 9, 7, 10, tzinfo=UTC)
        self.events: list[Event] = list(start(a_new_release(**new), WORKER, self.now, self.rules))
        self.state: Release = replay(self.events)

    def wait_until(self, now: datetime) -> tuple[Event, ...]:
        """Move the clock and return what fell due."""
        self.now = now
        return self._tell(fall_due(self.state, now, self.rules))

    def submit(
        self, *commands: Command, key: str | None = None, by: Actor = WORKER
    ) -> tuple[Event, ...]:
        """Let what is due fall due, then submit; returns the submission's events."""
        self._tell(fall_due(self.state, self.now, self.rules))
        submission = a_submission(*commands, key=key, by=by)
        events = self._tell(decide(self.state, submission, self.now, self.rules))
        self.rules = rules_after(self.rules, submission)
        return events

    def _tell(self, events: tuple[Event, ...]) -> tuple[Event, ...]:
        for each in events:
            self.state = evolve(self.state, each)
        self.events.extend(events)
        return events
