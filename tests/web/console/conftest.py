"""One fake service for all tests of the console, reset for each, and a browser that reports errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.web.desk.conftest import assert_accessible, assert_no_sideways_scrolling

from .fake_app import running
from .fake_console import FakeConsole
from .fake_people import PASSWORD

__all__ = ["assert_accessible", "assert_no_sideways_scrolling"]

# A busy machine may take its time; what comes up in the end is what counts.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "zh-CN", "timezone_id": "America/New_York", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[FakeConsole, str]]:
    fake = FakeConsole()
    with running(fake) as address:
        yield fake, address


@pytest.fixture
def fake(served: tuple[FakeConsole, str]) -> FakeConsole:
    served[0].reset()
    return served[0]


@pytest.fixture
def address(served: tuple[FakeConsole, str]) -> str:
    return f"{served[1]}/console/"


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """Fails the test when the page broke the policy or threw; refused requests are the console's daily bread."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def console(page: Page, fake: FakeConsole, address: str) -> Page:
    """Signed in as an agent, with the inbox open."""
    return sign_in(page, address, "agent")


def sign_in(page: Page, address: str, login: str) -> Page:
    page.goto(address)
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("link", name="春风小吃店").first).to_be_visible()
    return page


def box(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="会话分组").get_by_role("link", name=name)


def open_talk(page: Page, address: str, talk_id: str, box: str = "mine") -> Page:
    page.goto(f"{address}#/conversations/{talk_id}?box={box}")
    expect(page.get_by_role("log", name="聊天记录")).to_be_visible()
    return page
