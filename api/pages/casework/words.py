"""Codes in the words of staff: one table for each vocabulary that a form offers.

The code is stored and never changes; the words may. A code that the domain gains shows up as a
failing test until it has words here.
"""

from __future__ import annotations

from typing import Final

from domain.codes import NeedSource, Pathway, Substance, SubstanceGroup
from domain.commands import Obstacle
from domain.cover import FormType, Formulation, Schedule, Source
from domain.facts import (
    ActionOutcome,
    DrugCondition,
    Essential,
    EssentialAnswer,
    ExploitationSign,
    NaloxoneAnswer,
    NearMissKind,
    PathwayStatus,
    RejectionReason,
    ReleaseRoute,
    RetentionOutcome,
    ReviewOutcome,
)

PATHWAYS: Final = {
    Pathway.ACCOMMODATION: "Accommodation",
    Pathway.ATTITUDES_THINKING_AND_BEHAVIOUR: "Attitudes, thinking and behaviour",
    Pathway.CHILDREN_FAMILIES_AND_COMMUNITIES: "Children, families and communities",
    Pathway.DRUGS_AND_ALCOHOL: "Drugs and alcohol",
    Pathway.EDUCATION_SKILLS_AND_WORK: "Education, skills and work",
    Pathway.FINANCE_AND_ID: "Finance and ID",
    Pathway.HEALTH: "Health",
}
PATHWAY_ANSWERS: Final = {
    PathwayStatus.SUPPORT_REQUIRED: "Support is required",
    PathwayStatus.SUPPORT_NOT_REQUIRED: "Support is not required",
    PathwayStatus.SUPPORT_DECLINED: "The person declined support",
}
SOURCES: Final = {
    NeedSource.SELF_REPORT: "What the person says",
    NeedSource.PRISON_RECORD: "Prison record",
    NeedSource.OASYS: "OASys",
    NeedSource.HEALTH: "Health record",
    NeedSource.PROBATION: "Probation record",
    NeedSource.PREVIOUS_CONVICTIONS: "Previous convictions",
}
SUBSTANCES: Final = {
    Substance.HEROIN: "Heroin",
    Substance.METHADONE_NOT_PRESCRIBED: "Methadone that was not prescribed",
    Substance.OTHER_OPIATES: "Other opiates",
    Substance.PRESCRIBED_OPIOIDS: "Prescribed opioids, misused",
    Substance.CRACK: "Crack",
    Substance.COCAINE: "Cocaine",
    Substance.CANNABIS: "Cannabis",
    Substance.ECSTASY: "Ecstasy",
    Substance.AMPHETAMINES: "Amphetamines",
    Substance.BENZODIAZEPINES: "Benzodiazepines",
    Substance.HALLUCINOGENICS: "Hallucinogens",
    Substance.SOLVENTS: "Solvents",
    Substance.STEROIDS: "Steroids",
    Substance.SPICE: "Spice",
    Substance.PRESCRIBED_NON_OPIOIDS: "Other prescribed medicines, misused",
    Substance.OTHER_NON_OPIATES: "Other drugs that are not opiates",
    Substance.ALCOHOL: "Alcohol",
}
GROUPS: Final = {
    SubstanceGroup.OPIATE: "Opiates, with or without anything else",
    SubstanceGroup.NON_OPIATE_ONLY: "Other drugs only",
    SubstanceGroup.NON_OPIATE_AND_ALCOHOL: "Other drugs and alcohol",
    SubstanceGroup.ALCOHOL_ONLY: "Alcohol only",
}
OUTCOMES: Final = {
    ActionOutcome.ACCEPTED: "Accepted by the service it was sent to",
    ActionOutcome.ATTENDED: "The person attended",
    ActionOutcome.DONE: "Done",
    ActionOutcome.DECLINED: "The person declined",
    ActionOutcome.NOT_NEEDED: "No longer needed",
}
REJECTIONS: Final = {
    RejectionReason.OUT_OF_AREA: "The person will live outside our area",
    RejectionReason.NOT_ELIGIBLE: "The person is not eligible for our service",
    RejectionReason.NO_CAPACITY: "We have no capacity",
    RejectionReason.ALREADY_IN_TREATMENT_ELSEWHERE: "Already in treatment elsewhere",
    RejectionReason.INFORMATION_MISSING: "Information that we need is missing",
    RejectionReason.PERSON_DECLINED: "The person declined",
}
FORM_TYPES: Final = {
    FormType.FP10: "FP10, one collection (England)",
    FormType.FP10MDA: "FP10MDA, instalments (England)",
    FormType.WP10: "WP10, one collection (Wales)",
    FormType.WP10MDA: "WP10MDA, instalments (Wales)",
}
SCHEDULES: Final = {
    Schedule.TWO: "Schedule 2",
    Schedule.THREE: "Schedule 3",
    Schedule.FOUR: "Schedule 4",
    Schedule.FIVE: "Schedule 5",
    Schedule.OTHER: "Not a controlled drug",
}
FORMULATIONS: Final = {Formulation.WEEKLY: "Weekly", Formulation.MONTHLY: "Monthly"}
COVERED_BY: Final = {
    Source.RELEASED_DOSE: "Dose before release",
    Source.DEPOT: "Injection",
    Source.TAKE_HOME: "Given at the gate",
    Source.FORM: "From the pharmacy",
    Source.NONE: "Nothing",
}
NALOXONE: Final = {
    NaloxoneAnswer.SUPPLIED_AND_TRAINED: "Supplied, and the person was trained to use it",
    NaloxoneAnswer.SUPPLIED_NOT_TRAINED: "Supplied, but not yet trained",
    NaloxoneAnswer.DECLINED: "Declined",
}
ESSENTIALS: Final = {
    Essential.FIRST_NIGHT_ADDRESS: "Address for the first night",
    Essential.ID: "Identity document",
    Essential.BANK_ACCOUNT: "Bank account",
    Essential.BENEFITS_APPOINTMENT: "Benefits appointment",
    Essential.GP: "GP",
    Essential.TRAVEL: "Travel home",
}
ESSENTIAL_ANSWERS: Final = {
    EssentialAnswer.ARRANGED: "Arranged",
    EssentialAnswer.DECLINED: "The person declined",
    EssentialAnswer.NOT_NEEDED: "Not needed",
}
CONDITIONS: Final = {
    DrugCondition.TREATMENT: "Drug treatment",
    DrugCondition.TESTING: "Drug testing",
}
ROUTES: Final = {
    ReleaseRoute.PLANNED: "As planned",
    ReleaseRoute.EARLY: "Earlier than planned",
    ReleaseRoute.FROM_COURT: "From court",
    ReleaseRoute.SHORT_NOTICE: "At short notice",
}
RETENTION: Final = {
    RetentionOutcome.IN_TREATMENT: "Still in treatment",
    RetentionOutcome.LEFT_TREATMENT_COMPLETE: "Left with treatment complete",
    RetentionOutcome.LEFT_EARLY: "Left before treatment was complete",
}
NEAR_MISSES: Final = {
    NearMissKind.NON_FATAL_OVERDOSE: "Overdose that the person survived",
    NearMissKind.RELEASED_WITHOUT_COVER: "Released without medicine for every day",
    NearMissKind.MISSED_FIRST_NIGHT: "No place for the first night",
}
SIGNS: Final = {
    ExploitationSign.CUCKOOING: "Somebody has taken over the person's home (cuckooing)",
    ExploitationSign.COUNTY_LINES: "Used to move or sell drugs (county lines)",
    ExploitationSign.REPEATED_ASSAULT: "Assaulted more than once",
}
REVIEW_OUTCOMES: Final = {
    ReviewOutcome.PRACTICE_CHANGED: "We changed how we work",
    ReviewOutcome.LEARNING_SHARED: "We shared what we learnt",
    ReviewOutcome.NO_FURTHER_ACTION: "No further action",
}
WEEKDAYS: Final = {
    "0": "Monday",
    "1": "Tuesday",
    "2": "Wednesday",
    "3": "Thursday",
    "4": "Friday",
    "5": "Saturday",
    "6": "Sunday",
}
OBSTACLES: Final = {
    Obstacle.PERSON_NOT_SEEN: "The person cannot be seen or reached",
    Obstacle.NO_ANSWER: "Another service or team does not answer",
    Obstacle.NOT_OFFERED: "What is needed is not offered here",
    Obstacle.NOT_IN_TIME: "It can be done, but not in time",
    Obstacle.WENT_WRONG: "Something went wrong",
}
NOT_NEEDED: Final = {
    "already_in_treatment": "Already in treatment in the community",
    "going_abroad": "Going abroad",
    "transferring_to_hospital": "Moving to a hospital",
    "no_medicine": "Takes no medicine for drug or alcohol use",
    "not_in_prison_treatment": "Was not in treatment in prison",
    "completed_in_prison": "Completed the medicine in prison",
    "already_has_naloxone": "Has naloxone already",
    "residential_admission": "Goes straight into residential treatment",
    "no_care_and_support_needs": "Has no need for care and support",
    "not_at_risk": "Is not at risk after all",
}
DECLINED: Final = {
    "wants_no_treatment": "Does not want treatment",
    "wants_no_contact": "Does not want to be contacted",
    "will_arrange_own": "Will arrange it themselves",
    "prefers_other_support": "Prefers other support",
}
CANCELLED: Final = {
    "new_sentence": "New sentence or charge",
    "parole_refused": "Parole was refused",
    "deported": "Will be deported or moved abroad",
    "date_unknown": "There is no release date any more",
}
ENDED: Final = {
    "no_contact_for_three_weeks": "Nobody could reach the person for three weeks",
    "declined_treatment": "The person declined treatment",
    "moved_away": "The person moved away and another area has taken over",
}
WRONG: Final = {
    "wrong_day_recorded": "The wrong day was recorded",
    "wrong_person_recorded": "It was recorded for the wrong person",
    "new_information": "There is new information",
}
NOT_ARRANGED: Final = {
    "has_one_already": "Has one already",
    "does_not_want_it": "Does not want it",
    "arranges_own": "Will arrange it themselves",
    "somebody_else_arranges": "Somebody else arranges it",
}
NALOXONE_DECLINED: Final = {
    "does_not_want_it": "Does not want it",
    "has_one_already": "Has some already",
    "no_longer_uses": "Says they no longer use opiates",
    "fears_being_searched": "Fears trouble when carrying it",
}
CONTINGENCIES: Final = {
    "relapse-plan": "A relapse plan that the person agreed to",
    "rapid-restart": "The community service will restart medicine at once",
    "rapid-access": "Walk-in access to the community service, without an appointment",
}
PLACES: Final = {
    "main": "At the service's usual address",
    "probation-office": "At a probation office",
    "outreach": "A worker visits the person",
    "remote": "By telephone or video",
}
