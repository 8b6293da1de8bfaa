"""Every command that a role may ask has a form, and every form can be saved by somebody."""

from __future__ import annotations

import pytest

from api.asking import KINDS
from api.pages.casework import answering, words
from api.pages.casework.register import (
    ANSWERS,
    ESCALATION_KINDS,
    EVENTS,
    PAGES_OF_THEIR_OWN,
    address_of,
    of_step,
)
from domain.access_table import CASEWORK_ROLES, kinds_of
from domain.codes import Role
from domain.commands import SendReferral
from domain.deciding.steps import DECLINED_REASONS, MAY_BE_DECLINED, NOT_NEEDED_REASONS
from domain.journey import Step
from tests.api.conftest import NOW
from tests.api.fakes import World
from tests.builders import SERVICE
from tests.pages.casework.cases import a_case
from tests.pages.conftest import As

WITH_A_FORM = set(EVENTS) | {kind for _, kind in ANSWERS} | set(PAGES_OF_THEIR_OWN)


@pytest.mark.parametrize("role", sorted(CASEWORK_ROLES))
def test_whatever_a_role_may_ask_it_can_ask_on_a_page(role: Role) -> None:
    assert kinds_of(role) - ESCALATION_KINDS <= WITH_A_FORM


def test_no_form_makes_a_command_that_nobody_may_ask() -> None:
    somebody = {kind for role in CASEWORK_ROLES for kind in kinds_of(role)}

    assert somebody >= WITH_A_FORM
    assert set(KINDS) >= WITH_A_FORM


def test_every_step_that_may_be_left_out_or_declined_has_the_form_and_every_reason_has_words() -> (
    None
):
    steps = {step for step, kind in ANSWERS if kind == "mark_not_needed"}
    assert steps == set(NOT_NEEDED_REASONS)
    assert {step for step, kind in ANSWERS if kind == "record_declined"} == MAY_BE_DECLINED
    for step, allowed in NOT_NEEDED_REASONS.items():
        assert set(answering.not_needed_words(step)) == allowed
    assert set(words.DECLINED) == DECLINED_REASONS


@pytest.mark.parametrize("role", sorted(CASEWORK_ROLES))
async def test_every_form_that_is_offered_opens(world: World, as_: As, role: Role) -> None:
    world.has("rel-1")
    world.records("rel-1", SendReferral(on=NOW.date(), service=SERVICE))
    case = a_case(world.states["rel-1"], role)
    browser = await as_(role)
    offered = [each for step in Step for each in of_step(step, case)]

    assert offered
    for form in offered:
        page = await browser.open(address_of(form, "rel-1"))
        assert (page.status, page.heading) == (200, form.title)
        assert page.soup.select_one("main form") is not None
