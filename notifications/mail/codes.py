"""What SMTP replies and SendGrid's statuses mean, as data.

SMTP: RFC 5321 section 4.2.3, RFC 4954 section 6 for authentication, RFC 7504 for 521 and 556.
SendGrid: the responses of `POST /v3/mail/send` in its OpenAPI document `tsg_mail_v3.json`, and its
page on rate limits for 429.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from notifications.wires import FaultClass

_TEMPORARY: Final = range(400, 500)

SMTP: Final[Mapping[int, FaultClass]] = MappingProxyType({
    421: FaultClass.TRY,    # closing down
    432: FaultClass.CFG,    # the password must be changed
    450: FaultClass.TRY,    # mailbox busy, or greylisted
    451: FaultClass.TRY,    # error in processing
    452: FaultClass.TRY,    # out of storage
    454: FaultClass.TRY,    # authentication or TLS cannot be had now
    455: FaultClass.TRY,    # parameters cannot be accommodated now
    500: FaultClass.CFG,    # syntax, command not recognised
    501: FaultClass.NUM,    # syntax in the arguments: the address
    502: FaultClass.CFG,    # command not implemented
    503: FaultClass.CFG,    # bad sequence
    504: FaultClass.CFG,    # parameter not implemented
    521: FaultClass.NUM,    # the host takes no mail
    530: FaultClass.CFG,    # authentication required
    534: FaultClass.CFG,    # a stronger mechanism is required
    535: FaultClass.CFG,    # credentials are wrong
    538: FaultClass.CFG,    # encryption is required
    550: FaultClass.NUM,    # no such mailbox, or not allowed to write to it
    551: FaultClass.NUM,    # not local
    552: FaultClass.NUM,    # the mailbox is full
    553: FaultClass.NUM,    # the mailbox's name is not allowed
    554: FaultClass.BODY,   # the transaction failed: refused for what it holds
    555: FaultClass.CFG,    # parameters not recognised
    556: FaultClass.NUM,    # the domain takes no mail
})  # fmt: skip

SENDGRID: Final[Mapping[int, FaultClass]] = MappingProxyType({
    400: FaultClass.BODY,   # invalid; NUM when it is the recipient's address that is named
    401: FaultClass.CFG,    # authorization required
    403: FaultClass.CFG,    # access forbidden: the sender is not verified, or the plan is used up
    404: FaultClass.CFG,
    405: FaultClass.CFG,
    413: FaultClass.BODY,   # too large
    415: FaultClass.CFG,
    429: FaultClass.TRY,    # too many requests
})  # fmt: skip


def smtp_fault(code: int) -> FaultClass:
    """Return what a reply to one recipient or to the text means; anything unlisted 5xx is CFG."""
    return SMTP.get(code, FaultClass.TRY if code in _TEMPORARY else FaultClass.CFG)


def smtp_own_fault(code: int) -> FaultClass:
    """Return what a reply before any recipient was named means: it cannot be about one."""
    return FaultClass.TRY if smtp_fault(code) is FaultClass.TRY else FaultClass.CFG


def sendgrid_fault(status: int) -> FaultClass:
    """Return what a 4xx means; an unlisted one is CFG."""
    return SENDGRID.get(status, FaultClass.CFG)
