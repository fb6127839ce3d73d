"""Opens a procedure: a new application, one that is already open, or an honest word that it cannot be filed here."""

from typing import Final

from rasa_sdk.events import SlotSet

from actions import wording
from actions.background import background
from actions.base import Events, ServiceAction
from actions.client import Json
from actions.errors import Refused
from actions.listing import MOST, go_on, open_applications, titles
from actions.mood import only_lets_off_steam
from actions.payloads import payload
from actions.progress import go_on_button
from actions.questions import prefill
from actions.state import TAKES_ANSWERS, filling, not_filling, paused
from actions.switching import ask_which, leave_present
from actions.talk import Button, Talk

# What an application may be about, the plainest word for it first.
_SUBJECTS: Final = ("subject", "application_no", "terminal_no")

# What is said of an earlier application that waits for the merchant.
_TO_GO_ON: Final = {
    "draft": "您有一份没填完的“{label}”（{number}），接着办吗？",
    "rejected": "您的“{label}”（{number}）上次没有通过，要修改后再提交吗？",
    "payout_abnormal": "您的“{label}”（{number}）收款账户有问题，换一个账户就能接着打款。",
    "returning": "您的“{label}”（{number}）在等您寄回机器，寄出后把快递单号填上就行。",
}


class OpenProcedure(ServiceAction):
    """Which procedures exist is the service's knowledge: one more YAML file there is one more that works here."""

    def name(self) -> str:
        return "action_open_procedure"

    def respond(self, talk: Talk) -> Events:
        if only_lets_off_steam(talk):
            return [] if talk.in_form else not_filling()
        procedures = {procedure["intent"]: procedure for procedure in talk.service.procedures()}
        wanted = procedures.get(talk.said.label)
        if wanted is None:
            self._offer_others(talk, procedures)
            return not_filling()
        if talk.said.entities.get("switch") or (talk.said.entities.get("instead") and talk.in_form):
            return [*leave_present(talk), *self._open(talk, wanted)]
        if talk.in_form and talk.application_no:
            return self._while_another_is_open(talk, wanted)
        if not talk.said.entities.get("fresh"):
            earlier = [line for line in open_applications(talk) if line["procedure"]["code"] == wanted["code"]]
            if earlier:
                return self._go_on_or_anew(talk, wanted, earlier)
        return self._open(talk, wanted)

    def _open(self, talk: Talk, wanted: Json) -> Events:
        try:
            application = talk.service.open_application(wanted["code"], {**prefill(talk), **_subject(talk)})
        except Refused as refused:
            talk.say(refused.detail)
            talk.offer(wording.ASK_PERSON)
            return not_filling()
        talk.say(f"好的，我来帮您办“{wanted['title']}”。{wanted['summary']}")
        return [
            *(paused() if talk.in_form else ()),
            *filling(application),
            SlotSet("given", {**talk.said.by_the_way, "background": _background(talk)}),
        ]

    def _while_another_is_open(self, talk: Talk, wanted: Json) -> Events:
        present = talk.service.application(talk.application_no or "")
        if present["procedure"]["code"] == wanted["code"]:
            talk.say("我们正在办这一件，接着来。")
            return filling(present)
        ask_which(talk, present, wanted, {**talk.said.by_the_way, **_subject(talk)})
        return [*paused(), *not_filling()]

    def _go_on_or_anew(self, talk: Talk, wanted: Json, earlier: list[Json]) -> Events:
        fillable = [line for line in earlier if line["state"] in TAKES_ANSWERS]
        if len(fillable) > 1:
            talk.say(f"您有几份“{wanted['title']}”等您接着办，接着办哪一份？")
            shown = fillable[:MOST]
            ways_on = [Button(title, go_on(line)) for title, line in zip(titles(shown), shown)]
        elif fillable:
            line = fillable[0]
            talk.say(_TO_GO_ON[line["state"]].format(label=line["label"], number=line["application_no"]))
            ways_on = [go_on_button(line)]
        else:
            line = earlier[0]
            talk.say(f"您的“{line['label']}”（{line['application_no']}）正在办：{line['state_title']}。{line['hint']}")
            ways_on = [Button("看进度", payload("查询进度", application_no=line["application_no"]), primary=True)]
        told = {**talk.said.by_the_way, **_subject(talk)}
        talk.offer(*ways_on, Button("另办一份", payload(wanted["intent"], fresh=True, **told)))
        return [*(paused() if talk.in_form else ()), *not_filling()]

    def _offer_others(self, talk: Talk, procedures: dict[str, Json]) -> None:
        """Those that can be filed, the likeliest meaning first."""
        talk.say(wording.CANNOT_FILE)
        if talk.in_form:
            return  # The form goes on; more buttons would only confuse.
        likely = [meaning.label for meaning in talk.said.ranking if meaning.label in procedures]
        order = sorted(procedures, key=lambda intent: likely.index(intent) if intent in likely else len(likely))
        talk.offer(*(Button(procedures[intent]["title"], f"/{intent}") for intent in order[:MOST]), wording.ASK_PERSON)


def _background(talk: Talk) -> str:
    return "" if talk.said.is_payload else background(talk.said.text)


def _subject(talk: Talk) -> dict[str, str]:
    """What the application is about, if that was said."""
    found = next((talk.said.entities[name] for name in _SUBJECTS if name in talk.said.entities), None)
    return {"subject": str(found)} if found else {}
