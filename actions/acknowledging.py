"""肯定 and 否定 to nothing that was asked in the chat: perhaps to an agreement, which is agreed to in its own card."""

from actions.base import Events, ServiceAction
from actions.progress import to_agree
from actions.talk import Talk


class Acknowledge(ServiceAction):
    """A yes in the chat never moves money; it is shown where to give it, or to object."""

    def name(self) -> str:
        return "action_acknowledge"

    def respond(self, talk: Talk) -> Events:
        waiting = [] if talk.in_form else to_agree(talk)
        if not waiting:
            talk.say_response("utter_acknowledge")
            return []
        talk.say("请看一遍下面的金额和收款账户：同意就点“同意”，觉得不对就点“有疑问”。")
        talk.show({"type": "agreement", "application_no": waiting[0]["application_no"]})
        return []
