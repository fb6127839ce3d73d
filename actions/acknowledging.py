"""肯定 and 否定 to nothing that was asked in the chat: perhaps to an agreement, or to a summary that was put aside."""

from actions import wording
from actions.answers import YES
from actions.base import Events, ServiceAction
from actions.client import Json
from actions.filling import present_application
from actions.progress import to_agree
from actions.state import can_be_filled
from actions.talk import Talk


class Acknowledge(ServiceAction):
    """A yes in the chat never moves money and files nothing that was put aside; it is shown where to give it."""

    def name(self) -> str:
        return "action_acknowledge"

    def respond(self, talk: Talk) -> Events:
        waiting = [] if talk.in_form else to_agree(talk)
        if waiting:
            talk.say("请看一遍下面的金额和收款账户：同意就点“同意”，觉得不对就点“有疑问”。")
            talk.show({"type": "agreement", "application_no": waiting[0]["application_no"]})
        elif talk.said.label == YES and (unfinished := _put_aside(talk)):
            talk.say(f"“{unfinished['label']}”还没有办完。点“接着办”，我们从停下的地方接着来。")
            talk.offer(wording.GO_ON)
        else:
            talk.say_response("utter_acknowledge")
        return []


def _put_aside(talk: Talk) -> Json | None:
    """The application that was being filled in and rests."""
    application = None if talk.in_form else present_application(talk)
    return application if application and can_be_filled(application) else None
