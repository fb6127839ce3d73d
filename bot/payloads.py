"""Payloads of buttons, such as /选择{"field":"reason","value":"closed"}, read without the language components."""

import json
import re
from collections.abc import Container
from typing import Any, Final

from bot.nlu.labels import understood_as

_PAYLOAD: Final = re.compile(r"/(?P<label>[^{@\s]+)(?P<arguments>\{.*\})?", re.DOTALL)


class UnknownPayload(ValueError):
    """The payload is not one that this model's domain can take."""


def read_payload(payload: str, intents: Container[str]) -> dict[str, Any]:
    """The payload as Rasa's parse data: a sure intent, and its arguments as entities."""
    match = _PAYLOAD.fullmatch(payload)
    if match is None or match["label"].partition("/")[0] not in intents:
        raise UnknownPayload("The payload names no intent.")
    try:
        arguments = json.loads(match["arguments"] or "{}")
    except ValueError as error:
        raise UnknownPayload("The payload's arguments are not JSON.") from error
    entities = [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in arguments.items()]
    ranking = [{"name": match["label"], "confidence": 1.0}]
    return {"text": payload, "entities": entities, **understood_as(match["label"], 1.0, ranking)}
