"""What kind of document a text comes from, by the words on it. Pure; a guess for people to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

DocumentKind = Literal[
    "receipt",
    "payment",
    "slip",
    "records",
    "contract",
    "id_front",
    "id_back",
    "card",
    "card_back",
    "licence",
    "machine",
    "express",
    "bank_letter",
]
KINDS: tuple[DocumentKind, ...] = get_args(DocumentKind)
TITLES: dict[DocumentKind, str] = {
    "receipt": "收据",
    "payment": "付款记录",
    "slip": "签购单",
    "records": "交易记录",
    "contract": "合同或协议",
    "id_front": "身份证人像面",
    "id_back": "身份证国徽面",
    "card": "银行卡正面",
    "card_back": "银行卡背面",
    "licence": "营业执照",
    "machine": "机器标签",
    "express": "快递单",
    "bank_letter": "银行证明",
}
ON_A_SCREEN: frozenset[DocumentKind] = frozenset({"payment", "records", "machine"})
"""What merchants are asked to take as a screenshot, or may."""

#: Words without blanks, in capitals, with what each is worth; each counts once.
_CUES: dict[DocumentKind, dict[str, int]] = {
    "receipt": {"收据": 3, "今收到": 2, "兹收到": 2, "收款单位": 1, "交款": 1, "经手人": 1, "收款人": 1, "大写": 1},
    "payment": {
        "支付成功": 3,
        "转账成功": 3,
        "付款成功": 3,
        "扣款": 3,
        "电子回单": 3,
        "账单详情": 2,
        "交易单号": 2,
        "商户单号": 2,
        "付款方": 1,
        "付款户名": 1,
        "收款方": 1,
        "收款户名": 1,
        "支付方式": 1,
        "支付时间": 1,
        "转账时间": 1,
        "当前状态": 1,
    },
    "slip": {
        "签购单": 3,
        "商户存根": 3,
        "持卡人存根": 3,
        "凭证号": 1,
        "授权码": 1,
        "参考号": 1,
        "批次号": 1,
        "终端编号": 1,
        "终端号": 1,
        "交易类型": 1,
        "发卡行": 1,
    },
    "records": {
        "交易记录": 3,
        "交易明细": 3,
        "交易流水": 3,
        "交易汇总": 3,
        "暂无数据": 3,
        "暂无交易": 3,
        "笔数": 2,
        "交易总额": 2,
    },
    "contract": {"合同": 2, "协议": 2, "甲方": 2, "乙方": 2, "条款": 1, "签订": 1, "违约": 1, "双方": 1},
    "id_front": {"公民身份号码": 4, "姓名": 1, "性别": 1, "民族": 1, "出生": 1, "住址": 1},
    "id_back": {"居民身份证": 3, "签发机关": 3, "有效期限": 2, "中华人民共和国": 1},
    "card": {"借记卡": 2, "储蓄卡": 2, "信用卡": 2, "UNIONPAY": 2, "VALIDTHRU": 2, "银行": 1, "银联": 1},
    "card_back": {
        "AUTHORIZEDSIGNATURE": 4,
        "AUTHORISEDSIGNATURE": 4,
        "NOTVALIDUNLESSSIGNED": 4,
        "未签名无效": 4,
        "授权签名": 4,
        "签名条": 3,
        "CVV": 3,
        "CVN": 3,
        "安全码": 3,
        "拾获": 2,
        "客服热线": 1,
        "服务热线": 1,
        "持卡人签名": 1,
    },
    "licence": {"营业执照": 4, "统一社会信用代码": 3, "经营范围": 2, "登记机关": 2, "法定代表人": 1, "注册资本": 1},
    "machine": {
        "机身号": 3,
        "序列号": 3,
        "TUSN": 3,
        "关于本机": 3,
        "SN:": 3,
        "S/N": 3,
        "IMEI": 2,
        "型号": 1,
        "制造商": 1,
        "生产厂商": 1,
        "POS": 1,
    },
    "express": {"运单号": 3, "快递单号": 3, "快递": 2, "速运": 2, "寄件": 2, "收件": 2, "签收": 1, "物流": 1},
    "bank_letter": {"销户证明": 4, "销卡证明": 4, "特此证明": 2, "兹证明": 2, "已销户": 2, "已注销": 2, "已销卡": 2},
}
_CERTAIN, _AHEAD, _SOME = 4, 2, 2


@dataclass(frozen=True)
class Guess:
    """`certain` when the words leave little doubt; `traces` are kinds that some words point to."""

    kind: DocumentKind | None
    certain: bool
    traces: frozenset[DocumentKind]


def guess(text: str) -> Guess:
    """`text` without blanks, in capitals."""
    worth = {kind: sum(value for word, value in cues.items() if word in text) for kind, cues in _CUES.items()}
    best, second = sorted(worth, key=lambda kind: -worth[kind])[:2]
    traces = frozenset(kind for kind, value in worth.items() if value >= _SOME)
    if worth[best] < _SOME:
        return Guess(None, certain=False, traces=traces)
    return Guess(best, worth[best] >= _CERTAIN and worth[best] - worth[second] >= _AHEAD, traces)
