"""The console: one line that names the release and the wording, and nobody."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from domain.policy import Channel
from notifications.catalogue import Wording
from notifications.console import ConsoleWire
from notifications.wires import Outgoing


def message(channel: Channel, wording: Wording, fields: dict[str, str], to: str) -> Outgoing:
    return Outgoing("m1", channel, to, wording, fields, "en", timedelta(hours=1))


@pytest.mark.parametrize(
    ("channel", "to", "line"),
    [
        (Channel.SMS, "+447700900123", "Text about release 7K2M9Q: step lapsed\n"),
        (Channel.VOICE, "+447700900123", "Call about release 7K2M9Q: step lapsed\n"),
        (Channel.EMAIL, "someone@example.org", "E-mail about release 7K2M9Q: step lapsed\n"),
    ],
)
def test_a_line_says_what_and_never_to_whom(channel: Channel, to: str, line: str) -> None:
    shown = io.StringIO()

    sent = ConsoleWire(shown).send(
        message(channel, Wording.STEP_LAPSED, {"reference": "7K2M9Q"}, to)
    )

    assert (sent, shown.getvalue()) == ("console/m1", line)


def test_a_text_to_the_person_shows_no_name() -> None:
    shown = io.StringIO()
    fields = {"forename": "Christopher", "phone": "0300 123 4567"}

    ConsoleWire(shown).send(message(Channel.SMS, Wording.FIRST_TEXT, fields, "+447700900123"))

    assert shown.getvalue() == "Text: first text\n"


def test_what_was_written_is_written_again_rather_than_never() -> None:
    wire = ConsoleWire(io.StringIO())

    assert wire.find(message(Channel.SMS, Wording.TAKEN, {"reference": "7K2M9Q"}, "")) is None
