"""The bot's answer becomes a sentence that a person can send, and claims nothing that did not happen."""

from __future__ import annotations

from typing import Any

from service.assist.ports import Rehearsed
from service.assist.replies import READY_TO_FILE, as_sentence, ask_back


def rehearsed(*blocks: dict[str, Any], changes: tuple[dict[str, Any], ...] = ()) -> Rehearsed:
    return Rehearsed(blocks, {}, changes)


def text(said: str) -> dict[str, Any]:
    return {"type": "text", "text": said}


def test_choices_that_answer_are_named_and_those_that_lead_somewhere_are_not() -> None:
    answers = {"type": "choices", "choices": [{"title": "停业", "payload": '/选择{"field":"reason"}'}]}
    leads = {"type": "choices", "choices": [{"title": "转人工", "payload": "/转人工"}]}
    assert as_sentence(rehearsed(text("为什么要退？"), answers, leads), "退押金") == "为什么要退？\n可以选：停业"


def test_a_card_is_no_sentence() -> None:
    card = {"type": "checklist", "application_no": "SQ2611227K3Q9D"}
    assert as_sentence(rehearsed(text("材料在这里。"), card), "补交材料") == "材料在这里。"


def test_a_number_that_will_never_be_is_not_told() -> None:
    opened = {"do": "open", "application_no": "SQ2611227K3Q9D", "new": True}
    said = rehearsed(text("申请 SQ2611227K3Q9D 已经建好。"), text("请选机器。"), changes=(opened,))
    assert as_sentence(said, "退押金") == "请选机器。"


def test_a_rehearsed_filing_is_not_told_as_done() -> None:
    filed = {"do": "submit", "application_no": "SQ2611227K3Q9D", "new": False}
    assert as_sentence(rehearsed(text("申请提交成功。"), changes=(filed,)), "选择") == READY_TO_FILE
    gone = {**filed, "do": "withdraw"}
    assert as_sentence(rehearsed(text("已经撤回。"), changes=(gone,)), "放弃") == ""


def test_who_has_a_person_is_not_sent_to_one() -> None:
    said = rehearsed(text("忘了的，请说“转人工”核对身份后重设。"), text("还是不行，请说“转人工”。"))
    assert as_sentence(said, "常见问题/机器使用") == "忘了的，请跟我核对身份后重设。\n还是不行，请跟我说。"


def test_asking_back_names_the_meanings() -> None:
    assert ask_back(["退押金", "查询申请进度"]) == "没太明白您的意思：您是想问“退押金”、“查询申请进度”，还是别的事？"
    assert "再说具体一点" in ask_back([])


def test_a_person_does_not_say_to_be_a_robot() -> None:
    assert "不是机器人" in as_sentence(rehearsed(text("我是自动回复的智能助手，不是真人。")), "机器人")
