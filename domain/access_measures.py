"""Who may ask for which measures: whole nations for every commissioner, areas for their own."""

from __future__ import annotations

from typing import Final

from domain.access import Subject
from domain.access_denials import Denial, NotPermitted
from domain.codes import Role

MEASURE_ROLES: Final = frozenset({Role.COMMISSIONER, Role.AUDITOR})
"""Roles that are shown counts; an auditor checks them and commissions nothing."""


def may_measure(subject: Subject, area: str | None, *, breaks_areas_down: bool = False) -> None:
    """Let a commissioner ask for a nation, its published tables, and the areas that are theirs.

    Args:
        subject: Whoever asks.
        area: The local authority asked about, None for a nation.
        breaks_areas_down: Whether the answer tells groups within every area.

    Raises:
        NotPermitted: `ROLE`, or `AREA` for what another area is broken down by.
    """
    if subject.role not in MEASURE_ROLES:
        raise NotPermitted(Denial.ROLE)
    if subject.role is Role.AUDITOR or subject.areas is None:
        return
    others = area is None and breaks_areas_down
    if others or (area is not None and area not in subject.areas):
        raise NotPermitted(Denial.AREA)
