"""Names that Temporal stores in the clear: ids, queues, search attributes.

They hold opaque ids and codes only, because Temporal encrypts none of them.
"""

from __future__ import annotations

from typing import Final

from temporalio.common import SearchAttributeKey

RELEASES_QUEUE: Final = "releases"
"""Release workflows and their projections."""

NOTICES_QUEUE: Final = "notices"
"""Routing and e-mail, apart, so that a slow provider never holds up a release."""

PHONE_QUEUE: Final = "phone"
"""Texts and calls, handed out no faster than the provider takes them, the gravest first."""

STAGE: Final = SearchAttributeKey.for_keyword("ThroughcareStage")
"""The release's phase, for operators; lists and due times come from SQL."""


def workflow_id(release_id: str) -> str:
    """Return the id of the one workflow of a release."""
    return f"release/{release_id}"


def release_id_of(workflow_id: str) -> str:
    """Return the release whose workflow this is."""
    return workflow_id.removeprefix("release/")
