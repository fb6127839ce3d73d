"""The agreement as a PDF: what is in it can be read out, the same deal gives the same bytes, Chinese is Chinese."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylopdf_fonts_zh_cn import sans_path

from service.cases.agreement.drawing import check_font, draw
from service.cases.agreement.words import Deal, Machine, write
from service.cases.answers.amount import in_capitals, parse_amount
from service.platform.settings import SettingsError

DEAL = Deal(
    application_no="SQ2611237K3Q9D",
    day=date(2026, 11, 23),
    company="演示收单公司",
    merchant_name="春风小吃店",
    merchant_no="822100058120001",
    business="退押金 · 智能POS（A1000001）",
    contract_no="HT-2024-0001",
    amount_fen=19_900,
    asked_fen=29_900,
    reason="外壳破损，按合同第七条扣 100.00元",
    bank="演示银行城南支行",
    account_tail="1234",
    holder_masked="张**",
    working_days=5,
    machine="stays",
    terms=["退款金额和收款账户以上面列出的为准。"],
)


def read(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def text_of(deal: Deal) -> str:
    return read(draw(write(deal), sans_path())).replace("\r\n", "")


def test_everything_that_is_agreed_on_can_be_read() -> None:
    text = text_of(DEAL)
    for said in (
        "SQ2611237K3Q9D",
        "2026年11月23日",
        "演示收单公司",
        "春风小吃店（商户编号 822100058120001）",
        "HT-2024-0001",
        "199.00元（人民币壹佰玖拾玖元整）",
        "299.00元",
        "按合同第七条扣 100.00元",
        "演示银行城南支行，尾号 1234，户名 张**",
        "您同意后 5 个工作日内打款",
        "不收任何费用",
        "不用退回机器",
        "点“有疑问”",
        "SHA-256",
    ):
        assert said in text


def test_the_same_deal_gives_the_same_bytes_and_another_one_others() -> None:
    same, again = draw(write(DEAL), sans_path()), draw(write(DEAL), sans_path())
    assert same == again
    assert same != draw(write(replace(DEAL, account_tail="1235")), sans_path())


def test_only_the_signs_in_use_are_embedded() -> None:
    assert len(draw(write(DEAL), sans_path())) < 100_000 < sans_path().stat().st_size


def test_signs_are_drawn_that_are_no_everyday_ones() -> None:
    assert "欧阳喆堃䶮" in text_of(replace(DEAL, merchant_name="欧阳喆堃䶮家电行"))


def test_the_page_shows_ink_where_the_words_are() -> None:
    """A font without the signs would leave the text in place and the paper white."""
    document = pypdfium2.PdfDocument(draw(write(DEAL), sans_path()))
    picture = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    dark = sum(picture.histogram()[:128])
    assert 3_000 < dark < 60_000


def test_a_long_text_breaks_between_signs_and_never_before_a_comma() -> None:
    long = replace(DEAL, terms=["退款金额和收款账户以上面列出的为准，" * 40])
    document = pypdfium2.PdfDocument(draw(write(long), sans_path()))
    lines = "\n".join(page.get_textpage().get_text_range() for page in document).splitlines()
    pages = len(document)
    document.close()
    assert pages == 2
    assert not [line for line in lines if line.startswith(("，", "。", "）"))]


@pytest.mark.parametrize(
    ("machine", "said"),
    [
        ("before_payout", "您同意并退回机器、验收通过后 5 个工作日内打款"),
        ("after_payout", "打款以后请把机器退回"),
        ("accepted", "验收通过"),
        ("waived", "机器不用退回"),
    ],
)
def test_it_says_what_happens_with_the_machine(machine: Machine, said: str) -> None:
    paper = write(replace(DEAL, machine=machine))
    assert said in "".join(line for clause in paper.clauses for line in clause.lines)


def test_what_is_not_known_is_not_made_up() -> None:
    rows = dict(write(replace(DEAL, contract_no=None, asked_fen=19_900, reason=None)).rows)
    assert rows["依据的合同"] == "以双方签订的合同为准"
    assert {"申请的金额", "金额说明"}.isdisjoint(rows)


@pytest.mark.parametrize("content", [None, b"no font"])
def test_a_missing_font_stops_the_start_with_a_sentence(tmp_path: Path, content: bytes | None) -> None:
    font = tmp_path / "font.otf"
    if content is not None:
        font.write_bytes(content)
    with pytest.raises(SettingsError, match="AGREEMENT_FONT cannot be used"):
        check_font(font)


@given(st.integers(min_value=0, max_value=100_000_000))
def test_sums_in_capitals_can_be_read_back(fen: int) -> None:
    if fen % 100 == 0 or fen >= 100:  # under one 元 there is no 元 to read
        assert parse_amount(in_capitals(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (50, "伍角整"),
        (19_900, "壹佰玖拾玖元整"),
        (19_905, "壹佰玖拾玖元零伍分"),
        (100_000_50, "壹拾万元伍角整"),
        (1_000_300, "壹万零叁元整"),
        (100_305_000, "壹佰万叁仟零伍拾元整"),
    ],
)
def test_sums_in_capitals_are_written_as_banks_do(fen: int, words: str) -> None:
    assert in_capitals(fen) == words
