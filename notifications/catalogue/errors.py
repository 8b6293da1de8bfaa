"""Why a wording could not be put into words; no message repeats what a field held."""

from __future__ import annotations

from domain.errors import ThroughcareError


class WordingError(ThroughcareError):
    """A wording cannot be rendered as asked: our own mistake, never the recipient's."""


class FieldError(WordingError):
    """A field is missing, unknown or unusable.

    Attributes:
        field: Its name.
    """

    def __init__(self, wording: str, field: str, problem: str) -> None:
        """Name the wording and the field."""
        super().__init__(f"The wording {wording} cannot be filled: {field} {problem}.")
        self.field = field


class MissingFieldError(FieldError):
    """A field that the wording needs was not given."""

    def __init__(self, wording: str, field: str) -> None:
        """Name the wording and the field."""
        super().__init__(wording, field, "is missing")


class UnknownFieldError(FieldError):
    """A field was given that the wording does not have."""

    def __init__(self, wording: str, field: str) -> None:
        """Name the wording and the field."""
        super().__init__(wording, field, "is not one of its fields")


class UnusableFieldError(FieldError):
    """A field does not hold what it must."""

    def __init__(self, wording: str, field: str, must: str) -> None:
        """Say what it must hold, and not what it holds."""
        super().__init__(wording, field, f"must be {must}")


class TooLongError(WordingError):
    """The text does not fit one part of a text message.

    Attributes:
        units: How long it is; one part holds 160 in GSM-7.
    """

    def __init__(self, wording: str, units: int) -> None:
        """Name the wording and how long it came out."""
        super().__init__(
            f"The wording {wording} takes {units} units and one part of a text holds 160, all of "
            "them GSM-7. Choose a shorter public address for links, or a shorter phone number."
        )
        self.units = units


class NoVariantError(WordingError):
    """The wording does not exist for this channel."""

    def __init__(self, wording: str, channel: str) -> None:
        """Name both."""
        super().__init__(f"The wording {wording} is never sent by {channel}.")
