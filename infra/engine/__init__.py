"""The engine as the rest of infra sees it: starting releases and submitting to them."""

from api.ports import EngineUnavailableError, OutcomeUnknownError, ReleaseUnknownError
from infra.engine.gateway import Engine

__all__ = ["Engine", "EngineUnavailableError", "OutcomeUnknownError", "ReleaseUnknownError"]
