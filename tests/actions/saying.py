"""A merchant's message as the readers of answers get it."""

from actions.talk import Said


def said(text: str, label: str = "nlu_fallback", confidence: float = 0.9, **entities: object) -> Said:
    return Said(text, label, confidence, (), dict(entities), text.startswith("/"), {})
