"""Notices by SMS, e-mail, WeChat and webhook: what is told, whom, and that it arrives.

The public face: what the app may import stands here. `service/app.py` wires it so:
`app.state.notifications = create_notifications(platform, accounts, cases, limits)`, the routers, and the sender beside
the requests. Whoever builds a bridge to WeChat gives a `WechatSender`.
"""

from service.notifications.api import review_router, router
from service.notifications.channels.port import GiveUp, TryAgain
from service.notifications.channels.wechat import WechatSender
from service.notifications.notices import NoticeFileError
from service.notifications.sender import Sender
from service.notifications.service import Notifications
from service.notifications.settings import NotificationSettings
from service.notifications.store import forget_done_before
from service.notifications.wiring import create_notifications

routers = (router, review_router)

__all__ = [
    "GiveUp",
    "NoticeFileError",
    "NotificationSettings",
    "Notifications",
    "Sender",
    "TryAgain",
    "WechatSender",
    "create_notifications",
    "forget_done_before",
    "routers",
]
