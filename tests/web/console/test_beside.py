"""Beside the chat: who it is, their applications and papers, notes; and how a conversation changes hands."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import open_talk
from .fake_console import FakeConsole

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def talk(console: Page, address: str) -> Page:
    return open_talk(console, address, "c_peace")


def test_who_what_machines_and_what_was_before(talk: Page) -> None:
    beside = talk.get_by_role("complementary", name="商户情况")
    for words in ("和平超市", "138****8001", "商户平台登录", "A1000001", "在用 · 押金 ¥199.00", "问到账 → 已说明"):
        expect(beside).to_contain_text(words)
    expect(beside.get_by_role("list", name="进度")).to_contain_text("审核")


def test_a_paper_is_asked_for_ticked_and_uploaded_for_the_merchant(talk: Page, fake: FakeConsole) -> None:
    paper = talk.locator(".paper").filter(has_text="押金收据")
    paper.get_by_role("button", name="请商户上传").click()
    expect(talk.get_by_label("回复商户")).to_have_value("麻烦您上传一下“押金收据”。四个角都要拍到。")
    paper.get_by_role("button", name="核对过").click()
    expect(paper).to_contain_text("已核对")
    expect(talk.get_by_text("☑ SQ2611270000001 押金收据")).to_be_visible()
    with talk.expect_file_chooser() as chooser:
        paper.get_by_role("button", name="代传").click()
    chooser.value.set_files({"name": "收据.png", "mimeType": "image/png", "buffer": PNG})
    expect(paper).to_contain_text("已上传")
    assert fake.forms.uploads == [("SQ2611270000001", "deposit_receipt")]


def test_a_note_is_for_colleagues(talk: Page, fake: FakeConsole) -> None:
    talk.get_by_role("button", name="写备注").click()
    talk.get_by_label("备注（").fill("老板姓张，下午才在")
    talk.get_by_role("button", name="保存").click()
    expect(talk.locator(".note")).to_contain_text("老板姓张，下午才在")
    assert fake.sent == []


def test_taking_over_handing_back_and_the_note_that_goes_along(console: Page, address: str, fake: FakeConsole) -> None:
    open_talk(console, address, "c_coffee", "bot")
    expect(console.get_by_text("机器人正在接待")).to_be_visible()
    console.keyboard.press("c")
    expect(console.get_by_label("回复商户")).to_be_visible()
    console.get_by_role("button", name="交还给机器人").click()
    console.get_by_label("小结").fill("原因已问：店铺停业")
    console.keyboard.press("Control+Enter")
    expect(console.get_by_role("status").filter(has_text="已交还给机器人。")).to_be_visible()
    expect(console.get_by_label("回复商户")).to_have_count(0)
    assert fake.changes[-1] == ("c_coffee", "hand-back", {"note": "原因已问：店铺停业"})


def test_a_colleague_or_the_queue_gets_it(talk: Page, fake: FakeConsole) -> None:
    talk.get_by_role("button", name="转接").click()
    talk.get_by_role("dialog").get_by_role("button", name="转接").click()
    expect(talk.get_by_role("alert")).to_have_text("请选择转给谁。")
    talk.get_by_label("转给谁").select_option("坐席小王")
    talk.get_by_role("dialog").get_by_role("button", name="转接").click()
    expect(talk.get_by_text("同事正在接待，您只能看。")).to_be_visible()
    assert fake.changes[-1][2] == {"agent_id": "st_wang", "skill": None, "note": ""}


def test_an_end_has_a_summary_a_result_and_a_question(talk: Page, fake: FakeConsole) -> None:
    talk.get_by_role("button", name="结束", exact=True).click()
    sheet = talk.get_by_role("dialog", name="结束会话")
    expect(sheet.get_by_label("诉求")).to_have_value("退押金")
    sheet.get_by_label("待办").fill("周一回电")
    sheet.get_by_role("button", name="结束").click()
    expect(sheet.get_by_role("alert")).to_have_text("请选择结果分类。")
    sheet.get_by_label("结果分类").select_option("需要回访")
    sheet.get_by_label("回访日期").fill("2026-11-30")
    sheet.get_by_role("button", name="结束").click()
    expect(talk.get_by_role("status").filter(has_text="会话已结束")).to_be_visible()
    summary = {"request": "退押金", "handling": "查了申请", "result": "等材料", "todo": "周一回电"}
    assert fake.closed == [
        {"summary": summary, "result_code": "follow_up", "follow_up_on": "2026-11-30", "ask_rating": True}
    ]


def test_what_changes_elsewhere_shows_here(talk: Page, fake: FakeConsole) -> None:
    peace = fake.talks["c_peace"]
    peace.status, peace.agent = "bot", None
    fake.moved(peace)
    expect(talk.get_by_text("机器人正在接待")).to_be_visible()
