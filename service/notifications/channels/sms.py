"""Short messages to the phone that the acquirer has of a merchant."""

from __future__ import annotations

from service.accounts import MerchantDirectory, SmsSender
from service.notifications.channels.port import GiveUp, Outgoing


class SmsChannel:
    def __init__(self, sender: SmsSender, directory: MerchantDirectory) -> None:
        self._sender = sender
        self._directory = directory

    def send(self, notice: Outgoing) -> None:
        merchant = self._directory.get(notice.recipient_id)
        if merchant is None or not merchant.phone:
            raise GiveUp("商户没有登记手机号")
        self._sender.send_text(merchant.phone, notice.content["text"], reference=notice.id)
