"""What Rasa is told to remember about the application that is being filled in."""

from typing import Any, Final

from rasa_sdk.events import ActiveLoop, SlotSet

from actions.client import Json
from actions.talk import Events

FILLABLE: Final = "answer"
TAKES_ANSWERS: Final = frozenset({"draft", "rejected", "payout_abnormal", "returning"})


def at(application: Json) -> Events:
    """This is the application that is being filled in."""
    return [SlotSet("application_no", application["application_no"])]


def filling(application: Json) -> Events:
    """The form may ask for this application now."""
    return [*at(application), SlotSet("answer", None), SlotSet("filling", True), SlotSet("correcting", False)]


def not_filling() -> Events:
    """Something has to be decided first."""
    return [SlotSet("filling", False)]


def paused() -> Events:
    """The form stops asking; the application stays where it is."""
    forgotten = {"requested_slot": None, "question": None, "misses": 0, "correcting": False}
    return [ActiveLoop(None), *(SlotSet(name, value) for name, value in forgotten.items())]


def finished() -> Events:
    """Nothing of this application is remembered any more."""
    return [SlotSet(name, None) for name in ("application_no", "answer", "filling", "question")] + [
        SlotSet("misses", 0)
    ]


def can_be_filled(application: Json) -> bool:
    """Whether the merchant can answer something in it now."""
    allowed: list[Any] = application["allowed_actions"]
    return FILLABLE in allowed and application["next_question"] is not None
