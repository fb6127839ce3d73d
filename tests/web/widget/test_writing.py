"""Writing and reading: input methods, hostile texts, sensitive numbers, choices."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.waiting import eventually

from .axe import violations
from .hand import Widget
from .world import World, choices, text

HOSTILE = [
    "<script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "<svg/onload=window.hacked=1>",
    '"><iframe srcdoc="<script>parent.hacked=1</script>">',
    "javascript:window.hacked=1",
    "[点我](javascript:window.hacked=1)",
    "{{constructor.constructor('window.hacked=1')()}}",
    "<a href='https://evil.example'>官网</a> https://evil.example",
    "&lt;b&gt;不是标签&lt;/b&gt;",
    "\u202e反着读的\u202c \u0000 \ufffd 😀",
]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_texts_are_only_text(hostile: str, widget: Widget, world: World) -> None:
    world.reply = lambda _, said: [text(said), choices(hostile[:60]), {"type": "notice", "level": "info", "text": said}]
    widget.say(hostile)
    expect(widget.frame.locator(".notice")).to_be_visible()
    assert widget.own.inner_text().strip() == hostile.replace("\u0000", "").strip() or "\u0000" in hostile
    assert widget.page.evaluate("window.hacked") is None
    assert widget.frame.locator("#transcript").locator("a, img, iframe, script").count() == 0


def test_enter_that_ends_a_word_of_an_input_method_does_not_send(widget: Widget, page: Page, world: World) -> None:
    widget.box.focus()
    cdp = page.context.new_cdp_session(page)
    cdp.send("Input.imeSetComposition", {"text": "ya'jin", "selectionStart": 6, "selectionEnd": 6})
    enter = {"windowsVirtualKeyCode": 229, "key": "Enter", "code": "Enter"}
    cdp.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    cdp.send("Input.insertText", {"text": "押金"})
    cdp.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    expect(widget.box).to_have_value("押金")
    assert world.only().said() == []
    widget.box.press("Enter")
    expect(widget.own).to_have_text(["押金"])


def test_shift_enter_breaks_the_line(widget: Widget, world: World) -> None:
    widget.box.fill("第一行")
    widget.box.press("Shift+Enter")
    widget.box.press_sequentially("第二行")
    widget.box.press("Enter")
    expect(widget.own).to_have_count(1)
    eventually(widget.page, lambda: world.only().said() == ["第一行\n第二行"])


def test_blank_texts_are_not_sent(widget: Widget, world: World) -> None:
    widget.say("  \n ")
    expect(widget.button("发送")).to_be_disabled()
    assert world.only().said() == []


def test_sensitive_numbers_are_shown_as_pills(widget: Widget, world: World) -> None:
    world.bot(text("卡号⟦银行卡 尾号1234 #a1⟧已保护。"))
    expect(widget.frame.locator(".token")).to_have_text("银行卡 尾号1234")


def test_a_choice_works_once_and_stays_marked(widget: Widget, world: World) -> None:
    world.bot(text("为什么退？"), choices("店铺停业", "不用了"))
    widget.button("店铺停业").click()
    expect(widget.own).to_have_text(["店铺停业"])
    chosen = widget.frame.locator(".choice-chosen")
    expect(chosen).to_have_text("店铺停业已选择")
    expect(chosen).to_have_attribute("aria-disabled", "true")
    widget.button("不用了").dispatch_event("click")
    widget.page.reload()
    expect(widget.frame.locator(".choice-chosen")).to_have_text("店铺停业已选择")
    assert world.only().said() == ["店铺停业"]


def test_newer_choices_take_the_place_of_older_ones(widget: Widget, world: World) -> None:
    world.bot(choices("旧的选项"))
    world.bot(choices("新的选项"))
    expect(widget.button("旧的选项")).to_have_attribute("aria-disabled", "true")
    expect(widget.button("新的选项")).to_have_attribute("aria-disabled", "false")


TRANSACTIONS = [f"11月{day}日 14:32 · 微信支付 · ¥{day}8.00（尾号{day}07）" for day in range(10, 28)]


def test_a_long_list_of_choices_scrolls_and_shrinks_to_what_was_chosen(
    phone: Page, widget: Widget, world: World
) -> None:
    world.bot(text("要退哪一笔？"), choices(*TRANSACTIONS, "转人工", "先不办"))
    group = widget.frame.get_by_role("group", name="请选择")
    box = group.bounding_box()
    assert box
    assert box["height"] <= 320
    assert not phone.evaluate("document.querySelector('.transcript').scrollWidth > 360")
    assert violations(phone) == []
    widget.button("先不办").focus()
    expect(widget.button("先不办")).to_be_in_viewport()
    widget.button(TRANSACTIONS[12]).click()
    expect(widget.own).to_have_text([TRANSACTIONS[12]])
    expect(group.get_by_role("button")).to_have_count(1)
    widget.page.reload()
    expect(widget.frame.locator(".choice-chosen")).to_have_text(f"{TRANSACTIONS[12]}已选择")
    expect(group.get_by_role("button")).to_have_count(1)


def test_a_long_title_wraps_inside_its_button(phone: Page, widget: Widget, world: World) -> None:
    title = "退押金 · 移动POS（尾号0815）· 等您确认金额和收款账户 · 11月23日更新"
    world.bot(text("要看哪一份？"), choices(title, "都不是"))
    box = widget.button(title).bounding_box()
    assert box
    assert box["x"] + box["width"] <= 360 - 14
    assert box["height"] > 50


def test_a_refused_message_says_why_and_can_be_deleted(widget: Widget) -> None:
    body = '{"type":"rate_limited","title":"","status":422,"detail":"这条消息太长了，请分开发。"}'
    widget.page.route(
        "**/v1/conversation/messages",
        lambda route: route.fulfill(status=422, body=body) if route.request.method == "POST" else route.continue_(),
    )
    widget.say("太长了")
    expect(widget.frame.get_by_text("这条消息太长了，请分开发。")).to_be_visible()
    widget.button("删除").click()
    expect(widget.own).to_have_count(0)


def test_the_other_side_is_seen_typing(widget: Widget, world: World) -> None:
    world.only().typing = True
    expect(widget.frame.get_by_role("img", name="正在输入")).to_be_visible()
    world.only().typing = False
    expect(widget.frame.get_by_role("img", name="正在输入")).to_have_count(0)


def test_who_answers_is_said_at_the_top(widget: Widget, world: World) -> None:
    world.only().status = "agent"
    expect(widget.frame.get_by_text("人工客服正在为您服务")).to_be_visible()
