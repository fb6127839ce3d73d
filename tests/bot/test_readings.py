"""What a message means beyond its likeliest intent: requests, ambiguous words, gestures, moods, consumers, English."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.changes import wanted_instead
from bot.nlu.labels import understood_as
from bot.nlu.parts import pieces, requests_in
from bot.nlu.readings import Request, ambiguity, gesture, is_picture, several, surest
from bot.nlu.situation import situation
from bot.nlu.text import fold
from bot.nlu.words import words

ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("我要退押金，再把短信费关了。怎么几天到账？\n")))


def request(label: str, confidence: float = 0.9) -> Request:
    return Request(label, understood_as(label, confidence, []))


def told(text: str) -> dict[str, str]:
    return {name: value for name, value, _, _ in situation(fold(text), words())}


@pytest.mark.parametrize(
    ("text", "requests"),
    [
        ("我要退押金，再把短信费关了", ["我要退押金", "把短信费关了"]),
        ("押金怎么退，几天到账，要什么材料", ["押金怎么退", "几天到账", "要什么材料"]),
        ("店关门了，我要退押金，顺便查一下进度", ["店关门了，我要退押金", "查一下进度"]),
        ("取消pos机\n注销账户", ["取消pos机", "注销账户"]),
        ("店不想开了，机器也坏了，押金退给我", ["店不想开了，机器也坏了，押金退给我"]),
        ("我想退押金，麻烦了，谢谢", ["我想退押金"]),
        ("退押金还是取消机器", []),
        ("再见", []),
    ],
)
def test_requests_are_cut_apart_with_their_background(text: str, requests: list[str]) -> None:
    assert requests_in(text, words().requests) == requests


@given(ANY_TEXT)
def test_every_piece_stands_in_the_text(text: str) -> None:
    for piece in pieces(text, words().requests):
        assert piece in text
        assert re.search(r"\w", piece)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("算了我不取消了我要退押金", "我要退押金"),
        ("不取消了，改成退押金吧", "改成退押金吧"),
        ("不是退押金，是注销账户", "是注销账户"),
        ("说错了，我要退押金不是取消", "我要退押金"),
        ("先不退押金，想看下进度", "想看下进度"),
        ("算了，明天再说", None),
        ("我想说不用了", None),
        ("不退押金我要怎么办", None),
        ("我要退押金", None),
        ("别退了，我要取消机器，我要关短信费", None),
    ],
)
def test_what_is_wanted_instead_is_told_from_what_is_dropped(text: str, wanted: str | None) -> None:
    assert wanted_instead(text, words().changes) == wanted


@given(ANY_TEXT)
def test_what_is_wanted_instead_stands_in_the_text(text: str) -> None:
    assert (wanted_instead(text, words().changes) or "") in text


def test_only_sure_and_different_requests_are_several() -> None:
    assert [r.label for r in several([request("退押金"), request("撤销服务")])] == ["退押金", "撤销服务"]
    assert several([request("退押金"), request("退押金")]) == []
    assert several([request("退押金"), request("撤销服务", 0.3)]) == []
    assert several([request("退押金"), request("感谢")]) == []
    assert len(several([request(label) for label in ("退押金", "撤销服务", "投诉", "查询进度")])) == 3


def test_the_surest_request_stands_for_a_story() -> None:
    found = surest([request("退押金", 0.7), request("查询进度", 0.95), request("感谢", 0.99)])
    assert found is not None
    assert found.label == "查询进度"
    assert surest([request("退押金", 0.2)]) is None


@pytest.mark.parametrize("text", ["取消", "我要取消", "怎么取消啊？", "帮我取消一下吧", "ＣＡＮＣＥＬ", "取消 了"])
def test_a_word_alone_is_ambiguous_however_it_is_dressed(text: str) -> None:
    found = ambiguity(text, words())
    assert found is not None
    assert found.meanings[0] == "取消POS机"


@pytest.mark.parametrize("text", ["取消pos机", "退押金", "短信费退款", "不要了", "", "。"])
def test_a_word_that_says_more_is_not(text: str) -> None:
    assert ambiguity(text, words()) is None


@given(ANY_TEXT)
def test_no_text_breaks_a_reading(text: str) -> None:
    ambiguity(text, words())
    requests_in(text, words().requests)
    assert (gesture(text, words()) is None) == bool(re.search(r"[^\W_]", text))


@pytest.mark.parametrize(("text", "meaning"), [("👌", "肯定"), ("🙏🙏", "感谢"), ("？？", "超出范围"), ("好👌", None)])
def test_a_gesture_has_a_meaning_only_where_nothing_is_said(text: str, meaning: str | None) -> None:
    assert gesture(text, words()) == meaning


@pytest.mark.parametrize(
    ("text", "attachments", "picture"),
    [
        ("［图片］", [], True),
        ("［图片已收］［图片已收］", [], True),
        ("[图片][图片]", [], True),
        ("", ["image"], True),
        ("这是收据", ["image"], False),
    ],
)
def test_a_picture_alone_is_told_from_a_message_with_one(text: str, attachments: list[str], picture: bool) -> None:
    assert is_picture(text, attachments) is picture


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("再不退我投诉你们", "threat"),
        ("我要打12315", "threat"),
        ("你们不处理我就报警", "threat"),
        ("什么破客服", "anger"),
        ("骗子公司", "anger"),
        ("😡", "anger"),
        ("这是不是骗子", None),
        ("我想投诉", None),
        ("押金怎么退", None),
    ],
)
def test_anger_and_threats_are_heard_and_worries_are_not_taken_for_them(text: str, mood: str | None) -> None:
    assert told(text).get("mood") == mood


@pytest.mark.parametrize(
    ("text", "consumer"),
    [
        ("我在店里刷卡被多扣了", True),
        ("商家不给我退款", True),
        ("买东西付了款想退", True),
        ("顾客买东西付了款想退", False),
        ("客户在我店里刷卡被多扣了", False),
        ("给顾客退款怎么操作", False),
        ("我的押金商家不退", False),
        ("刷卡没到账", False),
    ],
)
def test_a_consumer_is_told_from_a_merchant_who_speaks_of_one(text: str, consumer: bool) -> None:
    assert ("speaker" in told(text)) is consumer


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("how do I get my deposit back", True),
        ("refund", True),
        ("POS", False),
        ("soupos.cn", False),
        ("SQ2611227K3Q9D", False),
        ("ok", False),
        ("refund押金", False),
    ],
)
def test_english_is_told_from_codes_and_the_letters_that_merchants_use(text: str, english: bool) -> None:
    assert ("language" in told(text)) is english


@pytest.mark.parametrize(
    "text", ["我都不想活了", "这是要逼死我", "想死的心都有", "我去跳楼算了", "没有活路了，我要轻生"]
)
def test_despair_is_heard(text: str) -> None:
    assert told(text)["mood"] == "despair"


@pytest.mark.parametrize(
    "text", ["笑死我了", "累死了", "急死我了", "机器卡死了", "老是死机", "想死你们了", "跳楼价的机器", "气死我了"]
)
def test_a_manner_of_speaking_is_no_despair(text: str) -> None:
    assert told(text).get("mood") != "despair"
