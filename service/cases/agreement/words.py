"""What the agreement says, as text in its order. Pure: the same deal gives the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from service.cases.answers.amount import format_fen, in_capitals

TITLE = "退款协议"
Machine = Literal["stays", "before_payout", "after_payout", "accepted", "waived"]

_MACHINE: dict[Machine, str] = {
    "stays": "这次办理不用退回机器。",
    "before_payout": "请先把机器退回，我们收到并验收后打款。",
    "after_payout": "打款以后请把机器退回，我们收到并验收后办完。",
    "accepted": "机器已经退回，并且验收通过。",
    "waived": "机器不用退回。",
}
_FEES = (
    "这次退款不收任何费用，到账金额就是上面写的金额。",
    "任何人以退款为由要您先交钱、要验证码或银行卡密码，都不是我们的人，请不要理会。",
)
_OBJECTION = (
    "对金额或账户有疑问，请先不要同意：在对话里点“有疑问”，审核员会重新核对。",
    "对处理结果不满意，可以在对话里说“投诉”，由没有经手过的同事复核。",
)
_CONSENT = (
    "您在对话里点“同意”，就是同意本文件。系统会记下时间、对话和本文件的校验值（SHA-256），日后可以核对。",
    "金额或账户有变化时会做一份新的文件，请您再核对一次；在那以前同意的，不能用于新的金额或账户。",
)


@dataclass(frozen=True)
class Deal:
    """What is agreed on. Nobody's number or name stands here in full but the merchant's own."""

    application_no: str
    day: date
    company: str
    merchant_name: str
    merchant_no: str
    business: str
    contract_no: str | None
    amount_fen: int
    asked_fen: int | None
    reason: str | None
    bank: str
    account_tail: str
    holder_masked: str
    working_days: int | None
    machine: Machine
    terms: Sequence[str]


@dataclass(frozen=True)
class Clause:
    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Paper:
    title: str
    day: date
    author: str
    footer: str
    rows: Sequence[tuple[str, str]]
    clauses: Sequence[Clause]


def write(deal: Deal) -> Paper:
    return Paper(
        title=TITLE,
        day=deal.day,
        author=deal.company,
        footer=f"申请单 {deal.application_no}",
        rows=_rows(deal),
        clauses=[
            Clause("什么时候打款", [_when(deal)]),
            Clause("机器", [_MACHINE[deal.machine]]),
            Clause("费用", _FEES),
            Clause("约定", deal.terms),
            Clause("有疑问怎么办", _OBJECTION),
            Clause("怎样算同意", _CONSENT),
        ],
    )


def _rows(deal: Deal) -> list[tuple[str, str]]:
    less = deal.asked_fen is not None and deal.amount_fen < deal.asked_fen
    return [
        ("申请单号", deal.application_no),
        ("日期", f"{deal.day.year}年{deal.day.month}月{deal.day.day}日"),
        ("退款方", deal.company),
        ("收款方", f"{deal.merchant_name}（商户编号 {deal.merchant_no}）"),
        ("办理的业务", deal.business),
        ("依据的合同", deal.contract_no or "以双方签订的合同为准"),
        *([("申请的金额", format_fen(deal.asked_fen or 0))] if less else []),
        ("退款金额", f"{format_fen(deal.amount_fen)}（人民币{in_capitals(deal.amount_fen)}）"),
        *([("金额说明", deal.reason)] if deal.reason else []),
        ("退款方式", "银行转账"),
        ("收款账户", f"{deal.bank}，尾号 {deal.account_tail}，户名 {deal.holder_masked}"),
    ]


def _when(deal: Deal) -> str:
    start = "您同意并退回机器、验收通过后" if deal.machine == "before_payout" else "您同意后"
    if deal.working_days is None:
        return f"{start}马上安排打款，打款后会在对话里通知您。"
    return f"{start} {deal.working_days} 个工作日内打款，打款后会在对话里通知您。"
