"""Many texts at once over a line that fails half the time: none lost, none twice, none mixed up."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from notifications.twilio.texts import TwilioTexts
from notifications.wires import FaultClass, NotSentError, OutcomeUnknownError, Outgoing
from tests.notifications.twilio_case import IMPATIENT, TO, text, texts
from tests.standin.provider import StandIn

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SENDERS = 8


def reference(number: int) -> str:
    return "7K2M" + ALPHABET[number // 32] + ALPHABET[number % 32]


def message(number: int) -> Outgoing:
    return text(id=f"n{number}.s1.sms.1", reference=reference(number), since=datetime.now(UTC))


def send_once(wire: TwilioTexts, outgoing: Outgoing) -> str:
    """What a sender does: send, and look before sending again whenever nobody knows."""
    may_have_gone = False
    while True:
        try:
            if may_have_gone and (found := wire.find(outgoing)):
                return found
            may_have_gone = False
            return wire.send(outgoing)
        except NotSentError as error:
            if error.fault is not FaultClass.TRY:
                raise
        except OutcomeUnknownError:
            may_have_gone = True
            time.sleep(0.5)  # what is under way arrives before it is looked for


def test_half_of_all_requests_fail_and_every_text_is_accepted_once(standin: StandIn) -> None:
    standin.line.half_fail(seed=11, late=3)
    wire = texts(standin.url, timeout=IMPATIENT)
    outgoing = [message(number) for number in range(60)]

    with ThreadPoolExecutor(SENDERS) as pool:
        sids = list(pool.map(lambda each: send_once(wire, each), outgoing))

    kept = {each["sid"]: each["body"] for each in standin.messages(to=TO)}
    assert Counter(kept.values()).most_common(1)[0][1] == 1
    assert len(kept) == len(outgoing)
    assert len(standin.line.sends) > len(outgoing)
    for sid, each in zip(sids, outgoing, strict=True):
        assert each.fields["reference"] in kept[sid]


def test_threads_that_share_a_wire_get_their_own_answers(standin: StandIn) -> None:
    wire = texts(standin.url)
    outgoing = [message(number) for number in range(80)]

    with ThreadPoolExecutor(SENDERS) as pool:
        sids = list(pool.map(wire.send, outgoing))

    kept = {each["sid"]: each["body"] for each in standin.messages(to=TO)}
    assert len(set(sids)) == len(outgoing)
    for sid, each in zip(sids, outgoing, strict=True):
        assert each.fields["reference"] in kept[sid]
