"""Messages as plain lines, for people who read along and press no buttons. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from service.conversations.models import Message

_CARDS = {"checklist": "［材料清单］", "progress": "［办理进度］", "agreement": "［退款确认单］"}


class Line(BaseModel):
    seq: int
    sender: Literal["merchant", "bot", "agent", "system"]
    at: datetime
    text: str


def as_line(message: Message) -> Line:
    texts = [block_text(block) for block in message.blocks]
    line = {"seq": message.seq, "sender": message.sender, "at": message.created_at, "text": "\n".join(texts)}
    return Line.model_validate(line)


def block_text(block: dict[str, Any]) -> str:
    """What a block says; of a card its name, since it is drawn from the application as it is now."""
    match block["type"]:
        case "text" | "notice":
            return str(block["text"])
        case "choices":
            return f"［选项］{' / '.join(choice['title'] for choice in block['choices'])}"
        case "form":
            return f"［表单］{block['title']}"
        case "summary":
            rows = (f"{row['label']}：{row['value']}" for row in block["rows"])
            return "\n".join([f"［核对］{block['title']}", *rows])
        case card:
            return _CARDS.get(card, f"［{card}］")
