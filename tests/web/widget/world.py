"""What the small service knows: conversations, applications and files, and what tests may do to them."""

import itertools
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
Reply = Callable[["Conversation", str], list[Json]]


def now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def text(words: str) -> Json:
    return {"type": "text", "text": words}


def choices(*titles: str) -> Json:
    buttons = [{"id": f"c{number}", "title": title, "style": "plain"} for number, title in enumerate(titles, 1)]
    return {"type": "choices", "choices": buttons}


def card(kind: str, application_no: str) -> Json:
    return {"type": kind, "application_no": application_no}


def identity(method: str = "token", merchant_no: str = "822100012340001") -> Json:
    return {
        "verified": True,
        "method": method,
        "merchant_no": merchant_no,
        "merchant_name": "张记小吃店",
        "phone_masked": "138****8000",
    }


def document(key: str, title: str, *, state: str = "missing", required: bool = True) -> Json:
    return {
        "key": key,
        "title": title,
        "why": "用来核对押金金额和收款方。",
        "how": "整张拍进画面，金额、日期和收款方要看得清。",
        "required": required,
        "state": state,
        "reason": None,
        "files": [],
    }


LINE = ("application_no", "procedure", "label", "state", "state_title", "amount_fen", "hint")
PROCEDURES = (
    "退押金",
    "取消POS机",
    "交易退款",
    "撤销交易",
    "注销账户",
    "撤销服务",
    "申请POS机",
    "投诉",
    "代理商退押金",
)
STEPS = ("提交申请", "上传材料", "审核", "确认金额", "打款", "完成")


def steps(current: int) -> list[Json]:
    states = ["done" if at < current else "current" if at == current else "todo" for at in range(len(STEPS))]
    return [
        {"key": f"s{at}", "title": title, "state": state}
        for at, (title, state) in enumerate(zip(STEPS, states, strict=True))
    ]


def application(application_no: str = "SQ2611227K3Q9D", **changes: Any) -> Json:
    """A refund that waits for its documents."""
    return {
        "application_no": application_no,
        "version": 3,
        "procedure": {"code": "deposit_refund", "title": "退押金"},
        "label": "退押金 · 智能POS（尾号0012）",
        "turned_from": None,
        "state": "submitted",
        "state_title": "待交材料",
        "hint": "下一步：请上传下面的材料，交齐后审核员开始审核。",
        "terminal": {"terminal_no": "A9254710", "sn_tail": "0012", "model": "智能POS"},
        "amount_fen": 19900,
        "approved_amount_fen": None,
        "answers": [],
        "next_question": None,
        "documents": [
            document("deposit_receipt", "押金收据或付款记录"),
            document("contract", "合同或入网协议"),
            document("transactions", "交易记录", required=False),
        ],
        "steps": steps(1),
        "timeline": [{"at": now(), "title": "申请已提交", "detail": "我们已经收到您的申请。", "actor": "merchant"}],
        "deadline": {"date": "2026-12-01", "title": "材料交齐后，预计12月1日前给出审核结果", "provisional": True},
        "agreement": None,
        "payout": None,
        "allowed_actions": ["upload", "withdraw"],
        **changes,
    }


RETURNING: Json = application(
    procedure={"code": "cancel_pos", "title": "取消POS机"},
    label="取消POS机 · 智能POS（尾号0012）",
    state="returning",
    state_title="待退回机器",
    hint="下一步：请把机器退回来。退回后说“继续”，填一下快递单号。",
    next_question={"field": "tracking", "kind": "text"},
    documents=[],
    steps=[
        {"key": "filed", "title": "提交申请", "state": "done"},
        {"key": "documents", "title": "上传材料", "state": "done"},
        {"key": "review", "title": "审核", "state": "done"},
        {"key": "agreement", "title": "确认金额", "state": "done"},
        {"key": "return", "title": "退回机器", "state": "current"},
        {"key": "payout", "title": "打款", "state": "todo"},
        {"key": "done", "title": "完成", "state": "todo"},
    ],
    deadline=None,
    allowed_actions=["answer", "withdraw"],
)
"""A cancellation that waits for the machine to come back: the strip with the most steps."""


def line(item: Json, updated_at: str) -> Json:
    return {name: item[name] for name in LINE} | {"updated_at": updated_at}


NO_TIE: Json = {"followers": 0, "since": None, "code": "none", "can_bind": True}
"""The merchant and WeChat, before anybody has scanned."""


@dataclass
class Conversation:
    id: str
    token: str
    identity: Json | None = None
    status: str = "bot"
    typing: bool = False
    messages: list[Json] = field(default_factory=list)
    used_choices: set[int] = field(default_factory=set)
    code_asked: bool = False

    def add(self, sender: str, *blocks: Json, client_id: str | None = None, in_reply_to: int | None = None) -> int:
        seq = len(self.messages) + 1
        self.messages.append(
            {
                "seq": seq,
                "sender": sender,
                "client_id": client_id,
                "in_reply_to": in_reply_to,
                "blocks": list(blocks),
                "created_at": now(),
            }
        )
        return seq

    def said(self) -> list[str]:
        """The merchant's messages, in order."""
        return [message["blocks"][0]["text"] for message in self.messages if message["sender"] == "merchant"]


def echo(_: Conversation, said: str) -> list[Json]:
    return [text(f"收到：{said}")]


@dataclass
class World:
    conversations: dict[str, Conversation] = field(default_factory=dict)
    applications: dict[str, Json] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    answered: dict[str, tuple[int, Any]] = field(default_factory=dict)
    """First answers by idempotency key."""
    saved_values: dict[str, Any] = field(default_factory=dict)
    agreed_to: str | None = None
    """Digest of the agreement that the newest answer was about."""
    reply: Reply = echo
    tokens: dict[str, str] = field(default_factory=dict)
    """Merchant number by identity token that this service believes."""
    shops: dict[str, str] = field(default_factory=dict)
    """The demo's merchants: name by number."""
    agents: set[str] = field(default_factory=set)
    """Which of them are agents."""
    procedures: tuple[str, ...] = PROCEDURES
    sms: list[Json] = field(default_factory=list)
    notifications: Json = field(
        default_factory=lambda: {
            "sms": True,
            "wechat": False,
            "email": "x***@example.cn",
            "available": ["sms", "email"],
        }
    )
    wishes: list[Json] = field(default_factory=list)
    """What merchants asked to be told by."""
    tie: Json = field(default_factory=lambda: {**NO_TIE})
    codes_shown: int = 0
    code_seconds: int = 600
    lock: threading.RLock = field(default_factory=threading.RLock)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def start(self) -> Conversation:
        identifier = uuid.uuid4().hex
        conversation = Conversation(identifier, token=f"token-{identifier}")
        self.conversations[conversation.token] = conversation
        return conversation

    def only(self) -> Conversation:
        """The one conversation there is."""
        [conversation] = self.conversations.values()
        return conversation

    def bot(self, *blocks: Json, sender: str = "bot") -> int:
        """The other side says something in the one conversation."""
        with self.lock:
            return self.only().add(sender, *blocks)

    def put(self, application: Json) -> str:
        with self.lock:
            number: str = application["application_no"]
            self.applications[number] = application
            return number

    def change(self, number: str, **changes: Any) -> None:
        with self.lock:
            self.applications[number] |= changes
            self.applications[number]["version"] += 1

    def change_document(self, number: str, key: str, **changes: Any) -> None:
        with self.lock:
            for item in self.applications[number]["documents"]:
                if item["key"] == key:
                    item.update(changes)
            self.applications[number]["version"] += 1

    def new_file_id(self) -> str:
        return f"file{next(self._numbers)}"
