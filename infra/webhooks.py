"""What verifies the callbacks of providers; it loads none of what sends."""

from __future__ import annotations

from infra.message_settings import MessageSettings
from notifications.twilio.signatures import Signatures


def signatures(settings: MessageSettings) -> Signatures | None:
    """Return what verifies callbacks; None when none can come."""
    if settings.phone != "twilio" or settings.public_url is None or settings.twilio_token is None:
        return None
    secondary = settings.twilio_secondary_token
    return Signatures(
        settings.public_url,
        settings.twilio_token.get_secret_value(),
        secondary.get_secret_value() if secondary else None,
    )
