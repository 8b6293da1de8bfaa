"""The numbers at the top of a home page, each the length of the list that it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.pages.accounts import Account
from api.pages.case_choices import Choices, Tab, Within, filter_of
from api.pages.caseload import DueIs
from api.ports import Services
from domain.access import Scope


@dataclass(frozen=True, slots=True)
class Number:
    """How many cases a list has.

    Attributes:
        words: What they are, after their number: `cases with work of your team overdue`.
        is_late: Whether it is bad for there to be any.
    """

    count: int
    words: str
    href: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers of a home page.

    Attributes:
        numbers: The first is about the reader's own team.
        late_anywhere: How many cases are late whoever's turn it is, the team's own among them.
    """

    numbers: tuple[Number, ...]
    late_anywhere: Number


_OWN_LATE: Final = Choices(Tab.TEAM, due=DueIs.OVERDUE)
_ANY_LATE: Final = Choices(Tab.ALL, due=DueIs.OVERDUE)
_SOON: Final = Choices(Tab.ALL, within=Within.FORTNIGHT)
_AWKWARD: Final = Choices(Tab.ALL, friday=True)


async def tally_of(services: Services, account: Account, scope: Scope) -> Tally:
    """Return what is late, leaves soon, or leaves on a bad day."""

    async def number(choices: Choices, one: str, many: str, *, is_late: bool = False) -> Number:
        now, calendar = services.now(), services.rules.in_force().calendar
        count = await services.caseload.count(filter_of(choices, account, now, calendar), scope)
        return Number(count, one if count == 1 else many, choices.href, is_late)

    late = "with work of your team overdue"
    soon = "leaving in the next 14 days"
    awkward = "leaving on a Friday, at a weekend or before a bank holiday"
    own = await number(_OWN_LATE, f"case {late}", f"cases {late}", is_late=True)
    return Tally(
        numbers=(
            own,
            await number(_SOON, f"person {soon}", f"people {soon}"),
            await number(_AWKWARD, f"person {awkward}", f"people {awkward}"),
        ),
        late_anywhere=await number(_ANY_LATE, "case", "cases"),
    )
