"""Everybody can work here: by keyboard alone, with a screen reader, at every width, in the dark, in English."""

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import assert_accessible, assert_no_sideways_scrolling, open_talk, sign_in
from .fake_console import FakeConsole
from .fake_people import WU

SIZES = [(768, 1024), (1280, 800), (1440, 900)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    page: Page, fake: FakeConsole, address: str, *, width: int, height: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(address)
    expect(page.get_by_role("heading", name="登录坐席台")).to_be_visible()
    assert_accessible(page)
    sign_in(page, address, "lead")
    check(page)
    fake.claim(fake.talks["c_spring"], WU)
    open_talk(page, address, "c_spring")
    page.get_by_label("回复商户").fill("我保证")
    expect(page.get_by_text("不要承诺结果")).to_be_visible()
    expect(page.locator(".paper").first).to_be_visible()
    check(page)
    page.get_by_role("button", name="结束", exact=True).click()
    expect(page.get_by_label("诉求")).to_have_value("退押金")
    assert_accessible(page)
    page.keyboard.press("Escape")
    page.goto(f"{address}#/load")
    expect(page.get_by_role("region", name="现在")).to_be_visible()
    check(page)
    page.goto(f"{address}#/replies")
    expect(page.locator(".reply").first).to_be_visible()
    check(page)
    page.goto(f"{address}#/calls/k1")
    page.get_by_label("记下说的话").fill("押金怎么退")
    page.keyboard.press("Enter")
    expect(page.locator(".suggestion").first).to_be_visible()
    page.get_by_label("代商户新办").select_option("退押金")
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.get_by_role("button", name="店铺停业")).to_be_visible()
    check(page)


def check(page: Page) -> None:
    assert_accessible(page)
    assert_no_sideways_scrolling(page)


def test_a_merchant_is_served_by_keyboard_alone(console: Page, fake: FakeConsole) -> None:
    console.keyboard.press("j")
    console.keyboard.press("Enter")
    expect(console.get_by_role("heading", name="春风小吃店", level=1)).to_be_visible()
    console.keyboard.press("c")
    expect(console.get_by_label("回复商户")).to_be_visible()
    console.keyboard.press("r")
    expect(console.get_by_label("回复商户")).to_be_focused()
    console.keyboard.type("您好")
    console.keyboard.press("Enter")
    expect(console.locator(".said-agent:not(.outgoing) .bubble")).to_have_text("您好")
    console.keyboard.press("Escape")
    console.keyboard.press("u")
    expect(console.locator(".inbox-whole")).to_be_visible()
    console.keyboard.press("g")
    console.keyboard.press("m")
    expect(console.locator(".inbox-row")).to_have_count(2)
    assert fake.sent[0]["text"] == "您好"


def test_shortcuts_can_be_read_and_switched_off(console: Page, fake: FakeConsole) -> None:
    console.keyboard.press("?")
    console.get_by_label("使用单键快捷键").uncheck()
    console.keyboard.press("Escape")
    console.keyboard.press("j")
    console.keyboard.press("c")
    expect(console.locator(".inbox-row")).to_have_count(2)
    assert fake.talks["c_spring"].status == "waiting"


def test_the_merchants_newest_words_are_read_out(console: Page, fake: FakeConsole, address: str) -> None:
    open_talk(console, address, "c_peace")
    expect(console.locator(".said-merchant")).to_have_count(1)
    fake.merchant_says("c_peace", "钱到了，谢谢")
    expect(console.get_by_role("status").filter(has_text="钱到了，谢谢")).to_have_count(1)


def test_english_speakers_read_english(browser: Browser, fake: FakeConsole, address: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Sign in to the agent console")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()
