"""Everybody can work here: by keyboard alone, with a screen reader, on a phone, in the dark, in English."""

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import assert_accessible, assert_no_sideways_scrolling, open_case, sign_in
from .fake_cases import COMPLAINT, INSPECTING, MAIN, PARTIAL, RETURNING
from .fake_review import FakeReview

SIZES = [(360, 740), (768, 1024), (1280, 800)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    page: Page, fake: FakeReview, address: str, *, width: int, height: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(address)
    expect(page.get_by_role("heading", name="登录审核台")).to_be_visible()
    assert_accessible(page)
    sign_in(page)
    expect(page.get_by_role("link", name="杭州小满早餐店")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
    open_case(page, address, MAIN)
    expect(page.get_by_role("region", name="材料查看").get_by_role("img")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scrolling(page)
    page.get_by_role("button", name="驳回").click()
    page.get_by_role("radio").first.check()
    assert_accessible(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize(
    ("number", "button"), [(COMPLAINT, "批准"), (PARTIAL, "批准"), (INSPECTING, "验收机器"), (RETURNING, "不用退回")]
)
def test_every_kind_of_decision_is_accessible_and_fits(
    desk: Page, address: str, *, width: int, height: int, number: str, button: str
) -> None:
    desk.set_viewport_size({"width": width, "height": height})
    open_case(desk, address, number)
    assert_no_sideways_scrolling(desk)
    desk.get_by_role("button", name=button).click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert_accessible(desk)


def test_an_application_is_decided_by_keyboard_alone(desk: Page, fake: FakeReview) -> None:
    desk.get_by_role("link", name="杭州小满早餐店").press("Enter")
    for title in ("押金收据", "入网协议", "交易记录"):
        expect(desk.locator(".document-tab[aria-current=true]")).to_contain_text(title)
        expect(desk.get_by_role("button", name="通过", exact=True)).to_be_enabled()
        desk.keyboard.press("a")
        expect(desk.locator(".document-tab", has_text=title)).to_contain_text("已通过")
    desk.keyboard.press("Shift+A")
    expect(desk.get_by_label("退款金额（元）")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("已批准", exact=True)).to_be_visible()
    assert fake.cases[MAIN]["approved_amount_fen"] == 19900


def test_closing_a_sheet_gives_the_focus_back(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    button = desk.get_by_role("button", name="驳回")
    button.click()
    desk.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_shortcuts_can_be_read_and_switched_off(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    expect(desk.get_by_role("button", name="通过", exact=True)).to_be_enabled()
    desk.keyboard.press("?")
    desk.get_by_label("使用单键快捷键").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("a")
    desk.keyboard.press("r")
    desk.keyboard.press("Shift+R")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert fake.posts == []


def test_what_was_done_is_said_to_screen_readers(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="通过", exact=True).click()
    expect(desk.get_by_role("status").filter(has_text="押金收据已通过。")).to_be_visible()


def test_english_speakers_read_english(browser: Browser, fake: FakeReview, address: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Sign in to the review desk")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    context.close()
