"""The API over the real engine and the real record, each on both stores where that matters."""

from __future__ import annotations

import pytest

from domain.codes import HandoverParty
from domain.commands import (
    AcceptReferral,
    AcknowledgeHandover,
    Command,
    ConfirmLastDose,
    RecordContact,
    RecordRelease,
    RecordScreening,
    RecordTreatmentStart,
    SendHandover,
    SendReferral,
)
from tests.builders import (
    a_plan,
    a_prescription,
    a_screening,
    all_essentials,
    an_appointment,
    an_opiate_picture,
    at,
    naloxone_given,
)
from tests.web.bodies import days, long_under_way, started
from tests.web.service import RELEASES, SERVICE, Caller, Service

pytestmark = pytest.mark.server


async def test_a_release_goes_from_its_start_to_treatment_through_the_api_alone(
    service: Service,
) -> None:
    resettlement, healthcare = service.resettlement, service.healthcare
    probation, provider = service.probation, service.provider
    left_on = days(-3)

    release_id = await started(resettlement, **long_under_way(left_on))
    screening = a_screening(days(-80))
    answers = RecordScreening(on=screening.on, answers=screening.answers)
    await resettlement.ask(release_id, answers, notes={"why-1": "Uses heroin most days."})
    picture = RecordScreening(on=days(-79), treatment=an_opiate_picture())
    await healthcare.ask(release_id, picture)
    referral = SendReferral(on=days(-70), service=SERVICE)
    await resettlement.ask(release_id, a_plan(days(-75)), referral)
    appointment = an_appointment(days(-65), left_on)
    await provider.ask(release_id, AcceptReferral(on=days(-65)), appointment)
    last_dose = ConfirmLastDose(on=days(-10), with_prescriber=True, with_pharmacy=True)
    care: list[Command] = [a_prescription(days(-20), left_on), last_dose, naloxone_given(days(-10))]
    await healthcare.ask(release_id, *care)
    pack = SendHandover(on=days(-15), pack="pack-1")
    await resettlement.ask(release_id, all_essentials(days(-16)), pack)
    parties = {
        HandoverParty.PRISON_DRUG_SERVICE: healthcare,
        HandoverParty.COMMUNITY_DRUG_SERVICE: provider,
        HandoverParty.PROBATION: probation,
    }
    for party, caller in parties.items():
        await caller.ask(release_id, AcknowledgeHandover(on=days(-14), party=party))
    await resettlement.ask(release_id, RecordRelease(at=at(left_on, 9), naloxone_in_hand=True))
    contact = RecordContact(on=days(-2), appointment="a1", attended=True)
    start = RecordTreatmentStart(on=days(-2), service=SERVICE)
    await provider.ask(release_id, contact, start)

    shown = (await provider.get(f"{RELEASES}/{release_id}")).json()
    steps = {each["step"]: each["status"] for each in shown["steps"]}
    assert shown["phase"] == "community"
    assert shown["treatment_start"] == {"on": days(-2).isoformat(), "service": SERVICE}
    # To the first prescriber, who was seen on the day after the release.
    assert shown["care"]["covered_until"] == days(-2).isoformat()
    assert steps.pop("retention") == "open"
    assert steps.pop("licence") == "not_needed"
    assert set(steps.values()) == {"done"}
    kinds = [each["kind"] for each in await trail(provider, release_id)]
    assert kinds[0] == "release_started"
    assert "treatment_started" in kinds


async def trail(caller: Caller, release_id: str) -> list[dict[str, object]]:
    answer = await caller.get(f"{RELEASES}/{release_id}/events", limit="500")
    items: list[dict[str, object]] = answer.json()["items"]
    return items


async def test_a_list_holds_what_the_caller_has_to_do_with_and_asked_for(service: Service) -> None:
    resettlement = service.resettlement
    soon = await started(resettlement, release_date=days(30).isoformat())
    later = await started(resettlement, release_date=days(90).isoformat())

    async def listed(caller: Caller, **params: str) -> list[str]:
        answer = await caller.get(RELEASES, **params)
        assert answer.status_code == 200, answer.text
        return [each["id"] for each in answer.json()["items"]]

    assert await listed(resettlement) == [soon, later]
    assert await listed(resettlement, sort="-leaves_on") == [later, soon]
    assert await listed(resettlement, leaves_from=days(60).isoformat()) == [later]
    assert await listed(resettlement, step="engagement") == []
    assert await listed(service.probation) == [soon, later]
    assert await listed(service.provider) == []
    unseen = await service.provider.get(f"{RELEASES}/{soon}")
    assert unseen.status_code == 404


async def test_an_escalation_is_seen_and_taken(service: Service) -> None:
    resettlement = service.resettlement
    await started(resettlement, **long_under_way(days(10)))
    lapsed = (await resettlement.get("/api/v1/escalations", step="screening")).json()["items"]

    taken = await resettlement.post(f"/api/v1/escalations/{lapsed[0]['id']}/acknowledge")

    assert taken.status_code == 200, taken.text
    now = (await resettlement.get("/api/v1/escalations", step="screening")).json()["items"]
    assert [(each["status"], each["id"]) for each in now] == [("acknowledged", lapsed[0]["id"])]
