"""A verified merchant chooses how to hear of progress when the chat is closed."""

import pytest
from playwright.sync_api import Locator, expect

from .axe import violations
from .hand import Widget
from .world import World, identity


@pytest.fixture
def settings(widget: Widget, world: World) -> Locator:
    world.only().identity = identity()
    widget.page.reload()
    widget.ready()
    widget.button("通知设置").click()
    return widget.frame.get_by_role("dialog", name="通知设置")


def test_nobody_is_asked_before_it_is_known_who_they_are(widget: Widget) -> None:
    expect(widget.button("通知设置")).to_have_count(0)


def test_only_the_ways_that_there_are_can_be_chosen(settings: Locator, widget: Widget) -> None:
    expect(settings.get_by_label("短信")).to_be_checked()
    expect(settings.get_by_label("微信")).to_have_count(0)
    expect(settings).to_contain_text("现在发到 x***@example.cn")
    assert violations(widget.page) == []


def test_what_is_chosen_is_saved_and_an_empty_address_leaves_the_old_one(settings: Locator, world: World) -> None:
    settings.get_by_label("短信").uncheck()
    settings.get_by_role("button", name="保存").click()
    expect(settings).to_be_hidden()
    assert world.wishes == [{"sms": False, "wechat": False}]


def test_a_new_address_is_saved_and_a_wrong_one_is_told(settings: Locator, world: World) -> None:
    settings.get_by_label("邮箱", exact=True).fill("nonsense")
    settings.get_by_role("button", name="保存").click()
    expect(settings.get_by_role("alert")).to_contain_text("邮箱看起来不对")
    settings.get_by_label("邮箱", exact=True).fill("new@example.cn")
    settings.get_by_role("button", name="保存").click()
    expect(settings).to_be_hidden()
    assert world.wishes == [{"sms": True, "wechat": False, "email": "new@example.cn"}]


def test_an_address_can_be_forgotten(settings: Locator, world: World) -> None:
    settings.get_by_label("不再发邮件").check()
    settings.get_by_role("button", name="保存").click()
    expect(settings).to_be_hidden()
    assert world.wishes == [{"sms": True, "wechat": False, "email": None}]


def test_it_is_left_by_escape_without_saving(settings: Locator, widget: Widget, world: World) -> None:
    settings.get_by_label("短信").uncheck()
    widget.page.keyboard.press("Escape")
    expect(settings).to_be_hidden()
    expect(widget.button("通知设置")).to_be_focused()
    assert world.wishes == []
