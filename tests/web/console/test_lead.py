"""The lead's view, and the canned replies of all."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import sign_in
from .fake_console import FakeConsole


@pytest.fixture
def lead(page: Page, fake: FakeConsole, address: str) -> Page:
    return sign_in(page, address, "lead")


def test_the_lead_sees_now_and_how_it_went(lead: Page, fake: FakeConsole) -> None:
    lead.get_by_role("link", name="运行看板").click()
    now = lead.get_by_role("region", name="现在")
    expect(now).to_contain_text("3.3 分钟")
    expect(now.get_by_role("row").filter(has_text="坐席小何")).to_contain_text("3 / 3")
    for words in ("42 秒", "2.8 分钟", "83%", "4.6"):
        expect(lead.get_by_role("main")).to_contain_text(words)
    expect(lead.get_by_role("region", name="建议的去向")).to_contain_text("采纳率 62%")
    expect(lead.get_by_role("table", name="按意思看采纳")).to_contain_text("78%")


def test_every_chart_has_its_numbers_and_the_period_stays(lead: Page, fake: FakeConsole) -> None:
    lead.get_by_role("link", name="运行看板").click()
    handovers = lead.get_by_role("region", name="转人工次数", exact=True)
    handovers.get_by_role("button", name="看数字").click()
    expect(handovers.get_by_role("row")).to_have_count(8)
    lead.get_by_label("从", exact=True).fill("2026-11-01")
    expect(lead).to_have_url(re.compile("from=2026-11-01"))
    lead.reload()
    expect(lead.get_by_label("从", exact=True)).to_have_value("2026-11-01")
    assert fake.load_asked["from"] == "2026-11-01"


def test_an_agent_has_no_such_view(console: Page, address: str) -> None:
    expect(console.get_by_role("link", name="运行看板")).to_have_count(0)
    console.goto(f"{address}#/load")
    expect(console.get_by_text("您的账号没有这个权限")).to_be_visible()


def test_replies_are_written_mended_and_removed(console: Page, fake: FakeConsole) -> None:
    console.get_by_role("link", name="常用语").click()
    expect(console.locator(".reply")).to_have_count(2)
    expect(console.get_by_role("button", name="修改 问候")).to_have_count(0)  # for everybody: the lead's
    console.get_by_role("button", name="新增常用语").click()
    console.get_by_label("标题").fill("稍等")
    console.get_by_label("内容").fill("请您稍等，我查一下。")
    console.keyboard.press("Control+Enter")
    expect(console.locator(".reply")).to_have_count(3)
    console.get_by_role("button", name="修改 稍等").click()
    console.get_by_role("button", name="删除").click()
    expect(console.locator(".reply")).to_have_count(2)
