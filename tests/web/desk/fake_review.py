"""What the fake review service knows and does (docs/protocol.md §4); tests look into it and change it directly."""

from __future__ import annotations

import threading
from typing import Any

from .fake_cases import REASONS, Case, facts_of, make_cases, merchant_of
from .fake_list import MOST_VIEWS, Asked, next_of, page_of
from .fake_people import PEOPLE, Person
from .fake_rooms import FakeRooms
from .fake_rooms_app import RoomedStaff
from .fake_staff import Refusal
from .fake_words import preview

NAME = PEOPLE[0].name
NOW = "2026-11-27T02:00:00Z"
SEALED = {"holder": "张三", "bank": "中国农业银行杭州分行", "number": "6222021234567890123"}


class FakeReview(RoomedStaff):
    """One desk with its applications, at which one person sits at a time."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.cases: dict[str, Case] = {case["application_no"]: case for case in make_cases()}
        self.rooms = FakeRooms()
        self.forget_staff()
        self.views: list[dict[str, Any]] = []
        self.posts: list[tuple[str, str, dict[str, Any]]] = []
        self.answers: dict[str, tuple[str, dict[str, Any]]] = {}
        self.drop_next_answer = False
        self.hold: threading.Event | None = None
        self.conversations_read: list[str] = []
        self.looks: list[tuple[str, str, str]] = []

    def case(self, number: str) -> Case:
        self.me()
        if number not in self.cases:
            raise Refusal(404, "not_found", "没有找到这份申请单，请核对编号。")
        return self.cases[number]

    def detail(self, number: str) -> dict[str, Any]:
        return detail_of(self.case(number), self.me())

    def preview(self, number: str, kind: str, body: dict[str, Any], key: str | None) -> list[dict[str, Any]]:
        case = self.case(number)
        if body.get("decision") in {"reject", "send_back"} and not body["reason_text"]:
            raise Refusal(422, "reason_missing", "请写明原因。")
        return preview(case, kind, body, key)

    def conversation(self, number: str, before: int, limit: int = 30) -> dict[str, Any]:
        earlier = [line for line in self.case(number)["talk"] if not before or line["seq"] < before]
        self.conversations_read.append(number)
        return {"items": earlier[-limit:], "more": len(earlier) > limit}

    def page(self, asked: Asked, cursor: str) -> dict[str, Any]:
        return page_of(list(self.cases.values()), asked, self.me(), cursor)

    def next(self, asked: Asked, after: str) -> str | None:
        return next_of(list(self.cases.values()), asked, self.me(), after)

    def save_view(self, name: str, query: dict[str, str]) -> dict[str, Any]:
        if len(self.views) >= MOST_VIEWS:
            raise Refusal(409, "too_many_views", f"最多保存 {MOST_VIEWS} 个视图，请先删除不用的。")
        view = {"id": f"vw_{len(self.views)}_{name}", "name": name, "query": query}
        self.views.append(view)
        return view

    def once(self, number: str, path: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """Does what the path says, or gives the answer again that this key got before."""
        if not key:
            raise Refusal(400, "idempotency_key_required", "缺少 Idempotency-Key。")
        self.posts.append((path, key, body))
        if key not in self.answers:
            self.apply(number, path, body)
            self.answers[key] = (repr(body), self.detail(number))
        meant, answer = self.answers[key]
        if meant != repr(body):
            raise Refusal(422, "idempotency_key_reused", "同一个 Idempotency-Key 不能用于不同的内容。")
        if self.drop_next_answer:
            self.drop_next_answer = False
            raise Refusal(503, "unavailable", "系统正忙，请稍后再试一次。")
        return answer

    def apply(self, number: str, path: str, body: dict[str, Any]) -> None:
        plain = {
            "claim": self.claim,
            "decision": self.decide,
            "machine": self.take_machine,
            "notes": self.add_note,
            "opinions": self.ask,
            "payout": self.pay_out,
            "payout/release": self.release,
            "payout/refuse": self.refuse,
        }
        match path.split("/"):
            case _ if path in plain:
                plain[path](number, body)
            case ["documents", key, "decision"]:
                self.decide_document(number, key, body)
            case ["opinions", opinion_id, "answer"]:
                self.answer(number, opinion_id, body)
            case _:
                raise Refusal(404, "not_found", "没有这个操作。")

    def change(self, number: str, version: int) -> Case:
        case = self.case(number)
        if case["version"] != version:
            raise Refusal(412, "version_conflict", "这份申请单刚刚有更新，请看过最新内容再操作。")
        case["version"] += 1
        return case

    def claim(self, number: str, body: dict[str, Any]) -> None:
        self.change(number, body["version"])["assignee"] = self.me().name

    def decide_document(self, number: str, key: str, body: dict[str, Any]) -> None:
        case = self.change(number, body["version"])
        document = next(each for each in case["documents"] if each["key"] == key)
        accepted = body["decision"] == "accept"
        document["state"] = "accepted" if accepted else "rejected"
        document["reason"] = None if accepted else body["reason_text"]
        waiting = any(each["state"] in {"missing", "rejected"} for each in case["documents"] if each["required"])
        case["state"] = "documents_requested" if waiting else "in_review"
        case["state_title"] = "待补充材料" if waiting else "审核中"

    def decide(self, number: str, body: dict[str, Any]) -> None:
        case = self.change(number, body["version"])
        states = {"approve": "approved", "reject": "rejected", "request_documents": "documents_requested"}
        titles = {"approve": "已批准", "reject": "已驳回", "request_documents": "待补充材料"}
        case["state"], case["state_title"] = states[body["decision"]], titles[body["decision"]]
        case["approved_amount_fen"] = body["amount_fen"]
        case["said"] = body["reason_text"]
        case["deduction"] = body.get("deduction_code")

    def take_machine(self, number: str, body: dict[str, Any]) -> None:
        case = self.change(number, body["version"])
        mismatch = body["result"] == "mismatch"
        case["state"], case["state_title"] = ("returning", "待退回机器") if mismatch else ("closed", "已办完")
        case["said"] = body["reason_text"]

    def release(self, number: str, body: dict[str, Any]) -> None:
        payout = self.change(number, body["version"])["desk_payout"]
        if payout["approved_by"] == self.me().name:
            raise Refusal(403, "four_eyes", "批准的人不能自己放款，请另一位同事放款。")
        payout |= {"state": "requested", "released_by": self.me().name}

    def refuse(self, number: str, body: dict[str, Any]) -> None:
        case = self.change(number, body["version"])
        case["desk_payout"] |= {"state": "void", "reason": body["reason_text"]}
        case |= {"state": "in_review", "state_title": "审核中"}

    def add_note(self, number: str, body: dict[str, Any]) -> None:
        notes = self.case(number)["notes"]
        notes.append({"id": f"nt_{len(notes)}", "by": self.me().name, "at": NOW, "text": body["text"]})

    def ask(self, number: str, body: dict[str, Any]) -> None:
        opinions = self.case(number)["opinions"]
        asked = next(person for person in PEOPLE if person.id == body["colleague_id"])
        opinions.append(
            {
                "id": f"op_{len(opinions)}",
                "asked_by": self.me().name,
                "asked": asked.name,
                "question": body["question"],
                "asked_at": NOW,
                "advice": None,
                "text": None,
                "answered_at": None,
            }
        )

    def answer(self, number: str, opinion_id: str, body: dict[str, Any]) -> None:
        opinion = next(each for each in self.case(number)["opinions"] if each["id"] == opinion_id)
        opinion |= {"advice": body["advice"], "text": body["text"], "answered_at": NOW}

    def reveal(self, number: str, field: str, reason: str) -> dict[str, str]:
        self.case(number)
        self.looks.append((number, field, reason))
        return SEALED

    def pay_out(self, number: str, body: dict[str, Any]) -> None:
        case = self.change(number, body["version"])
        case["state"], case["state_title"] = (
            ("paid", "已打款") if body["result"] == "paid" else ("payout_failed", "打款失败")
        )
        case["bank_reference"] = body["bank_reference"]
        case["desk_payout"]["state"] = body["result"]


LISTED = ("merchant_name", "merchant_no", "attention", "phone_tail", "talk", "desk_payout", "desk_agreement")
DESK_ONLY = (
    *("assignee", "team", "pays", "reply_required", "amount_asked_fen"),
    *("account", "notes", "opinions", "readings"),
)


def detail_of(case: Case, me: Person) -> dict[str, Any]:
    return {
        "application": {key: value for key, value in case.items() if key not in {*LISTED, *DESK_ONLY}},
        **{key: case[key] for key in DESK_ONLY},
        "opinions": [opinion | {"mine": opinion["asked"] == me.name} for opinion in case["opinions"]],
        "merchant": merchant_of(case),
        "facts": facts_of(case),
        "reasons": REASONS,
        "conversation": bool(case["talk"]),
        "payout": case["desk_payout"],
        "agreement": case["desk_agreement"],
        "allowed_actions": actions_of(case, me),
    }


def actions_of(case: Case, me: Person) -> list[str]:
    reviews, pays = me.role in {"reviewer", "lead"}, me.role in {"payer", "lead"}
    asked = [each for each in case["opinions"] if each["asked"] == me.name and each["answered_at"] is None]
    allowed = ["note"] if reviews or pays or me.role == "agent" else []
    if reviews and case["state"] in STAFF_STATES:
        allowed.append("ask_opinion")
    if asked:
        allowed.append("answer_opinion")
    if reviews and case["assignee"] in {None, me.name}:
        allowed += reviewing_actions(case)
    if pays and case["state"] == "paying":
        allowed += paying_actions(case["desk_payout"], me)
    return allowed


STAFF_STATES = ("in_review", "documents_requested", "returning", "inspecting")


def reviewing_actions(case: Case) -> list[str]:
    claim = [] if case["assignee"] else ["claim"]
    ready = all(each["state"] == "accepted" for each in case["documents"] if each["required"])
    by_state = {
        "in_review": [*claim, "decide_document", "reject", "request_documents", *(["approve"] if ready else [])],
        "documents_requested": [*claim, "decide_document", "reject"],
        "returning": [*claim, "waive_machine"],
        "inspecting": [*claim, "accept_machine"],
    }
    reveal = ["reveal"] if case["assignee"] and any(answer["secure"] for answer in case["answers"]) else []
    return [*by_state.get(case["state"], []), *reveal]


def paying_actions(payout: dict[str, Any], me: Person) -> list[str]:
    if payout["state"] != "held":
        return ["payout"]
    return [] if payout["approved_by"] == me.name else ["release_payout", "refuse_payout"]
