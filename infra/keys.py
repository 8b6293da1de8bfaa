"""The service's secret keys: where they come from and how the first ones are made.

A change to how keys are stored or supplied is the reason to change this file. See docs/adr/0005.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from domain.errors import ThroughcareError
from infra.settings import Settings

KEY_BYTES = 32
FILE_NAME = "keys.json"


class UnusableKeysError(ThroughcareError):
    """Keys are missing, malformed or inconsistent; the message never holds any part of one."""


@dataclass(frozen=True)
class PayloadKeys:
    """The keys for what Temporal stores.

    Attributes:
        by_id: 32 bytes for each key id; retired keys stay, to read what they wrote.
        active: The id that encrypts from now on.
    """

    by_id: Mapping[str, bytes] = field(repr=False)
    active: str


@dataclass(frozen=True)
class Keys:
    """All secret keys of one installation.

    Attributes:
        payload: For what Temporal stores.
        id_key: 32 bytes from which opaque release ids are derived; changing it orphans every link.
    """

    payload: PayloadKeys
    id_key: bytes = field(repr=False)


class _KeysFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    encryption_keys: dict[str, SecretStr]
    encryption_active_key: str
    id_key: SecretStr


def load_keys(settings: Settings) -> Keys:
    """Return the keys given in the settings, and the rest from the state directory's file.

    The file is created, readable by its owner only, at the first start of a demonstration.

    Raises:
        UnusableKeysError: A key is malformed, the file cannot be read, or production has no keys.
    """
    given = settings.encryption
    if given.keys and settings.id_key:
        return _checked(given.keys, given.active_key, settings.id_key, "the settings")
    path = settings.state_dir / FILE_NAME
    if not path.exists():
        if settings.environment == "production":
            raise UnusableKeysError(
                "Production makes up no keys. Set THROUGHCARE_ENCRYPTION_KEYS, "
                "THROUGHCARE_ENCRYPTION_ACTIVE_KEY and THROUGHCARE_ID_KEY, "
                f"or restore {FILE_NAME} into the state directory."
            )
        _create(path)
    stored = _read(path)
    return _checked(
        given.keys or stored.encryption_keys,
        given.active_key or (None if given.keys else stored.encryption_active_key),
        settings.id_key or stored.id_key,
        FILE_NAME,
    )


def _create(path: Path) -> None:
    """Write fresh keys so that a second process finds either no file or a whole one."""
    fresh = {
        "encryption_keys": {"k1": _random_key()},
        "encryption_active_key": "k1",
        "id_key": _random_key(),
    }
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(fresh, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a rename, fails when another process was first: its keys then stand.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _read(path: Path) -> _KeysFile:
    try:
        return _KeysFile.model_validate_json(path.read_bytes())
    except OSError as error:
        raise UnusableKeysError(
            f"{path} cannot be read ({error.strerror}). Give it back to the account that runs "
            "the service, with mode 0600."
        ) from None
    except ValidationError:
        raise UnusableKeysError(
            f"{path} is damaged. Restore it from its backup: without the right keys the stored "
            "journeys cannot be read, so no new file was made."
        ) from None


def _checked(
    keys: Mapping[str, SecretStr], active: str | None, id_key: SecretStr, origin: str
) -> Keys:
    if active is None and len(keys) == 1:
        active = next(iter(keys))
    if active is None or active not in keys:
        raise UnusableKeysError(
            f"The active encryption key in {origin} is none of the keys given: set "
            "THROUGHCARE_ENCRYPTION_ACTIVE_KEY to the id of one of them."
        )
    by_id = {key_id: _decoded(key, f"encryption key in {origin}") for key_id, key in keys.items()}
    return Keys(PayloadKeys(by_id, active), _decoded(id_key, f"id key in {origin}"))


def _decoded(key: SecretStr, which: str) -> bytes:
    try:
        raw = base64.b64decode(key.get_secret_value(), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise UnusableKeysError(f"The {which} must be base64 of exactly {KEY_BYTES} bytes.")
    return raw


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
