"""SendGrid's `POST /v3/mail/send` as documented: a small server of our own.

No package stands in for SendGrid, so this one does what its OpenAPI document `tsg_mail_v3.json`
says of the request's shape and of the answers. It is our reading of that document, and so can
share our mistakes; see docs/adr/0012.
"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any, Final, NamedTuple

from jsonschema import Draft202012Validator

from tests.standin.listening import Listener

_ADDRESS: Final = {
    "type": "object",
    "properties": {"email": {"type": "string", "format": "email"}, "name": {"type": "string"}},
    "required": ["email"],
    "additionalProperties": False,
}
_WORDS: Final = {"type": "string", "minLength": 1}
_SWITCH: Final = {"type": "object", "properties": {"enable": {"type": "boolean"}}}

# The properties that we send; any other is refused, so that none of ours is misspelt.
SHAPE: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["personalizations", "from", "subject", "content"],
    "additionalProperties": False,
    "properties": {
        "personalizations": {
            "type": "array",
            "minItems": 1,
            "maxItems": 1000,
            "items": {
                "type": "object",
                "required": ["to"],
                "additionalProperties": False,
                "properties": {"to": {"type": "array", "minItems": 1, "items": _ADDRESS}},
            },
        },
        "from": _ADDRESS,
        "subject": _WORDS,
        "content": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["type", "value"],
                "additionalProperties": False,
                "properties": {"type": _WORDS, "value": _WORDS},
            },
        },
        "headers": {
            "type": "object",
            # Those that SendGrid says may not be overridden.
            "propertyNames": {
                "not": {"pattern": "^(?i:x-sg-id|x-sg-eid|received|dkim-signature|content-type|"
                "content-transfer-encoding|to|from|subject|reply-to|cc|bcc)$"}
            },
            "additionalProperties": {"type": "string"},
        },
        "mail_settings": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"sandbox_mode": _SWITCH},
        },
        "tracking_settings": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "click_tracking": {
                    "type": "object",
                    "properties": {
                        "enable": {"type": "boolean"},
                        "enable_text": {"type": "boolean"},
                    },
                },
                "open_tracking": _SWITCH,
            },
        },
    },
}  # fmt: skip


class Told(NamedTuple):
    """An answer to give instead.

    Attributes:
        status: 0 breaks the line after the request was read.
    """

    status: int
    field: str | None = None
    headers: dict[str, str] | None = None


class SendGrid(Listener):
    """Accepts what is well formed and authorised, and keeps it."""

    def __init__(self, key: str) -> None:
        self.accepted: list[dict[str, Any]] = []
        self.told: list[Told] = []
        self._key = key
        self._validator = Draft202012Validator(SHAPE)
        super().__init__(self._handler())

    def answer(self, path: str, authorization: str | None, body: bytes) -> Told:
        """Return what SendGrid answers; keeps what it accepts."""
        if path != "/v3/mail/send":
            return Told(404)
        if authorization != f"Bearer {self._key}":
            return Told(401)
        request = json.loads(body)
        if error := next(self._validator.iter_errors(request), None):
            return Told(400, ".".join(map(str, error.path)) or "request")
        if self.told and self.told[0].status != 0:
            return self.told.pop(0)
        self.accepted.append(request)
        return self.told.pop(0) if self.told else Told(202)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told = service.answer(self.path, self.headers["Authorization"], body)
                if told.status == 0:
                    self.close_connection = True
                    return
                problem = {"errors": [{"message": "says no", "field": told.field}]}
                content = b"" if told.status == 202 else json.dumps(problem).encode()
                self.send_response(told.status)
                for name, value in (told.headers or {"X-Message-Id": "stand-in-id"}).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """A test's own record is enough."""

        return Handler
