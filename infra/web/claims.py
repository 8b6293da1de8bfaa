"""From what a provider says of somebody to what they may do here: roles and places from claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from api.pages.accounts import AccountSource
from api.refusals import SignInRefusedError
from domain.codes import Role
from infra.commands.scopes import ALL, Places, ScopeError, places_of
from infra.database.users import NewAccount
from infra.reference_data.reference import ReferenceData
from infra.settings import SignInSettings

LONGEST: Final = 200

_PREFIXES: Final = {
    Role.RESETTLEMENT: "prison:",
    Role.HEALTHCARE: "prison:",
    Role.PROBATION: "unit:",
    Role.PROVIDER: "service:",
    Role.COMMISSIONER: "area:",
}


def account_from(
    claims: Mapping[str, Any], settings: SignInSettings, reference: ReferenceData
) -> NewAccount:
    """Return the account that verified claims stand for.

    Raises:
        SignInRefusedError: They name nobody, no role of ours, or no place that the role needs.
    """
    username = claims.get(settings.claim_of_username)
    if not isinstance(username, str) or not 0 < len(username) <= LONGEST:
        raise SignInRefusedError("Your organisation did not say who you are. Ask its helpdesk.")
    granted = _listed(claims.get(settings.claim_of_roles))
    name = claims.get(settings.name_claim)
    role = _role(granted, settings)
    return NewAccount(
        username=username,
        name=name[:LONGEST] if isinstance(name, str) and name else username,
        role=role,
        source=AccountSource.PROVIDER,
        manager=settings.manager_value is not None and settings.manager_value in granted,
        **_places(role, _listed(claims.get(settings.places_claim)), reference),
    )


def _role(granted: list[str], settings: SignInSettings) -> Role:
    """Return the first role, in the order of the setting, that is granted."""
    found = next((role for value, role in settings.roles.items() if value in granted), None)
    if found is None:
        raise SignInRefusedError(
            "Your account has no role in this service. Ask the person who looks after accounts in "
            "your team."
        )
    return found


def _places(role: Role, listed: list[str], reference: ReferenceData) -> Places:
    """Return the places of the role's own kind; an account may list those of other systems too."""
    prefix = _PREFIXES.get(role)
    fitting = [each for each in listed if prefix and (each == ALL or each.startswith(prefix))]
    try:
        return places_of(role, fitting, reference)
    except ScopeError:
        raise SignInRefusedError(
            "Your account does not say where you work, or names a place that is not in the public "
            "lists. Ask the person who looks after accounts in your team."
        ) from None


def _listed(claim: Any) -> list[str]:  # noqa: ANN401 - whatever a provider sends
    """Return the values of a claim, which some providers send as one string."""
    if isinstance(claim, str):
        return claim.split()
    return [each for each in claim if isinstance(each, str)] if isinstance(claim, list) else []
