"""代理商退押金: an agent's own deposit by the agency contract; merchants are shown their own way."""

from collections.abc import Callable

import pytest

from tests.conversations.merchants import Directory, agency, terminal
from tests.conversations.story import Desk, Story, own_account

pytestmark = pytest.mark.timeout(300)


def test_an_agent_gets_its_deposit_back_and_only_once(tell: Callable[..., Story], desk: Desk, payer: Desk) -> None:
    story = tell(kind="agent", agency=agency())
    story.opens("代理商押金怎么退", "agent_deposit_refund")
    story.answers(contract_state="已经到期", reason="不做了", conditions="都做到了", stock="没有了")
    story.answers(claimed_deposit="5000元", payout_account="登记的结算账户")
    story.files()
    assert story.documents == {"agency_contract", "deposit_receipt", "transactions"}
    story.uploads()
    desk.sends_back(story, "agency_contract", "缺盖章的那一页。")
    story.uploads()
    facts = desk.facts(story)
    assert facts["代理合同已结束"] == facts["机器已发完或退回"] == facts["有未退的代理押金"] == "符合"
    desk.approves(story)
    story.comes_to("agreement_pending")
    story.agrees()
    payer.releases(story)
    story.has_received()
    story.is_over()

    story.opens("代理商押金怎么退", "agent_deposit_refund")
    story.is_blocked("deposit_there")


def test_a_running_contract_is_shown_to_people_and_a_refusal_is_mended(
    tell: Callable[..., Story], desk: Desk, payer: Desk
) -> None:
    story = tell(kind="agent", agency=agency(), account=None)
    story.opens("代理pos机交的押金不想做了怎么退", "agent_deposit_refund")
    story.answers(contract_state="还在履行", reason="其他原因", reason_text="业务并到另一家公司了")
    story.answers(conditions="只做到一部分", stock="还有几台")
    story.answers(claimed_deposit="跳过", payout_account="同名的其他账户", other_account=own_account(story))
    story.files()
    assert "stock_list" in story.documents
    story.uploads()
    facts = desk.facts(story)
    assert facts["代理合同已结束"].startswith("不符合")
    assert facts["机器已发完或退回"].startswith("不符合")
    desk.rejects(story, "合同还没有结束。")

    story.presses("修改后再提交")
    story.is_asked("confirm")
    story.corrects("代理合同的情况选错了", contract_state="双方已解除")
    assert "termination" in story.documents
    story.files()
    story.uploads()
    desk.asks_for_more(story, "请补一张剩余机器的退回单。")
    story.uploads()
    desk.approves(story, 400_000, "按代理合同扣除未退回机器的押金。", "machine_lost")
    story.comes_to("agreement_pending")
    story.agrees()
    payer.releases(story)
    story.has_received()
    story.is_over()


def test_reached_conditions_can_be_uncertain(tell: Callable[..., Story]) -> None:
    story = tell(kind="agent", agency=agency())
    story.opens("代理商押金怎么退", "agent_deposit_refund")
    story.answers(contract_state="已经到期", reason="已达到退还条件", conditions="说不准")
    story.withdraws()


def test_a_merchant_is_told_that_this_is_for_agents(tell: Callable[..., Story]) -> None:
    story = tell(terminals=[terminal("smart", 19_900)])
    assert "代理" in story.says("代理商押金怎么退")
    assert story.merchant.http.get("/v1/applications").json()["items"] == []


def test_who_turns_out_to_be_a_merchant_is_told_so_then(visit: Callable[[], Story], directory: Directory) -> None:
    story = visit()
    story.opens("代理商押金怎么退", "agent_deposit_refund")
    story.is_asked("identity")
    story.proves_identity(directory.add())
    story.is_blocked("party")
