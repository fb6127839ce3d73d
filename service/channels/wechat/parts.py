"""The parts of the bridge in one place, as its rooms get them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from service.accounts import Accounts, Actor
from service.cases import ApplicationOut, Cases
from service.channels.wechat.api import WechatApi
from service.channels.wechat.lines import Lines
from service.channels.wechat.links import Links
from service.channels.wechat.picture_hosts import PictureHosts
from service.channels.wechat.rendering import Scene
from service.conversations import Conversations
from service.platform.context import Platform
from service.platform.problems import Problem


class SpeechFailed(Exception):
    """The recogniser did not do its work; the message says what came instead, and nothing of what was said."""


class Speech(Protocol):
    """Turns a voice message into words: by `speech.py`, or by the adapter of whoever has another recogniser."""

    def transcribe(self, content: bytes, content_type: str) -> str | None:
        """None when nothing was said that it understood; SpeechFailed when it could not listen."""
        ...


@dataclass(frozen=True)
class Parts:
    platform: Platform
    accounts: Accounts
    cases: Cases
    conversations: Conversations
    lines: Lines
    links: Links
    picture_hosts: PictureHosts
    official: WechatApi | None = None
    """What only a 公众号 has, such as QR codes; None without one."""
    speech: Speech | None = None

    def link_to(self, conversation_id: str) -> str:
        return self.links.to(conversation_id, self.platform.clock.now())

    def actor(self, session: Session, conversation_id: str) -> Actor:
        """The merchant who writes here."""
        party = self.accounts.party_of(session, conversation_id)
        return Actor(conversation_id, party.merchant_id if party else None, "merchant", party.kind if party else None)

    def scene(self, session: Session, conversation_id: str) -> Scene:
        def application(application_no: str) -> ApplicationOut | None:
            try:
                return self.cases.read(session, application_no, self.actor(session, conversation_id))
            except Problem:
                return None

        return Scene(lambda: self.link_to(conversation_id), application)

    def blind(self, openid: str) -> str:
        """By which somebody is recognised who is not to be known any more."""
        return self.platform.blind_index(f"wechat:{openid}")

    def seal(self, text: str, openid: str) -> str:
        return self.platform.cipher.encrypt(text, context=f"wechat:{openid}")

    def unseal(self, sealed: str, openid: str) -> str:
        return self.platform.cipher.decrypt(sealed, context=f"wechat:{openid}")
