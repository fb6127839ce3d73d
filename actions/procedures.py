"""Opens a procedure: a new application, one that is already open, or an honest word that it cannot be filed here."""

from typing import Final

from actions import wording
from actions.base import Events, ServiceAction
from actions.client import Json
from actions.errors import Refused
from actions.payloads import payload
from actions.questions import prefill
from actions.state import filling, not_filling, paused
from actions.talk import Button, Talk

_DRAFT: Final = "draft"


class OpenProcedure(ServiceAction):
    """Which procedures exist is the service's knowledge: one more YAML file there is one more that works here."""

    def name(self) -> str:
        return "action_open_procedure"

    def respond(self, talk: Talk) -> Events:
        procedures = {procedure["intent"]: procedure for procedure in talk.service.procedures()}
        wanted = procedures.get(talk.said.label)
        if wanted is None:
            self._offer_others(talk, procedures)
            return not_filling()
        if talk.in_form and talk.application_no and not talk.said.entities.get("switch"):
            return self._while_another_is_open(talk, wanted)
        if not talk.said.entities.get("fresh"):
            earlier = [a for a in talk.service.applications() if a["procedure"]["code"] == wanted["code"]]
            if earlier:
                return self._go_on_or_anew(talk, wanted, earlier)
        return self._open(talk, wanted)

    def _open(self, talk: Talk, wanted: Json) -> Events:
        try:
            application = talk.service.open_application(wanted["code"], prefill(talk))
        except Refused as refused:
            talk.say(refused.detail)
            return not_filling()
        talk.say(f"好的，我来帮您办“{wanted['title']}”。{wanted['summary']}")
        return [*(paused() if talk.in_form else ()), *filling(application)]

    def _while_another_is_open(self, talk: Talk, wanted: Json) -> Events:
        present = talk.service.application(talk.application_no or "")
        if present["procedure"]["code"] == wanted["code"]:
            talk.say("我们正在办这一件，接着来。")
            return filling(present)
        talk.say(f"您的“{present['procedure']['title']}”还没填完，已经填的会留着。现在先办哪一件？")
        talk.offer(
            Button(f"接着{present['procedure']['title']}", _go_on(present), primary=True),
            Button(f"改办{wanted['title']}", payload(wanted["intent"], switch=True)),
        )
        return [*paused(), *not_filling()]

    def _go_on_or_anew(self, talk: Talk, wanted: Json, earlier: list[Json]) -> Events:
        draft = next((line for line in earlier if line["state"] == _DRAFT), None)
        if draft is not None:
            talk.say(f"您有一份没填完的“{wanted['title']}”（{draft['application_no']}），接着办吗？")
            first = Button("接着办", _go_on(draft), primary=True)
        else:
            line = earlier[0]
            talk.say(
                f"您的“{wanted['title']}”（{line['application_no']}）正在办：{line['state_title']}。{line['hint']}"
            )
            first = Button("看进度", payload("查询进度", application_no=line["application_no"]), primary=True)
        talk.offer(first, Button("另办一份", payload(wanted["intent"], fresh=True)))
        return [*(paused() if talk.in_form else ()), *not_filling()]

    def _offer_others(self, talk: Talk, procedures: dict[str, Json]) -> None:
        """Those that can be filed, the likeliest meaning first."""
        talk.say(wording.NOT_YET.get(talk.said.label, ""), wording.CANNOT_FILE)
        likely = [meaning.label for meaning in talk.said.ranking if meaning.label in procedures]
        order = sorted(procedures, key=lambda intent: likely.index(intent) if intent in likely else len(likely))
        talk.offer(*(Button(procedures[intent]["title"], f"/{intent}") for intent in order), wording.ASK_PERSON)


def _go_on(application: Json) -> str:
    return payload("继续", application_no=application["application_no"])
