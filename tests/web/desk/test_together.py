"""Working with colleagues on one application: notes, opinions, a held payout, the conversation, the reading."""

from playwright.sync_api import Page, expect

from .conftest import open_case, sign_in_as
from .fake_cases import CANCEL, HELD, MAIN
from .fake_review import FakeReview
from .test_access import assert_accessible

READING = {
    "state": "read",
    "score": 0.93,
    "fields": [
        {"key": "payer", "label": "交款单位", "value": "杭州小满早餐店", "score": 0.98},
        {"key": "amount_words", "label": "大写金额", "value": "壹佰玖拾玖元整", "score": 0.55},
    ],
    "flags": [{"code": "amounts_differ", "text": "大写金额与小写金额对不上。", "severity": "warning"}],
    "took_ms": 1800,
}


def test_a_decision_is_told_and_one_key_leads_to_the_next(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.keyboard.press("Shift+R")
    desk.keyboard.press("1")
    desk.keyboard.press("Control+Enter")
    said = desk.get_by_role("status").filter(has_text="已驳回杭州小满早餐店的申请。")
    expect(said.get_by_role("button", name="下一件")).to_be_visible()
    desk.keyboard.press("n")
    expect(desk.get_by_role("heading", name="合肥老周修车", level=1)).to_be_visible()


def test_a_note_is_written_by_keyboard_and_a_begun_one_is_not_lost(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.keyboard.press("t")
    box = desk.get_by_label("备注（只有同事看得到）")
    expect(box).to_be_focused()
    desk.keyboard.type("已电话核对")
    desk.keyboard.press("Escape")
    desk.keyboard.press("n")
    expect(desk.get_by_role("heading", name="合肥老周修车", level=1)).to_be_visible()
    open_case(desk, address, MAIN)
    expect(box).to_have_value("已电话核对")
    box.focus()
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("region", name="内部备注")).to_contain_text("已电话核对林审核")
    expect(box).to_have_count(0)
    assert "version" not in fake.posts[-1][2]


def test_a_colleague_is_asked_and_answers(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.keyboard.press("o")
    sheet = desk.get_by_role("dialog", name="请同事给意见")
    sheet.get_by_role("button", name="发给同事").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请选择要问的同事")
    expect(sheet.get_by_role("option", name="林审核")).to_have_count(0)
    sheet.get_by_label("问谁").select_option("陈审核（审核员）")
    sheet.get_by_label("问题").fill("收据上的章对吗？")
    assert_accessible(desk)
    desk.keyboard.press("Control+Enter")
    opinions = desk.get_by_role("region", name="同事意见")
    expect(opinions).to_contain_text("等陈审核答复")
    fake.signed_in = False
    desk.reload()
    sign_in_as(desk, address, "chen")
    open_case(desk, address, MAIN)
    desk.keyboard.press("y")
    expect(desk.get_by_role("dialog", name="答复意见")).to_contain_text("收据上的章对吗？")
    desk.keyboard.press("1")
    desk.get_by_label("理由").fill("是旧版的章，有效。")
    desk.keyboard.press("Control+Enter")
    expect(opinions).to_contain_text("建议批准 是旧版的章，有效。")


def test_the_conversation_is_fetched_only_when_it_is_opened(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    fold = desk.get_by_role("button", name="对话记录")
    expect(fold).to_have_attribute("aria-expanded", "false")
    assert fake.conversations_read == []
    desk.keyboard.press("h")
    panel = desk.get_by_role("region", name="对话记录")
    expect(panel.get_by_role("listitem")).to_have_count(30)
    expect(panel.get_by_role("listitem").last).to_contain_text("可以办退押金")
    panel.get_by_role("button", name="更早的对话").click()
    expect(panel.get_by_role("listitem")).to_have_count(36)
    expect(panel.get_by_role("button", name="更早的对话")).to_have_count(0)
    desk.keyboard.press("h")
    expect(panel.get_by_role("listitem")).to_have_count(0)
    assert fake.conversations_read == [MAIN, MAIN]
    open_case(desk, address, CANCEL)
    expect(desk.get_by_role("region", name="对话记录")).to_have_count(0)


def test_what_the_machine_read_stands_beside_the_picture(desk: Page, fake: FakeReview, address: str) -> None:
    fake.cases[MAIN]["readings"] = {"receipt-1": READING}
    open_case(desk, address, MAIN)
    expect(desk.locator(".document-tab[aria-current=true]")).to_contain_text("机器提醒")
    panel = desk.get_by_role("complementary", name="机器读出")
    expect(panel).to_contain_text("仅供参考，请以图片为准。")
    expect(panel).to_contain_text("大写金额与小写金额对不上。")
    expect(panel).to_contain_text("壹佰玖拾玖元整不太确定")
    expect(panel).to_contain_text("整体把握 93%")
    assert_accessible(desk)
    desk.keyboard.press("j")
    expect(panel).to_have_count(0)
    assert fake.posts == []


def test_a_reading_appears_when_it_is_ready(desk: Page, fake: FakeReview, address: str) -> None:
    fake.cases[MAIN]["readings"] = {
        "receipt-1": READING | {"state": "waiting", "score": None, "fields": [], "flags": []}
    }
    desk.clock.install()
    open_case(desk, address, MAIN)
    panel = desk.get_by_role("complementary", name="机器读出")
    expect(panel).to_contain_text("正在识别")
    fake.cases[MAIN]["readings"]["receipt-1"] = READING
    desk.clock.run_for(11_000)
    expect(panel).to_contain_text("杭州小满早餐店")


def test_who_approved_a_held_payout_cannot_let_it_go(desk: Page, address: str) -> None:
    open_case(desk, address, HELD)
    held = desk.get_by_role("region", name="这笔打款等第二个人放款")
    expect(held).to_contain_text("金额较大；收款账户不是登记的结算账户")
    expect(held).to_contain_text("批准的人不能自己放款")
    expect(desk.get_by_role("button", name="放款", exact=True)).to_have_count(0)
    expect(desk.get_by_role("link", name="查看协议（PDF）")).to_have_attribute(
        "href", f"/v1/review/applications/{HELD}/agreement.pdf"
    )


def test_a_payer_lets_a_held_payout_go(page: Page, fake: FakeReview, address: str) -> None:
    desk = sign_in_as(page, address, "payer")
    open_case(desk, address, HELD)
    desk.keyboard.press("Shift+P")
    sheet = desk.get_by_role("dialog", name="确认放款")
    for words in ("杭州云栖面馆", "¥8,800.00", "尾号 6688", "不是登记的结算账户"):
        expect(sheet).to_contain_text(words)
    assert_accessible(desk)
    expect(sheet.get_by_role("button", name="取消")).to_be_focused()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status").filter(has_text="已放款给杭州云栖面馆。")).to_be_visible()
    assert fake.cases[HELD]["desk_payout"]["released_by"] == "周出纳"


def test_a_payer_who_does_not_let_it_go_says_why(page: Page, fake: FakeReview, address: str) -> None:
    desk = sign_in_as(page, address, "payer")
    open_case(desk, address, HELD)
    desk.keyboard.press("Shift+F")
    sheet = desk.get_by_role("dialog", name="不放款")
    expect(sheet.get_by_label("为什么不放款")).to_be_focused()
    desk.keyboard.press("Control+Enter")
    expect(sheet.get_by_role("alert")).to_contain_text("请写明为什么不放款")
    desk.keyboard.type("户名对不上")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("待审核", exact=True).first).to_be_visible()
    assert fake.cases[HELD]["desk_payout"]["reason"] == "户名对不上"
