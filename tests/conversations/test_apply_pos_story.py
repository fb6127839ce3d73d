"""申请POS机: a stranger finds the machine that fits, and becomes a lead of the sales team."""

from collections.abc import Callable

import pytest

from tests.conversations.story import Desk, Story

pytestmark = pytest.mark.timeout(300)

WORDS = "我想办一台POS机"
CONTACT = {"city": "杭州市西湖区", "contact_name": "王老板", "contact_phone": "13800138000"}


def test_a_shop_becomes_a_lead(visit: Callable[[], Story], desk: Desk) -> None:
    story = visit()
    story.opens(WORDS, "apply_pos")
    story.answers(payments="刷卡和扫码都有", place="店里固定收银", receipt="要打小票", machine="智能POS（能打小票）")
    story.answers(licence="有营业执照", **CONTACT, wishes="想了解费率")
    story.files()
    assert story.documents == {"licence_photo", "shop_photo"}
    story.comes_to("in_review")
    story.uploads("licence_photo", "shop_photo")
    desk.asks_for_more(story, "请补一张店里收银台的照片。")
    story.uploads()
    desk.approves(story)
    story.is_over()


def test_who_cannot_be_served_hears_why_and_how_to_appeal(visit: Callable[[], Story], desk: Desk) -> None:
    story = visit()
    story.opens(WORDS, "apply_pos")
    story.answers(payments="刷卡和扫码都有", place="出门收款", machine="移动POS（能带出门）", licence="还没有")
    story.answers(**CONTACT, wishes="跳过")
    story.files()
    desk.rejects(story, "您所在的地方，现在还没有同事能上门服务。")


@pytest.mark.parametrize(
    "way",
    [
        {"payments": "只扫码", "machine": "扫码音箱", "licence": "正在办"},
        {"payments": "刷卡和扫码都有", "place": "店里", "receipt": "不用小票", "machine": "电签POS（小巧）"},
        {"payments": "扫码", "machine": "帮我挑一个"},
    ],
    ids=["speaker", "signature", "advised"],
)
def test_the_questions_find_what_fits(visit: Callable[[], Story], way: dict[str, str]) -> None:
    story = visit()
    story.opens(WORDS, "apply_pos")
    story.answers(**way)
    assert story.application["answers"][-1]["field"] in ("machine", "licence")
