"""A turn that is only tried out: the service makes its changes, shows what they would do, and takes them back."""

from typing import Any, Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.client import Json, Service
from actions.talk import Events, last_message

SLOT: Final = "rehearsal"


def is_rehearsal(tracker: Tracker) -> bool:
    """Whether Rasa's channel marked this turn so; a service or a merchant cannot."""
    return bool((last_message(tracker).get("metadata") or {}).get(SLOT))


class RehearsingService(Service):
    """Notes each change down and has all of them tried out together, since those before it were taken back."""

    def __init__(self, url: str, token: str, conversation_id: str, turn_id: str, noted: Json | None) -> None:
        super().__init__(url, token, conversation_id, turn_id)
        # The service refuses every other change for this header.
        self._headers["X-Rehearsal"] = "1"
        self._steps: list[Json] = list((noted or {}).get("steps", []))
        self._applications: dict[str, Json] = dict((noted or {}).get("applications", {}))

    def as_events(self) -> Events:
        """For the next action of this turn; the slot goes with the rest of the tracker."""
        if not self._steps:
            return []
        return [SlotSet(SLOT, {"steps": self._steps, "applications": self._applications})]

    def application(self, number: str) -> Json:
        """As it would be by now."""
        return self._applications.get(number) or super().application(number)

    def open_application(self, procedure: str, prefill: dict[str, str]) -> Json:
        """A draft that is gone at once."""
        return self._try(do="open", procedure=procedure, prefill=prefill)

    def answer(self, number: str, field: str, value: str | None) -> Json:
        """The application as it would be with this answer."""
        return self._try(do="answer", application_no=number, field=field, value=value)

    def clear_answer(self, number: str, field: str) -> Json:
        """The application as it would be without this answer."""
        return self._try(do="clear", application_no=number, field=field)

    def submit(self, number: str, version: int) -> Json:
        """The application as it would be when filed."""
        return self._try(do="submit", application_no=number, version=version)

    def withdraw(self, number: str, reason: str) -> Json:
        """The application as it would be when withdrawn."""
        return self._try(do="withdraw", application_no=number, reason=reason)

    def ask_for_person(self, _reason: str) -> Json:
        """Whoever reads a rehearsal is a person already: nobody is put into the queue."""
        return {"status": "waiting", "position": None, "open": True, "hours": "", "sentence": "好的，这就为您转人工。"}

    def _try(self, **step: Any) -> Json:
        application = self._send("POST", "/v1/rehearsals", json={"steps": [*self._steps, step]})
        number = application["application_no"]
        self._steps.append({**step, "as": number})
        self._applications[number] = application
        return application
