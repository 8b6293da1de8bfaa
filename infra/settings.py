"""Every setting of the service; adding or renaming one is the reason to change this file.

Settings are built by `load_settings`, never at import. Each has a default with which the embedded
service works; secrets have none and are kept apart (`infra/keys.py`). See docs/adr/0005.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from domain.codes import Role
from domain.errors import ThroughcareError
from infra.message_settings import MessageSettings
from infra.setting_group import Group

PREFIX = "THROUGHCARE_"
# The test suite's own switches, which are no settings of the service.
_TEST_PREFIX = f"{PREFIX}TEST_"

Port = Annotated[int, Field(ge=1, le=65535)]


class InvalidSettingsError(ThroughcareError):
    """A setting is unknown or unusable; the message names each variable, never its value."""


class DatabaseSettings(Group):
    """Where people, journeys and the audit trail are kept."""

    url: SecretStr | None = None

    @field_validator("url")
    @classmethod
    def _is_supported(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not url.get_secret_value().startswith(("sqlite:", "postgresql:", "postgresql+")):
            raise ValueError("must begin with sqlite:// or postgresql://")
        return url


class TemporalSettings(Group):
    """Which Temporal server, how it is reached, and how the embedded one is run.

    Attributes:
        address: host:port of a cluster; none means the embedded server.
        binary: An operator's own `temporal`; none means the packaged one (docs/adr/0003).
        port: Loopback port of the embedded server.
        retention_days: How long closed journeys stay; a reused workflow id is refused only so
            long (reliability R12).
        tls: Encrypt the connection to a cluster; the files add a private authority and mutual TLS.
    """

    address: str | None = Field(default=None, pattern=r"^[^\s:/]+:\d{1,5}$")
    namespace: str = Field(default="default", min_length=1)
    binary: Path | None = None
    port: Port = 7233
    retention_days: int = Field(default=3650, ge=400)
    tls: bool = False
    tls_ca_file: Path | None = None
    tls_cert_file: Path | None = None
    tls_key_file: Path | None = None


class WebSettings(Group):
    """Where pages and the API are served.

    Attributes:
        address: The address that people type, when something in front of the web answers by TLS;
            with one, cookies travel by TLS only.
        processes: Answer side by side on that port; each uses one core at most.
    """

    host: str = Field(default="127.0.0.1", min_length=1)
    port: Port = 8000
    processes: int = Field(default=2, ge=1, le=64)
    address: str | None = Field(default=None, pattern=r"^https://[^\s/]+$")


class SignInSettings(Group):
    """How people prove who they are on the pages (docs/adr/0015-sign-in.md).

    Attributes:
        kind: `local` accounts; an OpenID Connect provider; or OAuth 2.0 with a JWT as access token,
            as HMPPS Auth gives it.
        issuer: The provider's address, without a slash at its end.
        token_issuer: Who signs the JWT of `oauth2_jwt`; none means `<issuer>/issuer`.
        scope: What is asked of an OpenID Connect provider.
        username_claim: Names an account for good; none means `sub`, or `user_name`.
        name_claim: What colleagues call them.
        role_claim: Holds what they are granted; none means `roles`, or `authorities`.
        roles: Which role a granted value means; of several, the first in this order.
        manager_value: The granted value that marks a senior officer.
        places_claim: Holds where they work, written as for tokens: prison:LEI, unit:N03CTM, all.
    """

    kind: Literal["local", "oidc", "oauth2_jwt"] = "local"
    issuer: str | None = Field(default=None, pattern=r"^https?://[^\s]+[^\s/]$")
    token_issuer: str | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    scope: str = "openid profile"
    username_claim: str | None = None
    name_claim: str = "name"
    role_claim: str | None = None
    roles: dict[str, Role] = Field(default_factory=dict)
    manager_value: str | None = None
    places_claim: str = "places"

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.kind == "local":
            return self
        if not (self.issuer and self.client_id and self.roles):
            raise ValueError("a provider needs an issuer, a client id and roles")
        is_near = urlsplit(self.issuer).hostname in ("localhost", "127.0.0.1")
        if not (self.issuer.startswith("https://") or is_near):
            raise ValueError("the issuer must begin with https://")
        return self

    @property
    def claim_of_username(self) -> str:
        """The claim that names an account."""
        return self.username_claim or ("sub" if self.kind == "oidc" else "user_name")

    @property
    def claim_of_roles(self) -> str:
        """The claim that holds what is granted."""
        return self.role_claim or ("roles" if self.kind == "oidc" else "authorities")


class LogSettings(Group):
    """How a process reports on itself, on standard error."""

    format: Literal["console", "json"] = "console"
    level: Literal["debug", "info", "warning", "error"] = "info"


class EncryptionSettings(Group):
    """Keys for what Temporal stores; when none are given they are read from the state directory.

    Attributes:
        keys: Base64 of 32 bytes by key id; old ids stay listed so that old journeys can be read.
        active_key: The id that encrypts from now on.
    """

    keys: dict[str, SecretStr] = Field(default_factory=dict)
    active_key: str | None = None


class Settings(BaseSettings):
    """The whole configuration of one process.

    Attributes:
        state_dir: Holds the embedded stores, generated keys, the lock and the server's log.
        environment: `production` refuses to invent secrets.
        policy_path: The policy document in force; none means the one that ships.
        id_key: Base64 of 32 bytes, from which opaque release ids are derived.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="_",
        env_nested_max_split=1,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    state_dir: Path = Path(".throughcare")
    environment: Literal["demonstration", "production"] = "demonstration"
    policy_path: Path | None = None
    id_key: SecretStr | None = None
    database: DatabaseSettings = DatabaseSettings()
    temporal: TemporalSettings = TemporalSettings()
    web: WebSettings = WebSettings()
    signin: SignInSettings = SignInSettings()
    log: LogSettings = LogSettings()
    encryption: EncryptionSettings = EncryptionSettings()
    messages: MessageSettings = MessageSettings()

    @field_validator("state_dir")
    @classmethod
    def _is_absolute(cls, state_dir: Path) -> Path:
        return state_dir.expanduser().absolute()

    @model_validator(mode="after")
    def _sends_to_no_stand_in(self) -> Self:
        if self.environment == "production" and self.messages.twilio_url is not None:
            raise ValueError(f"{PREFIX}MESSAGES_TWILIO_URL is for trials, never for production")
        return self

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL, which may hold a password: never print it."""
        if self.database.url:
            return self.database.url.get_secret_value()
        return f"sqlite:///{self.state_dir / 'throughcare.db'}"

    @property
    def web_address(self) -> str:
        """The address that people type."""
        return self.web.address or f"http://{self.web.host}:{self.web.port}"

    @property
    def temporal_address(self) -> str:
        """host:port of the Temporal server in use, embedded or not."""
        return self.temporal.address or f"127.0.0.1:{self.temporal.port}"

    @property
    def runs_embedded_server(self) -> bool:
        """Whether `throughcare up` starts a Temporal server of its own."""
        return self.temporal.address is None


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Return the settings from the environment, then `env_file`, then the defaults.

    Raises:
        InvalidSettingsError: A variable with our prefix is unknown, or a value does not fit.
    """
    _refuse_unknown(os.environ)
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        faults = [_fault(fault["loc"], fault["msg"]) for fault in error.errors()]
        raise InvalidSettingsError(f"Correct these settings. {'; '.join(faults)}.") from None
    except SettingsError:
        # Of all settings only these two are not plain values.
        raise InvalidSettingsError(
            f"{PREFIX}ENCRYPTION_KEYS and {PREFIX}SIGNIN_ROLES must be JSON, as .env.example shows."
        ) from None


