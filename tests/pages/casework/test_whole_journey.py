"""One person from the start to twelve weeks, by the forms alone, each role in its turn."""

from __future__ import annotations

from datetime import date

from domain.codes import Role
from domain.journey import JOURNEY, Step
from domain.state import Closure, StepStatus
from tests.api.conftest import SUBJECTS
from tests.api.fakes import World
from tests.builders import at
from tests.pages.casework import typing_in
from tests.pages.casework.typing_in import RELEASED_ON, SEEN_ON, Typed, day, everything_in
from tests.pages.conftest import As

Sitting = tuple[Role, str, Typed]

BEFORE: tuple[Sitting, ...] = (
    (Role.HEALTHCARE, "events/record_screening", typing_in.SCREENING),
    (Role.RESETTLEMENT, "events/record_plan", typing_in.PLAN),
    (Role.RESETTLEMENT, "events/send_referral", {"service": "cds-hartlepool"}),
    (Role.PROVIDER, "events/accept_referral", {"answer": "record_referral_received"}),
    (Role.PROVIDER, "events/accept_referral", {"answer": "accept_referral"}),
    (Role.PROVIDER, "events/book_appointment", typing_in.APPOINTMENT),
    (Role.PROVIDER, "events/tell_appointment", {}),
    (Role.HEALTHCARE, "events/arrange_prescription", typing_in.PRESCRIPTION),
    (Role.HEALTHCARE, "events/confirm_last_dose", typing_in.LAST_DOSE),
    (Role.HEALTHCARE, "events/record_naloxone", typing_in.NALOXONE),
    (Role.RESETTLEMENT, "events/record_essentials", typing_in.ESSENTIALS),
    (Role.PROBATION, "events/request_licence_condition", {"condition": "testing"}),
    (Role.PROBATION, "events/evidence_licence_condition", typing_in.CRITERIA),
    (Role.RESETTLEMENT, "pack/send", {}),
    (Role.HEALTHCARE, "pack/acknowledge", {"read": "yes"}),
    (Role.PROBATION, "pack/acknowledge", {"read": "yes"}),
    (Role.PROVIDER, "pack/acknowledge", {"read": "yes"}),
    (
        Role.RESETTLEMENT,
        "events/record_action_outcome",
        {"action": "act-*", "outcome": "accepted"},
    ),
)
AFTER: tuple[tuple[date, Sitting], ...] = (
    (RELEASED_ON, (Role.RESETTLEMENT, "events/record_release", typing_in.RELEASE)),
    (SEEN_ON, (Role.PROVIDER, "events/record_contact", {"attended": "yes"})),
    (SEEN_ON, (Role.PROVIDER, "events/record_treatment_start", day("on", SEEN_ON))),
    (date(2027, 2, 25), (Role.PROVIDER, "events/record_retention", {"outcome": "in_treatment"})),
)


async def test_every_step_is_answered_by_the_team_that_owns_it(world: World, as_: As) -> None:
    world.has("rel-1")

    for sitting in BEFORE:
        await _sit(world, as_, sitting)

    left_open = [each.step for each in JOURNEY if not world.states["rel-1"].is_answered(each.step)]
    assert left_open == [Step.RELEASE]

    for on, sitting in AFTER:
        world.wait_until(at(on, 14))
        await _sit(world, as_, sitting)

    state = world.states["rel-1"]
    assert state.closure is Closure.COMPLETED
    assert {each.status for each in state.steps.values()} == {StepStatus.DONE}
    assert "Stole to buy heroin." in world.texts.values()


async def _sit(world: World, as_: As, sitting: Sitting) -> None:
    role, path, typed = sitting
    browser = await as_(SUBJECTS[role])
    if typed.get("action"):
        typed = typed | {"action": world.states["rel-1"].actions[0].id}
    page = await browser.send(f"/cases/rel-1/{path}", **typed)
    if page.status == 200:
        assert page.errors() == []
        page = await browser.submit(f"/cases/rel-1/{path}", everything_in(page))
    assert page.status == 303, (path, page.errors(), page.text)
