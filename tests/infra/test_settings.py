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
