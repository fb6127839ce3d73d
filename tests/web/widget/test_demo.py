"""The demo shop's page: who is logged in, the text messages, and the widget on it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .axe import violations
from .hand import Widget
from .serving import Server
from .world import World

FIRST, SECOND, AGENT = "822100012340001", "822100012340002", "822100099990001"


@pytest.fixture
def demo(page: Page, service: Server, world: World) -> Page:
    world.shops |= {FIRST: "张记小吃店", SECOND: "小满早餐店", AGENT: "诚达支付服务部"}
    world.agents.add(AGENT)
    page.goto(f"{service.url}/demo/")
    expect(page.get_by_role("radio")).to_have_count(4)
    return page


def open_widget(page: Page) -> Widget:
    page.get_by_role("button", name="打开服务助手").click()
    frame = page.locator("iframe.frame").element_handle().content_frame()
    assert frame
    return Widget(page, frame).ready()


def test_it_says_that_it_is_a_demo(demo: Page) -> None:
    expect(demo.get_by_text("这是演示页面")).to_be_visible()


def test_a_merchant_who_is_logged_in_is_known_to_the_assistant(demo: Page, world: World) -> None:
    demo.get_by_label("小满早餐店").check()
    expect(demo.get_by_role("heading", name="您好，小满早餐店")).to_be_visible()
    open_widget(demo)
    identity = world.only().identity
    assert identity
    assert identity["merchant_no"] == SECOND


def test_an_agent_is_marked_as_one_and_can_be_chosen(demo: Page, world: World) -> None:
    demo.get_by_label("诚达支付服务部代理商").check()
    expect(demo.get_by_text("代理商后台")).to_be_visible()
    open_widget(demo)
    identity = world.only().identity
    assert identity
    assert identity["merchant_no"] == AGENT


def test_whoever_logs_in_next_gets_a_conversation_of_their_own(demo: Page, world: World) -> None:
    demo.get_by_label("张记小吃店").check()
    widget = open_widget(demo)
    widget.say("这是张记的事")
    expect(widget.bubble("收到：这是张记的事")).to_be_visible()
    demo.get_by_label("小满早餐店").check()
    expect(widget.bubbles).to_have_count(0)
    expect(widget.button("退押金")).to_be_visible()
    widget.say("这是小满的事")
    expect(widget.bubble("收到：这是小满的事")).to_be_visible()
    speaking = {said: who.identity for who in world.conversations.values() for said in who.said()}
    assert {said: who and who["merchant_no"] for said, who in speaking.items()} == {
        "这是张记的事": FIRST,
        "这是小满的事": SECOND,
    }


def test_codes_that_would_go_out_by_text_message_are_shown(demo: Page, world: World) -> None:
    world.sms.append({"at": "2026-11-22T08:00:00Z", "to": "138****8000", "code": "482913"})
    expect(demo.get_by_text("验证码 482913")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: Any, demo: Page, world: World) -> None:
    demo.emulate_media(color_scheme=scheme)
    assert violations(demo) == []
    open_widget(demo)
    assert violations(demo) == []
