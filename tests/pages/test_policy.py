"""The policy in force, and what each version changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from domain.codes import Role
from domain.journey import Step
from domain.policy import Policy
from tests.api.fakes import World
from tests.builders import the_rules
from tests.pages.conftest import As


def another(**changed: object) -> Policy:
    """The default policy with other words, and with a naloxone that is due sooner."""
    policy = the_rules().policy
    naloxone = policy.steps[Step.NALOXONE]
    due = naloxone.due.model_copy(update={"count": -3})
    steps = policy.steps | {Step.NALOXONE: naloxone.model_copy(update={"due": due})}
    return policy.model_copy(update={"steps": steps, **changed})


async def test_the_first_version_is_said_to_be_the_first(as_: As) -> None:
    page = await (await as_(Role.AUDITOR)).open("/policy")

    assert "Decided by Not named in the document" in page.text
    assert "In use here since 1 November 2026 at 9am" in page.text
    assert "The first version here" in page.text


async def test_a_version_says_since_when_by_whom_and_what_it_changed(world: World, as_: As) -> None:
    later = another(
        version="2026-12-ours",
        title="Our policy",
        effective_on=date(2026, 12, 1),
        decided_by="North East drug and alcohol board",
    )
    world.later_policies = ((later, datetime(2026, 12, 1, 12, tzinfo=UTC)),)

    page = await (await as_(Role.ADMIN)).open("/policy")

    newest, first = page.soup.select("#versions .govuk-summary-card")
    said = " ".join(newest.get_text(" ").split())
    assert "Our policy (2026-12-ours)" in said
    assert "In use here since 1 December 2026 at midday" in said
    assert "Decided by North East drug and alcohol board" in said
    changes = [each.text for each in newest.select("li")]
    assert len(changes) == 1
    assert changes[0].startswith("Naloxone, due: ")
    assert "→" in changes[0]
    assert "The first version here" in first.text
