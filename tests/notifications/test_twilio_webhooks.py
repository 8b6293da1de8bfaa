"""What comes back from Twilio: believed when signed, ours and well formed, refused in all else."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.twilio.addresses import message_id_in
from notifications.twilio.forms import (
    CallUpdate,
    Receipt,
    Refusal,
    Reply,
    read_call,
    read_receipt,
    read_reply,
)
from notifications.twilio.ranking import is_final, supersedes
from notifications.twilio.signatures import LARGEST_BODY, Signatures
from tests.notifications.twilio_case import TO, call, calls, text, texts
from tests.standin.account import ACCOUNT, SECONDARY_TOKEN, TOKEN
from tests.standin.provider import StandIn
from tests.standin.receiver import Receiver
from tests.standin.signing import call_form, encoded, receipt_form, reply_form, signature

BASE = "https://handover.example.org"
TARGET = "/twilio/status?n=n1.s1.sms.1"
TEXT_SID, CALL_SID = "SM" + "a" * 32, "CA" + "b" * 32
FORM = receipt_form(TEXT_SID, "undelivered", to=TO, code="30005")
SIGNATURES = Signatures(BASE, TOKEN, SECONDARY_TOKEN)
STATUSES = (
    "accepted", "scheduled", "queued", "sending", "sent",
    "undelivered", "failed", "canceled", "delivered", "read",
)  # fmt: skip


def refusal(target: str, body: bytes, signed: str | None) -> str:
    with pytest.raises(Refusal) as refused:
        SIGNATURES.verified(target, body, signed)
    return refused.value.code


def test_the_stand_ins_own_receipt_is_believed_and_read(
    standin: StandIn, receiver: Receiver
) -> None:
    sid = texts(standin.url, base=receiver.url).send(text())
    standin.deliver(sid, "delivered")
    came = receiver.webhooks[-1]

    form = Signatures(receiver.url, TOKEN).verified(came.target, came.body, came.signature)

    assert read_receipt(form, ACCOUNT, message_id_in(came.target)) == Receipt(
        sid, "delivered", None, "n1.s1.sms.1"
    )


def test_the_stand_ins_own_reply_is_believed_and_read(standin: StandIn, receiver: Receiver) -> None:
    standin.replies_to(f"{receiver.url}/twilio/reply")
    sid = standin.text_from(TO, "OK 7K2M9Q & more +1")
    came = receiver.webhooks[-1]

    form = Signatures(receiver.url, TOKEN).verified(came.target, came.body, came.signature)

    assert read_reply(form, ACCOUNT) == Reply(sid, TO, "OK 7K2M9Q & more +1", None)


def test_the_stand_ins_own_call_is_believed_and_read(standin: StandIn, receiver: Receiver) -> None:
    sid = calls(standin.url, base=receiver.url).send(call())
    standin.call_is(sid, "no-answer")
    came = receiver.webhooks[-1]

    form = Signatures(receiver.url, TOKEN).verified(came.target, came.body, came.signature)

    assert read_call(form, ACCOUNT, message_id_in(came.target)) == CallUpdate(
        sid, "no-answer", None, None, "n1.s1.voice.1"
    )


def test_a_failure_carries_its_code() -> None:
    assert read_receipt(FORM, ACCOUNT, "n1") == Receipt(TEXT_SID, "undelivered", "30005", "n1")


@pytest.mark.parametrize(("digits", "by"), [("1", "human"), ("2", None), (None, "machine_start")])
def test_a_call_says_which_key_and_who_answered(digits: str | None, by: str | None) -> None:
    form = call_form(CALL_SID, "completed", to=TO, digits=digits, answered_by=by)

    assert read_call(form, ACCOUNT, "n1") == CallUpdate(CALL_SID, "completed", digits, by, "n1")


def test_an_opt_out_that_twilio_has_acted_on_is_seen() -> None:
    form = {**reply_form(TEXT_SID, "stop", sender=TO), "OptOutType": "STOP"}

    assert read_reply(form, ACCOUNT).opted == "STOP"


@pytest.mark.parametrize("token", [TOKEN, SECONDARY_TOKEN])
def test_both_tokens_count_while_they_are_changed(token: str) -> None:
    signed = signature(BASE + TARGET, FORM, token=token)

    assert SIGNATURES.verified(TARGET, encoded(FORM), signed) == FORM


def test_the_secondary_token_counts_only_when_it_is_given() -> None:
    signed = signature(BASE + TARGET, FORM, token=SECONDARY_TOKEN)

    with pytest.raises(Refusal, match="wrong_signature"):
        Signatures(BASE, TOKEN).verified(TARGET, encoded(FORM), signed)


@pytest.mark.parametrize(
    ("target", "form"),
    [
        (TARGET, {**FORM, "MessageStatus": "delivered"}),
        (TARGET, {**FORM, "Extra": "1"}),
        (TARGET, {name: value for name, value in FORM.items() if name != "ErrorCode"}),
        ("/twilio/status?n=another", FORM),
        ("/twilio/status", FORM),
        ("/twilio/reply?n=n1.s1.sms.1", FORM),
    ],
)
def test_what_was_altered_is_refused(target: str, form: dict[str, str]) -> None:
    signed = signature(BASE + TARGET, FORM)

    assert refusal(target, encoded(form), signed) == "wrong_signature"


def test_what_nobody_signed_is_refused() -> None:
    assert refusal(TARGET, encoded(FORM), None) == "unsigned"
    assert refusal(TARGET, encoded(FORM), "") == "wrong_signature"
    assert refusal(TARGET, encoded(FORM), "\u00e9") == "wrong_signature"


def test_another_algorithm_is_refused_whatever_a_header_says() -> None:
    from twilio.request_validator import RequestValidator  # noqa: PLC0415 - for this one test

    signed = RequestValidator(TOKEN).compute_signature(BASE + TARGET, FORM, "HMAC_SHA256")

    assert refusal(TARGET, encoded(FORM), signed) == "wrong_signature"


def test_a_signature_for_another_address_of_ours_is_refused() -> None:
    signed = signature(f"http://127.0.0.1:8000{TARGET}", FORM)

    assert refusal(TARGET, encoded(FORM), signed) == "wrong_signature"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"a=" + b"x" * LARGEST_BODY, "too_large"),
        (b"a=1&a=2", "repeated_field"),
        (b"\xff\xfe", "no_form"),
        (b"a=%ff", "no_form"),
        (b"&".join(b"a%d=1" % each for each in range(200)), "no_form"),
    ],
)
def test_what_is_no_usable_form_is_refused_before_its_signature_is_checked(
    body: bytes, code: str
) -> None:
    assert refusal(TARGET, body, signature(BASE + TARGET, {})) == code


def test_blank_values_and_plus_signs_are_kept_as_they_were_signed() -> None:
    form = reply_form(TEXT_SID, "", sender=TO)

    signed = signature(BASE + TARGET, form)

    assert SIGNATURES.verified(TARGET, encoded(form), signed) == form


def boundaries_moved(form: dict[str, str], hidden: str) -> dict[str, str]:
    """Hide one field in the value before it: the run, and so the signature, stays the same."""
    names = sorted(form)
    before = names[names.index(hidden) - 1]
    moved = {**form, before: form[before] + hidden + form[hidden]}
    del moved[hidden]
    return moved


@pytest.mark.parametrize(
    ("form", "hidden"),
    [
        *((FORM, name) for name in ("ErrorCode", "MessageStatus", "MessageSid")),
        *((call_form(CALL_SID, "completed", to=TO, digits="1"), name) for name in ("Digits",)),
        *((reply_form(TEXT_SID, "OK", sender=TO), name) for name in ("Body", "From", "To")),
    ],
)
def test_a_field_hidden_in_its_neighbour_passes_the_signature_and_is_refused(
    form: dict[str, str], hidden: str
) -> None:
    moved = boundaries_moved(form, hidden)
    signed = signature(BASE + TARGET, form)
    # That it passes is Twilio's scheme, and why the fields are held against patterns.
    verified = SIGNATURES.verified(TARGET, encoded(moved), signed)

    with pytest.raises(Refusal):
        _read(verified)


@pytest.mark.parametrize("form", [FORM, call_form(CALL_SID, "completed", to=TO, digits="1")])
def test_a_field_hidden_over_two_neighbours_is_refused(form: dict[str, str]) -> None:
    run = "".join(name + form[name] for name in sorted(form))
    half = len(run) // 2
    moved = {run[:half]: "", run[half:]: ""}
    if sorted(moved) != list(moved):
        moved = {run: ""}

    with pytest.raises(Refusal):
        _read(moved)


def _read(form: dict[str, str]) -> object:
    if "CallSid" in form or "CallStatus" in form:
        return read_call(form, ACCOUNT, None)
    if "Body" in form or "SmsMessageSid" in form:
        return read_reply(form, ACCOUNT)
    return read_receipt(form, ACCOUNT, None)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"AccountSid": "AC" + "1" * 32}, "unknown_account"),
        ({"AccountSid": "x"}, "unusable_AccountSid"),
        ({"MessageSid": "SM1"}, "unusable_MessageSid"),
        ({"MessageSid": TEXT_SID + "\n"}, "unusable_MessageSid"),
        ({"MessageStatus": "opened"}, "unusable_MessageStatus"),
        ({"ErrorCode": "30005; drop"}, "unusable_ErrorCode"),
        ({"ErrorCode": "\u0663\u0660\u0660\u0660\u0665"}, "unusable_ErrorCode"),
    ],
)
def test_a_signed_field_that_is_not_what_it_must_be_is_refused(
    changed: dict[str, str], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        read_receipt({**FORM, **changed}, ACCOUNT, None)

    assert refused.value.code == code
    assert not any(value in repr(refused.value) for value in changed.values())


@pytest.mark.parametrize(
    "changed",
    [{"Body": "x" * 1_601}, {"Body": "a\x00b"}, {"From": "+44" * 20}, {"To": "nobody"}],
)
def test_an_oversized_or_odd_reply_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="unusable_"):
        read_reply({**reply_form(TEXT_SID, "OK", sender=TO), **changed}, ACCOUNT)


@pytest.mark.parametrize("digits", ["11", "a", "", "\u0661"])
def test_only_one_key_is_a_key(digits: str) -> None:
    with pytest.raises(Refusal, match="unusable_Digits"):
        read_call(call_form(CALL_SID, "in-progress", to=TO, digits=digits), ACCOUNT, None)


def test_a_field_that_twilio_adds_one_day_changes_nothing() -> None:
    assert read_receipt({**FORM, "NewThing": "1"}, ACCOUNT, "n1").code == "30005"


@pytest.mark.parametrize(
    "target",
    ["/twilio/status", "/twilio/status?n=", "/twilio/status?n=a&n=b", "/twilio/status?n=a%20b"],
)
def test_an_address_without_one_id_of_ours_names_no_message(target: str) -> None:
    assert message_id_in(target) is None


def test_an_id_comes_back_as_it_went_out() -> None:
    assert message_id_in("/twilio/status?n=rel-1.7.step_lapsed.s1.sms.1") == (
        "rel-1.7.step_lapsed.s1.sms.1"
    )


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_are_refused_and_never_break_anything(body: bytes, signed: str) -> None:
    with pytest.raises(Refusal):
        SIGNATURES.verified(TARGET, body, signed)


@given(st.lists(st.sampled_from(STATUSES), max_size=12))
def test_in_whatever_order_receipts_come_the_furthest_stands(statuses: list[str]) -> None:
    stands: str | None = None
    for status in statuses:
        if supersedes(status, stands):
            stands = status

    if "delivered" in statuses or "read" in statuses:
        assert stands in {"delivered", "read"}
    assert (stands is not None and is_final(stands)) is any(map(is_final, statuses))


def test_what_is_final_and_what_is_late() -> None:
    assert [each for each in STATUSES if is_final(each)] == [
        "undelivered", "failed", "canceled", "delivered", "read",
    ]  # fmt: skip
    assert not supersedes("sent", "delivered")
    assert not supersedes("delivered", "delivered")
    assert not supersedes("failed", "undelivered")
    assert supersedes("delivered", "failed")
    assert not supersedes("no_such_status", None)


def test_the_forms_are_what_the_stand_in_sends(standin: StandIn, receiver: Receiver) -> None:
    """Our documented forms hold at least the fields that software not written by us sends."""
    standin.replies_to(f"{receiver.url}/twilio/reply")
    sid = texts(standin.url, base=receiver.url).send(text())
    standin.deliver(sid, "delivered")
    ours = receipt_form(sid, "delivered", to=TO)
    theirs = dict(parse_qsl(receiver.webhooks[-1].body.decode(), keep_blank_values=True))

    assert {name: theirs[name] for name in ours if name != "From"} == {
        name: value for name, value in ours.items() if name != "From"
    }
