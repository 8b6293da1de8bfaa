"""The numbers on the service owner's home page, each the length of the list that it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from api.filters import PageOf
from api.pages.accounts import Account
from api.pages.messages.choices import Wanted as WantedMessages
from api.pages.restricting import Line
from api.pages.rotas.board import teams_with_gaps
from api.pages.rotas.listing import Wanted as WantedRotas
from api.pages.rotas.listing import Whose
from api.pages.rotas.task_list import Wanted as WantedTasks
from api.pages.tally import Number
from api.ports import Services
from domain.access_messages import message_scope_of
from domain.london_time import london_date
from notifications.messages import MessageStatus

DAYS: Final = 7
"""How far back failed messages are counted, today among them."""


async def owner_tally(
    services: Services, account: Account, alarms: Sequence[Line]
) -> tuple[Number, ...]:
    """Return what waits for the service owner, what threatens work on a person first."""
    return (
        _number(len(alarms), "restricted record", " that nobody can work on", _UNDONE),
        await _gaps(services, account),
        await _failed(services, account),
        await _tasks(services, account),
        await _unlinked(services),
    )


_UNDONE: Final = "/restrictions?work=undone"
_UNLINKED: Final = "/users?staff=unlinked"


async def _gaps(services: Services, account: Account) -> Number:
    wanted = WantedRotas(whose=Whose.GAPS)
    found, _ = await teams_with_gaps(services, wanted, account.subject)
    return _number(len(found), "team", " with a gap in the next 7 days", wanted.href())


async def _failed(services: Services, account: Account) -> Number:
    today = london_date(services.now())
    first = today - timedelta(days=DAYS - 1)
    wanted = WantedMessages(status=MessageStatus.FAILED, first=first)
    scope = message_scope_of(account.subject, today)
    found = await services.desk.messages.page(wanted.filter, scope, PageOf(size=1))
    return _number(found.total, "message", " failed in the last 7 days", wanted.href())


async def _tasks(services: Services, account: Account) -> Number:
    wanted = WantedTasks()
    scope = wanted.scope(account.subject, services.place_names)
    found = await services.duty.tasks.page(scope, PageOf(size=1), is_open=True)
    return _number(found.total, "data-quality task", " open", wanted.href())


async def _unlinked(services: Services) -> Number:
    listed = await services.account_book.listed()
    count = sum(each.is_unlinked for each in listed)
    return _number(count, "account", " linked to no staff", _UNLINKED, is_late=False)


def _number(count: int, thing: str, rest: str, href: str, *, is_late: bool = True) -> Number:
    plural = "" if count == 1 else "s"
    return Number(count, f"{thing}{plural}{rest}", href, is_late)
