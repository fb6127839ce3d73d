"""One script tag on a page of another site."""

import json

from playwright.sync_api import ConsoleMessage, Page, Request, expect

from tests.ports import free_port

from .hand import Widget
from .serving import Server
from .shop import Shop
from .world import World, text


def test_nothing_of_the_app_is_loaded_before_the_widget_is_opened(page: Page, shop: Shop) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    shop.visit(page)
    page.wait_for_load_state("networkidle")
    assert asked == [f"{shop.origin}/", f"{shop.service}/widget/loader.js"]


def test_the_strict_policies_of_page_and_app_have_nothing_to_complain_about(page: Page, shop: Shop) -> None:
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    shop.visit(page)
    widget = shop.open_widget(page)
    widget.say("押金怎么退")
    expect(widget.bubble("收到：押金怎么退")).to_be_visible()
    assert complaints == []


def test_a_conversation_in_the_frame_is_kept_by_the_page_and_goes_on_after_a_reload(page: Page, shop: Shop) -> None:
    shop.visit(page)
    shop.open_widget(page).say("押金怎么退")
    expect(shop.widget(page).bubble("收到：押金怎么退")).to_be_visible()
    page.reload()
    widget = shop.open_widget(page)
    expect(widget.own).to_have_text(["押金怎么退"])


def test_the_token_never_stands_in_an_address(page: Page, shop: Shop, world: World) -> None:
    addresses: list[str] = []

    def note(request: Request) -> None:
        addresses.append(request.url)

    page.on("request", note)
    shop.visit(page)
    shop.open_widget(page).say("你好")
    expect(shop.widget(page).bubble("收到：你好")).to_be_visible()
    assert not [address for address in addresses if world.only().token in address]


def test_escape_closes_and_focus_returns_to_the_launcher(page: Page, shop: Shop) -> None:
    shop.visit(page)
    widget = shop.open_widget(page)
    expect(widget.box).to_be_focused()
    widget.box.press("Escape")
    expect(page.locator("iframe.frame")).to_be_hidden()
    expect(page.locator(".launcher")).to_be_focused()
    page.keyboard.press("Enter")
    expect(widget.box).to_be_focused()


def test_messages_that_come_while_it_is_closed_are_counted_until_it_is_opened(
    page: Page, shop: Shop, world: World
) -> None:
    shop.visit(page)
    widget = shop.open_widget(page)
    widget.say("你好")
    expect(widget.bubble("收到：你好")).to_be_visible()
    widget.button("收起对话").click()
    world.bot(text("审核通过了。"))
    world.bot(text("请确认金额。"))
    expect(page.locator(".badge")).to_have_text("2")
    expect(page.locator(".launcher")).to_have_attribute("aria-label", "商户服务助手：打开对话，2 条未读")
    page.reload()
    expect(page.locator(".badge")).to_have_text("2")
    shop.open_widget(page)
    expect(page.locator(".badge")).to_be_hidden()


def test_another_page_cannot_frame_the_app(page: Page, world: World, service: Server) -> None:
    stranger = Shop(f"http://localhost:{free_port()}", service.url)
    with Server(stranger.app(), port=int(stranger.origin.rsplit(":", 1)[1])):
        stranger.visit(page)
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            page.locator(".launcher").click()
    assert world.conversations == {}


def test_messages_from_elsewhere_are_not_obeyed(page: Page, shop: Shop) -> None:
    shop.visit(page)
    widget = shop.open_widget(page)
    forged = json.dumps({"channel": "pos-assistant", "type": "close"})
    page.evaluate("(data) => window.postMessage(JSON.parse(data), '*')", forged)
    widget.frame.evaluate("() => window.postMessage({ channel: 'pos-assistant', type: 'logout' }, '*')")
    widget.say("还在吗")
    expect(widget.bubble("收到：还在吗")).to_be_visible()


def test_the_page_vouches_for_its_merchant(page: Page, shop: Shop, world: World) -> None:
    world.tokens["signed"] = "822100012340001"
    shop.attributes["data-identity-token"] = "signed"
    shop.visit(page)
    shop.open_widget(page)
    identity = world.only().identity
    assert identity
    assert identity["merchant_no"] == "822100012340001"


def test_calls_that_were_made_before_the_script_came_are_carried_out(page: Page, shop: Shop) -> None:
    page.add_init_script("window.PosAssistant = [['on', (name) => { window[name] = true }], ['open']]")
    page.goto(shop.origin)
    shop.widget(page)
    page.wait_for_function("window.ready")


def test_after_a_log_out_the_next_merchant_sees_an_empty_conversation(page: Page, shop: Shop, world: World) -> None:
    shop.visit(page)
    widget = shop.open_widget(page)
    widget.say("这是我的事")
    expect(widget.bubble("收到：这是我的事")).to_be_visible()
    page.evaluate("window.PosAssistant.logout()")
    expect(widget.bubbles).to_have_count(0)
    expect(widget.button("退押金")).to_be_visible()
    assert len(world.conversations) == 2


def test_on_a_phone_the_widget_fills_the_screen(phone: Page, shop: Shop) -> None:
    shop.visit(phone)
    shop.open_widget(phone)
    assert phone.locator("iframe.frame").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}


def test_english_is_spoken_on_request(page: Page, shop: Shop) -> None:
    shop.attributes["data-locale"] = "en"
    shop.visit(page)
    page.get_by_role("button", name="Open chat").click()
    frame = page.frame_locator("iframe.frame")
    expect(frame.get_by_role("textbox", name="Message")).to_be_visible()


def test_two_tabs_of_the_shop_share_one_conversation(page: Page, shop: Shop, world: World) -> None:
    second = page.context.new_page()
    shop.visit(page)
    shop.visit(second)
    first_widget = shop.open_widget(page)
    second_widget: Widget = shop.open_widget(second)
    first_widget.say("第一个窗口")
    expect(second_widget.bubble("收到：第一个窗口")).to_be_visible()
    assert len(world.conversations) == 1
