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
    return [*at(application), SlotSet("answer", None), SlotSet("filling", True), SlotSet("question", None)]


def not_filling() -> Events:
    """Something has to be decided first."""
    return [SlotSet("filling", False)]


def heard() -> Events:
    """An answer was taken; the form goes on to the next question."""
    return [SlotSet("answer", None), SlotSet("misses", 0)]


def paused() -> Events:
    """The form stops asking; the application stays where it is."""
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("question", None), SlotSet("misses", 0)]


def finished() -> Events:
    """Nothing of this application is remembered any more."""
    return [SlotSet(name, None) for name in ("application_no", "answer", "filling", "question")] + [
        SlotSet("misses", 0)
    ]


def can_be_filled(application: Json) -> bool:
    """Whether the merchant can answer something in it now."""
    allowed: list[Any] = application["allowed_actions"]
    return FILLABLE in allowed and application["next_question"] is not None
