from __future__ import annotations

import asyncio
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from infra.keys import PayloadKeys
from infra.temporal.encryption import (
    DamagedPayloadError,
    EncryptionCodec,
    UnknownPayloadKeyError,
    data_converter,
)

OLD = PayloadKeys({"old": b"1" * 32}, "old")
BOTH = PayloadKeys({"old": b"1" * 32, "new": b"2" * 32}, "new")
NEW = PayloadKeys({"new": b"2" * 32}, "new")

payloads = st.builds(
    Payload,
    metadata=st.dictionaries(st.sampled_from(["encoding", "messageType"]), st.binary(max_size=20)),
    data=st.one_of(st.binary(max_size=300), st.just(b"spring and autumn " * 500)),
)


class Journey(BaseModel):
    release_on: date
    stage: str


def encoded(keys: PayloadKeys, *items: Payload) -> list[Payload]:
    return asyncio.run(EncryptionCodec(keys).encode(items))


def decoded(keys: PayloadKeys, *items: Payload) -> list[Payload]:
    return asyncio.run(EncryptionCodec(keys).decode(items))


@given(st.lists(payloads, max_size=4))
def test_every_payload_comes_back_as_it_was(items: list[Payload]) -> None:
    assert decoded(OLD, *encoded(OLD, *items)) == items


def test_an_encrypted_payload_shows_its_key_id_and_nothing_of_its_content() -> None:
    (sealed,) = encoded(OLD, Payload(metadata={"encoding": b"json/plain"}, data=b'"recalled"'))

    assert dict(sealed.metadata) == {
        "encoding": b"binary/encrypted",
        "encryption-key-id": b"old",
    }
    assert b"recalled" not in sealed.SerializeToString()


def test_the_same_payload_is_never_encrypted_alike_twice() -> None:
    payload = Payload(data=b"x")

    first, second = encoded(OLD, payload, payload)

    assert first.data != second.data


def test_a_long_payload_is_stored_smaller() -> None:
    payload = Payload(data=b'{"step": "screening", "state": "done"},' * 200)

    (sealed,) = encoded(OLD, payload)

    assert sealed.ByteSize() < payload.ByteSize() / 10


def test_after_rotation_old_payloads_are_read_and_new_ones_use_the_new_key() -> None:
    payload = Payload(data=b"x")

    assert decoded(BOTH, *encoded(OLD, payload)) == [payload]
    assert encoded(BOTH, payload)[0].metadata["encryption-key-id"] == b"new"


def test_a_key_that_was_not_given_is_named() -> None:
    with pytest.raises(UnknownPayloadKeyError, match="'old'"):
        decoded(NEW, *encoded(OLD, Payload(data=b"x")))


def test_a_payload_that_was_never_encrypted_passes_through() -> None:
    plain = Payload(metadata={"encoding": b"json/plain"}, data=b"1")

    assert decoded(OLD, plain) == [plain]


def test_the_wrong_key_under_a_known_id_is_noticed() -> None:
    other = PayloadKeys({"old": b"9" * 32}, "old")

    with pytest.raises(DamagedPayloadError):
        decoded(other, *encoded(OLD, Payload(data=b"x")))


@given(st.data())
def test_an_altered_payload_is_noticed(data: st.DataObject) -> None:
    (sealed,) = encoded(OLD, Payload(data=b"spring and autumn " * 20))
    place = data.draw(st.integers(0, len(sealed.data) - 1))
    altered = bytearray(sealed.data)
    altered[place] ^= 1
    sealed.data = bytes(altered)

    with pytest.raises(DamagedPayloadError):
        decoded(OLD, sealed)


def test_the_key_id_and_the_compression_cannot_be_exchanged() -> None:
    same_key_twice = PayloadKeys({"old": b"1" * 32, "new": b"1" * 32}, "old")
    (renamed, unpacked) = encoded(same_key_twice, *[Payload(data=b"a" * 500)] * 2)
    renamed.metadata["encryption-key-id"] = b"new"
    del unpacked.metadata["compression"]

    for altered in (renamed, unpacked):
        with pytest.raises(DamagedPayloadError):
            decoded(same_key_twice, altered)


def test_a_truncated_payload_is_noticed() -> None:
    (sealed,) = encoded(OLD, Payload(data=b"x"))
    sealed.data = sealed.data[:5]

    with pytest.raises(DamagedPayloadError):
        decoded(OLD, sealed)


async def test_models_with_dates_survive_the_whole_converter() -> None:
    converter = data_converter(BOTH)
    journey = Journey(release_on=date(2026, 12, 24), stage="planned")

    assert await converter.decode(await converter.encode([journey]), [Journey]) == [journey]


async def test_messages_of_failures_are_encrypted_too() -> None:
    converter = data_converter(OLD)
    failure = Failure()

    await converter.encode_failure(ApplicationError("an overdose was recorded"), failure)

    assert b"overdose" not in failure.SerializeToString()
    assert "overdose" in str(await converter.decode_failure(failure))


async def test_without_keys_payloads_stay_readable_for_committed_histories() -> None:
    (payload,) = await data_converter(None).encode([Journey(release_on=date.min, stage="planned")])

    assert b"planned" in payload.data
