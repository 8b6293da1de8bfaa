"""What figures are narrowed to, by the names that it has in addresses and options alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from domain.measures.cuts import Cut

FILTERS: Final[Mapping[Cut, str]] = {
    Cut.DESTINATION: "area",
    Cut.PRISON: "prison",
    Cut.PROBATION_REGION: "region",
    Cut.SUBSTANCE_GROUP: "group",
    Cut.SEX: "sex",
    Cut.AGE_BAND: "age",
    Cut.ETHNICITY: "ethnicity",
}
"""The name of each filter; every cut but the whole nation has one."""


def narrowed_to(asked: object) -> dict[Cut, str]:
    """Return the one group of each cut that is asked for; empty for a whole nation.

    Args:
        asked: Has an attribute of each name of `FILTERS`, None where all groups are meant.
    """
    given = {cut: getattr(asked, name) for cut, name in FILTERS.items()}
    return {cut: str(key) for cut, key in given.items() if key is not None}
