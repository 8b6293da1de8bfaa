"""Telling a bundle: one message for everything that waited in it."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import activity

from activities.delivery_ports import Bundles, DeliveryDispatcher


@dataclass(frozen=True)
class Bundler:
    """Tells bundles by their ids.

    Attributes:
        bundles: What waits, and for whom.
        dispatcher: Sets the one message on its way.
    """

    bundles: Bundles
    dispatcher: DeliveryDispatcher

    @activity.defn(name="tell_bundle")
    def tell_bundle(self, bundle_id: str) -> None:
        """Tell what still waits in a bundle; harmless when repeated."""
        self.dispatcher.send(self.bundles.tell(bundle_id))
