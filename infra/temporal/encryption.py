"""Encryption of everything Temporal stores; the payload format is the reason to change this file.

Workflows must never import this module: the sandbox cannot load `cryptography`.
"""

from __future__ import annotations

import dataclasses
import os
import zlib
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)

from domain.errors import ThroughcareError
from infra.keys import PayloadKeys

ENCODING = b"binary/encrypted"
_KEY_ID = "encryption-key-id"
_COMPRESSION = "compression"
_ZLIB = b"zlib"
_NONCE_BYTES = 12


class UnknownPayloadKeyError(ThroughcareError):
    """A stored payload was encrypted with a key that was not given."""


class DamagedPayloadError(ThroughcareError):
    """A stored payload does not match its key: it was altered, or the key under that id changed."""


class EncryptionCodec(PayloadCodec):
    """AES-256-GCM over whole payloads, compressed first when that makes them smaller.

    The key id travels in the clear, bound to the content, so that keys can be rotated. A payload
    that was never encrypted is passed through: histories from before encryption stay readable.
    """

    def __init__(self, keys: PayloadKeys) -> None:
        self._active = keys.active
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.by_id.items()}

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Return the payloads encrypted with the active key."""
        return [self._encrypted(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Return the payloads as they were before `encode`.

        Raises:
            UnknownPayloadKeyError: The key of one was not given.
            DamagedPayloadError: One does not match its key.
        """
        return [self._decrypted(payload) for payload in payloads]

    def _encrypted(self, payload: Payload) -> Payload:
        plain = payload.SerializeToString()
        metadata = {"encoding": ENCODING, _KEY_ID: self._active.encode()}
        packed = zlib.compress(plain)
        if len(packed) < len(plain):
            plain = packed
            metadata[_COMPRESSION] = _ZLIB
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._ciphers[self._active].encrypt(nonce, plain, _bound(metadata))
        return Payload(metadata=metadata, data=nonce + sealed)

    def _decrypted(self, payload: Payload) -> Payload:
        metadata = dict(payload.metadata)
        if metadata.get("encoding") != ENCODING:
            return payload
        cipher = self._cipher(metadata.get(_KEY_ID, b"").decode(errors="replace"))
        nonce, sealed = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
        try:
            plain = cipher.decrypt(nonce, sealed, _bound(metadata))
            if metadata.get(_COMPRESSION) == _ZLIB:
                plain = zlib.decompress(plain)
            return Payload.FromString(plain)
        except (InvalidTag, ValueError, zlib.error, DecodeError):
            raise DamagedPayloadError(
                "A stored payload does not match its key. Restore the right keys or the store "
                "from their backups."
            ) from None

    def _cipher(self, key_id: str) -> AESGCM:
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise UnknownPayloadKeyError(
                f"A stored payload needs the encryption key '{key_id}', which was not given. Add "
                "it to THROUGHCARE_ENCRYPTION_KEYS or restore keys.json; work resumes by itself."
            )
        return cipher


def data_converter(keys: PayloadKeys | None) -> DataConverter:
    """Return the converter for every client, worker and replayer.

    Args:
        keys: None leaves payloads in the clear, for committed test histories only.
    """
    if keys is None:
        return pydantic_data_converter
    return dataclasses.replace(
        pydantic_data_converter,
        payload_codec=EncryptionCodec(keys),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


def _bound(metadata: dict[str, bytes]) -> bytes:
    """Return what is authenticated beside the content: the key id and whether it was compressed."""
    return b"\x00".join((metadata.get(_KEY_ID, b""), metadata.get(_COMPRESSION, b"")))
