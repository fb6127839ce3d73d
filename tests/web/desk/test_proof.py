"""Reconciliation and the audit trail: what agrees is said in one sentence, what does not is named."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import open_room
from .fake_review import FakeReview


@pytest.fixture
def audit(page: Page, fake: FakeReview, address: str) -> Page:
    return open_room(page, fake, address, "audit", role="auditor")


def test_when_all_agrees_one_sentence_says_so(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "reconciliation")
    verdict = page.get_by_role("region", name="对账结果")
    expect(verdict).to_contain_text("全部一致，没有差异。")
    expect(verdict).to_contain_text("11月27日 10:30")
    expect(page.get_by_role("main")).to_contain_text("1,284")


def test_differences_are_sentences_that_lead_to_the_application(page: Page, fake: FakeReview, address: str) -> None:
    text = "账本记了 ¥199.00，打款只有 ¥99.00。"
    fake.rooms.differences = [{"kind": "ledger", "application_no": "SQ26112000HELD", "text": text}]
    open_room(page, fake, address, "reconciliation")
    expect(page.get_by_role("region", name="对账结果")).to_contain_text("有 1 处对不上")
    expect(page.get_by_role("listitem").filter(has_text=text)).to_be_visible()
    link = page.get_by_role("main").get_by_role("link", name="SQ26112000HELD")
    expect(link).to_have_attribute("href", "#/applications/SQ26112000HELD")
    fake.rooms.differences = []
    page.get_by_role("button", name="重新对账").click()
    expect(page.get_by_role("region", name="对账结果")).to_contain_text("全部一致")


def test_an_intact_chain_is_told_with_what_was_checked(audit: Page) -> None:
    expect(audit.get_by_role("region", name="审计链")).to_contain_text("逐条核对了 18,230 条记录")


def test_a_broken_chain_names_the_first_row(page: Page, fake: FakeReview, address: str) -> None:
    fake.rooms.broken = {"table": "trail_entries", "row": "4711", "text": "内容和它的校验值对不上。"}
    open_room(page, fake, address, "audit")
    alert = page.get_by_role("region", name="审计链").get_by_role("alert")
    expect(alert).to_have_text("审计链断了，最早出问题的是操作记录第 4711 行。 内容和它的校验值对不上。")


def test_before_and_after_stand_side_by_side_and_what_stayed_is_left_out(audit: Page) -> None:
    row = audit.get_by_role("row").filter(has_text="关管理")
    expect(row.locator("del")).to_have_text("之前：审核员")
    expect(row.locator("ins")).to_have_text("之后：审核主管")
    expect(row).not_to_contain_text("在用")


def test_a_reason_stands_with_what_was_done(audit: Page) -> None:
    expect(audit.get_by_role("row").filter(has_text="周出纳").last).to_contain_text("原因：11月26日网银打款")


def test_filters_narrow_the_trail_and_survive_a_reload(audit: Page) -> None:
    audit.get_by_role("combobox", name="谁").select_option("周出纳")
    expect(audit.locator("tbody tr")).to_have_count(2)
    audit.reload()
    expect(audit.locator("tbody tr")).to_have_count(2)
    expect(audit.get_by_role("combobox", name="谁")).to_have_value("staff:st_zhou")
    audit.get_by_role("combobox", name="做了什么").select_option("下载银行清单")
    expect(audit.locator("tbody tr")).to_have_count(1)
    audit.get_by_role("link", name="清除筛选").click()
    expect(audit.locator("tbody tr")).to_have_count(20)


def test_a_name_in_the_trail_shows_all_that_this_person_did(audit: Page) -> None:
    audit.get_by_role("link", name="关管理").click()
    expect(audit.locator("tbody tr")).to_have_count(1)


def test_older_entries_are_added_below(audit: Page) -> None:
    audit.get_by_role("button", name="加载更多").click()
    expect(audit.locator("tbody tr")).to_have_count(28)
    expect(audit.get_by_role("button", name="加载更多")).to_have_count(0)
