"""A bridge beside its emulator on one clock: time passes only where somebody waits."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.channels.wechat import WechatBridge
from service.channels.wechat.api import HttpApi
from service.channels.wechat.picture_hosts import PictureHosts
from service.platform.clock import FixedClock
from tests.service.builders import World, open_world
from tests.service.office import PASSWORD
from tests.wechat.emulator.api import Api
from tests.wechat.emulator.envelope import Envelope
from tests.wechat.emulator.pushing import SECONDS, Push, Pusher, Response
from tests.wechat.emulator.world import Follower
from tests.wechat.emulator.world import World as WechatWorld

APP_ID, SECRET, TOKEN = "wx1234567890abcdef", "a secret of the account", "aToken123"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PATH = "/wechat/official-account"
SETTINGS = {
    "WECHAT_APP_ID": APP_ID,
    "WECHAT_APP_SECRET": SECRET,
    "WECHAT_TOKEN": TOKEN,
    "WECHAT_AES_KEY": AES_KEY,
    "WECHAT_API_URL": "http://wechat.example",
}


@dataclass
class MovingBell:
    """Instead of waiting: the work is finished, then what the background would do is done and time moves on."""

    world: World
    clock: FixedClock
    slow: bool = False
    """Turns take longer than WeChat waits."""

    @contextmanager
    def listen(self, _keys: Sequence[str]) -> Iterator["MovingBell"]:
        yield self

    async def wait(self, work: asyncio.Task[Any] | None, seconds: float) -> None:
        if work is not None and not work.done():
            await asyncio.wait({work})
            return
        if not self.slow:
            await asyncio.to_thread(self.world.settle)
        await asyncio.to_thread(self.world.app.state.wechat.sender.run_due)
        self.clock.advance(seconds=max(seconds, 0.05))


@dataclass
class Town:
    """The product, the platform, and the clock that both go by."""

    world: World
    wechat: WechatWorld
    api: Api
    pusher: Pusher
    clock: FixedClock
    bell: MovingBell

    @property
    def bridge(self) -> WechatBridge:
        bridge: WechatBridge = self.world.app.state.wechat
        return bridge

    def push(self, push: Push, *lost: bool) -> Follower:
        """Told until it is over; `lost` says of each try whether its answer is lost."""
        losses = [*lost, False, False, False]
        while not self.pusher.try_once(push, lose=losses[push.tries]):
            self.clock.advance(seconds=max(0.0, SECONDS - push.latencies[-1]))
            self.bridge.sender.run_due()
        return self.wechat.follower(push.openid)

    def say(self, openid: str, text: str, *lost: bool) -> Follower:
        return self.push(self.pusher.text(openid, text), *lost)

    def settle(self) -> None:
        self.world.settle()
        self.bridge.sender.run_due()

    def pass_time(self, **delta: float) -> None:
        self.clock.advance(**delta)
        self.settle()


@pytest.fixture
def town(sqlite_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    with open_town(sqlite_url, tmp_path, clock, monkeypatch) as town:
        yield town


@pytest.fixture
def any_town(database_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    """On both databases."""
    with open_town(database_url, tmp_path, clock, monkeypatch) as town:
        yield town


@pytest.fixture
def any_staffed(
    database_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Town]:
    """An agent works there; on both databases."""
    with open_town(database_url, tmp_path, clock, monkeypatch, staff_demo_passwords=f"agent:{PASSWORD}") as town:
        yield town


def show(wechat: WechatWorld, request: httpx.Request) -> httpx.Response:
    """The picture host: it gives what is there, and nothing by plain http."""
    found = wechat.pictures.get(str(request.url))
    if found is None:
        return httpx.Response(404, content=b"<html></html>", headers={"content-type": "text/html"})
    return httpx.Response(200, content=found[0], headers={"content-type": found[1]})


Handler = Callable[[httpx.Request], httpx.Response]


def open_town(
    url: str,
    tmp_path: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    *,
    others: Mapping[str, Handler] | None = None,
    **changes: Any,
) -> Any:
    """`others` answer for hosts beside WeChat's own; `changes` are settings of the product."""

    @contextmanager
    def opened() -> Iterator[Town]:
        for name, value in SETTINGS.items():
            monkeypatch.setenv(name, value)
        wechat = WechatWorld(APP_ID, SECRET, lambda: clock.now().timestamp())
        api = Api(wechat)

        def answer(request: httpx.Request) -> httpx.Response:
            if others and request.url.host in others:
                return others[request.url.host](request)
            given = api.call(request.url.path, dict(request.url.params), request.content)
            return httpx.Response(200, content=given.content, headers={"content-type": given.content_type})

        monkeypatch.setattr(
            "service.channels.wechat.bridge.HttpApi", partial(HttpApi, transport=httpx.MockTransport(answer))
        )
        monkeypatch.setattr(
            "service.channels.wechat.bridge.PictureHosts",
            partial(PictureHosts, transport=httpx.MockTransport(partial(show, wechat))),
        )
        with open_world(tmp_path, url, clock, **changes) as world:
            bell = MovingBell(world, clock)
            world.app.state.wechat.waiting.bell = bell

            def deliver(query: dict[str, str], body: bytes) -> Response:
                got = world.client.post(PATH, params=query, content=body)
                return Response(got.status_code, got.content)

            pusher = Pusher(wechat, Envelope(APP_ID, TOKEN, AES_KEY), deliver)
            yield Town(world, wechat, api, pusher, clock, bell)

    return opened()
