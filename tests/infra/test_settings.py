from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from infra.settings import (
    DatabaseSettings,
    EncryptionSettings,
    InvalidSettingsError,
    Settings,
    TemporalSettings,
    describe,
    load_settings,
    setting_names,
)

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_everything_has_a_default_that_works_embedded() -> None:
    settings = load_settings(None)

    assert settings.runs_embedded_server
    assert settings.temporal_address == "127.0.0.1:7233"
    assert settings.database_url.startswith("sqlite:////")
    assert settings.database_url.endswith("/.throughcare/throughcare.db")


def test_the_example_file_lists_exactly_the_settings_that_exist() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    listed = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]

    assert listed == list(setting_names())


def test_the_example_file_changes_no_default() -> None:
    assert load_settings(EXAMPLE) == load_settings(None)


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("THROUGHCARE_WEB_PORT=8001\nTHROUGHCARE_WEB_HOST=::1\n", encoding="utf-8")
    monkeypatch.setenv("THROUGHCARE_WEB_PORT", "8002")

    settings = load_settings(file)

    assert (settings.web.host, settings.web.port) == ("::1", 8002)


def test_a_name_with_two_words_reaches_its_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THROUGHCARE_TEMPORAL_RETENTION_DAYS", "500")

    assert load_settings(None).temporal.retention_days == 500


@pytest.mark.parametrize("name", ["THROUGHCARE_WEB_PROT", "THROUGHCARE_WEBPORT"])
def test_a_misspelt_setting_is_refused_with_the_likely_name(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "8001")

    with pytest.raises(InvalidSettingsError, match="did you mean THROUGHCARE_WEB_PORT"):
        load_settings(None)


def test_a_misspelt_setting_in_the_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("THROUGHCARE_WEB_PROT=8001\n", encoding="utf-8")

    with pytest.raises(InvalidSettingsError, match="THROUGHCARE_WEB_PROT"):
        load_settings(file)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THROUGHCARE_WEB_PORT", "70000"),
        ("THROUGHCARE_DATABASE_URL", "mysql://someone:hunter2@host/db"),
        ("THROUGHCARE_TEMPORAL_ADDRESS", "http://cluster"),
        ("THROUGHCARE_TEMPORAL_RETENTION_DAYS", "1"),
        ("THROUGHCARE_ENVIRONMENT", "staging"),
        ("THROUGHCARE_ENCRYPTION_KEYS", "hunter2"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_never_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(InvalidSettingsError) as caught:
        load_settings(None)

    assert name in caught.value.message
    assert value not in caught.value.message


def test_settings_cannot_be_changed_once_read() -> None:
    settings = load_settings(None)

    with pytest.raises(ValidationError):
        settings.environment = "production"  # type: ignore[misc]  # that is what is tried


def test_the_description_names_the_adapters_and_no_value() -> None:
    settings = Settings(
        database=DatabaseSettings(url=SecretStr("postgresql://throughcare:hunter2@db.example/t")),
        temporal=TemporalSettings(address="temporal.example:7233", tls=True),
        encryption=EncryptionSettings(keys={"k9": SecretStr("hunter3")}, active_key="k9"),
    )

    lines = "\n".join(describe(settings))

    assert "Temporal: cluster, TLS" in lines
    assert "Database: PostgreSQL" in lines
    assert "Keys: from the environment" in lines
    assert not any(value in lines for value in ("hunter", "example", "k9"))


def test_printed_settings_show_no_secret() -> None:
    settings = Settings(
        database=DatabaseSettings(url=SecretStr("postgresql://throughcare:hunter2@db/t")),
        id_key=SecretStr("hunter3"),
    )

    assert "hunter" not in repr(settings)


TWILIO = {
    "PHONE": "twilio",
    "PUBLIC_URL": "https://handover.example.org",
    "LINK_URL": "https://handover.example.org",
    "SHOWN_PHONE": "0300 123 4567",
    "TWILIO_ACCOUNT": "AC" + "0" * 32,
    "TWILIO_KEY": "SK" + "0" * 32,
    "TWILIO_SECRET": "hunter2",
    "TWILIO_TOKEN": "hunter3",
    "TWILIO_SENDER": "+447700900001",
}
SMTP = {
    "MAIL": "smtp",
    "LINK_URL": "https://handover.example.org",
    "MAIL_SENDER": "handover@example.org",
    "SMTP_HOST": "mail.example.org",
}
SENDGRID = {**SMTP, "MAIL": "sendgrid", "SENDGRID_KEY": "hunter4"}


def _set(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"THROUGHCARE_MESSAGES_{name}", value)


@pytest.mark.parametrize("given", [TWILIO, SMTP, SENDGRID, {**TWILIO, **SENDGRID}])
def test_a_provider_is_chosen_with_all_it_needs(
    given: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, given)

    lines = "\n".join(describe(load_settings(None)))

    assert ("Texts and calls: Twilio" in lines) is ("PHONE" in given)
    assert ("E-mail: console" in lines) is ("MAIL" not in given)
    assert not any(value in lines for value in ("hunter", "example", "7700"))


@pytest.mark.parametrize(
    ("given", "missing"),
    [(TWILIO, each) for each in TWILIO if each != "PHONE"]
    + [(SMTP, each) for each in SMTP if each != "MAIL"]
    + [(SENDGRID, "SENDGRID_KEY")],
)
def test_a_provider_without_something_it_needs_is_refused_by_name(
    given: dict[str, str], missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, {name: value for name, value in given.items() if name != missing})

    with pytest.raises(InvalidSettingsError, match=f"THROUGHCARE_MESSAGES_{missing}"):
        load_settings(None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TWILIO_ACCOUNT", "AC123"),
        ("TWILIO_SENDER", "07700 900001"),
        ("TWILIO_URL", "http://192.0.2.1:4013"),
        ("PUBLIC_URL", "http://handover.example.org"),
        ("PUBLIC_URL", "https://handover.example.org/"),
        ("LINK_URL", "https://handover.example.org?x=1"),
        ("SHOWN_PHONE", "+44 300 123 4567"),
        ("TIMEOUT_SECONDS", "60"),
        ("SMTP_SECURITY", "ssl"),
        ("MAIL_SENDER", "nobody"),
    ],
)
def test_a_wrong_message_setting_is_refused_by_name_and_never_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, {**TWILIO, **SMTP, name: value})

    with pytest.raises(InvalidSettingsError) as caught:
        load_settings(None)

    assert f"THROUGHCARE_MESSAGES_{name}" in caught.value.message
    assert value not in caught.value.message


