"""The referral to community treatment: sent, received, answered, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.pages.casework import words
from api.pages.casework.asking import on, only_on, place
from api.pages.casework.fields import Choice, Field, Option, options
from api.pages.casework.form import Answers, Case, Filled, Form, Made, today_filled
from api.pages.dates import day
from domain.facts import ReferralStatus
from domain.journey import Step


def _send_fields(case: Case) -> Sequence[Field]:
    services = case.places.services()
    return (
        place(
            "service",
            "Which service?",
            services,
            "Select the service",
            "The service for the area that the person goes to is selected already",
        ),
        on("When was it sent?", "Date it was sent"),
    )


def _send(answers: Answers, _case: Case) -> Made:
    return {"kind": "send_referral", "on": answers["on"], "service": answers["service"]}


def _send_filled(case: Case) -> Filled:
    return {**today_filled(case), "service": case.state.service or ""}


def _is_with_a_service(case: Case) -> str | None:
    live = case.state.live_referral
    if live is None:
        return None
    name = case.places.service(live.service)
    sent = f"A referral went to {name} on {day(live.sent_on)}"
    if live.status is ReferralStatus.ACCEPTED:
        return f"{sent} and was accepted. Withdraw it before you send another."
    return f"{sent}. The service has to answer it, or you can withdraw it."


def _answer_fields(_case: Case) -> Sequence[Field]:
    rejected = Choice("reason", "Why?", options(words.REJECTIONS), "Select why it is rejected")
    return (
        Choice(
            "answer",
            "What is your answer?",
            (
                Option("accept_referral", "We accept it"),
                Option(
                    "record_referral_received",
                    "We have received it and will answer later",
                    hint="The answer stays due",
                ),
                Option("reject_referral", "We reject it", inside=(rejected,)),
            ),
            "Select your answer",
        ),
        on("When was that?", "Date of the answer"),
    )


def _answer(answers: Answers, _case: Case) -> Made:
    return {"kind": answers["answer"], "on": answers["on"], "reason": answers["reason"]}


def _nothing_to_answer(case: Case) -> str | None:
    live = case.state.live_referral
    if live is None:
        return "No referral is with a service. It has to be sent first."
    if live.status is ReferralStatus.ACCEPTED:
        return "The referral is accepted already. Ask for it to be withdrawn if that has changed."
    return None


def _withdraw(answers: Answers, _case: Case) -> Made:
    return {"kind": "withdraw_referral", "on": answers["on"]}


def _nothing_to_withdraw(case: Case) -> str | None:
    return None if case.state.live_referral else "No referral is with a service."


FORMS: Final = (
    Form(
        kinds=("send_referral",),
        title="Send the referral",
        step=Step.REFERRAL,
        intro="This records that it was sent. The step stays open until the service accepts.",
        fields=_send_fields,
        make=_send,
        filled=_send_filled,
        obstacle=_is_with_a_service,
        said="The referral is recorded as sent. The service can see this record now.",
    ),
    Form(
        kinds=("accept_referral", "reject_referral", "record_referral_received"),
        title="Answer the referral",
        step=Step.REFERRAL,
        fields=_answer_fields,
        make=_answer,
        filled=today_filled,
        obstacle=_nothing_to_answer,
        said="Your answer to the referral is recorded.",
        button="Save answer",
    ),
    Form(
        kinds=("withdraw_referral",),
        title="Withdraw the referral",
        step=Step.REFERRAL,
        intro="Withdraw it when another service is to take the person on, then send a new one.",
        fields=lambda _: only_on("When was it withdrawn?", "Date it was withdrawn"),
        make=_withdraw,
        filled=today_filled,
        obstacle=_nothing_to_withdraw,
        said="The referral is withdrawn. Send another one if the person still needs treatment.",
        is_aside=True,
    ),
)
