"""Data-quality tasks: what a team must put right so that a page can reach somebody."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from domain.duty.posts import Post, Team
from domain.duty.rota import Unfilled
from domain.policy import Severity

TASK_SEVERITY: Final = Severity.S3
"""Worked on the next working day: the page itself has moved on already (rule 1)."""


class TaskReason(StrEnum):
    """Why a page cannot land: a post that nobody fills, or somebody whom nothing reaches.

    Attributes:
        NUMBER_FAILED: The provider says that a mobile takes no texts or calls, for good.
        TEXTS_STOPPED: Somebody asked for no more texts to their mobile.
        EMAIL_FAILED: An e-mail address does not exist, or takes nothing, for good.
    """

    EMPTY_ROTA = Unfilled.EMPTY_ROTA.value
    ABSENT_WITHOUT_COVER = Unfilled.ABSENT_WITHOUT_COVER.value
    NOBODY_NAMED = Unfilled.NOBODY_NAMED.value
    COVER_LOOP = Unfilled.COVER_LOOP.value
    NUMBER_FAILED = "number_failed"
    TEXTS_STOPPED = "texts_stopped"
    EMAIL_FAILED = "email_failed"


ABOUT_MOBILES: Final = frozenset({TaskReason.NUMBER_FAILED, TaskReason.TEXTS_STOPPED})
"""What another number puts right."""

ABOUT_SOMEBODY: Final = ABOUT_MOBILES | {TaskReason.EMAIL_FAILED}
"""What is wrong with one member of staff, and not with a post."""


class TaskOutcome(StrEnum):
    """What was done about a task.

    Attributes:
        CONTACT_REPLACED: Another number or address was entered; the service closes these by itself.
        CONTACT_WORKS: It works after all, and is used again; a STOP only its sender takes back.
        REACHED_OTHERWISE: They are reached by other channels, and that was agreed.
        LEFT: They do not work here any more.
    """

    ROTA_FILLED = "rota_filled"
    COVER_ARRANGED = "cover_arranged"
    WORKER_NAMED = "worker_named"
    POST_NOT_NEEDED = "post_not_needed"
    RECORDED_WRONGLY = "recorded_wrongly"
    CONTACT_REPLACED = "contact_replaced"
    CONTACT_WORKS = "contact_works"
    REACHED_OTHERWISE = "reached_otherwise"
    LEFT = "left"


_WRONG_POST: Final = (TaskOutcome.POST_NOT_NEEDED, TaskOutcome.RECORDED_WRONGLY)
_COVER: Final = (TaskOutcome.COVER_ARRANGED, TaskOutcome.ROTA_FILLED, *_WRONG_POST)
_NOT_REACHED: Final = (
    TaskOutcome.REACHED_OTHERWISE,
    TaskOutcome.LEFT,
    TaskOutcome.RECORDED_WRONGLY,
)
_OUTCOMES: Final = {
    TaskReason.EMPTY_ROTA: (TaskOutcome.ROTA_FILLED, *_WRONG_POST),
    TaskReason.ABSENT_WITHOUT_COVER: _COVER,
    TaskReason.COVER_LOOP: _COVER,
    TaskReason.NOBODY_NAMED: (TaskOutcome.WORKER_NAMED, *_WRONG_POST),
    TaskReason.NUMBER_FAILED: (TaskOutcome.CONTACT_WORKS, *_NOT_REACHED),
    TaskReason.TEXTS_STOPPED: _NOT_REACHED,
    TaskReason.EMAIL_FAILED: (TaskOutcome.CONTACT_WORKS, *_NOT_REACHED),
}


def outcomes_for(reason: TaskReason) -> tuple[TaskOutcome, ...]:
    """Return what somebody can have done about a task, the likeliest first.

    Another number or address is not among them: entering it closes the task by itself.
    """
    return _OUTCOMES[reason]


def open_key(team: Team, post: Post | None, reason: Unfilled) -> str:
    """Return what makes two reports the same task while it is open."""
    return f"{team.organisation}|{team.role}|{post or 'named_worker'}|{reason}"


def contact_key(staff_id: str, reason: TaskReason) -> str:
    """Return the same for somebody who cannot be reached as they were."""
    return f"{staff_id}|{reason}"
