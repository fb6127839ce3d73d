"""Applications at the fake service: three questions, two papers, and a filing that wants to be read back."""

from __future__ import annotations

from typing import Any

from .fake_people import Refusal
from .fake_talks import DEPOSIT, ago

Json = dict[str, Any]

QUESTIONS: tuple[Json, ...] = (
    {
        "field": "reason",
        "kind": "choice",
        "label": "退押金的原因",
        "prompt": "为什么要退押金？",
        "example": "店铺停业",
        "choices": [{"value": "closed", "title": "店铺停业"}, {"value": "switched", "title": "换用其他公司"}],
        "inputs": [],
    },
    {
        "field": "amount",
        "kind": "amount",
        "label": "押金金额",
        "prompt": "当初交了多少押金？",
        "example": "199元",
        "choices": [],
        "inputs": [],
    },
    {
        "field": "account",
        "kind": "secure",
        "label": "收款账户",
        "prompt": "押金退到哪个账户？",
        "example": "",
        "choices": [],
        "inputs": [
            {"name": "holder", "label": "户名", "kind": "name", "required": True},
            {"name": "card", "label": "卡号", "kind": "bank_card", "required": True},
        ],
    },
)


class FakeForms:
    """The applications."""

    def __init__(self) -> None:
        self.all: dict[str, Json] = {}
        self.uploads: list[tuple[str, str]] = []
        self.submitted: list[Json] = []
        filed = self.make("SQ2611270000001")
        filed.update(state="documents_requested", state_title="等您补材料", hint="还缺押金收据")
        filed["answers"] = [
            {"field": "reason", "label": "退押金的原因", "value": "closed", "display": "店铺停业", "secure": False}
        ]
        filed["next_question"] = None

    def make(self, number: str) -> Json:
        self.all[number] = {
            "application_no": number,
            "version": 1,
            "procedure": DEPOSIT,
            "label": "退押金 · 智能POS（尾号0012）",
            "turned_from": None,
            "state": "draft",
            "state_title": "填写中",
            "hint": None,
            "terminal": None,
            "amount_fen": 19_900,
            "approved_amount_fen": None,
            "answers": [],
            "next_question": _question(0),
            "documents": [
                _paper("deposit_receipt", "押金收据", "missing"),
                _paper("contract", "入网协议", "uploaded"),
            ],
            "steps": [
                {"key": "draft", "title": "填写", "state": "done"},
                {"key": "review", "title": "审核", "state": "current"},
                {"key": "paid", "title": "打款", "state": "todo"},
            ],
            "timeline": [{"at": ago(3_600), "title": "开始填写", "detail": None, "actor": "merchant"}],
            "deadline": None,
            "agreement": None,
            "payout": None,
            "allowed_actions": [],
        }
        return self.all[number]

    def start(self) -> Json:
        return self.make(f"SQ261127000{len(self.all) + 1:04}")

    def line(self, number: str) -> Json:
        whole = self.all[number]
        kept = ("application_no", "procedure", "label", "state", "state_title", "amount_fen", "hint")
        return {key: whole[key] for key in kept} | {"updated_at": ago(60)}

    def answer(self, number: str, field: str, value: Any) -> Json:
        application = self.all[number]
        question = next(question for question in QUESTIONS if question["field"] == field)
        if field == "amount" and not str(value).rstrip("元").isdigit():
            raise Refusal(422, "answer_refused", "请填写金额，例如 199元。")
        titles = {choice["value"]: choice["title"] for choice in question["choices"]}
        display = f"{value['holder']} 尾号{value['card'][-4:]}" if isinstance(value, dict) else titles.get(value, value)
        answer = {"field": field, "label": question["label"], "value": None, "display": display, "secure": False}
        application["answers"] = [*(one for one in application["answers"] if one["field"] != field), answer]
        return self._ask(application)

    def ask_again(self, number: str, field: str) -> Json:
        application = self.all[number]
        application["answers"] = [one for one in application["answers"] if one["field"] != field]
        return self._ask(application)

    def _ask(self, application: Json) -> Json:
        answered = {one["field"] for one in application["answers"]}
        missing = next((index for index, one in enumerate(QUESTIONS) if one["field"] not in answered), None)
        confirm = {**_question(0), "field": "confirm", "kind": "confirm", "choices": []}
        application["next_question"] = confirm if missing is None else _question(missing)
        application["version"] += 1
        return application

    def submit(self, number: str, body: Json) -> Json:
        if not body.get("read_back"):
            raise Refusal(422, "read_back_missing", "请先念给对方听，再提交。")
        application = self.all[number]
        self.submitted.append({"application_no": number, **body})
        application.update(state="submitted", state_title="已提交", next_question=None)
        return application

    def upload(self, number: str, key: str) -> None:
        self.uploads.append((number, key))
        for document in self.all[number]["documents"]:
            if document["key"] == key:
                document["state"] = "uploaded"


def _question(index: int) -> Json:
    return {**QUESTIONS[index], "optional": False, "note": "", "prefill": {}}


def _paper(key: str, title: str, state: str) -> Json:
    return {
        "key": key,
        "title": title,
        "why": "",
        "how": "四个角都要拍到。",
        "required": True,
        "state": state,
        "reason": None,
        "files": [],
    }
