"""感谢: returned; whose money was sent is shown where to say that it came."""

from actions.base import Events, ServiceAction
from actions.listing import MOST
from actions.progress import paid, payouts_under_way
from actions.talk import Talk


class Thank(ServiceAction):
    """“钱收到了，谢谢” ends no application: only the merchant's own tap on 我已收到 does."""

    def name(self) -> str:
        return "action_thank"

    def respond(self, talk: Talk) -> Events:
        sent = [] if talk.in_form else paid(payouts_under_way(talk))
        if not sent:
            talk.say_response("utter_thanks")
            return []
        talk.say("不客气。钱到账了的话，请点一下“我已收到”，这件事就办完了；还没到就先不点，跟我说“没到账”。")
        for line in sent[:MOST]:
            talk.show({"type": "progress", "application_no": line["application_no"]})
        return []
