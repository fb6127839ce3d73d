"""Keyboard, screen reader, touch, contrast: the widget is for everybody."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .axe import violations
from .hand import Widget
from .test_forms import AGREEMENT, IDENTITY_FORM, SECURE_FORM
from .world import Json, World, application, card, choices, text

NUMBER = "SQ2611227K3Q9D"


def everything(world: World) -> None:
    """Every kind of block that there is."""
    agreement = application(agreement=dict(AGREEMENT), allowed_actions=["upload", "agree", "confirm_receipt"])
    agreement["documents"][0] |= {"state": "rejected", "reason": "右下角没有拍到。"}
    agreement["documents"][1] |= {"state": "accepted"}
    world.put(agreement)
    summary: Json = {"type": "summary", "application_no": NUMBER, "title": "请核对", "rows": []}
    summary["rows"] = [{"field": "reason", "label": "原因", "value": "店铺停业"}]
    world.bot(text("您好，卡号⟦银行卡 尾号1234 #a1⟧已保护。"), choices("旧的", "选项"))
    world.bot(IDENTITY_FORM, SECURE_FORM, summary, choices("确认提交", "修改"))
    world.bot({"type": "notice", "level": "warning", "text": "请不要发送银行卡号。"}, text("人工"), sender="agent")
    world.bot({"type": "notice", "level": "info", "text": "系统正在恢复。"}, sender="system")
    for kind in ("checklist", "progress", "agreement"):
        world.bot(card(kind, NUMBER))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: Any, widget: Widget, world: World) -> None:
    widget.page.emulate_media(color_scheme=scheme)
    everything(world)
    widget.say("你好")
    expect(widget.bubble("收到：你好")).to_be_visible()
    expect(widget.document("contract")).to_be_visible()
    widget.card("progress").get_by_text("办理记录").click()
    assert violations(widget.page) == []


def test_axe_finds_nothing_in_dialogs(widget: Widget, world: World) -> None:
    everything(world)
    payload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"photo"}
    widget.frame.locator(".composer input[type=file]").set_input_files([payload])
    expect(widget.frame.get_by_role("dialog")).to_be_visible()
    assert violations(widget.page) == []


def test_a_story_by_keyboard_alone(widget: Widget, page: Page, world: World) -> None:
    expect(widget.box).to_be_focused()
    world.reply = lambda _, said: [text(f"收到：{said}"), choices("店铺停业", "不用了")] if said == "退押金" else []
    page.keyboard.type("退押金")
    page.keyboard.press("Enter")
    expect(widget.button("店铺停业")).to_be_visible()
    expect(widget.box).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(widget.button("不用了")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(widget.own).to_have_text(["退押金", "店铺停业"])
    page.keyboard.press("Shift+Tab")
    expect(widget.frame.get_by_role("log")).to_be_focused()


def test_new_messages_are_said_once_in_the_live_region_and_old_ones_are_not(widget: Widget, world: World) -> None:
    region = widget.frame.get_by_test_id("live-region")
    world.bot(text("审核通过了。"), choices("好的", "有疑问"))
    expect(region).to_have_text("助手: 审核通过了。 可选：好的、有疑问")
    expect(region).to_have_text("")
    expect(widget.frame.get_by_role("log")).to_have_attribute("aria-live", "off")
    widget.page.reload()
    expect(widget.bubble("审核通过了。")).to_be_visible()
    expect(region).to_have_text("")


def test_a_message_does_not_move_the_focus(widget: Widget, world: World) -> None:
    world.bot(text("第一条"), choices("好的"))
    widget.button("好的").focus()
    world.bot(text("第二条"))
    expect(widget.bubble("第二条")).to_be_visible()
    expect(widget.button("好的")).to_be_focused()


def test_a_reader_who_scrolled_up_stays_there_and_is_told_of_news(widget: Widget, world: World) -> None:
    for number in range(40):
        world.bot(text(f"第{number}条"))
    expect(widget.bubble("第39条")).to_be_in_viewport()
    widget.box.press("Home")
    expect(widget.bubble("第39条")).not_to_be_in_viewport()
    world.bot(text("刚刚来的"))
    widget.button("1 条新消息").click()
    expect(widget.bubble("刚刚来的")).to_be_in_viewport()
    expect(widget.button("1 条新消息")).to_have_count(0)


def test_on_a_small_phone_everything_fits_and_can_be_touched(phone: Page, widget: Widget, world: World) -> None:
    everything(world)
    expect(widget.document("contract")).to_be_visible()
    too_wide = phone.evaluate("document.querySelector('.transcript').scrollWidth > 360")
    assert not too_wide
    small = phone.evaluate(
        """() => [...document.querySelectorAll('button, summary, input:not([type=file]), textarea')]
          .filter((item) => item.checkVisibility() && !item.matches('.text-button'))
          .map((item) => [item.textContent || item.ariaLabel, item.getBoundingClientRect().height])
          .filter(([, height]) => height < 40)"""
    )
    assert small == []


def test_the_composer_stays_above_an_on_screen_keyboard(phone: Page, widget: Widget) -> None:
    phone.set_viewport_size({"width": 360, "height": 360})
    expect(widget.box).to_be_in_viewport(ratio=1)
