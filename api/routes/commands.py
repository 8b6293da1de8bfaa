"""Commands: everything that is recorded about a release goes through this one route."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.answers import Receipt
from api.asking import RequiredKey, read_asked, submit
from api.documented import WRITING, pending, required_key
from api.openapi_bodies import COMMANDS_BODY
from api.parsing import json_body
from api.security import Caseworker, Given

router = APIRouter(prefix="/api/v1/releases", tags=["commands"])


@router.post(
    "/{release_id}/commands",
    summary="Record something about a release",
    responses={**pending(), **WRITING},
    openapi_extra={"requestBody": COMMANDS_BODY, "parameters": [required_key()]},
)
async def submit_commands(
    release_id: str, caller: Caseworker, services: Given, key: RequiredKey, request: Request
) -> Receipt:
    """Record one thing, or several that are accepted or refused together.

    Who: each kind says which roles may ask it, of releases in their own scope. What was accepted
    is on the release as soon as this answers. A repeat with the same key changes nothing.
    """
    asked = read_asked(await json_body(request))
    submitted = await submit(services, caller, release_id, key, asked)
    return Receipt(release_id=release_id, version=submitted.seq, duplicate=submitted.duplicate)
