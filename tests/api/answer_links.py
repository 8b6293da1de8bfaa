"""Answer links in memory: the same promises as of the store, with tokens that a test can read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.pages.answer_links import AnswerLink, IssuedLink, NewAnswerLink, Passing
from api.refusals import TooManyAttemptsError

CODE = "K7TM-4QXD"
MOST_WRONG = 5
MOST_FROM_ONE_ADDRESS = 8


@dataclass
class Kept:
    link: AnswerLink
    expires_at: datetime
    wrong: int = 0
    is_over: bool = False


class FakeAnswerLinks:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self.kept: dict[str, Kept] = {}
        self.made_by: list[str] = []
        self.failures = 0

    async def issue(self, new: NewAnswerLink) -> IssuedLink:
        for each in self.kept.values():
            if (each.link.release_id, each.link.referral) == (new.release_id, new.referral):
                each.is_over = True
        token = f"token-{len(self.kept) + 1}"
        expires_at = self._now() + timedelta(days=7)
        link = AnswerLink(f"id-{token}", new.release_id, new.referral, new.service)
        self.kept[token] = Kept(link, expires_at)
        self.made_by.append(new.made_by)
        return IssuedLink(f"http://testserver/referral-answers/{token}", CODE, expires_at)

    async def open(self, token: str, code: str, address: str) -> AnswerLink | None:
        if self.failures >= MOST_FROM_ONE_ADDRESS:
            raise TooManyAttemptsError
        link = await self.find(token)
        if link is None or code != CODE:
            self.failures += 1
            if link is not None:
                self.kept[token].wrong += 1
            return None
        return link

    async def find(self, token: str) -> AnswerLink | None:
        kept = self.kept.get(token)
        if kept is None or kept.is_over or kept.wrong >= MOST_WRONG:
            return None
        return kept.link if self._now() < kept.expires_at else None

    async def spend(self, link_id: str) -> None:
        for each in self.kept.values():
            each.is_over |= each.link.id == link_id


async def by_hand(service: str, issued: IssuedLink) -> Passing:
    return Passing(link_by_hand=True, code_by_hand=True)
