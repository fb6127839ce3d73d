"""Pictures for the fake review service: a receipt, a contract page, a list of transactions, all invented."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

FONT = "NotoSansCJK-Regular.ttc"
SIMPLIFIED_CHINESE = 2
PAPER, INK, FAINT, DESK = "#fdfcf8", "#26241f", "#8a857a", "#a79f90"


@cache
def receipt() -> bytes:
    """An upright phone photo of a paper receipt that lies a little askew."""
    paper = Image.new("RGB", (760, 1080), PAPER)
    draw = ImageDraw.Draw(paper)
    draw.text((380, 70), "收  款  收  据", font=_font(54), fill=INK, anchor="mm")
    rows = (
        ("收据编号", "No. 0031872"),
        ("交款单位", "杭州小满早餐店"),
        ("收款事由", "智能POS终端押金"),
        ("终端编号", "A9254710"),
        ("人民币(大写)", "壹佰玖拾玖元整"),
        ("人民币(小写)", "￥199.00"),
        ("收款日期", "2025年11月03日"),
    )
    for line, (label, value) in enumerate(rows):
        top = 170 + line * 104
        draw.text((60, top), label, font=_font(30), fill=FAINT)
        draw.text((300, top - 4), value, font=_font(36), fill=INK)
        draw.line((50, top + 66, 710, top + 66), fill="#d9d4c8", width=2)
    draw.ellipse((500, 850, 690, 1040), outline="#c0392b", width=6)
    draw.text((595, 945), "财务专用", font=_font(30), fill="#c0392b", anchor="mm")
    photo = Image.new("RGB", (1080, 1440), DESK)
    photo.paste(paper.rotate(2.5, expand=True, fillcolor=DESK, resample=Image.Resampling.BICUBIC), (140, 160))
    return _jpeg(photo)


@cache
def contract(page: int) -> bytes:
    """One page of a contract, as the service draws it from a PDF."""
    sheet = Image.new("RGB", (1240, 1754), "#ffffff")
    draw = ImageDraw.Draw(sheet)
    draw.text((620, 150), "特约商户受理银行卡协议", font=_font(52), fill=INK, anchor="mm")
    draw.text((620, 220), f"第 {page} 页", font=_font(28), fill=FAINT, anchor="mm")
    for line in range(24):
        top = 300 + line * 54
        text = f"{page}.{line + 1}  甲方应当妥善保管终端设备，乙方按本协议约定退还押金。"
        draw.text((130, top), text[: 34 - line % 5], font=_font(30), fill=INK)
    return _jpeg(sheet)


@cache
def transactions() -> bytes:
    """A wide screenshot of a list of transactions."""
    screen = Image.new("RGB", (1600, 900), "#ffffff")
    draw = ImageDraw.Draw(screen)
    draw.rectangle((0, 0, 1600, 90), fill="#eef1f4")
    draw.text((60, 24), "交易明细 · 终端 A9254710", font=_font(36), fill=INK)
    for line in range(10):
        top = 130 + line * 74
        draw.text((60, top), f"2026-0{1 + line % 9}-1{line % 10}  1{line % 10}:24:09", font=_font(30), fill=INK)
        draw.text((700, top), "消费 · 成功", font=_font(30), fill=FAINT)
        draw.text((1500, top), f"￥{36 + line * 17}.50", font=_font(32), fill=INK, anchor="ra")
        draw.line((50, top + 56, 1550, top + 56), fill="#e4e7ea", width=2)
    return _jpeg(screen)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The Chinese letters of the system; without them the pictures are still pictures."""
    try:
        return ImageFont.truetype(FONT, size, index=SIMPLIFIED_CHINESE)
    except OSError:
        return ImageFont.load_default(size)


def _jpeg(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
