"""Callbacks of the provider of texts and calls: passed on whole, and answered at once.

Anybody can send something here. Whether it is believed is decided by its signature, so nothing is
read from the address or the form before that, and a refusal tells nothing.
"""

from __future__ import annotations

import logging
from typing import Final

from fastapi import APIRouter, Request, Response

from api.callback_ports import Callback, CallbackRefusedError, Callbacks
from api.ports import Services
from api.refusals import TooLargeError
from api.security import Anybody, Given, route_of

log = logging.getLogger("api.callbacks")

router = APIRouter(prefix="/twilio", include_in_schema=False)

_SIGNATURE: Final = "x-twilio-signature"
_XML: Final = "text/xml"
_NOTHING_TO_SAY: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@router.post("/status")
async def receipt(request: Request, services: Given, _policy: Anybody) -> Response:
    """Take how a text stands."""
    return await _taken(request, services, "receipt")


@router.post("/call")
async def call(request: Request, services: Given, _policy: Anybody) -> Response:
    """Take how a call stands."""
    return await _taken(request, services, "call")


@router.post("/reply")
async def reply(request: Request, services: Given, _policy: Anybody) -> Response:
    """Take a text that came in; the answer to it is a message of its own."""
    return await _taken(request, services, "reply")


@router.post("/voice")
async def digits(request: Request, services: Given, _policy: Anybody) -> Response:
    """Take the key that was pressed in a call, and say what follows."""
    return await _taken(request, services, "digits")


async def _taken(request: Request, services: Services, what: str) -> Response:
    try:
        callback = await _callback(request)
        return await _pass_on(services.callbacks, callback, what)
    except CallbackRefusedError as refusal:
        log.warning("callback refused", extra={"route": route_of(request), "code": refusal.code})
        return Response(status_code=403)


async def _pass_on(callbacks: Callbacks, callback: Callback, what: str) -> Response:
    match what:
        case "receipt":
            await callbacks.receipt(callback)
        case "call":
            await callbacks.call(callback)
        case "reply":
            await callbacks.reply(callback)
            return Response(_NOTHING_TO_SAY, media_type=_XML)
        case _:
            return Response(await callbacks.digits(callback), media_type=_XML)
    return Response(status_code=204)


async def _callback(request: Request) -> Callback:
    target = request.scope["raw_path"].decode("ascii", errors="replace")
    query = request.scope["query_string"].decode("ascii", errors="replace")
    try:
        body = await request.body()
    except TooLargeError:
        raise CallbackRefusedError("too_large") from None
    return Callback(
        target=f"{target}?{query}" if query else target,
        body=body,
        signature=request.headers.get(_SIGNATURE),
    )
