"""取消POS机: each reason with its papers, the deposit that is paid besides, and the machine that comes back."""

from collections.abc import Callable

import pytest

from tests.conversations.merchants import payment, terminal
from tests.conversations.story import Desk, Story, identity, own_account

pytestmark = pytest.mark.timeout(300)


def test_a_machine_with_a_deposit_is_cancelled_paid_and_sent_back(
    tell: Callable[..., Story], desk: Desk, payer: Desk
) -> None:
    machine = terminal("smart", 99_900)
    story = tell(terminals=[machine])
    story.opens("POS机不想用了，怎么退机", "cancel_pos")
    story.answers(terminal=machine.terminal_no, reason="机器坏了", machine="快递寄回")
    story.answers(identity_proof=identity(story), payout_account="登记的结算账户")
    story.files()
    assert story.documents == {"fault_proof", "machine_photo", "deposit_receipt"}
    story.uploads()
    desk.sends_back(story, "machine_photo", "机身号看不清，请再拍一张。")
    story.uploads()
    assert desk.facts(story)["交易都已结算"] == "符合"
    desk.approves(story)
    story.comes_to("agreement_pending")
    story.agrees()
    payer.releases(story)
    story.has_received()

    story.sends_machine("演示快递 DEMO0003")
    desk.finds_fault(story, "收到的不是这台机器。")
    story.sends_machine("演示快递 DEMO0004")
    desk.takes_machine(story)
    story.is_over()
    assert story.merchant.http.get("/v1/merchant").json()["terminals"][0]["status"] == "unbound"


def test_a_machine_without_a_deposit_needs_no_agreement(tell: Callable[..., Story], desk: Desk) -> None:
    machine = terminal("speaker")
    story = tell(terminals=[machine])
    story.opens("我要取消POS机", "cancel_pos")
    story.answers(terminal=machine.terminal_no, reason="业务调整", machine="上门来拿")
    story.answers(identity_proof=identity(story))
    story.files()
    assert story.documents == {"business_proof", "machine_photo"}
    story.uploads()
    desk.rejects(story, "证明上的店名不一致。")
    story.presses("修改后再提交")
    story.files()
    desk.approves(story)
    story.sends_machine("昨天交给服务人员小李了")
    desk.takes_machine(story)
    story.is_over()


def test_what_is_still_open_is_shown_and_a_lost_machine_is_explained(
    tell: Callable[..., Story], desk: Desk, payer: Desk
) -> None:
    machine = terminal("signature", 9_900, fees_owed_fen=3_600)
    story = tell(terminals=[machine], transactions=[payment(32_000, settled=False)])
    story.opens("pos机不用了，帮我撤机", "cancel_pos")
    story.answers(terminal=machine.terminal_no, reason="其他原因", reason_text="店里统一换成了收银系统")
    story.answers(machine="丢了", identity_proof=identity(story), payout_account="换一张卡")
    story.answers(other_account=own_account(story))
    story.files()
    assert story.documents == {"loss_note", "deposit_receipt"}
    story.uploads()
    desk.asks_for_more(story, "请补一张报失的说明。")
    story.uploads()
    facts = desk.facts(story)
    assert facts["交易都已结算"].startswith("不符合：320.00元")
    assert facts["费用已结清"].startswith("不符合：36.00元")
    desk.approves(story)
    story.comes_to("agreement_pending")
    story.agrees()
    payer.releases(story)
    story.has_received()
    story.is_over()


def test_an_account_problem_needs_other_papers_and_a_draft_is_thrown_away(tell: Callable[..., Story]) -> None:
    machine = terminal("smart")
    story = tell(terminals=[machine])
    story.opens("我要取消POS机", "cancel_pos")
    story.answers(terminal=machine.terminal_no, reason="账户异常")
    assert story.documents == {"account_notice", "transaction_proof"}
    story.corrects("原因选错了", reason="设备故障")
    assert story.documents == {"fault_proof"}
    story.withdraws()


def test_who_has_no_machine_is_told_so(tell: Callable[..., Story]) -> None:
    story = tell()
    story.opens("我要取消POS机", "cancel_pos")
    assert story.is_asked("terminal")["choices"] == []


def test_on_return_the_started_one_is_listed_and_goes_on_on_another_device(
    tell: Callable[..., Story], again: Callable[[Story], Story]
) -> None:
    machine = terminal("smart")
    first = tell(terminals=[machine])
    first.opens("我要取消POS机", "cancel_pos")
    first.answers(terminal=machine.terminal_no)
    second = again(first)
    second.number, second.codes = first.number, dict(first.codes)
    second.goes_on()
    second.answers(reason="业务调整")
    assert second.application["answers"][1]["display"] == "业务调整"
