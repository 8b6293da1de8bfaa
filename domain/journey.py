"""The journey: its steps, who owns each and on which side of the gate it is worked.

A step added to or taken from the journey changes this file; figures (due times, severities) live
in the policy document instead.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from domain.codes import Role


class Step(StrEnum):
    """The thirteen steps in order, then two that arise only when something goes wrong."""

    SCREENING = "screening"
    PLAN = "plan"
    REFERRAL = "referral"
    PRESCRIPTION = "prescription"
    NALOXONE = "naloxone"
    APPOINTMENT = "appointment"
    ESSENTIALS = "essentials"
    LICENCE = "licence"
    HANDOVER = "handover"
    RELEASE = "release"
    FIRST_CONTACT = "first_contact"
    ENGAGEMENT = "engagement"
    RETENTION = "retention"
    REVIEW = "review"
    SAFEGUARDING = "safeguarding"


class Side(StrEnum):
    """Where a step can still be worked once the person has left."""

    CUSTODY = "custody"
    EITHER = "either"
    COMMUNITY = "community"


class StepDefinition(NamedTuple):
    """What does not change from one release to the next.

    Attributes:
        title: The words staff see.
        side: `CUSTODY` steps are over once the person is released; `EITHER` steps go on.
        satisfied_when: The condition in words, as shown beside the step.
    """

    step: Step
    title: str
    owner: Role
    side: Side
    satisfied_when: str


JOURNEY: Final = (
    StepDefinition(
        Step.SCREENING,
        "Screening",
        Role.RESETTLEMENT,
        Side.CUSTODY,
        "Every pathway is answered with its sources, and the treatment need is recorded.",
    ),
    StepDefinition(
        Step.PLAN,
        "Resettlement plan",
        Role.RESETTLEMENT,
        Side.CUSTODY,
        "Each need has an action with an owner and a due date.",
    ),
    StepDefinition(
        Step.REFERRAL,
        "Referral to community treatment",
        Role.RESETTLEMENT,
        Side.EITHER,
        "The community service has accepted the referral. Sending it closes nothing.",
    ),
    StepDefinition(
        Step.PRESCRIPTION,
        "Prescription",
        Role.HEALTHCARE,
        Side.EITHER,
        "No day is uncovered until the first community prescriber, and the last dose is confirmed.",
    ),
    StepDefinition(
        Step.NALOXONE,
        "Naloxone",
        Role.HEALTHCARE,
        Side.EITHER,
        "Supplied with training, or declined, and a named person has talked about overdose.",
    ),
    StepDefinition(
        Step.APPOINTMENT,
        "First appointment",
        Role.PROVIDER,
        Side.EITHER,
        "Date, time and place are known and told to the person, inside the cover and 21 days.",
    ),
    StepDefinition(
        Step.ESSENTIALS,
        "Essentials",
        Role.RESETTLEMENT,
        Side.CUSTODY,
        "Address, ID, bank account, benefits, GP and travel are each answered.",
    ),
    StepDefinition(
        Step.LICENCE,
        "Drug conditions on the licence",
        Role.PROBATION,
        Side.CUSTODY,
        "Each condition asked for has its criteria, necessity and proportionality evidenced.",
    ),
    StepDefinition(
        Step.HANDOVER,
        "Handover pack",
        Role.RESETTLEMENT,
        Side.EITHER,
        "The pack is sent and all four parties have acknowledged it.",
    ),
    StepDefinition(
        Step.RELEASE,
        "Release day",
        Role.RESETTLEMENT,
        Side.CUSTODY,
        "The release, the last supervised dose and naloxone in hand are recorded.",
    ),
    StepDefinition(
        Step.FIRST_CONTACT,
        "First contact",
        Role.PROVIDER,
        Side.COMMUNITY,
        "The person was seen. A miss needs a new appointment and an attempt to reach them.",
    ),
    StepDefinition(
        Step.ENGAGEMENT,
        "Treatment started within three weeks",
        Role.PROVIDER,
        Side.COMMUNITY,
        "Structured treatment started 0 to 21 days after release. Booked or seen is not started.",
    ),
    StepDefinition(
        Step.RETENTION,
        "In treatment at twelve weeks",
        Role.PROVIDER,
        Side.COMMUNITY,
        "Still in treatment 84 days after it started, or left with treatment complete.",
    ),
)

ARISING: Final = (
    StepDefinition(
        Step.REVIEW,
        "Near-miss review",
        Role.PROVIDER,
        Side.EITHER,
        "The person was contacted, both agencies, the outcome and who was told are recorded.",
    ),
    StepDefinition(
        Step.SAFEGUARDING,
        "Safeguarding referral",
        Role.PROBATION,
        Side.EITHER,
        "A safeguarding referral is made after repeated signs of exploitation.",
    ),
)

DEFINITIONS: Final = {each.step: each for each in (*JOURNEY, *ARISING)}
"""Every step's definition, by step."""
