"""The messages: those that did not arrive are seen first, and can be sent again by who may."""

from playwright.sync_api import Page, expect

from .conftest import open_room
from .fake_review import FakeReview


def test_what_did_not_arrive_comes_first_with_the_cause(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "deliveries")
    expect(page.locator("tbody tr")).to_have_count(2)
    row = page.get_by_role("row").filter(has_text="x***@example.cn")
    expect(row).to_contain_text("试了 8 次")
    expect(row).to_contain_text("对方邮箱不存在")


def test_a_dead_message_is_sent_again(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "deliveries")
    page.get_by_role("button", name="重新发送 x***@example.cn").click()
    expect(page.get_by_role("status").filter(has_text="已重新排队")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert fake.rooms.deliveries["d1"]["state"] == "pending"


def test_who_only_reads_cannot_send(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "deliveries", role="auditor")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.get_by_role("button", name="重新发送")).to_have_count(0)


def test_waiting_ones_say_when_they_are_tried_next(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "deliveries")
    page.get_by_role("link", name="等待发送").click()
    expect(page.locator("tbody tr").filter(has_text="下次 11月26日 12:20")).to_have_count(1)


def test_a_channel_narrows_the_list_and_an_empty_one_says_so(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "deliveries")
    page.get_by_role("combobox", name="渠道").select_option("系统推送")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("combobox", name="渠道").select_option("短信")
    expect(page.get_by_role("heading", name="这里没有通知")).to_be_visible()
