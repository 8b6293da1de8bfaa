"""Keeps the form of a request whose session has ended, for whoever the session was of."""

from __future__ import annotations

from typing import Final

from fastapi import Request

from api.pages.unsaved import UNSAVED, KeptForm
from api.pages.visit import Visit
from api.security import services_of

MOST: Final = 100_000
"""Characters; no form of the pages comes near."""

_NEVER: Final = frozenset({"/sign-out", "/session", UNSAVED})


async def keep_unsaved(request: Request, visit: Visit) -> bool:
    """Keep the form of a request whose session has ended; returns whether it is kept.

    The caller has checked that a page of this browser sent it.
    """
    if visit.secret is None or request.url.path in _NEVER:
        return False
    sent = (await request.form()).multi_items()
    fields = tuple((name, value) for name, value in sent if isinstance(value, str))
    form = KeptForm(request.url.path, fields)
    length = sum(len(name) + len(value) for name, value in fields)
    if not any(value.strip() for _, value in form.typed) or length > MOST:
        return False
    return await services_of(request).kept_forms.keep(visit.secret, form)
