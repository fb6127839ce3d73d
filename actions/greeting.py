"""问候: says who is speaking, and shows a merchant who comes back what is still open."""

from actions.base import Events, ServiceAction
from actions.listing import list_waiting, open_applications, waiting_for_merchant
from actions.talk import Talk


class Greet(ServiceAction):
    """In the middle of a form a greeting is only returned."""

    def name(self) -> str:
        return "action_greet"

    def respond(self, talk: Talk) -> Events:
        if talk.in_form:
            talk.say("您好，我在的，我们接着办。")
            return []
        waiting = waiting_for_merchant(open_applications(talk)) if talk.verified else []
        if waiting:
            talk.say("您好，我是商户服务助手。")
            list_waiting(talk, waiting)
        else:
            talk.say_response("utter_greet")
        return []
