"""Despair, anger and threats: one human sentence and a person at once; the matter itself is still served."""

from typing import Final

from actions import wording
from actions.talk import Button, Talk

_CALM: Final[dict[str, str]] = {
    "anger": "让您着急了。要办的事我接着帮您办；想找同事，或者投诉，也都可以。",
    "threat": "您有权反映问题。要办的事我接着帮您办；想找同事，或者在这里投诉，也都可以。",
}
_DESPAIR: Final = "despair"
_STAY_WITH_US: Final = (
    "听您这么说，我很担心您。钱的事我们一件一件来办，您先别一个人扛着：请马上跟家人或者朋友说一说，让身边有个人陪着您。"
)
_A_PERSON: Final = "转人工"
_SAYS_SO: Final = ("要投诉", "想投诉")


def is_upset(talk: Talk) -> bool:
    """Whether this message is angry; not twice in a row, which would sound like a machine."""
    if talk.said.is_payload:
        return False
    if talk.said.entities.get("mood") == _DESPAIR:
        before = talk.message_before()
        return before is None or before.entities.get("mood") != _DESPAIR
    return talk.is_new("mood")


def calm(talk: Talk) -> None:
    """What is said before anything else."""
    if talk.said.entities["mood"] == _DESPAIR:
        talk.say(_STAY_WITH_US)
        if talk.said.label != _A_PERSON:
            talk.offer(Button(wording.ASK_PERSON.title, wording.ASK_PERSON.payload, primary=True))
        return
    talk.say(_CALM.get(str(talk.said.entities["mood"]), _CALM["anger"]))
    person = [wording.ASK_PERSON] if talk.said.label != _A_PERSON else []
    talk.offer(*person, wording.complain_about(talk.application_no))


def only_lets_off_steam(talk: Talk) -> bool:
    """“什么破客服” sounds like a complaint, but nobody has asked to file one; the button for it was just offered."""
    if not is_upset(talk) or talk.said.label != wording.COMPLAINT:
        return False
    return talk.said.entities["mood"] == "threat" or not any(words in talk.said.text for words in _SAYS_SO)
