"""退押金: each kind of deposit and machine, the machine's way back, refusals, and who cannot have one."""

from collections.abc import Callable

import pytest

from tests.conversations.merchants import agency, terminal
from tests.conversations.story import Desk, Story, own_account

pytestmark = pytest.mark.timeout(300)


def test_a_deposit_comes_back_when_the_machine_is_back(tell: Callable[..., Story], desk: Desk) -> None:
    machine = terminal("smart", 19_900)
    story = tell(terminals=[machine])
    story.opens("押金怎么退", "deposit_refund")
    story.answers(
        terminal=machine.terminal_no,
        reason="店铺停业",
        deposit_kind="领机器的时候交的",
        claimed_deposit="199元",
        machine="还在我手里",
        payout_account="登记的结算账户",
    )
    story.files()
    assert story.documents == {"deposit_receipt", "contract", "transactions", "smart_machine"}
    story.uploads()

    desk.accepts(story)
    desk.sends_back(story, "transactions", "截图不完整，请截到本月。")
    story.uploads()
    assert desk.facts(story)["没有未了结的争议"] == "符合"
    desk.approves(story)
    story.comes_to("agreement_pending")
    story.agrees()

    story.sends_machine("演示快递 DEMO0001")
    desk.finds_fault(story, "少了充电器，请一起寄来。")
    story.sends_machine("充电器 演示快递 DEMO0002")
    desk.takes_machine(story)
    story.comes_to("paid")
    story.hears("入账明细")
    story.has_received()
    story.is_over()
    assert story.merchant.http.get("/v1/merchant").json()["terminals"][0]["status"] == "unbound"


def test_a_refused_refund_is_mended_and_paid_to_another_account(
    tell: Callable[..., Story], desk: Desk, payer: Desk
) -> None:
    machine = terminal("signature", 9_900)
    story = tell(terminals=[machine], account=None)
    story.opens("我要退押金", "deposit_refund")
    story.answers(
        terminal=machine.terminal_no,
        reason="换了别家的机器",
        deposit_kind="第一次刷卡冻结的",
        claimed_deposit="跳过",
        machine="早就寄走了",
        payout_account="同名的其他账户",
        other_account=own_account(story),
    )
    story.files()
    assert story.documents == {"first_swipe_record", "contract", "transactions", "return_proof"}
    story.uploads()
    desk.rejects(story, "退机凭证上没有单号。")

    story.presses("修改后再提交")
    story.files()
    desk.asks_for_more(story, "请补一张快递签收的截图。")
    assert "supplement" in story.documents
    story.uploads()
    desk.approves(story)
    story.comes_to("agreement_pending")
    assert "退回机器" not in story.steps
    story.agrees()
    payer.releases(story)
    story.has_received()
    story.is_over()


def test_a_machine_that_need_not_come_back_does_not_hold_the_money(tell: Callable[..., Story], desk: Desk) -> None:
    machine = terminal("mobile", 6_000)
    story = tell(terminals=[machine])
    story.opens("我想把押金退了", "deposit_refund")
    story.answers(
        terminal=machine.terminal_no,
        reason="机器闲置不用",
        deposit_kind="激活费",
        claimed_deposit="跳过",
        machine="在手边",
        payout_account="登记的结算账户",
    )
    story.files()
    assert story.documents == {"deposit_receipt", "activation_terms", "contract", "transactions", "mobile_machine"}
    story.uploads("activation_terms")
    desk.approves(story, 5_000, "按合同扣除流量卡的费用。", "fees_owed")
    story.comes_to("agreement_pending")
    story.hears("按合同扣除流量卡的费用")
    story.agrees()
    story.comes_to("returning")
    desk.waives_machine(story, "这个型号不再回收")
    story.has_received()
    story.is_over()


