"""What is said on the phone. No reference is read out: it may be a loudspeaker or a voicemail."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from notifications.catalogue.errors import NoVariantError
from notifications.catalogue.wordings import Wording


class Digit(StrEnum):
    """What a key means; any other is no answer."""

    ACKNOWLEDGES = "1"
    PASSES_ON = "2"


class CallScript(NamedTuple):
    """A call, in the order in which it is said.

    Attributes:
        sentences: Said once somebody answers, ending with the choices.
        after: What is said once a key was pressed.
        unanswered: What is said when none was pressed; the call then ends, as no answer.
    """

    sentences: tuple[str, ...]
    after: Mapping[Digit, str]
    unanswered: str


_OPENING: Final = "This is an automated call from the handover service."
_CHOICES: Final = (
    "Press 1 to confirm that you have received this and take it.",
    "Press 2 to pass it on.",
)
_AFTER: Final[Mapping[Digit, str]] = {
    Digit.ACKNOWLEDGES: "Thank you. It is yours now. Please sign in to see it. Goodbye.",
    Digit.PASSES_ON: "Thank you. Somebody else is being asked. Goodbye.",
}
_UNANSWERED: Final = "Nothing was pressed, so somebody else is being asked. Goodbye."

_MATTERS: Final[Mapping[Wording, str]] = {
    Wording.STEP_LAPSED: "A task of yours was not done in time and needs action now.",
    Wording.ESCALATED: "An overdue task has come to you and needs action now.",
    Wording.HELP_ASKED: "A colleague cannot do a task as planned and asks for your help.",
    Wording.NEEDED_NOW: "A named person is needed now, and you are on duty.",
    Wording.CHAIN_EXHAUSTED: "Everybody on the ladder was asked and nobody has answered.",
    Wording.DEATH_RECORDED: "Please call the duty manager before any contact is made.",
}
"""The sentence between the opening and the choices; other wordings are never called."""


def is_called(wording: Wording) -> bool:
    """Return whether a wording may be told by a call."""
    return wording in _MATTERS


def render_call(wording: Wording) -> CallScript:
    """Return what is said and what the keys do.

    Raises:
        notifications.catalogue.errors.NoVariantError: The wording is never told by a call.
    """
    if wording not in _MATTERS:
        raise NoVariantError(wording, "voice")
    return CallScript((_OPENING, _MATTERS[wording], *_CHOICES), _AFTER, _UNANSWERED)
