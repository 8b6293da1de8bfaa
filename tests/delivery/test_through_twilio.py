"""A lapse becomes a text at the provider, and the provider's answers become an acknowledgement.

Everything is real but the provider, which is software that none of us wrote: the server, its
workers, the database, HTTP in both directions, and Twilio's own client and signatures.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx2
import pytest
from temporalio.testing import WorkflowEnvironment

from domain.due import due_of
from domain.journey import Step
from domain.london_time import london_date
from domain.state import LadderStatus
from infra.database.engine import Database
from infra.database.tables import MessageRow
from notifications.catalogue import Wording
from notifications.messages import MessageStatus
from tests.builders import a_plan, a_screening, an_opiate_picture
from tests.delivery.twilio_service import TwilioService, twilio_service
from tests.driving import Bench, Running
from tests.infra.waiting import eventually
from tests.office import HEALTHCARE, PROVIDER, RESETTLEMENT, Office
from tests.standin.provider import StandIn
from tests.standin.signing import call_form, encoded, receipt_form, signature

LITTLE = timedelta(minutes=1)


async def lapsed(service: TwilioService) -> Running:
    """Begin a release of somebody on opioid treatment, and let its appointment lapse."""
    service.office.staff_every_post(RESETTLEMENT, HEALTHCARE, PROVIDER)
    on = london_date(service.office.now)
    release = await service.bench.begin(
        scheduled_on=on + timedelta(days=15), service="cds-hartlepool"
    )
    await release.submit(a_screening(on, treatment=an_opiate_picture()), a_plan(on))
    status = await release.status()
    due = due_of(status.release, Step.APPOINTMENT, status.rules)
    assert due is not None
    await release.wait_until(due.at + LITTLE)
    await eventually(lambda: page(service.office) is not None)
    return release


def page(office: Office) -> str | None:
    """Return the provider's id of the text to whoever is on duty at the drug service."""
    found = office.messages(recipient="provider-duty", wording=Wording.NEEDED_NOW)
    sids = [each.provider_id for each in found if each.channel == "sms"]
    return sids[0] if sids else None


async def is_taken(release: Running) -> bool:
    status = await release.status()
    return status.release.escalations[Step.APPOINTMENT].status is LadderStatus.ACKNOWLEDGED


@pytest.fixture
async def service(
    database: Database, environment: WorkflowEnvironment, standin: StandIn
) -> AsyncIterator[TwilioService]:
    async with twilio_service(database, Bench(environment), standin) as found:
        yield found


async def test_a_lapse_is_texted_delivered_taken_and_thanked(
    service: TwilioService, standin: StandIn
) -> None:
    release = await lapsed(service)
    number = service.office.number_of("provider-duty")

    [text] = standin.messages(to=number)
    assert text["sid"] == page(service.office)
    reference = service.office.messages(wording=Wording.NEEDED_NOW)[0].fields["reference"]
    assert reference in text["body"]

    await asyncio.to_thread(standin.deliver, text["sid"], "delivered")
    await eventually(lambda: stands(service, text["sid"]) is MessageStatus.DELIVERED)

    await asyncio.to_thread(standin.text_from, number, f"ok {reference}")
    await eventually(lambda: is_taken(release))
    await eventually(lambda: len(standin.messages(to=number)) == 2)
    assert "yours now" in standin.messages(to=number)[0]["body"]


def stands(service: TwilioService, sid: str) -> MessageStatus:
    return service.office.messages(provider_id=sid)[0].status


async def test_our_record_agrees_with_the_providers_message_by_message(
    service: TwilioService, standin: StandIn
) -> None:
    await lapsed(service)
    await eventually(lambda: all_settled(service.office))

    ours = {
        each.provider_id: (each.address, each.body)
        for each in service.office.messages()
        if each.provider_id and each.channel == "sms"
    }
    theirs = {each["sid"]: (each["to"], each["body"]) for each in standin.messages()}

    assert ours == theirs != {}
    by_phone = {each.provider_id for each in service.office.messages(channel="voice")} - {None}
    assert by_phone == {each["sid"] for each in standin.calls()}


