"""Data-quality tasks: what a team must put right so that a page can reach somebody."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.duty.posts import Post, Team
from domain.duty.rota import Unfilled
from domain.policy import Severity

TASK_SEVERITY: Final = Severity.S3
"""Worked on the next working day: the page itself has moved on already (rule 1)."""


class TaskOutcome(StrEnum):
    """What was done about a task."""

    ROTA_FILLED = "rota_filled"
    COVER_ARRANGED = "cover_arranged"
    WORKER_NAMED = "worker_named"
    POST_NOT_NEEDED = "post_not_needed"
    RECORDED_WRONGLY = "recorded_wrongly"


def open_key(team: Team, post: Post | None, reason: Unfilled) -> str:
    """Return what makes two reports the same task while it is open."""
    return f"{team.organisation}|{team.role}|{post or 'named_worker'}|{reason}"
