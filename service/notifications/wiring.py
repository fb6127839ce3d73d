"""Puts the channels together that are set, and ties them to the outbox; `service/app.py` calls it."""

from __future__ import annotations

from service.accounts import Accounts
from service.cases import STAFF_NOTICE_KINDS, Cases
from service.notifications.channels.email import EmailChannel, read_smtp_url
from service.notifications.channels.port import Channel
from service.notifications.channels.sms import SmsChannel
from service.notifications.channels.webhook import WebhookChannel
from service.notifications.channels.wechat import WechatChannel, WechatSender
from service.notifications.listeners import NoticeListeners
from service.notifications.notices import load_notices
from service.notifications.preferences import Preferences
from service.notifications.recipients import Addresses, StaffAddresses
from service.notifications.rules import ChannelName
from service.notifications.sender import Sender
from service.notifications.service import Notifications
from service.notifications.settings import NotificationSettings, load_notification_settings
from service.notifications.targets import Targets
from service.platform.context import Platform
from service.platform.limits import RateLimits

OWN_KINDS = frozenset({"email_added"})


def create_notifications(
    platform: Platform,
    accounts: Accounts,
    cases: Cases,
    limits: RateLimits,
    *,
    settings: NotificationSettings | None = None,
    wechat: WechatSender | None = None,
) -> Notifications:
    """A channel that is not set is not there: nothing is put down for it, and merchants are not offered it."""
    settings = settings or load_notification_settings()
    settings.refuse_plain_targets(production=not platform.settings.is_demo)
    staff = StaffAddresses(settings.staff_mailboxes)
    preferences = Preferences(platform, limits)
    targets = Targets(settings.webhook_targets, platform.clock)
    channels: dict[ChannelName, Channel] = {}
    if accounts.sms is not None:
        channels["sms"] = SmsChannel(accounts.sms, accounts.directory)
    if settings.smtp_url.get_secret_value():
        channels["email"] = _email(platform, settings, Addresses(platform.database, preferences, staff))
    if wechat is not None:
        channels["wechat"] = WechatChannel(wechat)
    if settings.webhook_targets:
        channels["webhook"] = WebhookChannel(
            targets, clock=platform.clock, networks=settings.webhook_networks, ca_file=settings.webhook_ca_file
        )
    NoticeListeners(
        platform.outbox,
        platform.clock,
        notices=load_notices(
            settings.notices_dir,
            company=platform.settings.company_name,
            merchant_kinds=cases.notice_kinds | OWN_KINDS,
            staff_kinds=STAFF_NOTICE_KINDS,
        ),
        channels=tuple(channels),
        preferences=preferences,
        directory=accounts.directory,
        staff=staff,
        targets=targets,
    )
    sender = Sender(platform.database, platform.clock, channels, target_gone=targets.gone)
    return Notifications(
        platform.clock, preferences=preferences, targets=targets, sender=sender, channels=tuple(channels)
    )


def _email(platform: Platform, settings: NotificationSettings, addresses: Addresses) -> EmailChannel:
    return EmailChannel(
        read_smtp_url(settings.smtp_url.get_secret_value()),
        sender=settings.mail_from,
        address_of=addresses.of,
        clock=platform.clock,
        ca_file=settings.smtp_ca_file,
    )
