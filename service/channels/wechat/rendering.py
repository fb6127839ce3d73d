"""Blocks as text that a chat can show: choices and buttons of cards as numbers, forms as links to the own page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.cases import ApplicationOut, DocumentOut, StepOut
from service.channels.wechat import words

_VAULT_MARK = re.compile(r"⟦([^⟦⟧#]{1,30}?)(?: #[0-9a-z]{2,12})?⟧")
CONFIRM_RECEIPT = "confirm_receipt"
"""The one button of a card that is an answer to a number; agreeing is for the own page."""
_SENTENCE = re.compile(r"[^。]+。?")


@dataclass(frozen=True)
class Scene:
    """What a text is made from beside its blocks."""

    link: Callable[[], str]
    application: Callable[[str], ApplicationOut | None]


@dataclass
class Rendered:
    text: str
    offered: list[dict[str, str]] = field(default_factory=list)
    """Id and title of each choice, in the order of their numbers; of a card's button also its application."""


def render(blocks: Iterable[Mapping[str, Any]], scene: Scene) -> Rendered:
    rendered = Rendered("")
    parts: list[str] = []
    for block in blocks:
        if block["type"] == "choices":
            rendered.offered += [{"id": choice["id"], "title": choice["title"]} for choice in block["choices"]]
        else:
            parts.append(_RENDERERS.get(block["type"], _nothing)(block, scene, "\n".join(parts)))
            rendered.offered += _buttons(block, scene)
    parts.append(_numbered(rendered.offered))
    rendered.text = "\n\n".join(part.strip() for part in parts if part.strip())
    return rendered


def plain(text: str) -> str:
    """Sensitive numbers keep their names and lose their brackets and marks."""
    return _VAULT_MARK.sub(r"\1", text)


def _buttons(block: Mapping[str, Any], scene: Scene) -> list[dict[str, str]]:
    """What the card of the widget has a button for, and a chat may decide as well."""
    application = scene.application(block["application_no"]) if block["type"] == "progress" else None
    if application is None or CONFIRM_RECEIPT not in application.allowed_actions:
        return []
    title = words.FINISHED if application.agreement is None else words.RECEIVED
    return [{"id": CONFIRM_RECEIPT, "title": title, "application_no": application.application_no}]


def _numbered(offered: Iterable[Mapping[str, str]]) -> str:
    lines = [f"{number}. {choice['title']}" for number, choice in enumerate(offered, start=1)]
    return "\n".join([*lines, words.CHOOSE]) if lines else ""


def _text(block: Mapping[str, Any], _scene: Scene, _said: str) -> str:
    return plain(block["text"])


def _notice(block: Mapping[str, Any], _scene: Scene, _said: str) -> str:
    return ("⚠️ " if block["level"] == "warning" else "") + plain(block["text"])


def _form(block: Mapping[str, Any], scene: Scene, _said: str) -> str:
    if block["form"] == "identity":
        return f"{_page(words.IDENTITY, scene)}\n{words.CODE_NOTE}"
    return "\n".join(filter(None, [block["title"], block.get("note") or "", _page(words.SECURE, scene)]))


def _summary(block: Mapping[str, Any], _scene: Scene, _said: str) -> str:
    rows = [f"{row['label']}：{plain(row['value'])}" for row in block["rows"]]
    return "\n".join([f"【{block['title']}】", *rows])


def _checklist(block: Mapping[str, Any], scene: Scene, said: str) -> str:
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
        lines.append(_unsaid(application.hint, said))
    return "\n".join(filter(None, lines))


def _document(item: DocumentOut) -> str:
    needed = "" if item.required else "（没有可以不传）"
    return f"{item.title}{needed}" + (f"（要重拍：{item.reason}）" if item.reason else "")


def _progress(block: Mapping[str, Any], scene: Scene, said: str) -> str:
    application = scene.application(block["application_no"])
    if application is None:
        return ""
    deadline = application.deadline.title if application.deadline else ""
    lines = [
        "" if application.state_title in said else f"【{application.label}】{application.state_title}",
        "" if application.application_no in said else f"申请单号：{application.application_no}",
        _way(application.steps),
        "" if deadline in application.hint else _unsaid(deadline, said),
        _unsaid(application.hint, said),
        words.SEND_PHOTOS if _waits_for_photos(application) else "",
    ]
    return "\n".join(filter(None, lines))


def _waits_for_photos(application: ApplicationOut) -> bool:
    missing = any(item.required and item.state in ("missing", "rejected") for item in application.documents)
    return missing and "upload" in application.allowed_actions


def _way(steps: Sequence[StepOut]) -> str:
    """What is still to come."""
    left = [
        step.title + (words.STEP_FAILED if step.state == "failed" else "") for step in steps if step.state != "done"
    ]
    if not left:
        return ""
    return words.STEPS_LEFT.format(number=len(left), titles="、".join(left)) if left[1:] else words.LAST_STEP + left[0]


def _unsaid(text: str, said: str) -> str:
    """Its sentences without those that were just said: a chat shows a card's words and the words beside it in one."""
    return "".join(each for each in _SENTENCE.findall(text) if each.removeprefix(words.NEXT).rstrip("。") not in said)


def _agreement(block: Mapping[str, Any], scene: Scene, _said: str) -> str:
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


def _nothing(_block: Mapping[str, Any], _scene: Scene, _said: str) -> str:
    return ""


_RENDERERS: dict[str, Callable[[Mapping[str, Any], Scene, str], str]] = {
    "text": _text,
    "notice": _notice,
    "form": _form,
    "summary": _summary,
    "checklist": _checklist,
    "progress": _progress,
    "agreement": _agreement,
}
