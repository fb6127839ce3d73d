"""One's own account: a new password, the second factor, and the first steps of somebody new."""

import re

from playwright.sync_api import Page, expect

from .conftest import assert_accessible, open_room, sign_in
from .fake_people import PASSWORD
from .fake_review import FakeReview
from .fake_staff import CODE, RECOVERY_CODES

CURRENT = re.compile("^(现在的密码|刚才登录用的一次性密码)$")
GOOD = "雨伞-汽水-栏杆-四十二"


def type_passwords(page: Page, current: str, new: str, again: str) -> None:
    page.get_by_label("新密码", exact=True).fill(new)
    page.get_by_label("再输一遍新密码", exact=True).fill(again)
    page.get_by_label(CURRENT).first.fill(current)


def test_the_rules_of_a_password_tick_off_while_it_is_typed(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "account")
    rules = page.get_by_role("region", name="密码").get_by_role("listitem")
    page.get_by_label("新密码", exact=True).fill("短的何主管")
    expect(rules.filter(has_text="至少 12 个字符")).to_contain_text("还没满足")
    expect(rules.filter(has_text="不含自己的姓名")).to_contain_text("还没满足")
    type_passwords(page, PASSWORD, GOOD, GOOD)
    for words in ("至少 12 个字符", "不含自己的姓名", "和现在的不一样", "两遍一致"):
        expect(rules.filter(has_text=words)).to_contain_text("已满足")


def test_a_password_that_keeps_no_rules_is_not_sent(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "account")
    type_passwords(page, PASSWORD, GOOD, "另一个")
    page.get_by_role("button", name="更换密码").click()
    expect(page.get_by_role("alert")).to_contain_text("新密码还没有满足上面的要求")
    assert fake.password == PASSWORD


def test_what_the_service_finds_weak_or_wrong_is_said(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "account")
    type_passwords(page, PASSWORD, "password-password", "password-password")
    page.get_by_role("button", name="更换密码").click()
    expect(page.get_by_role("alert")).to_contain_text("这个密码太常见")
    type_passwords(page, "not-mine", GOOD, GOOD)
    page.get_by_role("button", name="更换密码").click()
    expect(page.get_by_role("alert")).to_contain_text("现在的密码不对")
    expect(page.get_by_role("dialog", name="请重新登录")).to_have_count(0)


def test_a_changed_password_empties_the_boxes(page: Page, fake: FakeReview, address: str) -> None:
    open_room(page, fake, address, "account")
    type_passwords(page, PASSWORD, GOOD, GOOD)
    page.get_by_role("button", name="更换密码").click()
    expect(page.get_by_role("status").filter(has_text="密码已更换")).to_be_visible()
    expect(page.get_by_label("新密码", exact=True)).to_have_value("")
    assert fake.password == GOOD


def test_somebody_new_sets_a_password_and_a_factor_before_anything_else(
    page: Page, fake: FakeReview, address: str
) -> None:
    fake.must_change_password, fake.must_set_second_factor = True, True
    page.goto(address)
    sign_in(page)
    expect(page.get_by_role("heading", name="先设一个自己的密码")).to_be_visible()
    assert_accessible(page)
    type_passwords(page, PASSWORD, GOOD, GOOD)
    page.get_by_role("button", name="更换密码").click()
    expect(page.get_by_role("heading", name="再绑定动态验证码")).to_be_visible()
    set_up_factor(page, GOOD)
    expect(page.locator("a.case-link").first).to_be_visible()


def test_a_factor_is_set_up_with_a_picture_and_its_codes_are_shown_once(
    page: Page, fake: FakeReview, address: str
) -> None:
    open_room(page, fake, address, "account")
    card = page.get_by_role("region", name="动态验证码")
    card.get_by_label("现在的密码", exact=True).fill(PASSWORD)
    card.get_by_role("button", name="开始绑定").click()
    expect(card.get_by_role("img", name="绑定用的二维码")).to_be_visible()
    expect(card).to_contain_text("JBSW Y3DP EHPK 3PXP")
    card.get_by_label("验证器显示的 6 位数字").fill("000000")
    card.get_by_role("button", name="确认绑定").click()
    expect(card.get_by_role("alert")).to_contain_text("动态验证码不对")
    assert_accessible(page)
    card.get_by_label("验证器显示的 6 位数字").fill(CODE)
    card.get_by_role("button", name="确认绑定").click()
    expect(card.get_by_role("list", name="恢复码").get_by_role("listitem")).to_have_text(RECOVERY_CODES)
    expect(card.get_by_role("button", name="完成")).to_be_disabled()
    assert_accessible(page)
    card.get_by_label("我已经收好了").check()
    card.get_by_role("button", name="完成").click()
    expect(card).to_contain_text("已绑定")
    expect(card).not_to_contain_text(RECOVERY_CODES[0])


def test_a_factor_is_removed_with_the_password(page: Page, fake: FakeReview, address: str) -> None:
    fake.second_factor = True
    page.goto(address)
    sign_in(page)
    page.get_by_label("动态验证码或恢复码").fill(CODE)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name="我的账号").click()
    card = page.get_by_role("region", name="动态验证码")
    card.get_by_label("现在的密码", exact=True).fill(PASSWORD)
    card.get_by_role("button", name="解除绑定").click()
    expect(card.get_by_role("button", name="开始绑定")).to_be_visible()
    assert not fake.second_factor


def set_up_factor(page: Page, password: str) -> None:
    page.get_by_label("现在的密码", exact=True).fill(password)
    page.get_by_role("button", name="开始绑定").click()
    page.get_by_label("验证器显示的 6 位数字").fill(CODE)
    page.get_by_role("button", name="确认绑定").click()
    page.get_by_label("我已经收好了").check()
    page.get_by_role("button", name="完成").click()
