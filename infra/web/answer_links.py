"""Links for answering a referral as the pages await them, and how they are passed on for now."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.answer_links import AnswerLink, IssuedLink, NewAnswerLink, Passing
from api.refusals import TooManyAttemptsError
from infra.database.answer_links import AnswerLinkStore, token_digest
from infra.database.attempts import AttemptStore
from infra.web.store import StoreThreads


@dataclass(frozen=True, slots=True)
class StoredAnswerLinks:
    """Implements `api.pages.answer_links.AnswerLinks`; see there for what each method promises.

    Attributes:
        web_address: Where people reach the pages, without a slash at the end.
    """

    store: AnswerLinkStore
    attempts: AttemptStore
    threads: StoreThreads
    web_address: str

    async def issue(self, new: NewAnswerLink) -> IssuedLink:
        """Make a link; the earlier ones for the same referral are revoked."""
        made = await self.threads.write(self.store.issue, new)
        half = len(made.code) // 2
        return IssuedLink(
            address=f"{self.web_address}/referral-answers/{made.token}",
            code=f"{made.code[:half]}-{made.code[half:]}",
            expires_at=made.expires_at,
        )

    async def open(self, token: str, code: str, address: str) -> AnswerLink | None:
        """Return the link that the code opens.

        Raises:
            TooManyAttemptsError: Too many came from this address within a quarter of an hour.
        """
        tried = f"answer-link {token_digest(token)}"
        if await self.threads.read(self.attempts.are_too_many, tried, address):
            raise TooManyAttemptsError
        link = await self.threads.write(self.store.open, token, code)
        if link is None:
            await self.threads.write(self.attempts.add, tried, address)
        return link

    async def find(self, token: str) -> AnswerLink | None:
        """Return a link that works."""
        return await self.threads.read(self.store.find, token)

    async def spend(self, link_id: str) -> None:
        """Use a link up."""
        await self.threads.write(self.store.spend, link_id)


class ByHand:
    """Implements `api.pages.answer_links.LinkPost` where there are no wires: staff pass both on."""

    async def __call__(self, _service: str, _issued: IssuedLink) -> Passing:
        """Return that nothing was sent."""
        return Passing(link_by_hand=True, code_by_hand=True)
