"""What the groups of cuts with a closed list are called where one of them is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.pages.starting_view import ETHNICITIES, SEXES
from domain.codes import SubstanceGroup
from domain.measures.cuts import GROUPS, NOT_RECORDED, AgeBand, Cut

GROUP_NAMES: Final[Mapping[Cut, Mapping[str, str]]] = {
    Cut.SUBSTANCE_GROUP: {
        SubstanceGroup.OPIATE: "Opiate",
        SubstanceGroup.NON_OPIATE_ONLY: "Non-opiate only",
        SubstanceGroup.NON_OPIATE_AND_ALCOHOL: "Non-opiate and alcohol",
        SubstanceGroup.ALCOHOL_ONLY: "Alcohol only",
    },
    Cut.SEX: {str(each): name for each, name in SEXES.items()},
    Cut.AGE_BAND: {
        str(each): each.replace("-", " to ").replace("+", " and over") for each in AgeBand
    },
    Cut.ETHNICITY: {str(each): name for each, name in ETHNICITIES.items()},
}
"""Not what stands for those who are not recorded, which every cut has."""


def choices_of(cut: Cut) -> list[tuple[str, str]]:
    """Return the groups of a cut with their names, those not recorded last."""
    return [(each, group_name(cut, each)) for each in GROUPS[cut]]


def group_name(cut: Cut, group: str) -> str:
    """Return what a group is called; its code when it is on no list."""
    if group == NOT_RECORDED:
        return "Not recorded"
    return GROUP_NAMES.get(cut, {}).get(group, group)
