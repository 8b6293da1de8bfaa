"""Settings of what is sent to people: by whom, as whom, how fast.

Adding a provider, or what one needs, is the reason to change this file.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, SecretStr, model_validator

from infra.setting_group import Group

DRAMA_PHONE: Final = "01632 960001"
"""A number that Ofcom keeps for drama: nobody answers it."""

# An address of ours without a slash at its end; plain http is for this machine only.
_ADDRESS: Final = (
    r"^(https://[a-z0-9.-]+(:\d+)?|http://(127\.0\.0\.1|localhost)(:\d+)?)(/[\w./-]*\w)?$"
)
_LOOPBACK: Final = r"^http://127\.0\.0\.1:\d{1,5}$"
_MOBILE: Final = r"^\+[1-9]\d{6,14}$"

_Address = Annotated[str, Field(pattern=_ADDRESS)]

_PREFIX: Final = "THROUGHCARE_MESSAGES_"
_NEEDS: Final = {
    "twilio": (
        "public_url", "twilio_account", "twilio_key", "twilio_secret", "twilio_token",
        "twilio_sender",
    ),
    "smtp": ("mail_sender", "smtp_host"),
    "sendgrid": ("mail_sender", "sendgrid_key"),
    "console": (),
}  # fmt: skip


class MessageSettings(Group):
    """How texts, calls and e-mails travel.

    Attributes:
        phone: What texts and calls go by.
        mail: What e-mail goes by.
        link_url: Where the links in messages lead; the path is added.
        shown_phone: The number that messages ask people to call, as it is dialled in the UK.
        public_url: Where Twilio reaches this service, as Twilio sees it; signatures cover it.
        timeout_seconds: For connecting to a provider and for each of its answers.
        rate_per_second: Messages that may be handed over in a second, all channels together.
        twilio_key: An API key for sending; the account's token only verifies what comes back.
        twilio_token: The account's primary auth token.
        twilio_secondary_token: The next token, while the account's token is being changed.
        twilio_sender: The number that texts and calls come from.
        twilio_service: A messaging service that texts go through instead.
        twilio_region: Where Twilio processes, such as ie1; the key must be of that region.
        twilio_edge: Where requests enter Twilio, such as dublin.
        twilio_fragment: Asks Twilio to repeat callbacks, such as rc=3&rp=ct,rt,5xx.
        twilio_url: A stand-in on this machine, for trials.
        sendgrid_region: `eu` for a regional account.
    """

    phone: Literal["console", "twilio"] = "console"
    mail: Literal["console", "smtp", "sendgrid"] = "console"
    link_url: _Address = "http://127.0.0.1:8000"
    shown_phone: str = Field(default=DRAMA_PHONE, pattern=r"^0[0-9 ]{8,13}[0-9]$")
    public_url: _Address | None = None
    timeout_seconds: float = Field(default=10, gt=0, le=25)
    rate_per_second: float = Field(default=10, gt=0, le=500)
    twilio_account: str | None = Field(default=None, pattern=r"^AC[0-9a-fA-F]{32}$")
    twilio_key: str | None = Field(default=None, pattern=r"^SK[0-9a-fA-F]{32}$")
    twilio_secret: SecretStr | None = None
    twilio_token: SecretStr | None = None
    twilio_secondary_token: SecretStr | None = None
    twilio_sender: str | None = Field(default=None, pattern=_MOBILE)
    twilio_service: str | None = Field(default=None, pattern=r"^MG[0-9a-fA-F]{32}$")
    twilio_region: str | None = Field(default=None, pattern=r"^[a-z]{2}\d$")
    twilio_edge: str | None = Field(default=None, pattern=r"^[a-z-]+$")
    twilio_fragment: str = Field(default="", pattern=r"^[A-Za-z0-9=&,]*$")
    twilio_url: str | None = Field(default=None, pattern=_LOOPBACK)
    mail_sender: str | None = Field(default=None, pattern=r"^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$")
    smtp_host: str | None = Field(default=None, min_length=1)
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = None
    smtp_password: SecretStr | None = None
    sendgrid_key: SecretStr | None = None
    sendgrid_region: Literal["global", "eu"] = "global"

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        for choice in (self.phone, self.mail):
            if missing := [name for name in _NEEDS[choice] if getattr(self, name) is None]:
                raise ValueError(f"{choice} also needs {_named(missing)}")
        return self

    @model_validator(mode="after")
    def _is_safe(self) -> Self:
        if self.smtp_security == "none" and self.smtp_host not in {None, "127.0.0.1", "localhost"}:
            raise ValueError(
                f"{_PREFIX}SMTP_SECURITY may be none only for a server on this machine"
            )
        if (self.smtp_user is None) != (self.smtp_password is None):
            raise ValueError(f"give both or neither of {_named(['smtp_user', 'smtp_password'])}")
        return self

    @model_validator(mode="after")
    def _reaches_people(self) -> Self:
        """What really leaves must lead somewhere; a stand-in reaches nobody."""
        if self.phone == "twilio" and self.twilio_url is None:
            if not (self.public_url or "").startswith("https://"):
                raise ValueError(f"{_PREFIX}PUBLIC_URL must begin with https://")
            if self.shown_phone == DRAMA_PHONE:
                raise ValueError(f"{_PREFIX}SHOWN_PHONE must be set: nobody answers the default")
        leaves = self.mail != "console" or (self.phone == "twilio" and self.twilio_url is None)
        if leaves and not self.link_url.startswith("https://") and self.smtp_host != "127.0.0.1":
            raise ValueError(f"{_PREFIX}LINK_URL must begin with https://")
        return self

    def describe(self) -> list[str]:
        """Return one line for phone and one for e-mail: what was chosen, never a value."""
        nowhere = "console, nothing leaves this machine"
        twilio = "Twilio" if self.twilio_url is None else "a stand-in for Twilio on this machine"
        mail = {"console": nowhere, "sendgrid": "SendGrid", "smtp": f"SMTP, {self.smtp_security}"}
        return [
            f"Texts and calls: {twilio if self.phone == 'twilio' else nowhere}",
            f"E-mail: {mail[self.mail]}",
        ]


def _named(names: list[str]) -> str:
    return ", ".join(_PREFIX + name.upper() for name in names)
