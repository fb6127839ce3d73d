"""Anger and threats: one calm sentence, a person and 投诉 at once; the matter itself is still served."""

from typing import Final

from actions import wording
from actions.talk import Talk

_CALM: Final[dict[str, str]] = {
    "anger": "让您着急了。要办的事我接着帮您办；想找同事，或者投诉，也都可以。",
    "threat": "您有权反映问题。要办的事我接着帮您办；想找同事，或者在这里投诉，也都可以。",
}
_A_PERSON: Final = "转人工"
_SAYS_SO: Final = ("要投诉", "想投诉")


def is_upset(talk: Talk) -> bool:
    """Whether this message is angry; not twice in a row, which would sound like a machine."""
    return not talk.said.is_payload and talk.is_new("mood")


def calm(talk: Talk) -> None:
    """What is said before anything else."""
    talk.say(_CALM.get(str(talk.said.entities["mood"]), _CALM["anger"]))
    person = [wording.ASK_PERSON] if talk.said.label != _A_PERSON else []
    talk.offer(*person, wording.complain_about(talk.application_no))


def only_lets_off_steam(talk: Talk) -> bool:
    """“什么破客服” sounds like a complaint, but nobody has asked to file one; the button for it was just offered."""
    if not is_upset(talk) or talk.said.label != wording.COMPLAINT:
        return False
    return talk.said.entities["mood"] == "threat" or not any(words in talk.said.text for words in _SAYS_SO)
