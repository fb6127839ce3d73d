"""A verified merchant ties WeChat by a QR code in the settings, sees that it is tied, and ends it there."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.wechat.qr import read_qr

from .axe import violations
from .hand import Widget
from .world import NO_TIE, World, identity

TIED = {**NO_TIE, "followers": 1, "since": "2026-11-22T08:00:00Z"}


def open_settings(widget: Widget, world: World) -> Locator:
    world.only().identity = identity()
    widget.page.reload()
    widget.ready()
    widget.button("通知设置").click()
    settings = widget.frame.get_by_role("dialog", name="通知设置")
    expect(settings.get_by_label("短信")).to_be_visible()
    return settings


@pytest.fixture
def bridge(world: World) -> None:
    """The operator has WeChat."""
    world.notifications["available"] = ["sms", "wechat"]


def test_where_the_bridge_is_off_nothing_speaks_of_it(widget: Widget, world: World) -> None:
    settings = open_settings(widget, world)
    expect(settings.get_by_role("heading", name="微信")).to_have_count(0)
    expect(settings.get_by_role("button", name="绑定微信")).to_have_count(0)


@pytest.mark.usefixtures("bridge")
def test_the_code_is_shown_with_its_time_until_it_is_scanned(widget: Widget, world: World, phone: Page) -> None:
    settings = open_settings(widget, world)
    expect(settings.get_by_text("还没有绑定")).to_be_visible()
    assert violations(widget.page) == []
    settings.get_by_role("button", name="绑定微信").click()
    code = settings.get_by_role("img", name="绑定微信的二维码")
    expect(code).to_be_visible()
    expect(settings.get_by_text("还剩 9:5")).to_be_visible()
    code.scroll_into_view_if_needed()
    assert read_qr(code.screenshot()) == "http://weixin.qq.com/q/1"
    assert violations(widget.page) == []
    world.tie = {**TIED, "code": "scanned"}
    expect(settings.get_by_text("已绑定 1 个微信")).to_be_visible()
    expect(code).to_have_count(0)
    expect(settings.get_by_role("button", name="再绑定一个微信")).to_be_focused()
    assert violations(widget.page) == []


@pytest.mark.usefixtures("bridge")
def test_a_code_that_is_over_is_told_and_renewed(widget: Widget, world: World) -> None:
    world.code_seconds = 1
    settings = open_settings(widget, world)
    settings.get_by_role("button", name="绑定微信").click()
    expect(settings.get_by_text("过期了")).to_be_visible()
    expect(settings.get_by_role("img", name="绑定微信的二维码")).to_have_count(0)
    world.code_seconds = 600
    settings.get_by_role("button", name="换一个二维码").click()
    expect(settings.get_by_role("img", name="绑定微信的二维码")).to_be_visible()
    assert world.codes_shown == 2


@pytest.mark.usefixtures("bridge")
def test_a_tie_is_ended_by_the_keyboard_and_asked_for_twice(widget: Widget, world: World) -> None:
    world.tie = {**TIED}
    settings = open_settings(widget, world)
    press = widget.page.keyboard.press
    settings.get_by_role("button", name="解除绑定").focus()
    press("Enter")
    expect(settings.get_by_text("都看不到您的业务了")).to_be_visible()
    assert violations(widget.page) == []
    press("Tab")
    press("Enter")  # rather not
    expect(settings.get_by_role("button", name="解除绑定")).to_be_focused()
    assert world.tie == TIED
    press("Enter")
    press("Enter")
    expect(settings.get_by_text("还没有绑定")).to_be_visible()
    expect(settings.get_by_role("button", name="绑定微信")).to_be_focused()
    assert world.tie == NO_TIE


@pytest.mark.usefixtures("bridge")
def test_where_no_account_gives_codes_the_way_by_the_chat_is_told(widget: Widget, world: World) -> None:
    world.tie["can_bind"] = False
    settings = open_settings(widget, world)
    expect(settings.get_by_text("点一下聊天里的链接")).to_be_visible()
    expect(settings.get_by_role("button", name="绑定微信")).to_have_count(0)
