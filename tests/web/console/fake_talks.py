"""The conversations of the fake console, and the words that are said in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from .fake_people import Person

Json = dict[str, Any]


def ago(seconds: float) -> str:
    return (datetime.now(UTC) - timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


@dataclass
class Talk:
    """One conversation."""

    id: str
    status: str = "waiting"
    channel: str = "web"
    name: str = ""
    merchant_no: str = ""
    agent: Person | None = None
    waiting_since: str | None = None
    position: int | None = None
    outside_hours: bool = False
    mood: str = "calm"
    procedure: Json | None = None
    step: str | None = None
    verified: bool = True
    call_id: str | None = None
    unread: int = 0
    held_back: bool = False
    revision: int = 1
    messages: list[Json] = field(default_factory=list)
    notes: list[Json] = field(default_factory=list)
    applications: list[str] = field(default_factory=list)
    suggestions: Json | None = None
    said: dict[str, int] = field(default_factory=dict)

    def say(self, sender: str, text: str, client_id: str | None = None, blocks: list[Json] | None = None) -> int:
        seq = len(self.messages) + 1
        self.messages.append(
            {
                "seq": seq,
                "sender": sender,
                "client_id": client_id,
                "in_reply_to": None,
                "blocks": blocks or [{"type": "text", "text": text}],
                "created_at": ago(0),
            }
        )
        self.revision += 1
        return seq

    def row(self) -> Json:
        last = self.messages[-1] if self.messages else None
        return {
            "conversation_id": self.id,
            "channel": self.channel,
            "status": self.status,
            "agent": {"id": self.agent.id, "name": self.agent.name} if self.agent else None,
            "merchant": {"merchant_no": self.merchant_no, "name": self.name} if self.verified and self.name else None,
            "waiting_since": self.waiting_since,
            "position": self.position,
            "outside_hours": self.outside_hours,
            "last": last
            and {
                "seq": last["seq"],
                "sender": last["sender"],
                "text": last["blocks"][0].get("text", ""),
                "at": last["created_at"],
            },
            "unread": self.unread,
            "held_back": self.held_back,
            "mood": self.mood,
            "procedure": self.procedure,
            "step": self.step,
            "skill": "general",
            "revision": self.revision,
        }


DEPOSIT = {"code": "deposit_refund", "title": "退押金"}


def suggested(based_on: int) -> Json:
    """Three cards as the service makes them."""
    source = {"title": "押金退还规则", "status": "confirmed", "reviewed_on": "2026-11-20"}
    return {
        "based_on": based_on,
        "withdrawn": False,
        "meanings": [
            {"intent": "退押金", "title": "退押金", "confidence": 0.92},
            {"intent": "常见问题/到账时间", "title": "到账时间", "confidence": 0.31},
        ],
        "warning": None,
        "items": [
            {
                "id": f"s{based_on}a",
                "rank": 1,
                "kind": "reply",
                "title": "退押金怎么办",
                "text": "您好，退押金要先核对机器，我马上帮您看。",
                "confidence": 0.92,
                "reason": "和机器人会说的一样",
                "intent": "退押金",
                "source": None,
            },
            {
                "id": f"s{based_on}b",
                "rank": 2,
                "kind": "knowledge",
                "title": "多久到账",
                "text": "审核通过后打款，申请单里写着每一步的预计日期。",
                "confidence": 0.71,
                "reason": "知识库里最接近的一条",
                "intent": "常见问题/到账时间",
                "source": source,
            },
            {
                "id": f"s{based_on}c",
                "rank": 3,
                "kind": "checklist",
                "title": "还缺材料",
                "text": "还缺押金收据，请您拍照上传。",
                "confidence": 0.55,
                "reason": "申请的下一步",
                "intent": None,
                "source": None,
            },
        ],
    }


def start_talks(me: Person, colleague: Person) -> dict[str, Talk]:
    """A busy morning."""
    spring = Talk("c_spring", name="春风小吃店", merchant_no="822100058120001", procedure=DEPOSIT, step="等材料")
    spring.waiting_since, spring.position, spring.mood, spring.unread = ago(200), 1, "angry", 2
    spring.say("merchant", "押金怎么退")
    spring.say("bot", "可以退，我帮您办。")
    spring.say("merchant", "等太久了，我要找人工")
    spring.suggestions = suggested(3)
    spring.applications = ["SQ2611270000001"]
    ming = Talk("c_ming", name="阿明五金店", merchant_no="822290059430BCY", channel="wechat")
    ming.waiting_since, ming.position = ago(70), 2
    ming.say("merchant", "转人工")
    peace = Talk("c_peace", status="agent", agent=me, name="和平超市", merchant_no="822301055330004")
    peace.say("merchant", "你好，卡号⟦银行卡 尾号1234 #a1⟧的钱没到")
    peace.say("system", "客服坐席小何来了，接下来由TA为您服务。")
    peace.suggestions = suggested(1)
    peace.applications = ["SQ2611270000001"]
    ouyang = Talk("c_ouyang", status="agent", agent=colleague, name="欧阳家电行", merchant_no="822584053110003")
    ouyang.say("merchant", "机器坏了")
    coffee = Talk("c_coffee", status="bot", name="小满咖啡馆", merchant_no="822500058130005")
    coffee.say("merchant", "怎么取消pos机")
    done = Talk("c_done", status="closed", name="老街修鞋铺", merchant_no="822700057220006")
    done.say("merchant", "谢谢")
    return {talk.id: talk for talk in (spring, ming, peace, ouyang, coffee, done)}
