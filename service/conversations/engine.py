"""Who answers turns: what conversations need from it, and Rasa behind its internal channel (docs/protocol.md §5)."""

from dataclasses import dataclass, field
from typing import Any, Protocol

import httpx
from pydantic import BaseModel, ValidationError

from service.conversations.blocks import BLOCKS, Block

PICTURE = "［图片］"
"""What stands in a text for a picture that was sent in a channel."""
PICTURE_KEPT = "［图片已收］"
"""The same for one that is already in the checklist."""
_CONNECT_SECONDS = 2.0
_HEALTH_SECONDS = 3.0
_REHEARSAL = httpx.Timeout(5.0, connect=1.0)


@dataclass(frozen=True)
class TurnRequest:
    conversation_id: str
    turn_id: str
    text: str
    payload: str | None
    channel: str
    merchant_no: str | None
    event: str | None
    event_note: str | None = None
    """What the agent who hands back wrote down, for the bot alone."""


@dataclass(frozen=True)
class TurnAnswer:
    blocks: list[Block]
    understood: dict[str, Any] | None
    changes: list[dict[str, Any]] = field(default_factory=list)
    """Of a rehearsal: what the turn would change."""


@dataclass(frozen=True)
class EngineHealth:
    ready: bool
    reason: str | None = None


class EngineAway(Exception):
    """Nobody is there to answer now; the same turn will be answered when they are back."""


class EngineFailed(Exception):
    """The engine is well and yet this turn failed."""


class TurnEngine(Protocol):
    """Answers one turn. A turn_id that was answered before gets the same answer and changes nothing."""

    def answer(self, turn: TurnRequest) -> TurnAnswer: ...

    def rehearse(self, turn: TurnRequest) -> TurnAnswer:
        """The answer that the turn would get now; nothing of it is kept."""
        ...

    def forget(self, conversation_id: str) -> None:
        """Nothing is kept of it any more; EngineAway when that is not certain."""
        ...

    def health(self) -> EngineHealth: ...


class _AnswerBody(BaseModel):
    turn_id: str
    blocks: list[dict[str, Any]]
    understood: dict[str, Any] | None = None
    changes: list[dict[str, Any]] = []


class RasaEngine:
    def __init__(
        self, *, url: str, token: str, timeout_seconds: float, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._client = httpx.Client(
            base_url=f"{url.rstrip('/')}/webhooks/service",
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(timeout_seconds, connect=_CONNECT_SECONDS),
            transport=transport,
            trust_env=False,  # the internal way never goes through a proxy
        )

    def answer(self, turn: TurnRequest) -> TurnAnswer:
        try:
            response = self._client.post("/turns", json=_body(turn))
        except httpx.ConnectError as error:
            raise EngineAway("cannot connect") from error
        except httpx.TransportError as error:
            raise self._failure(type(error).__name__) from error
        if response.status_code == httpx.codes.UNAUTHORIZED:
            raise EngineAway("our service token is refused")
        if response.status_code != httpx.codes.OK:
            raise self._failure(f"status {response.status_code}")
        return _read(response, turn.turn_id)

    def rehearse(self, turn: TurnRequest) -> TurnAnswer:
        """It is a help for agents, so it waits for nothing: whoever asks does without."""
        try:
            response = self._client.post("/rehearsals", json=_body(turn), timeout=_REHEARSAL)
        except httpx.TransportError as error:
            raise EngineAway(type(error).__name__) from error
        if response.status_code != httpx.codes.OK:
            raise EngineFailed(f"status {response.status_code}")
        return _read(response, turn.turn_id)

    def forget(self, conversation_id: str) -> None:
        try:
            response = self._client.delete(f"/conversations/{conversation_id}")
        except httpx.TransportError as error:
            raise EngineAway(type(error).__name__) from error
        if response.status_code != httpx.codes.NO_CONTENT:
            raise EngineAway(f"status {response.status_code}")

    def health(self) -> EngineHealth:
        try:
            response = self._client.get("/health", timeout=_HEALTH_SECONDS)
        except httpx.TransportError as error:
            return EngineHealth(False, f"Rasa cannot be reached ({type(error).__name__})")
        if response.status_code == httpx.codes.OK:
            return EngineHealth(True)
        return EngineHealth(False, _reason(response))

    def close(self) -> None:
        self._client.close()

    def _failure(self, what: str) -> EngineAway | EngineFailed:
        """A failure is the turn's own only if the engine says that it is well."""
        health = self.health()
        return EngineFailed(what) if health.ready else EngineAway(f"{what}; {health.reason}")


def _body(turn: TurnRequest) -> dict[str, Any]:
    return {
        "conversation_id": turn.conversation_id,
        "turn_id": turn.turn_id,
        "text": turn.text if turn.payload is None else None,  # a payload stands in the place of text
        "payload": turn.payload,
        "metadata": {
            "channel": turn.channel,
            "verified": turn.merchant_no is not None,
            "merchant_no": turn.merchant_no,
            "event": turn.event,
            "attachments": ["image"] * turn.text.count(PICTURE),
            "event_note": turn.event_note,
        },
    }


def _read(response: httpx.Response, turn_id: str) -> TurnAnswer:
    try:
        body = _AnswerBody.model_validate_json(response.content)
        blocks = BLOCKS.validate_python(body.blocks)
    except ValidationError as error:
        places = sorted({".".join(map(str, item["loc"])) for item in error.errors(include_input=False)})
        raise EngineFailed(f"an answer that does not follow the protocol at {', '.join(places)}") from error
    if body.turn_id != turn_id:
        raise EngineFailed("an answer to another turn")
    return TurnAnswer(blocks, body.understood, body.changes)


def _reason(response: httpx.Response) -> str:
    try:
        return str(response.json()["reason"])
    except (ValueError, KeyError, TypeError):
        return f"Rasa answers {response.status_code}"
