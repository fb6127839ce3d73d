"""Every sentence that an application says to people, in tables: titles, hints, timeline, notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from service.cases.procedures.model import DeadlineKey, Fact, Team
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
    State.RETURNING: "待退回机器",
    State.INSPECTING: "待验收机器",
    State.RESTING: "已搁置",
}

TEAM_TITLES: dict[Team, dict[State, str]] = {
    "review": {},
    "sales": {State.IN_REVIEW: "待销售同事联系", State.CLOSED: "已联系"},
    "complaints": {State.IN_REVIEW: "投诉处理中", State.CLOSED: "已答复", State.REJECTED: "未支持"},
}
"""Where another team than the reviewers has it in hand, some states have other names."""

HINTS: dict[State, str] = {
    State.DRAFT: "下一步：回答{question}。填完确认后才会提交。",
    State.SUBMITTED: "下一步：请上传{missing}。传齐后自动开始审核。",
    State.IN_REVIEW: "下一步：等审核结果，您不用做什么。{deadline}",
    State.DOCUMENTS_REQUESTED: "下一步：请重新上传{missing}。传齐后自动继续审核，等您的时间不计入时限。",
    State.APPROVED: "审核通过了，正在准备下一步，您不用做什么。",
    State.AGREEMENT_PENDING: "下一步：请核对退款金额和收款账户，确认后开始打款。{reason}",
    State.PAYING: "下一步：等钱到账，您不用做什么。{deadline}{while_paying}",
    State.PAID: "下一步：{look_for_it}没收到可以说“转人工”。",
    State.CLOSED: "已经办完，您不用再做什么。",
    State.REJECTED: "下一步：可以修改后再次提交；不同意的话请说“投诉”，由专人复核。{reason}",
    State.WITHDRAWN: "申请已撤回，需要时可以重新申请。",
    State.PAYOUT_ABNORMAL: "下一步：请换一个与商户同名的收款账户，在安全表单里填写。",
    State.PAYOUT_FAILED: "打款没有成功，工作人员正在处理，您不用重新申请，也不用交任何费用。",
    State.RETURNING: "下一步：请把机器退回来。{return_to}退回后说“继续”，填一下快递单号。{reason}",
    State.INSPECTING: "下一步：等我们收到机器、验收好，您不用做什么。",
    State.RESTING: "下一步：想继续办就上传{missing}，传了就接着办，不用重新申请；不办了可以撤回。",
}
TEAM_HINTS: dict[Team, dict[State, str]] = {
    "review": {},
    "sales": {
        State.IN_REVIEW: "下一步：等销售同事联系您，您不用做什么。{deadline}办机器不用先交钱。",
        State.REJECTED: "下一步：情况有变化的话，可以修改后再次提交。{reason}",
    },
    "complaints": {
        State.IN_REVIEW: "下一步：等专人处理，您不用做什么。{deadline}",
        State.REJECTED: "下一步：可以补充情况和证据后再次提交，会换一位同事处理。{reason}",
    },
}
CONFIRM_HINT = "下一步：核对内容，确认后就提交。"
BLOCKED_HINT = "下一步：{block}"

DEADLINE_TITLES: dict[Team, dict[DeadlineKey, str]] = {
    "review": {"first_decision": "预计{day}前给出审核结果", "payout": "预计{day}前完成打款"},
    "sales": {"first_decision": "预计{day}前联系您"},
    "complaints": {"first_decision": "预计{day}前给出处理结果", "payout": "预计{day}前完成打款"},
}


@dataclass(frozen=True)
class RouteWords:
    """What is said while money is on its way, by the way it takes."""

    while_paying: str
    paid: str
    look_for_it: str


ROUTES: dict[str, RouteWords] = {
    "account": RouteWords(
        while_paying="到账前请不要注销收款的银行卡。",
        paid="已打款。",
        look_for_it="请查一下收款账户的入账明细，收到后点“我已收到”。",
    ),
    "original": RouteWords(
        while_paying="钱会按原路退回顾客付款的卡或钱包。",
        paid="已按原路退回顾客付款的卡或钱包。",
        look_for_it="请顾客查一下付款的卡或钱包的入账明细，收到后点“确认办完”。",
    ),
}

RETURN_UNSET = "收件地址还没有配置，请先不要寄出，说“转人工”问清楚怎么退。"
SENT_ALREADY = "已经寄出或者交走的，请告诉我快递公司和单号，或者哪天交给了谁。"
RETURN_TO = "机器寄到：{address}。不要寄给别人给的地址，也不用交任何费用。"
PROVISIONAL = "（暂定，节假日安排公布后可能调整）"


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
_COMPLAIN = '/投诉{{"subject":"{no}"}}'

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
        (("修改后再提交", _GO_ON), ("我要投诉", _COMPLAIN), ("转人工", "/转人工")),
    ),
    Event.AGREEMENT_ASKED: Told(
        "请商户确认金额",
        "好消息，{approved}{reason}请核对下面的退款金额和收款账户，确认后就开始打款。退款不收任何费用。",
        "agreement",
    ),
    Event.AGREED: Told("商户已确认金额和账户"),
    Event.DISAGREED: Told("商户对金额有异议", "好的，已请审核员重新核对金额。{deadline}", "progress"),
    Event.PAYOUT_STARTED: Told("开始打款", "{approved}{reason}已开始打款。{deadline}{while_paying}", "progress"),
    Event.PAYOUT_HELD: Told(
        "打款前复核",
        "{approved}{reason}打款前由另一位同事再核对一遍金额和账户，核对好就打款。{deadline}{while_paying}",
        "progress",
    ),
    Event.PAYOUT_RELEASED: Told("复核通过，开始打款", "申请 {no} 核对好了，已开始打款。{deadline}", "progress"),
    Event.PAYOUT_REFUSED: Told(
        "打款前复核没有通过",
        "申请 {no} 打款前又核对了一遍，有一处要再确认，已请审核员重新看。{deadline}您不用做什么，也不用交任何费用。",
        "progress",
    ),
    Event.PAYOUT_PAID: Told("已打款", "申请 {no} 的 {amount} {paid}{look_for_it}", "progress"),
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
    Event.RETURN_ASKED: Told(
        "请商户退回机器",
        "{approved}{reason}请把机器退回来。{return_to}寄出或交出以后，点下面的按钮填一下快递单号。",
        "progress",
        (("填快递单号", _GO_ON),),
    ),
    Event.MACHINE_SENT: Told("商户已退回机器", "好的，记下了。我们收到机器、验收好以后会在这里告诉您。", "progress"),
    Event.MACHINE_MISMATCH: Told(
        "机器验收有问题",
        "收到的机器有问题：{cause}。请按说明处理，再填一次快递单号；不同意的话可以投诉。",
        "progress",
        (("填快递单号", _GO_ON), ("我要投诉", _COMPLAIN), ("转人工", "/转人工")),
    ),
    Event.MACHINE_ACCEPTED: Told("机器验收通过", "机器收到了，验收没有问题。"),
    Event.MACHINE_WAIVED: Told("不用退回机器", "申请 {no} 的机器不用退回了：{cause}。"),
    Event.FINISHED: Told("已办完", "{approved}{reason}{closed}", "progress"),
    Event.GUIDED: Told("已按步骤办完"),
    Event.TURNED_OVER: Told("转到另一项业务"),
    Event.RECEIVED: Told("商户已收到款", "{closed}", ""),
    Event.CLOSED_BY_TIME: Told(
        "到期办结",
        "申请 {no} 的 {amount} 打款后一直没有收到您的异议，先办结了。如果钱没有到，随时告诉我们，会有专人去查。",
        "progress",
        (("钱没有到", _COMPLAIN), ("转人工", "/转人工")),
    ),
    Event.RESTED: Told("等材料太久，先搁置", "申请 {no} 等材料很久了，先帮您搁置，这不是拒绝。{hint}", "checklist"),
    Event.TAKEN_UP: Told("商户继续办理", "好的，申请 {no} 接着办。{hint}"),
    Event.WITHDRAWN: Told("申请已撤回", "申请 {no} 已撤回。需要时可以重新申请。", ""),
}

NOTE_TITLES: dict[str, str] = {
    "created": "开始填写",
    "document_uploaded": "上传了材料",
    "document_deleted": "删除了文件",
    "document_accepted": "材料通过",
    "document_sent_back": "材料需重传",
    "claimed": "审核员开始处理",
    "revealed": "工作人员查看了加密的内容",
    "noted": "写了备注",
    "opinion_asked": "请同事看一下",
    "opinion_given": "给出了意见",
    "reminded": "提醒了商户",
    "escalated": "请主管跟进",
    "deadline_moved": "预计时间按公布的日历调整",
    "payout_accepted": "打款通道已受理",
    "payout_told": "收到打款的消息",
}
"""What is written into the timeline without a change of state."""
BY_AGENT: dict[str, str] = {
    "created": "坐席代为开始填写",
    Event.SUBMITTED: "坐席代为提交申请",
    Event.RESUBMITTED: "坐席代为再次提交申请",
    Event.WITHDRAWN: "坐席代为撤回申请",
    Event.ACCOUNT_RENEWED: "坐席代为更换收款账户",
    Event.MACHINE_SENT: "坐席代为登记退回机器",
    Event.RECEIVED: "坐席代为确认收到款",
    Event.GUIDED: "坐席代为按步骤办完",
    Event.TURNED_OVER: "坐席代为转到另一项业务",
    Event.TAKEN_UP: "坐席代为继续办理",
    "document_uploaded": "坐席代为上传文件",
    "document_deleted": "坐席代为删除文件",
}
"""What an agent did for the merchant; when the merchant does it, it is called otherwise."""
UNTOLD = frozenset({"document_read"})
"""What is in the trail for the audit alone: it would only make the timeline long."""

DEADLINE_MOVED = "节假日安排公布了，申请 {no} 的时间按新的日历重新算过：{deadline}。您不用做什么。"
ESCALATIONS = {"overdue": "比说好的时间晚了", "no_answer": "等商户的回音很久了"}
"""What the timeline says of an application that a lead was asked to look at."""

AMONG_STAFF = frozenset({"noted", "opinion_asked", "opinion_given"})
"""Lines of the timeline that a merchant does not see."""

NOBODY = "未登录的访客"
"""Stands for the name of a merchant that is not known."""


def say_day(day: date, today: date) -> str:
    return f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"


def say_moment(moment: datetime) -> str:
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def say_deadline(team: Team, key: DeadlineKey, day: date, *, today: date, provisional: bool) -> str:
    title = DEADLINE_TITLES[team].get(key, DEADLINE_TITLES["review"][key])
    return title.format(day=say_day(day, today)) + (PROVISIONAL if provisional else "")


def state_title(team: Team, state: State) -> str:
    return TEAM_TITLES[team].get(state, STATE_TITLES[state])


FACT_UNITS: dict[Fact, str] = {
    "open_disputes": "件",
    "active_terminals": "台",
    "open_applications": "份",
    "filed_applications": "份",
}
"""Facts that are counted; those whose names end with `_fen` are sums, the others are not told as numbers."""


def say_list(titles: list[str]) -> str:
    return "、".join(titles)
