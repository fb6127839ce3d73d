"""Blocks as text that a chat can show: choices as numbers, cards as what they say, forms as links to the own page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.cases import ApplicationOut, DocumentOut
from service.channels.wechat import words

_VAULT_MARK = re.compile(r"⟦([^⟦⟧#]{1,30}?)(?: #[0-9a-z]{2,12})?⟧")
_STEP_SIGNS = {"done": "✓", "current": "●", "todo": "○", "failed": "✗"}


@dataclass(frozen=True)
class Scene:
    """What a text is made from beside its blocks."""

    link: Callable[[], str]
    application: Callable[[str], ApplicationOut | None]


@dataclass
class Rendered:
    text: str
    offered: list[dict[str, str]] = field(default_factory=list)
    """Id and title of each choice, in the order of their numbers."""


def render(blocks: Iterable[Mapping[str, Any]], scene: Scene) -> Rendered:
    rendered = Rendered("")
    parts: list[str] = []
    for block in blocks:
        if block["type"] == "choices":
            parts.append(_choices(block["choices"], rendered.offered))
        else:
            parts.append(_RENDERERS.get(block["type"], _nothing)(block, scene))
    rendered.text = "\n\n".join(part.strip() for part in parts if part.strip())
    return rendered


def plain(text: str) -> str:
    """Sensitive numbers keep their names and lose their brackets and marks."""
    return _VAULT_MARK.sub(r"\1", text)


def _choices(choices: Iterable[Mapping[str, str]], offered: list[dict[str, str]]) -> str:
    lines = []
    for choice in choices:
        offered.append({"id": choice["id"], "title": choice["title"]})
        lines.append(f"{len(offered)}. {choice['title']}")
    return "\n".join([*lines, words.CHOOSE])


def _text(block: Mapping[str, Any], _scene: Scene) -> str:
    return plain(block["text"])


def _notice(block: Mapping[str, Any], _scene: Scene) -> str:
    return ("⚠️ " if block["level"] == "warning" else "") + plain(block["text"])


def _form(block: Mapping[str, Any], scene: Scene) -> str:
    what = words.IDENTITY if block["form"] == "identity" else words.SECURE
    lines = [block["title"], block.get("note") or "", _page(what, scene)]
    return "\n".join(filter(None, lines))


def _summary(block: Mapping[str, Any], _scene: Scene) -> str:
    rows = [f"{row['label']}：{plain(row['value'])}" for row in block["rows"]]
    return "\n".join([f"【{block['title']}】", *rows])


def _checklist(block: Mapping[str, Any], scene: Scene) -> str:
    application = scene.application(block["application_no"])
    if application is None:
        return ""
    waiting = [item for item in application.documents if item.state in ("missing", "rejected")]
    done = [item for item in application.documents if item not in waiting]
    lines = [f"【{application.label} · 材料】"]
    lines += [f"☐ {number}. {_document(item)}" for number, item in enumerate(waiting, start=1)]
    lines += [f"☑ {item.title}" for item in done]
    if waiting and "upload" in application.allowed_actions:
        lines.append(f"先拍“{waiting[0].title}”：{waiting[0].how}" if waiting[0].how else "")
        lines.append(_page(words.UPLOAD, scene))
    else:
        lines.append(application.hint)
    return "\n".join(filter(None, lines))


def _document(item: DocumentOut) -> str:
    needed = "" if item.required else "（没有可以不传）"
    return f"{item.title}{needed}" + (f"（要重拍：{item.reason}）" if item.reason else "")


def _progress(block: Mapping[str, Any], scene: Scene) -> str:
    application = scene.application(block["application_no"])
    if application is None:
        return ""
    steps = [f"{_STEP_SIGNS[step.state]} {step.title}" for step in application.steps]
    lines = [f"【{application.label}】{application.state_title}", f"申请单号：{application.application_no}", *steps]
    if application.deadline:
        lines.append(application.deadline.title)
    return "\n".join([*lines, application.hint])


def _agreement(block: Mapping[str, Any], scene: Scene) -> str:
    application = scene.application(block["application_no"])
    if application is None or application.agreement is None:
        return ""
    paper = application.agreement
    lines = [
        f"【{application.label} · 退款协议】",
        f"退款金额：{paper.amount_fen // 100}.{paper.amount_fen % 100:02d} 元",
        f"收款账户：{paper.bank} 尾号{paper.account_tail}（{paper.holder_masked}）",
        "已经确认。" if paper.agreed_at else _page(words.AGREEMENT, scene),
    ]
    return "\n".join(lines)


def _page(what: str, scene: Scene) -> str:
    return f"{words.PAGE.format(what=what, link=scene.link())}\n{words.LINK_NOTE}"


def _nothing(_block: Mapping[str, Any], _scene: Scene) -> str:
    return ""


_RENDERERS: dict[str, Callable[[Mapping[str, Any], Scene], str]] = {
    "text": _text,
    "notice": _notice,
    "form": _form,
    "summary": _summary,
    "checklist": _checklist,
    "progress": _progress,
    "agreement": _agreement,
}
