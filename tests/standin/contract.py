"""Whether a request keeps to Twilio's own OpenAPI document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from openapi_core import Config, OpenAPI
from openapi_core.contrib.requests import RequestsOpenAPIRequest
from openapi_core.exceptions import OpenAPIError
from requests import Request

DOCUMENT = Path(__file__).parent / "openapi/twilio_api_v2010.json"
HOST = "https://api.twilio.com"

# Limits that Twilio documents and its document leaves out.
_LONGEST = {"Body": 1600, "Twiml": 4000}

# The document names these formats and leaves their meaning to the reader.
_FORMATS: dict[str, Callable[[Any], bool]] = {
    "phone-number": lambda value: re.fullmatch(r"\+[1-9]\d{6,14}", value) is not None,
    "uri": lambda value: re.fullmatch(r"https?://[^\s/]+(/\S*)?", value) is not None,
}


class Contract:
    """Says what is wrong with a request."""

    def __init__(self) -> None:
        self._document: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
        config = Config(extra_format_validators=_FORMATS)
        self._openapi = OpenAPI.from_dict(self._document, config=config)

    def fault(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> str:
        """Return what breaks the contract, without any value, or "".

        Args:
            target: Path and query.
        """
        sent = {
            name: headers[name] for name in ("Content-Type", "Authorization") if name in headers
        }
        request = Request(method, HOST + target, headers=sent, data=body or None)
        try:
            self._openapi.validate_request(RequestsOpenAPIRequest(request))
        except OpenAPIError as error:
            return _places(error)
        return self._form_fault(target, body) if method == "POST" else ""

    def _form_fault(self, target: str, body: bytes) -> str:
        """Twilio ignores a field it does not know, so a misspelt one would pass for sent."""
        form = parse_qs(body.decode(), keep_blank_values=True)
        unknown = form.keys() - self._fields(urlsplit(target).path)
        too_long = [name for name, most in _LONGEST.items() if len(form.get(name, [""])[0]) > most]
        if unknown or too_long:
            return f"unknown fields {sorted(unknown)}, too long {too_long}"
        return ""

    def _fields(self, path: str) -> set[str]:
        parts = path.split("/")
        for pattern, operations in self._document["paths"].items():
            wanted = pattern.split("/")
            if len(wanted) == len(parts) and all(
                each.startswith("{") or each == part
                for each, part in zip(wanted, parts, strict=True)
            ):
                content = operations["post"]["requestBody"]["content"]
                return set(content["application/x-www-form-urlencoded"]["schema"]["properties"])
        return set()


def _places(error: OpenAPIError) -> str:
    """Name what failed and where; the messages themselves quote values."""
    found = [type(error).__name__, getattr(error, "name", "")]
    for schema_error in getattr(error.__cause__, "schema_errors", ()):
        found += [str(part) for part in schema_error.path]
    return " ".join(filter(None, found))
