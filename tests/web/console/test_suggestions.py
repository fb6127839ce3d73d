"""Suggestions are put in, mended and sent by people, and taken back when the conversation has moved on."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.waiting import eventually

from .conftest import open_talk
from .fake_console import FakeConsole


@pytest.fixture
def talk(console: Page, address: str) -> Page:
    open_talk(console, address, "c_peace")
    expect(console.locator(".suggestion")).to_have_count(3)
    return console


def test_a_suggestion_is_inserted_edited_and_sent_by_the_agent_alone(talk: Page, fake: FakeConsole) -> None:
    talk.keyboard.press("Alt+1")
    box = talk.get_by_label("回复商户")
    expect(box).to_have_value("您好，退押金要先核对机器，我马上帮您看。")
    expect(box).to_be_focused()
    assert fake.sent == []
    talk.keyboard.type("请稍等。")
    talk.keyboard.press("Enter")
    expect(talk.locator(".said-agent:not(.outgoing) .bubble")).to_have_text(
        "您好，退押金要先核对机器，我马上帮您看。请稍等。"
    )
    expect(box).to_have_value("")
    eventually(talk, lambda: fake.outcomes == [("s1a", "inserted")])
    assert (fake.sent[0]["suggestion_id"], fake.sent[0]["based_on"]) == ("s1a", 2)


def test_each_card_says_how_sure_why_and_on_what(talk: Page) -> None:
    card = talk.locator(".suggestion").nth(1)
    for words in ("知识", "71%", "知识库里最接近的一条", "出处：押金退还规则 · 已确认 · 2026-11-20"):
        expect(card).to_contain_text(words)
    expect(talk.get_by_text("退押金 92%")).to_be_visible()


def test_one_that_is_not_wanted_goes_and_stays_away(talk: Page, fake: FakeConsole) -> None:
    talk.keyboard.press("Alt+Shift+Digit2")
    expect(talk.locator(".suggestion")).to_have_count(2)
    eventually(talk, lambda: fake.outcomes == [("s1b", "dismissed")])
    talk.get_by_role("button", name="不要：还缺材料").click()
    expect(talk.locator(".suggestion")).to_have_count(1)


def test_they_are_withdrawn_when_the_merchant_writes_and_new_ones_come(talk: Page, fake: FakeConsole) -> None:
    fake.merchant_says("c_peace", "算了，我要取消POS机", suggest=False)
    expect(talk.get_by_text("这些建议收回了")).to_be_visible()
    talk.keyboard.press("Alt+1")
    expect(talk.get_by_label("回复商户")).to_have_value("")
    fake.merchant_says("c_peace", "在吗")
    expect(talk.get_by_text("这些建议收回了")).to_have_count(0)
    talk.keyboard.press("Alt+1")
    expect(talk.get_by_label("回复商户")).not_to_have_value("")
    eventually(talk, lambda: fake.outcomes == [("s4a", "inserted")])


def test_what_a_message_meant_is_corrected_for_the_training_list(talk: Page, fake: FakeConsole) -> None:
    talk.get_by_role("button", name="意思不对？").first.click()
    sheet = talk.get_by_role("dialog", name="这句话的意思")
    expect(sheet).to_contain_text("银行卡 尾号1234")
    sheet.get_by_label("到账时间").check()
    sheet.get_by_role("button", name="保存").click()
    expect(talk.get_by_role("status").filter(has_text="已记下")).to_be_visible()
    assert fake.meanings == [(1, "常见问题/到账时间")]


def test_a_colleagues_conversation_is_only_read(console: Page, address: str, fake: FakeConsole) -> None:
    fake.talks["c_ouyang"].suggestions = fake.talks["c_peace"].suggestions
    open_talk(console, address, "c_ouyang", "colleagues")
    expect(console.get_by_text("同事正在接待，您只能看。")).to_be_visible()
    expect(console.get_by_label("回复商户")).to_have_count(0)
    expect(console.get_by_role("button", name="插入")).to_have_count(0)
