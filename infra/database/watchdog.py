"""The watchdog: what is due and not done, asked of the database alone.

It must be right when everything else is broken, so it is one plain query over two tables and uses
neither the workflows nor the domain's reckoning of due times (hazard H1, OPS-06).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, text

from domain.codes import Role
from domain.journey import DEFINITIONS, Step
from domain.policy import Severity
from infra.database.columns import UtcDateTime
from infra.database.engine import Database

OVERDUE: Final = """
SELECT releases.id AS release_id, releases.reference, releases.prison, releases.probation_unit,
       releases.service, steps.step, steps.severity, steps.due_at, steps.lapsed_at
FROM steps JOIN releases ON releases.id = steps.release_id
WHERE steps.status = 'open' AND releases.phase <> 'closed' AND steps.due_at <= :now
ORDER BY steps.severity, steps.due_at, releases.id, steps.step
"""


@dataclass(frozen=True)
class OverdueStep:
    """A step that is due and not answered.

    Attributes:
        overdue_within: How long ago it fell due.
        lapsed_at: When its workflow recorded the lapse; None means that nobody is being told.
    """

    release_id: str
    reference: str
    prison: str
    probation_unit: str
    service: str | None
    step: Step
    severity: Severity
    due_at: datetime
    overdue_within: timedelta
    lapsed_at: datetime | None

    @property
    def owner(self) -> Role:
        """The team whose work it is."""
        return DEFINITIONS[self.step].owner

    @property
    def minutes_overdue(self) -> int:
        """Whole minutes since it fell due."""
        return self.overdue_within // timedelta(minutes=1)


def overdue_steps(database: Database, now: datetime) -> list[OverdueStep]:
    """Return every step that is due at `now` and not answered, the most severe and oldest first.

    Args:
        database: The only thing asked; it works while no server or worker runs.
        now: Aware UTC.
    """
    query = (
        text(OVERDUE)
        .bindparams(bindparam("now", now, type_=UtcDateTime()))
        .columns(due_at=UtcDateTime(), lapsed_at=UtcDateTime())
    )
    with database.read() as session:
        return [
            OverdueStep(
                **{
                    **row,
                    "step": Step(row["step"]),
                    "severity": Severity(row["severity"]),
                    "overdue_within": now - row["due_at"],
                }
            )
            for row in session.execute(query).mappings()
        ]
