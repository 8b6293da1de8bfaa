"""What starts a release asked for over the web: what an imported row says, and a little more."""

from __future__ import annotations

from api.records import NewRelease
from domain import deciding
from infra.imports.openings import opening
from infra.reference_data.reference import ReferenceData
from infra.web.episodes import Episode


def opening_of(
    details: NewRelease, episode: Episode, reference: ReferenceData
) -> deciding.NewRelease:
    """Return what the engine needs to start the release of `details`.

    Args:
        details: As `CheckedIntake.checked` returns them.
        episode: The release id to start under, and the release whose recall led to it.
        reference: Tells the nation of the destination.
    """
    known = opening(details, episode.release_id, reference, episode.previous_release)
    more = {
        "service": details.service,
        "as_given": details.as_given,
        "started_at": details.started_at,
    }
    return known.model_copy(update=more)
