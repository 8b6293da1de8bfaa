"""The closed vocabularies that every layer shares: who, where, which substance, which role.

A wire value (the string) is stored, sent and compared, so it never changes once released; the
words shown to people live beside the pages and messages that show them. Change this file when
the field itself gains or loses a category.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Nation(StrEnum):
    """The nation of the place a person goes to; it decides which measures count them (R12, R21)."""

    ENGLAND = "england"
    WALES = "wales"


class Sex(StrEnum):
    """Sex as prison and treatment records link on it (R14)."""

    FEMALE = "female"
    MALE = "male"


class EthnicityGroup(StrEnum):
    """The five high-level groups of the census in England and Wales, and an honest blank."""

    ASIAN = "asian"
    BLACK = "black"
    MIXED = "mixed"
    OTHER = "other"
    WHITE = "white"
    NOT_STATED = "not_stated"


class ReleaseType(StrEnum):
    """Why a person leaves on that day; it decides whether the Friday rule applies (R99, R100)."""

    CONDITIONAL = "conditional"
    AUTOMATIC = "automatic"
    POST_RECALL = "post_recall"
    FIXED_TERM_RECALL = "fixed_term_recall"
    EARLY_TRANSFER = "early_transfer"
    MID_TRANSFER = "mid_transfer"
    LATE_TRANSFER = "late_transfer"
    HOME_DETENTION_CURFEW = "home_detention_curfew"
    PAROLE = "parole"
    INDETERMINATE = "indeterminate"
    COURT = "court"
    REMAND_END = "remand_end"

    @property
    def abbreviation(self) -> str | None:
        """The abbreviation that prison systems print, or None where none is official."""
        return _RELEASE_ABBREVIATIONS.get(self)


_RELEASE_ABBREVIATIONS: Final[Mapping[ReleaseType, str]] = {
    ReleaseType.CONDITIONAL: "CRD",
    ReleaseType.AUTOMATIC: "ARD",
    ReleaseType.POST_RECALL: "PRRD",
    ReleaseType.FIXED_TERM_RECALL: "FTR",
    ReleaseType.EARLY_TRANSFER: "ETD",
    ReleaseType.MID_TRANSFER: "MTD",
    ReleaseType.LATE_TRANSFER: "LTD",
    ReleaseType.HOME_DETENTION_CURFEW: "HDC",
    ReleaseType.PAROLE: "APD",
}


class TreatmentNeed(StrEnum):
    """Whether a person needs drug or alcohol treatment: "not asked yet" is not "no"."""

    NOT_YET_KNOWN = "not_yet_known"
    NEEDED = "needed"
    NOT_NEEDED = "not_needed"


class SubstanceGroup(StrEnum):
    """The four groups of the national treatment statistics; each person is in one (R10)."""

    OPIATE = "opiate"
    NON_OPIATE_ONLY = "non_opiate_only"
    NON_OPIATE_AND_ALCOHOL = "non_opiate_and_alcohol"
    ALCOHOL_ONLY = "alcohol_only"


class Substance(StrEnum):
    """What a person reports or is recorded as using.

    Misused prescribed medicines and "something else" are split by whether they are opioids,
    because the group cannot be known without it.
    """

    HEROIN = "heroin"
    METHADONE_NOT_PRESCRIBED = "methadone_not_prescribed"
    OTHER_OPIATES = "other_opiates"
    PRESCRIBED_OPIOIDS = "prescribed_opioids"
    CRACK = "crack"
    COCAINE = "cocaine"
    CANNABIS = "cannabis"
    ECSTASY = "ecstasy"
    AMPHETAMINES = "amphetamines"
    BENZODIAZEPINES = "benzodiazepines"
    HALLUCINOGENICS = "hallucinogenics"
    SOLVENTS = "solvents"
    STEROIDS = "steroids"
    SPICE = "spice"
    PRESCRIBED_NON_OPIOIDS = "prescribed_non_opioids"
    OTHER_NON_OPIATES = "other_non_opiates"
    ALCOHOL = "alcohol"


OPIATES: Final = frozenset(
    {
        Substance.HEROIN,
        Substance.METHADONE_NOT_PRESCRIBED,
        Substance.OTHER_OPIATES,
        Substance.PRESCRIBED_OPIOIDS,
    },
)


class NoSubstanceError(ValueError):
    """No substance was named, so no group can be given; record "not needed" instead."""

    def __init__(self) -> None:
        super().__init__("Name at least one substance, or record that no treatment is needed")


def group_of(substances: Iterable[Substance]) -> SubstanceGroup:
    """Return the one treatment group of everything a person uses.

    Any opiate decides, whatever else is used; crack counts as a non-opiate (secure settings
    report 2018 to 2019, section 2.1; the precedence is R10's reading of it).

    Raises:
        NoSubstanceError: `substances` is empty.
    """
    used = frozenset(substances)
    if not used:
        raise NoSubstanceError
    if used & OPIATES:
        return SubstanceGroup.OPIATE
    if Substance.ALCOHOL not in used:
        return SubstanceGroup.NON_OPIATE_ONLY
    if used == {Substance.ALCOHOL}:
        return SubstanceGroup.ALCOHOL_ONLY
    return SubstanceGroup.NON_OPIATE_AND_ALCOHOL


class Pathway(StrEnum):
    """The seven resettlement pathways, in the order the prison's own service lists them (R33)."""

    ACCOMMODATION = "accommodation"
    ATTITUDES_THINKING_AND_BEHAVIOUR = "attitudes_thinking_and_behaviour"
    CHILDREN_FAMILIES_AND_COMMUNITIES = "children_families_and_communities"
    DRUGS_AND_ALCOHOL = "drugs_and_alcohol"
    EDUCATION_SKILLS_AND_WORK = "education_skills_and_work"
    FINANCE_AND_ID = "finance_and_id"
    HEALTH = "health"


class NeedSource(StrEnum):
    """Where a need was learnt; self-report alone is flagged at screening (R29)."""

    SELF_REPORT = "self_report"
    PRISON_RECORD = "prison_record"
    OASYS = "oasys"
    HEALTH = "health"
    PROBATION = "probation"
    PREVIOUS_CONVICTIONS = "previous_convictions"


class HandoverParty(StrEnum):
    """The four services that must each acknowledge the pack before release (R37)."""

    PRISON_DRUG_SERVICE = "prison_drug_service"
    PRISON_RESETTLEMENT = "prison_resettlement"
    COMMUNITY_DRUG_SERVICE = "community_drug_service"
    PROBATION = "probation"


class Role(StrEnum):
    """What an account may do and see; scope (which prison, unit, service) is held apart."""

    RESETTLEMENT = "resettlement"
    HEALTHCARE = "healthcare"
    PROBATION = "probation"
    PROVIDER = "provider"
    COMMISSIONER = "commissioner"
    ADMIN = "admin"
    AUDITOR = "auditor"
