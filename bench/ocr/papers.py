"""Draws documents as merchants send them: what stands on each, what is true of it, and what should be pointed at."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bench.ocr.people import Somebody, in_capitals
from service.cases.reading.checks import Expectation
from service.cases.reading.fields import FieldKey
from service.cases.reading.kinds import DocumentKind

FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
    Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
)
COMPANY = "演示收单公司"


@dataclass(frozen=True)
class Paper:
    """`marks` are texts with their place and size; `expected` is what its application asks for and knows."""

    name: str
    size: tuple[int, int]
    marks: tuple[tuple[int, int, int, str], ...]
    truth: Mapping[FieldKey, str]
    expected: Expectation
    flags: frozenset[str] = frozenset()
    ground: str = "#fdfdf8"
    margin: int = 60
    """Of the table that it lies on."""

    def draw(self) -> Image.Image:
        sheet = Image.new("RGB", self.size, self.ground)
        pen = ImageDraw.Draw(sheet)
        pen.rectangle((4, 4, self.size[0] - 5, self.size[1] - 5), outline="#999")
        for x, y, size, text in self.marks:
            pen.text((x, y), text, font=_font(size), fill="#1a1a1a")
        table = Image.new("RGB", (self.size[0] + 2 * self.margin, self.size[1] + 2 * self.margin), "#8d7f6d")
        table.paste(sheet, (self.margin, self.margin))
        return table


def _font(size: int) -> ImageFont.FreeTypeFont:
    path = next((path for path in FONTS if path.exists()), None)
    if path is None:
        raise SystemExit("No Chinese font was found: install fonts-noto-cjk and try again.")
    return ImageFont.truetype(str(path), size, index=2 if path.name.startswith("Noto") else 0)


def _below(x: int, y: int, size: int, gap: int, *lines: str) -> tuple[tuple[int, int, int, str], ...]:
    return tuple((x, y + place * gap, size, line) for place, line in enumerate(lines))


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"


def _expects(one: Somebody, title: str, kinds: tuple[DocumentKind, ...], *fields: FieldKey) -> Expectation:
    return Expectation(
        title=title,
        kinds=kinds,
        fields=fields,
        merchant=one.shop,
        owner=one.name,
        holder=one.name,
        amounts_fen=(one.amount_fen,),
        merchant_no=one.merchant_no,
        terminal_no=one.terminal_no,
        serial_no=one.serial_no,
        voucher_no=one.voucher_no,
        reference_no=one.reference_no,
    )


# --- as they should be -----------------------------------------------------------------------------------------------


def sound(one: Somebody) -> list[Paper]:
    return [
        receipt(one),
        slip(one),
        contract(one),
        identity_card(one),
        licence(one),
        machine(one),
        payment(one),
        express(one),
    ]


def receipt(one: Somebody) -> Paper:
    fen = one.amount_fen
    return Paper(
        "receipt",
        (1100, 760),
        (
            (430, 40, 54, "收款收据"),
            (700, 140, 32, f"日期：{one.day.year}年{one.day.month}月{one.day.day}日"),
            (80, 220, 36, f"今收到  {one.shop}"),
            (80, 310, 36, "交来  POS机押金"),
            (80, 400, 36, f"人民币（大写） {in_capitals(fen)}"),
            (760, 400, 36, f"￥{_yuan(fen)}"),
            (80, 520, 32, f"收款单位：{COMPANY}"),
            (700, 520, 32, "经手人：李建"),
        ),
        {
            "payer": one.shop,
            "payee": COMPANY,
            "amount": str(fen),
            "amount_words": str(fen),
            "date": one.day.isoformat(),
        },
        _expects(one, "押金收据", ("receipt", "payment"), "payer", "payee", "amount", "date"),
    )


def slip(one: Somebody) -> Paper:
    lines = (
        "商户名称(MERCHANT NAME)：",
        one.shop,
        f"商户编号：{one.merchant_no}",
        f"终端编号：{one.terminal_no}",
        f"卡号：{one.card[:6]}******{one.card[-4:]}",
        "交易类型：消费",
        f"批次号：000012    凭证号：{one.voucher_no}",
        f"参考号：{one.reference_no}",
        f"日期/时间：{one.day:%Y/%m/%d} 14:22:10",
        f"金额：RMB {_yuan(one.amount_fen)}",
        "持卡人签名：",
    )
    return Paper(
        "slip",
        (620, 1150),
        ((180, 40, 44, "POS签购单"), *_below(50, 150, 30, 84, *lines)),
        {
            "merchant_name": one.shop,
            "merchant_no": one.merchant_no,
            "terminal_no": one.terminal_no,
            "voucher_no": one.voucher_no,
            "reference_no": one.reference_no,
            "amount": str(one.amount_fen),
            "date": one.day.isoformat(),
        },
        _expects(one, "签购单", ("slip",), "merchant_name", "terminal_no", "voucher_no", "amount", "date"),
    )


def contract(one: Somebody) -> Paper:
    lines = (
        f"甲方：{COMPANY}",
        f"乙方：{one.shop}",
        "第一条 甲方为乙方开通银行卡收单服务，并提供终端一台。",
        f"第二条 乙方向甲方交纳终端押金人民币{_yuan(one.amount_fen)}元。",
        "第三条 使用满六个月且机具完好退回的，乙方可申请退还押金。",
        "第四条 双方应当遵守本协议的条款，违约的承担相应责任。",
        "第五条 本协议自双方签字盖章之日起生效。",
        f"签订日期：{one.day.year}年{one.day.month}月{one.day.day}日",
    )
    return Paper(
        "contract",
        (1100, 1400),
        ((300, 60, 48, "特约商户受理协议"), *_below(80, 220, 34, 120, *lines)),
        {"party_a": COMPANY, "party_b": one.shop, "date": one.day.isoformat()},
        _expects(one, "合同或入网协议", ("contract",), "party_a", "party_b", "date"),
    )


def identity_card(one: Somebody) -> Paper:
    born = one.id_number[6:14]
    sex = "男" if int(one.id_number[16]) % 2 else "女"
    return Paper(
        "identity card",
        (1000, 630),
        (
            (70, 70, 36, f"姓名  {one.name}"),
            (70, 150, 32, f"性别  {sex}    民族  汉"),
            (70, 230, 32, f"出生  {born[:4]} 年 {int(born[4:6])} 月 {int(born[6:])} 日"),
            (70, 310, 32, "住址  浙江省杭州市西湖区演示路1号"),
            (70, 500, 38, f"公民身份号码    {one.id_number}"),
        ),
        {"person": one.name, "id_number": one.id_number},
        _expects(one, "正确的证照", ("licence", "id_front"), "person", "id_number"),
        ground="#e6eef2",
    )


def licence(one: Somebody) -> Paper:
    return Paper(
        "licence",
        (1400, 1000),
        (
            (560, 80, 72, "营业执照"),
            (90, 220, 34, "统一社会信用代码  91110000600037341L"),
            (90, 340, 36, f"名称    {one.shop}"),
            (90, 430, 36, "类型    个体工商户"),
            (90, 520, 36, f"经营者    {one.name}"),
            (90, 610, 36, "经营范围    餐饮服务、日用百货零售"),
            (850, 820, 34, "登记机关"),
        ),
        {"business_name": one.shop, "credit_code": "91110000600037341L"},
        _expects(one, "营业执照照片", ("licence",), "business_name", "credit_code"),
    )


def machine(one: Somebody) -> Paper:
    return Paper(
        "machine label",
        (900, 560),
        (
            (60, 50, 44, "智能POS终端"),
            (60, 150, 34, "型号：P8  输入：5V 2A"),
            (60, 240, 38, f"SN：{one.serial_no}"),
            (60, 340, 32, "生产厂商：演示电子有限公司"),
            (60, 430, 32, "入网许可证：02-0000-000000"),
        ),
        {"serial_no": one.serial_no},
        _expects(one, "智能POS的机身号", ("machine",), "serial_no"),
        ground="#dcdcdc",
    )


def payment(one: Somebody) -> Paper:
    return Paper(
        "payment",
        (750, 1500),
        (
            (40, 20, 26, "9:41"),
            (620, 20, 26, "5G 80%"),
            (290, 150, 40, "支付成功"),
            (240, 240, 64, f"-{_yuan(one.amount_fen)}"),
            (50, 420, 30, "收款方"),
            (360, 420, 30, COMPANY),
            (50, 510, 30, "支付时间"),
            (360, 510, 30, f"{one.day:%Y-%m-%d} 14:22:11"),
            (50, 600, 30, "支付方式"),
            (360, 600, 30, "零钱"),
            (50, 690, 30, "交易单号"),
            (50, 750, 28, f"4200001234{one.day:%Y%m%d}3051234567"),
        ),
        {"amount": str(one.amount_fen), "payee": COMPANY, "date": one.day.isoformat()},
        _expects(one, "押金收据或付款记录", ("receipt", "payment"), "payee", "amount", "date"),
        ground="#ffffff",
        margin=0,
    )


def express(one: Somebody) -> Paper:
    number = f"SF{one.reference_no}"
    return Paper(
        "express slip",
        (900, 1000),
        (
            (60, 40, 48, "演示速运"),
            (60, 140, 36, f"运单号：{number}"),
            (60, 250, 32, f"寄件人  {one.name}"),
            (60, 340, 32, "收件人  演示收单公司仓库"),
            (60, 430, 32, "托寄物  POS机一台"),
            (60, 560, 32, f"日期：{one.day:%Y-%m-%d}"),
        ),
        {"express_no": number, "date": one.day.isoformat()},
        _expects(one, "退回机器的凭证", ("express", "receipt"), "express_no", "date"),
    )


# --- as they should be pointed at ------------------------------------------------------------------------------------


def strange(one: Somebody, other: Somebody) -> list[Paper]:
    paid, voucher, card = receipt(one), slip(one), identity_card(one)
    twice = one.amount_fen * 2
    return [
        _as(paid, "other's name", {one.shop: other.shop}, "name_differs"),
        _as(paid, "other words", {in_capitals(one.amount_fen): in_capitals(twice)}, "amount_words_differ"),
        _as(
            paid,
            "other sum",
            {in_capitals(one.amount_fen): in_capitals(twice), _yuan(one.amount_fen): _yuan(twice)},
            "amount_differs",
        ),
        _as(voucher, "other terminal", {one.terminal_no: other.terminal_no}, "terminal_no_differs"),
        _as(voucher, "whole card", {f"{one.card[:6]}******{one.card[-4:]}": one.card}, "full_card"),
        _as(machine(one), "other machine", {one.serial_no: other.serial_no}, "serial_no_differs"),
        dataclasses.replace(card, name="wrong kind", expected=paid.expected, flags=frozenset({"wrong_kind"})),
        dataclasses.replace(card, name="held up", margin=1600, flags=frozenset({"held_id"})),
        dataclasses.replace(_card_back(one), expected=paid.expected),
    ]


def _as(paper: Paper, name: str, changes: Mapping[str, str], flag: str) -> Paper:
    marks = []
    for x, y, size, text in paper.marks:
        for old, new in changes.items():
            text = text.replace(old, new)  # noqa: PLW2901 - one change after the other
        marks.append((x, y, size, text))
    if tuple(marks) == paper.marks:
        raise ValueError(f"{name} changes nothing on {paper.name}")
    return dataclasses.replace(paper, name=name, marks=tuple(marks), truth={}, flags=frozenset({flag}))


def _card_back(one: Somebody) -> Paper:
    return Paper(
        "back of a card",
        (1000, 630),
        (
            (60, 60, 26, "客服热线 95500  拾获请交演示银行任一网点"),
            (60, 260, 26, "AUTHORIZED SIGNATURE    NOT VALID UNLESS SIGNED"),
            (700, 330, 36, f"{one.card[-4:]} 123"),
            (60, 500, 26, "本卡未签名无效"),
        ),
        {},
        _expects(one, "押金收据", ("receipt",)),
        flags=frozenset({"card_back", "wrong_kind"}),
        ground="#d0d8e8",
    )
