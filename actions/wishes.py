"""What the merchant also wants: remembered while one thing is done, and offered when that is over."""

from typing import Any, Final

from rasa_sdk.events import SlotSet

from actions.talk import Button, Events, Talk

_SLOT: Final = "wishes"
_MOST: Final = 3


def remember(talk: Talk, *wishes: Button) -> Events:
    """Adds to what is remembered; nothing stands there twice."""
    kept = [*_remembered(talk), *({"title": wish.title, "payload": wish.payload} for wish in wishes)]
    different = list({wish["payload"]: wish for wish in kept}.values())
    return [SlotSet(_SLOT, different[-_MOST:])]


def offer_wishes(talk: Talk) -> Events:
    """Offers what is remembered, once."""
    wishes = _remembered(talk)
    if not wishes:
        return []
    talk.say(f"您刚才还说要办“{'”“'.join(wish['title'] for wish in wishes)}”，现在办吗？")
    talk.offer(*(Button(wish["title"], wish["payload"], primary=True) for wish in wishes))
    return [SlotSet(_SLOT, None)]


def _remembered(talk: Talk) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = talk.slot(_SLOT) or []
    return found
