"""The groups by which a measure is broken down; a new breakdown is a new entry here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from domain.codes import EthnicityGroup, Sex, SubstanceGroup
from domain.measures.release import MeasuredRelease

NOT_RECORDED: Final = "not_recorded"
"""The group of releases whose answer is missing; it is shown, so that every cut adds up."""

WHOLE: Final = "all"
"""The one group of `Cut.NATION`."""


class Cut(StrEnum):
    """What a table's rows are. Wire values: they stand in URLs and in CSV headings."""

    NATION = "nation"
    PROBATION_REGION = "probation_region"
    DESTINATION = "destination"
    PRISON = "prison"
    SUBSTANCE_GROUP = "substance_group"
    SEX = "sex"
    AGE_BAND = "age_band"
    ETHNICITY = "ethnicity"


class AgeBand(StrEnum):
    """Age on the day of release. People under 18 are excluded before they are cut (R11)."""

    FROM_18_TO_24 = "18-24"
    FROM_25_TO_34 = "25-34"
    FROM_35_TO_44 = "35-44"
    FROM_45_TO_54 = "45-54"
    FROM_55 = "55+"


_FROM: Final = (
    (55, AgeBand.FROM_55),
    (45, AgeBand.FROM_45_TO_54),
    (35, AgeBand.FROM_35_TO_44),
    (25, AgeBand.FROM_25_TO_34),
    (0, AgeBand.FROM_18_TO_24),
)


GROUPS: Final[Mapping[Cut, tuple[str, ...]]] = {
    Cut.SUBSTANCE_GROUP: (*SubstanceGroup, NOT_RECORDED),
    Cut.SEX: (*Sex, NOT_RECORDED),
    Cut.AGE_BAND: (*AgeBand, NOT_RECORDED),
    Cut.ETHNICITY: (*EthnicityGroup, NOT_RECORDED),
}
"""The groups of each cut whose list is closed, in the order in which they are offered."""


def age_band(age: int) -> AgeBand:
    """Return the band of an age in whole years; anybody younger than 25 is in the first."""
    return next(band for youngest, band in _FROM if age >= youngest)


def group_key(release: MeasuredRelease, cut: Cut) -> str:
    """Return the group of `cut` that a release belongs to, `NOT_RECORDED` when it is unknown."""
    return _KEYS[cut](release) or NOT_RECORDED


_KEYS: Final[Mapping[Cut, Callable[[MeasuredRelease], str | None]]] = {
    Cut.NATION: lambda _: WHOLE,
    Cut.PROBATION_REGION: lambda each: each.probation_region,
    Cut.DESTINATION: lambda each: each.destination,
    Cut.PRISON: lambda each: each.prison,
    Cut.SUBSTANCE_GROUP: lambda each: each.group,
    Cut.SEX: lambda each: each.sex,
    Cut.AGE_BAND: lambda each: None if each.age is None else age_band(each.age),
    Cut.ETHNICITY: lambda each: each.ethnicity,
}
