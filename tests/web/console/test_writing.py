"""Writing to the merchant: warnings first, nothing lost, nothing twice, and nothing over the merchant's head."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import open_talk
from .fake_console import FakeConsole


@pytest.fixture
def talk(console: Page, address: str) -> Page:
    return open_talk(console, address, "c_peace")


def test_a_promise_is_warned_about_and_sent_only_when_the_agent_insists(talk: Page, fake: FakeConsole) -> None:
    box = talk.get_by_label("回复商户")
    box.fill("我保证三天到账")
    expect(talk.get_by_text("不要承诺结果")).to_be_visible()
    box.press("Enter")
    assert fake.sent == []
    expect(talk.get_by_role("button", name="仍然发送")).to_be_focused()
    talk.keyboard.press("Enter")
    expect(talk.locator(".said-agent:not(.outgoing) .bubble")).to_have_text("我保证三天到账")
    assert fake.sent[0]["confirmed"] == ["promise"]


def test_an_identity_number_cannot_be_insisted_on(talk: Page, fake: FakeConsole) -> None:
    box = talk.get_by_label("回复商户")
    box.fill("您的身份证是110101199003074477吗")
    expect(talk.get_by_text("这里面有不能发的内容")).to_be_visible()
    expect(talk.get_by_role("button", name="仍然发送")).to_have_count(0)
    box.press("Enter")
    expect(box).to_have_value("您的身份证是110101199003074477吗")
    assert fake.sent == []


def test_a_warning_that_comes_with_the_refusal_is_shown_as_well(talk: Page, fake: FakeConsole) -> None:
    box = talk.get_by_label("回复商户")
    box.fill("保证")
    box.press("Enter")  # before the draft was checked
    expect(talk.get_by_role("alert")).to_contain_text("不要承诺结果")
    talk.get_by_role("alert").get_by_role("button", name="改一改").click()
    expect(box).to_have_value("保证")
    expect(talk.locator(".outgoing")).to_have_count(0)


def test_enter_sends_shift_enter_breaks_and_an_input_method_does_neither(talk: Page, fake: FakeConsole) -> None:
    box = talk.get_by_label("回复商户")
    box.press_sequentially("一")
    box.press("Shift+Enter")
    box.press_sequentially("二")
    session = talk.context.new_cdp_session(talk)
    session.send("Input.imeSetComposition", {"text": "san", "selectionStart": 3, "selectionEnd": 3})
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 229})
    session.send("Input.insertText", {"text": "三"})
    expect(box).to_have_value("一\n二三")
    assert fake.sent == []
    box.press("Enter")
    expect(talk.locator(".said-agent:not(.outgoing) .bubble")).to_have_text("一\n二三")


def test_a_lost_network_loses_nothing_and_doubles_nothing(talk: Page, fake: FakeConsole) -> None:
    box = talk.get_by_label("回复商户")
    talk.context.set_offline(True)
    expect(talk.get_by_text("这个会话暂时连不上")).to_be_visible()
    for words in ("第一句", "第二句"):
        box.fill(words)
        box.press("Enter")
    expect(talk.get_by_text("网络不通，连上后自动发出。")).to_be_visible()
    assert fake.sent == []
    talk.context.set_offline(False)
    expect(talk.locator(".said-agent:not(.outgoing) .bubble")).to_have_text(["第一句", "第二句"])
    expect(talk.locator(".outgoing")).to_have_count(0)
    assert [body["text"] for body in fake.sent] == ["第一句", "第二句"]


def test_a_lost_answer_is_no_second_message(talk: Page, fake: FakeConsole) -> None:
    fake.lose_answers = 1
    box = talk.get_by_label("回复商户")
    box.fill("只有一句")
    box.press("Enter")
    expect(talk.locator(".said-agent:not(.outgoing) .bubble")).to_have_text("只有一句")
    talk.wait_for_timeout(1_500)  # the second try, which must change nothing
    assert len(fake.sent) == 1
    expect(talk.locator(".said-agent")).to_have_count(1)


def test_what_was_not_sent_goes_out_after_a_reload(talk: Page, fake: FakeConsole, address: str) -> None:
    talk.route("**/messages", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    box = talk.get_by_label("回复商户")
    box.fill("稍等")
    box.press("Enter")
    expect(talk.get_by_text("网络不通，连上后自动发出。")).to_be_visible()
    talk.unroute("**/messages")
    talk.reload()
    expect(talk.locator(".said-agent:not(.outgoing) .bubble")).to_have_text("稍等")
    assert len(fake.sent) == 1


def test_a_reply_over_the_merchants_head_is_asked_about(talk: Page, fake: FakeConsole) -> None:
    talk.context.set_offline(True)
    box = talk.get_by_label("回复商户")
    box.fill("好的，退押金")
    box.press("Enter")
    fake.merchant_says("c_peace", "等等，我不退了")
    talk.context.set_offline(False)
    expect(talk.locator(".turned-down")).to_contain_text("您写的时候商户又说了话")
    expect(talk.locator(".said-merchant .bubble").last).to_have_text("等等，我不退了")
    assert fake.sent == []
    talk.locator(".turned-down").get_by_role("button", name="仍然发送").click()
    expect(talk.locator(".said-agent:not(.outgoing) .bubble")).to_have_text("好的，退押金")
    assert len(fake.sent) == 1


def test_a_conversation_that_is_gone_says_so_and_keeps_the_words(talk: Page, fake: FakeConsole) -> None:
    fake.talks["c_peace"].agent = None
    box = talk.get_by_label("回复商户")
    box.fill("您好")
    box.press("Enter")
    expect(talk.locator(".turned-down")).to_contain_text("这个会话已经不在您手上了。")
    expect(talk.get_by_role("button", name="仍然发送")).to_have_count(0)


def test_a_slash_finds_canned_replies_by_pinyin(talk: Page) -> None:
    box = talk.get_by_label("回复商户")
    box.focus()
    talk.keyboard.press("/")
    field = talk.get_by_role("combobox", name="查找常用语")
    expect(field).to_be_focused()
    expect(talk.get_by_role("listbox").last.get_by_role("option")).to_have_count(2)
    talk.keyboard.type("nh")
    expect(talk.get_by_role("listbox").last.get_by_role("option")).to_have_count(1)
    talk.keyboard.press("Enter")
    expect(box).to_have_value("您好，我是坐席小何，很高兴为和平超市服务。")
    expect(box).to_be_focused()
    box.fill("")
    talk.keyboard.press("/")
    talk.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(box).to_be_focused()


def test_a_reply_with_a_blank_does_not_go_out(talk: Page, fake: FakeConsole) -> None:
    box = talk.get_by_label("回复商户")
    box.fill("您的申请单是{申请单号}")
    box.press("Enter")
    expect(talk.get_by_role("status").filter(has_text="还有没填的变量")).to_be_visible()
    expect(box).to_have_value("您的申请单是{申请单号}")
    assert fake.sent == []


def test_a_draft_waits_while_another_conversation_is_open(talk: Page, address: str) -> None:
    talk.get_by_label("回复商户").fill("写了一半")
    talk.goto(f"{address}#/conversations/c_spring?box=waiting")
    expect(talk.get_by_role("heading", name="春风小吃店", level=1)).to_be_visible()
    talk.goto(f"{address}#/conversations/c_peace?box=mine")
    expect(talk.get_by_label("回复商户")).to_have_value("写了一半")


def test_what_wechat_holds_back_is_said_beside_what_was_written(console: Page, fake: FakeConsole, address: str) -> None:
    page = open_talk(console, address, "c_peace")
    expect(page.get_by_text("还有话没送到")).to_have_count(0)
    talk = fake.talk("c_peace")
    talk.held_back = True
    fake.moved(talk)
    expect(page.get_by_text("还有话没送到：微信限制了条数，商户回一句，就会接着送过去。")).to_be_visible()
