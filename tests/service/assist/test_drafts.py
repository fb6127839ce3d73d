"""What an agent wrote is looked at before it is sent: what is risky warns, what is ordinary does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.assist.drafts import NEVER_CONFIRMED, DraftWarning, check_draft
from service.knowledge import Fact, FoundContact, check_contacts, load_knowledge
from service.platform.settings import OfficialContact
from tests.service.platform.test_masking import AROUND, bank_cards, id_numbers, written

KNOWLEDGE = Path(__file__).parents[3] / "data" / "knowledge"
OURS = (
    OfficialContact(kind="phone", value="400-123-4567", title="客服热线"),
    OfficialContact(kind="website", value="pay.example.com", title="官网"),
)


def contacts(text: str) -> list[FoundContact]:
    return check_contacts(text, OURS)


def check(text: str) -> list[DraftWarning]:
    return check_draft(text, contacts)


def codes(text: str) -> list[str]:
    return [warning.code for warning in check(text)]


@pytest.mark.parametrize(
    "text",
    [
        "我保证三天之内到账",
        "您放心，一定会退给您",
        "马上就到账了",
        "今天就能到账",
        "24小时内退款到您卡上到账",
        "审核百分百通过",
        "这个肯定能退的",
        "我们会给您退299元",
        "最晚明天退到您的卡里",
        "三个工作日内打款",
        "给您全额退款",
        "这个绝对没问题，包退",
        "押金百分之百退还",
        "请放心一定退给您",
        "您别急今天就到账",
    ],
)
def test_a_promise_warns(text: str) -> None:
    assert "promise" in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "请先交28元快递费",
        "您需要支付50元手续费",
        "麻烦您先转100块保证金",
        "退之前要先缴纳解冻费",
        "请扫码付99元，再给您办",
        "会收取您20元服务费",
    ],
)
def test_a_fee_warns(text: str) -> None:
    assert "fee" in codes(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("请拨打 13812345678 找我", "13812345678"),
        ("可以打电话95017问一下", "95017"),
        ("加我邮箱 a.b@qq.com", "a.b@qq.com"),
        ("到 lakala-tui.top 上填", "lakala-tui.top"),
        ("热线是400-999-8888", "400-999-8888"),
        ("请拨打４００－９９９－８８８８", "４００－９９９－８８８８"),
    ],
)
def test_a_contact_that_is_not_confirmed_warns_where_it_stands(text: str, value: str) -> None:
    (warning,) = check(text)
    assert warning.code == "unconfirmed_contact"
    assert text[warning.start : warning.end] == value


@pytest.mark.parametrize("text", ["验证码是 384921 对吧", "您的密码是 abc12345", "安全码123"])
def test_a_secret_warns_and_cannot_be_confirmed(text: str) -> None:
    assert codes(text) == ["secret"]
    assert "secret" in NEVER_CONFIRMED


@given(st.data(), st.one_of(id_numbers(), bank_cards()), st.sampled_from(AROUND), st.sampled_from(AROUND))
def test_no_clear_identity_or_card_number_passes(data: st.DataObject, number: str, before: str, after: str) -> None:
    text = data.draw(written(number))
    found = check(f"{before}{text}{after}")
    assert [(warning.code, warning.start, warning.end) for warning in found] == [
        ("identity_number", len(before), len(before) + len(text))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "您好，请问有什么可以帮您？",
        "您好，我马上帮您查一下，请稍等。",
        "请一定要在审核通过以后再寄回机器。",
        "退押金不收任何费用，也不用先转账。",
        "审核一般需要3个工作日，请您留意通知。",
        "预计12月1日前给出审核结果。",
        "到账时间以银行为准，我这边没法保证具体哪天。",
        "您当时交的押金是299元，对吗？",
        "您的押金199元已经退还，请查收。",
        "请上传押金收据和终端照片，拍清楚四个角。",
        "申请单号是 SQ2611227K3Q9D，请记下来。",
        "您的机器 A9254710 登记在您名下。",
        "商户号 822100058120001 没错吧？",
        "请不要把验证码、密码告诉任何人。",
        "如果有人让您先交快递费，请不要付。",
        "您可以拨打客服热线 400-123-4567，也可以上 pay.example.com 查。",
        "请把照片发成 photo1.jpg 这样的文件。",
        "银行卡尾号1234的账户可以收款吗？",
        "⟦银行卡 尾号1234 #k3q9x1⟧ 这张卡还在用吗？",
        "这笔110元的交易是当天的，可以撤销。",
        "第 123 台机器在 2026-11-27 激活。",
        "通过以后我们会把进度发给您。",
        "材料齐了，我帮您提交，结果一般三个工作日内出来。",
        "您放心，您的材料都加密保存。",
        "我理解您着急，我们尽快处理。",
        "不用交钱，直接申请就可以。",
        "请问您需要退押金还是取消机器？",
        "审核通过后会发退款协议给您确认。",
        "刷卡的手续费按签约的费率收。",
    ],
)
def test_an_ordinary_sentence_does_not_warn(text: str) -> None:
    assert check(text) == []


def test_what_the_knowledge_tells_can_be_sent_without_a_warning() -> None:
    library = load_knowledge(KNOWLEDGE).library
    told = [entry for _topic, entry in library if isinstance(entry, Fact) and entry.status == "confirmed"]
    sentences = [sentence for fact in told for sentence in (fact.answer, *fact.details)]
    warned = [sentence for sentence in sentences if codes(sentence)]
    assert len(sentences) > 100
    assert len(warned) <= len(sentences) / 100, warned


@given(st.text(max_size=80))
def test_places_lie_in_the_text_and_in_its_order(text: str) -> None:
    found = check(text)
    assert all(0 <= warning.start < warning.end <= len(text) for warning in found)
    assert [warning.start for warning in found] == sorted(warning.start for warning in found)
