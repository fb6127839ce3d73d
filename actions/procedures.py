"""Opens a procedure: a new application, one that is already open, or an honest word that it cannot be filed here."""

from typing import Final

from rasa_sdk.events import SlotSet

from actions import wording
from actions.base import Events, ServiceAction
from actions.client import Json
from actions.errors import Refused
from actions.payloads import payload
from actions.questions import prefill
from actions.state import TAKES_ANSWERS, filling, not_filling, paused
from actions.talk import Button, Talk

# Kinds of questions that a sentence such as “299的押金怎么退” answers by the way.
_ALSO_ANSWERS: Final = ("amount", "date", "phone")

# What is said of an earlier application that waits for the merchant, and the button that goes on with it.
_TO_GO_ON: Final = {
    "draft": ("您有一份没填完的“{title}”（{number}），接着办吗？", "接着办"),
    "rejected": ("您的“{title}”（{number}）上次没有通过，要修改后再提交吗？", "修改后再提交"),
    "payout_abnormal": ("您的“{title}”（{number}）收款账户有问题，换一个账户就能接着打款。", "换收款账户"),
}


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
        given = {kind: talk.said.entities[kind] for kind in _ALSO_ANSWERS if kind in talk.said.entities}
        return [*(paused() if talk.in_form else ()), *filling(application), SlotSet("given", given)]

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
        line = next((line for line in earlier if line["state"] in TAKES_ANSWERS), earlier[0])
        if line["state"] in TAKES_ANSWERS:
            sentence, title = _TO_GO_ON[line["state"]]
            talk.say(sentence.format(title=wanted["title"], number=line["application_no"]))
            first = Button(title, _go_on(line), primary=True)
        else:
            talk.say(
                f"您的“{wanted['title']}”（{line['application_no']}）正在办：{line['state_title']}。{line['hint']}"
            )
            first = Button("看进度", payload("查询进度", application_no=line["application_no"]), primary=True)
        talk.offer(first, Button("另办一份", payload(wanted["intent"], fresh=True)))
        return [*(paused() if talk.in_form else ()), *not_filling()]

    def _offer_others(self, talk: Talk, procedures: dict[str, Json]) -> None:
        """Those that can be filed, the likeliest meaning first."""
        talk.say(wording.NOT_YET.get(talk.said.label, ""), wording.CANNOT_FILE)
        if talk.in_form:
            return  # The form goes on; more buttons would only confuse.
        likely = [meaning.label for meaning in talk.said.ranking if meaning.label in procedures]
        order = sorted(procedures, key=lambda intent: likely.index(intent) if intent in likely else len(likely))
        talk.offer(*(Button(procedures[intent]["title"], f"/{intent}") for intent in order), wording.ASK_PERSON)


def _go_on(application: Json) -> str:
    return payload("继续", application_no=application["application_no"])
