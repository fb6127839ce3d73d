"""What meanings are called, and which there are. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NOT_UNDERSTOOD = "nlu_fallback"
OUT_OF_SCOPE = "超出范围"
SEVERAL = "几件事"
QUESTION = "常见问题/"
MOST = 3
_LEAST = 0.01
_OTHERS = {
    "补交材料": "补交材料",
    "查询进度": "查询申请进度",
    "转人工": "转人工",
    "问候": "打招呼",
    "感谢": "道谢",
    "告别": "道别",
    "肯定": "说“是”",
    "否定": "说“不”",
    "放弃": "先不办了",
    "更正": "修改填过的内容",
    "继续": "接着办",
    "机器人": "问是不是机器人",
    OUT_OF_SCOPE: "不归我们管的事",
}


@dataclass(frozen=True)
class Meaning:
    intent: str
    title: str
    confidence: float


class Meanings:
    """`procedures` are the titles of the procedures by their intents, `topics` those of the knowledge."""

    def __init__(self, procedures: Mapping[str, str], topics: Sequence[str]) -> None:
        self._titles = {**_OTHERS, **{f"{QUESTION}{topic}": topic for topic in topics}, **procedures}

    def __contains__(self, intent: str) -> bool:
        return intent in self._titles

    def title(self, intent: str) -> str:
        return self._titles.get(intent, intent)

    def of(self, understood: Mapping[str, Any]) -> list[Meaning]:
        """The likeliest, the best first; what was one message with several requests means all of them."""
        if understood.get("intent") == SEVERAL:
            labels = list(dict.fromkeys(request["label"] for request in _requests(understood)))
            ranking = [(label, 1 / len(labels)) for label in labels]
        else:
            ranking = [(row["intent"], float(row["confidence"])) for row in understood.get("ranking", ())]
        likely = [(intent, chance) for intent, chance in ranking if intent in self and chance >= _LEAST]
        return [Meaning(intent, self.title(intent), round(chance, 4)) for intent, chance in likely[:MOST]]


def _requests(understood: Mapping[str, Any]) -> list[dict[str, Any]]:
    return next((entity["value"] for entity in understood.get("entities", ()) if entity["entity"] == "requests"), [])
