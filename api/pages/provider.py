"""Signing in at an organisation's own provider: what the pages ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from api.pages.accounts import Account
from domain.codes import Role


class Departure(NamedTuple):
    """Where to send somebody, and what to remember until they come back."""

    address: str
    remembered: Mapping[str, str]


class RoleMapping(NamedTuple):
    """What the groups of a provider mean here, as the service's settings say it.

    Attributes:
        role_claim: The claim that holds what somebody is granted.
        roles: Each granted value with its role; of several, the first counts.
        manager_value: The granted value that marks a senior officer, if one does.
        places_claim: The claim that holds where they work.
    """

    role_claim: str
    roles: tuple[tuple[str, Role], ...]
    manager_value: str | None
    places_claim: str


class Provider(Protocol):
    """A sign-in provider.

    Raises:
        ProviderUnavailableError: From any method, when it does not answer.
    """

    @property
    def mapping(self) -> RoleMapping:
        """What its groups mean here."""

    async def depart(self) -> Departure:
        """Return where somebody proves who they are."""

    async def arrive(self, remembered: Mapping[str, str], query: Mapping[str, str]) -> Account:
        """Return the account of somebody who came back, made or brought up to date.

        Raises:
            SignInRefusedError: They were refused there, have no role here, or never left from here.
        """

    async def way_out(self) -> str | None:
        """Return where to sign out of the provider as well, None when it has no such place."""
