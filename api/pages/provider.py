"""Signing in at an organisation's own provider: what the pages ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from api.pages.accounts import Account


class Departure(NamedTuple):
    """Where to send somebody, and what to remember until they come back."""

    address: str
    remembered: Mapping[str, str]


class Provider(Protocol):
    """A sign-in provider.

    Raises:
        ProviderUnavailableError: From any method, when it does not answer.
    """

    async def depart(self) -> Departure:
        """Return where somebody proves who they are."""

    async def arrive(self, remembered: Mapping[str, str], query: Mapping[str, str]) -> Account:
        """Return the account of somebody who came back, made or brought up to date.

        Raises:
            SignInRefusedError: They were refused there, have no role here, or never left from here.
        """

    async def way_out(self) -> str | None:
        """Return where to sign out of the provider as well, None when it has no such place."""
