"""One change of one rota by somebody who has looked at it, and what they looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from domain.duty.rota import Shift
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


def version_of(rota: Sequence[Shift]) -> str:
    """Return what is another one as soon as anything in the rota of one post is."""
    told = sorted(f"{each.starts_at} {each.ends_at} {each.staff_id}" for each in rota)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
