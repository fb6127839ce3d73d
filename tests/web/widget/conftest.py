"""Fixtures: the small service, a shop's page on another site, and the widget in both."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.ports import free_port

from .fake_service import FakeService
from .hand import Widget
from .serving import Server
from .shop import Shop
from .world import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def shop_origin() -> str:
    """Another site than the service's: what the browser keeps for the frame is then partitioned."""
    return f"http://localhost:{free_port()}"


@pytest.fixture
def service(world: World, shop_origin: str) -> Iterator[Server]:
    with Server(FakeService(world, f"'self' {shop_origin}").app()) as server:
        yield server


@pytest.fixture
def shop(service: Server, shop_origin: str) -> Iterator[Shop]:
    shop = Shop(shop_origin, service.url)
    with Server(shop.app(), port=int(shop_origin.rsplit(":", 1)[1])):
        yield shop


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}


@pytest.fixture
def widget(page: Page, service: Server) -> Widget:
    """The widget as a page of its own, open, with its conversation started."""
    return Widget(page, page.main_frame).visit(f"{service.url}/widget/")


@pytest.fixture
def phone(context: BrowserContext, page: Page) -> Page:
    """A small phone."""
    page.set_viewport_size({"width": 360, "height": 640})
    return page