def test_conditions_that_do_not_hold_are_shown_and_a_refusal_can_be_appealed(
    tell: Callable[..., Story], desk: Desk, lead: Desk
) -> None:
    machine = terminal("signature", 9_900, bought_properly=False, fees_owed_fen=3_600, open_disputes=1)
    story = tell(terminals=[machine])
    story.opens("我要退押金", "deposit_refund")
    story.answers(
        terminal=machine.terminal_no,
        reason="我要把账户注销了",
        deposit_kind="流量卡费",
        claimed_deposit="99",
        machine="在手边",
        payout_account="登记的结算账户",
    )
    assert story.documents == {"data_card_record", "contract", "transactions", "signature_machine"}
    story.files()
    story.uploads()
    facts = desk.facts(story)
    assert facts["通过正规渠道办理"] == "不符合"
    assert facts["费用已结清"].startswith("不符合：36.00元")
    assert facts["没有未了结的争议"].startswith("不符合：1件")
    desk.rejects(story, "合同第五条：先处理争议。")

    refused = story.number
    story.opens_by_button("我要投诉", "complaint")
    assert {answer["field"]: answer["value"] for answer in story.application["answers"]} == {"application": refused}
    story.answers(
        about="申请没通过", want="重新审核", happened="争议上个月已经处理完了，有银行的回执", reply_way="就在这里回复"
    )
    story.files()
    lead.approves(story, reply="核对过了，争议已经处理完，请再次提交退押金的申请。")
    story.is_over()
    story.hears("请再次提交退押金的申请")


def test_other_reasons_and_lost_machines_are_told_in_own_words_and_a_filed_one_is_withdrawn(
    tell: Callable[..., Story],
) -> None:
    machine = terminal("smart", 29_900)
    story = tell(terminals=[machine])
    story.opens("押金怎么退", "deposit_refund")
    story.answers(
        terminal=machine.terminal_no,
        reason="其他原因",
        reason_text="店面转让，新店主不用这台机器",
        deposit_kind="说不清",
        claimed_deposit="跳过",
        machine="找不到了",
        payout_account="登记的结算账户",
    )
    story.files()
    assert "loss_note" in story.documents
    story.withdraws()
    story.hears("已撤回")


def test_a_bank_that_refuses_the_account_is_helped_with_another_one(
    tell: Callable[..., Story], desk: Desk, payer: Desk
) -> None:
    machine = terminal("classic", 19_900)
    story = tell(terminals=[machine], account="6222620000000000019")
    story.opens("押金怎么退", "deposit_refund")
    story.answers(
        terminal=machine.terminal_no,
        reason="店铺停业",
        deposit_kind="机器押金",
        claimed_deposit="跳过",
        machine="已经寄回",
        payout_account="登记的结算账户",
    )
    story.files()
    story.uploads()
    desk.approves(story)
    story.comes_to("agreement_pending")
    story.agrees()
    story.comes_to("payout_abnormal")
    story.hears("换收款账户", in_button=True)
    story.presses("换收款账户")
    story.answers(other_account=own_account(story))
    story.comes_to("agreement_pending")
    story.agrees()
    payer.releases(story)
    story.has_received()
    story.is_over()


def test_the_same_machine_is_not_filed_twice(tell: Callable[..., Story], again: Callable[[Story], Story]) -> None:
    machine = terminal("smart", 19_900)
    first = tell(terminals=[machine])
    given = {
        "reason": "店铺停业",
        "deposit_kind": "机器押金",
        "claimed_deposit": "跳过",
        "machine": "在手边",
        "payout_account": "登记的结算账户",
    }
    first.opens("押金怎么退", "deposit_refund")
    first.answers(terminal=machine.terminal_no, **given)
    first.files()

    second = again(first)
    second.says("押金怎么退")
    second.opens_by_button("另办一份", "deposit_refund")
    second.is_asked("terminal")
    assert first.number in second.says(machine.terminal_no)


def test_who_has_no_deposit_is_told_so(tell: Callable[..., Story]) -> None:
    story = tell(terminals=[terminal("speaker")])
    story.opens("押金怎么退", "deposit_refund")
    question = story.is_asked("terminal")
    assert question["choices"] == []
    story.hears("转人工")


def test_an_agent_is_told_that_this_deposit_is_the_merchants(tell: Callable[..., Story]) -> None:
    story = tell(kind="agent", agency=agency())
    assert "商户" in story.says("押金怎么退")
    assert story.merchant.http.get("/v1/applications").json()["items"] == []
