"""Staff as the API is given them, checked as a line of a file is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from api.ports import NotAcceptableError
from domain.duty.posts import Team
from domain.duty.staff import StaffEntry
from domain.identifiers import FieldError, parse_email, parse_name
from infra.duty.cells import NO_CONTACT, mobile_parser, parse_account
from infra.duty.teams import Teams


@dataclass(frozen=True, slots=True)
class Entering:
    """The checks of one entry.

    Attributes:
        allow_drama: Whether invented numbers may be used; never in production.
    """

    teams: Teams
    allow_drama: bool

    def checked(self, entry: StaffEntry) -> StaffEntry:
        """Return the entry as it is stored.

        Raises:
            NotAcceptableError: With every fault.
        """
        faults: list[FieldError] = []

        def value(parse: Callable[[], str | None]) -> str | None:
            try:
                return parse()
            except FieldError as fault:
                faults.append(fault)
                return None

        mobile = mobile_parser(allow_drama=self.allow_drama)
        name = value(lambda: parse_name(entry.name, field="name"))
        email = value(lambda: parse_email(entry.email) if entry.email else None)
        number = value(lambda: mobile(entry.mobile) if entry.mobile else None)
        account = value(lambda: parse_account(entry.account) if entry.account else entry.account)
        place = value(lambda: self.teams.team(entry.team.role, entry.team.organisation)[0])
        if not entry.email and not entry.mobile:
            faults.append(FieldError("email", NO_CONTACT))
        if faults or name is None or place is None:
            raise NotAcceptableError(faults)
        team = Team(place, entry.team.role)
        return StaffEntry(entry.reference, name, team, email, number, account)
