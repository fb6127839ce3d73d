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
from service.channels.wechat.lines import Lines
from service.channels.wechat.links import Links
from service.channels.wechat.notices import WechatNotices
from service.channels.wechat.official import OfficialLine, StableToken
from service.channels.wechat.parts import Parts, Speech
from service.channels.wechat.picture_hosts import PictureHosts
from service.channels.wechat.sender import WechatSender
from service.channels.wechat.settings import WechatSettings
from service.channels.wechat.tokens import TokenKeeper, TokenSource
from service.channels.wechat.waiting import CommitBell, Waiting
from service.conversations import Conversations
from service.platform.context import Platform

_PAUSE_SECONDS = 0.25


@dataclass(frozen=True)
class WechatBridge:
    parts: Parts
    gate: Gate
    intake: Intake
    decisions: Decisions
    waiting: Waiting
    sender: WechatSender
    binding: Binding
    notices: WechatNotices


def create_api(platform: Platform, settings: WechatSettings) -> WechatApi:
    http = HttpApi(settings.api_url, timeout=settings.api_timeout_seconds)
    return WechatApi(_authorised(platform, http, StableToken(settings, http)))


def create_bridge(
    platform: Platform,
    settings: WechatSettings,
    *,
    accounts: Accounts,
    cases: Cases,
    conversations: Conversations,
    speech: Speech | None = None,
) -> WechatBridge | None:
    """None when it is off."""
    settings.refuse_debug(production=not platform.settings.is_demo)
    if not settings.is_on:
        return None
    official = create_api(platform, settings)
    parts = Parts(
        platform=platform,
        accounts=accounts,
        cases=cases,
        conversations=conversations,
        official=official,
        lines=Lines([OfficialLine(official, settings, platform.clock)]),
        links=Links(platform.settings.base_url, platform.settings.secret_key.get_secret_value()),
        picture_hosts=PictureHosts(timeout=settings.api_timeout_seconds),
        speech=speech,
    )
    return _assemble(parts, settings)


def _assemble(parts: Parts, settings: WechatSettings) -> WechatBridge:
    intake, decisions = Intake(parts), Decisions(parts)
    return WechatBridge(
        parts=parts,
        gate=Gate(settings, parts.platform.clock),
        intake=intake,
        decisions=decisions,
        waiting=Waiting(intake, decisions, parts.platform.clock, CommitBell(parts.platform.database)),
        sender=WechatSender(parts, intake, decisions),
        binding=Binding(parts),
        notices=WechatNotices(parts),
    )


def _authorised(platform: Platform, http: HttpApi, source: TokenSource) -> AuthorisedHttp:
    return AuthorisedHttp(http, TokenKeeper(platform, source, pause=lambda: time.sleep(_PAUSE_SECONDS)))
