"""Whom a record names beside its teams: the professionals to ring about a person.

Change this file when a record names another kind of them, or another team keeps one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.access_denials import Denial, NotPermitted
from domain.access_detail import CLINICAL_ROLES
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role


class Professional(StrEnum):
    """A kind of professional; a release has one of each, or none yet."""

    KEY_WORKER = "key_worker"
    POM = "pom"
    COM = "com"
    GP = "gp"
    PHARMACY = "pharmacy"


KEEPERS: Final = {
    Professional.KEY_WORKER: CASEWORK_ROLES,
    # The prison names its offender manager; probation hears of a change first after release.
    Professional.POM: frozenset({Role.RESETTLEMENT, Role.PROBATION}),
    Professional.COM: frozenset({Role.PROBATION}),
    # Resettlement staff register people with a practice, and anybody may learn which it is.
    Professional.GP: CASEWORK_ROLES,
    Professional.PHARMACY: CLINICAL_ROLES,
}
"""Who records which: nobody records what another team knows better."""


def sees_professional(role: Role, professional: Professional) -> bool:
    """Return whether `role` may know whom a record names.

    A pharmacy that dispenses tells of a prescription, and which pharmacy is clinical detail of the
    prescription step already (R124), so it is so here. A GP practice says nothing but that the
    person is registered, which the essentials tell everybody who works with them.
    """
    if professional is Professional.PHARMACY:
        return role in CLINICAL_ROLES
    return role in CASEWORK_ROLES


def keeps_professional(role: Role, professional: Professional) -> bool:
    """Return whether `role` may record, change and take away whom a record names."""
    return role in KEEPERS[professional]


def may_keep_professional(role: Role, professional: Professional) -> None:
    """Let `role` record whom a release in its scope names.

    Raises:
        NotPermitted: `ROLE`.
    """
    if not keeps_professional(role, professional):
        raise NotPermitted(Denial.ROLE)