def test_an_open_line_to_a_mail_server_elsewhere_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _set(monkeypatch, {**SMTP, "SMTP_SECURITY": "none"})

    with pytest.raises(InvalidSettingsError, match="SMTP_SECURITY"):
        load_settings(None)


def test_a_stand_in_reaches_nobody_and_so_needs_no_public_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    local = {"PUBLIC_URL": "http://127.0.0.1:8000", "TWILIO_URL": "http://127.0.0.1:4013"}
    _set(monkeypatch, {**TWILIO, **local, "LINK_URL": "http://127.0.0.1:8000"})

    lines = "\n".join(describe(load_settings(None)))

    assert "a stand-in for Twilio on this machine" in lines


def test_production_never_sends_to_a_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, {**TWILIO, "TWILIO_URL": "http://127.0.0.1:4013"})
    monkeypatch.setenv("THROUGHCARE_ENVIRONMENT", "production")

    with pytest.raises(InvalidSettingsError, match="THROUGHCARE_MESSAGES_TWILIO_URL"):
        load_settings(None)


PROVIDER = {
    "THROUGHCARE_SIGNIN_KIND": "oidc",
    "THROUGHCARE_SIGNIN_ISSUER": "https://provider.example",
    "THROUGHCARE_SIGNIN_CLIENT_ID": "throughcare",
    "THROUGHCARE_SIGNIN_ROLES": '{"ROLE_A": "probation", "ROLE_B": "admin"}',
}


def test_a_sign_in_provider_is_described_by_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)

    signin = load_settings(None).signin

    assert (signin.claim_of_username, signin.claim_of_roles) == ("sub", "roles")
    assert list(signin.roles.values()) == ["probation", "admin"]
    assert "Sign-in: OpenID Connect" in describe(load_settings(None))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THROUGHCARE_SIGNIN_ISSUER", ""),
        ("THROUGHCARE_SIGNIN_ISSUER", "http://provider.example"),
        ("THROUGHCARE_SIGNIN_ISSUER", "https://provider.example/"),
        ("THROUGHCARE_SIGNIN_CLIENT_ID", ""),
        ("THROUGHCARE_SIGNIN_ROLES", "{}"),
        ("THROUGHCARE_SIGNIN_ROLES", '{"ROLE_A": "governor"}'),
        ("THROUGHCARE_SIGNIN_ROLES", "probation"),
        ("THROUGHCARE_WEB_ADDRESS", "http://throughcare.example"),
    ],
)
def test_a_provider_that_cannot_be_used_is_refused_at_the_start(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each, known in (PROVIDER | {name: value}).items():
        monkeypatch.setenv(each, known)

    with pytest.raises(InvalidSettingsError, match=r"SIGNIN|WEB_ADDRESS"):
        load_settings(None)
