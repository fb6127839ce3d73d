"""The pages of the master data in a real browser: in by the desk, changed by hand, offered to reviewers at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from service.platform.clock import SystemClock
from tests.service.cases.world import PASSWORD, World, build_world, in_review, new_sqlite
from tests.web.widget.serving import Server

expect.set_options(timeout=20_000)


def also_an_admin(values: dict[str, Any]) -> None:
    values["staff_demo_passwords"] += f",admin:{PASSWORD}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("admin")
    with pytest.MonkeyPatch.context() as patch:
        cheap = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("service.accounts.passwords.PasswordHasher", cheap)
        with build_world(new_sqlite(folder), folder, SystemClock(), change=also_an_admin) as world:
            yield world


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    with Server(world.app) as server:
        yield server.url


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Fails the test when a page broke its policy, threw, or asked another server."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    page, wrong = context.new_page(), []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            wrong.append(request.url)

    page.on("console", note)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", watch)
    yield page
    context.close()
    assert wrong == []


def sign_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/desk/")
    page.get_by_label("账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        page.get_by_role("button", name="登录", exact=True).click()
    assert answered.value.ok


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_lead_adds_a_reason_and_reviewers_may_choose_it_at_once(page: Page, address: str, world: World) -> None:
    sign_in(page, address, "lead")
    page.goto(f"{address}/admin/reasons/list")
    expect(page.get_by_role("heading", name="原因")).to_be_visible()
    page.get_by_role("link", name="新增原因").click()
    page.locator("select[name=kind]").select_option("document")
    page.locator("input[name=code]").fill("too_dark")
    page.locator("input[name=text]").fill("太暗了，请开灯再拍")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("cell", name="太暗了，请开灯再拍")).to_be_visible()
    application = in_review(world)
    reasons = world.staff("reviewer").detail(application.no)["reasons"]["document"]
    assert {"code": "too_dark", "text": "太暗了，请开灯再拍"} in reasons


def test_a_reviewer_is_told_who_looks_after_this(page: Page, address: str) -> None:
    sign_in(page, address, "reviewer")
    answer = page.goto(f"{address}/admin/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", name="没有权限")).to_be_visible()


def test_an_admin_gives_a_colleague_a_one_time_password(page: Page, address: str) -> None:
    sign_in(page, address, "admin")
    page.goto(f"{address}/admin/")
    row = page.get_by_role("row").filter(has_text="payer")
    row.get_by_title("发一次性密码").or_(row.get_by_label("发一次性密码")).first.click()
    page.get_by_role("button", name="发新密码").click()
    expect(page.get_by_role("heading", name="一次性密码")).to_be_visible()
    expect(page.locator(".secret")).to_have_text(re.compile(r"\S{16}"))
    page.get_by_role("link", name="记好了").click()
    expect(row).to_be_visible()


@pytest.mark.parametrize("width", [1280, 768])
@pytest.mark.parametrize("path", ["staff/list", "reasons/list", "fees/create", "merchants/list"])
def test_pages_fit_their_window(page: Page, address: str, width: int, path: str, tmp_path: Path) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, address, "admin")
    page.goto(f"{address}/admin/{path}")
    page.screenshot(path=tmp_path / "page.png")
    assert fits(page)
