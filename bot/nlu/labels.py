"""Names of intents, and how a full label such as 常见问题/到账时间 appears to Rasa."""

from typing import Any, Final

OUT_OF_SCOPE: Final = "超出范围"
NOT_UNDERSTOOD: Final = "nlu_fallback"
QUESTION: Final = "常见问题"


def understood_as(label: str, confidence: float, ranking: list[dict[str, Any]]) -> dict[str, Any]:
    """What a classifier says of a message, in Rasa's terms.

    Rasa's rules see the part before the slash; the full label stands where Rasa's own ResponseSelector would put it,
    so that the tracker carries it as `full_retrieval_intent_name`.
    """
    intent, _, topic = label.partition("/")
    result: dict[str, Any] = {
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": ranking,
        "response_selector": {"all_retrieval_intents": [QUESTION]},
    }
    if topic:
        result["response_selector"][intent] = {"response": {"intent_response_key": label, "confidence": confidence}}
    return result


def full_label(parse_data: dict[str, Any]) -> str:
    """The full label of a message that Rasa has parsed; empty when there is none."""
    intent = parse_data.get("intent") or {}
    name = intent.get("name") or ""
    selected = (parse_data.get("response_selector") or {}).get(name, {})
    return str(selected.get("response", {}).get("intent_response_key") or name)
