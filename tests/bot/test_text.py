"""The normal form of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.text import fold, normalise
from bot.nlu.tokenizer import PosTokenizer, reading

written = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("押金退款机器pos POS１２３ 。!?，你好请问⟦⟧#")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＰＯＳ機押金怎麼退？", "pos机押金怎么退?"),
        ("您好，请问押金怎么退", "押金怎么退"),
        ("你好", "你好"),
        ("刷卡没到帐", "刷卡没到账"),
        ("压金推一下", "押金推一下"),
        ("poss机 不要了!!!", "pos机不要了"),
        ("转rg", "转人工"),
        ("我的卡是⟦银行卡 尾号1234 #a1⟧", "我的卡是银行卡"),
        ("查SQ2611227K3Q9D", "查单号"),
        ("手机13800138000", "手机手机号"),
        ("嗯那个就是说押金怎么退", "押金怎么退"),
        ("额，押金怎么退", "押金怎么退"),
        ("额度怎么提高", "额度怎么提高"),
        ("我那个机器嗯不想用了", "我那个机器不想用了"),
        ("嗯", "嗯"),
        ("hello  world", "hello world"),
    ],
)
def test_the_same_thing_written_in_many_ways_reads_the_same(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(written)
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(written)
def test_components_read_the_normal_form(text: str) -> None:
    message = Message(data={TEXT: text})
    message.set(TOKENS_NAMES[TEXT], PosTokenizer(PosTokenizer.get_default_config()).tokenize(message, TEXT))
    assert reading(message) == normalise(text)
