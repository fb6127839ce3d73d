"""Sealed answers: masked for everybody, in clear for a moment and a reason to the one who works on the application."""

from playwright.sync_api import Page, expect

from .conftest import assert_accessible, open_case
from .fake_cases import COMPLAINT, MAIN
from .fake_review import NAME, SEALED, FakeReview


def open_mine(desk: Page, fake: FakeReview, address: str) -> Page:
    fake.cases[MAIN]["assignee"] = NAME
    return open_case(desk, address, MAIN)


def reveal(desk: Page, reason: str = "打款前核对账号") -> None:
    desk.get_by_role("button", name="查看其他收款账户").click()
    sheet = desk.get_by_role("dialog", name="查看：其他收款账户")
    sheet.get_by_label("为什么要看").fill(reason)
    sheet.get_by_role("button", name="查看", exact=True).click()
    expect(sheet.get_by_text(SEALED["number"])).to_be_visible()


def test_a_reason_is_needed_and_goes_into_the_trail(desk: Page, fake: FakeReview, address: str) -> None:
    open_mine(desk, fake, address)
    desk.get_by_role("button", name="查看其他收款账户").click()
    sheet = desk.get_by_role("dialog", name="查看：其他收款账户")
    sheet.get_by_role("button", name="查看", exact=True).click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明为什么要看")
    assert fake.looks == []
    sheet.get_by_label("为什么要看").fill("打款前核对账号")
    sheet.get_by_role("button", name="查看", exact=True).click()
    for label, value in (("户名", SEALED["holder"]), ("开户银行", SEALED["bank"]), ("账号", SEALED["number"])):
        expect(sheet).to_contain_text(f"{label}{value}")
    assert fake.looks == [(MAIN, "other_account", "打款前核对账号")]


def test_what_was_shown_is_gone_when_the_sheet_closes_and_is_kept_nowhere(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_mine(desk, fake, address)
    reveal(desk)
    assert SEALED["number"] not in desk.url + desk.title()
    kept = desk.evaluate("JSON.stringify([localStorage, sessionStorage, history.state])")
    assert SEALED["number"] not in kept
    desk.get_by_role("dialog").get_by_role("button", name="关闭").last.click()
    expect(desk.get_by_role("button", name="查看其他收款账户")).to_be_focused()
    assert SEALED["number"] not in desk.content()
    desk.get_by_role("button", name="查看其他收款账户").click()
    expect(desk.get_by_label("为什么要看")).to_have_value("")


def test_it_does_not_stay_on_the_screen_of_somebody_who_is_signed_out(
    desk: Page, fake: FakeReview, address: str
) -> None:
    desk.clock.install()
    open_mine(desk, fake, address)
    reveal(desk)
    fake.signed_in = False
    desk.clock.run_for(11_000)
    expect(desk.get_by_role("dialog", name="请重新登录")).to_be_visible()
    assert SEALED["number"] not in desk.content()


def test_it_works_by_keyboard_and_with_a_screen_reader(desk: Page, fake: FakeReview, address: str) -> None:
    open_mine(desk, fake, address)
    desk.get_by_role("button", name="查看其他收款账户").press("Enter")
    assert_accessible(desk)
    desk.get_by_label("为什么要看").press_sequentially("核对户名")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(SEALED["number"])).to_be_visible()
    assert_accessible(desk)
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)


def test_who_does_not_work_on_it_sees_only_the_mask(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    expect(desk.get_by_text("张*，尾号0123")).to_be_visible()
    expect(desk.get_by_role("button", name="查看其他收款账户")).to_have_count(0)


def test_somebody_who_was_never_verified_has_no_number_and_no_phone(desk: Page, address: str) -> None:
    open_case(desk, address, COMPLAINT)
    expect(desk.get_by_role("heading", name="未登录的访客", level=1)).to_be_visible()
    answers = desk.get_by_role("region", name="商户填写")
    expect(answers).to_contain_text("希望怎么解决")
    expect(answers).not_to_contain_text("商户号")
    expect(answers).not_to_contain_text("联系电话")
    answers.get_by_role("link", name=MAIN).click()
    expect(desk.get_by_role("heading", name="杭州小满早餐店", level=1)).to_be_visible()
