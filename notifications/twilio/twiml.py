"""What is said on the phone, in Twilio's markup; it loads nothing that sends."""

from __future__ import annotations

from typing import Final

from twilio.twiml.voice_response import VoiceResponse

from notifications.catalogue import CallScript, Digit

_VOICE: Final = {"language": "en-GB"}
_SECONDS_TO_PRESS: Final = 8


def twiml_asking(script: CallScript, action: str) -> str:
    """Return what is said, twice, while one key is waited for; the key is posted to `action`."""
    response = VoiceResponse()
    gather = response.gather(
        input="dtmf", num_digits=1, timeout=_SECONDS_TO_PRESS, action=action, method="POST"
    )
    for _ in range(2):
        for sentence in script.sentences:
            gather.say(sentence, **_VOICE)
        gather.pause(length=1)
    response.say(script.unanswered, **_VOICE)
    response.hangup()
    return str(response)


def twiml_after(script: CallScript, digit: str) -> str:
    """Return what is said once a key was pressed; any other key than 1 and 2 is no answer."""
    response = VoiceResponse()
    known = {each.value: each for each in Digit}
    response.say(script.after[known[digit]] if digit in known else script.unanswered, **_VOICE)
    response.hangup()
    return str(response)
