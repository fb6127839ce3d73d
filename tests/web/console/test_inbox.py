"""The inbox: who waits and for how long, live, and taken by one agent alone."""

import re

from playwright.sync_api import Browser, Page, expect

from .conftest import box, sign_in
from .fake_console import FakeConsole
from .fake_people import WANG


def test_a_row_tells_who_waits_where_what_about_and_how(console: Page) -> None:
    rows = console.locator(".inbox-row")
    expect(rows).to_have_count(2)
    for words in ("网页", "春风小吃店", "生气", "退押金 · 等材料", "商户：等太久了，我要找人工", "第 1 位"):
        expect(rows.first).to_contain_text(words)
    expect(rows.first.locator(".wait-red")).to_have_count(1)
    expect(rows.nth(1).locator(".wait-amber")).to_have_count(1)


def test_the_waiting_time_ticks(console: Page) -> None:
    clock = console.locator(".wait-clock").first
    expect(clock).to_have_text(re.compile(r"^3:2\d$"))
    before = clock.text_content()
    expect(clock).not_to_have_text(before or "")


def test_the_inbox_moves_with_what_happens(console: Page, fake: FakeConsole) -> None:
    waiting = console.get_by_role("navigation", name="会话分组").get_by_role("link", name="待人工")
    expect(waiting).to_contain_text("2")
    coffee = fake.talks["c_coffee"]
    coffee.status, coffee.position, coffee.waiting_since = "waiting", 0, fake.talks["c_spring"].waiting_since
    fake.moved(coffee)
    expect(console.locator(".inbox-row").first).to_contain_text("小满咖啡馆")
    expect(waiting).to_contain_text("3")
    fake.merchant_says("c_ming", "在吗？有人吗")
    expect(console.locator(".inbox-row").filter(has_text="阿明五金店")).to_contain_text("在吗？有人吗")


def test_boxes_and_search_stay_in_the_address(console: Page) -> None:
    box(console, "同事的").click()
    expect(console.locator(".inbox-row")).to_contain_text(["欧阳家电行"])
    console.get_by_role("searchbox", name="查找会话").fill("没有这家")
    expect(console.get_by_text("没有找到，换个词试试。")).to_be_visible()
    expect(console).to_have_url(re.compile(r"box=colleagues&q="))
    console.reload()
    expect(console.get_by_role("searchbox", name="查找会话")).to_have_value("没有这家")


def test_one_agent_gets_it_and_the_other_hears_who(
    console: Page, browser: Browser, fake: FakeConsole, address: str
) -> None:
    fake.inbox_moves.clear()
    console.locator(".inbox-row").first.focus()
    spring = fake.talks["c_spring"]
    spring.status, spring.agent = "agent", WANG  # a moment before, and nobody was told yet
    console.keyboard.press("c")
    expect(console.get_by_role("status").filter(has_text="坐席小王已经接了这位商户。")).to_be_visible()
    expect(console.locator(".inbox-row")).to_have_count(1)
    other = browser.new_context(locale="zh-CN").new_page()
    other.goto(address)
    other.get_by_label("账号").fill("agent2")
    other.get_by_label("密码").fill("demo-console")
    other.keyboard.press("Enter")
    box(other, "我的").click()
    expect(other.locator(".inbox-row").filter(has_text="春风小吃店")).to_be_visible()
    other.context.close()


def test_c_takes_the_row_that_has_the_focus(console: Page, fake: FakeConsole) -> None:
    console.keyboard.press("j")
    console.keyboard.press("j")
    console.keyboard.press("c")
    expect(console.get_by_role("heading", name="阿明五金店", level=1)).to_be_visible()
    expect(console.get_by_label("回复商户")).to_be_visible()
    assert fake.talks["c_ming"].status == "agent"


def test_presence_and_capacity_are_told(console: Page, fake: FakeConsole) -> None:
    switch = console.get_by_role("switch", name="接待状态")
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.click()
    expect(switch).to_have_attribute("aria-checked", "true")
    console.get_by_label("同时接待几位").select_option("5")
    expect(console.get_by_label("同时接待几位")).to_have_value("5")
    assert (fake.presence["state"], fake.presence["capacity"]) == ("ready", 5)


def test_who_reviews_has_nothing_to_do_here(page: Page, fake: FakeConsole, address: str) -> None:
    page.goto(address)
    page.get_by_label("账号").fill("reviewer")
    page.get_by_label("密码").fill("demo-console")
    page.keyboard.press("Enter")
    expect(page.get_by_text("您的账号没有这个权限")).to_be_visible()


def test_an_ended_session_is_asked_for_on_top(console: Page, address: str) -> None:
    console.context.clear_cookies()
    box(console, "我的").click()
    expect(console.get_by_role("dialog", name="请重新登录")).to_be_visible()
    sign_in_again(console)
    expect(console.locator(".inbox-row")).to_contain_text(["和平超市"])


def sign_in_again(page: Page) -> None:
    page.get_by_label("账号").fill("agent")
    page.get_by_label("密码").fill("demo-console")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_sign_in_leads_to_the_address_that_was_asked_for(page: Page, fake: FakeConsole, address: str) -> None:
    sign_in(page, f"{address}#/conversations/c_spring?box=waiting", "agent")
    expect(page.get_by_role("heading", name="春风小吃店", level=1)).to_be_visible()
