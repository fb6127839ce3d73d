"""Invented applications for the fake review service: one to decide by hand, and enough others to fill three pages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Case = dict[str, Any]

MAIN = "SQ2611227K3Q9D"
CANCEL = "SQ261121CANCEL"
PAYING = "SQ261120PAYOUT"
PARTIAL = "SQ261120REFUND"
COMPLAINT = "SQ261119COMPLN"
RETURNING = "SQ261118RETURN"
INSPECTING = "SQ261118INSPCT"
HELD = "SQ261117HELDPY"

REFUND = {"code": "deposit_refund", "title": "退押金"}
CANCELLATION = {"code": "terminal_cancellation", "title": "取消POS机"}
TRANSACTION = {"code": "transaction_refund", "title": "交易退款"}
COMPLAINING = {"code": "complaint", "title": "投诉"}
PROCEDURES = [REFUND, CANCELLATION, TRANSACTION, COMPLAINING]

REASONS = {
    "document": [
        {"code": "blurred", "text": "照片不够清楚，看不清文字。请在光线充足处重新拍摄一张，四个角都要拍到。"},
        {"code": "incomplete", "text": "材料没有拍完整。请把整页放进画面后重新拍摄。"},
        {"code": "wrong_document", "text": "这不是我们需要的材料。请按照清单里的说明上传。"},
        {"code": "outdated", "text": "材料已经过期。请上传仍在有效期内的材料。"},
    ],
    "deduction": [
        {
            "code": "charger_missing",
            "text": "缺充电器",
            "clause": "协议第 5.3 条：缺少充电器，扣 ¥30.00。",
            "amount_fen": 3000,
        },
        {
            "code": "damaged",
            "text": "机器损坏",
            "clause": "协议第 5.2 条：损坏按维修报价扣除。",
            "amount_fen": None,
        },
    ],
    "reject": [
        {"code": "contract_terms", "text": "根据您签署的协议，这笔押金目前不符合退还条件。"},
        {"code": "already_refunded", "text": "这台终端的押金此前已经退还。"},
        {"code": "not_holder", "text": "申请人与终端登记的商户不一致，我们不能把押金退给其他人。"},
    ],
}

TALK = [
    {"seq": seq, "sender": sender, "at": f"2026-11-22T01:{seq:02d}:00Z", "text": text}
    for seq, (sender, text) in enumerate(
        [("merchant", "你好"), ("bot", "您好，请问要办什么？")] * 17
        + [("merchant", "机器早就不用了，押金什么时候退"), ("bot", "可以办退押金，我帮您填申请。")],
        start=1,
    )
]

SHOPS = ("早安豆浆", "云栖面馆", "阿芳水果", "城西五金", "老周修车", "半亩花田", "海风渔具", "春芽文具")
CITIES = ("杭州", "合肥", "成都", "南京", "武汉")
STATES = (
    ("in_review", "审核中"),
    ("in_review", "审核中"),
    ("documents_requested", "待补件"),
    ("in_review", "审核中"),
    ("agreement_pending", "待商户确认"),
    ("paid", "已打款"),
    ("closed", "已结束"),
)


def make_cases() -> list[Case]:
    """The interesting ones first, then 45 more, as the service would order them: by deadline."""
    special = [_main(), _cancel(), _paying(), _partial(), _complaint(), _returning(), _inspecting(), _held()]
    return [*special, *(_other(index) for index in range(45))]


def merchant_of(case: Case) -> dict[str, Any]:
    return {
        "merchant_no": case["merchant_no"],
        "name": case["merchant_name"],
        "phone_masked": "138****8000" if case["merchant_no"] else "",
    }


def facts_of(case: Case) -> list[dict[str, Any]]:
    if case["terminal"] is None:
        return []
    return [
        {"label": "合同押金", "value": "¥199.00（2025-11-03 收取）", "warning": False},
        {"label": "未退押金", "value": "¥199.00", "warning": False},
        {"label": "终端绑定", "value": "2025-11-03 · 使用中", "warning": False},
        {"label": "结算账户", "value": "尾号 1234 · 张* · 与登记名称一致", "warning": False},
        {
            "label": "未结算交易",
            "value": "2 笔，共 ¥86.00",
            "warning": True,
            "clause": "协议第 7.2 条：结清全部交易后办理",
        },
    ]


def _main() -> Case:
    case = _blank(MAIN, "杭州小满早餐店", "822331054110001", REFUND, in_days=1)
    case["documents"] = [
        _document(
            "deposit_receipt",
            "押金收据",
            _file("receipt-1", "收据.jpg"),
            why="证明交过押金和金额。",
            how="拍下整张收据，印章和金额要清楚。",
        ),
        _document(
            "contract",
            "入网协议",
            _file("contract-1", "入网协议.pdf", 3),
            why="核对退还条件。",
            how="上传签字页所在的完整协议。",
        ),
        _document(
            "transactions",
            "交易记录",
            _file("transactions-1", "交易明细.png"),
            why="确认没有未结算的交易。",
            how="在商户后台截取近 3 个月的明细。",
        ),
    ]
    case["documents"][0]["files"].append(_file("receipt-2", "收据背面.jpg"))
    case["talk"] = TALK
    return case


def _cancel() -> Case:
    case = _blank(CANCEL, "合肥老周修车", "822361073990002", CANCELLATION, in_days=-2)
    case["amount_fen"], case["pays"] = None, False
    case["documents"] = [
        _document(
            "identity", "身份证明", _file("receipt-3", "执照.jpg"), why="确认是商户本人办理。", how="营业执照照片。"
        ),
        _document(
            "terminal_photo",
            "终端照片",
            _file("gone-1", "终端.jpg"),
            why="核对机身序列号。",
            how="拍清机身背面的标签。",
        ),
    ]
    return case


def _paying() -> Case:
    case = _blank(PAYING, "成都半亩花田", "822651054110003", REFUND, in_days=0)
    case["state"], case["state_title"], case["approved_amount_fen"] = "paying", "打款中", 19900
    case["documents"] = [
        _document(
            "deposit_receipt", "押金收据", _file("receipt-4", "收据.jpg"), why="证明交过押金。", how="拍下整张收据。"
        )
    ]
    case["documents"][0]["state"] = "accepted"
    case["agreement"] = {
        "amount_fen": 19900,
        "account_tail": "1234",
        "bank": "中国工商银行",
        "holder_masked": "周*",
        "terms": ["押金退回上述账户后，终端与商户解除绑定。"],
        "agreed_at": "2026-11-21T03:00:00Z",
    }
    case["payout"] = {"state": "processing", "refund_no": f"{PAYING}-1", "paid_at": None, "reason": None}
    case["desk_payout"] = _payout(PAYING, "requested", 19900)
    return case


def _partial() -> Case:
    """Part of a payment goes back to a consumer: the merchant named the sum."""
    case = _blank(PARTIAL, "南京春芽文具", "822301054110004", TRANSACTION, in_days=1)
    case["label"], case["terminal"] = "交易退款 · 11月20日 ¥300.00", None
    case["amount_fen"], case["amount_asked_fen"] = 30000, 12800
    case["documents"] = [
        _document(
            "voucher",
            "签购单",
            _file("receipt-5", "签购单.jpg"),
            why="核对是哪一笔交易。",
            how="拍下整张签购单。",
        )
    ]
    case["documents"][0]["state"] = "accepted"
    return case


def _complaint() -> Case:
    """Nobody was verified for it, no document has to be handed in, and an answer is owed."""
    case = _blank(COMPLAINT, "未登录的访客", "", COMPLAINING, in_days=2)
    case |= {"label": "投诉", "team": "complaints", "pays": False, "reply_required": True}
    case |= {"amount_fen": None, "terminal": None, "turned_from": MAIN}
    case["answers"] = [
        {"field": "wish", "label": "希望怎么解决", "value": "explain", "display": "给我一个说明", "secure": False}
    ]
    return case


def _returning() -> Case:
    case = _blank(RETURNING, "武汉阿芳水果", "822421054110005", CANCELLATION, in_days=3)
    case |= {"label": "取消POS机 · 移动POS（尾号0815）", "state": "returning", "state_title": "待退回机器"}
    return case | {"deadline": None, "assignee": "林审核"}


def _inspecting() -> Case:
    case = _blank(INSPECTING, "成都海风渔具", "822651054110006", CANCELLATION, in_days=3)
    case |= {"state": "inspecting", "state_title": "待验收机器", "deadline": None, "assignee": "林审核"}
    case["answers"].append(
        {"field": "tracking", "label": "快递单号", "value": "SF1234567890", "display": "SF1234567890", "secure": False}
    )
    return case


def _held() -> Case:
    """A large sum to an account that is not on file: a second person has to let it go."""
    case = _blank(HELD, "杭州云栖面馆", "822331054110007", REFUND, in_days=1)
    case |= {"state": "paying", "state_title": "打款中", "amount_fen": 880000, "approved_amount_fen": 880000}
    case |= {"attention": ["held"], "assignee": "林审核"}
    case["account"] = {"holder": "李*", "bank": "招商银行", "tail": "6688", "changed": True}
    case["desk_payout"] = _payout(HELD, "held", 880000) | {
        "account": {"holder": "李*", "bank": "招商银行", "tail": "6688"},
        "held_because": ["amount", "account"],
    }
    case["desk_agreement"] = {
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "made_at": "2026-11-20T02:00:00Z",
        "agreed_at": "2026-11-21T03:00:00Z",
        "url": f"/v1/review/applications/{HELD}/agreement.pdf",
    }
    return case


def _payout(number: str, state: str, amount_fen: int) -> dict[str, Any]:
    return {
        "refund_no": f"{number}-1",
        "state": state,
        "attempt": 1,
        "amount_fen": amount_fen,
        "account": {"holder": "周*", "bank": "中国工商银行", "tail": "1234"},
        "held_because": [],
        "approved_by": "林审核",
        "released_by": None,
        "adapter": "manual",
        "channel_no": None,
        "reason": None,
    }


def _other(index: int) -> Case:
    state, title = STATES[index % len(STATES)]
    name = CITIES[index % len(CITIES)] + SHOPS[index % len(SHOPS)]
    case = _blank(f"SQ2611{10 + index % 12}T{index:05d}", name, f"82233105411{index:04d}", REFUND, in_days=index // 4)
    case["state"], case["state_title"] = state, title
    case["assignee"] = "陈审核" if index % 3 == 0 else None
    case["documents"] = [
        _document(
            "deposit_receipt",
            "押金收据",
            _file(f"receipt-o{index}", "收据.jpg"),
            why="证明交过押金。",
            how="拍下整张收据。",
        )
    ]
    if state in {"paid", "closed"}:
        case["documents"][0]["state"] = "accepted"
        case["deadline"] = None
    return case


def _blank(number: str, name: str, merchant_no: str, procedure: dict[str, str], *, in_days: int) -> Case:
    now = datetime.now(UTC)
    due = (now.astimezone(ZoneInfo("Asia/Shanghai")) + timedelta(days=in_days)).date()
    submitted = (now - timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "application_no": number,
        "version": 3,
        "merchant_name": name,
        "merchant_no": merchant_no,
        "assignee": None,
        "attention": [],
        "notes": [],
        "opinions": [],
        "talk": [],
        "account": {"holder": "张*", "bank": "中国工商银行", "tail": "1234", "changed": False} if merchant_no else None,
        "desk_payout": None,
        "desk_agreement": None,
        "readings": {},
        "phone_tail": merchant_no[-4:],
        "submitted_at": submitted,
        "procedure": procedure,
        "label": f"{procedure['title']} · 智能POS（尾号0012）",
        "turned_from": None,
        "team": "review",
        "pays": True,
        "reply_required": False,
        "amount_asked_fen": None,
        "state": "in_review",
        "state_title": "审核中",
        "hint": "下一步：审核员核对材料。",
        "terminal": {"terminal_no": "A9254710", "sn_tail": "0012", "model": "智能POS"},
        "amount_fen": 19900,
        "approved_amount_fen": None,
        "answers": [
            {"field": "reason", "label": "退押金的原因", "value": "closed", "display": "店铺停业", "secure": False},
            {
                "field": "account",
                "label": "收款账户",
                "value": "on_file",
                "display": "登记的结算账户（尾号 1234）",
                "secure": False,
            },
            {
                "field": "other_account",
                "label": "其他收款账户",
                "value": None,
                "display": "张*，尾号0123",
                "secure": True,
            },
        ],
        "next_question": None,
        "documents": [],
        "steps": [
            {"key": "filed", "title": "提交申请", "state": "done"},
            {"key": "documents", "title": "提交材料", "state": "done"},
            {"key": "review", "title": "审核", "state": "current"},
            {"key": "payout", "title": "打款", "state": "todo"},
        ],
        "timeline": [
            {"at": submitted, "title": "申请已提交", "detail": "商户在网页助手中提交", "actor": "merchant"},
            {"at": submitted, "title": "材料已交齐", "detail": "转入人工审核", "actor": "system"},
        ],
        "deadline": {
            "date": due.isoformat(),
            "title": f"预计{due.month}月{due.day}日前给出审核结果",
            "provisional": False,
        },
        "agreement": None,
        "payout": None,
        "allowed_actions": [],
    }


def _document(key: str, title: str, file: dict[str, Any], *, why: str, how: str) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "why": why,
        "how": how,
        "required": True,
        "state": "uploaded",
        "reason": None,
        "files": [file],
    }


def _file(file_id: str, name: str, pages: int = 1) -> dict[str, Any]:
    kind = "application/pdf" if pages > 1 else "image/jpeg"
    return {"id": file_id, "name": name, "content_type": kind, "size": 386_000, "pages": pages}
