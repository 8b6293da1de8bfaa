"""What the web itself refuses, before the rules are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from domain.errors import ThroughcareError


class FieldFault(NamedTuple):
    """One thing to correct: where, in the words of the request, and how."""

    field: str
    message: str


class UnauthenticatedError(ThroughcareError):
    """No valid bearer token came with the request."""

    def __init__(self) -> None:
        """Say the same whether the token is missing, unknown, expired or revoked."""
        super().__init__("Send a valid token: Authorization: Bearer <token>.")


class MissingKeyError(ThroughcareError):
    """A request that must be safe to repeat came without its key."""

    def __init__(self) -> None:
        """Say what to send."""
        super().__init__(
            "Send an Idempotency-Key header: a new one for each thing to record, the same one "
            "for a repeat."
        )


class NotJsonError(ThroughcareError):
    """The body is of another type than JSON."""

    def __init__(self) -> None:
        """Say which type is read."""
        super().__init__("Send the body as application/json.")


class TooLargeError(ThroughcareError):
    """The body is larger than anything the service takes."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("The body is too large. Send less at once.")


class InvalidInputError(ThroughcareError):
    """The input has not the shape it must have.

    Attributes:
        faults: At least one; none repeats a submitted value.
    """

    def __init__(self, faults: Sequence[FieldFault]) -> None:
        """Keep every fault, so that they are corrected in one go."""
        super().__init__("Some of the input cannot be read. Correct it and send it again.")
        self.faults = tuple(faults)


class ReleaseElsewhereError(ThroughcareError):
    """The release to start exists where the caller has no business."""

    def __init__(self) -> None:
        """Say whom to ask, and nothing about the release."""
        super().__init__(
            "A release with this prison number and reception date is recorded outside your "
            "prisons. Ask the service owner to look at it."
        )


class SignInNeededError(ThroughcareError):
    """Nobody is signed in on this browser, or not any longer.

    Attributes:
        is_kept: What was sent is kept for whoever sent it (`api.pages.unsaved`).
    """

    def __init__(self, *, is_kept: bool = False) -> None:
        """Say what to do."""
        super().__init__("Sign in to go on.")
        self.is_kept = is_kept


class ForeignFormError(ThroughcareError):
    """A form that no page of this browser's session showed."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "This page was too old to be used. Nothing was saved. Go back, reload the page and "
            "try again."
        )


class TooManyAttemptsError(ThroughcareError):
    """Too many wrong passwords came for one account, or from one address."""

    def __init__(self) -> None:
        """Say how long to wait."""
        super().__init__(
            "There were too many attempts to sign in. Wait 15 minutes, then try again."
        )


class SignInRefusedError(ThroughcareError):
    """Somebody cannot come in by the sign-in provider; the message says whom to ask."""


class ProviderUnavailableError(ThroughcareError):
    """The sign-in provider does not answer, or not as it should."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(
            "The sign-in of your organisation does not answer. Try again in a few minutes."
        )
