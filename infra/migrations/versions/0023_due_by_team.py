"""When each team's earliest open step is due, on the release itself.

A team's list asked the steps of every open release for it, which took longer than all the rest.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_RESETTLEMENT = (
    *("screening", "plan", "referral", "essentials"),
    *("handover", "release", "safeguarding"),
)
_HEALTHCARE = ("prescription", "naloxone", "review")
_PROBATION = ("licence", "review", "safeguarding")
_PROVIDER = ("appointment", "first_contact", "engagement", "retention", "review")
_TEAMS = {
    "resettlement": (_RESETTLEMENT, _RESETTLEMENT),
    "healthcare": (_HEALTHCARE, _HEALTHCARE),
    "probation": (_PROBATION, (*_PROBATION, "referral", "handover")),
    "provider": (_PROVIDER, (*_PROVIDER, "prescription", "naloxone")),
}
"""The steps that each team answers for before and after release, as they were on this day."""

_LISTED = (
    *("phase", "leaves_on", "id", "worst_lapsed_severity", "next_due_at"),
    *("next_due_step", "prison", "probation_unit", "released_on"),
)


def upgrade() -> None:
    """Add a column for each team, filled from the steps, and put them into the lists' index."""
    for team in _TEAMS:
        op.add_column("releases", sa.Column(f"{team}_due_at", _INSTANT, nullable=True))
    for team, (before, after) in _TEAMS.items():
        _fill(team, before, "released_on IS NULL")
        _fill(team, after, "released_on IS NOT NULL")
    op.drop_index("ix_releases_list", "releases")
    op.create_index(
        "ix_releases_list", "releases", [*_LISTED, *(f"{each}_due_at" for each in _TEAMS)]
    )


def downgrade() -> None:
    """Remove the columns."""
    op.drop_index("ix_releases_list", "releases")
    op.create_index("ix_releases_list", "releases", list(_LISTED))
    for team in _TEAMS:
        op.drop_column("releases", f"{team}_due_at")


def _fill(team: str, steps: tuple[str, ...], side: str) -> None:
    listed = ", ".join(f"'{each}'" for each in steps)
    first = (
        "SELECT MIN(due_at) FROM steps WHERE steps.release_id = releases.id"  # noqa: S608 - of this file's own words
        f" AND steps.status = 'open' AND steps.step IN ({listed})"
    )
    op.execute(f"UPDATE releases SET {team}_due_at = ({first}) WHERE {side}")  # noqa: S608 - the same
