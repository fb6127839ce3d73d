"""The one way into Rasa: turns from the service, over HTTP on the loopback (docs/protocol.md §5)."""

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from weakref import WeakValueDictionary

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import remote_actions
from bot.blocks import blocks_of
from bot.hearing import Hearing
from bot.nlu.labels import full_label
from bot.nlu.words import Words, words
from bot.payloads import UnknownPayload, read_payload
from bot.settings import Settings
from bot.trackers import TurnTrackerStore
from bot.turns import Rehearsal, TurnFailed, TurnOutput, running

logger = logging.getLogger(__name__)

TURN_TIMEOUT_SECONDS: Final = 18.0
REHEARSAL_TIMEOUT_SECONDS: Final = 5.0
HEALTH_TIMEOUT_SECONDS: Final = 2.0
_ID: Final = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
_MAX_TEXT: Final = 4_000
_QUESTION_SLOT: Final = "question"
_REHEARSAL: Final = "rehearsal"  # the mark in the metadata, and the slot in which the actions note what they tried


class WrongBody(ValueError):
    """The body is not a turn; the text says why."""


@dataclass(frozen=True)
class TurnRequest:
    """One turn as the service sends it."""

    conversation_id: str
    turn_id: str
    text: str | None
    payload: str | None
    metadata: dict[str, Any]

    @classmethod
    def read(cls, body: Any) -> "TurnRequest":
        """Checks the body field by field."""
        if not isinstance(body, dict):
            raise WrongBody("The body must be a JSON object.")
        for name in ("conversation_id", "turn_id"):
            if not isinstance(body.get(name), str) or not _ID.fullmatch(body[name]):
                raise WrongBody(f"{name} must be 1 to 128 letters, digits, or _ . : -")
        text, payload, metadata = body.get("text"), body.get("payload"), body.get("metadata", {})
        said = [part for part in (text, payload) if isinstance(part, str) and part.strip()]
        if len(said) != 1 or len(said[0]) > _MAX_TEXT:
            raise WrongBody(f"Exactly one of text and payload must be set, with at most {_MAX_TEXT} characters.")
        if not isinstance(metadata, dict):
            raise WrongBody("metadata must be an object.")
        metadata = {name: value for name, value in metadata.items() if name != _REHEARSAL}
        return cls(body["conversation_id"], body["turn_id"], text if said[0] is text else None, payload, metadata)

    def rehearsed(self) -> "TurnRequest":
        """The same turn, marked so that no action changes anything."""
        return replace(self, metadata={**self.metadata, _REHEARSAL: True})


class ServiceChannel(InputChannel):
    """Takes turns from the service alone, and answers each with typed blocks or an error, never with silence."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._words: Words = words()  # A mistake in the word lists stops the start, not the first message.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        remote_actions.install()

    @classmethod
    def name(cls) -> str:
        """Part of the address: /webhooks/service."""
        return "service"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> "ServiceChannel":
        """Rasa calls this for the entry in credentials.yml; the token comes from the environment."""
        return cls(Settings.from_environment())

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The four routes."""
        routes = Blueprint("service_channel")

        @routes.post("/turns")
        async def turns(request: Request) -> HTTPResponse:
            return await self._read(request, lambda turn, said, agent: self._answer(turn, said, agent, on_new_message))

        @routes.post("/rehearsals")
        async def rehearsals(request: Request) -> HTTPResponse:
            return await self._read(request, self._rehearse)

        @routes.delete("/conversations/<conversation_id:str>")
        async def forget(request: Request, conversation_id: str) -> HTTPResponse:
            return await self._forget(request, conversation_id)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            reason = await self._unhealthy(request.app.ctx.agent)
            return response.json({"reason": reason}, 503) if reason else response.json({"status": "ok"})

        return routes

    async def _read(
        self,
        request: Request,
        answer: Callable[[TurnRequest, dict[str, Any] | None, Agent], Awaitable[HTTPResponse]],
    ) -> HTTPResponse:
        """Who asks, whether there is a model, and what is asked."""
        if not self._is_service(request):
            return _problem(401, "The service token is missing or wrong.")
        agent: Agent = request.app.ctx.agent
        if not agent.is_ready():
            return _problem(503, "No model is loaded.")
        try:
            turn = TurnRequest.read(request.json)
            pressed = _pressed(turn, agent)
        except (WrongBody, UnknownPayload) as error:
            return _problem(422, str(error))
        return await answer(turn, pressed, agent)

    def _is_service(self, request: Request) -> bool:
        given = request.headers.get("Authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {self._settings.service_token}".encode())

    async def _answer(
        self,
        turn: TurnRequest,
        pressed: dict[str, Any] | None,
        agent: Agent,
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
    ) -> HTTPResponse:
        store = _store(agent)
        # Rasa's own lock polls once a second; taking turns here first means that it never has to wait.
        lock = self._locks.setdefault(turn.conversation_id, asyncio.Lock())
        async with lock:
            if not store.answered(turn.conversation_id, turn.turn_id):
                output = TurnOutput()
                failure = await _run(output, self._take(turn, pressed, agent, output, on_new_message))
                if failure:
                    return _problem(503, failure)
            events = store.answered(turn.conversation_id, turn.turn_id)
        blocks = blocks_of(_said(event) for event in events[1:])
        if not blocks:
            return _problem(503, "Nothing was said in this turn.")
        return response.json({"turn_id": turn.turn_id, "blocks": blocks, "understood": _understood(events[0])})

    async def _rehearse(self, turn: TurnRequest, pressed: dict[str, Any] | None, agent: Agent) -> HTTPResponse:
        """The answer that the turn would get now. It waits for no other turn, and nothing of it is kept."""
        if agent.processor is None:
            return _problem(503, "No model is loaded.")
        output = Rehearsal()
        taking = self._take(turn.rehearsed(), pressed, agent, output, agent.processor.handle_message)
        failure = await _run(output, taking, REHEARSAL_TIMEOUT_SECONDS)
        tracker = output.tracker
        if failure or tracker is None or tracker.latest_message is None:
            return _problem(503, failure or "Nothing was said in this turn.")
        tried = (tracker.get_slot(_REHEARSAL) or {}).get("steps", [])
        return response.json(
            {
                "turn_id": turn.turn_id,
                "blocks": blocks_of(output.messages),
                "understood": _understood(tracker.latest_message.as_dict()),
                "changes": [_change(step) for step in tried],
            }
        )

    async def _forget(self, request: Request, conversation_id: str) -> HTTPResponse:
        """Nothing of the conversation is kept any more; what was never there is forgotten as well."""
        if not self._is_service(request):
            return _problem(401, "The service token is missing or wrong.")
        agent: Agent = request.app.ctx.agent
        if not agent.is_ready():
            return _problem(503, "No model is loaded.")
        async with self._locks.setdefault(conversation_id, asyncio.Lock()):
            try:
                _store(agent).forget(conversation_id)
            except TurnFailed as error:
                return _problem(503, str(error))
        return response.empty()

    async def _take(
        self,
        turn: TurnRequest,
        pressed: dict[str, Any] | None,
        agent: Agent,
        output: TurnOutput,
        on_new_message: Callable[[UserMessage], Awaitable[Any]],
    ) -> None:
        """Understands the message and hands it to Rasa's rules."""
        # A leading slash would be a command to Rasa; what a person writes is text.
        text = re.sub(r"^\s*/", "／", turn.text or "")

        async def asks_free_text() -> bool:
            return _asks_free_text(await _store(agent).retrieve(turn.conversation_id))

        hearing = Hearing(agent.parse_message, self._words)
        parse_data = pressed or await hearing.hear(text, turn.metadata, asks_free_text)
        await on_new_message(
            UserMessage(
                text=text or turn.payload,
                output_channel=output,
                sender_id=turn.conversation_id,
                parse_data=parse_data,
                input_channel=self.name(),
                message_id=turn.turn_id,
                metadata=turn.metadata,
            )
        )

    async def _unhealthy(self, agent: Agent | None) -> str | None:
        if agent is None or not agent.is_ready():
            return "no model is loaded"
        if _store(agent) is None:
            return "the tracker store is not the one in endpoints.yml"
        try:
            timeout = aiohttp.ClientTimeout(total=HEALTH_TIMEOUT_SECONDS)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.get(f"{self._settings.actions_url}/health") as answer,
            ):
                return None if answer.status == 200 else "the action server is not healthy"
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return "the action server does not answer"


