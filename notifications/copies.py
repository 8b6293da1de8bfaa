"""The copy of what was sent, which belongs into the record (NHS England on texting patients)."""

from __future__ import annotations

from domain.policy import Channel
from notifications.catalogue import (
    Language,
    Wording,
    WordingError,
    render_call,
    render_mail,
    render_text,
)
from notifications.wires import Outgoing


def copy_of(outgoing: Outgoing) -> str | None:
    """Return the words of a message as its recipient gets them; None when it cannot be worded."""
    try:
        return _worded(outgoing, Wording(outgoing.wording))
    except WordingError:
        return None


def _worded(outgoing: Outgoing, wording: Wording) -> str:
    match outgoing.channel:
        case Channel.VOICE:
            return " ".join(render_call(wording).sentences)
        case Channel.EMAIL:
            mail = render_mail(wording, outgoing.fields)
            return f"{mail.subject}\n\n{mail.body}"
        case _:
            return render_text(wording, outgoing.fields, Language(outgoing.language)).body
