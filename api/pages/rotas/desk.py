"""One post whose rota somebody changes: what every form of a shift begins with."""

from __future__ import annotations

from typing import NamedTuple

from api.duty_ports import TeamUnknownError
from api.duty_records import StaffRecord
from api.pages.accounts import Account
from api.pages.rotas.moments import read_stamp
from api.pages.rotas.people import colleagues_of
from api.pages.rotas.shift_form import Place
from api.ports import Services
from api.teams import post_named, team_named
from domain.duty.access import may_look_after
from domain.duty.posts import Post, Team
from domain.duty.rota import Shift


class Desk(NamedTuple):
    """One post whose rota somebody may change.

    Attributes:
        rota: As it stands.
        people: Who can be put on it.
    """

    services: Services
    account: Account
    team: Team
    post: Post
    rota: tuple[Shift, ...]
    people: tuple[StaffRecord, ...]

    @property
    def place(self) -> Place:
        """The post, and who can be put on it."""
        return Place(self.team, self.post, self.rota, [each.id for each in self.people])

    def shift(self, starts: str) -> Shift:
        """Return the shift that starts at the instant of an address.

        Raises:
            TeamUnknownError: None does.
        """
        at = read_stamp(starts)
        found = next((each for each in self.rota if each.starts_at == at), None)
        if found is None:
            raise TeamUnknownError
        return found

    async def name_of(self, staff_id: str) -> str:
        """Return what somebody is called."""
        found = await self.services.duty.staff.one(staff_id)
        return found.name if found else "somebody"


async def desk_for(
    services: Services, account: Account, role: str, organisation: str, post: str
) -> Desk:
    """Return a post that the account looks after.

    Raises:
        TeamUnknownError: There is no such post.
        NotPermitted: It is not theirs to change.
    """
    team = team_named(services, role, organisation)
    wanted = post_named(team, post)
    may_look_after(account.subject, team)
    rota = await services.duty.rotas.rota(team, wanted)
    return Desk(services, account, team, wanted, rota, await colleagues_of(services, team))
