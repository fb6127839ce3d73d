"""One fake service for all tests of the desk, reset for each, and a browser that reads Chinese and reports errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

from .fake_app import running
from .fake_people import PASSWORD, PEOPLE
from .fake_review import FakeReview

# A busy machine may take its time; what comes up in the end is what counts.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "zh-CN", "timezone_id": "America/New_York", "viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[FakeReview, str]]:
    fake = FakeReview()
    with running(fake) as address:
        yield fake, f"{address}/desk/"


@pytest.fixture
def fake(served: tuple[FakeReview, str]) -> FakeReview:
    served[0].reset()
    return served[0]


@pytest.fixture
def address(served: tuple[FakeReview, str]) -> str:
    return served[1]


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """Fails the test when the page broke the policy or threw; refused requests are the desk's daily bread."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def desk(page: Page, fake: FakeReview, address: str) -> Page:
    """Signed in, with the list open."""
    return sign_in_as(page, address, "reviewer")


def sign_in_as(page: Page, address: str, login: str) -> Page:
    page.goto(address)
    sign_in(page, login=login)
    expect(page.locator("a.case-link").first).to_be_visible()
    return page


def sign_in(page: Page, password: str = PASSWORD, *, login: str = "reviewer") -> None:
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def open_case(page: Page, address: str, number: str) -> Page:
    page.goto(f"{address}#/applications/{number}")
    expect(page.get_by_role("region", name="材料", exact=True)).to_be_visible()
    return page


def open_room(page: Page, fake: FakeReview, address: str, room: str, role: str = "lead") -> Page:
    """In a room, signed in as somebody of this role."""
    fake.signed_in, fake.person = True, next(person for person in PEOPLE if person.role == role)
    page.goto(f"{address}#/{room}")
    expect(page.get_by_role("main")).to_be_visible()
    return page


def assert_accessible(page: Page) -> None:
    # An animation that is taken back on the way counts as ended, too.
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(animation => animation.finished))")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def assert_no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
