"""What the fake review service knows and does (docs/protocol.md §4); tests look into it and change it directly."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Any

from .fake_cases import REASONS, Case, facts_of, make_cases, merchant_of

NAME = "林审核"
PASSWORD = "demo-review"
ATTEMPTS = 5
PAGE = 20
SEALED = {"holder": "张三", "bank": "中国农业银行杭州分行", "number": "6222021234567890123"}


class Refusal(Exception):
    """An answer that is not 2xx."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail = status, kind, detail


class FakeReview:
    """One desk with its applications and its one reviewer."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.cases: dict[str, Case] = {case["application_no"]: case for case in make_cases()}
        self.signed_in = False
        self.failures = 0
        self.posts: list[tuple[str, str, dict[str, Any]]] = []
        self.answers: dict[str, tuple[str, dict[str, Any]]] = {}
        self.drop_next_answer = False
        self.hold: threading.Event | None = None
        self.looks: list[tuple[str, str, str]] = []

    def sign_in(self, login: str, password: str) -> dict[str, str]:
        if self.failures >= ATTEMPTS:
            raise Refusal(429, "locked", "密码连续输错 5 次，账号已暂时锁定，请 15 分钟后再试，或请管理员重置密码。")
        if (login, password) != ("reviewer", PASSWORD):
            self.failures += 1
            raise Refusal(401, "wrong_login", "账号或密码不对，请核对后再试。")
        self.failures, self.signed_in = 0, True
        return self.session()

    def session(self) -> dict[str, str]:
        if not self.signed_in:
            raise Refusal(401, "not_signed_in", "登录已过期，请重新登录。")
        return {"name": NAME, "role": "reviewer", "csrf_token": "fake-csrf"}

    def case(self, number: str) -> Case:
        self.session()
        if number not in self.cases:
            raise Refusal(404, "not_found", "没有找到这份申请单，请核对编号。")
        return self.cases[number]

    def page(self, state: str, procedure: str, team: str, q: str, cursor: str) -> dict[str, Any]:
        self.session()
        fitting = [
            case
            for case in self.cases.values()
            if (not procedure or case["procedure"]["code"] == procedure)
            and (not team or case["team"] == team)
            and (not q or q in case["application_no"] or q in case["merchant_name"] or q in case["merchant_no"])
        ]
        shown = [case for case in fitting if not state or case["state"] == state]
        start = int(cursor or 0)
        more = start + PAGE < len(shown)
        return {
            "items": [line_of(case) for case in shown[start : start + PAGE]],
            "next_cursor": str(start + PAGE) if more else None,
            "counts": dict(Counter(case["state"] for case in fitting)),
        }

    def once(self, number: str, path: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
        """Does what the path says, or gives the answer again that this key got before."""
        if not key:
            raise Refusal(400, "idempotency_key_required", "缺少 Idempotency-Key。")
        self.posts.append((path, key, body))
        if key not in self.answers:
            self.apply(number, path, body)
            self.answers[key] = (repr(body), detail_of(self.case(number)))
        meant, answer = self.answers[key]
        if meant != repr(body):
            raise Refusal(422, "idempotency_key_reused", "同一个 Idempotency-Key 不能用于不同的内容。")
        if self.drop_next_answer:
            self.drop_next_answer = False
            raise Refusal(503, "unavailable", "系统正忙，请稍后再试一次。")
        return answer

    def apply(self, number: str, path: str, body: dict[str, Any]) -> None:
        match path.split("/"):
            case ["documents", key, "decision"]:
                self.decide_document(number, key, body)
            case ["decision"]:
                self.decide(number, body)
            case ["machine"]:
                self.take_machine(number, body)
            case ["payout"]:
                self.pay_out(number, body)
            case ["claim"]:
                self.change(number, body["version"])["assignee"] = NAME
            case _:
                raise Refusal(404, "not_found", "没有这个操作。")

    def change(self, number: str, version: int) -> Case:
        case = self.case(number)
        if case["version"] != version:
            raise Refusal(412, "version_conflict", "这份申请单刚刚有更新，请看过最新内容再操作。")
        case["version"] += 1
        return case

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

    def take_machine(self, number: str, body: dict[str, Any]) -> None:
        case = self.change(number, body["version"])
        mismatch = body["result"] == "mismatch"
        case["state"], case["state_title"] = ("returning", "待退回机器") if mismatch else ("closed", "已办完")
        case["said"] = body["reason_text"]

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


def line_of(case: Case) -> dict[str, Any]:
    required = [each for each in case["documents"] if each["required"]]
    return {
        "application_no": case["application_no"],
        "label": case["label"],
        "procedure": case["procedure"],
        "team": case["team"],
        "merchant_name": case["merchant_name"],
        "merchant_no": case["merchant_no"],
        "state": case["state"],
        "state_title": case["state_title"],
        "amount_fen": case["amount_fen"],
        "deadline": case["deadline"],
        "assignee": case["assignee"],
        "documents": {
            "required": len(required),
            "uploaded": sum(each["state"] != "missing" for each in required),
            "accepted": sum(each["state"] == "accepted" for each in required),
        },
        "submitted_at": case["submitted_at"],
        "version": case["version"],
    }


DESK_ONLY = ("assignee", "team", "pays", "reply_required", "amount_asked_fen")


def detail_of(case: Case) -> dict[str, Any]:
    return {
        "application": {
            key: value for key, value in case.items() if key not in {"merchant_name", "merchant_no", *DESK_ONLY}
        },
        **{key: case[key] for key in DESK_ONLY},
        "merchant": merchant_of(case),
        "facts": facts_of(case),
        "reasons": REASONS,
        "allowed_actions": actions_of(case),
    }


def actions_of(case: Case) -> list[str]:
    if case["assignee"] not in {None, NAME}:
        return []
    claim = [] if case["assignee"] else ["claim"]
    ready = all(each["state"] == "accepted" for each in case["documents"] if each["required"])
    by_state = {
        "in_review": [*claim, "decide_document", "reject", "request_documents", *(["approve"] if ready else [])],
        "documents_requested": [*claim, "decide_document", "reject"],
        "paying": ["payout"],
        "returning": [*claim, "waive_machine"],
        "inspecting": [*claim, "accept_machine"],
    }
    reveal = ["reveal"] if case["assignee"] and any(answer["secure"] for answer in case["answers"]) else []
    return [*by_state.get(case["state"], []), *reveal]
