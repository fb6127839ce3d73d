"""撤销服务: just stopped, or stopped and what was charged given back."""

from collections.abc import Callable

import pytest

from tests.conversations.merchants import service
from tests.conversations.story import Desk, Story, own_account

pytestmark = pytest.mark.timeout(300)


def test_a_service_is_stopped_without_any_money(tell: Callable[..., Story], desk: Desk) -> None:
    story = tell(services=[service("云闪付收款"), service("流量费", charged_fen=9_900)])
    story.opens("我想关闭云闪付", "stop_service")
    story.answers(service="云闪付")
    story.files()
    story.comes_to("in_review")
    desk.approves(story)
    story.is_over()


def test_a_service_that_cost_something_is_only_stopped(tell: Callable[..., Story], desk: Desk) -> None:
    story = tell(services=[service("会员费", charged_fen=8_700)])
    story.opens("会员费帮我停掉", "stop_service")
    story.answers(service="会员费", want="以后别扣就行")
    story.files()
    desk.rejects(story, "这项服务已经在上月停了。")
    story.presses("修改后再提交")
    story.files()
    desk.approves(story)
    story.is_over()


def test_what_was_charged_is_given_back(tell: Callable[..., Story], desk: Desk) -> None:
    story = tell(services=[service("流量费", charged_fen=9_900)])
    story.opens("流量费帮我关掉", "stop_service")
    story.answers(service="流量费", want="停用并退回已扣的钱", reason="没有同意过", amount="100元")
    story.hears("最多还能退")
    story.answers(amount="99元", payout_account="登记的结算账户")
    story.files()
    assert story.documents == {"charge_record", "promise"}
    story.uploads()
    desk.sends_back(story, "charge_record", "请截到扣费的日期。")
    story.uploads()
    desk.approves(story)
    story.comes_to("agreement_pending")
    story.agrees()
    story.has_received()
    story.is_over()


def test_a_sum_that_is_not_agreed_to_is_looked_at_again_and_paid_to_another_account(
    tell: Callable[..., Story], desk: Desk, payer: Desk
) -> None:
    story = tell(services=[service("短信费", charged_fen=1_500)], account=None)
    story.opens("短信费怎么取消", "stop_service")
    story.answers(service="短信费", want="把扣的钱退给我", reason="其他原因", reason_text="上个月已经停过，又扣了")
    story.answers(amount="跳过", payout_account="同名的其他账户", other_account=own_account(story))
    story.files()
    assert story.documents == {"charge_record"}
    story.uploads()
    desk.asks_for_more(story, "请补一张上次停用的短信。")
    story.uploads()
    desk.approves(story, 300, "按扣费记录，停用以后多扣的是这一笔。", "charge_partly_due")
    story.comes_to("agreement_pending")
    story.disagrees()
    desk.approves(story, 600, "又核对了一遍，停用以后多扣了两笔。", "charge_partly_due")
    story.comes_to("agreement_pending")
    story.agrees()
    payer.releases(story)
    story.has_received()
    story.is_over()


@pytest.mark.parametrize("reason", ["没说要收费", "重复扣了", "开了没用过"])
def test_other_reasons(tell: Callable[..., Story], reason: str) -> None:
    story = tell(services=[service("流量费", charged_fen=9_900)])
    story.opens("流量费帮我关掉", "stop_service")
    story.answers(service="流量费", want="停用并退回已扣的钱", reason=reason)
    story.is_asked("amount")


def test_who_has_no_service_is_told_so(tell: Callable[..., Story]) -> None:
    story = tell()
    story.opens("流量费帮我关掉", "stop_service")
    assert story.is_asked("service")["choices"] == []
    story.hears("转人工")
