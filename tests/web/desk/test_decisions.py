"""Deciding: each document, then the application; never twice, never on an old version, never without a reason."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from service.cases.rules import Event
from service.cases.wording import EVENTS

from .conftest import open_case, sign_in_as
from .fake_cases import CANCEL, COMPLAINT, INSPECTING, MAIN, PARTIAL, PAYING, REASONS, RETURNING
from .fake_review import FakeReview


def tab(page: Page, title: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{title}"))


def letter(sheet: Locator) -> Locator:
    return sheet.get_by_role("figure", name="商户将看到")


def accept_all(fake: FakeReview, number: str) -> None:
    for document in fake.cases[number]["documents"]:
        document["state"] = "accepted"


def test_accepting_goes_on_to_the_next_document(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    for title, following in (("押金收据", "入网协议"), ("入网协议", "交易记录")):
        expect(tab(desk, title)).to_have_attribute("aria-current", "true")
        desk.get_by_role("button", name="通过", exact=True).click()
        expect(tab(desk, title)).to_contain_text("已通过")
        expect(tab(desk, following)).to_have_attribute("aria-current", "true")
    expect(desk.get_by_role("button", name="批准")).to_have_count(0)
    desk.get_by_role("button", name="通过", exact=True).click()
    expect(desk.get_by_role("button", name="批准")).to_be_visible()
    assert [document["state"] for document in fake.cases[MAIN]["documents"]] == ["accepted"] * 3


def test_a_document_is_sent_back_with_words_that_the_merchant_will_read(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="退回补交").click()
    sheet = desk.get_by_role("dialog", name="退回：押金收据")
    sheet.get_by_role("button", name="确认退回").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请选择一个原因")
    sheet.get_by_role("radio").first.check()
    expect(sheet.get_by_label("给商户的话")).to_have_value(REASONS["document"][0]["text"])
    sheet.get_by_label("给商户的话").fill("印章看不清，请重拍。")
    notice = EVENTS[Event.DOCUMENTS_REQUESTED].notice.format(no=MAIN, detail="押金收据（印章看不清，请重拍。）")
    expect(letter(sheet)).to_contain_text(notice)
    expect(letter(sheet)).to_contain_text("［材料清单］")
    sheet.get_by_role("button", name="确认退回").click()
    expect(tab(desk, "押金收据")).to_contain_text("已退回")
    document = fake.cases[MAIN]["documents"][0]
    assert (document["state"], document["reason"]) == ("rejected", "印章看不清，请重拍。")


def test_approving_takes_an_exact_amount_up_to_the_maximum(desk: Page, fake: FakeReview, address: str) -> None:
    accept_all(fake, MAIN)
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="批准").click()
    sheet = desk.get_by_role("dialog", name="批准申请")
    amount = sheet.get_by_label("退款金额（元）")
    expect(amount).to_have_value("199.00")
    for typed, told in (("199.01", "不能超过 ¥199.00"), ("1.005", "最多两位小数"), ("一百", "金额看不懂")):
        amount.fill(typed)
        sheet.get_by_role("button", name="确认批准").click()
        expect(sheet.get_by_role("alert")).to_contain_text(told)
    amount.fill("１２８.5")
    expect(sheet.get_by_text("将批准退款 ¥128.50")).to_be_visible()
    sheet.get_by_role("button", name="确认批准").click()
    expect(sheet.get_by_role("alert")).to_contain_text("少退要选一个扣款依据")
    sheet.get_by_label("机器损坏").check()
    sheet.get_by_label("给商户的说明").fill(" ")
    sheet.get_by_role("button", name="确认批准").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明原因")
    sheet.get_by_label("给商户的说明").fill("合同第 3 条：扣除损坏配件费。")
    sheet.get_by_role("button", name="确认批准").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(desk.get_by_text("已批准", exact=True)).to_be_visible()
    assert fake.cases[MAIN]["approved_amount_fen"] == 12850
    assert fake.cases[MAIN]["said"] == "合同第 3 条：扣除损坏配件费。"
    assert fake.cases[MAIN]["deduction"] == "damaged"


def test_a_price_on_the_list_fills_in_amount_and_clause(desk: Page, fake: FakeReview, address: str) -> None:
    accept_all(fake, MAIN)
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="批准").click()
    sheet = desk.get_by_role("dialog", name="批准申请")
    sheet.get_by_role("button", name="要扣款").click()
    sheet.get_by_label("缺充电器").check()
    expect(sheet.get_by_label("退款金额（元）")).to_have_value("169.00")
    expect(sheet.get_by_label("给商户的说明")).to_have_value("缺充电器")
    expect(letter(sheet)).to_contain_text("可以退您 ¥169.00")
    expect(letter(sheet)).to_contain_text("协议第 5.3 条：缺少充电器，扣 ¥30.00。缺充电器")
    sheet.get_by_role("button", name="确认批准").click()
    expect(desk.get_by_text("已批准", exact=True)).to_be_visible()
    assert (fake.cases[MAIN]["approved_amount_fen"], fake.cases[MAIN]["deduction"]) == (16900, "charger_missing")


def test_what_is_confirmed_names_merchant_amount_and_account(desk: Page, fake: FakeReview, address: str) -> None:
    accept_all(fake, MAIN)
    fake.cases[MAIN]["account"]["changed"] = True
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="批准").click()
    sheet = desk.get_by_role("dialog", name="批准申请")
    for words in ("杭州小满早餐店", "¥199.00", "中国工商银行 · 尾号 1234 · 张*", "不是登记的结算账户"):
        expect(sheet).to_contain_text(words)


@pytest.mark.parametrize(
    ("pays", "told", "granted"),
    [(True, "没有可退的钱", 0), (False, "不涉及退款", None)],
    ids=["nothing_left", "no_money"],
)
def test_approving_without_money_asks_for_no_amount(
    desk: Page, fake: FakeReview, address: str, *, pays: bool, told: str, granted: int | None
) -> None:
    accept_all(fake, CANCEL)
    fake.cases[CANCEL]["pays"] = pays
    open_case(desk, address, CANCEL)
    desk.get_by_role("button", name="批准").click()
    expect(desk.get_by_label("退款金额（元）")).to_have_count(0)
    expect(desk.get_by_role("dialog")).to_contain_text(told)
    desk.get_by_role("button", name="确认批准").click()
    expect(desk.get_by_text("已批准", exact=True)).to_be_visible()
    assert fake.cases[CANCEL]["approved_amount_fen"] == granted


def test_the_sum_that_the_merchant_named_is_filled_in_and_needs_no_excuse(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_case(desk, address, PARTIAL)
    desk.get_by_role("button", name="批准").click()
    sheet = desk.get_by_role("dialog", name="批准申请")
    amount = sheet.get_by_label("退款金额（元）")
    expect(amount).to_have_value("128.00")
    expect(sheet.get_by_text("商户申请退 ¥128.00")).to_be_visible()
    amount.fill("127.99")
    expect(sheet.get_by_label("给商户的说明")).to_be_visible()
    amount.fill("128")
    expect(sheet.get_by_label("给商户的说明")).to_have_count(0)
    sheet.get_by_role("button", name="确认批准").click()
    expect(desk.get_by_text("已批准", exact=True)).to_be_visible()
    assert fake.cases[PARTIAL]["approved_amount_fen"] == 12800


def test_a_complaint_is_answered_with_a_result_that_the_merchant_reads(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_case(desk, address, COMPLAINT)
    expect(desk.get_by_text("没有必交的材料，核对内容后就可以批准。")).to_be_visible()
    desk.get_by_role("button", name="批准").click()
    sheet = desk.get_by_role("dialog", name="批准申请")
    sheet.get_by_role("button", name="确认批准").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明处理结果")
    sheet.get_by_label("处理结果（商户会看到）").fill("已重新核对，押金会按合同退还。")
    sheet.get_by_role("button", name="确认批准").click()
    expect(desk.get_by_text("已批准", exact=True)).to_be_visible()
    assert fake.cases[COMPLAINT]["said"] == "已重新核对，押金会按合同退还。"
    assert fake.cases[COMPLAINT]["approved_amount_fen"] is None


def test_the_preview_waits_for_what_is_missing_and_follows_what_is_written(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="驳回").click()
    sheet = desk.get_by_role("dialog", name="驳回申请")
    expect(letter(sheet)).to_contain_text("填好以后，这里显示商户将看到的内容。")
    sheet.get_by_role("radio").nth(1).check()
    expect(letter(sheet)).to_contain_text("原因：这台终端的押金此前已经退还。")
    expect(letter(sheet)).to_contain_text("我要投诉")
    sheet.get_by_label("给商户的话").fill("这台机器的押金去年退过。")
    expect(letter(sheet)).to_contain_text("原因：这台机器的押金去年退过。")


def test_a_machine_that_came_back_as_it_should_lets_the_application_go_on(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_case(desk, address, INSPECTING)
    expect(desk.get_by_text("SF1234567890")).to_be_visible()
    desk.get_by_role("button", name="验收机器").click()
    sheet = desk.get_by_role("dialog", name="验收机器")
    expect(sheet).to_contain_text("A9254710 · 智能POS · 序列号尾号 0012")
    sheet.get_by_role("button", name="确认验收").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert fake.posts[-1][0] == "machine"
    assert fake.posts[-1][2] == {"result": "accepted", "reason_text": None, "version": 3}


def test_a_machine_with_something_wrong_goes_back_to_the_merchant_with_words(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_case(desk, address, INSPECTING)
    desk.get_by_role("button", name="验收机器").click()
    sheet = desk.get_by_role("dialog", name="验收机器")
    sheet.get_by_label("有问题，请商户处理").check()
    sheet.get_by_role("button", name="确认验收").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明原因")
    sheet.get_by_label("有什么问题").fill("机身号对不上，请核对后重新寄")
    notice = EVENTS[Event.MACHINE_MISMATCH].notice.format(cause="机身号对不上，请核对后重新寄")
    expect(letter(sheet)).to_contain_text(notice)
    sheet.get_by_role("button", name="确认验收").click()
    expect(desk.get_by_text("等商户退回机器")).to_be_visible()
    assert fake.cases[INSPECTING]["said"] == "机身号对不上，请核对后重新寄"


def test_a_machine_that_need_not_come_back_is_waived_with_a_reason(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, RETURNING)
    desk.get_by_role("button", name="不用退回").click()
    sheet = desk.get_by_role("dialog", name="不用退回机器")
    sheet.get_by_role("button", name="确认不用退回").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明原因")
    sheet.get_by_label("为什么不用退回").fill("机器已经报失")
    notice = EVENTS[Event.MACHINE_WAIVED].notice.format(no=RETURNING, cause="机器已经报失")
    expect(letter(sheet)).to_contain_text(notice)
    sheet.get_by_role("button", name="确认不用退回").click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    assert fake.posts[-1][2] == {"result": "waived", "reason_text": "机器已经报失", "version": 3}


def test_rejecting_needs_a_reason_and_shows_the_appeal(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="驳回").click()
    sheet = desk.get_by_role("dialog", name="驳回申请")
    sheet.get_by_role("button", name="确认驳回").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请选择一个原因")
    sheet.get_by_role("radio").nth(2).check()
    sheet.get_by_label("给商户的话").fill(" ")
    sheet.get_by_role("button", name="确认驳回").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明原因")
    assert fake.posts == []
    sheet.get_by_label("给商户的话").fill("申请人与登记的商户不一致。")
    expect(letter(sheet)).to_contain_text("不同意的话")
    sheet.get_by_role("button", name="确认驳回").click()
    expect(desk.get_by_text("已驳回", exact=True)).to_be_visible()
    assert fake.cases[MAIN]["said"] == "申请人与登记的商户不一致。"


def test_asking_for_more_needs_words(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="要求补件").click()
    sheet = desk.get_by_role("dialog", name="要求补件")
    sheet.get_by_role("button", name="通知商户补件").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请写明原因")
    sheet.get_by_label("要商户补什么").fill("请补一张机身标签的照片")
    sheet.get_by_role("button", name="通知商户补件").click()
    expect(desk.get_by_text("等商户补交材料")).to_be_visible()
    assert fake.cases[MAIN]["state"] == "documents_requested"


def test_a_payout_by_hand_is_recorded_with_its_bank_reference(page: Page, fake: FakeReview, address: str) -> None:
    desk = sign_in_as(page, address, "payer")
    open_case(desk, address, PAYING)
    desk.get_by_role("button", name="登记打款结果").click()
    sheet = desk.get_by_role("dialog", name="登记打款结果")
    for words in ("成都半亩花田", "¥199.00", "中国工商银行 · 尾号 1234 · 周*"):
        expect(sheet).to_contain_text(words)
    sheet.get_by_role("button", name="确认登记").click()
    expect(sheet.get_by_role("alert")).to_contain_text("请填写银行流水号")
    sheet.get_by_label("银行流水号").fill("2026112200018")
    sheet.get_by_role("button", name="确认登记").click()
    expect(desk.locator(".state-badge")).to_have_text("已打款")
    assert fake.cases[PAYING]["bank_reference"] == "2026112200018"


def test_a_version_conflict_shows_the_latest_and_keeps_what_was_typed(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="退回补交").click()
    sheet = desk.get_by_role("dialog", name="退回：押金收据")
    sheet.get_by_role("radio").nth(1).check()
    sheet.get_by_label("给商户的话").fill("左下角没有拍到。")
    fake.cases[MAIN] |= {"version": 4, "assignee": "陈审核"}
    fake.cases[MAIN]["documents"][0]["files"].append(
        {"id": "receipt-3", "name": "新收据.jpg", "content_type": "image/jpeg", "size": 1, "pages": 1}
    )
    sheet.get_by_role("button", name="确认退回").click()
    expect(sheet.get_by_role("alert")).to_contain_text("刚刚有更新")
    expect(sheet.get_by_role("alert")).to_contain_text("现在由陈审核处理")
    expect(desk.get_by_text("第 1 / 7 张")).to_be_visible()
    expect(sheet.get_by_label("给商户的话")).to_have_value("左下角没有拍到。")
    sheet.get_by_role("button", name="确认退回").click()
    expect(tab(desk, "押金收据")).to_contain_text("已退回")


def test_changes_by_others_are_announced_and_nothing_moves_by_itself(
    desk: Page, fake: FakeReview, address: str
) -> None:
    desk.clock.install()
    open_case(desk, address, MAIN)
    fake.cases[MAIN]["version"] += 1
    fake.cases[MAIN]["assignee"] = "陈审核"
    fake.cases[MAIN]["timeline"].append(
        {"at": "2026-11-27T02:00:00Z", "title": "上传了材料", "detail": None, "actor": "merchant"}
    )
    desk.clock.run_for(11_000)
    banner = desk.get_by_role("status").filter(has_text="这份申请单有新的变化。")
    expect(banner).to_contain_text("10:00 商户：上传了材料；现在由陈审核处理")
    expect(desk.get_by_text("审核员：陈审核")).to_have_count(0)
    desk.keyboard.press(".")
    expect(desk.get_by_text("审核员：陈审核")).to_be_visible()


def open_with_stopped_clock(page: Page, address: str) -> None:
    """From here on time only passes when the test says so."""
    page.clock.install()
    open_case(page, address, MAIN)
    expect(page.get_by_role("button", name="通过", exact=True)).to_be_enabled()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))


def pass_a_moment(page: Page) -> None:
    page.clock.run_for(600)


def test_the_second_half_of_a_double_click_does_not_decide_about_what_came_up_in_between(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_with_stopped_clock(desk, address)
    accept = desk.get_by_role("button", name="通过", exact=True)
    accept.click()
    expect(tab(desk, "入网协议")).to_have_attribute("aria-current", "true")
    accept.click(force=True)
    pass_a_moment(desk)
    expect(accept).to_be_enabled()
    assert [post[0] for post in fake.posts] == ["documents/deposit_receipt/decision"]


def test_a_held_key_decides_once(desk: Page, fake: FakeReview, address: str) -> None:
    open_with_stopped_clock(desk, address)
    desk.keyboard.down("a")
    expect(tab(desk, "入网协议")).to_have_attribute("aria-current", "true")
    pass_a_moment(desk)
    expect(desk.get_by_role("button", name="通过", exact=True)).to_be_enabled()
    desk.keyboard.down("a")
    desk.keyboard.down("a")
    expect(tab(desk, "入网协议")).to_contain_text("待看")
    assert len(fake.posts) == 1
    desk.keyboard.up("a")
    desk.keyboard.press("a")
    expect(tab(desk, "入网协议")).to_contain_text("已通过")


def test_an_impatient_second_click_while_sending_does_nothing(desk: Page, fake: FakeReview, address: str) -> None:
    fake.hold = threading.Event()
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="驳回").click()
    desk.get_by_role("radio").first.check()
    desk.get_by_role("button", name="确认驳回").click()
    desk.get_by_role("button", name="正在提交…").click(force=True)
    fake.hold.set()
    expect(desk.get_by_text("已驳回", exact=True)).to_be_visible()
    assert len(fake.posts) == 1


def test_a_retry_after_a_lost_answer_keeps_its_key_and_a_change_of_mind_does_not(
    desk: Page, fake: FakeReview, address: str
) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="要求补件").click()
    desk.get_by_label("要商户补什么").fill("请补营业执照")
    fake.drop_next_answer = True
    desk.get_by_role("button", name="通知商户补件").click()
    expect(desk.get_by_role("alert")).to_contain_text("系统正忙")
    desk.get_by_role("button", name="通知商户补件").click()
    expect(desk.get_by_text("等商户补交材料")).to_be_visible()
    first, second = fake.posts
    assert first[1] == second[1]
    tab(desk, "交易记录").click()
    desk.get_by_role("button", name="通过", exact=True).click()
    expect(tab(desk, "交易记录")).to_contain_text("已通过")
    assert fake.posts[-1][1] != first[1]


def test_a_lost_network_is_told_and_nothing_typed_is_lost(desk: Page, fake: FakeReview, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="要求补件").click()
    desk.get_by_label("要商户补什么").fill("请补营业执照")
    desk.context.set_offline(True)
    desk.get_by_role("button", name="通知商户补件").click()
    expect(desk.get_by_role("alert")).to_contain_text("再点一次即可，不会重复处理")
    desk.context.set_offline(False)
    desk.get_by_role("button", name="通知商户补件").click()
    expect(desk.get_by_text("等商户补交材料")).to_be_visible()
    assert len(fake.posts) == 1


def test_claiming_puts_ones_name_on_it(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    desk.get_by_role("button", name="我来审核").click()
    expect(desk.get_by_text("审核员：林审核")).to_be_visible()


def test_what_a_colleague_has_in_hand_can_only_be_read(desk: Page, fake: FakeReview, address: str) -> None:
    fake.cases[MAIN]["assignee"] = "陈审核"
    open_case(desk, address, MAIN)
    expect(desk.get_by_text("正由陈审核处理，你可以查看。")).to_be_visible()
    for name in ("通过", "退回补交", "驳回", "要求补件", "我来审核"):
        expect(desk.get_by_role("button", name=name, exact=True)).to_have_count(0)


def test_warnings_stand_out_with_their_clause(desk: Page, address: str) -> None:
    open_case(desk, address, MAIN)
    facts = desk.get_by_role("region", name="核对事实")
    expect(facts).to_contain_text("注意2 笔，共 ¥86.00")
    expect(facts).to_contain_text("协议第 7.2 条")
    expect(desk.get_by_text("1 条提醒")).to_be_visible()


def test_an_application_that_is_not_there_says_so(desk: Page, address: str) -> None:
    desk.goto(f"{address}#/applications/SQ0000000000")
    expect(desk.get_by_text("没有找到这份申请单")).to_be_visible()
    desk.get_by_role("button", name="返回列表").click()
    expect(desk.get_by_role("heading", name="待审核", level=1)).to_be_visible()
