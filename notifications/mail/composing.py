"""From an outgoing message to an e-mail, the same each time it is composed."""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple

from notifications.catalogue import Mail, Wording, WordingError, render_mail
from notifications.wires import FaultClass, NotSentError, Outgoing

# No quoting, no comments, no line breaks: what staff have, and nothing that could add a header.
_ADDRESS: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]+\.)+[A-Za-z]{2,63}"
)


class Composed(NamedTuple):
    """One e-mail.

    Attributes:
        message_id: The Message-ID header. It follows from our own id, so that mail servers and
            people can tell that a second copy is the same.
    """

    to: str
    mail: Mail
    message_id: str


def compose(message: Outgoing, sender: str) -> Composed:
    """Return the e-mail of a message.

    Raises:
        NotSentError: The address is none we write to, or the wording does not go by e-mail.
    """
    if not _ADDRESS.fullmatch(message.to):
        raise NotSentError("address_unusable", FaultClass.NUM)
    digest = hashlib.sha256(message.id.encode()).hexdigest()[:32]
    return Composed(message.to, _mail(message), f"<{digest}@{domain_of(sender)}>")


def domain_of(address: str) -> str:
    """Return what follows the @."""
    return address.rpartition("@")[2]


def _mail(message: Outgoing) -> Mail:
    try:
        return render_mail(Wording(message.wording), message.fields)
    except (WordingError, ValueError):
        pass
    raise NotSentError("wording", FaultClass.BODY)
