"""Each kind of answer: what is taken, how it is shown, and what is said when it is wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.cases.answers.checks import Surroundings, check_answer
from service.cases.answers.errors import WrongAnswer
from service.cases.procedures.model import Question
from service.cases.subjects import Subject

TODAY = date(2026, 11, 23)


def machine(number: str, tail: str, model: str, left_fen: int, *, active: bool) -> Subject:
    title = f"{model}（{number}）"
    display = f"{model}（{number}，机身号尾 {tail}）"
    return Subject("terminal", number, title, display, (tail,), facts={"deposit_left_fen": left_fen}, usable=active)


OFFERS = (
    machine("A1000001", "0001", "智能POS", 19_900, active=True),
    machine("A1000002", "0002", "扫码音箱", 0, active=True),
    machine("A1000003", "0003", "传统POS", 0, active=False),
)
CARD = "6222020000000000000"


def question(kind: str, **more: Any) -> Question:
    values = {"field": "it", "kind": kind, "label": "问题", "prompt": "请回答", "example": "示例", **more}
    return Question.model_validate(values)


def check(asked: Question, raw: object, **around: Any) -> Any:
    return check_answer(asked, raw, Surroundings(today=TODAY, offers=OFFERS, choices=asked.choices, **around))


CHOICE = question("choice", choices=[{"value": "closed", "title": "店铺停业"}, {"value": "idle", "title": "机器闲置"}])
ACCOUNT = question(
    "secure",
    same_holder=True,
    inputs=[
        {"name": "holder", "label": "户名", "kind": "name"},
        {"name": "bank", "label": "开户银行", "kind": "bank_name"},
        {"name": "number", "label": "银行账号", "kind": "bank_card"},
    ],
)


@pytest.mark.parametrize("said", ["closed", "店铺停业", " 店铺停业 "])
def test_a_choice_is_taken_by_value_or_title(said: str) -> None:
    assert (check(CHOICE, said).value, check(CHOICE, said).display) == ("closed", "店铺停业")


def test_a_wrong_choice_lists_the_right_ones_and_an_example() -> None:
    with pytest.raises(WrongAnswer, match=r"店铺停业、机器闲置.*例如：示例"):
        check(CHOICE, "别的")


@pytest.mark.parametrize("said", ["A1000001", "a1000001", "Ａ１０００００１", "0001"])
def test_a_terminal_is_taken_by_its_number_or_the_end_of_its_serial(said: str) -> None:
    assert check(question("terminal"), said).value == "A1000001"


def test_a_terminal_has_to_fit() -> None:
    with pytest.raises(WrongAnswer, match="名下没有"):
        check(question("terminal"), "B9999999")
    with pytest.raises(WrongAnswer, match="没有登记未退的押金"):
        check(question("terminal", with_deposit=True), "A1000002")
    with pytest.raises(WrongAnswer, match="停用"):
        check(question("terminal"), "A1000003")


@pytest.mark.parametrize("said", ["银行卡6222020000000000000", "我的密码是abc12345", "⟦银行卡 尾号1234 #a1⟧"])
def test_free_text_takes_no_numbers_that_belong_into_the_secure_form(said: str) -> None:
    with pytest.raises(WrongAnswer, match="不要写"):
        check(question("text"), said)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026年11月20日", date(2026, 11, 20)),
        ("20261120", date(2026, 11, 20)),
        ("11月20号", date(2026, 11, 20)),
        ("12月1日", date(2025, 12, 1)),
        ("昨天", date(2026, 11, 22)),
    ],
)
def test_a_day_that_has_been_is_taken(said: str, day: date) -> None:
    assert check(question("date"), said).value == day.isoformat()


@pytest.mark.parametrize("said", ["2026-11-24", "2026-02-30", "明年", "13月1日"])
def test_another_day_is_refused(said: str) -> None:
    with pytest.raises(WrongAnswer):
        check(question("date"), said)


@pytest.mark.parametrize(
    "said", ["13800138000", "138 0013 8000", "+86 13800138000", "１３８００１３８０００", "19912345678"]
)
def test_a_phone_is_kept_secret_and_shown_masked(said: str) -> None:
    answer = check(question("phone"), said)
    assert answer.value is None
    assert "****" in answer.display


@pytest.mark.parametrize("said", ["10086", "14112345678", "1380013800", "021-12345678", "abc"])
def test_what_is_no_mobile_number_is_refused(said: str) -> None:
    with pytest.raises(WrongAnswer):
        check(question("phone"), said)


@pytest.mark.parametrize("said", [None, "", "跳过", "记不清了", "我忘了", "不记得交了多少", "没有"])
def test_an_optional_question_may_be_skipped(said: str | None) -> None:
    answer = check(question("amount", optional=True), said)
    assert (answer.value, answer.display) == (None, "未填写")


def test_other_questions_may_not_be_skipped() -> None:
    with pytest.raises(WrongAnswer):
        check(question("amount"), None)


def test_an_account_is_kept_secret() -> None:
    raw = {"holder": "杭州（春风）商行", "bank": "演示银行", "number": "6222 0200 0000 0000 000"}
    answer = check(ACCOUNT, raw, holders=["杭州(春风) 商行"])
    assert answer.secret["number"] == CARD
    assert CARD not in answer.display
    assert answer.value is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"holder": "李四"}, "户名"),
        ({"number": "1234"}, "8 到 32 位"),
        ({"number": "0000000000000000"}, "不对"),
        ({"number": "622202abc"}, "只有数字"),
        ({"number": ""}, "请填写银行账号"),
        ({"bank": CARD}, "好像写了号码"),
        ({"password": "123456"}, "表单内容不对"),
        ({"number": 6222}, "表单内容不对"),
    ],
)
def test_a_wrong_account_is_explained_without_repeating_it(change: dict[str, Any], says: str) -> None:
    raw = {"holder": "春风", "bank": "演示银行", "number": CARD, **change}
    with pytest.raises(WrongAnswer) as caught:
        check(ACCOUNT, raw, holders=["春风"])
    assert says in caught.value.sentence
    assert CARD not in caught.value.sentence


def test_a_secure_answer_does_not_come_through_the_chat() -> None:
    with pytest.raises(WrongAnswer, match="安全表单"):
        check(ACCOUNT, CARD, holders=["春风"])


ANY_KIND = st.sampled_from(
    [CHOICE, ACCOUNT, *(question(kind) for kind in ("text", "amount", "date", "phone", "terminal"))]
)


@given(ANY_KIND, st.text(max_size=60) | st.none() | st.integers() | st.dictionaries(st.text(), st.text()))
def test_anything_is_taken_or_refused_with_a_sentence(asked: Question, raw: object) -> None:
    sentence = "。"
    try:
        check(asked, raw, holders=["春风"])
    except WrongAnswer as wrong:
        sentence = wrong.sentence
    assert sentence.endswith("。")
