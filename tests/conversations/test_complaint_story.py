"""投诉: by anybody, about anything, always answered in words."""

from collections.abc import Callable

import pytest

from tests.conversations.merchants import service
from tests.conversations.story import Desk, Story

pytestmark = pytest.mark.timeout(300)

WORDS = "我要投诉"


def test_a_stranger_complains_and_is_answered(visit: Callable[[], Story], desk: Desk) -> None:
    story = visit()
    story.opens(WORDS, "complaint")
    story.answers(about="被人骗了", want="把钱退给我", amount="299元")
    story.answers(
        happened="有人打电话说帮我退押金，让我先交了299元", reply_way="打电话给我", contact_phone="13800138000"
    )
    story.files()
    assert story.documents == {"evidence", "fraud_record"}
    story.comes_to("in_review")
    story.uploads("evidence", "fraud_record")
    desk.asks_for_more(story, "请补一张转账的截图。")
    story.uploads()
    desk.approves(story, reply="这个号码不是我们的，已经记录下来；请报警并联系您的银行。")
    story.is_over()
    story.hears("这个号码不是我们的")


def test_a_complaint_that_is_not_upheld_can_be_filed_again(visit: Callable[[], Story], desk: Desk) -> None:
    story = visit()
    story.opens(WORDS, "complaint")
    story.answers(about="服务态度", want="给个说法")
    story.answers(happened="打了三次电话都没有人理我", reply_way="就在这里回复")
    story.files()
    desk.rejects(story, "通话记录里没有查到这几次来电。")
    story.presses("修改后再提交")
    story.files()
    story.withdraws()


@pytest.mark.parametrize(
    ("about", "want"),
    [
        ("押金或退款没给", "把钱退给我"),
        ("乱扣费", "停止这种做法"),
        ("业务员或代理商", "别的要求"),
        ("商家收款的问题", "给个说法"),
        ("别的事", "重新审核"),
    ],
)
def test_anything_can_be_complained_about(visit: Callable[[], Story], about: str, want: str) -> None:
    story = visit()
    story.opens(WORDS, "complaint")
    story.answers(about=about, want=want)
    assert story.documents == {"evidence"}


def test_a_merchant_chooses_the_application_that_it_is_about(tell: Callable[..., Story], lead: Desk) -> None:
    story = tell(services=[service("短信费")])
    story.opens("短信费怎么取消", "stop_service")
    story.answers(service="短信费")
    story.files()
    stopped = story.number
    story.opens(WORDS, "complaint")
    question = story.is_asked("application")
    assert [choice["value"] for choice in question["choices"]] == [stopped]
    story.answers(application=question["choices"][0]["title"], about="服务态度", want="给个说法")
    story.answers(happened="提交了一个星期没有人理我", reply_way="就在这里回复")
    story.files()
    lead.approves(story, reply="已经催办，同事今天处理。")
    story.is_over()


def test_who_never_opened_an_account_may_write_that_down(visit: Callable[[], Story]) -> None:
    story = visit()
    story.opens(WORDS, "complaint")
    story.answers(about="有人冒用我的身份")
    assert story.documents == {"evidence", "not_mine"}
