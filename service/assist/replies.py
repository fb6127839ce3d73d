"""What the bot would say, as a person can send it: no cards, no buttons, nothing that did not happen. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from service.assist.ports import Rehearsed

_ANSWERS = "/选择"
_MOST_CHOICES = 6
_DONE = frozenset({"submit", "withdraw"})

READY_TO_FILE = "内容都填好了。您核对一下，没问题的话跟我说“确认”，我就帮您提交。"
#: What the bot says of itself is not true of a person.
BY_A_PERSON: Mapping[str, str] = {
    "转人工": "您好，我是人工坐席，现在由我为您服务。请说说您遇到的情况。",
    "机器人": "我是人工坐席，不是机器人。您想办什么，直接跟我说就行。",
    "问候": "您好，请问有什么可以帮您？",
}
_SENT_TO_A_PERSON = (
    (re.compile(r"说“转人工”请人"), "跟我说，我请人"),
    (re.compile(r"说“转人工”(?=[\u4e00-\u9fff])(?!时)"), "跟我"),
    (re.compile(r"说“转人工”"), "跟我说"),
)


def as_sentence(rehearsed: Rehearsed, intent: str) -> str:
    """Empty when nothing of it can be said."""
    if intent in BY_A_PERSON:
        return BY_A_PERSON[intent]
    done = {change["do"] for change in rehearsed.changes}
    if "submit" in done:
        return READY_TO_FILE
    if done & _DONE:
        return ""
    unreal = {change["application_no"] for change in rehearsed.changes if change["new"]}
    said = [_say(block) for block in rehearsed.blocks]
    return in_a_persons_words("\n".join(text for text in said if text and not any(no in text for no in unreal)))


def in_a_persons_words(text: str) -> str:
    """Who has a person already is not sent to one."""
    for told, instead in _SENT_TO_A_PERSON:
        text = told.sub(instead, text)
    return text


def ask_back(titles: Sequence[str]) -> str:
    """In the place of the bot's question, whose answers are buttons."""
    if not titles:
        return "没太明白您的意思，能再说具体一点吗？"
    return f"没太明白您的意思：您是想问{'、'.join(f'“{title}”' for title in titles)}，还是别的事？"


def _say(block: Mapping[str, Any]) -> str:
    match block["type"]:
        case "text" | "notice":
            return str(block["text"])
        case "summary":
            rows = (f"{row['label']}：{row['value']}" for row in block["rows"])
            return "\n".join([block["title"], *rows])
        case "choices":
            return _choices(block["choices"])
        case _:
            return ""


def _choices(choices: Sequence[Mapping[str, Any]]) -> str:
    """Those that answer a question; the others lead somewhere, and a person leads there in words."""
    titles = [choice["title"] for choice in choices if choice.get("payload", "").startswith(_ANSWERS)]
    answers = [title for title in titles if title != "确认提交"]
    return f"可以选：{'、'.join(answers)}" if answers and len(answers) <= _MOST_CHOICES else ""
