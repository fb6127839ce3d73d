"""People and numbers: only confirmed contacts are ever given out."""

from rasa_sdk.events import SlotSet

from actions import wording
from actions.base import Events, ServiceAction
from actions.errors import Refused
from actions.state import paused
from actions.talk import NOT_UNDERSTOOD, Talk


class RequestPerson(ServiceAction):
    """转人工: a place in the agents' queue, and what the service says about it."""

    def name(self) -> str:
        return "action_request_person"

    def respond(self, talk: Talk) -> Events:
        place = talk.service.ask_for_person(_reason(talk))
        talk.say(place["sentence"])
        if not place["open"]:
            say_contacts(talk)
        if talk.application_no:
            talk.say(f"没填完的申请 {talk.application_no} 会保留着，您也可以先接着办。")
            talk.offer(wording.GO_ON)
        return [SlotSet("wants_person", True), *(paused() if talk.in_form else ())]


def _reason(talk: Talk) -> str:
    """Why a person is wanted, for the agents' list and the reports: the button often follows what went wrong."""
    before = talk.message_before()
    if "mood" in talk.said.entities or (before and "mood" in before.entities):
        return "angry"
    return "not_understood" if before and before.label == NOT_UNDERSTOOD else "asked"


def say_contacts(talk: Talk) -> None:
    """The confirmed contacts, or that there are none: a number is never made up."""
    try:
        contacts = talk.service.contacts()
    except Refused:
        contacts = []
    if contacts:
        lines = (f"{contact.get('title') or contact['kind']}：{contact['value']}" for contact in contacts)
        talk.say("\n".join(["官方联系方式只有这些：", *lines]))
    else:
        talk.say("官方联系方式还没有配置，我不能随便给您一个号码。请以合同或机器上的信息为准，别相信陌生来电。")
