"""Which wire each channel has; a new provider is the reason to change this file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from pydantic import SecretStr

from domain.policy import Channel
from infra.message_settings import MessageSettings
from notifications.console import ConsoleWire
from notifications.mail.sendgrid import EUROPE, GLOBAL, SendGridAccount, SendGridWire
from notifications.mail.smtp import MailServer, Security, SmtpWire
from notifications.twilio.addresses import Addresses
from notifications.twilio.calls import TwilioCalls
from notifications.twilio.client import Credentials, open_client
from notifications.twilio.lookup import TwilioRecord
from notifications.twilio.texts import Sender, TwilioTexts
from notifications.wires import Wire


def wires(settings: MessageSettings) -> Mapping[Channel, Wire]:
    """Return a wire for every channel that leaves the service; the worklist needs none."""
    return {**_phone(settings), Channel.EMAIL: _mail(settings)}


def twilio_record(settings: MessageSettings) -> TwilioRecord | None:
    """Return where the fate of a text or call can be asked for; None when none is sent."""
    return TwilioRecord(_client(settings)) if settings.phone == "twilio" else None


def _phone(settings: MessageSettings) -> dict[Channel, Wire]:
    if settings.phone == "console":
        console = ConsoleWire()
        return {Channel.SMS: console, Channel.VOICE: console}
    client, number = _client(settings), settings.twilio_sender or ""
    addresses = Addresses(settings.public_url or "", settings.twilio_fragment)
    return {
        Channel.SMS: TwilioTexts(client, Sender(number, settings.twilio_service), addresses),
        Channel.VOICE: TwilioCalls(client, number, addresses),
    }


def _mail(settings: MessageSettings) -> Wire:
    sender, timeout = settings.mail_sender or "", timedelta(seconds=settings.timeout_seconds)
    match settings.mail:
        case "smtp":
            return SmtpWire(_mail_server(settings), sender, timeout)
        case "sendgrid":
            base = EUROPE if settings.sendgrid_region == "eu" else GLOBAL
            account = SendGridAccount(_opened(settings.sendgrid_key), base)
            return SendGridWire(account, sender, timeout)
        case "console":
            return ConsoleWire()


def _mail_server(settings: MessageSettings) -> MailServer:
    return MailServer(
        host=settings.smtp_host or "",
        port=settings.smtp_port,
        security=Security(settings.smtp_security),
        user=settings.smtp_user,
        password=_opened(settings.smtp_password) or None,
    )


def _client(settings: MessageSettings) -> object:
    credentials = Credentials(
        account=settings.twilio_account or "",
        key=settings.twilio_key or "",
        secret=_opened(settings.twilio_secret),
        region=settings.twilio_region,
        edge=settings.twilio_edge,
    )
    timeout = timedelta(seconds=settings.timeout_seconds)
    return open_client(credentials, timeout, stand_in=settings.twilio_url)


def _opened(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
