"""Getting in, being kept out, and coming back to where one was."""

from playwright.sync_api import Page, expect

from .conftest import open_case, sign_in
from .fake_cases import MAIN
from .fake_review import FakeReview
from .fake_staff import ATTEMPTS, CODE, RECOVERY_CODES


def test_a_wrong_password_is_told_and_too_many_lock_the_login(page: Page, fake: FakeReview, address: str) -> None:
    page.goto(address)
    for _ in range(ATTEMPTS):
        sign_in(page, "wrong")
        expect(page.get_by_role("alert")).to_contain_text("账号或密码不对")
    sign_in(page)
    expect(page.get_by_role("alert")).to_contain_text("账号已暂时锁定，请 15 分钟后再试")
    expect(page.get_by_role("alert")).to_contain_text("现在还要等约 8 分钟")


def test_empty_boxes_are_not_sent(page: Page, fake: FakeReview, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("请填写账号和密码。")
    assert fake.failures == 0


def test_signing_in_leads_to_the_address_that_was_asked_for(page: Page, fake: FakeReview, address: str) -> None:
    page.goto(f"{address}#/applications/{MAIN}")
    sign_in(page)
    expect(page.get_by_role("heading", name="杭州小满早餐店", level=1)).to_be_visible()


def test_an_ended_session_keeps_the_page_and_what_was_typed(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="驳回").click()
    desk.get_by_role("radio").first.check()
    desk.get_by_label("给商户的话").fill("协议第 4 条：未满一年。")
    fake.signed_in = False
    desk.get_by_role("button", name="确认驳回").click()
    expect(desk.get_by_role("dialog", name="请重新登录")).to_be_visible()
    sign_in(desk)
    expect(desk.get_by_role("dialog", name="请重新登录")).to_be_hidden()
    expect(desk.get_by_label("给商户的话")).to_have_value("协议第 4 条：未满一年。")
    desk.get_by_role("button", name="确认驳回").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert fake.cases[MAIN]["said"] == "协议第 4 条：未满一年。"


def test_signing_out_ends_the_session(desk: Page, fake: FakeReview) -> None:
    desk.get_by_role("button", name="退出登录").click()
    expect(desk.get_by_role("heading", name="登录审核台")).to_be_visible()
    assert not fake.signed_in


def test_a_second_factor_is_asked_for_after_the_password(page: Page, fake: FakeReview, address: str) -> None:
    fake.second_factor = True
    page.goto(address)
    sign_in(page)
    box = page.get_by_label("动态验证码或恢复码")
    expect(box).to_be_focused()
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("请填写验证码。")
    box.fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("动态验证码不对")
    box.fill(f"{CODE[:3]} {CODE[3:]}")
    page.keyboard.press("Enter")
    expect(page.locator("a.case-link").first).to_be_visible()


def test_a_recovery_code_signs_in_once(page: Page, fake: FakeReview, address: str) -> None:
    fake.second_factor = True
    for sentence in (None, "动态验证码不对"):
        page.goto(address)
        sign_in(page)
        page.get_by_label("动态验证码或恢复码").fill(RECOVERY_CODES[0])
        page.get_by_role("button", name="登录", exact=True).click()
        if sentence is None:
            page.get_by_role("button", name="退出登录").click()
        else:
            expect(page.get_by_role("alert")).to_contain_text(sentence)


def test_the_code_can_be_left_for_another_account(page: Page, fake: FakeReview, address: str) -> None:
    fake.second_factor = True
    page.goto(address)
    sign_in(page)
    page.get_by_role("button", name="换一个账号登录").click()
    expect(page.get_by_label("账号")).to_be_focused()
