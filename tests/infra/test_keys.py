from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr

from infra.keys import FILE_NAME, UnusableKeysError, load_keys
from infra.settings import EncryptionSettings, Settings

ONE = SecretStr(base64.b64encode(b"1" * 32).decode())
TWO = SecretStr(base64.b64encode(b"2" * 32).decode())


def keys_file(settings: Settings) -> Path:
    return settings.state_dir / FILE_NAME


def test_the_first_start_makes_keys_that_the_next_one_finds(settings: Settings) -> None:
    first = load_keys(settings)

    assert load_keys(settings) == first
    assert len(first.payload.by_id[first.payload.active]) == 32
    assert first.id_key not in first.payload.by_id.values()


def test_only_the_owner_may_read_the_keys(settings: Settings) -> None:
    load_keys(settings)

    assert keys_file(settings).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.state_dir.iterdir()] == [FILE_NAME]


def test_processes_that_start_together_agree_on_the_keys(settings: Settings) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: load_keys(settings), range(16)))

    assert all(keys == found[0] for keys in found)


def test_production_makes_up_no_keys(settings: Settings) -> None:
    production = settings.model_copy(update={"environment": "production"})

    with pytest.raises(UnusableKeysError, match="THROUGHCARE_ENCRYPTION_KEYS"):
        load_keys(production)

    assert not keys_file(settings).exists()


def test_given_keys_are_used_and_leave_no_file(settings: Settings) -> None:
    given = settings.model_copy(
        update={
            "environment": "production",
            "encryption": EncryptionSettings(keys={"old": ONE, "new": TWO}, active_key="new"),
            "id_key": ONE,
        }
    )

    keys = load_keys(given)

    assert keys.payload.active == "new"
    assert keys.payload.by_id == {"old": b"1" * 32, "new": b"2" * 32}
    assert keys.id_key == b"1" * 32
    assert not settings.state_dir.exists()


def test_a_given_encryption_key_goes_with_the_id_key_of_the_file(settings: Settings) -> None:
    stored = load_keys(settings)
    given = settings.model_copy(update={"encryption": EncryptionSettings(keys={"own": ONE})})

    keys = load_keys(given)

    assert keys.payload.by_id == {"own": b"1" * 32}
    assert keys.id_key == stored.id_key


@pytest.mark.parametrize(
    "contents",
    [
        "",
        "{",
        "[]",
        '{"encryption_keys": {}}',
        json.dumps({"encryption_keys": {"k1": "hunter2"}, "encryption_active_key": "k1"}),
        json.dumps(
            {"encryption_keys": {"k1": "hunter2"}, "encryption_active_key": "k1", "id_key": "x"}
        ),
        json.dumps(
            {
                "encryption_keys": {"k1": ONE.get_secret_value()},
                "encryption_active_key": "k2",
                "id_key": ONE.get_secret_value(),
            }
        ),
    ],
)
def test_a_damaged_file_is_refused_and_left_alone(settings: Settings, contents: str) -> None:
    settings.state_dir.mkdir()
    keys_file(settings).write_text(contents, encoding="utf-8")

    with pytest.raises(UnusableKeysError) as caught:
        load_keys(settings)

    assert FILE_NAME in caught.value.message
    assert "hunter2" not in caught.value.message
    assert keys_file(settings).read_text(encoding="utf-8") == contents


def test_a_file_that_cannot_be_read_is_refused_plainly(settings: Settings) -> None:
    keys_file(settings).mkdir(parents=True)

    with pytest.raises(UnusableKeysError, match="cannot be read"):
        load_keys(settings)


def test_printed_keys_show_no_key(settings: Settings) -> None:
    keys = load_keys(settings)

    printed = repr(keys)

    assert repr(keys.id_key) not in printed
    assert not any(repr(key) in printed for key in keys.payload.by_id.values())
