"""Which answer a correction speaks of, and what it says to be right."""

import pytest

from actions.answers import Aside, Given, OwnWords, read_reply
from actions.background import background
from actions.choices import only_mention, other_of_two
from actions.corrections import meant_field
from actions.righting import right_part, sum_at_the_end
from tests.actions.saying import said

ANSWERS = [
    {"field": "terminal", "kind": "terminal", "label": "机器"},
    {"field": "reason", "kind": "choice", "label": "退押金的原因"},
    {"field": "amount", "kind": "amount", "label": "押金金额"},
    {"field": "phone", "kind": "phone", "label": "联系手机号"},
    {"field": "way_back", "kind": "choice", "label": "机器怎么退回"},
    {"field": "city", "kind": "text", "label": "在哪个城市"},
    {"field": "account", "kind": "choice", "label": "收款账户"},
]
MACHINES = [
    {"value": "A1", "title": "智能POS（尾号0012）", "also": []},
    {"value": "B2", "title": "电签POS（尾号7788）", "also": []},
]
REASONS = [
    {"value": "closed", "title": "店铺停业", "also": ["关门", "店关"]},
    {"value": "switched", "title": "换用其他公司", "also": ["别家"]},
    {"value": "other", "title": "其他原因", "also": ["另外"]},
]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("手机号填错了", "phone"),
        ("机器选错了 另外那台", "terminal"),
        ("卡号写错了", "account"),
        ("上一个填错了", "account"),
        ("填错了", None),
        ("原因和金额都错了", None),
        ("不是299，是199", "amount"),
        ("应该是13900139000", "phone"),
        ("日期不对 应该是上个月15号", None),
        ("城市写错了 是杭州", "city"),
        ("金额是不是填多了", "amount"),
    ],
)
def test_a_correction_finds_the_answer_it_speaks_of(text: str, field: str | None) -> None:
    assert meant_field(ANSWERS, said(text, "更正")) == field


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("金额应该是199不是299", "199"),
        ("押金金额是280不是300", "280"),
        ("金额要改 299 不是 300 元", "299"),
        ("不是300是3百多，299", "299"),
        ("金额填错了，是三百六十五块", "三百六十五"),
        ("不是360是三百六十五", "三百六十五"),
        ("金额不是300", None),
    ],
)
def test_the_sum_that_is_turned_down_is_not_taken(text: str, value: str | None) -> None:
    assert sum_at_the_end(right_part(text)) == value


def test_another_answer_that_was_wrong_does_not_answer_this_question() -> None:
    question = {"field": "reason", "kind": "choice", "choices": REASONS, "optional": False}
    assert isinstance(read_reply(question, said("机器选错了 另外那台", "更正")), Aside)
    assert not isinstance(read_reply(question, said("那我现在干嘛", "超出范围")), (Given, OwnWords))


def test_a_sum_that_is_put_right_at_once_answers_the_question_for_one() -> None:
    question = {"field": "amount", "kind": "amount", "choices": [], "optional": False}
    assert read_reply(question, said("金额我写错了 应该是199", "更正")) == Given("199")


def test_the_other_one_of_two_is_meant() -> None:
    assert other_of_two(MACHINES, "A1", "另外那台") == "B2"
    assert other_of_two(MACHINES, "A1", "选错了") is None
    assert other_of_two([*MACHINES, *REASONS], "A1", "另外那台") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我要退押金 首刷扣的299 店关了", "closed"),
        ("我要退押金，不是关门，换别家了", "switched"),
        ("关门了也换别家了，退押金", None),
        ("我要换别家的机器", None),
        ("我要退押金", None),
    ],
)
def test_the_one_choice_of_which_a_first_message_speaks_is_kept(text: str, value: str | None) -> None:
    assert only_mention(REASONS, background(text)) == value
