"""Files the application after the merchant's yes; what it says about success comes from the service alone."""

from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import Events, ServiceAction
from actions.errors import Conflict, Refused
from actions.form import CONFIRMED
from actions.state import finished, paused
from actions.talk import FORM, Talk
from actions.wishes import offer_wishes


class SubmitApplication(ServiceAction):
    """Reads the application anew, files it under the turn's idempotency key, and says the number the service gave."""

    opens = False

    def name(self) -> str:
        return "action_submit_application"

    def respond(self, talk: Talk) -> Events:
        if talk.slot("answer") != CONFIRMED or not talk.application_no:
            talk.say("还没有提交。请先核对内容，再点“确认提交”。")
            return paused()
        try:
            draft = talk.service.application(talk.application_no)
            filed = talk.service.submit(draft["application_no"], draft["version"])
        except Conflict as conflict:
            return self._not_filed(talk, conflict)
        except Refused as refused:
            talk.say(refused.detail)
            return finished()
        talk.say(f"申请提交成功，申请单号 {filed['application_no']}，请记下来。{filed['hint']}")
        kind = "checklist" if filed["documents"] else "progress"
        talk.show({"type": kind, "application_no": filed["application_no"]})
        return [*finished(), *offer_wishes(talk)]

    def when_broken(self) -> Events:
        return [SlotSet("answer", None)]

    def _not_filed(self, talk: Talk, conflict: Conflict) -> Events:
        """A twin is already under way, or something is missing again: the form asks for it."""
        talk.say(conflict.detail)
        if conflict.code == "duplicate":
            twin = next((error["application_no"] for error in conflict.errors if "application_no" in error), None)
            if twin:
                talk.show({"type": "progress", "application_no": twin})
            return finished()
        return [SlotSet("answer", None), FollowupAction(FORM)]