def setting_names() -> tuple[str, ...]:
    """Return the environment variable of every setting, in the order they are declared."""
    names: list[str] = []
    for name, field in Settings.model_fields.items():
        group = field.annotation
        if isinstance(group, type) and issubclass(group, Group):
            names += [_variable((name, member)) for member in group.model_fields]
        else:
            names.append(_variable((name,)))
    return tuple(names)


def describe(settings: Settings) -> list[str]:
    """Return one line for each choice of adapter: what was chosen, never a value."""
    temporal, postgresql = settings.temporal, settings.database_url.startswith("postgresql")
    own_server = "embedded server, for demonstration and pilots"
    secured = "mutual TLS" if temporal.tls_cert_file else "TLS" if temporal.tls else "no TLS"
    keys = "from the environment" if settings.encryption.keys else "from the state directory"
    return [
        f"Environment: {settings.environment}",
        f"Temporal: {own_server if settings.runs_embedded_server else f'cluster, {secured}'}",
        f"Database: {'PostgreSQL' if postgresql else 'SQLite'}",
        *settings.messages.describe(),
        f"Sign-in: {_SIGN_IN[settings.signin.kind]}",
        f"Keys: {keys}",
        f"Policy: {'own document' if settings.policy_path else 'as shipped'}",
    ]


def _fault(location: tuple[int | str, ...], message: str) -> str:
    """Return a fault by its variable; one between several settings names them itself."""
    words = message.removeprefix("Value error, ")
    return words if PREFIX in words else f"{_variable(location)}: {words}"


_SIGN_IN = {
    "local": "local accounts",
    "oidc": "OpenID Connect",
    "oauth2_jwt": "OAuth 2.0 with a JWT",
}


def _variable(location: tuple[int | str, ...]) -> str:
    """Return the variable for a field's place; only the group and the member name it."""
    name = "_".join(str(part) for part in location[:2]).upper()
    return name if name.startswith(PREFIX) else f"{PREFIX}{name}"


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = setting_names()
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name.startswith(_TEST_PREFIX) or name in known:
            continue
        close = get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]}?" if close else "see .env.example for those that exist."
        raise InvalidSettingsError(f"{name} is no setting of this service; {hint}")
