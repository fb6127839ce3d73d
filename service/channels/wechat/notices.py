"""Notices for merchants who are bound: a message while that is allowed, else whatever their line has beside it."""

from __future__ import annotations

from datetime import timedelta

import structlog

from service.channels.wechat import quota, store
from service.channels.wechat.api import ApiError, Meaning
from service.channels.wechat.models import WechatUser
from service.channels.wechat.outgoing import queue
from service.channels.wechat.parts import Parts
from service.conversations import conversations_of_merchant, was_told_unasked
from service.notifications import GiveUp, TryAgain

_JUST_TOLD = timedelta(minutes=10)

log = structlog.get_logger(__name__)


class WechatNotices:
    """What `service.notifications` sends by: its `WechatSender`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._put_off: dict[str, None] = {}

    def send_notice(self, merchant_id: str, text: str, *, reference: str) -> None:
        now = self._parts.platform.clock.now()
        with self._parts.platform.database.session() as session:
            users = list(store.users_of(session, conversations_of_merchant(session, merchant_id)))
        if not users:
            raise GiveUp("商户没有绑定微信")
        within = [user for user in users if quota.left(user, now) > 0]
        if within:
            self._tell_within(within, text, reference)
            return
        outside = [user.openid for user in users if self._parts.lines.of(user.openid).reaches_outside]
        if not outside:
            raise GiveUp("微信48小时内没有来往，也没有配置模板消息")
        for openid in outside:
            self._send_outside(openid, text, f"{reference}{openid[-6:]}")

    def _tell_within(self, users: list[WechatUser], text: str, reference: str) -> None:
        """The conversation usually tells the same thing, and better: then nothing is said twice."""
        since = self._parts.platform.clock.now() - _JUST_TOLD
        with self._parts.platform.database.session() as session:
            silent = [user for user in users if not was_told_unasked(session, user.conversation_id, since)]
        if silent and reference not in self._put_off:
            self._put_off[reference] = None
            raise TryAgain("先等对话里说")
        self._put_off.pop(reference, None)
        for user in silent:
            self._queue(user, text)

    def _queue(self, user: WechatUser, text: str) -> None:
        now = self._parts.platform.clock.now()
        with self._parts.platform.database.begin() as session:
            locked = store.user(session, user.openid)
            if locked is not None:
                queue(self._parts, session, user.openid, [text], receipt_id=None, now=now)

    def _send_outside(self, openid: str, text: str, reference: str) -> None:
        try:
            self._parts.lines.of(openid).send_outside(openid, text, reference=reference)
        except ApiError as error:
            log.warning("wechat.notice_not_sent", error=str(error))
            if error.meaning in (Meaning.BUSY, Meaning.UNKNOWN, Meaning.TOKEN, Meaning.DAY_USED):
                raise TryAgain(f"微信没有接收（{error.code}）") from None
            raise GiveUp(f"微信不接受（{error.code}）") from None
