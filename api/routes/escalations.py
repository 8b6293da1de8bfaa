"""Escalations: see which steps lapsed, and take the work."""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header, Query

from api.answers import Receipt
from api.asking import read_key
from api.documented import READING, pending, problems
from api.ports import EscalationUnknownError, Services
from api.queries import EscalationQuery
from api.records import EscalationRow, Submitted
from api.schemas import EscalationList
from api.security import Caseworker, Given
from api.views import escalation_view
from domain.access import Subject, may_command, scope_of
from domain.access_denials import Denial, NotPermitted
from domain.commands import AcknowledgeEscalation, Actor, Submission
from domain.errors import Refusal, Refused
from domain.london_time import london_date
from domain.state import LadderStatus

router = APIRouter(prefix="/api/v1/escalations", tags=["escalations"])


@router.get("", summary="List escalations", responses=problems(401, 403, 422, 503))
async def list_escalations(
    caller: Caseworker, services: Given, query: Annotated[EscalationQuery, Query()]
) -> EscalationList:
    """List the escalations of releases in the caller's scope.

    Who: resettlement, healthcare, probation, provider.
    """
    scope = scope_of(caller, london_date(services.now()))
    found = await services.reads.escalations(query.wanted, scope, query.wanted_page)
    return EscalationList(
        page=query.page,
        per_page=query.per_page,
        total=found.total,
        items=[escalation_view(each) for each in found.rows],
    )


@router.post(
    "/{escalation_id}/acknowledge",
    summary="Take the work",
    responses={**READING, **pending(), **problems(409)},
)
async def acknowledge_escalation(
    escalation_id: str,
    caller: Caseworker,
    services: Given,
    idempotency_key: Annotated[str | None, Header(description="Optional here.")] = None,
) -> Receipt:
    """Say that you have it; the work stays due, and the ladder resumes when the lease runs out.

    Who: the team that works the lapsed step. Whoever has it already may repeat this safely.
    """
    scope = scope_of(caller, london_date(services.now()))
    row = await services.reads.escalation(escalation_id, scope)
    if row is None:
        raise EscalationUnknownError
    key = read_key(idempotency_key) if idempotency_key is not None else _key(row, caller)
    submitted = await _acknowledge(services, caller, row, key)
    return Receipt(release_id=row.release_id, version=submitted.seq, duplicate=submitted.duplicate)


async def _acknowledge(
    services: Services, caller: Subject, row: EscalationRow, key: str
) -> Submitted:
    release = await services.reads.state(row.release_id)
    if release is None:
        raise EscalationUnknownError
    command = AcknowledgeEscalation(step=row.step)
    try:
        may_command(caller, command, release, london_date(services.now()))
    except NotPermitted as refusal:
        if refusal.code is Denial.OUT_OF_SCOPE:
            raise EscalationUnknownError from None
        raise
    ladder = release.escalations.get(row.step)
    if ladder is None or ladder.number != row.number or ladder.status is LadderStatus.CLOSED:
        message = "This escalation is closed. There is nothing to acknowledge."
        raise Refused(Refusal.NOTHING_TO_ACKNOWLEDGE, message)
    if ladder.status is LadderStatus.ACKNOWLEDGED and ladder.acknowledged_by == caller.id:
        return Submitted(seq=release.seq, duplicate=True)
    actor = Actor(id=caller.id, role=caller.role)
    submission = Submission(key=key, actor=actor, commands=(command,))
    return await services.releases.submit(row.release_id, submission)


def _key(row: EscalationRow, caller: Subject) -> str:
    """Return one key per rung and caller, so that a double click is one acknowledgement."""
    told = f"{row.escalation_id} {row.level} {row.next_at.isoformat()} {caller.id}"
    return "ack-" + hashlib.sha256(told.encode()).hexdigest()[:32]
