"""Documents as their lines, for tests that need no picture."""

from __future__ import annotations

from service.cases.reading.pages import Line, Page, Row

RECEIPT = (
    "收款收据",
    "日期:2026年3月5日",
    "今收到 春风小吃店",
    "交来 POS机押金",
    "人民币(大写)壹佰玖拾玖元整  ¥199.00",
    "收款单位:演示收单公司  经手人王小明",
)
SLIP = (
    "POS签购单",
    "商户名称(MERCHANT NAME):",
    "春风小吃店",
    "商户编号(MERCHANT NO):822100058120001",
    "终端编号(TERMINAL NO):A1000001  操作员号:01",
    "卡号(CARD NO):622208******0001",
    "批次号:000001  凭证号:000123",
    "授权码:123456  参考号:123456789012",
    "日期/时间:2026/03/05 14:22:10",
    "金额(AMOUNT):RMB 36.00",
)
IDENTITY_CARD = (
    "姓 名  张春风",
    "性别男 民族汉",
    "住址浙江省杭州市西湖区",
    "公民身份号码  11010519491231002X",
)
CARD_BACK = ("AUTHORIZED SIGNATURE  NOT VALID UNLESS SIGNED", "8888 123", "客服热线 95588")


def rows(lines: tuple[str, ...], score: float = 0.98) -> list[Row]:
    return [Row(line, score) for line in lines]


def page(lines: tuple[str, ...], *, score: float = 0.98, width: int = 1000, height: int = 1400) -> Page:
    """The lines under each other, over the whole page."""
    step = height // (len(lines) + 1)
    placed = tuple(
        Line(text, score, 80, step * (place + 1), width - 80, step * (place + 1) + 40)
        for place, text in enumerate(lines)
    )
    return Page(width=width, height=height, turned=0, lines=placed)