def all_settled(office: Office) -> bool:
    waiting = (MessageStatus.SENDING,)
    due = [each for each in office.messages() if each.status in waiting]
    return not due


async def post(service: TwilioService, path: str, form: dict[str, str], n: str) -> httpx2.Response:
    target = f"{path}?n={n}"
    body, signed = encoded(form), signature(f"{service.url}{target}", form)
    headers = {
        "X-Twilio-Signature": signed,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    async with httpx2.AsyncClient() as client:
        return await client.post(f"{service.url}{target}", content=body, headers=headers)


async def test_a_text_that_fails_brings_the_call_at_once(
    service: TwilioService, standin: StandIn
) -> None:
    await lapsed(service)
    number = service.office.number_of("provider-duty")
    text = service.office.messages(provider_id=page(service.office))[0]

    form = receipt_form(str(text.provider_id), "undelivered", to=number, code="30005")
    answer = await post(service, "/twilio/status", form, text.id)

    assert answer.status_code == 204
    await eventually(lambda: len(standin.calls(to=number)) == 1)


async def test_a_key_pressed_in_the_call_takes_the_work(
    service: TwilioService, standin: StandIn
) -> None:
    release = await lapsed(service)
    number = service.office.number_of("provider-duty")
    text = service.office.messages(provider_id=page(service.office))[0]
    form = receipt_form(str(text.provider_id), "failed", to=number, code="30005")
    await post(service, "/twilio/status", form, text.id)
    await eventually(lambda: len(standin.calls(to=number)) == 1)
    call = service.office.messages(recipient="provider-duty", channel="voice")[0]
    sid = standin.calls(to=number)[0]["sid"]

    pressed = call_form(sid, "in-progress", to=number, digits="1")
    answer = await post(service, "/twilio/voice", pressed, call.id)

    assert "yours now" in answer.text
    await eventually(lambda: is_taken(release))


@pytest.mark.parametrize("status", ["no-answer", "busy"])
async def test_a_call_that_nobody_answers_is_made_again(
    service: TwilioService, standin: StandIn, status: str
) -> None:
    await lapsed(service)
    number = service.office.number_of("provider-duty")
    text = service.office.messages(provider_id=page(service.office))[0]
    form = receipt_form(str(text.provider_id), "failed", to=number, code="30005")
    await post(service, "/twilio/status", form, text.id)
    await eventually(lambda: len(standin.calls(to=number)) == 1)

    sid = standin.calls(to=number)[0]["sid"]
    await asyncio.to_thread(standin.call_is, sid, status)

    await eventually(lambda: len(planned_calls(service.office)) == 2)
    first, second = planned_calls(service.office)
    assert (first.status, second.attempt) == (MessageStatus.FAILED, 2)
    assert second.due_at > first.moved_at


def planned_calls(office: Office) -> list[MessageRow]:
    return office.messages(recipient="provider-duty", channel="voice")


async def test_altered_unsigned_replayed_and_foreign_callbacks_change_nothing(
    service: TwilioService,
) -> None:
    await lapsed(service)
    number = service.office.number_of("provider-duty")
    text = service.office.messages(provider_id=page(service.office))[0]
    form = receipt_form(str(text.provider_id), "delivered", to=number)
    foreign = {**form, "AccountSid": "AC" + "9" * 32}
    async with httpx2.AsyncClient() as client:
        unsigned = await client.post(f"{service.url}/twilio/status?n={text.id}", data=form)
    before = told_of(service, text.id)

    other = await post(service, "/twilio/status", foreign, text.id)

    assert [each.status_code for each in (unsigned, other)] == [403, 403]
    assert told_of(service, text.id) == before
    assert (await post(service, "/twilio/status", form, text.id)).status_code == 204
    once = told_of(service, text.id)
    assert (await post(service, "/twilio/status", form, text.id)).status_code == 204
    assert told_of(service, text.id) == once != before


def told_of(service: TwilioService, message_id: str) -> list[str]:
    return [each.what for each in service.office.trail() if each.message_id == message_id]
