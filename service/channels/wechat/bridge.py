"""Puts the rooms of the bridge together; `service/app.py` makes one when the settings are there."""

from __future__ import annotations

import time
from dataclasses import dataclass

from service.accounts import Accounts
from service.cases import Cases
from service.channels.wechat.api import AuthorisedHttp, HttpApi, WechatApi
from service.channels.wechat.binding import Binding
from service.channels.wechat.decisions import Decisions
from service.channels.wechat.gate import Gate
from service.channels.wechat.intake import Intake
from service.channels.wechat.lines import Line, Lines
from service.channels.wechat.links import Links
from service.channels.wechat.notices import WechatNotices
from service.channels.wechat.official import OfficialLine, StableToken
from service.channels.wechat.parts import Parts, Speech
from service.channels.wechat.picture_hosts import PictureHosts
from service.channels.wechat.sender import WechatSender
from service.channels.wechat.settings import WechatSettings
from service.channels.wechat.tokens import TokenKeeper, TokenSource
from service.channels.wechat.waiting import CommitBell, Waiting
from service.channels.wechat.wecom.api import WECOM_ERRORS, CustomerServiceApi, GetToken
from service.channels.wechat.wecom.line import CustomerServiceLine
from service.channels.wechat.wecom.puller import Puller
from service.channels.wechat.wecom.service import CustomerService, create_customer_service
from service.channels.wechat.wecom.settings import WecomSettings
from service.conversations import Conversations
from service.platform.context import Platform

_PAUSE_SECONDS = 0.25


@dataclass(frozen=True)
class WechatBridge:
    parts: Parts
    gate: Gate | None
    """Of the 公众号."""
    intake: Intake
    decisions: Decisions
    waiting: Waiting
    sender: WechatSender
    binding: Binding
    notices: WechatNotices
    customer_service: CustomerService | None = None

    @property
    def threads(self) -> tuple[WechatSender | Puller, ...]:
        """What runs beside the requests."""
        return (self.sender, self.customer_service.puller) if self.customer_service else (self.sender,)


def create_api(platform: Platform, settings: WechatSettings) -> WechatApi:
    http = HttpApi(settings.api_url, timeout=settings.api_timeout_seconds)
    return WechatApi(_authorised(platform, http, StableToken(settings, http)))


def create_customer_service_api(platform: Platform, settings: WecomSettings) -> CustomerServiceApi:
    http = HttpApi(settings.api_url, timeout=settings.api_timeout_seconds, errors=WECOM_ERRORS)
    return CustomerServiceApi(_authorised(platform, http, GetToken(settings, http)))


def create_bridge(
    platform: Platform,
    settings: WechatSettings,
    wecom: WecomSettings,
    *,
    accounts: Accounts,
    cases: Cases,
    conversations: Conversations,
    speech: Speech | None = None,
) -> WechatBridge | None:
    """None when both lines are off."""
    for each in (settings, wecom):
        each.refuse_debug(production=not platform.settings.is_demo)
    official = create_api(platform, settings) if settings.is_on else None
    desk = create_customer_service_api(platform, wecom) if wecom.is_on else None
    lines: list[Line] = []
    if official is not None:
        lines.append(OfficialLine(official, settings, platform.clock))
    if desk is not None:
        lines.append(CustomerServiceLine(desk, wecom))
    if not lines:
        return None
    parts = Parts(
        platform=platform,
        accounts=accounts,
        cases=cases,
        conversations=conversations,
        official=official,
        lines=Lines(lines),
        links=Links(platform.settings.base_url, platform.settings.secret_key.get_secret_value()),
        picture_hosts=PictureHosts(timeout=settings.api_timeout_seconds),
        speech=speech,
    )
    intake, decisions = Intake(parts), Decisions(parts)
    return WechatBridge(
        parts=parts,
        gate=Gate(settings, platform.clock) if official is not None else None,
        intake=intake,
        decisions=decisions,
        waiting=Waiting(intake, decisions, platform.clock, CommitBell(platform.database)),
        sender=WechatSender(parts, intake, decisions),
        binding=Binding(parts),
        notices=WechatNotices(parts),
        customer_service=create_customer_service(parts, wecom, desk, intake) if desk is not None else None,
    )


def _authorised(platform: Platform, http: HttpApi, source: TokenSource) -> AuthorisedHttp:
    return AuthorisedHttp(http, TokenKeeper(platform, source, pause=lambda: time.sleep(_PAUSE_SECONDS)))
