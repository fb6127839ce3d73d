"""A bridge beside the 微信客服 emulator on one clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import httpx
import pytest

from service.channels.wechat import WechatBridge
from service.channels.wechat.api import HttpApi
from service.channels.wechat.wecom.puller import Puller
from service.channels.wechat.wecom.service import create_customer_service
from service.channels.wechat.wecom.settings import load_wecom_settings
from service.platform.clock import FixedClock
from tests.service.builders import World, open_world
from tests.wechat.emulator.envelope import Envelope
from tests.wechat.emulator.pushing import Response
from tests.wechat.emulator.wecom.api import AnswerLost, DeskApi
from tests.wechat.emulator.wecom.desk import Desk
from tests.wechat.emulator.wecom.world import Corporation, Customer

CORP_ID, SECRET, TOKEN = "ww1234567890abcdef", "a secret of the application", "aToken456"
AES_KEY = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefg"
PATH = "/wechat/customer-service"
DESK = "wkAJ2GCAAASSm4_FhToWMFea0xAFfd3Q"
SETTINGS = {
    "WECOM_CORP_ID": CORP_ID,
    "WECOM_SECRET": SECRET,
    "WECOM_TOKEN": TOKEN,
    "WECOM_AES_KEY": AES_KEY,
    "WECOM_API_URL": "http://wecom.example",
}


@dataclass
class DeskTown:
    """The product, 企业微信, and the clock that both go by."""

    world: World
    corporation: Corporation
    api: DeskApi
    desk: Desk
    clock: FixedClock

    @property
    def bridge(self) -> WechatBridge:
        bridge: WechatBridge = self.world.app.state.wechat
        return bridge

    @property
    def puller(self) -> Puller:
        assert self.bridge.customer_service is not None
        return self.bridge.customer_service.puller

    def somebody(self, name: str, account: str = DESK) -> Customer:
        return self.corporation.customer(account, f"wm{name}")

    def another_process(self) -> Puller:
        """A second one that fetches, with a sender of its own left out."""
        assert self.bridge.customer_service is not None
        api = self.puller._api
        other = create_customer_service(self.bridge.parts, load_wecom_settings(), api, self.bridge.intake).puller
        other.beside = at_once
        return other

    def say(self, customer: Customer, content: str) -> Customer:
        """Writes, the bell rings, and everything that follows by itself is done."""
        self.desk.text(customer, content)
        self.ring(customer)
        return customer

    def ring(self, customer: Customer) -> None:
        answer = self.desk.ring(customer.open_kfid)
        assert answer == Response(200, b"success")
        self.settle()

    def settle(self) -> None:
        self.puller.run_due()
        for _ in range(2):  # pictures are told when no more of them come, and then answered
            self.world.settle()
            self.bridge.sender.run_due()

    def pass_time(self, **delta: float) -> None:
        self.clock.advance(**delta)
        self.settle()


def at_once(work: Callable[[], None]) -> None:
    work()


@pytest.fixture
def town(sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskTown]:
    with open_desk(sqlite_url, tmp_path, clock, monkeypatch) as town:
        yield town


@pytest.fixture
def any_town(
    database_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DeskTown]:
    """On both databases."""
    with open_desk(database_url, tmp_path, clock, monkeypatch) as town:
        yield town


@contextmanager
def open_desk(url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[DeskTown]:
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    corporation = Corporation(CORP_ID, SECRET, lambda: clock.now().timestamp())
    api = DeskApi(corporation)

    def answer(request: httpx.Request) -> httpx.Response:
        try:
            given = api.call(request.url.path, dict(request.url.params), request.content)
        except AnswerLost:
            raise httpx.ReadTimeout("lost", request=request) from None
        return httpx.Response(200, content=given.content, headers={"content-type": given.content_type})

    monkeypatch.setattr(
        "service.channels.wechat.bridge.HttpApi", partial(HttpApi, transport=httpx.MockTransport(answer))
    )
    with open_world(tmp_path, url, clock) as world:

        def deliver(query: dict[str, str], body: bytes) -> Response:
            got = world.client.post(PATH, params=query, content=body)
            return Response(got.status_code, got.content)

        desk = Desk(corporation, Envelope(CORP_ID, TOKEN, AES_KEY), deliver)
        town = DeskTown(world, corporation, api, desk, clock)
        town.puller.beside = at_once
        yield town
