"""Puts the rooms of 微信客服 together."""

from __future__ import annotations

from dataclasses import dataclass

from service.channels.wechat.intake import Intake
from service.channels.wechat.parts import Parts
from service.channels.wechat.wecom.api import CustomerServiceApi
from service.channels.wechat.wecom.gate import BellGate
from service.channels.wechat.wecom.puller import Puller
from service.channels.wechat.wecom.pulls import Pulls
from service.channels.wechat.wecom.settings import WecomSettings


@dataclass(frozen=True)
class CustomerService:
    gate: BellGate
    pulls: Pulls
    puller: Puller


def create_customer_service(
    parts: Parts, settings: WecomSettings, api: CustomerServiceApi, intake: Intake
) -> CustomerService:
    pulls = Pulls(parts.platform)
    puller = Puller(parts, api, pulls, intake, accounts=settings.open_kfids)
    return CustomerService(BellGate(settings, parts.platform.clock), pulls, puller)
