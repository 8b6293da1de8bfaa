"""What the embedded server's namespace needs before work starts: retention and search attributes.

A new search attribute is the reason to change this file. On a cluster, an operator does the same
once at deployment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from domain.errors import ThroughcareError

# Search attributes are not encrypted: codes and instants only, never anything about a person.
SEARCH_ATTRIBUTES: Mapping[str, IndexedValueType.ValueType] = {
    "ThroughcareStage": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
}

_CALL_WITHIN = timedelta(seconds=5)
# The server acknowledges a registration before every part of it knows.
_LOOK_EVERY = timedelta(milliseconds=50)
_LOOKS = 200


class NamespaceNotPreparedError(ThroughcareError):
    """The embedded server did not take the settings that workers rely on."""


async def prepare_namespace(client: Client, *, retention: timedelta) -> None:
    """Set how long closed journeys stay, and register the search attributes; safe to repeat.

    A workflow that writes an unregistered attribute waits for ever, so this comes before workers.
    The server's own option is ignored for a database that exists already; this call is not.

    Raises:
        NamespaceNotPreparedError: The server refused, or an attribute never appeared.
    """
    try:
        await _keep_closed_journeys(client, retention)
        await _register_search_attributes(client)
    except RPCError as error:
        raise NamespaceNotPreparedError(
            f"The Temporal server refused its preparation ({error.status.name}): look into its log "
            "in the state directory."
        ) from None


async def is_answering(client: Client) -> bool:
    """Return whether the server can serve the namespace, not merely accept connections."""
    try:
        await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=client.namespace), timeout=_CALL_WITHIN
        )
    except (RPCError, RuntimeError):  # a lazy client raises RuntimeError while nobody listens
        return False
    return True


async def _keep_closed_journeys(client: Client, retention: timedelta) -> None:
    await client.workflow_service.update_namespace(
        UpdateNamespaceRequest(
            namespace=client.namespace,
            config=NamespaceConfig(
                workflow_execution_retention_ttl=Duration(seconds=int(retention.total_seconds()))
            ),
        ),
        timeout=_CALL_WITHIN,
    )


async def _register_search_attributes(client: Client) -> None:
    missing = await _missing_search_attributes(client)
    if missing:
        try:
            await client.operator_service.add_search_attributes(
                AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing),
                timeout=_CALL_WITHIN,
            )
        except RPCError as error:
            # Another process was first: what matters is that they exist.
            if error.status is not RPCStatusCode.ALREADY_EXISTS:
                raise
    for _ in range(_LOOKS):
        if not await _missing_search_attributes(client):
            return
        await asyncio.sleep(_LOOK_EVERY.total_seconds())
    raise NamespaceNotPreparedError(
        "The Temporal server did not register the search attributes. Stop it and start again; if "
        "that does not help, look into its log in the state directory."
    )


async def _missing_search_attributes(client: Client) -> dict[str, IndexedValueType.ValueType]:
    registered = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace), timeout=_CALL_WITHIN
    )
    return {
        name: kind
        for name, kind in SEARCH_ATTRIBUTES.items()
        if name not in registered.custom_attributes
    }
