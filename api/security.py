"""Who calls: bearer tokens, and the policy that every route declares as the type of a parameter.

A route without one of these types fails a test, whatever else it does (ADR 0006). What a caller may
do with one release is for `domain.access` to say.
"""

from __future__ import annotations

import logging
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.ports import Services
from api.refusals import UnauthenticatedError
from domain.access import Subject
from domain.access_denials import Denial, NotPermitted
from domain.access_detail import CLINICAL_ROLES
from domain.access_measures import MEASURE_ROLES
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role

log = logging.getLogger("api.security")

TOKEN_LONGEST: Final = 200

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A token of `throughcare token create --role … --scope …`.",
)


def services_of(request: Request) -> Services:
    """Return what the application was created with."""
    services: Services = request.app.state.services
    return services


Given = Annotated[Services, Depends(services_of)]


class Policy:
    """A dependency that lets a request through to its route, or not.

    Attributes:
        roles: The roles that may call the route.
    """

    def __init__(self, *roles: Role) -> None:
        """Let these roles through."""
        self.roles = frozenset(roles)

    async def __call__(
        self,
        request: Request,
        services: Given,
        credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    ) -> Subject:
        """Return the caller.

        Raises:
            UnauthenticatedError: No valid token.
            NotPermitted: The route is not for the caller's role.
        """
        secret = credentials.credentials if credentials else ""
        subject = await services.tokens.find(secret) if 0 < len(secret) <= TOKEN_LONGEST else None
        if subject is None:
            raise UnauthenticatedError
        request.scope["caller_role"] = subject.role
        if subject.role not in self.roles:
            log.warning("role refused", extra={"role": subject.role, "route": route_of(request)})
            raise NotPermitted(Denial.ROLE)
        return subject


class PublicPolicy:
    """Marks a route as open to everybody, in so many words."""

    async def __call__(self) -> None:
        """Let everybody through."""


def route_of(request: Request) -> str:
    """Return the template of the request's route, which holds no value."""
    return str(getattr(request.scope.get("route"), "path", "unmatched"))


CASEWORK: Final = Policy(*sorted(CASEWORK_ROLES))
STARTING: Final = Policy(Role.RESETTLEMENT)
CLINICAL: Final = Policy(*sorted(CLINICAL_ROLES))
MEASURING: Final = Policy(*sorted(MEASURE_ROLES))
TRAIL: Final = Policy(*sorted(CASEWORK_ROLES), Role.AUDITOR)
STAFFING: Final = Policy(*sorted(CASEWORK_ROLES), Role.ADMIN)
OUTBOX: Final = Policy(*sorted(CASEWORK_ROLES), Role.ADMIN, Role.AUDITOR)
AGREEING: Final = Policy(Role.RESETTLEMENT, Role.PROBATION, Role.PROVIDER)
COUNTING: Final = Policy(Role.ADMIN, Role.AUDITOR)
PUBLIC: Final = PublicPolicy()

Caseworker = Annotated[Subject, Depends(CASEWORK)]
Starter = Annotated[Subject, Depends(STARTING)]
TrailReader = Annotated[Subject, Depends(TRAIL)]
Colleague = Annotated[Subject, Depends(STAFFING)]
Clinician = Annotated[Subject, Depends(CLINICAL)]
Commissioner = Annotated[Subject, Depends(MEASURING)]
OutboxReader = Annotated[Subject, Depends(OUTBOX)]
AgreementTaker = Annotated[Subject, Depends(AGREEING)]
MeasureReader = Annotated[Subject, Depends(COUNTING)]
Anybody = Annotated[None, Depends(PUBLIC)]
