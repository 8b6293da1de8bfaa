"""From a form that was sent to what is recorded, or to the form shown again."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from fastapi.responses import Response

from api.filters import PageOf, ReleaseFilter
from api.pages.answers import see
from api.pages.casework import showing
from api.pages.casework.desk import Desk, Filling, case_of, refuse_other_roles, show_form
from api.pages.casework.form import Answers, Case, Form, Made, read
from api.pages.forms import FormReader, read_form
from api.pages.recording import FormView, record
from api.pages.visit import visit_of
from api.ports import ReleaseUnknownError
from domain.access import scope_of
from domain.access_denials import Denial, NotPermitted
from domain.london_time import london_date

FORBIDDEN: Final = 403
NEVER_TOLD: Final = frozenset({Denial.ROLE, Denial.OUT_OF_SCOPE})
"""Denials that are a page of their own; any other is a sentence at the top of the form."""


async def saved_form(desk: Desk, form: Form) -> Response:
    """Record what a form says, or show it again with what is to be corrected or looked at.

    Raises:
        NotPermitted: The role may never ask it.
        ReleaseUnknownError: There is no such release, or it is not the account's business.
    """
    refuse_other_roles(desk.account, form)
    reader = await read_form(desk.request)
    key = reader.typed.get("key", "")
    try:
        detail = await desk.detail()
    except ReleaseUnknownError:
        if not await _was_saved(desk, key):
            raise
        return await _done(desk, form.said)
    case = await case_of(desk, detail, reader.whole("seq"))
    found = read(form, case, reader)
    if found is None and key in detail.state.requests:
        return await _done(desk, "This form was saved already. Read the record before you go on.")
    if found is not None:
        await _find_record_to_keep(desk, found[0], reader)
    filling = Filling(form, case, FormView(key, case.seq), showing.typed(reader), reader)
    checked = _to_look_at(form, case, reader, found)
    if checked is not None:
        return show_form(desk, detail, replace(filling, checked=checked))
    again = await _recorded(desk, reader, form, found)
    if again is None:
        return await _done(desk, form.said)
    return show_form(desk, detail, replace(filling, view=again))


async def _was_saved(desk: Desk, key: str) -> bool:
    """Return whether this very form was accepted, which may have ended the account's scope."""
    state = await desk.services.reads.state(desk.release_id)
    return state is not None and key in state.requests


def _to_look_at(
    form: Form, case: Case, reader: FormReader, found: tuple[Made, Answers] | None
) -> showing.Shown | None:
    """Return what must be seen before this is saved, unless it was seen for the same answers."""
    if found is None or reader.faults:
        return None
    warned = form.warn(found[0], case)
    if not warned.sentences and not warned.always:
        return None
    digest = showing.digest_of(reader)
    return None if reader.typed.get(showing.CHECKED) == digest else showing.shown(warned, digest)


async def _find_record_to_keep(desk: Desk, command: Made, reader: FormReader) -> None:
    """Put the id of the record to merge into where its reference was typed."""
    if command["kind"] != "merge":
        return
    scope = scope_of(desk.account.subject, london_date(desk.services.now()))
    wanted = ReleaseFilter(reference=command["into"])
    found = (await desk.services.reads.releases(wanted, scope, PageOf(size=1))).rows
    if found:
        command["into"] = found[0].release_id
    else:
        reader.refuse("into", "There is no such record. Check the reference of the one to keep")


async def _recorded(
    desk: Desk, reader: FormReader, form: Form, found: tuple[Made, Answers] | None
) -> FormView | None:
    command, notes = (found[0], found[1].notes) if found else ({}, {})
    try:
        return await record(
            desk.services,
            desk.account,
            desk.release_id,
            reader,
            command,
            notes=notes,
            fields=form.at,
        )
    except NotPermitted as error:
        if error.code in NEVER_TOLD:
            raise
        reader.refuse("", error.message)
        return FormView(
            reader.typed.get("key", ""), reader.whole("seq") or 0, reader.typed, status=FORBIDDEN
        )


async def _done(desk: Desk, said: str) -> Response:
    """Go to the record, or home when what was saved has ended the account's business with it."""
    visit_of(desk.request).say(said)
    scope = scope_of(desk.account.subject, london_date(desk.services.now()))
    still = await desk.services.reads.release(desk.release_id, scope)
    return see(f"/cases/{desk.release_id}" if still else "/")
