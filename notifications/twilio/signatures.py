"""Whether a webhook is Twilio's: the signature over our public address and every field.

Twilio signs no time and no number used once, so the same request verifies for ever: whoever acts
on one must not mind its repetition.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

from twilio.request_validator import HMAC_SHA1, RequestValidator

from notifications.twilio.forms import Refusal

LARGEST_BODY: Final = 16_384
"""Bytes; a body beyond this is refused unread."""

_MOST_FIELDS: Final = 100


class Signatures:
    """Verifies by the account's token and, while it is being changed, by the secondary one."""

    def __init__(self, base: str, token: str, secondary: str | None = None) -> None:
        """Keep the public address, never taken from a request, and the tokens."""
        self._base = base
        self._validators = [RequestValidator(each) for each in (token, secondary) if each]

    def verified(self, target: str, body: bytes, signature: str | None) -> dict[str, str]:
        """Return the form of a webhook that Twilio signed.

        Args:
            target: Path and query exactly as requested, below the public address.
            body: As received.
            signature: The header X-Twilio-Signature.

        Raises:
            Refusal: It is too large, no form, names a field twice, or is not signed by a token.
        """
        form = _form(body)
        # Blank where the header is missing: the library fails on None.
        given, url = signature or "", self._base + target
        # Each is asked, and the algorithm is ours: the header that names one is not signed.
        answers = [each.validate(url, form, given, HMAC_SHA1) for each in self._validators]
        if not any(answers):
            raise Refusal("unsigned" if signature is None else "wrong_signature")
        return form


def _form(body: bytes) -> dict[str, str]:
    if len(body) > LARGEST_BODY:
        raise Refusal("too_large")
    try:
        pairs = parse_qsl(
            body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise Refusal("no_form") from None
    form = dict(pairs)
    if len(form) < len(pairs):
        raise Refusal("repeated_field")
    return form
