"""The copy of what was sent, which belongs into the record (NHS England on texting patients)."""

from __future__ import annotations

from domain.policy import Channel
from notifications.catalogue import Language, Wording, render_call, render_mail, render_text
from notifications.wires import Outgoing


def copy_of(outgoing: Outgoing) -> str:
    """Return the words of a message as its recipient gets them."""
    wording = Wording(outgoing.wording)
    match outgoing.channel:
        case Channel.VOICE:
            return " ".join(render_call(wording).sentences)
        case Channel.EMAIL:
            mail = render_mail(wording, outgoing.fields)
            return f"{mail.subject}\n\n{mail.body}"
        case _:
            return render_text(wording, outgoing.fields, Language(outgoing.language)).body
