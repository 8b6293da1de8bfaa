"""Links by which a service without an account answers one referral: how they are kept and sent.

A link says nothing by itself. It opens with a code that went another way, once, for some days, and
only while the referral waits for its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple, Protocol

ACTOR_PREFIX: Final = "answer-link."
"""Begins the id of whoever answers by a link; the id of their service follows."""


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """A link that still works as far as the store knows; the referral itself may have moved on.

    Attributes:
        id: Opaque, and not what stands in the address.
        referral: The referral of the release that it answers.
        service: The community service that was asked.
    """

    id: str
    release_id: str
    referral: str
    service: str


class NewAnswerLink(NamedTuple):
    """A link to make; `made_by` is an account."""

    release_id: str
    referral: str
    service: str
    made_by: str


class IssuedLink(NamedTuple):
    """A link that was just made, with the code that opens it; neither can be had again.

    Attributes:
        address: The whole address.
    """

    address: str
    code: str
    expires_at: datetime


class AnswerLinks(Protocol):
    """Keeps links as digests.

    Raises:
        RecordUnavailableError: From any method, when the database does not answer.
    """

    async def issue(self, new: NewAnswerLink) -> IssuedLink:
        """Make a link; every earlier one for the same referral is worth nothing from now on."""

    async def open(self, token: str, code: str, address: str) -> AnswerLink | None:
        """Return the link that the code opens, None for every reason that it does not.

        Wrong codes are counted for the link and for the address that they came from.

        Raises:
            TooManyAttemptsError: Too many came from this address within a quarter of an hour.
        """

    async def find(self, token: str) -> AnswerLink | None:
        """Return a link that works, for a browser that has opened it; None for any other."""

    async def spend(self, link_id: str) -> None:
        """Use a link up."""


class Passing(NamedTuple):
    """What staff have to pass on themselves after a link was made.

    Attributes:
        link_by_hand: Nothing sent the link.
        code_by_hand: Nothing sent the code.
    """

    link_by_hand: bool
    code_by_hand: bool


class LinkPost(Protocol):
    """Sends the link one way and the code another, where there are wires for both."""

    async def __call__(self, service: str, issued: IssuedLink, /) -> Passing:
        """Return what is left to be passed on by hand."""
