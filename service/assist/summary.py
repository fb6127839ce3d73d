"""A first draft of what an agent writes down at the end: 诉求 / 处理 / 结果 / 待办. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.assist.ports import Line
from service.cases import ApplicationOut

LONGEST = 300
_MOST_WISHES = 3
_SMALL_TALK = re.compile(
    r"(?:您好|你好|好的?|嗯+|哦+|谢谢|在吗|是的?|对的?|可以|行|没有|ok|人工|转人工|谢谢您)[\W_]*", re.I
)


@dataclass(frozen=True)
class Summary:
    request: str
    handling: str
    result: str
    todo: str


def draft_summary(lines: Sequence[Line], applications: Sequence[ApplicationOut], meanings: Sequence[str]) -> Summary:
    """`meanings` are what the conversation was about, in the order in which it came up."""
    return Summary(
        request=_cut(_request(lines, meanings)),
        handling=_cut(_handling(lines, applications)),
        result=_cut(_result(applications)),
        todo=_cut(_todo(applications)),
    )


def _request(lines: Sequence[Line], meanings: Sequence[str]) -> str:
    said = [line.text.strip() for line in lines if line.sender == "merchant" and not _is_small_talk(line.text)]
    wishes = "；".join(dict.fromkeys(said[:_MOST_WISHES])) or "（商户没有说明）"
    about = "、".join(dict.fromkeys(meanings))
    return f"{about}：{wishes}" if about else wishes


def _handling(lines: Sequence[Line], applications: Sequence[ApplicationOut]) -> str:
    done = [f"办理“{application.label}”（{application.application_no}）" for application in applications]
    agent = next((line.text.strip() for line in reversed(lines) if line.sender == "agent"), "")
    told = [f"已答复：{agent}"] if agent else []
    return "；".join([*done, *told]) or "解答了商户的问题"


def _result(applications: Sequence[ApplicationOut]) -> str:
    states = [f"{application.application_no} {application.state_title}" for application in applications]
    return "；".join(states) or "已答复，没有新的申请"


def _todo(applications: Sequence[ApplicationOut]) -> str:
    return "；".join(dict.fromkeys(filter(None, map(_next, applications)))) or "无"


def _next(application: ApplicationOut) -> str:
    missing = [item.title for item in application.documents if item.required and item.state in ("missing", "rejected")]
    if application.next_question is not None and application.next_question.kind != "confirm":
        return f"{application.application_no} 还要填：{application.next_question.label}"
    if application.next_question is not None:
        return f"{application.application_no} 等商户确认提交"
    if missing:
        return f"{application.application_no} 还差材料：{'、'.join(missing)}"
    return application.hint


def _is_small_talk(text: str) -> bool:
    return bool(_SMALL_TALK.fullmatch(text.strip())) or not text.strip()


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
