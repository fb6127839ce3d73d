"""What becomes of each thing that a user does: words for the conversation, or words of our own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.channels.wechat import offers, words
from service.channels.wechat.binding import Binding
from service.channels.wechat.inbound import Inbound, Kind
from service.channels.wechat.models import WechatUser
from service.channels.wechat.parts import Parts
from service.channels.wechat.pictures import Pictures
from service.channels.wechat.rendering import CONFIRM_RECEIPT, plain
from service.channels.wechat.voices import NotHeard, Voices
from service.conversations import ChoiceUnknown, ChoiceUsed, ChosenButton, is_served, said_after
from service.platform.problems import Problem, RateLimited

SAY = "say:"
"""A key of the menu that begins so is said in the user's place."""
_NAMESPACE = uuid.UUID("6e1d3c0c-3f0d-4a55-9a0d-0a6e8b6a1f07")
_FIXED: dict[Kind, str] = {
    "video": words.VIDEO,
    "location": words.LOCATION,
    "link": words.LINK,
}
_SHOWN: dict[Kind, str] = {
    "video": "［视频］",
    "location": "［位置］",
    "link": "［链接］",
    "voice": "［语音］",
    "unknown": "［消息］",
}
"""What an agent who serves reads in the place of what cannot be shown."""


@dataclass(frozen=True)
class Outcome:
    """What became of a receipt: a message of the conversation, or words of our own; for a picture neither at first.

    With both, the words go before the answer to the message.
    """

    seq: int | None = None
    words: str | None = None
    kept: bool = False
    """A picture that is in the checklist."""


@dataclass(frozen=True)
class Asked:
    """What WeChat or others said about it: words of our own, what was heard, or that a paper was kept."""

    words: str | None = None
    heard: str | None = None
    kept: bool = False


def asks_others(inbound: Inbound) -> bool:
    """Whether another server has to be asked before it can be taken in."""
    return inbound.is_paper or inbound.kind in ("voice", "subscribe", "scan")


class Outcomes:
    def __init__(self, parts: Parts, binding: Binding) -> None:
        self._parts = parts
        self._binding = binding
        self._pictures = Pictures(parts)
        self._voices = Voices(parts)

    def ask(self, inbound: Inbound, conversation_id: str) -> Asked:
        """Before anything is locked: no transaction waits for another server."""
        if inbound.is_paper:
            taken = self._pictures.keep(inbound, conversation_id)
            return Asked(words=taken.words, kept=taken.kept)
        match inbound.kind:
            case "voice":
                return self._ask_for_voice(inbound)
            case "subscribe" | "scan":
                return Asked(words=self._binding.arrive(inbound))
            case _:
                return Asked()

    def of(self, session: Session, inbound: Inbound, user: WechatUser, asked: Asked) -> Outcome:
        if asked.heard:
            return self._voice(session, inbound, user, asked.heard)
        if inbound.kind == "text":
            return self._text(session, inbound, user)
        if inbound.kind == "click":
            return self.say(session, user.conversation_id, inbound.key, inbound.text.removeprefix(SAY))
        if inbound.kind in _SHOWN and is_served(session, user.conversation_id):
            return self.say(session, user.conversation_id, inbound.key, _SHOWN[inbound.kind] + inbound.text)
        return self._own_words(inbound, user, asked)

    def _own_words(self, inbound: Inbound, user: WechatUser, asked: Asked) -> Outcome:
        if asks_others(inbound):
            return Outcome(words=asked.words, kept=asked.kept)
        if inbound.kind == "file":
            return Outcome(words=words.FILE.format(link=self._parts.link_to(user.conversation_id)))
        return Outcome(words=_FIXED.get(inbound.kind, words.UNKNOWN))

    def say(
        self,
        session: Session,
        conversation_id: str,
        key: str,
        text: str | None = None,
        *,
        button: ChosenButton | None = None,
    ) -> Outcome:
        client_id = str(uuid.uuid5(_NAMESPACE, key))
        try:
            seq = self._parts.conversations.take_message_in(
                session, conversation_id, client_id=client_id, text=text, choice=button
            )
        except RateLimited:
            return Outcome(words=words.TOO_FAST)
        except (ChoiceUnknown, ChoiceUsed):
            raise
        except Problem as problem:
            return Outcome(words=problem.detail)
        return Outcome(seq=seq)

    def _text(self, session: Session, inbound: Inbound, user: WechatUser) -> Outcome:
        text = inbound.text.strip()
        if not text:
            return Outcome(words=words.EMPTY)
        offer = offers.shown(user)
        chosen = _chosen(text, offer)
        if not offer or not chosen or is_served(session, user.conversation_id):  # who asks now means what is typed
            return self.say(session, user.conversation_id, inbound.key, text)
        if "application_no" in chosen:
            return self._confirm_receipt(session, user.conversation_id, chosen["application_no"])
        button = ChosenButton(seq=int(offer["seq"]), choice_id=chosen["id"])
        try:
            return self.say(session, user.conversation_id, inbound.key, button=button)
        except (ChoiceUnknown, ChoiceUsed):  # the list is over: a number is then a number
            return self.say(session, user.conversation_id, inbound.key, text)

    def _confirm_receipt(self, session: Session, conversation_id: str, application_no: str) -> Outcome:
        """As the button of the widget's card does; what follows from it is told by the application."""
        try:
            with session.begin_nested():
                actor = self._parts.actor(session, conversation_id)
                application = self._parts.cases.read(session, application_no, actor)
                if CONFIRM_RECEIPT not in application.allowed_actions:
                    return Outcome(words=application.hint)
                self._parts.cases.filing.confirm_receipt(session, application_no, actor)
        except Problem as problem:
            return Outcome(words=problem.detail)
        return Outcome(words=words.RECEIPT_NOTED)

    def _ask_for_voice(self, inbound: Inbound) -> Asked:
        try:
            return Asked(heard=self._voices.hear(inbound))
        except NotHeard as reason:
            return Asked(words=str(reason))

    def _voice(self, session: Session, inbound: Inbound, user: WechatUser, heard: str) -> Outcome:
        """What was heard is shown back as the conversation has it, so that a mishearing is seen."""
        outcome = self.say(session, user.conversation_id, inbound.key, heard)
        if outcome.seq is None:
            return outcome
        (message, *_) = said_after(session, user.conversation_id, outcome.seq - 1)
        text = plain("".join(block["text"] for block in message.blocks))
        return Outcome(seq=outcome.seq, words=words.HEARD.format(text=text))


def _chosen(text: str, offer: offers.Offer | None) -> dict[str, str] | None:
    """The choice that a number or a whole title means."""
    folded = text.strip().rstrip("。.、").translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    for number, choice in enumerate(offer["choices"] if offer else (), start=1):
        if folded in (str(number), choice["title"]):
            found: dict[str, str] = choice
            return found
    return None
