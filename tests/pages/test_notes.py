from __future__ import annotations

import pytest

from domain.codes import Role
from domain.commands import Actor, EvidenceLicenceCondition, RequestLicenceCondition, SendReferral
from domain.facts import DrugCondition, LicenceCriteria
from tests.api.conftest import NOW, SUBJECTS
from tests.api.fakes import World
from tests.api.visitors import an_account
from tests.builders import SERVICE, a_plan, a_screening
from tests.pages.conftest import As

NOTES = "/cases/rel-1/notes"
PLAN = "Bed asked for\nat the hostel, & a key"
CLINICAL = "Prescribed since May"
NECESSITY = "Offences to buy drugs"


@pytest.fixture
async def scene(world: World) -> World:
    """A need that healthcare explained, an action of resettlement, and probation's evidence."""
    on = NOW.date()
    (action,) = a_plan(on).actions
    plan = a_plan(on).model_copy(update={"actions": (action.model_copy(update={"note": "n-1"}),)})
    criteria = LicenceCriteria(
        linked_to_offending=True,
        dependent_or_propensity=True,
        requires_and_susceptible_to_treatment=True,
        appointment_known_and_confirmed=True,
        type_set_on_health_advice=True,
        necessity_note="n-2",
        proportionality_note="n-never-stored",
    )
    condition = DrugCondition.TREATMENT
    probation = Actor(id="prb", role=Role.PROBATION)
    world.has("rel-1")
    world.records("rel-1", a_screening(on), plan, SendReferral(on=on, service=SERVICE))
    world.records(
        "rel-1",
        RequestLicenceCondition(on=on, condition=condition),
        EvidenceLicenceCondition(on=on, condition=condition, criteria=criteria),
        by=probation,
    )
    for author in ("res", "hea", "prb"):
        role = next(each for each, subject in SUBJECTS.items() if subject.id == author)
        world.accounts.has(an_account(SUBJECTS[role], name=f"Known as {author}"))
    await world.add("rel-1", "hea", {"why-1": CLINICAL})
    await world.add("rel-1", "res", {"n-1": PLAN, "n-9": "of no answer"})
    await world.add("rel-1", "prb", {"n-2": NECESSITY})
    return world


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.RESETTLEMENT, (PLAN, NECESSITY), (CLINICAL,)),
        (Role.PROBATION, (PLAN, NECESSITY), (CLINICAL,)),
        (Role.HEALTHCARE, (PLAN, CLINICAL), (NECESSITY,)),
        (Role.PROVIDER, (PLAN, CLINICAL), (NECESSITY,)),
    ],
)
async def test_each_role_reads_what_it_may(
    scene: World, as_: As, role: Role, seen: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    page = await (await as_(role)).open(NOTES)

    assert page.status == 200
    shown = [each.get_text("\n") for each in page.soup.select(".app-typed")]
    assert sorted(shown) == sorted(seen)
    assert not any(each in page.response.text for each in (*hidden, "of no answer"))


async def test_a_note_says_what_it_is_about_who_wrote_it_and_when(scene: World, as_: As) -> None:
    page = await (await as_(Role.RESETTLEMENT)).open(NOTES)

    assert "Drugs and alcohol" in page.text
    assert "Written by a clinical team" in page.text
    assert "Known as hea, prison healthcare, 21 November 2026 at 10am" in page.text


async def test_a_record_without_notes_says_so(world: World, as_: As) -> None:
    world.has("rel-1")

    assert "Nothing has been written yet" in (await (await as_(Role.RESETTLEMENT)).open(NOTES)).text
