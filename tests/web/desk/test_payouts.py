"""The payouts: let go by a second person, listed for the bank, recorded one after the other."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .conftest import assert_accessible, open_room
from .fake_review import FakeReview
from .fake_rooms import HELD, NEW_ACCOUNT, OWN


def row(page: Page, refund_no: str) -> Locator:
    return page.locator(f"[data-row='{refund_no}']")


@pytest.fixture
def held(page: Page, fake: FakeReview, address: str) -> Page:
    open_room(page, fake, address, "payouts")
    expect(row(page, HELD)).to_be_visible()
    return page


@pytest.fixture
def opened(page: Page, fake: FakeReview, address: str) -> Page:
    open_room(page, fake, address, "payouts?tab=open")
    expect(row(page, "SQ26112500OPEN-1")).to_be_visible()
    return page


def test_a_held_payout_says_what_is_signed_and_why_it_is_held(held: Page) -> None:
    line = row(held, NEW_ACCOUNT)
    for words in ("¥23,500.00", "招商银行 尾号 8806", "户名 李*", "金额较大", "收款账户不是登记的结算账户", "林审核"):
        expect(line).to_contain_text(words)


def test_releasing_names_amount_tail_and_merchant_and_is_sent_once(held: Page, fake: FakeReview) -> None:
    row(held, HELD).get_by_role("button", name="放款", exact=True).click()
    sheet = held.get_by_role("dialog", name="确认放款")
    expect(sheet).to_contain_text("把 ¥12,800.00 打给杭州小满早餐店，中国农业银行尾号 2800")
    assert_accessible(held)
    sheet.get_by_role("button", name="放款 ¥12,800.00").dblclick()
    expect(held.get_by_role("dialog")).to_have_count(0)
    expect(row(held, HELD)).to_have_count(0)
    assert fake.rooms.sent == [("SQ26112000HELD", "payout/release", {"version": 7})]


def test_who_approved_it_cannot_let_it_go(held: Page, fake: FakeReview) -> None:
    line = row(held, OWN)
    expect(line).to_contain_text("你批准的，要由别人放款")
    expect(line.get_by_role("button", name="放款", exact=True)).to_have_count(0)
    line.focus()
    held.keyboard.press("Shift+P")
    expect(held.get_by_role("dialog")).to_have_count(0)


def test_the_service_has_the_last_word_on_four_eyes(held: Page, fake: FakeReview) -> None:
    row(held, HELD).get_by_role("button", name="放款", exact=True).click()
    fake.rooms.payouts[HELD]["approved_by"] = fake.person.name
    held.get_by_role("button", name="放款 ¥12,800.00").click()
    expect(held.get_by_role("alert")).to_contain_text("打款要由另一个人放款")
    assert fake.rooms.sent == []


def test_a_stale_payout_is_refused_with_a_sentence(held: Page, fake: FakeReview) -> None:
    row(held, HELD).get_by_role("button", name="放款", exact=True).click()
    fake.rooms.payouts[HELD]["version"] = 8
    held.get_by_role("button", name="放款 ¥12,800.00").click()
    expect(held.get_by_role("alert")).to_contain_text("这笔打款刚刚有更新")


def test_giving_one_back_to_review_needs_a_reason(held: Page, fake: FakeReview) -> None:
    held.keyboard.press("j")
    held.keyboard.press("Shift+F")
    sheet = held.get_by_role("dialog", name="不放款")
    sheet.get_by_role("button", name="确认不放款").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明为什么不放款")
    sheet.get_by_label("为什么不放款").fill("户名和营业执照对不上")
    sheet.get_by_role("button", name="确认不放款").click()
    expect(held.get_by_role("dialog")).to_have_count(0)
    sent = {"reason_text": "户名和营业执照对不上", "version": 7}
    assert fake.rooms.sent == [("SQ26112000HELD", "payout/refuse", sent)]


def test_an_auditor_reads_and_can_change_nothing(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "payouts", role="auditor")
    expect(row(page, HELD)).to_be_visible()
    expect(page.locator("tbody button")).to_have_count(0)
    page.goto(f"{address}#/payouts?tab=open")
    expect(page.locator("tbody tr")).to_have_count(5)
    expect(page.get_by_role("checkbox")).to_have_count(0)


def test_the_chosen_are_summed_and_listed_for_the_bank_with_a_reason(opened: Page, fake: FakeReview) -> None:
    opened.keyboard.press("j")
    opened.keyboard.press("x")
    opened.keyboard.press("j")
    opened.keyboard.press("x")
    expect(opened.get_by_role("region", name="选中的打款")).to_contain_text("已选 2 笔，合计 ¥498.00")
    opened.keyboard.press("l")
    sheet = opened.get_by_role("dialog", name="下载银行清单")
    expect(sheet).to_contain_text("都会记入审计")
    sheet.get_by_role("button", name="下载 2 笔").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明为什么下载")
    sheet.get_by_label("为什么下载").fill("今天网银打款")
    with opened.expect_download() as download:
        sheet.get_by_role("button", name="下载 2 笔").click()
    assert download.value.suggested_filename.startswith("打款清单-")
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    assert fake.rooms.lists == [(["SQ26112500OPEN-1", "SQ26112501OPEN-1"], "今天网银打款")]


def test_all_are_chosen_at_once_and_only_those_paid_by_hand(opened: Page) -> None:
    opened.get_by_role("checkbox", name="全选").check()
    expect(opened.get_by_role("region", name="选中的打款")).to_contain_text("已选 4 笔，合计 ¥1,877.50")


def test_results_are_recorded_one_after_the_other_by_keyboard(opened: Page, fake: FakeReview) -> None:
    opened.keyboard.press("Shift+B")
    for place, reference in enumerate(["A001", "A002"], 1):
        expect(opened.get_by_role("dialog", name=f"登记打款结果（{place}/4）")).to_be_visible()
        expect(opened.get_by_label("银行流水号")).to_be_focused()
        opened.keyboard.type(reference)
        opened.keyboard.press("Enter")
    expect(opened.get_by_role("dialog", name="登记打款结果（3/4）")).to_be_visible()
    opened.keyboard.press("Enter")
    expect(opened.get_by_role("alert")).to_have_text("请填写银行流水号。")
    opened.get_by_role("button", name="先跳过").click()
    expect(opened.get_by_role("dialog")).to_contain_text("西安城墙照相馆")
    opened.keyboard.press("Escape")
    expect(opened.get_by_role("dialog")).to_have_count(0)
    expect(opened.locator("tbody tr")).to_have_count(3)
    assert [body["bank_reference"] for _, _, body in fake.rooms.sent] == ["A001", "A002"]


def test_a_failed_payout_needs_a_reason(opened: Page, fake: FakeReview) -> None:
    row(opened, "SQ26112502OPEN-1").get_by_role("button", name="登记结果").click()
    sheet = opened.get_by_role("dialog")
    sheet.get_by_label("这笔没有打成功").check()
    sheet.get_by_role("button", name="登记", exact=True).click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明没有打成功的原因")
    sheet.get_by_label("失败原因").fill("账号已销户")
    assert_accessible(opened)
    sheet.get_by_role("button", name="登记", exact=True).click()
    expect(opened.get_by_role("dialog")).to_have_count(0)
    body = {"result": "failed", "bank_reference": None, "reason_text": "账号已销户", "version": 7}
    assert fake.rooms.sent == [("SQ26112502OPEN", "payout", body)]


def test_the_tabs_count_and_an_empty_one_says_so(held: Page, fake: FakeReview) -> None:
    tabs = held.get_by_role("navigation", name="打款状态")
    expect(tabs.get_by_role("link", name="待放款")).to_contain_text("3")
    del fake.rooms.payouts["SQ2611200PAID-1"]
    tabs.get_by_role("link", name="已打款").click()
    expect(held.get_by_role("heading", name="这里没有打款")).to_be_visible()
