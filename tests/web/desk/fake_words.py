"""What a merchant would read after a decision, in the real service's own words."""

from __future__ import annotations

from typing import Any

from service.cases.rules import Event
from service.cases.wording import EVENTS

from .fake_cases import REASONS, Case

Block = dict[str, Any]
REJECTED = "这次申请没有通过。不同意的话，可以修改后再次提交，或者说“投诉”，由专人复核。"


def preview(case: Case, kind: str, body: dict[str, Any], key: str | None) -> list[Block]:
    event, words = _event(case, kind, body, key)
    told = EVENTS[event]
    blocks: list[Block] = [{"type": "text", "text": told.notice.format(**words)}]
    if told.card:
        blocks.append({"type": told.card, "application_no": case["application_no"]})
    if told.choices:
        blocks.append({"type": "choices", "choices": [{"id": title, "title": title} for title, _ in told.choices]})
    return blocks


def _event(case: Case, kind: str, body: dict[str, Any], key: str | None) -> tuple[Event, dict[str, str]]:
    reason, words = body.get("reason_text") or "", {"no": case["application_no"]}
    titles = {each["key"]: each["title"] for each in case["documents"]}
    clauses = {each["code"]: each["clause"] for each in REASONS["deduction"]}
    less = clauses.get(body.get("deduction_code") or "", "") + reason
    amount = (body.get("amount_fen") or 0) / 100
    by_decision = {
        "send_back": (Event.DOCUMENTS_REQUESTED, words | {"detail": f"{titles.get(key or '')}（{reason}）"}),
        "request_documents": (Event.DOCUMENTS_REQUESTED, words | {"detail": reason}),
        "reject": (Event.REJECTED, words | {"rejected": REJECTED, "detail": reason}),
        "mismatch": (Event.MACHINE_MISMATCH, {"cause": reason}),
        "waived": (Event.MACHINE_WAIVED, words | {"cause": reason}),
        "accepted": (Event.MACHINE_ACCEPTED, {}),
        "approve": (Event.AGREEMENT_ASKED, {"approved": f"审核通过，可以退您 ¥{amount:.2f}。", "reason": less})
        if amount
        else (Event.FINISHED, {"approved": "审核通过。", "reason": reason, "closed": ""}),
    }
    return by_decision[body["result"] if kind == "machine" else body["decision"]]
