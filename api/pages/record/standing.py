"""The escalations that stand on a release, as its record warns of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.records import EscalationRow
from domain.journey import DEFINITIONS
from domain.state import LadderStatus
from domain.wording import SEVERITIES

_STANDS: Final = {
    LadderStatus.OPEN: "Nobody has taken this yet",
    LadderStatus.EXHAUSTED: "Everybody was asked and nobody has taken this",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One escalation that is not closed."""

    href: str
    step: str
    meaning: str
    since: datetime
    how: str
    next_at: datetime


def standing(rows: Sequence[EscalationRow], names: Mapping[str, str]) -> tuple[Standing, ...]:
    """Return escalations in words; `names` are those of who took them, by id."""
    return tuple(
        Standing(
            href=f"/escalations/{each.escalation_id}",
            step=DEFINITIONS[each.step].title,
            meaning=f"{each.severity.value}, {SEVERITIES[each.severity]}",
            since=each.opened_at,
            how=_how(each, names),
            next_at=each.next_at,
        )
        for each in rows
    )


def _how(row: EscalationRow, names: Mapping[str, str]) -> str:
    if row.status is LadderStatus.ACKNOWLEDGED:
        return f"Taken by {names.get(row.acknowledged_by or '', 'somebody without an account')}"
    return _STANDS.get(row.status, "Closed")
