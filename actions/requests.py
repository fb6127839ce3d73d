"""几件事: several requests in one message, served one after the other."""

from typing import Any, Final

from actions.base import Events, ServiceAction
from actions.client import Json
from actions.knowledge import AnswerQuestion
from actions.meanings import titles_of_meanings
from actions.payloads import payload
from actions.procedures import OpenProcedure
from actions.progress import show_checklist, show_progress
from actions.state import not_filling
from actions.talk import Button, Said, Talk
from actions.wishes import remember

_QUESTION: Final = "常见问题/"
_SHOWS: Final = {"查询进度": show_progress, "补交材料": show_checklist}


class ServeRequests(ServiceAction):
    """Questions first, then what has to be shown, then the first procedure; further ones are remembered."""

    def name(self) -> str:
        return "action_serve_requests"

    def respond(self, talk: Talk) -> Events:
        parts = [_part(request, talk.said) for request in talk.said.entities["requests"]]
        questions = [part for part in parts if part.label.startswith(_QUESTION)]
        shown = [part for part in parts if part.label in _SHOWS]
        opened = [part for part in parts if part not in questions and part not in shown]
        for number, part in enumerate(questions, start=1):
            last = number == len(questions) and not (shown or opened)
            AnswerQuestion().respond(talk.about(part, offers=last))
        if not opened:
            events = [event for part in shown for event in _SHOWS[part.label](talk.about(part))]
            return events if talk.in_form else [*events, *not_filling()]
        # One card to prove who it is is enough: what has to wait for that comes afterwards.
        later = [] if talk.verified else shown
        events = [event for part in shown if part not in later for event in _SHOWS[part.label](talk.about(part))]
        return [*events, *self._open(talk, opened[0], [*opened[1:], *later])]

    def _open(self, talk: Talk, first: Said, later: list[Said]) -> Events:
        events = OpenProcedure().respond(talk.about(first))
        meanings = titles_of_meanings(talk)
        remembered = [
            Button(meanings[part.label], payload(part.label, **part.by_the_way))
            for part in later
            if part.label in meanings
        ]
        if not remembered:
            return events
        talk.say(f"“{'”“'.join(button.title for button in remembered)}”我也记下了，这件办完接着办。")
        return [*events, *remember(talk, *remembered)]


def _part(request: Json, whole: Said) -> Said:
    entities: dict[str, Any] = request["entities"]
    return Said(
        text=request["text"],
        label=request["label"],
        confidence=1.0,
        ranking=(),
        entities=entities,
        is_payload=False,
        metadata=whole.metadata,
    )
