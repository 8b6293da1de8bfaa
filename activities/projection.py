"""Writing the read model: what a release's workflow asks for after something happened."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.contracts import Projection
from activities.ports import Dispatcher, ReadModel, Told
from notifications.notices import notices


@dataclass(frozen=True)
class Projector:
    """Writes one projection and sets its notices on their way.

    Attributes:
        read_model: Where the projection is written, in one transaction.
        dispatcher: Starts the sending of what the projection queued.
    """

    read_model: ReadModel
    dispatcher: Dispatcher

    @activity.defn(name="project")
    def project(self, projection: Projection) -> None:
        """Write `projection`; harmless when repeated, late or out of order."""
        policy = self.read_model.policy(projection.release.policy_version)
        new = tuple(each for each in projection.events if each.seq > projection.told_until)
        told = notices(projection.release, new, policy)
        queued = set(self.read_model.project(projection, told))
        waiting = [Told(each.id, each.severity) for each in told if each.id in queued]
        if waiting:
            self.dispatcher.dispatch(waiting)
