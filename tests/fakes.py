"""Fakes that behave: a read model in memory, and senders that remember."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from activities.contracts import Projection
from activities.ports import Told
from domain.events import Event
from domain.policy import Policy
from domain.state import Release
from notifications.notices import Notice
from tests.builders import the_rules


class MemoryReadModel:
    """A read model with the promises of the real one: newest wins, each event once, no gaps."""

    def __init__(self) -> None:
        """Start empty."""
        self.releases: dict[str, Release] = {}
        self.events: dict[str, list[Event]] = {}
        self.notices: dict[str, Notice] = {}
        self.projections: list[Projection] = []
        policy = the_rules().policy
        self.policies = {policy.version: policy}
        self.is_down = False
        self.next_error: Exception | None = None
        self._lock = threading.Lock()

    def project(self, projection: Projection, notices: Sequence[Notice]) -> tuple[str, ...]:
        """See `activities.ports.ReadModel`."""
        if self.is_down:
            raise ConnectionError("the read model is away")
        error, self.next_error = self.next_error, None
        if error is not None:
            raise error
        with self._lock:
            self.projections.append(projection)
            release = projection.release
            known = self.releases.get(release.release_id)
            if known is None or known.seq <= release.seq:
                self.releases[release.release_id] = release
            events = self.events.setdefault(release.release_id, [])
            for each in projection.events:
                if each.seq > len(events) + 1:
                    raise LookupError(f"event {each.seq} came after {len(events)}")
                if each.seq == len(events) + 1:
                    events.append(each)
            self.notices.update({each.id: each for each in notices})
            return tuple(each.id for each in notices)

    def policy(self, version: str) -> Policy:
        """See `activities.ports.ReadModel`."""
        return self.policies[version]


class StrictReadModel(MemoryReadModel):
    """Takes no events that do not join on to those it has, as the real one."""

    def project(self, projection: Projection, notices: Sequence[Notice]) -> tuple[str, ...]:
        """See `activities.ports.ReadModel`."""
        held = len(self.events.get(projection.release.release_id, ()))
        new = [each.seq for each in projection.events if each.seq > held]
        if new != list(range(held + 1, projection.release.seq + 1)):
            raise ConnectionError("events are missing")
        return super().project(projection, notices)

    def lose(self, release_id: str, after_seq: int) -> None:
        """Forget the newest events, as a restored backup does."""
        del self.events[release_id][after_seq:]
        del self.releases[release_id]


class RememberingDispatcher:
    """A dispatcher that remembers what it was handed."""

    def __init__(self) -> None:
        """Start with nothing handed over."""
        self.notice_ids: list[str] = []

    def dispatch(self, notices: Sequence[Told]) -> None:
        """See `activities.ports.Dispatcher`."""
        self.notice_ids.extend(each.id for each in notices)
