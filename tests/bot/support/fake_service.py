"""A small service that speaks the /v1 API over real HTTP, keeps applications in memory, and fails on demand."""

import copy
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Json = dict[str, Any]

TOKEN = "a-token-for-tests-only"
TERMINALS = [
    {"value": "A9254710", "title": "智能POS（A9254710，机身号尾 0012）", "also": []},
    {"value": "B1230001", "title": "电签POS（B1230001，机身号尾 7788）", "also": []},
]
REASONS = [
    {"value": "closed", "title": "店铺停业", "also": ["关门"]},
    {"value": "switched", "title": "换用其他公司", "also": ["别家"]},
    {"value": "idle", "title": "机器闲置不用", "also": ["闲置", "放着"]},
    {"value": "other", "title": "其他原因", "also": []},
]
SERVICES = [
    {"value": "sms", "title": "短信费（每月3.00元）", "also": ["短信"]},
    {"value": "traffic", "title": "流量费（每年99.00元）", "also": ["流量"]},
]
TRANSACTIONS = [
    {"value": "t1", "title": "11月21日 320.00元 尾号1234", "also": []},
    {"value": "t2", "title": "11月20日 88.00元 尾号5678", "also": []},
]


def procedure(code: str, title: str, summary: str, who_may: str = "verified_merchant") -> Json:
    """A procedure as the list shows it; these have their title as intent."""
    return {"code": code, "title": title, "intent": title, "summary": summary, "who_may": who_may, "team": "review"}


PROCEDURES = [
    procedure("deposit_refund", "退押金", "不再使用机器时，申请退还押金。"),
    procedure("cancel_pos", "取消POS机", "停用机器并解除绑定。"),
    procedure("stop_service", "撤销服务", "关掉不要的服务。"),
    procedure("void_transaction", "撤销交易", "撤销当天刷错的交易。"),
    procedure("transaction_refund", "交易退款", "把钱退给顾客。"),
    procedure("close_account", "注销账户", "结清以后关闭账户。"),
    procedure("complaint", "投诉", "把您的意见登记下来。", who_may="anyone"),
    procedure("agent_deposit_refund", "代理商退押金", "代理商退押金。", who_may="verified_agent"),
]
WAITS = {"draft": "填写中", "rejected": "未通过", "returning": "待寄回机器", "submitted": "待上传材料"}
QUESTIONS: dict[str, list[Json]] = {
    "deposit_refund": [
        {
            "field": "terminal",
            "label": "机器",
            "kind": "terminal",
            "prompt": "请选择要退押金的机器。",
            "choices": TERMINALS,
        },
        {
            "field": "reason",
            "label": "退押金的原因",
            "kind": "choice",
            "prompt": "为什么要退押金呢？",
            "choices": REASONS,
        },
        {
            "field": "reason_text",
            "label": "原因说明",
            "kind": "text",
            "prompt": "请简单说一下原因。",
            "only_if": ("reason", "other"),
        },
        {"field": "amount", "label": "押金金额", "kind": "amount", "prompt": "当时交了多少押金？", "example": "299元"},
        {"field": "paid_on", "label": "交押金的日期", "kind": "date", "prompt": "哪天交的押金？", "optional": True},
        {
            "field": "phone",
            "label": "联系手机号",
            "kind": "phone",
            "prompt": "请留一个手机号。",
            "example": "13800138000",
        },
        {
            "field": "account",
            "label": "收款账户",
            "kind": "secure",
            "prompt": "请在卡片里填写收款账户。",
            "inputs": [{"name": "number", "label": "账号", "kind": "bank_card", "required": True, "placeholder": ""}],
        },
    ],
    "cancel_pos": [
        {
            "field": "terminal",
            "label": "机器",
            "kind": "terminal",
            "prompt": "请选择要取消的机器。",
            "choices": TERMINALS,
        },
    ],
    "stop_service": [
        {"field": "service", "label": "服务", "kind": "service", "prompt": "要关掉哪一项？", "choices": SERVICES},
    ],
    "void_transaction": [
        {
            "field": "day",
            "label": "哪天刷的",
            "kind": "choice",
            "prompt": "这笔是哪天刷的？",
            "choices": [
                {"value": "today", "title": "今天", "also": []},
                {"value": "earlier", "title": "昨天或更早", "also": ["昨天"]},
            ],
        },
    ],
    "transaction_refund": [
        {
            "field": "transaction",
            "label": "交易",
            "kind": "transaction",
            "prompt": "要退哪一笔？",
            "choices": TRANSACTIONS,
        },
        {"field": "amount", "label": "退款金额", "kind": "amount", "prompt": "要退多少？", "example": "88元"},
    ],
    "close_account": [
        {
            "field": "settled",
            "label": "结算",
            "kind": "blocked",
            "prompt": "还有 320.00元 没有结算，等到账以后再注销。",
        },
    ],
    "complaint": [
        {"field": "story", "label": "经过", "kind": "text", "prompt": "请说说是怎么回事。"},
    ],
    "agent_deposit_refund": [],
}
TURNS = {("void_transaction", "earlier"): "transaction_refund"}
GUIDES = {"void_transaction"}
TRACKING = {
    "field": "tracking_no",
    "label": "快递单号",
    "kind": "text",
    "prompt": "请填快递单号。",
    "choices": [],
    "inputs": [],
}
CLAIM = "余额显示零就是到账"
CORRECTION = {
    "id": "arrival_check",
    "topic": "到账时间",
    "answer": "有一笔对得上的入账，才算到账。",
    "details": "",
    "procedure": None,
}
IDENTITY = {"field": "identity", "kind": "identity", "prompt": "先核实一下您的商户身份。", "choices": [], "inputs": []}
CONFIRM = {"field": "confirm", "kind": "confirm", "prompt": "请核对下面的内容。", "choices": [], "inputs": []}
STRANGER = {"kind": "phone", "confirmed": False, "owner": None, "note": "有推广文章提到它，我们没有确认。"}


