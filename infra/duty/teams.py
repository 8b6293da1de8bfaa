"""Which team a role and a code mean: each role works at places of its own kind."""

from __future__ import annotations

from typing import Final

from domain.codes import Role
from domain.duty.posts import SERVICE_TEAM, WHOLE_SERVICE, Team
from domain.identifiers import FieldError
from infra.imports.cells import CodeParser
from infra.reference_data.reference import ReferenceData

FIELD: Final = "organisation"


class Teams:
    """Finds teams in the public lists."""

    def __init__(self, reference: ReferenceData) -> None:
        """Look codes up in `reference`."""
        prison = CodeParser(reference.releasing_prisons)
        self._places = {
            Role.RESETTLEMENT: prison,
            Role.HEALTHCARE: prison,
            Role.PROBATION: CodeParser(reference.probation_units),
            Role.PROVIDER: CodeParser(reference.services),
        }

    def team(self, role: Role, code: str) -> Team:
        """Return the team of `role` at the organisation that `code` stands for.

        Raises:
            FieldError: No such organisation for this role, or a role that has no teams.
        """
        if role is Role.ADMIN:
            if code != WHOLE_SERVICE:
                message = f"The service's own team has the organisation {WHOLE_SERVICE}"
                raise FieldError(FIELD, message)
            return SERVICE_TEAM
        if role not in self._places:
            staffed = ", ".join((*self._places, Role.ADMIN))
            raise FieldError("role", f"The role {role} has no rotas. Give one of: {staffed}")
        try:
            return Team(self._places[role](code), role)
        except FieldError as error:
            raise FieldError(FIELD, error.message) from None
