"""How each kind of question is put to the merchant."""

from typing import Any, Final

from actions import wording
from actions.answers import CHOOSING, CONFIRM_VALUE, SKIP
from actions.client import Json
from actions.payloads import choose
from actions.talk import Button, Talk

_PROOF: Final = ("merchant_no", "phone")
_BLOCKED: Final = "blocked"


def ask(talk: Talk, application: Json) -> None:
    """Puts the application's next question."""
    question = application["next_question"]
    match question["kind"]:
        case "identity":
            talk.say(question["prompt"])
            talk.show(identity_card({**question["prefill"], **prefill(talk)}))
        case "secure":
            talk.say(question["prompt"])
            talk.show(_secure_card(application["application_no"], question))
            talk.offer(wording.CHANGE)
        case "confirm":
            _show_summary(talk, application)
        case kind if asks_nothing_now(question):
            talk.say(question["prompt"])
            complaint = [wording.complain_about(application["application_no"])] if kind == _BLOCKED else []
            talk.offer(wording.ASK_PERSON, *complaint, wording.LATER)
        case kind if kind in CHOOSING:
            talk.say(question["prompt"])
            talk.offer(*(_choice(question, choice) for choice in question["choices"]), *_skip(question))
        case _:
            example = question.get("example")
            talk.say(f"{question['prompt']}\n例如：{example}" if example else question["prompt"])
            if question.get("optional"):
                talk.offer(*_skip(question))


def asks_nothing_now(question: Json) -> bool:
    """Whether nothing can be answered: something has to be settled first, or there is nothing to choose from."""
    nothing_to_choose = question["kind"] in CHOOSING and not question["choices"] and not question.get("optional")
    return bool(question["kind"] == _BLOCKED or nothing_to_choose)


def remembered(question: Json) -> Json:
    """What has to be known of a question when its answer comes: no texts, no prefill."""
    choices = [{name: choice[name] for name in ("value", "title", "also")} for choice in question["choices"]]
    return {
        "field": question["field"],
        "kind": question["kind"],
        "choices": choices,
        "optional": bool(question.get("optional")),
    }


def identity_card(given: dict[str, Any]) -> Json:
    """The card in which a merchant proves who it is."""
    return {
        "type": "form",
        "form": "identity",
        "title": wording.VERIFY_TITLE,
        "note": wording.VERIFY_NOTE,
        "prefill": {name: given.get(name, "") for name in ("merchant_no", "phone")},
    }


def show_proof_card(talk: Talk) -> None:
    """The card with what was said for it in this message."""
    talk.say(wording.PUT_INTO_CARD)
    talk.show(identity_card(told(talk)))


def prefill(talk: Talk) -> dict[str, str]:
    """Merchant number and phone, as said now or earlier."""
    earlier = talk.slot("given") or {}
    return {**{name: str(earlier[name]) for name in _PROOF if name in earlier}, **told(talk)}


def told(talk: Talk) -> dict[str, str]:
    """Merchant number and phone that stand in the message itself."""
    return {name: str(talk.said.entities[name]) for name in _PROOF if name in talk.said.entities}


def _secure_card(number: str, question: Json) -> Json:
    return {
        "type": "form",
        "form": "secure_answer",
        "application_no": number,
        "field": question["field"],
        "title": question["label"],
        "note": question.get("note") or "内容会加密保存，不会出现在聊天里。",
        "inputs": question["inputs"],
    }


def _show_summary(talk: Talk, application: Json) -> None:
    question = application["next_question"]
    rows = [{"field": row["field"], "label": row["label"], "value": row["display"]} for row in application["answers"]]
    talk.show(
        {
            "type": "summary",
            "application_no": application["application_no"],
            "title": f"请核对：{application['label']}",
            "rows": rows,
        }
    )
    talk.say(question["prompt"])  # it speaks of what stands above
    talk.offer(
        Button("确认提交", choose(question["field"], CONFIRM_VALUE), primary=True),
        Button("修改", "/更正"),
        wording.LATER,
    )


def _choice(question: Json, choice: Json) -> Button:
    return Button(choice["title"], choose(question["field"], choice["value"]))


def _skip(question: Json) -> tuple[Button, ...]:
    return (Button(SKIP, choose(question["field"], SKIP)),) if question.get("optional") else ()
