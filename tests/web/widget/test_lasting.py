"""A reload, a second tab, a lost network and a restarted service lose nothing and double nothing."""

from playwright.sync_api import Page, Route, expect

from .hand import Widget
from .serving import Server
from .world import World, text


def test_a_reload_shows_the_same_conversation(widget: Widget, world: World) -> None:
    widget.say("押金怎么退")
    expect(widget.bubble("收到：押金怎么退")).to_be_visible()
    widget.page.reload()
    expect(widget.bubbles).to_have_text(["押金怎么退", "收到：押金怎么退"])
    assert len(world.conversations) == 1


def test_a_second_tab_follows_the_first(widget: Widget, service: Server) -> None:
    page = widget.page.context.new_page()
    second = Widget(page, page.main_frame).visit(f"{service.url}/widget/")
    widget.say("在第一个窗口写的")
    expect(second.bubbles).to_have_text(["在第一个窗口写的", "收到：在第一个窗口写的"])
    second.say("在第二个窗口写的")
    expect(widget.bubbles).to_have_count(4)


def test_what_is_written_without_a_network_goes_out_when_it_is_back(widget: Widget, world: World) -> None:
    widget.page.context.set_offline(True)
    widget.say("断网时写的一")
    widget.say("断网时写的二")
    expect(widget.frame.get_by_text("未送出")).to_have_count(1)
    expect(widget.frame.get_by_text("网络断开了")).to_be_visible()
    widget.page.context.set_offline(False)
    expect(widget.bubble("收到：断网时写的二")).to_be_visible()
    assert world.only().said() == ["断网时写的一", "断网时写的二"]


def test_a_message_whose_acknowledgement_got_lost_arrives_once(widget: Widget, world: World) -> None:
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            route.fetch()
            lost.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    widget.page.route("**/v1/conversation/messages", lose_the_first_answer)
    widget.say("只说一次")
    expect(widget.bubble("收到：只说一次")).to_be_visible()
    expect(widget.own).to_have_count(1)
    assert lost
    assert world.only().said() == ["只说一次"]


def test_an_unsent_message_survives_a_reload(widget: Widget, world: World) -> None:
    widget.page.route(
        "**/v1/conversation/messages", lambda route: route.abort() if is_post(route) else route.continue_()
    )
    widget.say("写完就刷新")
    expect(widget.frame.get_by_text("未送出")).to_be_visible()
    widget.page.unroute_all()
    widget.page.reload()
    expect(widget.bubble("收到：写完就刷新")).to_be_visible()
    assert world.only().said() == ["写完就刷新"]


def test_retry_sends_at_once(widget: Widget, world: World) -> None:
    widget.page.route(
        "**/v1/conversation/messages", lambda route: route.abort() if is_post(route) else route.continue_()
    )
    widget.say("请重试")
    expect(widget.button("重试")).to_be_visible()
    widget.page.unroute_all()
    widget.button("重试").click()
    expect(widget.bubble("收到：请重试")).to_be_visible()
    assert world.only().said() == ["请重试"]


def test_a_restarted_service_is_found_again_and_nothing_is_missing(
    widget: Widget, world: World, service: Server
) -> None:
    widget.say("重启之前")
    expect(widget.bubble("收到：重启之前")).to_be_visible()
    service.stop()
    world.bot(text("重启时写的"))
    widget.say("重启期间")
    expect(widget.frame.locator(".outgoing-waiting")).to_be_visible()
    service.start()
    expect(widget.bubble("收到：重启期间")).to_be_visible(timeout=15_000)
    expect(widget.bubbles).to_have_text(["重启之前", "收到：重启之前", "重启时写的", "重启期间", "收到：重启期间"])


def test_an_expired_token_leads_to_a_new_conversation_that_takes_the_unsent_text_along(
    widget: Widget, world: World
) -> None:
    old = world.only()
    world.conversations.clear()
    widget.say("还没送出")
    expect(widget.bubble("收到：还没送出")).to_be_visible(timeout=15_000)
    assert world.only() is not old
    assert world.only().said() == ["还没送出"]


def test_the_newest_page_of_a_long_history_comes_first_and_older_ones_on_demand(
    page: Page, service: Server, world: World
) -> None:
    conversation = world.start()
    for number in range(1, 10_001):
        conversation.add("bot", text(f"第{number}条"))
    session = {"token": conversation.token, "conversation_id": conversation.id, "expires_at": "2099-01-01T00:00:00Z"}
    page.goto(f"{service.url}/widget/icon")
    page.evaluate("(session) => localStorage.setItem('pos-assistant.session', JSON.stringify(session))", session)
    widget = Widget(page, page.main_frame).visit(f"{service.url}/widget/")
    expect(widget.bubbles).to_have_count(50)
    expect(widget.bubble("第10000条")).to_be_in_viewport()
    widget.frame.locator("#transcript").evaluate("(box) => { box.scrollTop = 0 }")
    expect(widget.bubbles).to_have_count(100)
    expect(widget.bubble("第9951条")).to_be_in_viewport()


def is_post(route: Route) -> bool:
    return route.request.method == "POST"