class Problem(Exception):
    """An error answer."""

    def __init__(self, status: int, code: str, detail: str, errors: list[Json] | None = None) -> None:
        self.status = status
        self.body = {"type": code, "title": code, "status": status, "detail": detail, "errors": errors or []}


PLACE = {"status": "waiting", "position": 1, "open": True, "hours": "工作日", "sentence": "您排在第一位，请稍等。"}


@dataclass
class FakeService:
    """The state, and the switches that tests turn."""

    applications: dict[str, Json] = field(default_factory=dict)
    verified: set[str] = field(default_factory=set)
    contacts: list[Json] = field(default_factory=list)
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    replies: dict[str, tuple[int, Json]] = field(default_factory=dict)
    failures: list[tuple[str, int]] = field(default_factory=list)
    asked_for_person: list[str] = field(default_factory=list)
    agents_are_there: bool = True
    delay_seconds: float = 0.0
    url: str = ""

    @contextmanager
    def serving(self) -> Iterator["FakeService"]:
        """Listens on a free port of the loopback."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()

    def reset(self) -> None:
        """Forgets everything but its address."""
        for kept in (self.applications, self.verified, self.contacts, self.requests, self.replies, self.failures):
            kept.clear()
        self.questions.clear()
        self.asked_for_person.clear()
        self.agents_are_there = True
        self.delay_seconds = 0.0

    def fail(self, path: str, status: int = 503, times: int = 1) -> None:
        """The next requests whose path matches get this status."""
        self.failures += [(path, status)] * times

    def handle(self, method: str, path: str, query: Json, headers: Json, body: Json) -> tuple[int, Json]:
        """One request; changes are remembered by their idempotency key."""
        key = headers.get("idempotency-key")
        self.requests.append((method, path, key))
        time.sleep(self.delay_seconds)
        for index, (pattern, status) in enumerate(self.failures):
            if re.search(pattern, f"{method} {path}"):
                del self.failures[index]
                return status, {"type": "unavailable", "title": "", "status": status, "detail": "系统正在恢复。"}
        if headers.get("authorization") != f"Bearer {TOKEN}" or not headers.get("x-conversation"):
            return 401, {"type": "unauthenticated", "detail": "需要登录", "status": 401, "title": ""}
        if key in self.replies:
            return self.replies[key]
        if key and headers.get("x-rehearsal"):
            return 403, {"type": "only_rehearsed", "detail": "这是一次预演。", "status": 403, "title": ""}
        try:
            reply = self._route(method, path, headers["x-conversation"], body, query)
        except Problem as problem:
            return problem.status, problem.body
        if key:
            self.replies[key] = reply
        return reply

    def _route(self, method: str, path: str, conversation: str, body: Json, query: Json) -> tuple[int, Json]:
        parts = path.strip("/").split("/")[1:]
        match (method, *parts):
            case ("GET", "procedures"):
                return 200, {"items": PROCEDURES}
            case ("GET", "applications"):
                return 200, {"items": self._lines(conversation)}
            case ("POST", "applications"):
                return 201, self._open(conversation, body["procedure"], body["prefill"])
            case ("GET", "applications", number):
                return 200, self.view(self._mine(number, conversation))
            case ("PUT", "applications", number, "answers", name):
                return 200, self._answer(self._mine(number, conversation), name, body["value"])
            case ("DELETE", "applications", number, "answers", name):
                self.applications[self._mine(number, conversation)]["values"].pop(name, None)
                return 200, self.view(number)
            case ("POST", "applications", number, "submit"):
                return 200, self._submit(self._mine(number, conversation), body["version"])
            case ("POST", "applications", number, "withdraw"):
                self.applications[self._mine(number, conversation)]["state"] = "withdrawn"
                return 200, self.view(number)
            case ("POST", "rehearsals"):
                return 200, self._try(conversation, body["steps"])
            case ("GET", "corrections"):
                return 200, {"items": [CORRECTION] if CLAIM in query["q"][0] else []}
            case ("GET", "knowledge", topic):
                return self._knowledge(unquote(topic), query)
            case ("POST", "conversation", "person"):
                self.asked_for_person.append(body["reason"])
                return 200, {**PLACE, "open": self.agents_are_there}
            case ("GET", "contacts"):
                return 200, {"items": self.contacts}
            case ("POST", "contacts", "check"):
                found = re.findall(r"\d{5,}|[a-z0-9.]+\.cn", body["text"])
                return 200, {"found": [{**STRANGER, "value": value} for value in found]}
        raise Problem(404, "not_found", "没有找到您要的内容。")

    def _try(self, conversation: str, steps: list[Json]) -> Json:
        """The steps on a copy; numbers are given out in order here, so they are the same each time."""
        kept = copy.deepcopy(self.applications)
        try:
            for step in steps:
                number = step.get("application_no", "")
                path, body = {
                    "open": ("POST /v1/applications", step),
                    "answer": (f"PUT /v1/applications/{number}/answers/{step.get('field')}", step),
                    "clear": (f"DELETE /v1/applications/{number}/answers/{step.get('field')}", step),
                    "submit": (f"POST /v1/applications/{number}/submit", step),
                    "withdraw": (f"POST /v1/applications/{number}/withdraw", step),
                }[step["do"]]
                method, _, address = path.partition(" ")
                _, view = self._route(method, address, conversation, body, {})
            return view
        finally:
            self.applications = kept

    def _mine(self, number: str, conversation: str) -> str:
        if self.applications.get(number, {}).get("conversation") != conversation:
            raise Problem(404, "not_found", "没有找到这份申请，请核对申请单号。")
        return number

    def _lines(self, conversation: str) -> list[Json]:
        """The newest first."""
        mine = [a for a in self.applications.values() if a["conversation"] == conversation]
        return [self.view(a["application_no"]) for a in reversed(mine) if a["state"] not in ("withdrawn", "closed")]

    def _open(self, conversation: str, code: str, prefill: Json) -> Json:
        if code == "agent_deposit_refund":
            raise Problem(409, "wrong_party", "这项业务只给代理商办，您可以办“退押金”。")
        number = f"SQ261122AAAA{len(self.applications):02d}"
        self.applications[number] = {
            "application_no": number,
            "conversation": conversation,
            "procedure": code,
            "prefill": prefill,
            "values": {},
            "version": 1,
            "state": "draft",
            "turned_from": None,
        }
        return self.view(number)

    def _answer(self, number: str, name: str, value: Any) -> Json:
        application = self.applications[number]
        if application["state"] == "returning":
            application["state"] = "inspecting"
            return self.view(number)
        question = next((q for q in QUESTIONS[application["procedure"]] if q["field"] == name), None)
        if question is None:
            raise Problem(404, "not_found", "这份申请里没有这个问题。")
        allowed = [choice["value"] for choice in question.get("choices", [])]
        wrong = (
            (allowed and value not in allowed)
            or (question["kind"] == "amount" and not re.search(r"\d", str(value)))
            or (question["kind"] == "phone" and not re.fullmatch(r"1\d{10}", str(value)))
            or (question["kind"] == "date" and value != "跳过" and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)))
        )
        if wrong:
            raise Problem(422, "answer_refused", f"这样填不对，例如：{question.get('example', '见选项')}。")
        application["values"][name] = value
        application["version"] += 1
        if (application["procedure"], value) in TURNS:
            return self._turn_over(application, TURNS[application["procedure"], value])
        if application["procedure"] in GUIDES:
            application["state"] = "closed"
        return self.view(number)

    def _turn_over(self, application: Json, code: str) -> Json:
        application["state"] = "withdrawn"
        other = self._open(application["conversation"], code, application["prefill"])["application_no"]
        self.applications[other]["turned_from"] = application["application_no"]
        return self.view(other)

    def _submit(self, number: str, version: int) -> Json:
        application = self.applications[number]
        if self.view(number)["next_question"]["kind"] != "confirm":
            raise Problem(409, "not_ready", "还有内容没有填完，请补全后再提交。")
        going_on = (a for a in self.applications.values() if a["state"] in ("submitted", "returning", "inspecting"))
        twin = next((a for a in going_on if a["procedure"] == application["procedure"]), None)
        if twin is not None:
            raise Problem(409, "duplicate", "已经在办了。", [{"application_no": twin["application_no"]}])
        application["state"] = "submitted"
        return self.view(number)

    def _knowledge(self, topic: str, query: Json) -> tuple[int, Json]:
        if topic == "未收到通知":
            raise Problem(404, "not_found", "没有这个话题。")
        (sentence,), (fact_id,) = query.get("q", [""]), query.get("id", ["a_fact"])
        self.questions.append(sentence)
        return 200, {
            "id": fact_id,
            "topic": topic,
            "answer": f"关于{topic}的回答。",
            "details": f"关于{topic}的细节。",
            "procedure": "deposit_refund",
            "source": "协议",
            "status": "confirmed",
            "reviewed_on": "2026-11-27",
        }

    def view(self, number: str) -> Json:
        """The application as the protocol shows it."""
        application = self.applications[number]
        values = application["values"]
        questions = [
            q
            for q in QUESTIONS[application["procedure"]]
            if "only_if" not in q or values.get(q["only_if"][0]) == q["only_if"][1]
        ]
        state = application["state"]
        draft = state in ("draft", "rejected", "returning")
        following = next((q for q in questions if q["field"] not in values), CONFIRM)
        procedure = next(p for p in PROCEDURES if p["code"] == application["procedure"])
        if application["conversation"] not in self.verified and procedure["who_may"] != "anyone":
            following = {**IDENTITY, "prefill": application["prefill"]}
        if state == "returning":
            following = TRACKING
        terminal = next((t for t in TERMINALS if t["value"] == values.get("terminal")), None)
        return {
            "application_no": number,
            "version": application["version"],
            "procedure": {"code": procedure["code"], "title": procedure["title"]},
            "label": f"{procedure['title']} · {terminal['title'][:5]}" if terminal else procedure["title"],
            "turned_from": application["turned_from"],
            "updated_at": "2026-11-22T18:30:00Z",
            "state": state,
            "state_title": WAITS.get(state, "办理中"),
            "hint": _hint(state),
            "answers": [
                {
                    "field": q["field"],
                    "kind": q["kind"],
                    "label": q["label"],
                    "value": values[q["field"]],
                    "display": str(values[q["field"]]),
                    "secure": False,
                }
                for q in questions
                if q["field"] in values
            ],
            "next_question": {"choices": [], "inputs": [], "prefill": {}, "example": "", "optional": False, **following}
            if draft
            else None,
            "documents": []
            if draft
            else [{"key": "receipt", "title": "押金收据", "required": True, "state": "missing"}],
            "allowed_actions": ["answer", "submit", "withdraw"] if draft else ["upload", "withdraw"],
        }


def _hint(state: str) -> str:
    hints = {"closed": "请在机器上选“消费撤销”，按提示操作。", "inspecting": "下一步：等我们收到机器。"}
    return hints.get(state, "下一步：接着填。" if state in ("draft", "rejected") else "下一步：请上传押金收据。")


def _handler(service: FakeService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}") or {}
            address = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, reply = service.handle(self.command, address.path, parse_qs(address.query), headers, body)
            content = json.dumps(reply, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _serve

        def log_message(self, *args: Any) -> None:
            """Silent."""

    return Handler
