"""Every sentence that an application says to people, in tables: titles, hints, timeline, notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.cases.procedures.model import DeadlineKey
from service.cases.rules import Event, State

STATE_TITLES: dict[State, str] = {
    State.DRAFT: "填写中",
    State.SUBMITTED: "待上传材料",
    State.IN_REVIEW: "审核中",
    State.DOCUMENTS_REQUESTED: "待补充材料",
    State.APPROVED: "审核通过",
    State.AGREEMENT_PENDING: "待您确认金额",
    State.PAYING: "打款中",
    State.PAID: "已打款",
    State.CLOSED: "已办完",
    State.REJECTED: "未通过",
    State.WITHDRAWN: "已撤回",
    State.PAYOUT_ABNORMAL: "收款账户有问题",
    State.PAYOUT_FAILED: "打款未成功",
}

HINTS: dict[State, str] = {
    State.DRAFT: "下一步：回答{question}。填完确认后才会提交。",
    State.SUBMITTED: "下一步：请上传{missing}。传齐后自动开始审核。",
    State.IN_REVIEW: "下一步：等审核结果，您不用做什么。{deadline}",
    State.DOCUMENTS_REQUESTED: "下一步：请重新上传{missing}。传齐后自动继续审核，等您的时间不计入时限。",
    State.APPROVED: "审核通过了，正在准备下一步，您不用做什么。",
    State.AGREEMENT_PENDING: "下一步：请核对退款金额和收款账户，确认后开始打款。{reason}",
    State.PAYING: "下一步：等钱到账，您不用做什么。{deadline}到账前请不要注销收款的银行卡。",
    State.PAID: "下一步：请查一下收款账户的入账明细，收到后点“我已收到”。没收到可以说“转人工”。",
    State.CLOSED: "已经办完，您不用再做什么。",
    State.REJECTED: "下一步：可以修改后再次提交；不同意的话请说“投诉”，由专人复核。{reason}",
    State.WITHDRAWN: "申请已撤回，需要时可以重新申请。",
    State.PAYOUT_ABNORMAL: "下一步：请换一个与商户同名的收款账户，在安全表单里填写。",
    State.PAYOUT_FAILED: "打款没有成功，工作人员正在处理，您不用重新申请，也不用交任何费用。",
}
CONFIRM_HINT = "下一步：核对内容，确认后就提交。"

DEADLINE_TITLES: dict[DeadlineKey, str] = {
    "first_decision": "预计{day}前给出审核结果",
    "payout": "预计{day}前完成打款",
}
PROVISIONAL = "（节假日安排公布后可能调整）"


@dataclass(frozen=True)
class Told:
    """One event: its line in the timeline, and what the merchant is told; an empty notice is not sent."""

    title: str
    notice: str = ""
    card: str = ""
    """Type of the card that follows the text: checklist, progress or agreement."""
    choices: tuple[tuple[str, str], ...] = ()
    """Buttons below it: a title, and what the bot is told when it is pressed."""


_GO_ON = '/继续{{"application_no":"{no}"}}'

EVENTS: dict[Event, Told] = {
    Event.SUBMITTED: Told("申请已提交", "申请 {no} 已提交。{hint}", "checklist"),
    Event.RESUBMITTED: Told("申请再次提交", "申请 {no} 已再次提交。{hint}", "checklist"),
    Event.DOCUMENTS_COMPLETE: Told(
        "材料已齐，进入审核", "材料收齐了，申请 {no} 已进入审核。{deadline}有结果我会在这里告诉您。", "progress"
    ),
    Event.DOCUMENTS_REQUESTED: Told(
        "请商户补充材料", "申请 {no} 需要您补一下材料：{detail}。重新上传后会自动继续审核。", "checklist"
    ),
    Event.APPROVED: Told("审核通过"),
    Event.REJECTED: Told(
        "审核未通过",
        "申请 {no}：{rejected}\n原因：{detail}",
        "progress",
        (("修改后再提交", _GO_ON), ("我要投诉", "/投诉"), ("转人工", "/转人工")),
    ),
    Event.AGREEMENT_ASKED: Told(
        "请商户确认金额",
        "好消息，{approved}{reason}请核对下面的退款金额和收款账户，确认后就开始打款。退款不收任何费用。",
        "agreement",
    ),
    Event.AGREED: Told(
        "商户已确认，开始打款", "收到您的确认，已开始打款。{deadline}到账前请不要注销收款的银行卡。", "progress"
    ),
    Event.DISAGREED: Told("商户对金额有异议", "好的，已请审核员重新核对金额。{deadline}", "progress"),
    Event.PAYOUT_STARTED: Told("开始打款", "{approved}{reason}已开始打款。{deadline}", "progress"),
    Event.PAYOUT_PAID: Told(
        "已打款", "申请 {no} 的 {amount} 已打款。请查一下收款账户的入账明细，收到后点“我已收到”。", "progress"
    ),
    Event.PAYOUT_ABNORMAL: Told(
        "收款账户有问题",
        "申请 {no} 的钱没能打进去：{detail}。请换一个与商户同名的账户，只在安全表单里填写。",
        "progress",
        (("换收款账户", _GO_ON),),
    ),
    Event.PAYOUT_FAILED: Told(
        "打款未成功", "申请 {no} 的打款没有成功，工作人员正在处理，您不用重新申请，也不用交任何费用。", "progress"
    ),
    Event.PAYOUT_RETRIED: Told("重新打款", "申请 {no} 已重新打款。{deadline}", "progress"),
    Event.ACCOUNT_RENEWED: Told(
        "已换收款账户", "新的收款账户收到了。请再核对一次金额和账户，确认后就打款。", "agreement"
    ),
    Event.NOTHING_TO_PAY: Told("已办完", "{approved}{reason}{closed}", "progress"),
    Event.RECEIVED: Told("商户已收到款", "{closed}", ""),
    Event.WITHDRAWN: Told("申请已撤回", "申请 {no} 已撤回。需要时可以重新申请。", ""),
}

NOTE_TITLES: dict[str, str] = {
    "created": "开始填写",
    "document_uploaded": "上传了材料",
    "document_deleted": "删除了文件",
    "document_accepted": "材料通过",
    "document_sent_back": "材料需重传",
    "claimed": "审核员开始处理",
}
"""What is written into the timeline without a change of state."""


def say_day(day: date, today: date) -> str:
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def say_deadline(key: DeadlineKey, day: date, *, today: date, provisional: bool) -> str:
    return DEADLINE_TITLES[key].format(day=say_day(day, today)) + (PROVISIONAL if provisional else "")


def say_list(titles: list[str]) -> str:
    return "、".join(titles)
