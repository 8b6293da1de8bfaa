"""Answering a referral by a link: who then asks, and whether there is something to answer.

Whoever answers is treated like an account of the service that was asked: the same rules decide what
they see and record, and the history names the service.
"""

from __future__ import annotations

from typing import Final

from fastapi import Request

from api.pages.accounts import Account, AccountSource
from api.pages.answer_links import ACTOR_PREFIX, AnswerLink
from api.pages.visit import visit_of
from api.ports import Services
from domain.access import Subject
from domain.codes import Role
from domain.facts import Referral, ReferralStatus
from domain.state import Release

_OPENED: Final = "answer-link"
_WAITING: Final = (ReferralStatus.REQUESTED, ReferralStatus.RECEIVED)


def account_of(link: AnswerLink, services: Services) -> Account:
    """Return the service as the one that asks."""
    subject = Subject(
        f"{ACTOR_PREFIX}{link.service}", Role.PROVIDER, services=frozenset({link.service})
    )
    name = services.place_names.service(link.service)
    return Account(subject, username="", name=name, source=AccountSource.PROVIDER)


def waiting_referral(release: Release) -> Referral | None:
    """Return the referral that a service has still to answer."""
    live = release.live_referral
    return live if live is not None and live.status in _WAITING else None


async def is_waiting(services: Services, link: AnswerLink) -> bool:
    """Return whether exactly this referral, to this service, still waits for its answer.

    Asked of the record itself at every step, so that a referral that was withdrawn, or answered in
    another way, closes its links without anybody thinking of them.
    """
    release = await services.reads.state(link.release_id)
    referral = waiting_referral(release) if release else None
    return (
        referral is not None and referral.id == link.referral and referral.service == link.service
    )


async def opened_link(request: Request, services: Services, token: str) -> AnswerLink | None:
    """Return the link of this address if this browser gave its code and it still works."""
    visit = visit_of(request)
    opened = visit.take(_OPENED)
    if opened is None:
        return None
    link = await services.answer_links.find(token)
    if link is None or link.id != opened or not await is_waiting(services, link):
        return None
    visit.remember(_OPENED, opened)
    return link


def remember_opened(request: Request, link: AnswerLink) -> None:
    """Remember that this browser gave the code of a link."""
    visit_of(request).remember(_OPENED, link.id)
