"""One request about one release's forms: who asks, and the page that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response

from api.pages.accounts import Account
from api.pages.answers import Link, page
from api.pages.casework import register, showing
from api.pages.casework.form import Case, Form
from api.pages.faults import Fault
from api.pages.forms import FormReader
from api.pages.people import banner_of, detail_for
from api.pages.recording import FormView, opened
from api.pages.roles import ROLES
from api.ports import Services
from api.records import ReleaseDetail
from domain.access import may_ever
from domain.access_denials import Denial, NotPermitted
from domain.access_detail import redacted
from domain.access_table import team_of
from domain.codes import Role
from domain.journey import DEFINITIONS, Step
from domain.london_time import london_date


@dataclass(frozen=True)
class Desk:
    """One request about one release: who asks, of what."""

    request: Request
    services: Services
    account: Account
    release_id: str

    async def detail(self) -> ReleaseDetail:
        """Return the release, once the account may see it."""
        return await detail_for(self.request, self.services, self.account, self.release_id)


@dataclass(frozen=True)
class Filling:
    """A form with what stands in it, as it is shown.

    Attributes:
        reader: What was sent; None when the form is opened.
        checked: What to look at before it is saved.
    """

    form: Form
    case: Case
    view: FormView
    inputs: showing.Inputs
    reader: FormReader | None = None
    checked: showing.Shown | None = None


async def case_of(desk: Desk, detail: ReleaseDetail, seq: int | None = None) -> Case:
    """Return the release as the account may see it; `seq` is the form's, once it came back."""
    state = detail.state
    return Case(
        state=redacted(state, desk.account.role),
        seq=state.seq if seq is None else seq,
        account=desk.account,
        today=london_date(desk.services.now()),
        rules=await desk.services.rules.of(state),
        places=desk.services.place_names,
    )


async def opened_form(desk: Desk, form: Form) -> Response:
    """Show a form with what is known already.

    Raises:
        NotPermitted: The role may never ask it, or it answers another team's step.
        ReleaseUnknownError: There is no such release, or it is not the account's business.
    """
    refuse_other_roles(desk.account, form)
    detail = await desk.detail()
    case = await case_of(desk, detail)
    if register.is_another_teams(form, case):
        raise NotPermitted(Denial.STEP)
    inputs = showing.Inputs(form.filled(case))
    return show_form(desk, detail, Filling(form, case, opened(case.seq), inputs))


def refuse_other_roles(account: Account, form: Form) -> None:
    """Refuse before anything is looked up, so that nothing tells whether a release exists."""
    refused: NotPermitted | None = None
    for kind in form.kinds:
        try:
            may_ever(account.role, kind)
        except NotPermitted as error:
            refused = error
        else:
            return
    if refused is not None:
        raise refused


def show_form(desk: Desk, detail: ReleaseDetail, filling: Filling) -> Response:
    """Show a form as it is filled in, or why it cannot be used now."""
    form, case, view, reader = filling.form, filling.case, filling.view, filling.reader
    return page_of(
        desk,
        detail,
        "casework_form.html",
        form.title,
        status=view.status,
        errors=reader.faults if reader else (),
        spec=form,
        fields=form.fields(case) if form.obstacle(case) is None or reader else (),
        obstacle=None if reader else form.obstacle(case),
        action=register.address_of(form, desk.release_id),
        form=view,
        inputs=filling.inputs,
        checked=filling.checked,
        step=showing.step_of(form.step, detail, desk.services.now()) if form.step else None,
        others=showing.others_of(form.step, case, form),
    )


def show_step(desk: Desk, step: Step, detail: ReleaseDetail, case: Case) -> Response:
    """Show where a step stands, whose it is, and everything that the account can record for it."""
    definition = DEFINITIONS[step]
    team = team_of(step, released=detail.state.released is not None)
    return page_of(
        desk,
        detail,
        "casework_step.html",
        definition.title,
        step=showing.step_of(step, detail, desk.services.now()),
        team=[ROLES[role] for role in Role if role in team],
        is_theirs=desk.account.role in team,
        offers=showing.others_of(step, case, None),
    )


def page_of(
    desk: Desk,
    detail: ReleaseDetail,
    template: str,
    title: str,
    *,
    status: int = 200,
    errors: Sequence[Fault] = (),
    **view: object,
) -> Response:
    """Return a page about the release, with the way back to its record."""
    return page(
        desk.request,
        template,
        title=title,
        status=status,
        errors=errors,
        crumbs=(),
        back=Link("Back to the record", f"/cases/{desk.release_id}"),
        person=banner_of(detail, desk.services),
        **view,
    )
