"""Who opens a page, and the policy that every page's route declares as the type of a parameter.

A policy also refuses a form that did not come from a page of this browser, so that no route can
forget to ask. What may be done with one release is for `domain.access` to say.
"""

from __future__ import annotations

import logging
from typing import Annotated, Final

from fastapi import Depends, Request

from api import security
from api.pages.accounts import Account
from api.pages.keeping import keep_unsaved
from api.pages.visit import Visit, visit_of
from api.refusals import ForeignFormError, SignInNeededError
from api.security import PublicPolicy, route_of
from domain.access_denials import Denial, NotPermitted
from domain.access_detail import CLINICAL_ROLES
from domain.access_measures import MEASURE_ROLES
from domain.access_table import CASEWORK_ROLES
from domain.codes import Role

log = logging.getLogger("api.pages.security")

TOKEN_FIELD: Final = "form_token"  # noqa: S105 - the name of a field, not what is in it
_READING: Final = frozenset({"GET", "HEAD"})
_OURS: Final = frozenset({"same-origin", "none"})


async def refuse_foreign_form(request: Request, visit: Visit) -> None:
    """Refuse what a page of another site makes a browser send.

    Raises:
        ForeignFormError: It comes from another site, or without the token of this browser.
    """
    if request.method not in _READING and not await is_our_form(request, visit):
        log.warning("foreign form refused", extra={"route": route_of(request)})
        raise ForeignFormError


async def is_our_form(request: Request, visit: Visit) -> bool:
    """Return whether a request is a form that a page of this browser showed.

    The token comes from the cookie alone, so it proves this also after the session has ended.
    """
    if request.method in _READING:
        return False
    sent = (await request.form()).get(TOKEN_FIELD)
    is_same_site = request.headers.get("sec-fetch-site", "none") in _OURS
    return is_same_site and isinstance(sent, str) and visit.is_form_token(sent)


class PagePolicy:
    """A dependency that lets a signed-in person through to a page, or not.

    Attributes:
        roles: The roles that may open it.
    """

    def __init__(self, *roles: Role) -> None:
        """Let these roles through."""
        self.roles = frozenset(roles)

    async def __call__(self, request: Request) -> Account:
        """Return who is signed in.

        Raises:
            SignInNeededError: Nobody is.
            NotPermitted: The page is not for their role.
            ForeignFormError: The form is not one of ours.
        """
        visit = visit_of(request)
        await visit.open()
        account = visit.account
        if account is None:
            is_kept = await is_our_form(request, visit) and await keep_unsaved(request, visit)
            raise SignInNeededError(is_kept=is_kept)
        request.scope["caller_role"] = account.role
        if account.role not in self.roles:
            log.warning("role refused", extra={"role": account.role, "route": route_of(request)})
            raise NotPermitted(Denial.ROLE)
        await refuse_foreign_form(request, visit)
        return account


class PublicPage(PublicPolicy):
    """Marks a page as open to everybody; its forms must still be ours."""

    async def __call__(self, request: Request) -> None:  # type: ignore[override]  # FastAPI fills it
        """Let everybody through who does not bring somebody else's form.

        Raises:
            ForeignFormError: The form is not one of ours.
        """
        visit = visit_of(request)
        await visit.open()
        await refuse_foreign_form(request, visit)


EVERYBODY: Final = PagePolicy(*sorted(Role))
CASEWORK: Final = PagePolicy(*sorted(CASEWORK_ROLES))
STARTING: Final = PagePolicy(Role.RESETTLEMENT)
TRAIL: Final = PagePolicy(*sorted(CASEWORK_ROLES), Role.AUDITOR)
ADMINISTRATION: Final = PagePolicy(Role.ADMIN)
AUDIT: Final = PagePolicy(Role.AUDITOR)
CLINICAL: Final = PagePolicy(*sorted(CLINICAL_ROLES))
MEASURES: Final = PagePolicy(*sorted(MEASURE_ROLES))
STAFFING: Final = PagePolicy(*sorted(CASEWORK_ROLES), Role.ADMIN)
AGREEING: Final = PagePolicy(*sorted(security.AGREEING.roles))
OUTBOX: Final = PagePolicy(*sorted(CASEWORK_ROLES), Role.ADMIN, Role.AUDITOR)
PUBLIC: Final = PublicPage()

SignedIn = Annotated[Account, Depends(EVERYBODY)]
Caseworker = Annotated[Account, Depends(CASEWORK)]
Starter = Annotated[Account, Depends(STARTING)]
TrailReader = Annotated[Account, Depends(TRAIL)]
Administrator = Annotated[Account, Depends(ADMINISTRATION)]
Auditor = Annotated[Account, Depends(AUDIT)]
Clinician = Annotated[Account, Depends(CLINICAL)]
MeasureReader = Annotated[Account, Depends(MEASURES)]
RotaReader = Annotated[Account, Depends(STAFFING)]
AgreementTaker = Annotated[Account, Depends(AGREEING)]
OutboxReader = Annotated[Account, Depends(OUTBOX)]
Anybody = Annotated[None, Depends(PUBLIC)]
