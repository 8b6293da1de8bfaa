"""One change of one rota, or of one absence, by somebody who has looked at it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from domain.duty.rota import Absence, Shift
from domain.duty.splicing import Period, outside, period_of


class Revision(NamedTuple):
    """A shift that is put into a rota.

    Attributes:
        shift: It comes in the place of whatever stands in its time.
        instead_of: The shift that it is another version of, which goes wholly; None for a new one.
        seen: `version_of` the rota that was looked at.
    """

    shift: Shift
    instead_of: Shift | None
    seen: str

    def staying(self, stored: Sequence[Shift]) -> tuple[Shift, ...]:
        """Return what is left of the rota before the new shift cuts its own time out of it."""
        old = self.instead_of
        if old is None:
            return tuple(stored)
        return outside(stored, Period(old.team, old.post, old.starts_at, old.ends_at))

    def after(self, stored: Sequence[Shift]) -> tuple[Shift, ...]:
        """Return the whole rota as it becomes."""
        return (*outside(self.staying(stored), period_of([self.shift])), self.shift)


class AbsenceRevision(NamedTuple):
    """What becomes of the absence of one person from one instant on.

    Attributes:
        absence: As it is to be, of the same person from then on; None takes it back.
        seen: `version_of_absence` of what was looked at.
    """

    staff_id: str
    starts_at: datetime
    absence: Absence | None
    seen: str


def version_of(rota: Sequence[Shift]) -> str:
    """Return what is another one as soon as anything in the rota of one post is."""
    told = sorted(f"{each.starts_at} {each.ends_at} {each.staff_id}" for each in rota)
    return _digest("\n".join(told))


def version_of_absence(absence: Absence | None) -> str:
    """Return what is another one as soon as the absence ends or is covered differently.

    It is empty where there is none.
    """
    return _digest(f"{absence.ends_at} {absence.cover_staff_id}") if absence else ""


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()[:16]
