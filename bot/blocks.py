"""What the bot said, as the typed blocks of docs/protocol.md."""

from collections.abc import Iterable, Mapping
from typing import Any

Block = dict[str, Any]


def blocks_of(messages: Iterable[Mapping[str, Any]]) -> list[Block]:
    """Blocks of one turn in the order in which they were said; choices are numbered through the turn."""
    blocks: list[Block] = []
    number = 0
    for message in messages:
        if text := str(message.get("text") or "").strip():
            blocks.append({"type": "text", "text": text})
        if block := (message.get("custom") or {}).get("block"):
            blocks.append(dict(block))
        if buttons := message.get("buttons"):
            choices = []
            for button in buttons:
                number += 1
                choices.append(_choice(f"c{number}", button))
            blocks.append({"type": "choices", "choices": choices})
    return blocks


def _choice(choice_id: str, button: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": choice_id,
        "title": button["title"],
        "style": button.get("style", "plain"),
        "payload": button["payload"],
    }