async def _run(
    output: TurnOutput, taking: Awaitable[None], timeout_seconds: float = TURN_TIMEOUT_SECONDS
) -> str | None:
    """Runs the turn; the answer is the reason of a failure."""
    token = running.set(output)
    try:
        await asyncio.wait_for(taking, timeout_seconds)
    except (TurnFailed, asyncio.TimeoutError, Exception) as error:
        logger.error("A turn failed: %s", type(error).__name__)
        return "The turn failed; nothing of it was kept."
    finally:
        running.reset(token)
    return None


def _pressed(turn: TurnRequest, agent: Agent) -> dict[str, Any] | None:
    """What a button means; nothing when somebody has written a text."""
    if turn.text or not turn.payload:
        return None
    return read_payload(turn.payload, set(agent.domain.intents) - set(DEFAULT_INTENTS))


def _asks_free_text(tracker: DialogueStateTracker | None) -> bool:
    """Whether the form waits for a story, in which every word is part of the answer."""
    if tracker is None or not tracker.active_loop_name:
        return False
    question = tracker.get_slot(_QUESTION_SLOT) or {}
    return bool(question.get("kind") == "text")


def _store(agent: Agent) -> TurnTrackerStore:
    """Our store inside the wrapper that Rasa puts around every store."""
    store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if not isinstance(store, TurnTrackerStore):
        raise RuntimeError("endpoints.yml must name bot.trackers.TurnTrackerStore.")
    return store


def _said(event: dict[str, Any]) -> dict[str, Any]:
    return {"text": event.get("text"), **(event.get("data") or {})}


def _understood(event: dict[str, Any]) -> dict[str, Any]:
    parse_data = event["parse_data"]
    intent = parse_data.get("intent") or {}
    ranking: Sequence[dict[str, Any]] = parse_data.get("intent_ranking") or []
    entities: Sequence[dict[str, Any]] = parse_data.get("entities") or []
    return {
        "intent": full_label(parse_data),
        "confidence": round(float(intent.get("confidence") or 0), 4),
        "ranking": [{"intent": row["name"], "confidence": round(row["confidence"], 4)} for row in ranking],
        "entities": [{key: entity[key] for key in ("entity", "value", "start", "end")} for entity in entities],
        "model": event["metadata"].get("model_id"),
    }


def _change(step: dict[str, Any]) -> dict[str, Any]:
    number = step["as"]
    return {"do": step["do"], "application_no": number, "new": step.get("application_no") != number}


def _problem(status: int, detail: str) -> HTTPResponse:
    body = {"type": "about:blank", "title": "The turn was not answered.", "status": status, "detail": detail}
    return response.json(body, status, content_type="application/problem+json")
