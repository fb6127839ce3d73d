"""One turn as an action sees it: what was said and understood, what is remembered, and the way to answer."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.client import Service

Events = list[dict[str, Any]]

FORM: Final = "procedure_form"
_ALSO_ANSWERS: Final = ("amount", "date", "phone")
NOT_UNDERSTOOD: Final = "nlu_fallback"


@dataclass(frozen=True)
class Meaning:
    """One possible meaning of what was said; the label is a full one, such as 常见问题/到账时间."""

    label: str
    confidence: float


@dataclass(frozen=True)
class Said:
    """The merchant's message."""

    text: str
    label: str
    confidence: float
    ranking: tuple[Meaning, ...]
    entities: dict[str, Any]
    is_payload: bool
    metadata: dict[str, Any]

    @property
    def by_the_way(self) -> dict[str, Any]:
        """What is told besides the wish, by kind of question: “299的押金怎么退”."""
        return {kind: self.entities[kind] for kind in _ALSO_ANSWERS if kind in self.entities}


@dataclass(frozen=True)
class Button:
    """A choice that the merchant may press."""

    title: str
    payload: str
    primary: bool = False


class Talk:
    """Reads the tracker and writes answers; the service it holds acts for this conversation only."""

    def __init__(self, tracker: Tracker, dispatcher: CollectingDispatcher, service: Service) -> None:
        self._tracker = tracker
        self._dispatcher = dispatcher
        self.service = service
        self.said = read_message(last_message(tracker))
        self._offers = True

    def about(self, said: Said, *, offers: bool = True) -> "Talk":
        """The same turn, as if this part of the message were the whole; without `offers` no choices are shown."""
        part = copy.copy(self)
        part.said = said
        part._offers = offers
        return part

    @property
    def application_no(self) -> str | None:
        """The application that is being filled in."""
        return self.slot("application_no")

    @property
    def in_form(self) -> bool:
        """Whether the form is asking."""
        return bool((self._tracker.active_loop or {}).get("name") == FORM)

    @property
    def verified(self) -> bool:
        """Whether the service knows who the merchant is."""
        return bool(self.said.metadata.get("verified"))

    def slot(self, name: str) -> Any:
        """What is remembered under this name."""
        return self._tracker.slots.get(name)

    def actions_since_message(self) -> list[str]:
        """Names of the actions that have run in this turn, the form itself left out."""
        names = []
        for event in reversed(self._tracker.events):
            if event["event"] == "user":
                break
            if event["event"] == "action" and event["name"] != FORM:
                names.append(event["name"])
        return names

    def misunderstandings(self) -> int:
        """How many messages in a row, this one included, were not understood."""
        count = 0
        for event in _user_events_backwards(self._tracker.events):
            message = read_message(event)
            if message.label != NOT_UNDERSTOOD or "ambiguous" in message.entities:
                break
            count += 1
        return count

    def message_before(self) -> Said | None:
        """The merchant's message before this one."""
        users = _user_events_backwards(self._tracker.events)
        next(users, None)
        before = next(users, None)
        return read_message(before) if before is not None else None

    def is_new(self, entity: str) -> bool:
        """Whether this message tells something that the one before it did not tell."""
        before = self.message_before()
        return entity in self.said.entities and (before is None or entity not in before.entities)

    def say(self, *texts: str) -> None:
        """One bubble for each text that is not empty."""
        for text in filter(None, texts):
            self._dispatcher.utter_message(text=text)

    def say_response(self, name: str) -> None:
        """A response from domain.yml."""
        self._dispatcher.utter_message(response=name)

    def offer(self, *buttons: Button) -> None:
        """Choices to press."""
        if not self._offers or not buttons:
            return
        self._dispatcher.utter_message(
            buttons=[
                {"title": b.title, "payload": b.payload, "style": "primary" if b.primary else "plain"} for b in buttons
            ]
        )

    def show(self, block: dict[str, Any]) -> None:
        """A typed block of docs/protocol.md."""
        self._dispatcher.utter_message(json_message={"block": block})

    def warn(self, text: str) -> None:
        """A marked line."""
        self.show({"type": "notice", "level": "warning", "text": text})

    def unsay(self) -> None:
        """Forgets what this action wanted to say."""
        self._dispatcher.messages.clear()


def read_message(event: dict[str, Any]) -> Said:
    """The merchant's message out of Rasa's event."""
    parse = event.get("parse_data") or {}
    intent = parse.get("intent") or {}
    name = intent.get("name") or ""
    selected = (parse.get("response_selector") or {}).get(name, {}).get("response", {})
    entities: dict[str, Any] = {}
    for entity in parse.get("entities") or []:
        entities.setdefault(entity["entity"], entity["value"])
    text = str(event.get("text") or "")
    return Said(
        text=text,
        label=selected.get("intent_response_key") or name,
        confidence=float(intent.get("confidence") or 0),
        ranking=tuple(Meaning(row["name"], row["confidence"]) for row in parse.get("intent_ranking") or []),
        entities=entities,
        is_payload=text.startswith("/"),
        metadata=event.get("metadata") or {},
    )


def message_id(tracker: Tracker) -> str:
    """The id that the service gave to this turn."""
    return str(last_message(tracker).get("message_id") or "")


def last_message(tracker: Tracker) -> dict[str, Any]:
    """The event of the merchant's message that is being answered."""
    return next(_user_events_backwards(tracker.events), {})


def _user_events_backwards(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (event for event in reversed(events) if event["event"] == "user")
