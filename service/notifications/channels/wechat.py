"""WeChat as a port: whoever builds the bridge gives an adapter to `create_notifications`; without one it is off."""

from __future__ import annotations

from typing import Protocol

from service.notifications.channels.port import Outgoing


class WechatSender(Protocol):
    def send_notice(self, merchant_id: str, text: str, *, reference: str) -> None:
        """Raises `GiveUp` for a merchant who has no WeChat with us, `TryAgain` when WeChat does not take it now."""


class WechatChannel:
    def __init__(self, sender: WechatSender) -> None:
        self._sender = sender

    def send(self, notice: Outgoing) -> None:
        self._sender.send_notice(notice.recipient_id, notice.content["text"], reference=notice.id)
