"""What the fake service knows of payouts, reports, reconciliation, the trail and messages; tests change it directly."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from .fake_people import PEOPLE, Person
from .fake_staff import Refusal

Line = dict[str, Any]
REVIEWER, LEAD = "林审核", "何主管"
PAYER, ADMIN = 2, 5
HELD, OWN, NEW_ACCOUNT = "SQ26112000HELD-1", "SQ26112000OWNA-1", "SQ26112000NEWA-1"
TABS = {"held": {"held"}, "open": {"requested", "accepted"}, "paid": {"paid"}, "failed": {"failed", "abnormal"}}


class FakeRooms:
    def __init__(self) -> None:
        self.payouts: dict[str, Line] = {line["refund_no"]: line for line in make_payouts()}
        self.sent: list[tuple[str, str, dict[str, Any]]] = []
        self.answered: set[str] = set()
        self.lists: list[tuple[list[str], str]] = []
        self.report_asked: dict[str, str] = {}
        self.volume_factor = 1
        self.differences: list[dict[str, Any]] = []
        self.entries = make_entries()
        self.broken: dict[str, str] | None = None
        self.deliveries: dict[str, Line] = {line["id"]: line for line in make_deliveries()}

    def payout_page(self, state: str, me: Person) -> dict[str, Any]:
        counts = {tab: sum(line["state"] in states for line in self.payouts.values()) for tab, states in TABS.items()}
        shown = [line for line in self.payouts.values() if state == "all" or line["state"] in TABS[state]]
        items = [line | allowed(line, me) for line in shown]
        return {"items": items, "next_cursor": None, "counts": counts | {"all": len(self.payouts)}}

    def pays_for(self, number: str) -> bool:
        """Whether the application is one of those that only these rooms know."""
        return any(line["application_no"] == number for line in self.payouts.values())

    def change_payout(self, me: Person, number: str, path: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """Once for each key, as the service does. The rooms read nothing of the answer."""
        if not key:
            raise Refusal(400, "idempotency_key_required", "缺少 Idempotency-Key。")
        if key in self.answered:
            return {}
        line = next(line for line in self.payouts.values() if line["application_no"] == number)
        if line["version"] != body["version"]:
            raise Refusal(412, "version_conflict", "这份申请单刚刚有更新，请看过最新内容再操作。")
        if path == "payout/release" and line["approved_by"] == me.name:
            raise Refusal(403, "four_eyes", "这份申请是您批准的，打款要由另一个人放款。")
        states = {"payout/release": "requested", "payout/refuse": "void", "payout": body.get("result")}
        line["state"], line["version"] = states[path], line["version"] + 1
        self.sent.append((number, path, body))
        self.answered.add(key)
        return {}

    def bank_list(self, numbers: list[str], reason: str) -> str:
        self.lists.append((numbers, reason))
        rows = [f"{number},6222021234567890123,{self.payouts[number]['amount_fen'] / 100:.2f}" for number in numbers]
        return "\ufeff" + "\r\n".join(["退款单号,账号,金额", *rows])

    def report(self, asked: dict[str, str]) -> dict[str, Any]:
        self.report_asked = asked
        return make_report(date.fromisoformat(asked["from"]), date.fromisoformat(asked["to"]), self.volume_factor)

    def reconciliation(self) -> dict[str, Any]:
        counted = {"applications": 1284, "payouts": 412, "ledgers": 388, "events": 18230}
        return {"at": "2026-11-27T02:30:00Z", "counted": counted, "differences": self.differences}

    def audit_page(self, asked: dict[str, str], cursor: str) -> dict[str, Any]:
        fitting = [
            entry
            for entry in self.entries
            if asked["application_no"] in entry["target"]
            and asked["actor"] in {"", entry["actor"]}
            and asked["action"] in {"", entry["action"]}
        ]
        start = int(cursor or 0)
        more = str(start + 20) if start + 20 < len(fitting) else None
        return {"items": fitting[start : start + 20], "next_cursor": more}

    def verification(self) -> dict[str, Any]:
        return {"ok": self.broken is None, "checked": 18230, "broken": self.broken}

    def delivery_page(self, state: str, channel: str) -> dict[str, Any]:
        counts = Counter(line["state"] for line in self.deliveries.values())
        items = [
            line
            for line in self.deliveries.values()
            if line["state"] == state and (not channel or line["channel"] == channel)
        ]
        return {"items": items, "next_cursor": None, "counts": {"dead": 0, "pending": 0, "done": 0} | dict(counts)}

    def requeue(self, number: str) -> Line:
        self.deliveries[number] |= {"state": "pending", "attempts": 0, "error": None}
        return self.deliveries[number]


def allowed(line: Line, me: Person) -> dict[str, bool]:
    pays = me.role in {"payer", "lead"}
    return {
        "may_release": pays and line["state"] == "held" and line["approved_by"] != me.name,
        "may_mark": pays and line["state"] in TABS["open"] and line["adapter"] == "manual",
    }


def make_payouts() -> list[Line]:
    def payout(refund_no: str, merchant: str, fen: int, **other: Any) -> Line:
        usual = {
            "refund_no": refund_no,
            "application_no": refund_no.rsplit("-", 1)[0],
            "label": "退押金 · 智能POS（A9254710）",
            "merchant_name": merchant,
            "amount_fen": fen,
            "account": {"holder": "张*", "bank": "中国农业银行", "tail": f"{fen // 100 % 10000:04}"},
            "state": "held",
            "held_because": [],
            "adapter": "manual",
            "approved_by": REVIEWER,
            "created_at": "2026-11-26T03:20:00Z",
            "version": 7,
        }
        return usual | other

    big = {"held_because": ["amount"]}
    new = {"held_because": ["amount", "account"], "account": {"holder": "李*", "bank": "招商银行", "tail": "8806"}}
    opened = [
        payout(f"SQ2611250{n}OPEN-1", name, fen, state="requested")
        for n, (name, fen) in enumerate(
            [("合肥老周修车", 19900), ("宁波海风水产", 29900), ("成都阿婆抄手", 9900), ("西安城墙照相馆", 128050)]
        )
    ]
    return [
        payout(HELD, "杭州小满早餐店", 1280000, **big),
        payout(NEW_ACCOUNT, "苏州平江茶馆", 2350000, **new),
        payout(OWN, "无锡惠山泥人店", 990000, approved_by=LEAD, **big),
        *opened,
        payout("SQ2611240AUTO-1", "南京秦淮小吃", 19900, state="accepted", adapter="simulated"),
        payout("SQ2611200PAID-1", "上海弄堂面馆", 19900, state="paid"),
        payout("SQ2611190FAIL-2", "重庆江边火锅", 39900, state="abnormal"),
    ]


def make_report(start: date, end: date, factor: int = 1) -> dict[str, Any]:
    days = [start + timedelta(days=offset) for offset in range((end - start).days + 1)]
    weeks = sorted({day - timedelta(days=day.weekday()) for day in days})
    return {
        "from": start.isoformat(),
        "to": end.isoformat(),
        "volume": [
            {
                "day": day.isoformat(),
                "filed": factor * (4 + (n * 7) % 11 if day.weekday() < 5 else 2),
                "approved": factor * (3 + (n * 5) % 7 if day.weekday() < 5 else 0),
                "rejected": factor * ((n * 3) % 4 if day.weekday() < 5 else 0),
                "paid": factor * (2 + (n * 4) % 6 if day.weekday() < 5 else 0),
            }
            for n, day in enumerate(days)
        ],
        "procedures": [
            {"code": "deposit_refund", "title": "退押金", "filed": 96},
            {"code": "cancel_pos", "title": "取消POS机", "filed": 41},
            {"code": "complaint", "title": "投诉", "filed": 12},
        ],
        "first_decision": {
            "median_hours": 5.4,
            "p90_hours": 19.25,
            "count": 128,
            "by_week": [
                {"week": week.isoformat(), "median_hours": 4.2 + (n * 1.7) % 5} for n, week in enumerate(weeks)
            ],
        },
        "refusals": [
            {"code": "contract_term", "text": "合同约定的时间没有到", "count": 14},
            {"code": "machine_missing", "text": "机器没有退回", "count": 8},
            {"code": "not_holder", "text": "申请人不是商户本人", "count": 3},
        ],
        "deadlines": {
            "kept": 117,
            "missed": 11,
            "open_overdue": 2,
            "by_week": [
                {"week": week.isoformat(), "kept": 20 + (n * 9) % 13, "missed": (n * 2) % 5}
                for n, week in enumerate(weeks)
            ],
        },
        "sent_back": [
            {
                "document": "deposit_receipt",
                "title": "押金收据",
                "count": 22,
                "reasons": [
                    {"code": "unreadable", "text": "看不清", "count": 15},
                    {"code": "wrong_document", "text": "交错了材料", "count": 7},
                ],
            },
            {
                "document": "contract",
                "title": "入网协议",
                "count": 9,
                "reasons": [{"code": "incomplete", "text": "缺页", "count": 9}],
            },
        ],
        "money": {"paid_fen": 2846700, "paid_count": 93, "open_fen": 1280000},
    }


def make_entries() -> list[Line]:
    def entry(number: int, who: int, action: str, target: str, **other: Any) -> Line:
        actor = PEOPLE[who]
        usual = {"before": None, "after": None, "why": "", "source": "trail"}
        return usual | {
            "id": f"trail-{number}",
            "at": f"2026-11-26T09:{59 - number:02}:00Z",
            "actor": f"staff:{actor.id}",
            "actor_name": actor.name,
            "action": action,
            "target": target,
            **other,
        }

    release = {"before": {"state": "held"}, "after": {"state": "requested"}, "source": "application"}
    role = {"before": {"role": "reviewer", "active": True}, "after": {"role": "lead", "active": True}}
    listed = {"why": "11月26日网银打款", "after": {"count": 2, "amount_fen": 49800}}
    return [
        entry(1, PAYER, "payout_released", "application:SQ26112000HELD", **release),
        entry(2, PAYER, "payouts.listed", "payouts", **listed),
        entry(3, ADMIN, "staff.changed", "staff:st_chen", **role),
        *(entry(4 + n, 0, "staff.signed_in", "staff:st_lin", after={"second_factor": True}) for n in range(25)),
    ]


def make_deliveries() -> list[Line]:
    def delivery(number: int, channel: str, to: str, state: str, **other: Any) -> Line:
        usual = {
            "id": f"d{number}",
            "channel": channel,
            "event": "documents_requested",
            "application_no": "SQ26112000HELD",
            "to": to,
            "state": state,
            "attempts": 1,
            "error": None,
            "next_at": None,
            "created_at": "2026-11-26T03:20:00Z",
        }
        return usual | other

    refused = {"attempts": 8, "error": "对方邮箱不存在（550）"}
    busy = {"attempts": 3, "error": "短信平台没有响应", "next_at": "2026-11-26T04:20:00Z"}
    return [
        delivery(1, "email", "x***@example.cn", "dead", **refused),
        delivery(2, "webhook", "https://crm.example.cn/…", "dead", attempts=8, error="HTTP 500", event="paid"),
        delivery(3, "sms", "138****0001", "pending", **busy),
        delivery(4, "wechat", "o6_b…", "done"),
    ]
