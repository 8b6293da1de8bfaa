"""The rota of one team: each post now, next and in the weeks ahead, and everything it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from api.duty_records import Outlook, StaffRecord
from api.pages.places import PlaceNames
from api.pages.rotas.holding import NOW, Held, held_by
from api.pages.rotas.moments import stamp
from api.pages.rotas.words import POSTS, TO_DO, TURNED_TO, address_of, channels, short_moment
from domain.duty.flaws import FlawKind, flaws
from domain.duty.outlook import Stretch
from domain.duty.posts import Post, Team
from domain.london_time import end_of_day, london_date

WEEKS: Final = (2, 4, 8, 12)
"""How many weeks ahead there are to choose from."""

USUAL: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One stretch of a post.

    Attributes:
        href: Where its shift is changed, without the last part; empty when nobody may.
        put_on: Where somebody is put on for it; only for what is empty.
    """

    held: Held
    href: str
    put_on: str


@dataclass(frozen=True, slots=True)
class PostView:
    """One post of a team.

    Attributes:
        next: Who comes after whoever is there now; None when nobody else does.
        contact: How whoever is there now is reached, as far as the reader may know it.
    """

    post: Post
    title: str
    turned_to: str
    now: Held
    next: Held | None
    contact: tuple[str, ...]
    rows: Sequence[Row]
    put_on: str


@dataclass(frozen=True, slots=True)
class Lack:
    """One time that is wrong, with what ends it.

    Attributes:
        href: Where to end it; empty when the reader may not.
    """

    post: str
    starts_at: datetime
    starts: str
    what: str
    to_do: str
    href: str


class Viewed:
    """A team's rota as one reader sees it.

    Attributes:
        may_change: Whether they look after the team: then they see numbers and links to forms.
    """

    def __init__(
        self, team: Team, looked: Outlook, places: PlaceNames, *, may_change: bool
    ) -> None:
        """Show what was looked at of one team."""
        self._team = team
        self._looked = looked
        self._places = places
        self._rotas = {post: found for (own, post), found in looked.rotas.items() if own == team}
        self.may_change = may_change

    @property
    def is_empty(self) -> bool:
        """Whether no post has anybody in the whole time that was looked at."""
        return all(each.shift is None for found in self._rotas.values() for each in found)

    def posts(self) -> list[PostView]:
        """Return the posts in the order in which they are turned to."""
        return [self._post(each) for each in Post if each in self._rotas]

    def lacks(self) -> list[Lack]:
        """Return every empty stretch and every overlap, the earliest first."""
        found = [*self._gaps(), *self._overlaps()]
        return sorted(found, key=lambda each: each.starts_at)

    def _post(self, post: Post) -> PostView:
        found = self._rotas[post]
        now, later = found[0], [each for each in found if each.held != found[0].held]
        held = self._held(now)
        return PostView(
            post=post,
            title=POSTS[post],
            turned_to=TURNED_TO[post],
            now=held,
            next=self._held(later[0]) if later else None,
            contact=contact_of(held.staff, may_see=self.may_change) if held.staff else (),
            rows=[self._row(post, each) for each in found],
            put_on=self._put_on(post) if self.may_change else "",
        )

    def _row(self, post: Post, stretch: Stretch) -> Row:
        if not self.may_change:
            return Row(self._held(stretch), "", "")
        start = stamp(stretch.shift.starts_at) if stretch.shift else ""
        href = f"{address_of(self._team)}/{post.value}/{start}" if start else ""
        put_on = self._put_on(post, stretch) if stretch.is_empty else ""
        return Row(self._held(stretch), href, put_on)

    def _held(self, stretch: Stretch) -> Held:
        return held_by(stretch, self._looked, self._team, self._places)

    def _put_on(self, post: Post, stretch: Stretch | None = None) -> str:
        """Return where somebody is put on, with the times of an empty stretch filled in."""
        ends_at = stretch.ends_at if stretch else None
        told = {
            "from": stamp(stretch.starts_at) if stretch else None,
            # What is cut off where the looking ends need not end there.
            "until": stamp(ends_at) if ends_at and ends_at < self._looked.ends_at else None,
        }
        query = urlencode({name: value for name, value in told.items() if value})
        path = f"{address_of(self._team)}/{post.value}/shift"
        return f"{path}?{query}" if query else path

    def _gaps(self) -> Iterator[Lack]:
        for post, found in self._rotas.items():
            for each in found:
                held = self._held(each)
                if held.reason is not None:
                    starts = held.starts.lower() if held.starts == NOW else held.starts
                    what = f"nobody from {starts} until {held.until}, because {held.note}"
                    href = self._put_on(post, each) if self.may_change else ""
                    to_do = TO_DO[held.reason]
                    yield Lack(POSTS[post], each.starts_at, starts, what, to_do, href)

    def _overlaps(self) -> Iterator[Lack]:
        """Yield where two people have one post at once: what was entered before it was refused."""
        for post, found in self._rotas.items():
            shifts = list(dict.fromkeys(each.shift for each in found if each.shift))
            for flaw in flaws(shifts):
                if flaw.kind is FlawKind.OVERLAP:
                    starts = short_moment(flaw.starts_at)
                    ends = short_moment(flaw.ends_at) if flaw.ends_at else "further notice"
                    what = f"two people at once from {starts} until {ends}; the later shift counts"
                    to_do = "End the earlier shift where the later one begins"
                    yield Lack(POSTS[post], flaw.starts_at, starts, what, to_do, "")


def contact_of(staff: StaffRecord, *, may_see: bool) -> tuple[str, ...]:
    """Return how somebody is reached: numbers for whoever looks after the team, else by what."""
    if not may_see:
        return (channels(staff),)
    texts = " (no texts: they replied STOP)" if staff.texts_stopped else ""
    phone = f"{in_national(staff.mobile)}{texts}" if staff.mobile else ""
    return tuple(filter(None, (phone, staff.email)))


def in_national(mobile: str) -> str:
    """Return `+447700900123` as it is dialled here: `07700 900123`."""
    national = f"0{mobile.removeprefix('+44')}" if mobile.startswith("+44") else mobile
    return f"{national[:5]} {national[5:]}"


def weeks_ahead(asked: str | None) -> int:
    """Return how many weeks somebody asked for, the usual number when it is not on offer."""
    return next((each for each in WEEKS if str(each) == asked), USUAL)


def end_of(now: datetime, weeks: int) -> datetime:
    """Return until when is looked ahead: the end of a London day."""
    return end_of_day(london_date(now) + timedelta(weeks=weeks))
